"""Find what holds for one cell at one point of the clocks: a few descents for each pair of selectors, no scan.

Under each key the last ``firm`` row strikes all rows before it, and with them all of less specific keys: only what
comes after has to be read (semantics.md §6).
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import Any, NamedTuple

from policytracker.events.dates import day_of
from policytracker.projections.keys import CHIP, COMPANY, GATE, PAIR, Numbers, key_of
from policytracker.projections.reading import thread_at
from policytracker.status.claims import claim_from
from policytracker.status.directory import Directory, Gate
from policytracker.status.found import Found
from policytracker.status.knowledge import stand
from policytracker.status.prevails import CHIP_LEVELS, COMPANY_LEVELS
from policytracker.status.scope import WHERE_LEVEL, Match, Scopes
from policytracker.status.tenures import WHERE, Extent, extent
from policytracker.status.view import last_day

MOST_EXTENTS = 10_000
ANY_MATCH = Match(True, 0)


class Point(NamedTuple):
    """A point of all three clocks."""

    day: int
    known: int
    """A moment; of everything published, FOREVER - 1."""
    seen: int
    """The position of the last event that counts."""


class Key(NamedTuple):
    """A key under which a cell finds claims, and the levels at which it does (§4)."""

    number: int
    company_level: int
    chip_level: int


_FIRM = """SELECT k.column1, (SELECT f.start FROM tenures f INDEXED BY tenures_firm
    WHERE f.key = k.column1 AND f.firm = 1 AND f.start <= ?1 AND f.known_from <= ?2 AND f.seen_from <= ?3
    ORDER BY f.start DESC LIMIT 1) FROM (VALUES {keys}) k"""
_HERE = """t.day_from <= ?1 AND t.day_to > ?1 AND t.known_from <= ?2 AND t.known_to > ?2
    AND t.seen_from <= ?3 AND t.seen_to > ?3"""
_COLUMNS = "k.column1, t.start, t.published, t.position, t.role, t.company_extent, t.chip_extent"
_ROWS = f"""SELECT {_COLUMNS} FROM (VALUES {{keys}}) k CROSS JOIN tenures t
        WHERE t.key = k.column1 AND t.start >= k.column2 AND t.start <= ?1 AND {_HERE}
    UNION ALL SELECT {_COLUMNS} FROM (VALUES {{keys}}) k CROSS JOIN tenures t INDEXED BY tenures_early
        WHERE t.key = k.column1 AND t.start > ?1 AND t.day_from < t.start AND {_HERE}"""
_LATEST = """SELECT max((SELECT l.published FROM tenures l INDEXED BY tenures_lone
    WHERE l.key & {pair} = k.column1 AND l.lone = 1 AND l.published <= ?1 AND l.seen_from <= ?2
    AND l.company_extent = 0 AND l.chip_extent = 0 ORDER BY l.published DESC LIMIT 1)) FROM (VALUES {keys}) k"""
_LATER = """SELECT l.published, l.company_extent, l.chip_extent, 0 FROM (VALUES {keys}) k
    CROSS JOIN tenures l INDEXED BY tenures_lone WHERE l.key & {pair} = k.column1 AND l.lone = 1
    AND l.published > ?3 AND l.published <= ?1 AND l.seen_from <= ?2 AND (l.company_extent > 0 OR l.chip_extent > 0)
    UNION ALL SELECT m.published, 0, 0, m.thread FROM (VALUES {keys}) k CROSS JOIN mentions m
    WHERE m.pair = k.column1 AND m.published > ?3 AND m.published <= ?1 AND m.thread <= ?2
    ORDER BY 1 DESC"""


class Finder:
    """Finds claims for the cells of one registry."""

    def __init__(self, connection: sqlite3.Connection, directory: Directory) -> None:
        self.connection = connection
        self.directory = directory
        self.scopes = Scopes(directory)
        self._numbers = Numbers(connection)
        self._extents: dict[int, Extent] = {}

    def found(self, company: str, chip: str, point: Point) -> Iterator[tuple[Gate, list[Found]]]:
        """What is found for each gate of a registered company and chip; a claim perhaps more than once."""
        keys = self._keys(company, chip)
        for gate in self.directory.gates(company, chip):
            number = key_of(self._numbers.find(GATE, str(gate)), 0, 0)
            at_gate = [key._replace(number=key.number | number) for key in keys] if number else []
            yield gate, list(self._at_gate(at_gate, company, chip, point)) if at_gate else []

    def last_report(self, company: str, chip: str, point: Point) -> int | None:
        """The last publication day among the known reports of the claims on a cell, and of the events about them."""
        pairs = [key.number for key in self._keys(company, chip)]
        if not pairs:
            return None
        ((latest,),) = self._ask(_LATEST, (point.known, point.seen, 0), pairs)
        day = 0 if latest is None else day_of(latest)
        looked_at: set[int] = set()
        for when, *sides, thread in self._ask(_LATER, (point.known, point.seen, latest or 0), pairs):
            if day_of(when) > day and thread not in looked_at:
                looked_at |= {thread} - {0}
                if thread:
                    day = max(day, self._last_of(thread, company, chip, point))
                elif None not in self._match(sides, company, chip, ANY_MATCH, ANY_MATCH):
                    day = day_of(when)
        return day or None

    def _last_of(self, thread: int, company: str, chip: str, point: Point) -> int:
        """The last publication day of a thread of several events, if its claim matches the cell; else 0."""
        events = tuple(event for event in thread_at(self.connection, thread) if event.position <= point.seen)
        standings = stand(events, point.known)
        claim = claim_from(standings[events[0].id])
        matches = self.scopes.match(claim, company, chip) is not None
        return last_day(events, standings, point.known) or 0 if matches else 0

    def _keys(self, company: str, chip: str) -> list[Key]:
        """The keys of a cell at any gate, the gate left out."""
        companies = self._side(COMPANY, self.directory.company_selectors(company))
        chips = self._side(CHIP, {**self.directory.chip_selectors(chip), WHERE: WHERE_LEVEL})
        return [Key(key_of(0, one, other), i, j) for one, i in companies for other, j in chips]

    def _side(self, side: str, selectors: Mapping[str, int]) -> list[tuple[int, int]]:
        numbers = ((self._numbers.find(side, text), level) for text, level in selectors.items())
        return [(number, level) for number, level in numbers if number]

    def _at_gate(self, keys: Sequence[Key], company: str, chip: str, point: Point) -> Iterator[Found]:
        by_number = {key.number: key for key in keys}
        lows = _lows(keys, dict(self._ask(_FIRM, point, by_number)))
        bounds = [bound for key in keys for bound in (key.number, lows[key.company_level, key.chip_level])]
        for number, start, published, position, role, *extents in self._ask(_ROWS, point, bounds, 2):
            key = by_number[number]
            companies: Match | None = Match(True, key.company_level)
            chips: Match | None = Match(True, key.chip_level)
            if any(extents):
                companies, chips = self._match(extents, company, chip, companies, chips)
            if companies is not None and chips is not None:
                yield Found((start, published, position), role, companies, chips)

    def _match(
        self, extents: Sequence[int], company: str, chip: str, companies: Match | None, chips: Match | None
    ) -> tuple[Match | None, Match | None]:
        """How both sides of a scope match; where a side has no extent, as is given."""
        if extents[0]:
            companies = self.scopes.company_side(self._extent(extents[0]), company)
        if extents[1]:
            chips = self.scopes.chip_side(self._extent(extents[1]), chip)
        return companies, chips

    def _extent(self, number: int) -> Extent:
        found = self._extents.get(number)
        if found is None:
            if len(self._extents) >= MOST_EXTENTS:
                self._extents.clear()
            ((text,),) = self.connection.execute("SELECT text FROM extents WHERE number = ?", (number,)).fetchall()
            found = self._extents[number] = extent(text)
        return found

    def _ask(self, query: str, values: Sequence[int], keys: Iterable[int], width: int = 1) -> list[tuple[Any, ...]]:
        """What a query tells of keys, each given with as many values as ``width`` says."""
        rows = list(keys)
        sql = _sql(query, len(rows), width)
        return self.connection.execute(sql, (*values, *rows)).fetchall()


@lru_cache(maxsize=512)
def _sql(query: str, values: int, width: int) -> str:
    """A query with places for the values of keys, which come after three others."""
    places = [f"?{number}" for number in range(4, 4 + values)]
    rows = (", ".join(places[start : start + width]) for start in range(0, values, width))
    return query.format(keys=", ".join(f"({row})" for row in rows), pair=PAIR)


def _lows(keys: Iterable[Key], firm: Mapping[int, int | None]) -> dict[tuple[int, int], int]:
    """For each pair of levels the day before which no claim so specific is left."""
    lows = dict.fromkeys(product(range(COMPANY_LEVELS), range(CHIP_LEVELS)), 0)
    for key in keys:
        day = firm.get(key.number)
        if day is not None:
            for levels in product(range(key.company_level + 1), range(key.chip_level + 1)):
                lows[levels] = max(lows[levels], day)
    return lows
