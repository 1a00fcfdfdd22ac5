"""What events do to the read models that grow with them. Total: nothing that the ledger holds is refused here."""

from collections.abc import Sequence

from sqlite_utils import Database

from policytracker.ledger.damage import Astray, Damaged
from policytracker.ledger.reading import Row
from policytracker.projections.events import EntryRow, entry_row, fields_of
from policytracker.projections.gates import Gates
from policytracker.projections.noted import Noted
from policytracker.projections.reading import registered, thread_at
from policytracker.projections.tenures import TenureRows
from policytracker.status.claims import CLAIM_TYPES
from policytracker.status.directory import REGISTRY_TYPES

CHUNK = 2_000
ENTRY = f"INSERT INTO entries VALUES ({', '.join('?' * 10)})"


class Projector:
    """Writes new events into read models that are there, in ledger order, within a transaction of the caller's."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.gates = gates_of(database)
        self.tenures = TenureRows(database.conn, self.gates)
        self.begin()

    def begin(self) -> None:
        """Take note anew of what is projected from now on."""
        self.noted = Noted(self.gates)
        self.touched: set[int] = set()
        """Threads of claims that something new was said of."""

    def take(self, rows: Sequence[Row]) -> None:
        """Project events. Raises Damaged where a content is gone, Astray where a target is."""
        if not rows:
            return
        entries: list[EntryRow] = []
        threads: dict[str, int] = {}
        for row in rows:
            if not row.state:
                raise Damaged(row.id)
            fields = fields_of(row)
            threads[row.id] = thread = self._thread(row, fields.get("target"), threads)
            entries.append(entry_row(row, fields, thread))
            self.noted.take(row, fields)
            if fields["type"] not in REGISTRY_TYPES:
                self.touched.add(thread)
        self.database.conn.executemany(ENTRY, entries)
        self.database.table("registry").insert_all(self.noted.registry.values(), replace=True)
        for thread in sorted(set(threads.values())):
            self._tenures(thread, rows[0].position)

    def _thread(self, row: Row, target: str | None, threads: dict[str, int]) -> int:
        if target is None:
            return row.position
        if target in threads:
            return threads[target]
        for (thread,) in self.database.conn.execute("SELECT thread FROM entries WHERE id = ?", (target,)):
            return int(thread)
        raise Astray(row.id, target)

    def _tenures(self, position: int, since: int) -> None:
        thread = thread_at(self.database.conn, position)
        if thread[0].type not in CLAIM_TYPES:
            return
        written = sum(entry.position < since for entry in thread)
        if written:
            self.tenures.grow(thread, written)
        else:
            self.tenures.write(thread)


def gates_of(database: Database) -> Gates:
    """The gates of the authorities that are registered already."""
    gates = Gates()
    for entry in registered(database.conn, "authority-registered"):
        gates.take(entry.position, entry.fields)
    return gates
