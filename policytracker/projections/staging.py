"""What waits until all events are there: rows of ``tenures`` and ``mentions``, as they are told, in temporary tables.

Selectors wait as the numbers of lists, and are paired when the rows are put in order. Memory is bounded.
"""

import sqlite3
from collections.abc import Callable, Iterable

from policytracker.projections.keys import Numbers
from policytracker.projections.tenures import BlockRow, Names, Row, mentions_of
from policytracker.status.entries import Thread
from policytracker.status.filing import finders

MOST_LISTS = 20_000
"""Lists of selectors that are remembered at once; one that was forgotten is written down again."""
_BLOCK = """start, published, position, day_from, day_to, known_from, known_to, seen_from, seen_to,
    role, company_extent, chip_extent, firm, lone"""
_MENTION = "published, position, thread, plain"
_SIDES = ("company", "chip")
_TABLES = (
    *(
        f"CREATE TEMP TABLE {side} (list INTEGER, part INTEGER, PRIMARY KEY (list, part)) WITHOUT ROWID"
        for side in _SIDES
    ),
    f"CREATE TEMP TABLE blocks AS SELECT 0 AS gate, 0 AS companies, 0 AS chips, {_BLOCK} FROM tenures LIMIT 0",
    f"CREATE TEMP TABLE said AS SELECT 0 AS companies, 0 AS chips, {_MENTION} FROM mentions LIMIT 0",
)
_STAGE = f"INSERT INTO temp.blocks VALUES ({', '.join('?' * 17)})"
_SAY = "INSERT INTO temp.said VALUES (?, ?, ?, ?, ?, ?)"
_PAIRED = "CROSS JOIN temp.company a CROSS JOIN temp.chip b WHERE a.list = s.companies AND b.list = s.chips"
_SETTLE_BLOCKS = f"""INSERT INTO tenures SELECT s.gate | a.part | b.part AS key, {_BLOCK} FROM temp.blocks s {_PAIRED}
    AND (s.lone = 0 OR s.position NOT IN (SELECT thread FROM temp.threads))
    ORDER BY key, start, published, position, day_from, known_from, seen_from"""
_SETTLE_SAID = f"""INSERT INTO mentions SELECT a.part | b.part AS pair, {_MENTION} FROM temp.said s {_PAIRED}
    ORDER BY pair, published, position"""


class Staging:
    """Keeps rows until they can be put in order."""

    def __init__(self, connection: sqlite3.Connection, numbers: Numbers) -> None:
        self.connection = connection
        for statement in _TABLES:
            connection.execute(statement)
        self._companies, self._chips = _Lists(numbers.companies), _Lists(numbers.chips)

    def stage(self, blocks: Iterable[BlockRow]) -> None:
        """Keep what is told of claims; what is told of one alone goes where ``threads`` names it in the end."""
        companies_of, chips_of = self._companies.number, self._chips.number
        rows = [(gate, companies_of(companies), chips_of(chips), *row) for gate, companies, chips, row in blocks]
        self.connection.executemany(_STAGE, rows)
        self._write_lists()

    def say(self, threads: Iterable[Thread]) -> None:
        """Keep the mentions of threads."""
        rows: list[Row] = []
        for thread in threads:
            companies, chips = finders(thread)
            lists = self._companies.number(companies), self._chips.number(chips)
            rows += [(*lists, *row) for row in mentions_of(thread)]
        self.connection.executemany(_SAY, rows)
        self._write_lists()

    def _write_lists(self) -> None:
        for side, lists in zip(_SIDES, (self._companies, self._chips), strict=True):
            self.connection.executemany(f"INSERT INTO temp.{side} VALUES (?, ?)", lists.new)
            lists.new.clear()

    def settle(self) -> None:
        """Put all that was kept in order; ``temp.threads`` tells which threads have several events."""
        for statement in (_SETTLE_BLOCKS, _SETTLE_SAID):
            self.connection.execute(statement)
        for name in (*_SIDES, "blocks", "said"):
            self.connection.execute(f"DROP TABLE temp.{name}")


class _Lists:
    """The numbers of lists of selectors of one side, from 1 on."""

    def __init__(self, parts: Callable[[Names], list[int]]) -> None:
        """``parts`` gives the parts of keys that selectors make."""
        self._parts = parts
        self._known: dict[Names, int] = {}
        self._last = 0
        self.new: list[Row] = []
        """Numbers that were given, each with a part of a key that the list makes."""

    def number(self, names: Names) -> int:
        """The number of a list."""
        found = self._known.get(names)
        if found is None:
            if len(self._known) >= MOST_LISTS:
                self._known.clear()
            self._last += 1
            found = self._known[names] = self._last
            self.new += [(found, part) for part in self._parts(names)]
        return found
