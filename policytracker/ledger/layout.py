"""The ledger's SQLite file: who made it, the tables beside the library's own, and how it is opened.

``stored_events`` is the library's table and keeps its four columns. Everything that orders and later
seals an event lies in ``ledger_entries``: its dense position, its id, when and by whom it was recorded.
"""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from policytracker.ledger.errors import LedgerError, LogLeft, NoLedger, NotALedger, OldLayout, Unreadable, Unusable
from policytracker.ledger.waiting import WAIT_LONGER, lock_seconds
from policytracker.ledger.where import Where

APPLICATION_ID = 0x504F4C54
LAYOUT = 3
"""The layout of new ledgers. Its tables are those of layout 2. The number says that events of version 2 of the language
may be in them, so that programs that know version 1 only do not open it: they would append without knowing what
those events say."""
OLDEST = 2
"""Ledgers of this layout and later ones are read; what is recorded goes into the newest layout only."""

PRAGMAS = (
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA cache_size=-65536",
)
"""What every connection that writes is set to; one that reads needs no more than the last three."""

REFS_INDEX = "UNIQUE INDEX {}ledger_refs ON ledger_entries (ref) WHERE ref IS NOT NULL"

FOREIGN = f"""SELECT CASE WHEN type <> 'table' THEN type WHEN sql LIKE 'CREATE VIRTUAL%' THEN 'virtual table'
        ELSE 'computing table' END, name
    FROM sqlite_schema found
    WHERE type IN ('trigger', 'view') OR sql LIKE 'CREATE VIRTUAL%'
        OR (type = 'index' AND sql <> 'CREATE {REFS_INDEX.format("")}')
        OR (type = 'table' AND (sql LIKE '%CHECK%' OR EXISTS (
            SELECT 1 FROM pragma_table_xinfo(found.name) WHERE hidden <> 0)))"""
"""What would run somebody's statements or expressions while the ledger is read, written or checked."""

LARGEST_VALUE = 16_000_000
"""Bytes that are read of one value; nothing that is recorded comes near."""

CANNOT_SHARE = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
"""What SQLite says where it may not make the files beside a ledger by which those who have it open share it."""

TABLES = (
    """CREATE TABLE IF NOT EXISTS ledger_meta (
        key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS ledger_entries (
        position INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        recorded INTEGER NOT NULL,
        recorder TEXT NOT NULL,
        stream TEXT NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT,
        leaf BLOB NOT NULL,
        tree BLOB)""",
    f"CREATE {REFS_INDEX.format('IF NOT EXISTS ')}",
)


class Opened(NamedTuple):
    """A ledger file, opened for reading only."""

    connection: sqlite3.Connection
    frozen: bool
    """Whether what others record does not show in it."""
    layout: int


def open_to_read(path: Path) -> Opened:
    """Open a ledger for reading only, of any layout that is known.

    Raises NoLedger, NotALedger, LogLeft or Unusable.
    """
    layout = LAYOUT

    def prepare(connection: sqlite3.Connection) -> None:
        nonlocal layout
        for pragma in PRAGMAS[2:]:
            connection.execute(pragma)
        layout = check(connection, path)

    if not path.is_file():
        raise NoLedger(path)
    try:
        return Opened(*shared_or_frozen(path, prepare), layout)
    except sqlite3.DatabaseError as error:
        raise translated(path, error) from None


def shared_or_frozen(path: Path, prepare: Callable[[sqlite3.Connection], object]) -> tuple[sqlite3.Connection, bool]:
    """Open a SQLite file that has a log for reading only; it is frozen where it cannot be shared with others.

    SQLite cannot share a file in a folder where it may not write, unless somebody who may has it open. Such a file is
    read as one that nobody changes (https://www.sqlite.org/uri.html#uriimmutable), and its log would not be looked at.
    Raises LogLeft or sqlite3.DatabaseError.
    """
    try:
        return _connected(path, "mode=ro", prepare), False
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in CANNOT_SHARE or os.access(path.parent, os.W_OK):
            raise
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        raise LogLeft(path, log.name)
    return _connected(path, "mode=ro&immutable=1", prepare), True


def _connected(path: Path, how: str, prepare: Callable[[sqlite3.Connection], object]) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?{how}"
    connection = sqlite3.connect(uri, uri=True, timeout=lock_seconds(), isolation_level=None)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_VALUE)
    try:
        prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def check(connection: sqlite3.Connection, path: Path) -> int:
    """The layout of a file that this program made. Raises NotALedger for another file, or a layout not known."""
    (made_by,) = connection.execute("PRAGMA application_id").fetchone()
    if made_by != APPLICATION_ID:
        raise NotALedger(path, "another program made this database")
    (layout,) = connection.execute("PRAGMA user_version").fetchone()
    known_layout(path, layout)
    for kind, name in connection.execute(FOREIGN):
        raise NotALedger(path, f"it has the {kind} {name!r}, and a ledger has none: somebody has added it")
    return int(layout)


def known_layout(where: Where, told: int | str) -> int:
    """A layout as a home tells it. Raises NotALedger for one that this version does not know."""
    layout = int(told) if str(told).isascii() and str(told).isdecimal() else 0
    if OLDEST <= layout <= LAYOUT:
        return layout
    way_out = "upgrade policytracker" if layout > LAYOUT else "use the version that made it"
    raise NotALedger(where, f"its layout has the number {told}, this version knows {OLDEST} to {LAYOUT}: {way_out}")


def check_newest(where: Where, layout: int) -> None:
    """Raise OldLayout where something is to be recorded in a ledger of an earlier layout."""
    if layout < LAYOUT:
        raise OldLayout(where, layout)


def translated(path: Path, error: sqlite3.DatabaseError) -> LedgerError:
    """What SQLite says of a file, as one of the ledger's own errors."""
    if "not a database" in str(error):
        return NotALedger(path, "it is no SQLite database")
    if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_CORRUPT:
        return Unreadable(path, str(error))
    if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
        return Unusable(path, str(error), WAIT_LONGER)
    return Unusable(path, str(error))
