"""The rows in which tenures are kept: one for each pair of selectors that finds them (semantics.md §4)."""

import sqlite3
from collections.abc import Iterator
from itertools import product

from policytracker.projections.gates import Gates
from policytracker.projections.keys import CHIP, COMPANY, GATE, Extents, Numbers, key_of
from policytracker.status.entries import Thread
from policytracker.status.extents import FOREVER
from policytracker.status.found import STRIKES, STRIKES_COVERED, STRIKES_OPENINGS, role
from policytracker.status.tenures import Block, Told, as_seen, finders, is_plain
from policytracker.status.versions import publications

Row = tuple[int, ...]
"""A row of ``tenures`` or ``mentions``, in the order of its columns."""

FIRM = {STRIKES_COVERED: 1, STRIKES_OPENINGS: 2}
"""What ``firm`` is, where nothing ends or withdraws it and its selectors alone tell its scope; else 0."""
INSERT = f"INSERT INTO tenures VALUES ({', '.join('?' * 15)})"
MENTION = "INSERT OR REPLACE INTO mentions VALUES (?, ?, ?, ?, ?)"
_GROWN = f"""UPDATE tenures SET seen_to = ?, lone = 0, firm = CASE WHEN ? = {FOREVER} THEN firm ELSE 0 END
    WHERE key = ? AND start = ? AND published = ? AND position = ? AND day_from = ? AND known_from = ?
    AND seen_to = {FOREVER}"""


def role_of(told: Told) -> int:
    """What a claim does while it holds, as one integer."""
    return role(told.rank, told.is_stop, told.lifts_stops_only, told.certain, told.has_conditions)


class TenureRows:
    """Makes the rows of threads, and writes what becomes of those of a thread that grew."""

    def __init__(self, connection: sqlite3.Connection, gates: Gates) -> None:
        self.connection = connection
        self.numbers = Numbers(connection)
        self.extents = Extents(connection)
        self.gates = gates

    def rows(self, thread: Thread, lone: bool) -> Iterator[Row]:
        """All rows of a thread."""
        for (block, told), seen_from, seen_to in as_seen(thread):
            yield from self.rows_of(thread[0].position, block, told, seen_from, seen_to, lone)

    def rows_of(
        self, position: int, block: Block, told: Told, seen_from: int, seen_to: int, lone: bool
    ) -> Iterator[Row]:
        """The rows of what one block of the clocks tells of the claim at a position."""
        sides = self.extents.number(told.company_extent), self.extents.number(told.chip_extent)
        does = role_of(told)
        firmness = FIRM.get(does & STRIKES, 0) if sides == (0, 0) else 0
        pairs = [self._pair(*pair) for pair in product(told.companies, told.chips)]
        for gate, since, until in self.gates.stretches(told.authority, seen_from, seen_to):
            at_gate = key_of(self.numbers.number(GATE, str(gate)), 0, 0)
            firm = firmness if block[1] == block[3] == until == FOREVER else 0
            for pair in pairs:
                order = told.start, told.published, position
                yield (at_gate | pair, *order, *block, since, until, does, *sides, firm, lone)

    def grow(self, thread: Thread, written: int) -> None:
        """Write what was added to a thread of which the first ``written`` events are written already."""
        position, last = thread[0].position, thread[written - 1].position
        for (block, told), seen_from, seen_to in as_seen(thread, written):
            if seen_from != last:
                self.connection.executemany(INSERT, self.rows_of(position, block, told, seen_from, seen_to, False))
                continue
            found = self.rows_of(position, block, told, last, FOREVER, written == 1)
            self.connection.executemany(_GROWN, ((seen_to, seen_to, *row[:5], row[6]) for row in found))
        self.connection.executemany(MENTION, self.mentions(thread))

    def mentions(self, thread: Thread) -> Iterator[Row]:
        """The rows of ``mentions`` of a thread."""
        plain = is_plain(thread)
        moments = sorted({(when, entry.position) for entry in thread for when in publications(entry)})
        pairs = [self._pair(*pair) for pair in sorted(finders(thread))]
        for pair, (when, position) in product(pairs, moments):
            yield pair, when, position, thread[0].position, plain

    def _pair(self, company: str, chip: str) -> int:
        return key_of(0, self.numbers.number(COMPANY, company), self.numbers.number(CHIP, chip))
