"""Files that appear whole or not at all, and never over another: copies, backups, and what is made from them."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from policytracker.ledger.beside import beside
from policytracker.ledger.errors import LedgerThere, LeftBehind, Unusable

MAKER = "policytracker"
"""One name for all that is made in a folder: what a killed backup has left is cleared by the next, of any name."""
JOURNALS = ("-wal", "-journal")
"""What SQLite would take for the newest part of the file beside which it lies."""


@contextmanager
def whole(*targets: Path) -> Iterator[list[Path]]:
    """Where to write files, all in one folder, that are moved to their places once all of them are written.

    Raises LedgerThere where something is there already, LeftBehind where the journal of another ledger is, or
    Unusable; then nothing is left.
    """
    first, folder = targets[0], targets[0].parent
    check_free(*targets)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with beside(folder / MAKER) as room:
            made = [room / target.name for target in targets]
            yield made
            if [left for left in room.iterdir() if left not in made and left.stat().st_size]:
                raise Unusable(first, "what was written is still in its log")
            _take_places(made, targets)
    except OSError as error:
        raise Unusable(first, str(error)) from error


def check_free(*targets: Path) -> None:
    """Raise LedgerThere or LeftBehind where a file cannot be made. A link that leads nowhere is something too."""
    for target in targets:
        if os.path.lexists(target):
            raise LedgerThere(target)
        for ending in JOURNALS:
            journal = target.with_name(target.name + ending)
            if journal.is_file() and journal.stat().st_size:
                raise LeftBehind(target, journal)


def _take_places(made: Sequence[Path], targets: Sequence[Path]) -> None:
    """Move files, safe on the disk, to where nothing is; who came first stays, and then none is moved."""
    for each in made:
        to_disk(each)
    placed: list[Path] = []
    try:
        for each, target in zip(made, targets, strict=True):
            _take_place(each, target)
            placed.append(target)
    except OSError as error:
        for target in placed:
            target.unlink()
        if isinstance(error, FileExistsError):
            raise LedgerThere(targets[len(placed)]) from None
        raise
    to_disk(targets[0].parent)


def _take_place(made: Path, target: Path) -> None:
    """Move one file. Raises FileExistsError where something is."""
    try:
        os.link(made, target)
    except FileExistsError:
        raise
    except OSError:  # a memory stick, a network drive: no hard links
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        made.replace(target)


def to_disk(path: Path) -> None:
    """Have a file, or a folder's list of files, written to the disk before going on."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
