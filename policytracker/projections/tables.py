"""What events do to the read models that grow with them. Total: nothing that the ledger holds is refused here."""

import sqlite3
from collections.abc import Sequence

from policytracker.index.tail import Arrived
from policytracker.ledger.damage import Astray, Damaged
from policytracker.ledger.reading import Row
from policytracker.projections.events import EntryRow, Taken, entry_of, entry_row
from policytracker.projections.gates import Gates
from policytracker.projections.noted import Noted
from policytracker.projections.numbering import Numbers
from policytracker.projections.periods import Growing
from policytracker.projections.reading import registered, registered_in, thread_at
from policytracker.projections.shipments import grow, write
from policytracker.projections.threads import check_thread
from policytracker.status.claims import CLAIM_TYPES
from policytracker.status.directory import REGISTRY_TYPES
from policytracker.status.entries import Entry
from policytracker.status.quantities import SHIPPED

CHUNK = 2_000
ENTRY = f"INSERT INTO entries VALUES ({', '.join('?' * 10)})"


class Projector:
    """Writes new events into read models that are there, in ledger order, within a transaction of the caller's."""

    def __init__(self, connection: sqlite3.Connection, arrived: Arrived) -> None:
        """``arrived``: the index as it is, which grows."""
        self.connection = connection
        self.gates = gates_of(connection)
        self.index = Growing(arrived, Numbers(connection), self.gates)
        self.cells = cells_of(connection)
        """How many cells there are, as of the last end."""
        self.begin()

    def begin(self) -> None:
        """Take note anew of what is projected from now on."""
        self.noted = Noted(self.gates)
        self.touched: set[int] = set()
        """Threads of claims that something new was said of."""

    def take(self, events: Sequence[Taken]) -> None:
        """Project events. Raises Damaged where a content is gone, Astray where a target is, or as ``check_thread``."""
        rows: list[EntryRow] = []
        threads: dict[str, int] = {}
        begun: dict[int, list[Entry]] = {}
        grown: set[int] = set()
        for row, fields in events:
            if not row.state:
                raise Damaged(row.id)
            threads[row.id] = thread = self._thread(row, fields.get("target"), threads)
            rows.append(entry_row(row, fields, thread))
            self.noted.take(row, fields)
            if fields["type"] not in REGISTRY_TYPES:
                self.touched.add(thread)
            if thread == row.position:
                begun[thread] = [entry_of(row, fields)]
            elif thread in begun:
                begun[thread].append(entry_of(row, fields))
            else:
                grown.add(thread)
        self.connection.executemany(ENTRY, rows)
        for entries in begun.values():
            check_thread(tuple(entries))
            if entries[0].type in CLAIM_TYPES:
                self.index.write(tuple(entries))
            elif entries[0].type == SHIPPED:
                write(self.connection, tuple(entries))
        for thread in sorted(grown):
            self._grow(thread, events[0][0].position)

    def end(self) -> None:
        """Write the registrations that were taken."""
        if self.noted.registry:
            self.noted.registry.write(self.connection)
            self.cells = cells_of(self.connection)

    def _thread(self, row: Row, target: str | None, threads: dict[str, int]) -> int:
        if target is None:
            return row.position
        if target in threads:
            return threads[target]
        for (thread,) in self.connection.execute("SELECT thread FROM entries WHERE id = ?", (target,)):
            return int(thread)
        raise Astray(row.id, target)

    def _grow(self, position: int, since: int) -> None:
        thread = thread_at(self.connection, position)
        check_thread(thread)
        written = sum(entry.position < since for entry in thread)
        if thread[0].type == SHIPPED:
            grow(self.connection, thread, written)
        elif thread[0].type in CLAIM_TYPES:
            try:
                self.index.grow(thread, written)
            except KeyError as missing:
                raise sqlite3.DatabaseError(f"the index lacks a row: {missing}") from missing


def cells_of(connection: sqlite3.Connection) -> int:
    """How many cells there are; a group counts as one more company or chip."""
    return registered_in(connection, "company") * registered_in(connection, "chip")


def gates_of(connection: sqlite3.Connection) -> Gates:
    """The gates of the authorities that are registered already."""
    gates = Gates()
    for entry in registered(connection, "authority-registered"):
        gates.take(entry.position, entry.fields)
    gates.rest()
    return gates
