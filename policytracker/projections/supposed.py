"""The index as it would be if further events were recorded. Nothing is written but a file that is gone at once."""

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from policytracker.index.cells import Numbers
from policytracker.index.index import Index
from policytracker.index.layout import Keyed, mapped, write
from policytracker.index.tail import Arrived
from policytracker.index.writing import Collected, merged
from policytracker.projections.gates import Gates
from policytracker.projections.mapping import Stored, arrived_now, as_of_one_moment
from policytracker.projections.numbering import CHIP, COMPANY, EXPRESSION, GATE, find
from policytracker.projections.periods import Growing, rows_of_thread
from policytracker.projections.reading import claims, thread_with
from policytracker.projections.tables import gates_of
from policytracker.status.claims import CLAIM_TYPES
from policytracker.status.entries import Entry, Thread, threads


class Supposed:
    """What read models would hold with further events, which come after all others."""

    def __init__(self, connection: sqlite3.Connection, known: Stored, more: Sequence[Entry]) -> None:
        """``known``: what the connection read when it was opened. Raises sqlite3.DatabaseError."""
        self._connection, self._known, self._more = connection, known, more
        as_of_one_moment(connection, self._suppose)

    def _suppose(self) -> None:
        self._numbering = _Numbering(self._connection)
        self.threads: dict[str, Thread] = {}
        """The threads that would have new events, by the id of the first, with them."""
        self._written: dict[str, int] = {}
        """How many events of each are recorded."""
        self._gather()
        self.index = self._made()

    @property
    def numbers(self) -> Numbers:
        """The numbers of this index."""
        return self._numbering.found()

    def _gather(self) -> None:
        first: dict[str, str] = {}
        for entry in self._more:
            if entry.target is None:
                begun = entry.id
                self.threads[begun], self._written[begun] = (entry,), 0
            else:
                begun = first.get(entry.target) or self._recorded(entry.target)
                self.threads[begun] = (*self.threads[begun], entry)
            first[entry.id] = begun

    def _recorded(self, event: str) -> str:
        thread = thread_with(self._connection, event)
        begun = thread[0].id
        if begun not in self.threads:
            self.threads[begun], self._written[begun] = thread, len(thread)
        return begun

    def _made(self) -> Index:
        gates = gates_of(self._connection)
        registered = (entry for entry in self._more if entry.type == "authority-registered")
        moved = [gates.take(entry.position, entry.fields) for entry in registered]
        if any(moved):
            return self._anew(gates)
        growing = Growing(arrived_now(self._connection, self._known), self._numbering, gates)
        for begun, thread in self.threads.items():
            if thread[0].type in CLAIM_TYPES:
                if self._written[begun]:
                    growing.grow(thread, self._written[begun])
                else:
                    growing.write(thread)
        if len(growing.arrived.rows) <= growing.arrived.source.room:
            return Index(growing.arrived)
        grown = growing.arrived
        return _mapped(merged(grown.source, grown.ends, grown.rows))

    def _anew(self, gates: Gates) -> Index:
        """Made of all claims: an authority moves to another gate, and all its claims with it."""
        rows = Collected()
        for thread in threads([*claims(self._connection), *self._more]).values():
            if thread[0].type in CLAIM_TYPES:
                rows.add(rows_of_thread(thread, self._numbering, gates))
        return _mapped(rows.keyed())


def _mapped(rows: Keyed) -> Index:
    """An index of rows, from a file that stays as long as it is mapped."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "index"
        write(path, rows)
        return Index(Arrived(mapped(path), ()))


class _Numbering:
    """Numbers as read models keep them; a text that has none gets one for the time being."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._new: dict[str, dict[str, int]] = {sort: {} for sort in (GATE, COMPANY, CHIP, EXPRESSION)}
        newest = connection.execute("SELECT sort, max(number) FROM terms GROUP BY sort")
        self._last: dict[str, int] = dict(newest.fetchall())

    def gate(self, text: str) -> int:
        return self._number(GATE, text)

    def companies(self, terms: Iterable[str]) -> list[int]:
        return [self._number(COMPANY, term) for term in terms]

    def chips(self, terms: Iterable[str]) -> list[int]:
        return [self._number(CHIP, term) for term in terms]

    def expression(self, text: str) -> int:
        return self._number(EXPRESSION, text) if text else 0

    def _number(self, sort: str, text: str) -> int:
        found = self._find(sort, [text]).get(text)
        if found is None:
            found = self._last[sort] = self._last.get(sort, 0) + 1
            self._new[sort][text] = found
        return found

    def _find(self, sort: str, texts: Iterable[str]) -> dict[str, int]:
        wanted = list(texts)
        new = {text: self._new[sort][text] for text in wanted if text in self._new[sort]}
        return {**find(self._connection, sort, wanted), **new}

    def found(self) -> Numbers:
        """What looks numbers up."""
        by_number = {number: text for text, number in self._new[EXPRESSION].items()}

        def text(number: int) -> str:
            if number in by_number:
                return by_number[number]
            query = "SELECT text FROM terms WHERE sort = ? AND number = ?"
            ((found,),) = self._connection.execute(query, (EXPRESSION, number)).fetchall()
            return str(found)

        return Numbers(
            lambda texts: self._find(GATE, texts),
            lambda texts: self._find(COMPANY, texts),
            lambda texts: self._find(CHIP, texts),
            text,
        )
