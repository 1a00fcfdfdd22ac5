"""The ledger's SQLite file: who made it, the tables beside the library's own, and how it is opened.

``stored_events`` is the library's table and keeps its four columns. Everything that orders and later
seals an event lies in ``ledger_entries``: its dense position, its id, when and by whom it was recorded.
"""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from policytracker.ledger.damage import OtherTables
from policytracker.ledger.errors import (
    LedgerError,
    LogLeft,
    NoLedger,
    NotALedger,
    NotConfirmed,
    OldLayout,
    Unreadable,
    Unusable,
)
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

LARGEST_VALUE = 16_000_000
"""Bytes that are read of one value; nothing that is recorded comes near."""

CANNOT_SHARE = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
"""What SQLite says where it may not make the files beside a ledger by which those who have it open share it."""

TABLES = (
    "CREATE TABLE stored_events (originator_id TEXT, originator_version INTEGER, topic TEXT, state BLOB, "
    "PRIMARY KEY (originator_id, originator_version))",
    """CREATE TABLE ledger_meta (
        key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE ledger_entries (
        position INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        recorded INTEGER NOT NULL,
        recorder TEXT NOT NULL,
        stream TEXT NOT NULL,
        version INTEGER NOT NULL,
        ref TEXT,
        leaf BLOB NOT NULL,
        tree BLOB)""",
    "CREATE UNIQUE INDEX ledger_refs ON ledger_entries (ref) WHERE ref IS NOT NULL",
)
"""What makes the tables. SQLite keeps these very texts in the file. The first one is the library's."""

_KNOWN = (
    ("table", "stored_events", "stored_events", TABLES[0]),
    ("index", "sqlite_autoindex_stored_events_1", "stored_events", None),
    ("table", "ledger_meta", "ledger_meta", TABLES[1]),
    ("table", "ledger_entries", "ledger_entries", TABLES[2]),
    ("index", "sqlite_autoindex_ledger_entries_1", "ledger_entries", None),
    ("index", "ledger_refs", "ledger_entries", TABLES[3]),
)
"""All that the schema of a ledger file holds: of each its kind, its name, its table and the statement that made it."""


class Opened(NamedTuple):
    """A ledger file, opened for reading only."""

    connection: sqlite3.Connection
    frozen: bool
    """Whether what others record does not show in it."""
    layout: int


def open_to_read(path: Path, seconds: float | None = None) -> Opened:
    """Open a ledger for reading only, of any layout that is known.

    ``seconds``: how long a read waits where somebody keeps all others out, by default as long as a writer would.
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
        return Opened(*shared_or_frozen(path, prepare, seconds), layout)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise translated(path, error) from None


def shared_or_frozen(
    path: Path, prepare: Callable[[sqlite3.Connection], object], seconds: float | None = None
) -> tuple[sqlite3.Connection, bool]:
    """Open a SQLite file that has a log for reading only; it is frozen where it cannot be shared with others.

    SQLite cannot share a file in a folder where it may not write, unless somebody who may has it open. Such a file is
    read as one that nobody changes (https://www.sqlite.org/uri.html#uriimmutable), and its log would not be looked at.
    Raises LogLeft or sqlite3.DatabaseError.
    """
    try:
        return _connected(path, "mode=ro", prepare, seconds), False
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in CANNOT_SHARE or os.access(path.parent, os.W_OK):
            raise
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        raise LogLeft(path, log.name)
    return _connected(path, "mode=ro&immutable=1", prepare, seconds), True


def _connected(
    path: Path, how: str, prepare: Callable[[sqlite3.Connection], object], seconds: float | None
) -> sqlite3.Connection:
    waits = lock_seconds() if seconds is None else seconds
    uri = f"{path.absolute().as_uri()}?{how}"
    connection = sqlite3.connect(uri, uri=True, timeout=waits, isolation_level=None)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_VALUE)
    try:
        prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def check(connection: sqlite3.Connection, path: Path) -> int:
    """The layout of a file that this program made, and whose tables are all there.

    Raises NotALedger for another file or a layout not known, and OtherTables.
    """
    (made_by,) = connection.execute("PRAGMA application_id").fetchone()
    if made_by != APPLICATION_ID:
        raise NotALedger(path, "another program made this database")
    (layout,) = connection.execute("PRAGMA user_version").fetchone()
    known_layout(path, layout)
    _check_schema(connection, path)
    return int(layout)


def _check_schema(connection: sqlite3.Connection, path: Path) -> None:
    """Raise OtherTables where a table is not the known one, NotALedger where somebody has added something.

    So what is added is not run, and what is missing is not taken for an empty ledger.
    """
    query = "SELECT type, name, tbl_name, sql, rootpage FROM sqlite_schema"
    found = {each[:4]: each[4] for each in connection.execute(query)}
    lacking = [known for known in _KNOWN if known not in found]
    for kind, name, *_ in lacking[:1]:
        raise OtherTables(f"it has no {kind} {name!r} of the kind that a ledger has")
    added = [each for each in found if each not in _KNOWN]
    for kind, name, *_ in sorted(added, key=lambda each: "CREATE VIRTUAL" not in str(each[3]))[:1]:
        raise NotALedger(path, f"it has the {kind} {name!r}, and a ledger has none: somebody has added it")
    if len(set(found.values())) < len(found):
        raise OtherTables("two of its tables lie in the same place")


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


def translated(path: Path, error: sqlite3.DatabaseError | UnicodeDecodeError) -> LedgerError:
    """What SQLite says of a file, as one of the ledger's own errors."""
    if isinstance(error, UnicodeDecodeError):  # its words repeat the statement of a table, in which they find a fault
        return Unreadable(path, "malformed database schema")
    why = str(error).partition("\n")[0]
    if "not a database" in why:
        return NotALedger(path, "it is no SQLite database")
    if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_CORRUPT or "decode to UTF-8" in why:
        return Unreadable(path, why)
    if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
        return Unusable(path, why, WAIT_LONGER)
    # SQLite rolls the transaction back, but its pages stand in the log already. If nobody closes the file in an orderly
    # way, whoever opens it next finds them there, complete.
    if getattr(error, "sqlite_errorcode", 0) in (sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_DIR_FSYNC):
        return NotConfirmed(path, why)
    return Unusable(path, why)
