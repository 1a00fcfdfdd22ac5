"""What all cells of a registry answer, at a point of the three clocks.

At each gate the rows of the point are gathered once. Companies, and chips, that all claims match alike are one class,
and only one of each class is walked. The functions that do it run as they stand or, from so many rows on that it pays,
compiled (``compiled``); both give the same bytes.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from operator import itemgetter
from os import cpu_count
from typing import Any, NamedTuple

from policytracker.index import board_walk, compiled
from policytracker.index.board_walk import CHIP_CODES, WORD, Gate, Room
from policytracker.index.cells import Cells, GateAnswer, Point
from policytracker.index.index import Index
from policytracker.index.layout import MENTIONS, Rows, parts_of, start_of
from policytracker.index.sides import Members, Side, bits, members_of
from policytracker.status import directory as registry
from policytracker.status.prevails import KINDS, PLACES, place_of
from policytracker.status.terms import terms_of_chip, terms_of_company
from policytracker.status.walk import FULL, LAYER, Tables, tables
from policytracker.status.words import ANY, CLEARED, minima

PAYS = 20_000_000
"""From so many pairs of a row and a company on, compiled functions are the faster, their loading included."""
FEW = 200
"""A side that matches at most so many companies is told company by company: this makes answers fast, and no others."""
SETS = ANY + 1
MINIMA = [minima(one, other) if one and other else 0 for one in range(SETS) for other in range(SETS)]
"""What two sets of statuses come to (§7)."""
MOST_THREADS = 4
MOST_SIDES = 100_000
"""Sides whose matches are remembered at once."""
LARGEST = 1 << 17
"""Layers that are remembered from one question to the next."""


class Claims(NamedTuple):
    """The claims at a gate at a point, the last first: a row of each, and the numbers of both its sides."""

    rows: list[int]
    companies: list[int]
    chips: list[int]


class GateCells(NamedTuple):
    """The companies and the chips that have a gate, as bits; every pair of them is a cell with it."""

    gate: registry.Gate
    companies: int
    chips: int


class Keys(NamedTuple):
    """The keys of a gate: three numbers each as ``present`` takes them, and the terms of both sides."""

    spans: Any
    companies: list[int]
    chips: list[int]
    rows: int
    """How many rows there are under them."""


class Sides:
    """The sides that were met, by number."""

    def __init__(self, members: Members) -> None:
        self.members = members
        self._numbers: dict[Side, int] = {}
        self.sides: list[Side] = []

    def number(self, side: Side) -> int:
        """The number of a side."""
        found = self._numbers.get(side)
        if found is None:
            found = self._numbers[side] = len(self.sides)
            self.sides.append(side)
        return found

    def ways(self, number: int) -> dict[int, int]:
        """The members that a side matches, as bits, by the way in which it does."""
        return self.members.ways(self.sides[number])


class Board:
    """Answers for all cells of one registry. For one thread."""

    def __init__(self, cells: Cells, fast: bool | None = None) -> None:
        """``fast``: whether compiled functions are to be used; None: where they are there, and it pays."""
        self.cells, self.index = cells, cells.index
        directory, scopes = cells.directory, cells.matches.scopes
        self.companies = Members(
            sorted(directory.companies),
            lambda name: terms_of_company(directory.company_selectors(name)),
            cells.numbers.companies,
            scopes.company_side,
            cells.matches.expression,
        )
        self.chips = Members(
            sorted(directory.chips),
            lambda name: terms_of_chip(directory.chip_selectors(name)),
            cells.numbers.chips,
            scopes.chip_side,
            cells.matches.expression,
        )
        self.gates = list(_gates(directory, self.companies, self.chips))
        pays = self.index.count * len(self.companies.names) >= PAYS and compiled.is_there()
        self.functions = Compiled(self.index) if (pays if fast is None else fast) else Plain(self.index)
        self._all_keys: dict[registry.Gate | None, Keys] = {}
        self._company_sides, self._chip_sides = Sides(self.companies), Sides(self.chips)
        self._tables: list[Tables] = [self._new(1 << 10, False) for _ in range(self.functions.threads)]
        self._exact = self._new(1 << 10, True)

    def _new(self, size: int, exact: bool) -> Tables:
        return Tables(*(self.functions.flat(each) for each in tables(size, exact)))

    def members(self, companies: Side, chips: Side) -> tuple[int, int]:
        """The companies and the chips, as bits, that both sides of a scope match."""
        return members_of(self.companies.ways(companies)), members_of(self.chips.ways(chips))

    def possible(self, point: Point) -> bytes:
        """The possible statuses, as bits: a byte a cell, the chips of the first company first, in the order of ids."""
        found = bytearray([1 << CLEARED]) * (len(self.companies.names) * len(self.chips.names))
        flat = self.functions.flat(found)
        for cells in self.gates:
            gate, classes = self._gate(cells, self._claims(cells.gate, point))
            alike = _still_alike(found, classes, len(self.chips.names))
            self._walk(gate, [members[0] for members in alike], flat)
            _spread(found, alike, len(self.chips.names))
        return bytes(found)

    def by_gate(self, point: Point) -> Iterator[tuple[GateCells, bytes]]:
        """The possible statuses of every gate on its own; of cells that do not have the gate, no matter what."""
        for cells in self.gates:
            found = bytearray([1 << CLEARED]) * (len(self.companies.names) * len(self.chips.names))
            gate, classes = self._gate(cells, self._claims(cells.gate, point))
            self._walk(gate, [members[0] for members in classes], self.functions.flat(found))
            _spread(found, classes, len(self.chips.names))
            yield cells, bytes(found)

    def _walk(self, gate: Gate, companies: list[int], found: Any) -> None:
        """Walk a gate, its companies shared out among threads."""
        shares = [companies[start :: len(self._tables)] for start in range(len(self._tables))]
        if len(self._tables) == 1:
            self._walk_share(0, gate, companies, found)
            return
        with ThreadPoolExecutor(len(shares)) as threads:
            work = [threads.submit(self._walk_share, place, gate, share, found) for place, share in enumerate(shares)]
            for each in work:
                each.result()

    def _walk_share(self, thread: int, gate: Gate, companies: list[int], found: Any) -> None:
        functions, done = self.functions, 0
        room = self._room(gate)
        if self._tables[thread].counts[0] > LARGEST:
            self._tables[thread] = self._new(1 << 10, False)
        asked = functions.flat(companies)
        while done < len(companies):
            done = functions.walk_gate(gate, self._tables[thread], room, asked, functions.minima, found, done)
            if done < len(companies):
                self._tables[thread] = self._new(2 * len(self._tables[thread].layers) // LAYER, False)

    def answers(
        self, point: Point, among: Collection[str]
    ) -> Iterator[tuple[str, list[list[tuple[registry.Gate, GateAnswer]]]]]:
        """For each of some companies, in the order of ids, what the gates of its cells answer, chip by chip."""
        ready = []
        for cells in self.gates:
            claims = self._claims(cells.gate, point)
            gate = self._gate(cells, claims)[0]
            ready.append((cells, claims, gate, self._room(gate)))
        ready.sort(key=lambda each: (each[0].gate.direction, each[0].gate.jurisdiction))
        for company in self.companies.names:
            if company not in among:
                continue
            place = self.companies.places[company]
            found: list[list[tuple[registry.Gate, GateAnswer]]] = [[] for _ in self.chips.names]
            for cells, claims, gate, room in ready:
                if cells.companies >> place & 1:
                    for chip, answer in self._stand(gate, claims, room, place):
                        found[chip].append((cells.gate, answer))
            yield company, found

    def _stand(self, gate: Gate, claims: Claims, room: Room, company: int) -> Iterator[tuple[int, GateAnswer]]:
        """What a gate answers for the chips of a company that have it."""
        chips, functions = len(self.chips.names), self.functions
        possible, ends = functions.flat([0] * chips), functions.flat([0] * chips)
        standing = functions.flat([0] * (64 * chips))
        while True:
            size = functions.stand_company(gate, self._exact, room, company, chips, possible, ends, standing)
            if size >= 0:
                break
            if size == FULL:
                self._exact = self._new(2 * len(self._exact.layers) // LAYER, True)
            else:
                standing = functions.flat([0] * (4 * len(standing)))
        told, start = standing[:size].tolist() if functions.is_compiled else standing[:size], 0
        for chip, (found, end) in enumerate(zip(map(int, possible), map(int, ends), strict=True)):
            if found:
                yield chip, GateAnswer(found, tuple([claims.rows[claim] for claim in reversed(told[start:end])]))
            start = end

    def last_reports(self, point: Point, among: Collection[str]) -> Iterator[tuple[str, list[int | None]]]:
        """For each of some companies, in the order of ids, the last publication day of each chip's cell."""
        days: dict[tuple[int, int], int] = {}
        keys = self._keys_of(None)
        for key, row in self._there(self.functions.mentioned, keys, point):
            order = self.index.rows.order[row]
            sides = self._side_numbers(keys, [(key, row)])
            days[sides] = max(days.get(sides, 0), start_of(order))
        by_company: dict[int, list[tuple[int, int]]] = {}
        for (company, chip), day in days.items():
            mask = members_of(self._chip_sides.ways(chip))
            for place in bits(members_of(self._company_sides.ways(company))):
                by_company.setdefault(place, []).append((day, mask))
        for place, name in enumerate(self.companies.names):
            if name in among:
                yield name, self._latest(sorted(by_company.get(place, ()), reverse=True))

    def _latest(self, days: Iterable[tuple[int, int]]) -> list[int | None]:
        found: list[int | None] = [None] * len(self.chips.names)
        left = self.chips.every
        for day, chips in days:
            for place in bits(chips & left):
                found[place] = day
            left &= ~chips
            if not left:
                break
        return found

    def _keys_of(self, gate: registry.Gate | None) -> Keys:
        """The keys of a gate, or of mentions, that any company and chip of the registry look up."""
        if gate not in self._all_keys:
            number = MENTIONS if gate is None else self.cells.gate_number(gate)
            spans: list[int] = []
            companies, chips, rows = [], [], 0
            for terms, first, last in self.index.of_gate(number) if number or gate is None else ():
                _, company, chip = parts_of(terms)
                one, other = self.companies.terms.get(company), self.chips.terms.get(chip)
                if one is not None and other is not None:
                    spans += first, last, place_of(one.level, other.level)
                    companies.append(company)
                    chips.append(chip)
                    rows += last - first
            self._all_keys[gate] = Keys(self.functions.flat(spans), companies, chips, rows)
        return self._all_keys[gate]

    def _there(self, function: Any, keys: Keys, point: Point) -> list[tuple[int, int]]:
        """The rows that ``present`` or ``mentioned`` finds at a point, each with the place of its key."""
        functions = self.functions
        found = functions.flat([0] * (2 * keys.rows))
        size = function(functions.rows, keys.spans, functions.kinds, *point, found)
        told = found[: 2 * size].tolist() if functions.is_compiled else found[: 2 * size]
        return list(zip(told[::2], told[1::2], strict=True))

    def _claims(self, gate: registry.Gate, point: Point) -> Claims:
        """The claims at a gate at a point."""
        keys, rows = self._keys_of(gate), self.index.rows
        there = [
            (rows.order[row], rows.position[row], key, row)
            for key, row in self._there(self.functions.present, keys, point)
        ]
        there.sort(reverse=True)
        found = Claims([], [], [])
        for _, same in groupby(there, key=itemgetter(0, 1)):
            at = [each[2:] for each in same]
            companies, chips = self._side_numbers(keys, at)
            found.rows.append(at[0][1])
            found.companies.append(companies)
            found.chips.append(chips)
        return found

    def _side_numbers(self, keys: Keys, at: Sequence[tuple[int, int]]) -> tuple[int, int]:
        """The sides of a claim, given the keys and rows under which it is found."""
        row = at[0][1]
        companies, chips = self.index.rows.companies[row], self.index.rows.chips[row]
        one: Side = (
            (True, (companies,)) if companies else (False, tuple(sorted({keys.companies[key] for key, _ in at})))
        )
        other: Side = (True, (chips,)) if chips else (False, tuple(sorted({keys.chips[key] for key, _ in at})))
        return self._company_sides.number(one), self._chip_sides.number(other)

    def _gate(self, cells: GateCells, claims: Claims) -> tuple[Gate, list[list[int]]]:
        """The claims as the walk takes them; and the companies that have the gate, those alike together."""
        flat, companies = self.functions.flat, len(self.companies.names)
        own: list[list[tuple[int, int]]] = [[] for _ in range(companies)]
        wide: list[int] = []
        classes = [cells.companies]
        for claim, side in enumerate(claims.companies):
            ways = self._company_sides.ways(side)
            if sum(members.bit_count() for members in ways.values()) <= FEW:
                for way, members in ways.items():
                    for place in bits(members):
                        own[place].append((claim, way))
            else:
                wide.append(claim)
        for side in {claims.companies[claim] for claim in wide}:
            for members in self._company_sides.ways(side).values():
                classes = [part for each in classes for part in (each & members, each & ~members) if part]
        starts = [0]
        for each in own:
            starts.append(starts[-1] + len(each))
        used = sorted(set(claims.chips))
        numbers = {side: number for number, side in enumerate(used)}
        words, ways_bits, levels = self._chip_words(used)
        codes = [self.index.rows.code[row] for row in claims.rows]
        gate = Gate(
            flat(codes),
            flat([numbers[side] for side in claims.chips]),
            flat(starts),
            flat([claim for each in own for claim, _ in each]),
            flat([way for each in own for _, way in each]),
            flat(wide),
            flat(self._wide_matches([claims.companies[claim] for claim in wide])),
            flat(words),
            flat(ways_bits),
            flat(levels),
            flat(_words(cells.chips, len(self.chips.names))),
        )
        found = []
        for members in classes:
            alike = [place for place in bits(members) if not own[place]]
            found += [[place] for place in bits(members) if own[place]]
            found += [alike] if alike else []
        return gate, found

    def _wide_matches(self, sides: list[int]) -> bytes:
        """How each of some sides matches each company, company by company."""
        rows: dict[int, bytes] = {}
        for side in set(sides):
            row = bytearray(len(self.companies.names))
            for way, members in self._company_sides.ways(side).items():
                for place in bits(members):
                    row[place] = way
            rows[side] = bytes(row)
        by_claim = b"".join(rows[side] for side in sides)
        count = len(self.companies.names)
        return b"".join(by_claim[place::count] for place in range(count))

    def _chip_words(self, sides: list[int]) -> tuple[list[int], list[int], list[int]]:
        """For sides of chips: the chips by each way to match, as bits in words; and the ways, and the levels, of any."""
        count = len(self.chips.names)
        words: list[int] = []
        ways_bits, levels = [], []
        for side in sides:
            ways = self._chip_sides.ways(side)
            for way in range(1, CHIP_CODES + 1):
                words += _words(ways.get(way, 0), count)
            ways_bits.append(sum(1 << way - 1 for way in ways))
            levels.append(sum({1 << (way - 1 >> 1) for way in ways}))
        return words, ways_bits, levels

    def _room(self, gate: Gate) -> Room:
        chips, words, claims = len(self.chips.names), len(gate.chips), len(gate.codes)
        sizes = (
            chips,
            words,
            PLACES * words,
            PLACES * words,
            3 * claims + 3,
            claims + 1,
            claims,
            claims,
            3 * claims + 3,
        )
        return Room(*(self.functions.flat([0] * size) for size in sizes))


class Plain:
    """The functions as they stand, over lists."""

    is_compiled = False
    threads = 1

    def __init__(self, index: Index) -> None:
        self.rows, self.kinds, self.minima = index.rows, KINDS, MINIMA
        self.present, self.mentioned = board_walk.present, board_walk.mentioned
        self.walk_gate = board_walk.walk_gate
        self.stand_company = board_walk.stand_company

    def flat(self, numbers: Sequence[int]) -> Any:
        """Numbers as the functions take them."""
        return numbers


class Compiled:
    """The functions compiled, over arrays."""

    is_compiled = True

    def __init__(self, index: Index) -> None:
        import numpy

        self._numpy = numpy
        self.rows: Any = Rows(*(self._array(column) for column in index.rows))
        self.kinds, self.minima = self.flat(KINDS), self.flat(MINIMA)
        self.threads = min(cpu_count() or 1, MOST_THREADS)
        made = compiled.compiled().board_walk
        self.present, self.mentioned = made.present, made.mentioned
        self.walk_gate, self.stand_company = made.walk_gate, made.stand_company

    def _array(self, column: Any) -> Any:
        """A column of the index as it lies."""
        return self._numpy.asarray(column)

    def flat(self, numbers: Sequence[int]) -> Any:
        """Numbers as the functions take them; bytes as they lie, without a copy."""
        if isinstance(numbers, (bytes, bytearray)):
            return self._numpy.frombuffer(numbers, self._numpy.uint8)
        return self._numpy.array(numbers, self._numpy.int64)


def _gates(directory: registry.Directory, companies: Members, chips: Members) -> Iterator[GateCells]:
    """The cells of every gate (§1); the gates with the fewest first: a cell that is shut there is not looked at again."""
    homes: dict[str, int] = {}
    controls: dict[str, int] = {}
    for place, name in enumerate(companies.names):
        home = directory.companies[name]["jurisdiction"]
        homes[home] = homes.get(home, 0) | 1 << place
    for place, name in enumerate(chips.names):
        for jurisdiction in set(directory.chips[name]["controlled_by"]):
            controls[jurisdiction] = controls.get(jurisdiction, 0) | 1 << place
    found = [GateCells(registry.Gate(home, "import"), members, chips.every) for home, members in homes.items()]
    for jurisdiction, members in controls.items():
        abroad = companies.every & ~homes.get(jurisdiction, 0)
        found.append(GateCells(registry.Gate(jurisdiction, "export"), abroad, members))
    yield from sorted(found, key=lambda cells: (cells.companies.bit_count() * cells.chips.bit_count(), cells.gate))


def _still_alike(found: bytearray, classes: Iterable[Sequence[int]], width: int) -> list[list[int]]:
    """Classes of companies, split where other gates have answered otherwise."""
    split: list[list[int]] = []
    for members in classes:
        by_row: dict[bytes, list[int]] = {}
        for place in members:
            by_row.setdefault(bytes(found[place * width : (place + 1) * width]), []).append(place)
        split += by_row.values()
    return split


def _spread(found: bytearray, classes: Iterable[Sequence[int]], width: int) -> None:
    """Give the companies of a class what was found for the first of it."""
    for first, *others in classes:
        row = found[first * width : (first + 1) * width]
        for other in others:
            found[other * width : (other + 1) * width] = row


def _words(members: int, count: int) -> list[int]:
    """Bits of a number in words, as many as so many members need."""
    return [members >> start & (1 << WORD) - 1 for start in range(0, max(1, count), WORD)]
