"""Read models take each other's place: the name in use is a link to the file that was made last.

Each file has its own log beside it, which SQLite finds by the file that the link leads to. A file put in the place of
another under one name would be taken for the one that the old log belongs to. The index of a file lies beside it too.
"""

import fcntl
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from glob import escape
from pathlib import Path

from policytracker.ledger.beside import SUFFIX, clear_left
from policytracker.ledger.placing import to_disk
from policytracker.projections.layout import generation_of, index_file
from policytracker.projections.reading import schema_told
from policytracker.projections.stamps import create

REPLACED = "replaced"
"""This row of ``meta`` tells whoever still reads an old file that another has taken its place."""


def put_in_place(made: Path, views: Path) -> None:
    """Let a name lead to read models that were made in a folder ``beside`` it, and remove all that it led to before.

    Whoever has the old file open goes on reading it, whole; it says then that it was replaced.
    """
    to_disk(made)
    own = made.parent.with_name(made.parent.name.removesuffix(SUFFIX))
    with _one_at_a_time(views.parent):
        with _telling_readers(views):
            # The index comes first: a file that the name leads to has one, whenever the process is killed.
            (index,) = made.parent.glob(f"{escape(made.name)}.*.index")
            generation = generation_of(made, index)
            index.rename(index_file(own, generation))
            made.rename(own)
            create(own, generation)
            link = made.parent / "link"
            link.symlink_to(own.name)
            link.replace(views)
        _remove_others(views, own.name)


def clear(views: Path, file: Path, generation: str) -> None:
    """Remove what killed processes have left of read models and their indexes, but for those that count.

    Call it while nobody else can write to ``file``. It does nothing where the name leads to another by now, or where
    nothing can be removed.
    """
    with suppress(OSError):
        clear_left(views)
        with _one_at_a_time(views.parent):
            if views.resolve() == file:
                _remove_others(views, file.name, index_file(file, generation))


def _remove_others(views: Path, own: str, index: Path | None = None) -> None:
    """Remove all that a name led to, but for one file and what lies beside it; of its indexes, all but one."""
    for old in _all_of(views):
        if not old.name.startswith(own) or (index and old.suffix == ".index" and old != index):
            old.unlink(missing_ok=True)


@contextmanager
def _telling_readers(views: Path) -> Iterator[None]:
    """Say in a file that another has taken its place, once that is done.

    Not where it is damaged, of another layout, or somebody is writing to it.
    """
    with ExitStack() as stack:
        connection = None
        with suppress(sqlite3.Error, OSError), schema_told():
            uri = f"{views.resolve(strict=True).as_uri()}?mode=rw"
            old = stack.enter_context(closing(sqlite3.connect(uri, uri=True, timeout=1, isolation_level=None)))
            old.execute("PRAGMA synchronous=OFF")
            old.execute("SELECT 1 FROM meta")
            connection = old
        yield
        with suppress(sqlite3.Error):
            if connection is not None:
                connection.execute("INSERT OR REPLACE INTO meta VALUES (?, 'open the read models again')", (REPLACED,))


def _all_of(views: Path) -> Iterator[Path]:
    """The files that the name leads to or led to, with their logs; some, where a process was killed in between.

    Where the name was a file itself, a copy, what lay beside it under its name is among them.
    """
    name, beside = re.escape(views.name), r"-wal|-shm|-journal|\.stamp|\.[0-9]+\.[0-9a-f]{8}\.index"
    either = re.compile(rf"\.{name}\.[a-z0-9_]{{8}}({beside})?|{name}({beside})")
    return (path for path in views.parent.iterdir() if either.fullmatch(path.name) and path.is_file())


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
