"""Find what holds for one cell at one point of the clocks: a few descents for each pair of selectors, no scan.

Under each key the last firm opening strikes all rows before it, and with them those of less specific keys: only what
comes after has to be read. What is struck strikes all the same: a stop, the openings of any key. But the last firm stop
strikes all openings before it, so that of the struck stops only those after it have to be read (semantics.md §6).
"""

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import product
from typing import NamedTuple

from policytracker.events.dates import day_of
from policytracker.projections import asking
from policytracker.projections.asking import ask
from policytracker.projections.extents import Matches
from policytracker.projections.keys import CHIP, GATE, PAIR, Numbers, key_of, parts
from policytracker.projections.reading import pairs_of, thread_at
from policytracker.status.directory import Directory, Gate
from policytracker.status.extents import WHERE
from policytracker.status.found import Found
from policytracker.status.prevails import CHIP_LEVELS, COMPANY_LEVELS
from policytracker.status.scope import Match


class Point(NamedTuple):
    """A point of all three clocks."""

    day: int
    known: int
    """A moment; of everything published, FOREVER - 1."""
    seen: int
    """The position of the last event that counts."""


Levels = tuple[int, int]
"""The levels at which a company and a chip are matched (§4)."""
LEVELS = list(product(range(COMPANY_LEVELS), range(CHIP_LEVELS)))
MATCHES = [Match(True, level) for level in range(max(COMPANY_LEVELS, CHIP_LEVELS))]


class Cell(NamedTuple):
    """A company and a chip, and where claims on them are found."""

    company: str
    chip: str
    gates: list[tuple[Gate, int]]
    """Each with what it adds to a pair to make a key; 0 for a gate at which nothing is kept."""
    pairs: dict[int, Levels]
    """The pairs of selectors under which anything is kept."""


class Finder:
    """Finds claims for the cells of one registry."""

    def __init__(self, connection: sqlite3.Connection, directory: Directory) -> None:
        self.connection = connection
        self.directory = directory
        self._matches = Matches(connection, directory)
        self._numbers = Numbers(connection)

    def cell(self, company: str, chip: str) -> Cell:
        """A registered company and chip."""
        pairs = pairs_of(self._numbers, self.directory, company, chip)
        there = ask(self.connection, asking.THERE, (0, 0, 0), list(pairs))
        gates = [
            (gate, key_of(self._numbers.find(GATE, str(gate)), 0, 0)) for gate in self.directory.gates(company, chip)
        ]
        return Cell(company, chip, gates, {pair: pairs[pair] for (pair,) in there})

    def found(self, cell: Cell, point: Point) -> list[tuple[Gate, list[Found]]]:
        """What is found for each gate of a cell; a claim perhaps more than once."""
        if not cell.pairs:
            return [(gate, []) for gate, _ in cell.gates]
        bases = [base for _, base in cell.gates if base]
        keys = [base | pair for base in bases for pair in cell.pairs]
        openings = ask(self.connection, asking.FIRM_OPENINGS, point, keys)
        stops = ask(self.connection, asking.FIRM_STOPS, point, keys)
        bounds: list[int] = []
        for start, base in zip(range(0, len(keys), len(cell.pairs)), bases, strict=True):
            here = slice(start, start + len(cell.pairs))
            lows = _lows(zip(cell.pairs.values(), (day for (day,) in openings[here]), strict=True))
            last_stop = max((day or 0 for (day,) in stops[here]), default=0)
            for pair, levels in cell.pairs.items():
                bounds += base | pair, lows[levels], min(lows[levels], last_stop)
        gates: dict[int, list[Found]] = {base: [] for base in bases}
        for key, *row in ask(self.connection, asking.ROWS, point, bounds, 3):
            claim = self.claim(cell, key, *row)
            if claim is not None:
                gates[key & ~PAIR].append(claim)
        return [(gate, gates.get(base, [])) for gate, base in cell.gates]

    def claim(
        self, cell: Cell, key: int, start: int, published: int, position: int, does: int, *extents: int
    ) -> Found | None:
        """A claim that a row tells of, if it matches the cell."""
        company_level, chip_level = cell.pairs[key & PAIR]
        companies, chips = MATCHES[company_level], MATCHES[chip_level]
        match = self._match(cell, extents, companies, chips) if any(extents) else (companies, chips)
        return None if match is None else Found((start, published, position), does, *match)

    def _match(self, cell: Cell, extents: Sequence[int], companies: Match, chips: Match) -> tuple[Match, Match] | None:
        """How both sides of a scope match, as is given where a side has no extent; None where one does not."""
        one = self._matches.company(extents[0], cell.company) if extents[0] else companies
        other = self._matches.chip(extents[1], cell.chip) if one is not None and extents[1] else chips
        return None if one is None or other is None else (one, other)

    def last_report(self, cell: Cell, point: Point) -> int | None:
        """The last publication day among the known reports of the claims on a cell, and of the events about them."""
        pairs = list(cell.pairs)
        where = self._numbers.find(CHIP, WHERE)
        alone = [pair for pair in pairs if parts(pair).chip != where]
        latest = max(
            (when for (when,) in ask(self.connection, asking.LATEST, (point.known, point.seen, 0), alone)), default=0
        )
        later = ask(self.connection, asking.LATER, (point.known, point.seen, latest), pairs)
        matching = (
            (when, thread)
            for when, *extents, thread in later
            if thread or self._match(cell, extents, MATCHES[0], MATCHES[0]) is not None
        )
        return self.last_of(cell.company, cell.chip, point, latest, matching)

    def last_of(
        self, company: str, chip: str, point: Point, latest: int, later: Iterable[tuple[int, int]]
    ) -> int | None:
        """The same, given the latest moment of a report that is there, and later ones of claims that may match.

        Of these, the last first, the moment, and the position of a claim to be looked at; 0 for one that matches.
        """
        day = day_of(latest)
        looked_at: set[int] = set()
        for when, thread in later:
            if day_of(when) <= day or thread in looked_at:
                continue
            if thread:
                looked_at.add(thread)
                day = max(day, self._last_of(thread, company, chip, point))
            else:
                day = day_of(when)
        return day or None

    def _last_of(self, thread: int, company: str, chip: str, point: Point) -> int:
        """The last publication day of a thread of several events, if its claim matches the cell; else 0."""
        from policytracker.status.claims import claim_from
        from policytracker.status.knowledge import last_day, stand

        events = tuple(event for event in thread_at(self.connection, thread) if event.position <= point.seen)
        standings = stand(events, point.known)
        claim = claim_from(standings[events[0].id])
        matches = self._matches.scopes.match(claim, company, chip) is not None
        return last_day(events, standings, point.known) or 0 if matches else 0


def _lows(firm: Iterable[tuple[Levels, int | None]]) -> dict[Levels, int]:
    """For each pair of levels the day before which every claim so specific is struck."""
    lows = dict.fromkeys(LEVELS, 0)
    for (company_level, chip_level), day in firm:
        if day is not None:
            for levels in product(range(company_level + 1), range(chip_level + 1)):
                if lows[levels] < day:
                    lows[levels] = day
    return lows
