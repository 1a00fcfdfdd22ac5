"""The last words on all cells: the publication days of reports on claims at a gate, and on events about them."""

from collections.abc import Iterator
from heapq import merge
from typing import NamedTuple

from policytracker.index.candidates import FEW, Candidates
from policytracker.index.cells import Point
from policytracker.index.layout import start_of
from policytracker.index.match_tables import Members, bits, members_of
from policytracker.status.directory import Gate


class LastWords(NamedTuple):
    """Publication days at a gate, the last first, each with the chips, as bits, of whose cells it is one."""

    own: dict[int, list[tuple[int, int]]]
    """By company those of claims that reach few,"""
    wide: list[tuple[int, int, int]]
    """and those of the others, each with its companies, as bits: company by company they would need much memory."""

    def add(self, day: int, companies: int, chips: int) -> None:
        """Add a day that is not later than any before."""
        if companies.bit_count() > FEW:
            self.wide.append((day, companies, chips))
            return
        for place in bits(companies):
            self.own.setdefault(place, []).append((day, chips))

    def of(self, company: int, chips: Members) -> list[int | None]:
        """The last day of each chip's cell of a company."""
        found: list[int | None] = [None] * len(chips.names)
        left = chips.every
        for day, matched in self._days(company):
            for place in bits(matched & left):
                found[place] = day
            left &= ~matched
            if not left:
                break
        return found

    def _days(self, company: int) -> Iterator[tuple[int, int]]:
        wide = ((day, chips) for day, companies, chips in self.wide if companies >> company & 1)
        return merge(self.own.get(company, ()), wide, key=lambda each: -each[0])


def at_gate(candidates: Candidates, gate: Gate, point: Point) -> LastWords:
    """The last words at a gate, as known and recorded at a point."""
    days: dict[tuple[int, int], int] = {}
    for order, company, chip in candidates.mentions(gate, point):
        days[company, chip] = max(days.get((company, chip), 0), start_of(order))
    found = LastWords({}, [])
    for (company, chip), day in sorted(days.items(), key=lambda each: each[1], reverse=True):
        companies = candidates.companies.ways(candidates.company_sides.sides[company])
        chips = candidates.chips.ways(candidates.chip_sides.sides[chip])
        found.add(day, members_of(companies), members_of(chips))
    return found
