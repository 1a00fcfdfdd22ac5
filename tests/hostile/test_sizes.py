"""Input without end: one clear refusal in bounded memory, at the door of a process of its own.

The file of 1 GB is made with POLICYTRACKER_SOAK=1, else one of 250 MB; both are mostly holes, and take no room.
"""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.demo import PROGRAM, run
from tests.soak import often

MB = 1_000_000
LARGE = often(short=250, long=1_000) * MB
MEMORY = 240 * MB
"""What the program may map in all: it maps some 130 MB before it reads anything."""


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty ledger."""
    path = tmp_path_factory.mktemp("sizes") / "test.ledger"
    run(path, "init").check_returncode()
    return path


def imported(ledger: Path, file: Path, memory: int) -> subprocess.CompletedProcess[str]:
    """Import a file with so many bytes of memory."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))

    return subprocess.run(
        [*PROGRAM, str(ledger), "import", str(file)],
        capture_output=True,
        text=True,
        preexec_fn=limit,
        timeout=300,
    )


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b'{"type":"' + b"a" * 10 * MB + b'"}', "a line of more than 1,000,000 bytes"),
        (b"[" * 100_000, "not a JSON object in UTF-8: it is nested too deeply"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "not a JSON object in UTF-8: it is nested too deeply"),
    ],
    ids=["10 MB in one line", "100,000 arrays", "100,000 objects"],
)
def test_a_line_that_is_too_much_is_refused_by_its_number(
    ledger: Path, tmp_path: Path, content: bytes, why: str
) -> None:
    file = tmp_path / "much.jsonl"
    file.write_bytes(b"\n" + content + b"\n")
    found = imported(ledger, file, MEMORY)

    assert (found.returncode, found.stdout) == (1, "")
    assert found.stderr.startswith(f"Error: 1 line was refused, so nothing was added:\n  {file}:2: {why}; ")
    log = run(ledger, "log").stdout
    assert log == "no such event was recorded\nall that is published; no report in the ledger\n"


def test_a_file_larger_than_the_memory_is_refused_by_its_lines(ledger: Path, tmp_path: Path) -> None:
    """One line without end in a file of holes."""
    file = tmp_path / "large.jsonl"
    with file.open("wb") as large:
        large.truncate(LARGE)
    found = imported(ledger, file, MEMORY)

    assert (found.returncode, found.stdout) == (1, "")
    assert f"  {file}:1: a line of more than 1,000,000 bytes; " in found.stderr


def test_what_does_not_fit_into_memory_is_a_sentence() -> None:
    """Whatever it is that asks for more than there is."""
    asked = (
        "import click, policytracker.cli.main as door\ndef more(**_): raise MemoryError\ndoor.cli = more\ndoor.main()\n"
    )
    found = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True)

    assert (found.returncode, found.stdout) == (1, "")
    assert found.stderr == "Error: there is not enough memory for this; ask for less, or import in smaller files\n"
