"""A place beside another, where something is made that then takes its place: it appears whole, or not at all.

Whoever makes it holds a lock on the folder (``flock``), which ends with the process. So what a killed process has left
is known from what is being made, and the next one clears it away.
"""

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

SUFFIX = ".part"
_ENDING = rf"\.[a-z0-9_]{{8}}{re.escape(SUFFIX)}"


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """An empty folder beside a path, for this process alone; it goes with all that is in it. Raises OSError."""
    clear_left(path)
    folder, lock = _made(path)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def clear_left(path: Path) -> None:
    """Remove the folders beside a path that killed processes have left. Raises OSError."""
    for left in left_beside(path):
        shutil.rmtree(left, ignore_errors=True)


def left_beside(path: Path) -> Iterator[Path]:
    """The folders beside a path that killed processes have left; each is locked while it is looked at."""
    return _left(path.parent, re.compile(rf"\.{re.escape(path.name)}{_ENDING}"))


def left_in(folder: Path) -> Iterator[Path]:
    """The same in a folder, beside any path. Raises OSError."""
    return _left(folder, re.compile(rf"\..+{_ENDING}"))


def _left(folder: Path, name: re.Pattern[str]) -> Iterator[Path]:
    for found in folder.iterdir():
        if name.fullmatch(found.name) and (lock := _locked(found)) is not None:
            try:
                yield found
            finally:
                os.close(lock)


def _made(path: Path) -> tuple[Path, int | None]:
    """A new folder and the lock on it. One made a moment ago may be taken for left before it is locked."""
    while True:
        folder = Path(mkdtemp(dir=path.parent, prefix=f".{path.name}.", suffix=SUFFIX))
        lock = _locked(folder, 0)  # waits: whoever takes it for left holds the lock until it is removed
        if folder.exists():
            return folder, lock
        if lock is not None:
            os.close(lock)


def _locked(folder: Path, wait: int = fcntl.LOCK_NB) -> int | None:
    """The lock on a folder; None where another holds it, or where there are no such locks (as on some networks)."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | wait)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor
