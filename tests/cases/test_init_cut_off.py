"""The case "init cut off": where `init` or `restore` cannot end, nothing is there, and the next command works."""

import json
from pathlib import Path

import pytest

from policytracker.ledger.layout import APPLICATION_ID
from tests.demo import ask, run
from tests.demo import demo as demo
from tests.faults import work
from tests.faults.processes import FORKS
from tests.faults.processes import run as run_apart
from tests.shipped import shipped

MANY = f"with {len(shipped()):,} events\n"


def room(size: int, report: Path, *words: str) -> str:
    """What the program says and fails with, where no file may grow beyond a size."""
    run_apart(work.ask_within, str(report), size, *words)
    code, output = json.loads(report.read_text())
    assert code == 1, output
    return str(output)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("words", [("init",), ("init", "--demo")], ids=" ".join)
def test_an_init_that_is_killed_leaves_nothing_to_be_taken_for_a_ledger(tmp_path: Path, words: tuple[str, ...]) -> None:
    """Killed once all is written; the half-made ledger of before was called another program's database."""
    ledger, told = tmp_path / "ledgers" / "my.ledger", tmp_path / "told"
    process = FORKS.Process(target=work.killed_before_placing, args=(str(told), str(ledger), *words))
    process.start()
    process.join(timeout=60)
    assert told.read_text() == f"begun\n{APPLICATION_ID}\n"

    (left,) = ledger.parent.iterdir()
    assert ask(ledger, "state").output.startswith(f"Error: no ledger at {ledger}; make an empty one with ")
    assert ask(ledger, "doctor").exit_code == 1
    assert str(left) in ask(ledger, "doctor", "--json").stdout

    assert ask(ledger, *words).output.startswith(f"made {ledger}")
    assert not left.exists()
    assert ask(ledger, "verify").exit_code == 0


def test_a_full_disk_in_init_demo_leaves_no_ledger(tmp_path: Path) -> None:
    ledger = tmp_path / "ledgers" / "my.ledger"

    told = room(100_000, tmp_path / "report", "--ledger", str(ledger), "init", "--demo")

    assert told.startswith(f"Error: {ledger} was not made (")
    assert told.endswith("); check its folder and free space, and try again\n")
    assert names(ledger.parent) == []
    assert ask(ledger, "init", "--demo").output == f"made {ledger} {MANY}"


def test_a_ledger_whose_read_models_find_no_room_is_there(demo: Path, tmp_path: Path) -> None:
    """And it is said: nobody takes it for one that was not made."""
    ledger = tmp_path / "ledgers" / "my.ledger"

    told = room(demo.stat().st_size * 3 // 2, tmp_path / "report", "--ledger", str(ledger), "init", "--demo")

    assert told.endswith(f"; what was done before stays: made {ledger} in the new folder {ledger.parent} {MANY}")
    assert ask(ledger, "verify").exit_code == 0


def test_a_restore_without_room_leaves_no_ledger(demo: Path, tmp_path: Path) -> None:
    backup, ledger = tmp_path / "demo.backup", tmp_path / "ledgers" / "my.ledger"
    assert ask(demo, "backup", str(backup)).exit_code == 0

    told = room(100_000, tmp_path / "report", "--ledger", str(ledger), "restore", str(backup))

    assert told.startswith(f"Error: {ledger} was not made (")
    assert names(ledger.parent) == []
    assert ask(ledger, "state").output.startswith(f"Error: no ledger at {ledger}; ")
    assert ask(ledger, "restore", str(backup)).exit_code == 0


def test_a_site_that_was_moved_away_by_a_killed_export_is_back_with_the_next(demo: Path, tmp_path: Path) -> None:
    """Where two folders cannot change places in one step."""
    old = tmp_path / ".site.abcdefgh.part" / "old"
    old.mkdir(parents=True)
    (old / "made-by-policytracker.txt").touch()

    told = run(demo, "export", "site", str(tmp_path / "site"))

    assert told.stderr.startswith(f"Error: {tmp_path}/site is there already; ")
    assert names(tmp_path) == ["site"]
