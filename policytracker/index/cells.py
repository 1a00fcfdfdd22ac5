"""What one cell answers, gate by gate, at a point of the three clocks."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from policytracker.index.index import Index, Range, Terms
from policytracker.index.layout import MENTIONS, start_of
from policytracker.index.matches import Matches, OneSide, Texts
from policytracker.index.selection import Point as Point
from policytracker.index.selection import higher, is_there, kind_at, latest, match_at, select
from policytracker.status.directory import Directory, Gate
from policytracker.status.prevails import KINDS
from policytracker.status.terms import terms_of_chip, terms_of_company
from policytracker.status.walk import Walk
from policytracker.status.words import ANY

MOST_SIDES = 5_000
"""Companies, and chips, of which terms and matches are remembered at once."""


class GateAnswer(NamedTuple):
    """What a gate answers."""

    possible: int
    """Its possible statuses, as bits."""
    standing: tuple[int, ...]
    """The rows of the claims that stand in at least one possible world, in the order of §6."""


SILENT = GateAnswer(ANY, ())
"""What a gate answers of which no claim tells."""


class Side(NamedTuple):
    """A company, or a chip: what it is found under, and how scope expressions match it."""

    terms: Terms
    matches: OneSide


class Cell(NamedTuple):
    """A company and a chip, and the gates of the cell, each with its number; 0 for one of which no claim tells."""

    company: Side
    chip: Side
    gates: list[tuple[Gate, int]]


class Numbers(NamedTuple):
    """The numbers of which the index is made, as they are asked for."""

    gates: Callable[[Iterable[str]], Mapping[str, int]]
    companies: Callable[[Iterable[str]], Mapping[str, int]]
    """Those of index terms of companies that have one,"""
    chips: Callable[[Iterable[str]], Mapping[str, int]]
    """and of chips."""
    expression: Texts


class Cells:
    """Answers for the cells of one registry, one by one."""

    def __init__(self, index: Index, directory: Directory, numbers: Numbers, walk: Walk) -> None:
        """``walk`` remembers steps, and may serve many readers of one thread."""
        self.index, self.directory = index, directory
        self.matches = Matches(directory, numbers.expression)
        self.numbers, self._walk = numbers, walk
        self._gates: dict[str, int] = {}
        self._companies: dict[str, Side] = {}
        self._chips: dict[str, Side] = {}

    def cell(self, company: str, chip: str) -> Cell:
        """A registered company and chip."""
        gates = self.directory.gates(company, chip)
        return Cell(self._company(company), self._chip(chip), [(gate, self.gate_number(gate)) for gate in gates])

    def gate_number(self, gate: Gate) -> int:
        """The number of a gate; 0 for one of which no claim tells."""
        text = str(gate)
        if text not in self._gates:
            self._gates[text] = self.numbers.gates([text]).get(text, 0)
        return self._gates[text]

    def answers(self, cell: Cell, point: Point) -> list[GateAnswer]:
        """What the gates of a cell answer, in their order."""
        return [self.answer(cell, number, point) if number else SILENT for _, number in cell.gates]

    def answer(self, cell: Cell, gate: int, point: Point) -> GateAnswer:
        """What a gate answers for a cell."""
        ranges = self.index.ranges_on(gate, cell.company.terms, cell.chip.terms, point.day)
        kinds, rows = self._selected(cell, ranges, point)
        possible, standing = self._walk.outcome(kinds)
        return GateAnswer(possible, tuple([rows[place] for place in standing]))

    def holding(self, cell: Cell, gate: int, point: Point) -> list[tuple[int, int]]:
        """All claims that hold at a gate of a cell, for explanations: kind and row, in the order of §6."""
        rows = self.index.rows
        found: dict[tuple[int, int], tuple[int, int]] = {}
        for first, last, place in self.index.ranges_on(gate, cell.company.terms, cell.chip.terms, point.day):
            for row in range(first, last):
                if is_there(rows, row, *point):
                    match = match_at(rows, row, place, cell.company.matches, cell.chip.matches)
                    if match >= 0:
                        claim = rows.order[row], rows.position[row]
                        other = found.get(claim)
                        found[claim] = (match if other is None else higher(match, other[0])), row
        return [(kind_at(rows.code[row], match), row) for _, (match, row) in sorted(found.items())]

    def _selected(self, cell: Cell, ranges: Sequence[Range], point: Point) -> tuple[tuple[int, ...], list[int]]:
        room = 128
        while True:
            found = [0] * room
            sides = cell.company.matches, cell.chip.matches
            size = select(self.index.rows, _lists(ranges), len(ranges), KINDS, *sides, point, found)
            if size >= 0:
                return tuple(found[: 2 * size : 2]), found[1 : 2 * size : 2]
            room *= 4

    def last_report(self, cell: Cell, point: Point) -> int | None:
        """The last publication day among the known reports of the claims on a cell, and of the events about them."""
        day = min(point.known // (2 * 86_400), 4_000_000)
        ranges = self.index.ranges_on(MENTIONS, cell.company.terms, cell.chip.terms, day)
        sides = cell.company.matches, cell.chip.matches
        order = latest(self.index.rows, _lists(ranges), len(ranges), *sides, point.known, point.seen)
        return None if order < 0 else start_of(order)

    def positions(self, cell: Cell) -> set[int]:
        """The positions of the claims that may match a cell at some point of the clocks."""
        ranges = self.index.ranges(MENTIONS, cell.company.terms, cell.chip.terms)
        return {position for first, last, _ in ranges for position in self.index.rows.position[first:last]}

    def _company(self, company: str) -> Side:
        if company not in self._companies:
            selectors = self.directory.company_selectors(company)
            terms = _numbered(terms_of_company(selectors), self.numbers.companies)
            _bound(self._companies)[company] = Side(terms, self.matches.of_company(company))
        return self._companies[company]

    def _chip(self, chip: str) -> Side:
        if chip not in self._chips:
            terms = _numbered(terms_of_chip(self.directory.chip_selectors(chip)), self.numbers.chips)
            _bound(self._chips)[chip] = Side(terms, self.matches.of_chip(chip))
        return self._chips[chip]


def _bound(sides: dict[str, Side]) -> dict[str, Side]:
    if len(sides) >= MOST_SIDES:
        sides.clear()
    return sides


def _numbered(levels: Mapping[str, int], find: Callable[[Iterable[str]], Mapping[str, int]]) -> list[tuple[int, int]]:
    return [(number, levels[text]) for text, number in find(levels).items()]


def _lists(ranges: Iterable[Range]) -> list[int]:
    """Ranges as ``select`` reads them, backwards."""
    found: list[int] = []
    for first, last, place in ranges:
        found += last - 1, first, place
    return found
