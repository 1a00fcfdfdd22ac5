"""A PostgreSQL database as a home: the library's PostgreSQL recorder over one connection of our own.

The library's pool starts threads, hides why a connection failed and waits for minutes; its way of inserting
hangs on one large save, and is repeated ten times when a connection is lost. So the connection, the lock
and the inserts are ours; tables, streams and reading are the library's.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import RLock
from typing import Any, cast

from policytracker.ledger.damage import DamagedLedger
from policytracker.ledger.errors import LedgerError, LedgerThere, NotTheOwner, Unusable
from policytracker.ledger.foreign import named
from policytracker.ledger.layout import LAYOUT, check_newest
from policytracker.ledger.sealing import SealedEntry
from policytracker.ledger.server import (
    Connection,
    ServerTables,
    check,
    check_own,
    check_writable,
    connect,
    facts_of,
    said_of,
    trouble,
)
from policytracker.ledger.server_layout import LOCK, META_CLOSED, META_OPEN, OWNS, SCHEMA, TABLES, UPGRADE
from policytracker.ledger.store.mapping import recorded_of
from policytracker.ledger.tables import Recorded, Tables
from policytracker.ledger.waiting import lock_seconds
from policytracker.ledger.where import Server

import psycopg  # isort: skip  # where it is missing, the line above says so
from eventsourcing.persistence import PersistenceError, StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore

CHUNK_EVENTS = 500
CHUNK_BYTES = 200_000

IDLE_SECONDS = 60
"""After how long without a word the server takes the lock away from whoever holds it."""

_SETTINGS = """SELECT pg_catalog.set_config('search_path', 'pg_catalog, policytracker, pg_temp', true),
    pg_catalog.set_config('lock_timeout', %s, true),
    pg_catalog.set_config('idle_in_transaction_session_timeout', %s, true)"""

_INSERT_EVENTS = f"""INSERT INTO {SCHEMA}.stored_events (originator_id, originator_version, topic, state)
    SELECT * FROM unnest(%s::text[], %s::bigint[], %s::text[], %b::bytea[])"""

_INSERT_ENTRIES = f"""INSERT INTO {SCHEMA}.ledger_entries
    (position, id, recorded, recorder, stream, version, ref, leaf, tree)
    SELECT * FROM unnest(%s::bigint[], %s::text[], %s::bigint[], %s::text[], %s::text[], %s::bigint[], %s::text[],
        %b::bytea[], %b::bytea[])"""


class OneConnection:
    """What the library takes for its pool: one connection, made when it is needed and again when it was lost."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._lock = RLock()
        self._connection: Connection | None = None

    def open(self, *_: object) -> None:
        """Nothing is opened before it is needed."""

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """The connection, for one thread at a time. Raises Unusable."""
        with self._lock:
            if self._connection is None or self._connection.closed:
                made = connect(self.server)
                made.row_factory = psycopg.rows.dict_row
                made.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
                made.read_only = False
                self._connection = made
            yield self._connection

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()


class OwnDatastore(PostgresDatastore):
    """The library's datastore over one connection; stream ids are texts, and no types of its own are needed."""

    def __init__(self, server: Server) -> None:
        super().__init__("", "", "", "", "", schema=SCHEMA, originator_id_type="text")
        self.pool.close()
        self.pool = cast(Any, OneConnection(server))

    def register_type_adapters(self) -> None:
        pass


class LedgerRecorder(PostgresApplicationRecorder):
    """Inserts events and their order in the transaction that holds the write lock."""

    cursor: psycopg.Cursor[Any] | None = None

    @property
    def table_statements(self) -> list[Any]:
        """What makes the library's table: not its type, and not its function that inserts without the lock."""
        made = (statement for statement in self.sql_create_statements)
        return [one for one in made if not one.as_string().startswith(("CREATE TYPE", "CREATE OR REPLACE FUNCTION"))]

    @contextmanager
    def transaction(self, lock: str) -> Iterator[psycopg.Cursor[Any]]:
        """One transaction that takes a lock before it reads anything."""
        with self.datastore.transaction(commit=True) as cursor:
            cursor.execute(_SETTINGS, (f"{lock_seconds()}s", f"{IDLE_SECONDS}s"))
            cursor.execute(cast(Any, lock))
            self.cursor = cursor
            try:
                yield cursor
            finally:
                self.cursor = None

    def append(self, events: Sequence[Recorded], entries: Sequence[SealedEntry]) -> None:
        """Insert events, each with its entry."""
        if self.cursor is None:
            raise LedgerError("events are appended within `writing` only; open a transaction first")
        for start, end in chunks([len(event.state) for event in events]):
            self.cursor.execute(_INSERT_EVENTS, columns_of(events[start:end]))
            self.cursor.execute(_INSERT_ENTRIES, columns_of(entries[start:end]))

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> None:
        self.append([recorded_of(event) for event in stored_events], kwargs["entries"])


class ServerHome:
    """A ledger on a server, opened for writing."""

    def __init__(self, server: Server, new: bool = False, old: bool = False) -> None:
        """Raises NoLedger, NotALedger, OnStandby, Unsafe or Unusable; for a new one, LedgerThere; OldLayout, unless
        ``old`` says that it may be of an earlier layout. Then NotTheOwner, since who opens it so wants to upgrade it.
        """
        self.server = server
        self.recorder = LedgerRecorder(OwnDatastore(server))
        try:
            with self.said(), self.recorder.datastore.get_connection() as connection:
                tables = ServerTables(connection, server)
                facts = facts_of(tables)
                layout = LAYOUT if new else check(tables, server, facts)
                if not old:
                    check_newest(server, layout)
                check_own(server, facts)
                check_writable(server, facts)
                if old and list(tables.ask(OWNS)) != [(True,)]:
                    raise NotTheOwner(server)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def writing(self) -> Iterator[Tables]:
        with self.recorder.transaction(LOCK) as cursor:
            yield ServerTables(cursor.connection, self.server)

    def layout(self) -> int:
        query = f"SELECT value FROM {SCHEMA}.ledger_meta WHERE key = 'layout'"
        (found,) = self._cursor.execute(query).fetchall()
        return int(found["value"])

    def upgrade(self) -> None:
        for statement in UPGRADE:
            self._cursor.execute(cast(Any, statement))

    @property
    def _cursor(self) -> psycopg.Cursor[Any]:
        assert self.recorder.cursor is not None, "within `writing` only"
        return self.recorder.cursor

    @contextmanager
    def making(self, identity: str, layout: int) -> Iterator[Tables]:
        """Two who make it at once take turns: the second is told that it is there."""
        with self.recorder.transaction("SELECT pg_advisory_xact_lock(hashtext('policytracker'))") as cursor:
            tables = ServerTables(cursor.connection, self.server)
            facts = facts_of(tables)
            if facts.relations:
                check(tables, self.server, facts)
                raise LedgerThere(self.server)
            if not facts.schema:
                cursor.execute(cast(Any, f"CREATE SCHEMA {SCHEMA}"))
            for statement in (*self.recorder.table_statements, *TABLES):
                cursor.execute(statement)
            entries = [("ledger", identity), ("layout", str(layout))]
            cursor.executemany(cast(Any, f"INSERT INTO {SCHEMA}.ledger_meta VALUES (%s, %s)"), entries)
            yield tables

    def scrub(self) -> None:
        with self.recorder.datastore.get_connection() as connection, connection.cursor() as cursor:
            cursor.execute("SELECT pg_catalog.set_config('lock_timeout', %s, false)", (f"{lock_seconds()}s",))
            for table in ("stored_events", "ledger_entries"):
                cursor.execute(cast(Any, f"VACUUM (FULL) {SCHEMA}.{table}"))

    def forget(self, keys: Sequence[str]) -> None:
        self._cursor.execute(cast(Any, META_OPEN))
        self._cursor.execute(cast(Any, f"DELETE FROM {SCHEMA}.ledger_meta WHERE key = ANY(%s)"), (list(keys),))
        self._cursor.execute(cast(Any, META_CLOSED))

    @contextmanager
    def said(self) -> Iterator[None]:
        try:
            with said_of(self.server):
                yield
        except DamagedLedger as error:
            raise named(self.server, error) from None
        except PersistenceError as error:
            if not isinstance(error.__cause__, psycopg.Error):
                raise Unusable(self.server, str(error), "check the server, and try again") from error
            raise trouble(self.server, error.__cause__) from error

    def close(self) -> None:
        self.recorder.datastore.close()


def columns_of(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Rows as columns.

    >>> columns_of([("a", 1), ("b", 2)])
    [['a', 'b'], [1, 2]]
    """
    return [list(column) for column in zip(*rows, strict=True)]


def chunks(sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where to cut events of these sizes, so that one statement carries neither too many nor too much.

    >>> list(chunks([100_000, 100_000, 1, 300_000, 1]))
    [(0, 2), (2, 3), (3, 4), (4, 5)]
    """
    start = total = 0
    for place, size in enumerate(sizes):
        if place > start and (total + size > CHUNK_BYTES or place - start == CHUNK_EVENTS):
            yield start, place
            start, total = place, 0
        total += size
    if sizes:
        yield start, len(sizes)
