"""The ledger's SQLite file: who made it, the tables beside the library's own, and how it is opened.

``stored_events`` is the library's table and keeps its four columns. Everything that orders and later
seals an event lies in ``ledger_entries``: its dense position, its id, when and by whom it was recorded.
"""

import sqlite3
from pathlib import Path

from policytracker.ledger.errors import LedgerError, NoLedger, NotALedger, Unreadable, Unusable

APPLICATION_ID = 0x504F4C54
LAYOUT = 2
BUSY_SECONDS = 30

PRAGMAS = (
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}",
    "PRAGMA cache_size=-65536",
)

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


def open_to_read(path: Path) -> sqlite3.Connection:
    """Open a ledger for reading only. Raises NoLedger, NotALedger or Unusable."""
    if not path.is_file():
        raise NoLedger(path)
    try:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS, isolation_level=None
        )
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_VALUE)
        for pragma in PRAGMAS[2:]:
            connection.execute(pragma)
        check(connection, path)
    except sqlite3.DatabaseError as error:
        raise translated(path, error) from None
    return connection


def check(connection: sqlite3.Connection, path: Path) -> None:
    """Raise NotALedger unless this program made the file, in a layout that it knows."""
    (made_by,) = connection.execute("PRAGMA application_id").fetchone()
    if made_by != APPLICATION_ID:
        raise NotALedger(path, "another program made this database")
    (layout,) = connection.execute("PRAGMA user_version").fetchone()
    if layout != LAYOUT:
        raise NotALedger(path, other_layout(layout))
    for kind, name in connection.execute(FOREIGN):
        raise NotALedger(path, f"it has the {kind} {name!r}, and a ledger has none: somebody has added it")


def other_layout(layout: int | str) -> str:
    """What to do about a ledger of another layout."""
    older = str(layout).isdecimal() and int(layout) < LAYOUT
    way_out = "`export` it with the version that made it, and `import` that into a new one"
    way_out = way_out if older else "upgrade policytracker"
    return f"its layout has the number {layout}, this version knows {LAYOUT}: {way_out}"


def translated(path: Path, error: sqlite3.DatabaseError) -> LedgerError:
    """What SQLite says of a file, as one of the ledger's own errors."""
    if "not a database" in str(error):
        return NotALedger(path, "it is no SQLite database")
    if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_CORRUPT:
        return Unreadable(path, str(error))
    return Unusable(path, str(error))
