"""Each call that writes files fails, or is the last: what a command makes is there whole, or as it was before.

The calls are those of the operating system: SQLite's are among them. The process is killed (SIGKILL), one call fails
(EIO), or the disk is full from one call on (ENOSPC).
"""

import json
from pathlib import Path

import pytest

from policytracker.ledger.errors import NOT_KNOWN
from tests.faults import sweeping
from tests.faults.counted import Count
from tests.faults.making import makings, prepare
from tests.faults.processes import run_each
from tests.faults.tracing import Kind
from tests.once import once
from tests.soak import often

pytestmark = pytest.mark.files

MOST = 100
"""So many calls of a command are tried with each kind of fault in the long form; of most commands these are all."""

COMMANDS = (
    "init",
    "init --demo",
    "copy",
    "restore",
    "backup",
    "upgrade",
    "import",
    "checkpoint --new-key",
    "checkpoint -o",
    "checkpoint -o --force",
    "prove clear -o",
    "prove clear -o --force",
    "export -o",
    "export -o --force",
    "export explorer",
    "export explorer --force",
    "export sqlite",
    "export sqlite --force",
    "export site",
    "export site --force",
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "makings", prepare)


def test_no_command_is_left_out(base: Path) -> None:
    assert sorted(makings(base)) == sorted(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_what_a_command_makes_is_there_whole_or_as_it_was(
    base: Path, tmp_path: Path, command: str, counted: Count
) -> None:
    """At a few of its calls; in the long form at each, or at a hundred of very many."""
    most = often(short=2, long=MOST)
    words = [(str(tmp_path / kind.value), str(base), command, most, kind) for kind in Kind]
    run_each(sweeping.sweep, words, seconds=3_600)
    for kind in Kind:
        found = json.loads((tmp_path / kind.value).read_text())
        if "cannot" in found:
            pytest.skip(found["cannot"])
        assert found["done"] > 0.9 * min(most, found["calls"])
        counted(f"{kind.value} at a call of a command that makes files, none left by half", found["done"])


def test_it_is_said_where_the_disk_does_not_confirm_what_was_recorded(base: Path, tmp_path: Path) -> None:
    """SQLite takes the import back, but whoever opens the ledger next may find it in the log."""
    report = tmp_path / "said"
    run_each(sweeping.unconfirmed, [(str(report), str(base), "import")], seconds=600)
    found = json.loads(report.read_text())
    if "cannot" in found:
        pytest.skip(found["cannot"])

    assert any(NOT_KNOWN in line and "run the command again" in line for line in found["said"])
