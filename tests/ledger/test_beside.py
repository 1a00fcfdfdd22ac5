"""What is made beside its place is seen by nobody until it is whole, and does not pile up when its maker is killed."""

import fcntl
from pathlib import Path

import pytest

from policytracker.ledger.beside import beside


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_beside_a_path_is_gone_afterwards(tmp_path: Path) -> None:
    with beside(tmp_path / "ledger") as folder:
        (folder / "half").touch()
        assert folder.parent == tmp_path
        assert folder.name.startswith(".ledger.")

    with pytest.raises(MemoryError, match=r"^no more$"), beside(tmp_path / "ledger") as folder:
        (folder / "half").touch()
        raise MemoryError("no more")

    assert names(tmp_path) == []


def test_two_who_make_the_same_do_not_see_each_other(tmp_path: Path) -> None:
    with beside(tmp_path / "ledger") as one, beside(tmp_path / "ledger") as other:
        assert one != other
        assert names(tmp_path) == sorted([one.name, other.name])


def test_what_a_killed_process_has_left_is_cleared_away(tmp_path: Path) -> None:
    """And nothing else, however much it looks like that."""
    kept = [".ledger.abcdefgh", ".ledger.backups.part", ".other.abcdefgh.part", "ledger.abcdefgh.part"]
    for name in (*kept, ".ledger.abcdefgh.part", ".ledger.a_1b2c3d.part"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").touch()
    (tmp_path / ".ledger.12345678.part").touch()

    with beside(tmp_path / "ledger") as folder:
        assert names(tmp_path) == sorted([*kept, ".ledger.12345678.part", folder.name])


def test_nothing_is_cleared_away_where_there_are_no_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise OSError(37, "No locks available")

    (tmp_path / ".ledger.abcdefgh.part").mkdir()
    monkeypatch.setattr(fcntl, "flock", none)

    with beside(tmp_path / "ledger") as folder:
        assert folder.is_dir()

    assert names(tmp_path) == [".ledger.abcdefgh.part"]


def test_one_that_was_taken_for_left_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody clears it away between its making and its locking."""
    flock, taken = fcntl.flock, list[str]()

    def late(descriptor: int, how: int) -> None:
        flock(descriptor, how)
        if not taken:
            (found,) = tmp_path.iterdir()
            taken.append(found.name)
            found.rmdir()

    monkeypatch.setattr(fcntl, "flock", late)

    with beside(tmp_path / "ledger") as folder:
        assert names(tmp_path) == [folder.name] != taken
