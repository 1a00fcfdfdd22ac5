"""The log itself, kept with the eventsourcing library; ``policytracker.es`` alone imports that too.

What the library gives: streams with optimistic versions, the stored-event table, its recorders (docs/design.md says why
no more). What is ours: chosen names instead of import paths, a closed and strictly decoded payload, durable settings,
and one transaction that takes the write lock first and writes the events and their order together.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from policytracker.events.refusals import UnknownForm
from policytracker.ledger.damage import Damaged, Stray
from policytracker.ledger.layout import LAYOUT
from policytracker.ledger.names import Names
from policytracker.ledger.row_checks import check_row
from policytracker.ledger.sealing import sealed, tree_of
from policytracker.ledger.store.home import Appending, Home
from policytracker.ledger.tables import ID_LENGTH, Entry, Head, Recorded, Row, Tables, is_prefix
from policytracker.ledger.where import Where
from policytracker.seals.tree import Frontier

_FIRST = "originator_version = 1"
_AT_ONCE = 500
"""How many events one statement asks for."""


class Writer:
    """What may be asked and done while the write lock is held."""

    def __init__(self, recorder: Appending, tables: Tables, names: Names) -> None:
        self._recorder = recorder
        self.tables = tables
        self.head = tables.head()
        self.names = names.at(self.head.position)
        self._tree: Frontier | None = None

    def look_up(self, names: Sequence[str]) -> Iterable[tuple[str, str, str | None]]:
        """Id, stream and ref of the events with these ids and refs, asked for in one go."""
        return self.tables.look_up(names)

    def locate(self, name: str) -> tuple[str, str] | None:
        """Id and stream of the event with this ref or whole id."""
        column = "id" if len(name) == ID_LENGTH and is_prefix(name) else "ref"
        query = f"SELECT id, stream FROM {self.tables.schema}.ledger_entries WHERE {column} = ?"
        return next(iter(self.tables.ask(query, (name,))), None)

    def newest(self, stream: str) -> Recorded | None:
        """The last event of a stream. Raises DamagedLedger."""
        query = f"{self._events} WHERE originator_id = ? ORDER BY originator_version DESC LIMIT 1"
        found = self._sealed(query, (stream,))
        return found[0] if found else None

    def streams(self, prefix: str) -> Iterable[str]:
        """The streams whose names begin so."""
        query = f"SELECT originator_id FROM {self.tables.schema}.stored_events WHERE originator_id LIKE ? AND {_FIRST}"
        return [stream for (stream,) in self.tables.ask(query, (f"{prefix}%",))]

    def content(self, event_id: str) -> Row:
        """What is stored of an event that is there. Raises DamagedLedger."""
        return self.tables.row(event_id)

    def thread(self, stream: str, topics: Sequence[str]) -> list[Recorded]:
        """Of a stream, in order: the events of some stored names, the first event, and the last.

        Raises DamagedLedger.
        """
        marks = ", ".join("?" * len(topics))
        last = f"SELECT max(originator_version) FROM {self.tables.schema}.stored_events WHERE originator_id = ?"
        query = f"""{self._events} WHERE originator_id = ? AND
            (topic IN ({marks}) OR originator_version = 1 OR originator_version = ({last}))
            ORDER BY originator_version"""
        return self._sealed(query, (stream, *topics, stream))

    @property
    def _events(self) -> str:
        columns = f"s.originator_id, s.originator_version, s.topic, {self.tables.state}"
        return f"SELECT {columns} FROM {self.tables.schema}.stored_events s"

    def _sealed(self, query: str, values: Sequence[str]) -> list[Recorded]:
        """Stored events, each as it was sealed; what was removed has no content to be checked. Raises DamagedLedger."""
        found = [Recorded(*row) for row in self.tables.ask(query, values)]
        for start in range(0, len(found), _AT_ONCE):
            self._check([event for event in found[start : start + _AT_ONCE] if event.state])
        return found

    def _check(self, events: Sequence[Recorded]) -> None:
        """Look up what is sealed of each event by the id that its content gives it."""
        by_id = {sha256(event.state).hexdigest(): event for event in events}
        query = f"""SELECT id, position, recorded, recorder, leaf, stream, version
            FROM {self.tables.schema}.ledger_entries WHERE id IN ({", ".join("?" * len(by_id))})"""
        placed = set()
        for event_id, position, recorded, recorder, leaf, *place in self.tables.ask(query, [*by_id]) if by_id else ():
            event = by_id[event_id]
            check_row(position, event_id, recorded, recorder, event.topic, event.state, leaf)
            placed.add(tuple(place))
        for event in events:
            stream, version = event.originator_id, event.originator_version
            if (stream, version) not in placed:
                query = f"SELECT id FROM {self.tables.schema}.ledger_entries WHERE stream = ? AND version = ?"
                for (event_id,) in self.tables.ask(query, (stream, version)):
                    raise Damaged(str(event_id))
                raise Stray(stream, version)

    def holds(self, entry: Entry) -> bool:
        """Whether an entry is in the ledger, in its place and as it is."""
        query = f"""SELECT position, id, recorded, recorder, stream, version, ref
            FROM {self.tables.schema}.ledger_entries WHERE position = ?"""
        return [tuple(entry)] == list(self.tables.ask(query, (entry.position,)))

    def put(self, events: Sequence[Recorded], entries: Sequence[Entry]) -> None:
        """Seal and append; nothing is acknowledged before the transaction ends. Raises Unsealed."""
        if self._tree is None:
            self.tables.check_tree(self.head)
            self._tree = tree_of(self.head)
        self._recorder.append(events, sealed(events, entries, self._tree))

    def remove(self, event_id: str, stream: str, version: int) -> None:
        """Remove the content and the ref of an event, once another says so (``redacting``)."""
        schema = self.tables.schema
        content = f"UPDATE {schema}.stored_events SET state = ? WHERE originator_id = ? AND originator_version = ?"
        list(self.tables.ask(f"{content} RETURNING 1", (b"", stream, version)))
        list(self.tables.ask(f"UPDATE {schema}.ledger_entries SET ref = NULL WHERE id = ? RETURNING 1", (event_id,)))


class Store:
    """A ledger, opened for writing. Close it, or use it in a ``with`` statement."""

    def __init__(self, where: Where, old: bool = False) -> None:
        """Open a ledger that is there; ``old``: of an earlier layout too, to upgrade it. Raises LedgerError."""
        self._take(_home(where, old=old))

    @classmethod
    def create(
        cls,
        where: Where,
        identity: str | None = None,
        fill: Callable[[Writer], None] = lambda _: None,
        layout: int = LAYOUT,
    ) -> "Store":
        """Make a ledger: empty, or filled in the same transaction. Raises LedgerThere, or another LedgerError.

        ``layout`` is another for a copy of a ledger of that layout.
        """
        store = cls.__new__(cls)
        store._take(_home(where, new=True))
        with store.home.said(), store.home.making(identity or str(uuid4()), layout) as tables:
            fill(Writer(store.recorder, tables, store.names))
        return store

    def _take(self, home: Home) -> None:
        self.home = home
        self.names = Names()
        self.recorder = home.recorder

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
            yield Writer(self.recorder, tables, self.names)

    @contextmanager
    def trying(self) -> Iterator[Writer]:
        """The same, and whatever is appended is taken back at the end. Raises LedgerError."""
        with suppress(_TakenBack), self.writing() as writer:
            yield writer
            raise _TakenBack

    def scrub(self) -> None:
        """Write the files anew, so that nothing is left in them of what was removed. Raises Unusable."""
        with self.home.said():
            self.home.scrub()

    def forget(self, keys: Sequence[str]) -> None:
        """Delete notes of the ledger's own, which no seal covers (``clearing``). Raises LedgerError."""
        if keys:
            with self.writing():
                self.home.forget(keys)

    def head(self) -> Head:
        """The ledger's identity and its last event."""
        with self.writing() as writer:
            return writer.head


class _TakenBack(Exception):
    """Ends a transaction that was only tried."""


def _home(where: Where, new: bool = False, old: bool = False) -> Home:
    if isinstance(where, Path):
        from policytracker.ledger.store.sqlite import FileHome

        return FileHome(where, new, old)
    from policytracker.ledger.store.postgres import ServerHome

    return ServerHome(where, new, old)


__all__ = ["Entry", "Recorded", "Store", "UnknownForm", "Writer"]
