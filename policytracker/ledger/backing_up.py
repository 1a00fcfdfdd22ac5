"""Take a ledger file whole while others record, through SQLite's backup API (sqlite.org/backup.html)."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from policytracker.ledger.clearing import UNFINISHED, unfinished
from policytracker.ledger.copying import copy
from policytracker.ledger.errors import NotTheSame, Unusable
from policytracker.ledger.layout import translated
from policytracker.ledger.reading import LedgerFile, open_ledger
from policytracker.ledger.tables import Head
from policytracker.ledger.where import Where

PAGES = 500
"""So many are copied between two words about how far it is."""

Progress = Callable[[int, int], None]
"""Is told how much is done, and of how much."""


def take(source: Where, target: Path, progress: Progress = lambda *_: None) -> Head:
    """Write a ledger, as it is at one moment, into a new file that is not in WAL mode; return its head then.

    So the file is all there is of it: it may be moved, or read from a medium that cannot be written. Raises
    LedgerError, and then may leave a part of the file.
    """
    head = _take_file(source, target, progress) if isinstance(source, Path) else _take_all(source, target, progress)
    set_journal(target, "DELETE")
    _clear(target)
    with LedgerFile(target) as taken:
        if taken.head() != head:
            raise NotTheSame(target, "its head is another")
    return head


def _take_file(source: Path, target: Path, progress: Progress) -> Head:
    """Within one transaction that reads: a backup starts anew whenever another writes between two of its steps."""
    with LedgerFile(source) as opened, opened.still(), closing(sqlite3.connect(target)) as connection:
        head = opened.head()
        try:
            opened.connection.backup(
                connection, pages=PAGES, progress=lambda _, left, total: progress(total - left, total)
            )
        except sqlite3.DatabaseError as error:
            raise translated(target if _in_writing(error) else source, error) from None
    return head


def _in_writing(error: sqlite3.DatabaseError) -> bool:
    """Whether it is the copy that failed, and not the ledger that was read."""
    code = error.sqlite_errorcode
    reading = (sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ)
    return code & 0xFF in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR) and code not in reading


def _take_all(source: Where, target: Path, progress: Progress) -> Head:
    """From a server: event by event."""
    with open_ledger(source) as opened:
        total = opened.head().position
    return copy(source, target, summed(progress, total))


def _clear(target: Path) -> None:
    """Clear a copy that was taken page by page of what was redacted, where that is still to be done in the ledger."""
    with LedgerFile(target) as taken:
        if not unfinished(taken):
            return
    with closing(sqlite3.connect(target, isolation_level=None)) as connection:
        connection.execute("DELETE FROM ledger_meta WHERE key LIKE ?", (f"{UNFINISHED}%",))
        connection.execute("VACUUM")


def summed(progress: Progress, total: int) -> Callable[[int], None]:
    """The same for who tells how many more are done."""
    done = 0

    def tell(more: int) -> None:
        nonlocal done
        done += more
        progress(done, total)

    return tell


def set_journal(path: Path, mode: str) -> None:
    """Put a file that nobody else has open into a journal mode. Raises Unusable."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            ((found,),) = connection.execute(f"PRAGMA journal_mode={mode}").fetchall()
    except sqlite3.DatabaseError as error:
        raise translated(path, error) from None
    if str(found).upper() != mode:
        raise Unusable(path, f"its journal mode stays {found}")
