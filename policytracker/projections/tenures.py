"""The rows in which tenures are kept: one for each pair of selectors that finds them (semantics.md §4)."""

import sqlite3
from collections.abc import Iterator
from itertools import product

from policytracker.projections.gates import Gates
from policytracker.projections.keys import Extents, Numbers
from policytracker.status.entries import Thread
from policytracker.status.extents import FOREVER
from policytracker.status.filing import finders, is_plain
from policytracker.status.found import STRIKES, STRIKES_COVERED, STRIKES_OPENINGS, role
from policytracker.status.tenures import Block, Told, as_seen
from policytracker.status.versions import publications

Row = tuple[int, ...]
"""A row of ``tenures`` or ``mentions``, in the order of its columns."""
Names = tuple[str, ...]
"""Selectors of companies, or of chips."""
BlockRow = tuple[int, Names, Names, Row]
"""What is the same in the rows of a block under all pairs of selectors: the gate as a key, selectors of companies and
of chips, and the columns of ``tenures`` after the key."""

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

    def blocks(self, thread: Thread, lone: bool) -> Iterator[BlockRow]:
        """All that is told of a thread, whatever finds it."""
        for (block, told), seen_from, seen_to in as_seen(thread):
            yield from self.block(thread[0].position, block, told, seen_from, seen_to, lone)

    def block(
        self, position: int, block: Block, told: Told, seen_from: int, seen_to: int, lone: bool
    ) -> Iterator[BlockRow]:
        """What one block of the clocks tells of the claim at a position, at each gate of its authority."""
        sides = self.extents.number(told.company_extent), self.extents.number(told.chip_extent)
        does = role_of(told)
        firmness = FIRM.get(does & STRIKES, 0) if sides == (0, 0) and block[1] == block[3] == FOREVER else 0
        for gate, since, until in self.gates.stretches(told.authority, seen_from, seen_to):
            firm = firmness if until == FOREVER else 0
            row = (told.start, told.published, position, *block, since, until, does, *sides, firm, lone)
            yield self.numbers.gate(gate), told.companies, told.chips, row

    def write(self, thread: Thread) -> None:
        """Write a thread of which nothing is written yet."""
        lone = len(thread) == 1
        self.connection.executemany(INSERT, (row for block in self.blocks(thread, lone) for row in self._rows(*block)))
        if not lone:
            self.connection.executemany(MENTION, self._mentions(thread))

    def grow(self, thread: Thread, written: int) -> None:
        """Write what was added to a thread of which the first ``written`` events are written already."""
        position, last = thread[0].position, thread[written - 1].position
        for (block, told), seen_from, seen_to in as_seen(thread, written):
            is_new = seen_from != last
            found = self.block(
                position, block, told, seen_from, seen_to if is_new else FOREVER, not is_new and written == 1
            )
            rows = (row for each in found for row in self._rows(*each))
            if is_new:
                self.connection.executemany(INSERT, rows)
            else:
                self.connection.executemany(_GROWN, ((seen_to, seen_to, *row[:5], row[6]) for row in rows))
        self.connection.executemany(MENTION, self._mentions(thread))

    def _rows(self, gate: int, companies: Names, chips: Names, row: Row) -> Iterator[Row]:
        """One row of ``tenures`` for each pair of selectors."""
        return ((gate | pair, *row) for pair in self._pairs(companies, chips))

    def _mentions(self, thread: Thread) -> Iterator[Row]:
        mentions = mentions_of(thread)
        return ((pair, *row) for pair, row in product(self._pairs(*finders(thread)), mentions))

    def _pairs(self, companies: Names, chips: Names) -> list[int]:
        of_chips = self.numbers.chips(chips)
        return [company | chip for company in self.numbers.companies(companies) for chip in of_chips]


def mentions_of(thread: Thread) -> list[Row]:
    """The rows of ``mentions`` of a thread, without the pairs of selectors that find it."""
    plain = is_plain(thread)
    moments = sorted({(when, entry.position) for entry in thread for when in publications(entry)})
    return [(when, position, thread[0].position, plain) for when, position in moments]
