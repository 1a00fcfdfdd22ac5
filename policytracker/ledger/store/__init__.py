"""The log itself, kept by the eventsourcing library: the only package that imports it.

What the library gives: streams with optimistic versions, the stored-event table, its recorders. What is
ours: chosen names instead of import paths, a closed and strictly decoded payload, durable settings, and
one transaction that takes the write lock first and writes the events and their order together.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from eventsourcing.persistence import EventStore

from policytracker.events.refusals import UnknownForm
from policytracker.ledger.sealing import sealed, tree_of
from policytracker.ledger.store.home import Home
from policytracker.ledger.store.mapping import ClosedMapper
from policytracker.ledger.tables import Entry, Head, Recorded, Tables, is_prefix
from policytracker.ledger.where import Where
from policytracker.seals.tree import Frontier

_EVENT = "originator_id, originator_version, topic, state"


class Writer:
    """What may be asked and done while the write lock is held."""

    def __init__(self, store: EventStore[str], tables: Tables) -> None:
        self._store = store
        self.tables = tables
        self.head = tables.head()
        self._streams: dict[str, str] = {}
        self._refs: dict[str, str] = {}
        self._expected: set[str] = set()
        self._tree: Frontier | None = None

    @property
    def far(self) -> bool:
        """Whether it pays to tell what will be asked for."""
        return self.tables.far

    def expect(self, names: Sequence[str]) -> None:
        """Ask at once for the events with these ids and refs: nobody else adds any while the lock is held."""
        for event_id, stream, ref in self.tables.look_up(names):
            self._streams[event_id] = stream
            if ref is not None:
                self._refs[ref] = event_id
        self._expected.update(names)

    def newest(self, stream: str) -> Recorded | None:
        """The last event of a stream."""
        for row in self._events(stream, "DESC LIMIT 1"):
            return row
        return None

    def stream(self, stream: str) -> list[Recorded]:
        """All events of a stream, in order."""
        return self._events(stream, "ASC")

    def _events(self, stream: str, order: str) -> list[Recorded]:
        query = f"""SELECT {_EVENT} FROM {self.tables.schema}.stored_events
            WHERE originator_id = ? ORDER BY originator_version {order}"""
        return [Recorded(*row) for row in self.tables.ask(query, (stream,))]

    def stream_of(self, event_id: str) -> str | None:
        """The stream that an event lies in, or None when it is not recorded."""
        if event_id in self._expected:
            return self._streams.get(event_id)
        query = f"SELECT stream FROM {self.tables.schema}.ledger_entries WHERE id = ?"
        for (stream,) in self.tables.ask(query, (event_id,)):
            return str(stream)
        return None

    def find(self, name: str) -> list[str]:
        """The ids of the event with this ref, or of those whose id begins so."""
        if name in self._expected and not is_prefix(name):
            return [self._refs[name]] if name in self._refs else []
        return self.tables.find(name)

    def holds(self, entry: Entry) -> bool:
        """Whether an entry is in the ledger, in its place and as it is."""
        query = f"""SELECT position, id, recorded, recorder, stream, version, ref
            FROM {self.tables.schema}.ledger_entries WHERE position = ?"""
        return [tuple(entry)] == list(self.tables.ask(query, (entry.position,)))

    def put(self, events: Sequence[Recorded], entries: Sequence[Entry]) -> None:
        """Seal and append; nothing is acknowledged before the transaction ends. Raises Unsealed."""
        if self._tree is None:
            self._tree = tree_of(self.head)
        self._store.put(events, entries=sealed(events, entries, self._tree))

    def remove(self, event_id: str, stream: str, version: int) -> None:
        """Remove the content and the ref of an event, once another says so (``redacting``)."""
        schema = self.tables.schema
        content = f"UPDATE {schema}.stored_events SET state = ? WHERE originator_id = ? AND originator_version = ?"
        list(self.tables.ask(f"{content} RETURNING 1", (b"", stream, version)))
        list(self.tables.ask(f"UPDATE {schema}.ledger_entries SET ref = NULL WHERE id = ? RETURNING 1", (event_id,)))


class Store:
    """A ledger, opened for writing. Close it, or use it in a ``with`` statement."""

    def __init__(self, where: Where) -> None:
        """Open a ledger that is there. Raises LedgerError."""
        self._take(_home(where))

    @classmethod
    def create(
        cls, where: Where, identity: str | None = None, fill: Callable[[Writer], None] = lambda _: None
    ) -> "Store":
        """Make a ledger: empty, or filled in the same transaction. Raises LedgerThere, or another LedgerError."""
        store = cls.__new__(cls)
        store._take(_home(where, new=True))
        with store.home.said(), store.home.making(identity or str(uuid4())) as tables:
            fill(Writer(store.events, tables))
        return store

    def _take(self, home: Home) -> None:
        self.home = home
        self.recorder = home.recorder
        self.events: EventStore[str] = EventStore(ClosedMapper(), home.recorder)

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Give back all connections."""
        self.home.close()

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """Hold the write lock: read the head, decide, append; all of it or nothing. Raises LedgerError."""
        with self.home.said(), self.home.writing() as tables:
            yield Writer(self.events, tables)

    def scrub(self) -> None:
        """Write the files anew, so that nothing is left in them of what was removed. Raises Unusable."""
        with self.home.said():
            self.home.scrub()

    def head(self) -> Head:
        """The ledger's identity and its last event."""
        with self.writing() as writer:
            return writer.head


def _home(where: Where, new: bool = False) -> Home:
    if isinstance(where, Path):
        from policytracker.ledger.store.sqlite import FileHome

        return FileHome(where, new)
    from policytracker.ledger.store.postgres import ServerHome

    return ServerHome(where, new)


__all__ = ["Entry", "Recorded", "Store", "UnknownForm", "Writer"]
