"""A ledger file as a home: the library's SQLite recorder over durable connections."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from eventsourcing.persistence import PersistenceError, StoredEvent
from eventsourcing.sqlite import (
    SQLiteApplicationRecorder,
    SQLiteConnection,
    SQLiteConnectionPool,
    SQLiteCursor,
    SQLiteDatastore,
    SQLiteTransaction,
)

from policytracker.ledger.errors import LedgerError, LedgerThere, NoLedger, Unusable
from policytracker.ledger.layout import APPLICATION_ID, LAYOUT, PRAGMAS, TABLES, check, check_newest, translated
from policytracker.ledger.reading import FileTables
from policytracker.ledger.sealing import SealedEntry
from policytracker.ledger.store.mapping import recorded_of
from policytracker.ledger.tables import Recorded
from policytracker.ledger.waiting import lock_seconds


class DurablePool(SQLiteConnectionPool):
    """Connections that do not lose what they acknowledged when the power goes.

    They are our own: the library's keep one prepared statement (``cached_statements=True``), so that each is
    prepared anew whenever it is run.
    """

    def _create_connection(self) -> SQLiteConnection:
        wait = lock_seconds()
        connection = sqlite3.connect(self.db_name, timeout=wait, isolation_level=None, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        for pragma in ("PRAGMA journal_mode=WAL", *PRAGMAS, f"PRAGMA busy_timeout={wait * 1000}"):
            connection.execute(pragma)
        return SQLiteConnection(connection, self.max_age)


class DurableDatastore(SQLiteDatastore):
    """The library's datastore over durable connections; stream ids are texts."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path), lock_timeout=lock_seconds(), originator_id_type="text")
        self.pool.close()
        self.pool = DurablePool(db_name=str(path), lock_timeout=lock_seconds())


class LockedTransaction(SQLiteTransaction):
    """A transaction that takes the write lock first: what is read in it cannot change before it is committed."""

    def __enter__(self) -> SQLiteCursor:
        cursor = self.connection.cursor()
        cursor.execute("BEGIN IMMEDIATE")
        return cursor


class LedgerRecorder(SQLiteApplicationRecorder):
    """Inserts events and their order in the transaction that holds the write lock."""

    cursor: sqlite3.Cursor | None = None

    def construct_create_table_statements(self) -> list[str]:
        return [*TABLES]

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Cursor]:
        """One transaction, in which events may be inserted."""
        with self.datastore.get_connection(commit=True) as made, LockedTransaction(made, commit=True) as opened:
            self.cursor = opened.sqlite_cursor
            try:
                yield self.cursor
            finally:
                self.cursor = None

    def append(self, events: Sequence[Recorded], entries: Sequence[SealedEntry]) -> None:
        """Insert events, each with its entry."""
        if self.cursor is None:
            raise LedgerError("events are appended within `writing` only; open a transaction first")
        self.cursor.executemany(self.insert_events_statement, events)
        self.cursor.executemany("INSERT INTO ledger_entries VALUES (?,?,?,?,?,?,?,?,?)", entries)

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> None:
        self.append([recorded_of(event) for event in stored_events], kwargs["entries"])


class FileHome:
    """A ledger file, opened for writing."""

    def __init__(self, path: Path, new: bool = False, old: bool = False) -> None:
        """Raises NoLedger, NotALedger or Unusable; for a new one, LedgerThere; OldLayout, unless ``old`` says that it
        may be of an earlier layout.
        """
        self.path = path
        if new:
            if path.exists() or path.is_symlink():
                raise LedgerThere(path)
            with self.said():
                path.parent.mkdir(parents=True, exist_ok=True)
        else:
            if not path.is_file():
                raise NoLedger(path)
            with self.said(), closing(sqlite3.connect(path)) as connection:
                layout = check(connection, path)
            if not old:
                check_newest(path, layout)
        with self.said():
            self.recorder = LedgerRecorder(DurableDatastore(path.absolute()))

    @contextmanager
    def writing(self) -> Iterator[FileTables]:
        with self.recorder.transaction() as cursor:
            yield FileTables(cursor.connection)

    def layout(self) -> int:
        (found,) = self._cursor.execute("PRAGMA user_version").fetchone()
        return int(found)

    def upgrade(self) -> None:
        self._cursor.execute(f"PRAGMA user_version={LAYOUT}")

    @property
    def _cursor(self) -> sqlite3.Cursor:
        assert self.recorder.cursor is not None, "within `writing` only"
        return self.recorder.cursor

    @contextmanager
    def making(self, identity: str, layout: int) -> Iterator[FileTables]:
        with self.recorder.transaction() as cursor:
            for statement in self.recorder.create_table_statements:
                cursor.execute(statement)
            cursor.execute(f"PRAGMA application_id={APPLICATION_ID}")
            cursor.execute(f"PRAGMA user_version={layout}")
            cursor.execute("INSERT INTO ledger_meta VALUES ('ledger', ?)", (identity,))
            yield FileTables(cursor.connection)

    def scrub(self) -> None:
        with closing(sqlite3.connect(self.path, timeout=lock_seconds(), isolation_level=None)) as connection:
            for pragma in PRAGMAS:
                connection.execute(pragma)
            connection.execute("VACUUM")
            ((busy, _, _),) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        if busy:
            why = "somebody is reading it, so what was removed may still be in its log"
            raise Unusable(self.path, why, "run the same command again when nobody does")

    def forget(self, keys: Sequence[str]) -> None:
        self._cursor.executemany("DELETE FROM ledger_meta WHERE key = ?", [(key,) for key in keys])

    @contextmanager
    def said(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.DatabaseError, PersistenceError) as error:
            found = error if isinstance(error, sqlite3.DatabaseError) else error.__cause__
            if isinstance(found, sqlite3.DatabaseError):
                raise translated(self.path, found) from error
            raise Unusable(self.path, str(error)) from error
        except UnicodeDecodeError as error:
            raise translated(self.path, error) from error
        except (sqlite3.Error, OSError) as error:
            raise Unusable(self.path, str(error)) from error

    def close(self) -> None:
        self.recorder.datastore.close()


def measured(path: Path, pragmas: Sequence[str]) -> dict[str, object]:
    """What the connections that write have of these settings, as SQLite tells. Raises LedgerError."""
    home = FileHome(path, old=True)
    try:
        with home.said(), home.recorder.datastore.transaction(commit=False) as cursor:
            connection = cursor.sqlite_cursor.connection
            return {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas}
    finally:
        home.close()
