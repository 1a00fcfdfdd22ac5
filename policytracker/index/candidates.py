"""The claims at a gate at a point of the clocks, and how they match all companies and chips of a registry."""

from array import array
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from policytracker.index.at_point import SideTable
from policytracker.index.board_walk import CHIP_CODES, WORD, Gate
from policytracker.index.cells import Cells, Point
from policytracker.index.functions import Functions
from policytracker.index.layout import CLAIMS, MENTIONS, section
from policytracker.index.match_tables import Members, Side, bits, chips_of, companies_of
from policytracker.status import directory as registry
from policytracker.status.prevails import place_of

FEW = 200
"""A side that matches at most so many companies is told company by company: this makes answers fast, and no others."""

MOST_SIDES = 100_000
"""Sides of claims that are remembered for a gate, by keys."""


class Claims(NamedTuple):
    """The claims at a gate at a point, the last first: a row of each, and the numbers of both its sides."""

    rows: list[int]
    companies: list[int]
    chips: list[int]


class Keys(NamedTuple):
    """The keys of a gate: three numbers each as ``present`` takes them, and the terms of both sides."""

    spans: Any
    companies: list[int]
    chips: list[int]
    rows: int
    """How many rows there are under them."""
    sides: dict[bytes, list[int]]
    """The numbers of both sides of the claims that were met, by all the keys under which a claim was found."""


class Sides:
    """The sides of one kind that were met, by number, with what functions read of them."""

    def __init__(self, members: Members, functions: Functions) -> None:
        self.members, self._functions = members, functions
        self._numbers: dict[Side, int] = {}
        self._of_expressions: dict[int, int] = {}
        self.sides: list[Side] = []
        self._lists: tuple[array[int], ...] = ()
        self._flat: tuple[Any, ...] | None = None

    def number(self, side: Side) -> int:
        """The number of a side."""
        found = self._numbers.get(side)
        if found is None:
            found = self._numbers[side] = len(self.sides)
            self.sides.append(side)
            self._add(self.members.ways(side))
            self._flat = None
        return found

    def of_expression(self, expression: int) -> int:
        """The number of the side that a scope expression decides."""
        found = self._of_expressions.get(expression)
        if found is None:
            found = self._of_expressions[expression] = self.number((True, (expression,)))
        return found

    def _add(self, ways: dict[int, int]) -> None:
        raise NotImplementedError

    def flat(self) -> tuple[Any, ...]:
        """The lists that functions read."""
        if self._flat is None:
            self._flat = tuple(self._functions.flat(each[:]) for each in self._lists)
        return self._flat


class CompanySides(Sides):
    """The sides of companies."""

    def __init__(self, members: Members, functions: Functions) -> None:
        super().__init__(members, functions)
        self._lists = array("q"), array("q", [0]), array("q"), array("q")
        self._rows: dict[int, bytes] = {}

    def _add(self, ways: dict[int, int]) -> None:
        is_few, starts, places, of_places = self._lists
        is_few.append(int(sum(members.bit_count() for members in ways.values()) <= FEW))
        for way, members in ways.items() if is_few[-1] else ():
            for place in bits(members):
                places.append(place)
                of_places.append(way)
        starts.append(len(places))

    def table(self) -> SideTable:
        """The sides that match few companies."""
        return SideTable(*self.flat())

    def row(self, number: int) -> bytes:
        """How a side matches each company, a byte each."""
        if number not in self._rows:
            row = bytearray(len(self.members.names))
            for way, members in self.members.ways(self.sides[number]).items():
                for place in bits(members):
                    row[place] = way
            self._rows[number] = bytes(row)
        return self._rows[number]


class ChipSides(Sides):
    """The sides of chips: for each the chips by each way to match, in words; and the ways, and the levels, of any."""

    def __init__(self, members: Members, functions: Functions) -> None:
        super().__init__(members, functions)
        self._lists = array("q"), array("q"), array("q")

    def _add(self, ways: dict[int, int]) -> None:
        words, ways_bits, levels = self._lists
        for way in range(1, CHIP_CODES + 1):
            words.extend(words_of(ways.get(way, 0), len(self.members.names)))
        ways_bits.append(sum(1 << way - 1 for way in ways))
        levels.append(sum({1 << (way - 1 >> 1) for way in ways}))


class Candidates:
    """Gathers claims for all cells of one registry."""

    def __init__(self, cells: Cells, functions: Functions) -> None:
        self.cells, self.functions = cells, functions
        self.companies = companies_of(cells, sorted(cells.directory.companies))
        self.chips = chips_of(cells, sorted(cells.directory.chips))
        self.company_sides = CompanySides(self.companies, functions)
        self.chip_sides = ChipSides(self.chips, functions)
        self._keys: dict[tuple[registry.Gate, int], Keys] = {}

    def claims(self, gate: registry.Gate, point: Point) -> Claims:
        """The claims at a gate at a point."""
        keys, columns = self._keys_of(gate, CLAIMS), self.functions.rows
        at, rows = self._there(self.functions.at_point.present, keys, point)
        functions, places = self.functions, self.functions.in_order(rows)
        rows = functions.picked(rows, places)
        starts = functions.flat([0] * len(rows))
        starts = starts[: functions.at_point.beginnings(columns, rows, starts)]
        firsts = functions.picked(rows, starts)
        expressions = (functions.plain(functions.picked(each, firsts)) for each in (columns.companies, columns.chips))
        under = array("i", functions.plain(functions.picked(at, places)))
        found = Claims(functions.plain(firsts), [], [])
        ends = pairwise([*functions.plain(starts), len(under)])
        for (first, last), company, chip in zip(ends, *expressions, strict=True):
            one, other = self._sides(keys, under[first:last], company, chip)
            found.companies.append(one)
            found.chips.append(other)
        return found

    def mentions(self, gate: registry.Gate, point: Point) -> Iterator[tuple[int, int, int]]:
        """The mentions that may be the last of a cell at a gate: the order of each, and the numbers of its sides."""
        keys = self._keys_of(gate, MENTIONS)
        at, rows = self._there(self.functions.at_point.mentioned, keys, point)
        columns = self.cells.index.rows
        for key, row in zip(self.functions.plain(at), self.functions.plain(rows), strict=True):
            sides = self._sides(keys, array("i", [key]), columns.companies[row], columns.chips[row])
            yield columns.order[row], *sides

    def _sides(self, keys: Keys, under: "array[int]", company: int, chip: int) -> tuple[int, int]:
        """The sides of a claim, given the keys under which it is found, and the numbers of its scope expressions."""
        if company and chip:
            return self.company_sides.of_expression(company), self.chip_sides.of_expression(chip)
        # Claims have the same keys again and again, at this point and at others.
        text = under.tobytes()
        if text not in keys.sides:
            if len(keys.sides) >= MOST_SIDES:
                keys.sides.clear()
            sides = (self.company_sides, keys.companies), (self.chip_sides, keys.chips)
            keys.sides[text] = [each.number((False, _terms(terms, under))) for each, terms in sides]
        one, other = keys.sides[text]
        if company:
            one = self.company_sides.of_expression(company)
        if chip:
            other = self.chip_sides.of_expression(chip)
        return one, other

    def _keys_of(self, gate: registry.Gate, sort: int) -> Keys:
        """The keys of a section of a gate that any company and chip of the registry look up."""
        if (gate, sort) not in self._keys:
            number = self.cells.gate_number(gate)
            spans: list[int] = []
            companies, chips, rows = [], [], 0
            for _, company, chip, first, last in self.cells.index.spans(section(number, sort)) if number else ():
                one, other = self.companies.terms.get(company), self.chips.terms.get(chip)
                if one is not None and other is not None:
                    spans += first, last, place_of(one.level, other.level)
                    companies.append(company)
                    chips.append(chip)
                    rows += last - first
            self._keys[gate, sort] = Keys(self.functions.flat(spans), companies, chips, rows, {})
        return self._keys[gate, sort]

    def _there(self, function: Any, keys: Keys, point: Point) -> tuple[Any, Any]:
        """The rows that ``present`` or ``mentioned`` finds at a point, with the place of the key of each."""
        functions = self.functions
        at, rows = functions.flat([0] * keys.rows), functions.flat([0] * keys.rows)
        size = function(functions.rows, keys.spans, functions.kinds, *point, at, rows)
        return at[:size], rows[:size]

    def gate(self, claims: Claims, chips: int) -> Gate:
        """Claims as walks take them; ``chips`` are those that have the gate, as bits."""
        functions, count = self.functions, len(self.companies.names)
        flat, table = functions.flat, self.company_sides.table()
        sides = flat(claims.companies)
        starts = flat([0] * (count + 1))
        wide_size = functions.at_point.count(sides, table, starts)
        own, ways, wide = (flat([0] * size) for size in (int(starts[count]), int(starts[count]), wide_size))
        heads = flat(functions.plain(starts))
        functions.at_point.scatter(sides, table, heads, own, ways, wide)
        codes = functions.picked(functions.rows.code, claims.rows)
        matches = self._wide_matches([claims.companies[claim] for claim in functions.plain(wide)])
        words = flat(words_of(chips, len(self.chips.names)))
        chip_words, chip_ways, levels = self.chip_sides.flat()
        of_companies = starts, own, ways, wide, flat(matches)
        return Gate(codes, flat(claims.chips), *of_companies, chip_words, chip_ways, levels, words)

    def _wide_matches(self, sides: Sequence[int]) -> bytes:
        """How each of some sides matches each company, company by company."""
        by_claim = b"".join(map(self.company_sides.row, sides))
        count = len(self.companies.names)
        return b"".join(by_claim[place::count] for place in range(count))


def _terms(terms: Sequence[int], under: Sequence[int]) -> tuple[int, ...]:
    return (terms[under[0]],) if len(under) == 1 else tuple(sorted({terms[key] for key in under}))


def words_of(members: int, count: int) -> list[int]:
    """Bits of a number in words, as many as so many members need."""
    return [members >> start & (1 << WORD) - 1 for start in range(0, max(1, count), WORD)]
