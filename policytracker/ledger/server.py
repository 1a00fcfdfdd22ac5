"""A ledger on a PostgreSQL server: connecting in seconds, looking before trusting, and reading. Needs psycopg."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from policytracker.ledger.errors import (
    ConnectionLost,
    LedgerError,
    NoDriver,
    NoLedger,
    NotALedger,
    OnStandby,
    Unreadable,
    Unsafe,
    Unusable,
)
from policytracker.ledger.layout import known_layout
from policytracker.ledger.open_ledger import OpenLedger
from policytracker.ledger.server_ends import check_tree_of, head_of
from policytracker.ledger.server_layout import FACTS, RELATIONS, SCHEMA, STANDBY
from policytracker.ledger.tables import Head, Standby, Tables
from policytracker.ledger.waiting import WAIT_LONGER
from policytracker.ledger.where import BadAddress, Server

try:
    import psycopg
    from psycopg.conninfo import conninfo_to_dict
    from psycopg.rows import tuple_row
except ImportError as missing:
    raise NoDriver(str(missing).partition("\n")[0]) from missing

PAGE = 2_000
"""How many events are read at once."""

CONNECTING: dict[str, Any] = {
    "connect_timeout": 3,
    "application_name": "policytracker",
    "client_encoding": "utf8",
    # A server that vanishes from the network is missed within half a minute.
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""What holds unless the URL says otherwise."""

DB_FUNCTIONS = "POSTGRES_ENABLE_DB_FUNCTIONS"

Connection = psycopg.Connection[Any]


class Facts(NamedTuple):
    """What a server says of itself and of the database."""

    recovering: bool
    encoding: str
    synchronous_commit: str
    fsync: str
    full_page_writes: str
    schema: bool
    relations: list[str]
    functions: bool


class ServerTables(Tables):
    """The tables of a ledger on a server, asked over one connection."""

    schema = SCHEMA

    def __init__(self, connection: Connection, server: Server) -> None:
        self.connection = connection
        self.server = server

    def ask(self, query: str, values: Sequence[object] = ()) -> Iterable[tuple[Any, ...]]:
        with said_of(self.server), self.connection.cursor(row_factory=tuple_row) as cursor:
            cursor.execute(query.replace("?", "%s"), values)
            return cursor.fetchall()

    def head(self) -> Head:
        return head_of(self, self.server.until)._replace(foreign=self.server.foreign)

    def check_tree(self, head: Head) -> None:
        check_tree_of(self, head)

    def look_up(self, names: Sequence[str]) -> list[tuple[str, str, str | None]]:
        query = f"SELECT id, stream, ref FROM {SCHEMA}.ledger_entries WHERE id = ANY(?) OR ref = ANY(?)"
        return [(event_id, stream, ref) for event_id, stream, ref in self.ask(query, (list(names), list(names)))]

    def find(self, name: str, limit: int = 6) -> list[str]:
        found, until = super().find(name, limit), self.server.until
        return found if until is None else [each for each in found if self.position_of(each) <= until]

    def _join(self, columns: str, kind: str) -> str:
        until = self.server.until
        return super()._join(columns, kind) + ("" if until is None else f" AND e.position <= {until}")

    def _joined(self, columns: str, after: int, kind: str = "INNER") -> Iterator[tuple[Any, ...]]:
        """Page by page: nothing that is appended meanwhile changes what was read, so no transaction is held open."""
        query = f"{self._join(columns, kind)} ORDER BY e.position LIMIT {PAGE}"
        page = list(self.ask(query, (after,)))
        while page:
            yield from page
            page = list(self.ask(query, (page[-1][0],))) if len(page) == PAGE else []


class LedgerServer(ServerTables, OpenLedger):
    """A ledger on a server, opened for reading."""

    def __init__(self, server: Server) -> None:
        """Raises NoLedger, NotALedger, Unusable or BadAddress."""
        super().__init__(connect(server), server)
        self.where = server
        try:
            facts = self.facts = facts_of(self)
            self.layout = check(self, server, facts)
            if facts.recovering:
                (self.standby,) = map(Standby._make, self.ask(STANDBY))
        except BaseException:
            self.close()
            raise

    @contextmanager
    def still(self) -> Iterator[None]:
        with said_of(self.server), self.connection.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            yield
        finally:
            if not self.connection.broken:
                self.connection.rollback()

    def close(self) -> None:
        self.connection.close()


def connect(server: Server) -> Connection:
    """Connect, or say within seconds why not. Raises BadAddress or Unusable."""
    try:
        given = conninfo_to_dict(server.url)
    except psycopg.Error:
        raise BadAddress() from None
    defaults = {name: value for name, value in CONNECTING.items() if name not in given}
    if os.environ.get("PGCONNECT_TIMEOUT"):
        defaults.pop("connect_timeout", None)
    try:
        return psycopg.connect(server.url, autocommit=True, prepare_threshold=None, **defaults)
    except psycopg.Error as error:
        why = " ".join(str(error).split())
        raise Unusable(server, why, "check the address, that the server is up, and that you may log in") from None


def facts_of(tables: Tables) -> Facts:
    """Ask a server about itself and the database."""
    (found,) = tables.ask(FACTS, (SCHEMA, SCHEMA, SCHEMA))
    return Facts(*found)


def check(tables: Tables, server: Server, facts: Facts) -> int:
    """The layout of the ledger that is there. Raises NoLedger, or NotALedger for something else."""
    if not facts.relations:
        raise NoLedger(server)
    check_own(server, facts)
    if not set(RELATIONS) <= set(facts.relations):
        raise NotALedger(server, f"another program's tables are in its schema {SCHEMA}")
    for (layout,) in tables.ask(f"SELECT value FROM {SCHEMA}.ledger_meta WHERE key = 'layout'"):
        return known_layout(server, layout)
    raise NotALedger(server, "its layout is not told")


def check_own(server: Server, facts: Facts) -> None:
    """Raise where a ledger cannot be kept, or another way of writing exists that passes its order by."""
    if facts.encoding != "UTF8":
        raise NotALedger(server, f"its encoding is {facts.encoding}, and a ledger needs UTF8")
    enabled = os.environ.get(DB_FUNCTIONS, "").strip().lower() not in ("", "0", "n", "no", "f", "false", "off")
    if facts.functions or enabled:
        raise Unsafe(
            server,
            "functions that insert events without the lock are enabled, and readers would miss events",
            f"unset {DB_FUNCTIONS}, and drop the functions es_insert_events_… of the schema {SCHEMA}",
        )


def check_writable(server: Server, facts: Facts) -> None:
    """Raise where the server is a standby, or may lose what it has acknowledged."""
    if facts.recovering:
        raise OnStandby(server)
    for name in ("synchronous_commit", "fsync", "full_page_writes"):
        if getattr(facts, name) == "off":
            raise Unsafe(server, f"its setting {name} is off, so it may lose what it has acknowledged", "turn it on")


@contextmanager
def said_of(server: Server) -> Iterator[None]:
    """Trouble with a server, as one of the ledger's own errors."""
    try:
        yield
    except psycopg.Error as error:
        raise trouble(server, error) from error


def trouble(server: Server, error: psycopg.Error) -> LedgerError:
    """What a server says that was reached, as one of the ledger's own errors."""
    state = error.sqlstate or ""
    why = " ".join((error.diag.message_primary or str(error)).split())
    if (not state and isinstance(error, psycopg.OperationalError)) or state.startswith(("08", "57P", "25P03")):
        return ConnectionLost(server, why)
    if state == "25006":
        return OnStandby(server)
    if state.startswith("XX"):
        return Unreadable(server, why)
    return Unusable(server, why, _way_out(state))


def _way_out(state: str) -> str:
    match state:
        case "55P03":
            return WAIT_LONGER
        case "42501":
            return "ask the owner of the ledger to be made a writer or a reader (docs/postgresql.md)"
        case "40001" | "40P01" | "57014":
            return "try again"
        case "53100":
            return "make room on the server's disk, and try again"
        case _:
            return "check the server, and try again"
