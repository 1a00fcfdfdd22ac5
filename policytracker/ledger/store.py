"""The log itself, kept by the eventsourcing library: the only module that imports it.

What the library gives: streams with optimistic versions, the stored-event table, its recorders. What is
ours: chosen names instead of import paths, a closed and strictly decoded payload, durable settings, and
one transaction that takes the write lock first and writes the events and their order together.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

from eventsourcing.persistence import EventStore, JSONTranscoder, Mapper, PersistenceError, StoredEvent
from eventsourcing.sqlite import (
    SQLiteApplicationRecorder,
    SQLiteConnection,
    SQLiteConnectionPool,
    SQLiteCursor,
    SQLiteDatastore,
)

from policytracker.events.forms import stored_fields
from policytracker.events.refusals import UnknownForm
from policytracker.ledger.errors import LedgerError, LedgerThere, NoLedger, Unusable
from policytracker.ledger.layout import APPLICATION_ID, BUSY_SECONDS, LAYOUT, PRAGMAS, TABLES, check, translated
from policytracker.ledger.reading import Head, find_ids, read_head


class Recorded(NamedTuple):
    """An event ready to be stored: its stream, its place there, its name and its canonical bytes."""

    originator_id: str
    originator_version: int
    topic: str
    state: bytes


class Entry(NamedTuple):
    """What is kept beside an event: its place in the ledger and who recorded it when."""

    position: int
    id: str
    recorded: int
    recorder: str
    stream: str
    version: int
    ref: str | None


class ClosedMapper(Mapper[str]):
    """Takes the bytes as they are; gives back only what the catalogue knows, and imports nothing for it."""

    def to_stored_event(self, domain_event: Any) -> StoredEvent:
        return StoredEvent(*domain_event)

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        stored_fields(stored_event.topic, stored_event.state)
        return Recorded(
            str(stored_event.originator_id),
            stored_event.originator_version,
            stored_event.topic,
            bytes(stored_event.state),
        )


class DurablePool(SQLiteConnectionPool):
    """Connections that do not lose what they acknowledged when the power goes."""

    def _create_connection(self) -> SQLiteConnection:
        connection = super()._create_connection()
        with connection.cursor() as cursor:
            for pragma in PRAGMAS:
                cursor.execute(pragma)
        return connection


class DurableDatastore(SQLiteDatastore):
    """The library's datastore over durable connections; stream ids are texts."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path), lock_timeout=BUSY_SECONDS, originator_id_type="text")
        self.pool.close()
        self.pool = DurablePool(db_name=str(path), lock_timeout=BUSY_SECONDS)


class LedgerRecorder(SQLiteApplicationRecorder):
    """Inserts events and their order in the transaction that holds the write lock."""

    cursor: SQLiteCursor | None = None

    def construct_create_table_statements(self) -> list[str]:
        return [*super().construct_create_table_statements(), *TABLES]

    @contextmanager
    def writing(self) -> Iterator[SQLiteCursor]:
        """One transaction, write lock first: what is read in it cannot change before it is committed."""
        with self.datastore.transaction(commit=True) as cursor:
            cursor.execute("UPDATE ledger_meta SET value = value WHERE key = 'ledger'")
            self.cursor = cursor
            try:
                yield cursor
            finally:
                self.cursor = None

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> None:
        entries: Sequence[Entry] = kwargs["entries"]
        if self.cursor is None:
            raise LedgerError("events are appended within `writing` only; open a transaction first")
        self.cursor.executemany(
            self.insert_events_statement,
            [(e.originator_id, e.originator_version, e.topic, e.state) for e in stored_events],
        )
        self.cursor.executemany("INSERT INTO ledger_entries VALUES (?,?,?,?,?,?,?)", entries)


class Writer:
    """What may be asked and done while the write lock is held."""

    def __init__(self, recorder: LedgerRecorder, store: EventStore[str], cursor: SQLiteCursor) -> None:
        self._recorder = recorder
        self._store = store
        self._connection: sqlite3.Connection = cursor.sqlite_cursor.connection
        self.head = read_head(self._connection)

    def newest(self, stream: str) -> Recorded | None:
        """The last event of a stream."""
        row = self._connection.execute(
            "SELECT * FROM stored_events WHERE originator_id = ? ORDER BY originator_version DESC LIMIT 1",
            (stream,),
        ).fetchone()
        return Recorded(*row) if row else None

    def stream_of(self, event_id: str) -> str | None:
        """The stream that an event lies in, or None when it is not recorded."""
        row = self._connection.execute("SELECT stream FROM ledger_entries WHERE id = ?", (event_id,)).fetchone()
        return row[0] if row else None

    def stream(self, stream: str) -> list[Recorded]:
        """All events of a stream, in order."""
        rows = self._connection.execute(
            "SELECT * FROM stored_events WHERE originator_id = ? ORDER BY originator_version", (stream,)
        )
        return [Recorded(*row) for row in rows]

    def find(self, name: str) -> list[str]:
        """The ids of the event with this ref, or of those whose id begins so."""
        return find_ids(self._connection, name)

    def put(self, events: Sequence[Recorded], entries: Sequence[Entry]) -> None:
        """Append; nothing is acknowledged before the transaction ends."""
        self._store.put(events, entries=entries)


class Store:
    """A ledger file, opened for writing. Close it, or use it in a ``with`` statement."""

    def __init__(self, path: Path) -> None:
        """Open a ledger that is there. Raises NoLedger, NotALedger or Unusable."""
        if not path.is_file():
            raise NoLedger(path)
        with _said_of(path), closing(sqlite3.connect(path)) as connection:
            check(connection, path)
        self._open(path)

    @classmethod
    def create(cls, path: Path) -> "Store":
        """Make an empty ledger. Raises LedgerThere or Unusable."""
        if path.exists():
            raise LedgerThere(path)
        with _said_of(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            store = cls.__new__(cls)
            store._open(path)
            with store.recorder.datastore.transaction(commit=True) as cursor:
                for statement in store.recorder.create_table_statements:
                    cursor.execute(statement)
                cursor.execute(f"PRAGMA application_id={APPLICATION_ID}")
                cursor.execute(f"PRAGMA user_version={LAYOUT}")
                cursor.execute("INSERT INTO ledger_meta VALUES ('ledger', ?)", (str(uuid4()),))
        return store

    def _open(self, path: Path) -> None:
        self.path = path
        self.recorder = LedgerRecorder(DurableDatastore(path.absolute()))
        self.events: EventStore[str] = EventStore(ClosedMapper(JSONTranscoder()), self.recorder)

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Give back all connections."""
        self.recorder.datastore.close()

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """Hold the write lock: read the head, decide, append; all of it or nothing. Raises Unusable."""
        with _said_of(self.path), self.recorder.writing() as cursor:
            yield Writer(self.recorder, self.events, cursor)

    def head(self) -> Head:
        """The ledger's identity and its last event."""
        with self.writing() as writer:
            return writer.head


@contextmanager
def _said_of(path: Path) -> Iterator[None]:
    """Trouble with the file, as one of the ledger's own errors."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise translated(path, error) from error
    except (sqlite3.Error, PersistenceError, OSError) as error:
        raise Unusable(path, str(error)) from error


__all__ = ["Entry", "Recorded", "Store", "UnknownForm", "Writer"]
