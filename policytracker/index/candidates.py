"""The claims at a gate at a point of the clocks, and how they match all companies and chips of a registry."""

from collections.abc import Iterator, Sequence
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


class Sides:
    """The sides of one kind that were met, by number, with what functions read of them."""

    def __init__(self, members: Members, functions: Functions) -> None:
        self.members, self._functions = members, functions
        self._numbers: dict[Side, int] = {}
        self.sides: list[Side] = []
        self._lists: tuple[list[int], ...] = ()
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

    def _add(self, ways: dict[int, int]) -> None:
        raise NotImplementedError

    def flat(self) -> tuple[Any, ...]:
        """The lists that functions read."""
        if self._flat is None:
            self._flat = tuple(self._functions.flat(list(each)) for each in self._lists)
        return self._flat


class CompanySides(Sides):
    """The sides of companies."""

    def __init__(self, members: Members, functions: Functions) -> None:
        super().__init__(members, functions)
        self._lists = [], [0], [], []
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
        self._lists = [], [], []

    def _add(self, ways: dict[int, int]) -> None:
        words, ways_bits, levels = self._lists
        for way in range(1, CHIP_CODES + 1):
            words += words_of(ways.get(way, 0), len(self.members.names))
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
        rows, at = functions.picked(rows, places), functions.picked(at, places)
        told = (functions.plain(functions.picked(column, rows)) for column in (columns.order, columns.claim))
        found = Claims([], [], [])
        before: tuple[int, int] | None = None
        together: list[tuple[int, int]] = []
        for row, key, *claim in zip(functions.plain(rows), functions.plain(at), *told, strict=True):
            if (claim[0], claim[1]) != before:
                self._add(found, keys, together)
                before, together = (claim[0], claim[1]), []
            together.append((key, row))
        self._add(found, keys, together)
        return found

    def mentions(self, gate: registry.Gate, point: Point) -> Iterator[tuple[int, int, int]]:
        """The mentions that may be the last of a cell at a gate: the order of each, and the numbers of its sides."""
        keys = self._keys_of(gate, MENTIONS)
        at, rows = self._there(self.functions.at_point.mentioned, keys, point)
        order = self.cells.index.rows.order
        for key, row in zip(self.functions.plain(at), self.functions.plain(rows), strict=True):
            yield order[row], *self._sides(keys, [(key, row)])

    def _add(self, found: Claims, keys: Keys, together: Sequence[tuple[int, int]]) -> None:
        if together:
            company, chip = self._sides(keys, together)
            found.rows.append(together[0][1])
            found.companies.append(company)
            found.chips.append(chip)

    def _sides(self, keys: Keys, at: Sequence[tuple[int, int]]) -> tuple[int, int]:
        """The sides of a claim, given the keys and rows under which it is found."""
        row, columns = at[0][1], self.cells.index.rows
        companies, chips = columns.companies[row], columns.chips[row]
        one: Side = (True, (companies,)) if companies else (False, _terms(keys.companies, at))
        other: Side = (True, (chips,)) if chips else (False, _terms(keys.chips, at))
        return self.company_sides.number(one), self.chip_sides.number(other)

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
            self._keys[gate, sort] = Keys(self.functions.flat(spans), companies, chips, rows)
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


def _terms(terms: Sequence[int], at: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    return (terms[at[0][0]],) if len(at) == 1 else tuple(sorted({terms[key] for key, _ in at}))


def words_of(members: int, count: int) -> list[int]:
    """Bits of a number in words, as many as so many members need."""
    return [members >> start & (1 << WORD) - 1 for start in range(0, max(1, count), WORD)]
