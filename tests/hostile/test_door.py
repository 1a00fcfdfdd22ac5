"""The door under any words: an answer, or a sentence and an exit code; never a traceback, and nothing changes."""

import os
import subprocess
import sys
from contextlib import chdir
from email.message import Message
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from policytracker.cli.failures import mistake
from policytracker.cli.main import COMMANDS
from policytracker.questions.escaping import unseen
from tests.cli.recording import ask, content
from tests.hostile.ground import ATTACK
from tests.hostile.ground import attacked as attacked
from tests.soak import often

READING = sorted(set(COMMANDS) - {"serve", "init", "copy", "redact", "rebuild", "export", "checkpoint", "prove"})
WORDS = st.sampled_from(
    (
        *(
            "acme",
            "h20",
            "claim",
            "gacc",
            "today",
            "2026-01-20",
            "2026",
            "-",
            "--",
            "--json",
            "--csv",
            "--at",
            "--known",
        ),
        *(
            "--recorded",
            "--file",
            "--to-at",
            "--dry-run",
            "--company",
            "--chip",
            "--type",
            "cleared",
            "--limit",
            "-1",
            "0",
        ),
        *(
            "blocked",
            "company-registered",
            "--name",
            "--publisher",
            "--published",
            "--help",
            "/dev/null",
            ".",
            "",
            ATTACK,
        ),
        *("9" * 5_000, "0001-01-01", "9999-12-31", "2026-02-30", "1e99", "\x1b[31m", "\udcff", "--knowledge", "--all"),
    )
) | st.text(st.characters(exclude_characters="\0"), max_size=5)
"""No word that a process is given can hold NUL."""


@settings(max_examples=often(short=60, long=1_000))
@given(command=st.sampled_from(READING), words=st.lists(WORDS, max_size=5))
@example(command="backup", words=["."])
@example(command="restore", words=["."])
def test_whatever_is_said_at_the_door_is_answered_in_sentences(attacked: Path, command: str, words: list[str]) -> None:
    before = content(attacked)
    dry = ("--dry-run",) if command in ("record", "import") else ()
    with chdir(attacked.parent):  # where a backup may be written
        found = ask(attacked, command, *words, *dry, text=b"x")

    assert isinstance(found.exception, SystemExit | None), found.exception
    assert found.exit_code in (0, 1, 2, 3, 4, 6)
    assert [each for each in unseen(found.output) if each != "\r"] == []
    assert content(attacked) == before


@pytest.mark.parametrize("debug", [False, True])
def test_what_nobody_foresaw_is_a_sentence(debug: bool) -> None:
    """And a traceback for whoever asks for it."""
    asked = (
        "import policytracker.cli.main as door\n"
        "def broken(**_): raise KeyError('a\\x1b[31m')\n"
        "door.cli = broken\n"
        "door.main()\n"
    )
    settings = {**os.environ, "POLICYTRACKER_DEBUG": "1" if debug else ""}
    found = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, env=settings)

    assert found.returncode == 1
    assert ("Traceback" in found.stderr) is debug
    if not debug:
        assert found.stderr.startswith(r"Error: KeyError: 'a\x1b[31m'; this is a mistake in policytracker: report it ")


def test_a_mistake_is_reported_where_the_package_says_else_to_whoever_gave_the_program(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def report_to(*links: str) -> str:
        given = Message()
        for link in links:
            given["Project-URL"] = link
        monkeypatch.setattr("importlib.metadata.metadata", lambda name: given)
        return mistake(KeyError("x")).partition("report it to ")[2].partition(", with what POLICYTRACKER_DEBUG=1")[0]

    assert report_to() == report_to("Homepage, https://e.example") == "whoever gave you the program"
    assert report_to("Homepage, https://e.example", "Issues, https://e.example/issues") == "https://e.example/issues"
