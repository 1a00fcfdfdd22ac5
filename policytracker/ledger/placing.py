"""Files that appear whole or not at all, and never over another: copies, backups, and what is made from them.

They are written in a hidden folder beside their place, which is locked while its maker lives. One that a killed
program has left is cleared away by the next that writes into the same folder.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from policytracker.ledger.errors import LedgerThere, LeftBehind, Unusable

PREFIX = ".policytracker-making-"
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
        clear_left(folder)
        with TemporaryDirectory(dir=folder, prefix=PREFIX) as made, _in_use(Path(made)):
            beside = [Path(made) / target.name for target in targets]
            yield beside
            if [left for left in Path(made).iterdir() if left not in beside and left.stat().st_size]:
                raise Unusable(first, "what was written is still in its log")
            _take_places(beside, targets)
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


def clear_left(folder: Path) -> None:
    """Clear away what killed programs have left in a folder; what a living one is writing stays."""
    for left in folder.glob(PREFIX + "*"):
        if _is_left(left):
            shutil.rmtree(left, ignore_errors=True)


def to_disk(path: Path) -> None:
    """Have a file, or a folder's list of files, written to the disk before going on."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _in_use(folder: Path) -> Iterator[None]:
    """Lock a folder while it is written in, where the file system can do that."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


def _is_left(folder: Path) -> bool:
    """Whether nobody writes in a folder any more. Where that cannot be told, somebody may."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return True


def _take_places(beside: Sequence[Path], targets: Sequence[Path]) -> None:
    """Move files, safe on the disk, to where nothing is; who came first stays, and then none is moved."""
    for made in beside:
        to_disk(made)
    placed: list[Path] = []
    try:
        for made, target in zip(beside, targets, strict=True):
            _take_place(made, target)
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
