"""Files and folders take their places whole: also where the file system can do less, or a process is killed between."""

import errno
import os
from pathlib import Path

import pytest

from policytracker.ledger import placing, renaming
from policytracker.ledger.beside import SUFFIX
from policytracker.ledger.errors import LedgerThere, NotMade
from policytracker.ledger.placing import put_back, take_place, whole


class Killed(BaseException):
    """Ends everything at once, but for the clearing up, of which the tests see to it that there is none."""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def without_links(monkeypatch: pytest.MonkeyPatch) -> None:
    """A memory stick."""

    def no_links(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)


def without_renaming(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that can only rename."""

    def none(*_: object) -> None:
        raise OSError(errno.ENOSYS, "Function not implemented")

    monkeypatch.setattr(renaming, "_rename", none)


def make(folder: Path, *kept: str) -> None:
    """Make files that say their names."""
    with whole(*[folder / name for name in kept]) as made:
        for each in made:
            each.write_text(each.name)


@pytest.fixture(params=["links", "no links", "renaming only"])
def stick(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on file systems that can do more or less."""
    if request.param != "links":
        without_links(monkeypatch)
    if request.param == "renaming only":
        without_renaming(monkeypatch)
    return tmp_path


def test_files_appear_whole_and_nothing_else(stick: Path) -> None:
    make(stick, "one", "two")

    assert names(stick) == ["one", "two"]
    assert [(stick / name).read_text() for name in names(stick)] == ["one", "two"]


@pytest.mark.parametrize("taken", ["one", "two"])
def test_what_came_meanwhile_stays_and_then_nothing_appears(stick: Path, taken: str) -> None:
    with pytest.raises(LedgerThere, match=rf"/{taken} is there already"), whole(stick / "one", stick / "two") as made:
        for each in made:
            each.write_text(each.name)
        (stick / taken).write_text("theirs")

    assert names(stick) == [taken]
    assert (stick / taken).read_text() == "theirs"


def left_by_kill(folder: Path, monkeypatch: pytest.MonkeyPatch, call: int) -> None:
    """Make two files, and be killed before so many of them took their places."""
    take, calls = placing._take_place, 0

    def counting(made: Path, target: Path) -> None:
        nonlocal calls
        calls += 1
        if calls == call:
            raise Killed
        take(made, target)

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(placing, "_take_place", counting)
        patched.setattr("policytracker.ledger.beside.shutil.rmtree", lambda *_, **__: None)
        make(folder, "one", "two")


def test_the_second_file_comes_with_the_next_run_where_the_first_was_placed(
    stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_by_kill(stick, monkeypatch, 2)
    assert [name for name in names(stick) if not name.endswith(SUFFIX)] == ["one"]

    make(stick, "three")

    assert names(stick) == ["one", "three", "two"]
    assert (stick / "two").read_text() == "two"


def test_nothing_comes_with_the_next_run_where_none_was_placed(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left_by_kill(stick, monkeypatch, 1)

    make(stick, "three")

    assert names(stick) == ["three"]


def test_the_next_run_writes_over_nothing_that_came_meanwhile(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left_by_kill(stick, monkeypatch, 2)
    (stick / "two").write_text("theirs")

    make(stick, "three")

    assert names(stick) == ["one", "three", "two"]
    assert (stick / "two").read_text() == "theirs"


def test_a_place_that_is_taken_is_cleared_of_what_was_left(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left_by_kill(stick, monkeypatch, 2)

    with pytest.raises(LedgerThere):
        make(stick, "one")

    assert names(stick) == ["one", "two"]


def test_a_folder_that_takes_no_files_is_named_with_the_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(NotMade) as caught:
        make(tmp_path / "file" / "folder", "one")

    assert str(caught.value) == (
        f"{tmp_path}/file/folder/one was not made (Not a directory); check its folder and free space, and try again"
    )


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder that is to be replaced, and a new one in a folder beside it."""
    for folder, content in ((tmp_path / "site", "old"), (tmp_path / ".site.abcdefgh.part" / "site", "new")):
        folder.mkdir(parents=True)
        (folder / "index").write_text(content)
    return tmp_path / "site"


def new(site: Path) -> Path:
    return site.with_name(".site.abcdefgh.part") / "site"


@pytest.mark.parametrize("exchanging", [True, False])
def test_a_folder_takes_the_place_of_another(site: Path, exchanging: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not exchanging:
        without_renaming(monkeypatch)

    take_place(new(site), site)

    assert (site / "index").read_text() == "new"


def test_two_folders_change_places_in_one_step(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody who looks finds nothing."""
    try:
        renaming.exchange(new(site), site)
        renaming.exchange(new(site), site)
    except OSError as error:
        pytest.skip(f"two folders cannot change places here ({error.strerror})")
    monkeypatch.setattr(Path, "rename", None)

    take_place(new(site), site)

    assert ((site / "index").read_text(), (new(site) / "index").read_text()) == ("new", "old")


def test_the_old_folder_comes_back_where_the_new_one_cannot_come(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_renaming(monkeypatch)
    rename = Path.rename

    def once_full(path: Path, target: Path) -> Path:
        if path == new(site):
            raise OSError(errno.ENOSPC, "No space left on device")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", once_full)

    with pytest.raises(OSError, match=r"No space left on device$"):
        take_place(new(site), site)

    assert (site / "index").read_text() == "old"


def test_the_old_folder_comes_back_with_the_next_run_after_a_kill_between(site: Path) -> None:
    site.rename(new(site).with_name("old"))

    put_back(site)
    assert (site / "index").read_text() == "old"

    (site / "index").write_text("newest")
    new(site).rename(new(site).with_name("old"))
    put_back(site)
    assert (site / "index").read_text() == "newest"


def test_a_file_that_is_called_old_is_no_old_folder(tmp_path: Path) -> None:
    left = tmp_path / ".old.abcdefgh.part"
    left.mkdir()
    (left / "old").write_text("half")

    put_back(tmp_path / "old")

    assert names(tmp_path) == [left.name]
