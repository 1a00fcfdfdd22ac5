"""What waits until all events are there: rows of ``tenures`` and ``mentions``, as they are told, in temporary tables.

Selectors wait as the numbers of lists, and are paired when the rows are put in order. Memory is bounded.
"""

import sqlite3
from collections.abc import Callable, Iterable

from policytracker.projections.keys import Numbers
from policytracker.projections.tenures import BlockRow, Names, Row
from policytracker.status.entries import Thread
from policytracker.status.filing import finders

MOST_LISTS = 50_000
"""Lists of selectors that are remembered at once; one that was forgotten is written down again."""
_BLOCK = """start, published, position, day_from, day_to, known_from, known_to, seen_from, seen_to,
    role, company_extent, chip_extent, firm, lone"""
_MENTION = "published, position, thread, plain"
_TABLES = (
    "CREATE TEMP TABLE listed (list INTEGER, part INTEGER, PRIMARY KEY (list, part)) WITHOUT ROWID",
    f"CREATE TEMP TABLE blocks AS SELECT 0 AS gate, 0 AS companies, 0 AS chips, {_BLOCK} FROM tenures LIMIT 0",
    f"CREATE TEMP TABLE said AS SELECT 0 AS companies, 0 AS chips, {_MENTION} FROM mentions LIMIT 0",
)
_LIST = "INSERT INTO temp.listed VALUES (?, ?)"
_STAGE = f"INSERT INTO temp.blocks VALUES ({', '.join('?' * 17)})"
_SAY = "INSERT INTO temp.said VALUES (?, ?, ?, ?, ?, ?)"
_PAIRED = "CROSS JOIN temp.listed a CROSS JOIN temp.listed b WHERE a.list = s.companies AND b.list = s.chips"
_SETTLE_BLOCKS = f"""INSERT INTO tenures SELECT s.gate | a.part | b.part AS key, {_BLOCK} FROM temp.blocks s {_PAIRED}
    AND (s.lone = 0 OR s.position NOT IN (SELECT thread FROM temp.threads))
    ORDER BY key, start, published, position, day_from, known_from, seen_from"""
_SETTLE_SAID = f"""INSERT INTO mentions SELECT a.part | b.part AS pair, {_MENTION} FROM temp.said s {_PAIRED}
    ORDER BY pair, published, position"""


class Staging:
    """Keeps rows until they can be put in order."""

    def __init__(self, connection: sqlite3.Connection, numbers: Numbers) -> None:
        self.connection = connection
        self._sides: tuple[Callable[[Names], list[int]], ...] = numbers.companies, numbers.chips
        self._lists: tuple[dict[Names, int], ...] = {}, {}
        self._last = 0
        for statement in _TABLES:
            connection.execute(statement)

    def stage(self, blocks: Iterable[BlockRow]) -> None:
        """Keep what is told of claims; what is told of one alone goes where ``threads`` names it in the end."""
        rows = [(gate, self._list(0, companies), self._list(1, chips), *row) for gate, companies, chips, row in blocks]
        self.connection.executemany(_STAGE, rows)

    def say(self, thread: Thread, mentions: Iterable[Row]) -> None:
        """Keep the mentions of a thread."""
        companies, chips = finders(thread)
        lists = self._list(0, companies), self._list(1, chips)
        self.connection.executemany(_SAY, [(*lists, *row) for row in mentions])

    def settle(self) -> None:
        """Put all that was kept in order; ``temp.threads`` tells which threads have several events."""
        for statement in (_SETTLE_BLOCKS, _SETTLE_SAID):
            self.connection.execute(statement)
        for name in ("listed", "blocks", "said"):
            self.connection.execute(f"DROP TABLE temp.{name}")

    def _list(self, side: int, names: Names) -> int:
        lists = self._lists[side]
        found = lists.get(names)
        if found is None:
            if len(lists) >= MOST_LISTS:
                lists.clear()
            self._last += 1
            found = lists[names] = self._last
            self.connection.executemany(_LIST, [(found, part) for part in self._sides[side](names)])
        return found
