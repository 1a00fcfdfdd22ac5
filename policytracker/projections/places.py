"""Read models take each other's place: the name in use is a link to the file that was made last.

Each file has its own log beside it, which SQLite finds by the file that the link leads to. A file put in the place of
another under one name would be taken for the one that the old log belongs to.
"""

import os
from pathlib import Path


def put_in_place(made: Path, views: Path) -> None:
    """Let a name lead to read models that were made beside it, and remove those that it led to."""
    _to_disk(made)
    before = views.resolve() if views.is_symlink() else None
    link = made.with_name(f"{made.name}-link")
    link.symlink_to(made.name)
    link.replace(views)
    if before is not None and before != made.resolve():
        _remove(before)


def _remove(views: Path) -> None:
    for name in (views.name, f"{views.name}-wal", f"{views.name}-shm", f"{views.name}-journal"):
        views.with_name(name).unlink(missing_ok=True)


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
