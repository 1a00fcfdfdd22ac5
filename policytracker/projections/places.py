"""Read models take each other's place: the name in use is a link to the file that was made last.

Each file has its own log beside it, which SQLite finds by the file that the link leads to. A file put in the place of
another under one name would be taken for the one that the old log belongs to.
"""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path

from policytracker.ledger.beside import SUFFIX
from policytracker.ledger.placing import to_disk


def put_in_place(made: Path, views: Path) -> None:
    """Let a name lead to read models that were made in a folder ``beside`` it, and remove all that it led to before."""
    to_disk(made)
    own = made.parent.with_name(made.parent.name.removesuffix(SUFFIX))
    with _one_at_a_time(views.parent):
        for index in made.parent.glob(f"{escape(made.name)}.*.index"):
            index.rename(own.with_name(own.name + index.name.removeprefix(made.name)))
        made.rename(own)
        link = made.parent / "link"
        link.symlink_to(own.name)
        link.replace(views)
        for old in _all_of(views):
            if not old.name.startswith(own.name):
                old.unlink(missing_ok=True)


def _all_of(views: Path) -> Iterator[Path]:
    """The files that the name leads to or led to, with their logs; some, where a process was killed in between."""
    name = re.compile(rf"\.{re.escape(views.name)}\.[a-z0-9_]{{8}}(-wal|-shm|-journal|\.[0-9]+\.index)?")
    return (path for path in views.parent.iterdir() if name.fullmatch(path.name) and path.is_file())


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """So that nobody takes for old what is about to get the name. Goes without where there are no such locks."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
