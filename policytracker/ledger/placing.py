"""Files and folders that appear whole or not at all: ledgers, copies and backups, never over another; static sites."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from policytracker.ledger.beside import beside, left_beside
from policytracker.ledger.errors import LedgerThere, LeftBehind, NotMade, Unusable
from policytracker.ledger.renaming import exchange, rename_to_nothing
from policytracker.ledger.where import Where

MAKER = "policytracker"
"""One name for all that is made in a folder: what a killed backup has left is cleared by the next, of any name."""
JOURNALS = ("-wal", "-journal")
"""What SQLite would take for the newest part of the file beside which it lies."""
PLACING = "placing"
"""In the folder in which files are made: the names of those that are being moved to their places, all whole by then."""

OLD = "old"
"""In the folder in which a folder is made: the one that was moved out of its way."""


@contextmanager
def made_whole(where: Where) -> Iterator[Where]:
    """Where to make a ledger: on a server at once, as that undoes what fails; a file beside its place (``whole``)."""
    if isinstance(where, Path):
        with whole(where) as (made,):
            yield made
    else:
        yield where


@contextmanager
def whole(*targets: Path) -> Iterator[list[Path]]:
    """Where to write files, all in one folder, that are moved to their places once all of them are written.

    Raises LedgerThere where something is there already, LeftBehind where the journal of another ledger is, or
    NotMade; then nothing is left.
    """
    first, folder = targets[0], targets[0].parent
    made: list[Path] = []
    try:
        check_free(*targets)
        folder.mkdir(parents=True, exist_ok=True)
        with beside(folder / MAKER) as room:
            files = room / "files"
            files.mkdir()
            made = [files / target.name for target in targets]
            yield made
            if [left for left in files.iterdir() if left not in made and left.stat().st_size]:
                raise NotMade(first, "what was written is still in its log")
            _take_places(room, made, targets)
    except Unusable as error:
        place = next((target for each, target in zip(made, targets, strict=False) if each == error.where), None)
        if place is None:
            raise
        raise NotMade(place, error.why) from error
    except OSError as error:
        raise NotMade(first, error.strerror or str(error)) from error


def check_free(*targets: Path) -> None:
    """Raise LedgerThere or LeftBehind where a file cannot be made. A link that leads nowhere is something too.

    What killed processes have left in the folder is done with before.
    """
    if targets[0].parent.is_dir():
        finish_left(targets[0].parent)
    for target in targets:
        if os.path.lexists(target):
            raise LedgerThere(target)
        check_journals(target)


def check_journals(target: Path) -> None:
    """Raise LeftBehind where a journal lies that SQLite would write into a database of this name."""
    for ending in JOURNALS:
        journal = target.with_name(target.name + ending)
        if journal.is_file() and journal.stat().st_size:
            raise LeftBehind(target, journal)


def finish_left(folder: Path) -> None:
    """Remove what killed processes have left of files that were to appear here. Raises OSError.

    Where one of several files took its place, and so all of them are whole, the others take theirs.
    """
    for left in left_beside(folder / MAKER):
        with suppress(FileNotFoundError):
            names = (left / PLACING).read_bytes().split(b"\0")
            files = [(left / "files" / os.fsdecode(name), folder / os.fsdecode(name)) for name in names]
            if any(_is_placed(made, target) for made, target in files):
                for made, target in files:
                    with suppress(FileExistsError):
                        _take_place(made, target)
        shutil.rmtree(left, ignore_errors=True)


def _is_placed(made: Path, target: Path) -> bool:
    """Whether a file took its place: it has two names, or was moved."""
    return target.exists() and (not made.exists() or target.samefile(made))


def _take_places(room: Path, made: Sequence[Path], targets: Sequence[Path]) -> None:
    """Move files, safe on the disk, to where nothing is; who came first stays, and then none is moved."""
    if len(targets) > 1:
        (room / PLACING).write_bytes(b"\0".join(os.fsencode(target.name) for target in targets))
        made = [*made, room / PLACING]
    for each in made:
        to_disk(each)
    placed: list[Path] = []
    try:
        for each, target in zip(made, targets, strict=False):
            _take_place(each, target)
            placed.append(target)
        to_disk(targets[0].parent)
    except OSError as error:
        for target in placed:
            with suppress(OSError):
                target.unlink()
        if isinstance(error, FileExistsError):
            raise LedgerThere(targets[len(placed)]) from None
        raise


def _take_place(made: Path, target: Path) -> None:
    """Move one file. Raises FileExistsError where something is."""
    try:
        os.link(made, target)
    except FileExistsError:
        raise
    except OSError:  # a memory stick, a network drive: no hard links
        rename_to_nothing(made, target)


def to_disk(path: Path) -> None:
    """Have a file, or a folder's list of files, written to the disk before going on."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def take_place(made: Path, target: Path) -> None:
    """Move a folder, made in one ``beside`` its place, there; what is there goes to where it was made. Raises OSError.

    Where the system cannot let two folders change places, there is nothing at the place for a moment.
    """
    if not target.exists():  # a link that leads nowhere stays, and is refused
        made.rename(target)
        return
    try:
        exchange(made, target)
    except OSError:
        old = made.with_name(OLD)
        target.rename(old)
        try:
            made.rename(target)
        except OSError:
            old.rename(target)
            raise


def put_back(target: Path) -> None:
    """Put back a folder that a process had moved away, and was killed before another was at its place."""
    for left in left_beside(target):
        if (left / OLD).is_dir() and not os.path.lexists(target):
            (left / OLD).rename(target)
