"""``doctor`` names what interrupted commands have left beside a ledger, and takes it for nothing else."""

import os
from pathlib import Path

import pytest

from policytracker.keeping.doctor import doctor
from policytracker.ledger.beside import beside
from policytracker.ledger.store import Store
from tests.ledger.ground import NOON

HALF = (".policytracker.abcdefgh.part", ".tracker.html.a_1b2c3d.part")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger file that nobody has open."""
    path = tmp_path / "my.ledger"
    Store.create(path).close()
    return path


def told(ledger: Path, check: str) -> list[tuple[str, str, str | None]]:
    return [(each.level, each.says, each.do) for each in doctor(ledger, NOON) if each.check == check]


def test_what_interrupted_commands_have_left_is_named(ledger: Path) -> None:
    left = [ledger.with_name(name) for name in HALF]
    for each in left:
        each.mkdir()

    names = f"{left[0]} {left[1]}"
    says = f"commands that were interrupted have left {names}"
    do = f"run the same commands again, which removes it, or: rm -r {names}"
    assert told(ledger, "leftovers") == [("note", says, do)]
    assert all(each.is_dir() for each in left)


def test_what_a_command_is_making_now_is_not_left(ledger: Path) -> None:
    """Nor are folders of other names."""
    ledger.with_name(".other.part").mkdir()

    with beside(ledger.with_name("backup")):
        found = told(ledger, "leftovers")

    assert found == [("ok", "no interrupted command has left anything in the folder", None)]


def test_the_name_that_an_interrupted_command_has_left_is_no_second_name(ledger: Path) -> None:
    """The process was killed when the ledger had its place, and still its other name. Nobody opens it by that."""
    files = ledger.with_name(HALF[0]) / "files"
    files.mkdir(parents=True)
    os.link(ledger, files / "my.ledger")

    assert told(ledger, "names") == []

    os.link(ledger, ledger.with_name("other"))
    ((level, says, _),) = told(ledger, "names")
    assert (level, says.partition(",")[0]) == ("problem", "the file has 2 names (hard links)")
