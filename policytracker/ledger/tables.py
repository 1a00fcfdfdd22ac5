"""The ledger's tables as both homes have them: what a row of them is, and what is asked of them."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from policytracker.ledger.damage import Damaged, NoIdentity
from policytracker.ledger.errors import AmbiguousEvent, NoSuchEvent
from policytracker.ledger.row_checks import check_ref, check_row

REDACTION = "redacted/1"
"""The stored name of the events that say which content was removed."""

ID_LENGTH = 64
"""Hexadecimal digits of an event's id."""


class Row(NamedTuple):
    """One event as stored."""

    position: int
    id: str
    recorded: int
    recorder: str
    ref: str | None
    topic: str
    state: bytes
    """Its content; empty where that was removed (``redacting``)."""
    leaf: bytes
    """The hash of its leaf, as it was sealed."""
    stream: str


class Stored(NamedTuple):
    """One event with all that is kept beside it, as it is found: nothing is sure of any of it but its position."""

    position: int
    id: Any
    recorded: Any
    recorder: Any
    stream: Any
    version: Any
    ref: Any
    leaf: Any
    tree: Any
    topic: Any
    """None, as ``state``, where no content is stored for it."""
    state: Any


class Head(NamedTuple):
    """Which ledger it is, and how far it goes. An empty one has position 0 and the id ""."""

    ledger: str
    position: int
    id: str
    recorded: int
    tree: bytes | None = None
    """The tree of all events so far, as it is kept with the last (``sealing``)."""
    foreign: str | None = None
    """What is to be said of rows after it that this program has not written (``foreign``)."""


class Standby(NamedTuple):
    """How a server stands that only repeats what its primary has recorded."""

    connected: bool
    """Whether it hears from its primary."""
    current: bool
    """Whether it has repeated all it has received."""
    replayed: int | None
    """When what it repeated last was done at the primary, in microseconds since 1970; None: nothing yet."""
    asked: int
    """When it was asked, by its own clock."""


class Counts(NamedTuple):
    """How many events there are, counted in three ways at one moment."""

    stored: int
    """In the library's table."""
    ordered: int
    """In the order beside it."""
    last: int
    """The position of the last one."""


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


class Tables(ABC):
    """The ledger's tables, asked in SQL that both homes understand; a home says how a statement is run."""

    schema: str
    recorded = "e.recorded"
    state = "s.state"

    @abstractmethod
    def ask(self, query: str, values: Sequence[object] = ()) -> Iterable[tuple[Any, ...]]:
        """Run a statement whose values are marked by ``?``."""

    def head(self) -> Head:
        """Its identity and its last event. Raises NoIdentity."""
        query = f"""SELECT m.value, e.position, e.id, e.recorded, e.tree FROM {self.schema}.ledger_meta m
            LEFT JOIN {self.schema}.ledger_entries e
            ON e.position = (SELECT max(position) FROM {self.schema}.ledger_entries) WHERE m.key = 'ledger'"""
        for ledger, position, *last in self.ask(query):
            return Head(ledger, position, *last) if position else Head(ledger, 0, "", 0)
        raise NoIdentity

    def identity(self) -> str:
        """Which ledger it is, whatever else is wrong with it. Raises NoIdentity."""
        for (ledger,) in self.ask(f"SELECT value FROM {self.schema}.ledger_meta WHERE key = 'ledger'"):
            return str(ledger)
        raise NoIdentity

    def check_tree(self, head: Head) -> None:
        """Raise Unsealed where the last tree has not grown from the one before, which only files are asked about."""
        return

    def rows(self, after: int = 0) -> Iterator[Row]:
        """The events after a position, in ledger order."""
        columns = f"e.position, e.id, {self.recorded}, e.recorder, e.ref, s.topic, {self.state}, e.leaf, e.stream"
        return map(Row._make, self._joined(columns, after))

    def everything(self) -> Iterator[Stored]:
        """The events as they are found, in the order of their positions, damaged or not."""
        columns = """e.position, e.id, e.recorded, e.recorder, e.stream, e.version, e.ref, e.leaf, e.tree,
            s.topic, s.state"""
        return map(Stored._make, self._joined(columns, 0, "LEFT"))

    def strays(self) -> Iterable[tuple[str, int]]:
        """Stream and version of contents that have no place in the order."""
        return self.ask(
            f"""SELECT s.originator_id, s.originator_version FROM {self.schema}.stored_events s
            LEFT JOIN {self.schema}.ledger_entries e ON e.stream = s.originator_id AND e.version = s.originator_version
            WHERE e.position IS NULL ORDER BY 1, 2"""
        )

    def unsound(self) -> Iterable[str]:
        """What the home itself finds wrong with its files."""
        return ()

    def events(self, after: int = 0) -> Iterator[tuple[Recorded, Entry]]:
        """The same as the tables hold them, with all that is kept beside them."""
        columns = f"e.position, e.id, {self.recorded}, e.recorder, e.stream, e.version, e.ref, s.topic, {self.state}"
        for *entry, topic, state in self._joined(columns, after):
            kept = Entry(*entry)
            yield Recorded(kept.stream, kept.version, topic, state), kept

    def _joined(self, columns: str, after: int, kind: str = "INNER") -> Iterable[tuple[Any, ...]]:
        return self.ask(f"{self._join(columns, kind)} ORDER BY e.position", (after,))

    def _join(self, columns: str, kind: str) -> str:
        return f"""SELECT {columns} FROM {self.schema}.ledger_entries e {kind} JOIN {self.schema}.stored_events s
            ON s.originator_id = e.stream AND s.originator_version = e.version WHERE e.position > ?"""

    def count(self) -> Counts:
        """How many events there are, as the tables tell it."""
        (found,) = self.ask(
            f"""SELECT (SELECT count(*) FROM {self.schema}.stored_events), count(*), coalesce(max(position), 0)
            FROM {self.schema}.ledger_entries"""
        )
        return Counts(*found)

    def id_at(self, position: int) -> str:
        """The id of the event at a position; "" where there is none."""
        for (found,) in self.ask(f"SELECT id FROM {self.schema}.ledger_entries WHERE position = ?", (position,)):
            return str(found)
        return ""

    @abstractmethod
    def look_up(self, names: Sequence[str]) -> list[tuple[str, str, str | None]]:
        """Id, stream and ref of the events with these ids and refs, asked for in one go."""

    def streams_of_several(self) -> frozenset[str]:
        """The streams that hold more than one event."""
        query = f"SELECT DISTINCT stream FROM {self.schema}.ledger_entries WHERE version > 1"
        return frozenset(str(stream) for (stream,) in self.ask(query))

    def leaves(self) -> list[bytes]:
        """The seals of all events, in ledger order."""
        return [leaf for (leaf,) in self.ask(f"SELECT leaf FROM {self.schema}.ledger_entries ORDER BY position")]

    def redactions(self, after: int = 0) -> list[Row]:
        """The events after a position that say which content was removed, in ledger order."""
        columns = f"e.position, e.id, {self.recorded}, e.recorder, e.ref, s.topic, {self.state}, e.leaf, e.stream"
        query = f"{self._join(columns, 'INNER')} AND s.topic = ? ORDER BY e.position"
        return [Row(*found) for found in self.ask(query, (after, REDACTION))]

    def position_of(self, event_id: str) -> int:
        """The position of an event; 0 where there is none with this id."""
        query = f"SELECT position FROM {self.schema}.ledger_entries WHERE id = ?"
        return next((int(found) for (found,) in self.ask(query, (event_id,))), 0)

    def event_id(self, name: str) -> str:
        """The id of the event with this ref, id or beginning of an id.

        Raises NoSuchEvent, AmbiguousEvent, or DamagedLedger where that event is not as it was sealed.
        """
        found = self.find(name)
        if not found:
            raise NoSuchEvent(name)
        if len(found) > 1:
            raise AmbiguousEvent(name, found)
        row = self.row(found[0])
        if not row.id.startswith(name):
            check_ref(row.id, row.state, name)
        return row.id

    def row(self, event_id: str) -> Row:
        """The event with this id, which is in the ledger, as it was sealed. Raises DamagedLedger."""
        columns = f"e.position, e.id, {self.recorded}, e.recorder, e.ref, s.topic, {self.state}, e.leaf, e.stream"
        for found in self.ask(f"{self._join(columns, 'INNER')} AND e.id = ?", (0, event_id)):
            row = Row(*found)
            check_row(row.position, row.id, row.recorded, row.recorder, row.topic, row.state, row.leaf)
            return row
        raise Damaged(event_id)

    def find(self, name: str, limit: int = 6) -> list[str]:
        """The ids of the event with this ref, or of those whose id begins so."""
        by_ref = list(self.ask(f"SELECT id FROM {self.schema}.ledger_entries WHERE ref = ?", (name,)))
        if by_ref or not is_prefix(name):
            return [found for (found,) in by_ref]
        begins = f"SELECT id FROM {self.schema}.ledger_entries WHERE id >= ? AND id < ? ORDER BY id LIMIT ?"
        return [found for (found,) in self.ask(begins, (name, name + "g", limit))]


def is_prefix(name: str) -> bool:
    """Whether a name is an id or the beginning of one; a ref never is (interchange.md)."""
    return re.fullmatch("[0-9a-f]+", name) is not None
