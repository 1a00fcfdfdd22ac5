"""What all cells of a registry answer, at a point of the three clocks.

At each gate the claims of the point are gathered once (``candidates``). Companies that every claim matches alike are
one class, and only one of each class is walked. The functions that do it run as they stand or, from so many rows on
that it pays, compiled; both give the same bytes.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

from policytracker.index import caps, compiled, last_words
from policytracker.index.board_walk import Gate, Room
from policytracker.index.candidates import Candidates, Claims
from policytracker.index.cells import Cells, GateAnswer, Point, with_caps
from policytracker.index.functions import Compiled, Functions, Plain, grown
from policytracker.index.gate_cells import GateCells, gates_of
from policytracker.index.layout import CAPS, section
from policytracker.index.match_tables import Side, bits, members_of
from policytracker.status import directory as registry
from policytracker.status.layers import FULL
from policytracker.status.prevails import PLACES
from policytracker.status.words import CLEARED

PAYS = 20_000_000
"""From so many pairs of a row and a company on, compiled functions are the faster, their loading included."""
FIRST_LAYERS = 1 << 10
LARGEST = 1 << 17
"""Layers that are remembered from one question to the next."""
MOST_ANSWERS = 5_000
"""Answers of a gate that are remembered at once."""
Gates = list[tuple[registry.Gate, GateAnswer]]
"""What the gates of a cell answer, in their order (semantics.md §1)."""


class Ready(NamedTuple):
    """A gate at a point, ready to be walked."""

    cells: GateCells
    claims: Claims
    gate: Gate
    room: Room
    caps: list[caps.Reach]
    answers: dict[tuple[object, ...], GateAnswer]
    """Those that were met, by the possible statuses, the claims that stand, and the conditions that hold."""


class Board:
    """Answers for all cells of one registry. For one thread."""

    def __init__(self, cells: Cells, fast: bool | None = None) -> None:
        """``fast``: whether compiled functions are to be used; None: where they are there, and it pays."""
        self.cells, self.index = cells, cells.index
        pays = self.index.count * len(cells.directory.companies) >= PAYS and compiled.is_there()
        rows = self.index.rows
        self.functions: Functions = Compiled(rows) if (pays if fast is None else fast) else Plain(rows)
        self._candidates = Candidates(cells, self.functions)
        self.companies, self.chips = self._candidates.companies, self._candidates.chips
        self.gates = list(gates_of(cells.directory, self.companies, self.chips))
        self._tables = [self.functions.tables(FIRST_LAYERS, False) for _ in range(self.functions.threads)]
        self._exact = self.functions.tables(FIRST_LAYERS, True)
        self._standing = self.functions.flat([0] * (64 * len(self.chips.names) + 1))
        """Room for the claims that stand at a gate of all cells of a company."""

    def members(self, companies: Side, chips: Side) -> tuple[int, int]:
        """The companies and the chips, as bits, that both sides of a scope match."""
        return members_of(self.companies.ways(companies)), members_of(self.chips.ways(chips))

    def possible(self, point: Point) -> bytes:
        """The possible statuses, as bits: a byte a cell, the chips of the first company first, in the order of ids."""
        found = bytearray([1 << CLEARED]) * (len(self.companies.names) * len(self.chips.names))
        flat, width = self.functions.flat(found), len(self.chips.names)
        for cells in self.gates:
            claims = self._candidates.claims(cells.gate, point)
            gate = self._candidates.gate(claims, cells.chips)
            alike = _still_alike(found, self._classes(cells, claims, gate), width)
            self._walk(gate, [members[0] for members in alike], flat)
            _spread(found, alike, width)
        for cells in self.gates:
            # A cap is the minimum with what it lets through, so it may come last.
            caps.apply(found, width, cells.companies, cells.chips, self._caps(cells.gate, point))
        return bytes(found)

    def _caps(self, gate: registry.Gate, point: Point) -> list[caps.Reach]:
        """The conditions that are imposed and hold at a gate."""
        number = self.cells.gate_number(gate)
        return caps.reach(self.index, section(number, CAPS), point, self.companies, self.chips) if number else []

    def by_gate(self, point: Point) -> Iterator[tuple[GateCells, bytes]]:
        """The possible statuses of every gate on its own; of cells that do not have the gate, no matter what."""
        for cells in self.gates:
            found = bytearray([1 << CLEARED]) * (len(self.companies.names) * len(self.chips.names))
            claims = self._candidates.claims(cells.gate, point)
            gate = self._candidates.gate(claims, cells.chips)
            classes = self._classes(cells, claims, gate)
            self._walk(gate, [members[0] for members in classes], self.functions.flat(found))
            _spread(found, classes, len(self.chips.names))
            reached = self._caps(cells.gate, point)
            caps.apply(found, len(self.chips.names), cells.companies, cells.chips, reached)
            yield cells, bytes(found)

    def _classes(self, cells: GateCells, claims: Claims, gate: Gate) -> list[list[int]]:
        """The companies that have a gate, those together that every claim matches alike."""
        starts = self.functions.plain(gate.own_starts)
        alone = [place for place in bits(cells.companies) if starts[place] < starts[place + 1]]
        classes = [cells.companies & ~sum(1 << place for place in alone)]
        for side in {claims.companies[claim] for claim in self.functions.plain(gate.wide)} if classes[0] else ():
            for members in self.companies.ways(self._candidates.company_sides.sides[side]).values():
                classes = [part for each in classes for part in (each & members, each & ~members) if part]
        return [[place] for place in alone] + [list(bits(members)) for members in classes if members]

    def _walk(self, gate: Gate, companies: list[int], found: Any) -> None:
        """Walk a gate, its companies shared out among threads."""
        shares = [companies[start :: len(self._tables)] for start in range(len(self._tables))]
        if len(shares) == 1:
            self._walk_share(0, gate, companies, found)
            return
        with ThreadPoolExecutor(len(shares)) as threads:
            work = [threads.submit(self._walk_share, place, gate, share, found) for place, share in enumerate(shares)]
            for each in work:
                each.result()

    def _walk_share(self, thread: int, gate: Gate, companies: list[int], found: Any) -> None:
        functions, done, room = self.functions, 0, self._room(gate)
        if self._tables[thread].counts[0] > LARGEST:
            self._tables[thread] = functions.tables(FIRST_LAYERS, False)
        asked = functions.flat(companies)
        while done < len(companies):
            walk = self._tables[thread]
            done = functions.board_walk.walk_gate(gate, walk, room, asked, functions.minima, found, done)
            if done < len(companies):
                self._tables[thread] = grown(functions, walk)

    def answers(self, point: Point, among: Collection[str]) -> Iterator[tuple[str, list[Gates]]]:
        """For each of some companies, in the order of ids, what the gates of its cells answer, chip by chip."""
        ready = [self._ready(cells, point) for cells in self.gates]
        ready.sort(key=lambda each: (each.cells.gate.direction, each.cells.gate.jurisdiction))
        buffers = [self.functions.flat([0] * size) for size in (len(self.chips.names),) * 2]
        for company in self.companies.names:
            if company not in among:
                continue
            place = self.companies.places[company]
            found: list[Gates] = [[] for _ in self.chips.names]
            for each in ready:
                if each.cells.companies >> place & 1:
                    for chip, answer in self._stand(each, place, *buffers):
                        found[chip].append((each.cells.gate, answer))
            yield company, found

    def _ready(self, cells: GateCells, point: Point) -> Ready:
        claims = self._candidates.claims(cells.gate, point)
        gate = self._candidates.gate(claims, cells.chips)
        return Ready(cells, claims, gate, self._room(gate), self._caps(cells.gate, point), {})

    def _stand(self, ready: Ready, company: int, possible: Any, ends: Any) -> Iterator[tuple[int, GateAnswer]]:
        """What a gate answers for the chips of a company that have it."""
        functions, chips = self.functions, len(self.chips.names)
        while True:
            standing = self._standing
            told = (possible, ends, standing)
            size = functions.board_walk.stand_company(ready.gate, self._exact, ready.room, company, chips, *told)
            if size >= 0:
                break
            if size == FULL:
                self._exact = grown(functions, self._exact)
            else:
                self._standing = functions.flat([0] * (4 * len(standing)))
        claims, start = functions.plain(standing[:size]), 0
        reached = caps.of_company(ready.caps, company)
        for chip, (found, end) in enumerate(zip(functions.plain(possible), functions.plain(ends), strict=True)):
            if found:
                told_last_first, held = tuple(claims[start:end]), caps.on_chip(reached, chip)
                key = found, told_last_first, held
                if key not in ready.answers:
                    if len(ready.answers) >= MOST_ANSWERS:
                        ready.answers.clear()
                    first_first = told_last_first[::-1]
                    rows = tuple([ready.claims.rows[each >> 1] for each in first_first])
                    ready.answers[key] = with_caps(found, rows, tuple([each & 1 == 1 for each in first_first]), held)
                yield chip, ready.answers[key]
            start = end

    def last_words(
        self, point: Point, among: Collection[str]
    ) -> Iterator[tuple[str, dict[registry.Gate, list[int | None]]]]:
        """For each of some companies, in the order of ids, by gate the last publication day of each chip's cell."""
        by_gate = [(cells, last_words.at_gate(self._candidates, cells.gate, point)) for cells in self.gates]
        for place, name in enumerate(self.companies.names):
            if name in among:
                here = [(cells, said) for cells, said in by_gate if cells.companies >> place & 1]
                yield name, {cells.gate: said.of(place, self.chips) for cells, said in here}

    def _room(self, gate: Gate) -> Room:
        chips, words, claims = len(self.chips.names), len(gate.chips), len(gate.codes)
        of_words = (PLACES * words, 2 * PLACES * words)
        sizes = (chips, words, *of_words, 3 * claims + 3, claims + 1, claims, claims, 3 * claims + 3)
        return Room(*(self.functions.flat([0] * size) for size in sizes))


def _still_alike(found: bytearray, classes: Iterable[list[int]], width: int) -> list[list[int]]:
    """Classes of companies, split where other gates have answered otherwise."""
    split: list[list[int]] = []
    for members in classes:
        if len(members) == 1:
            split.append(members)
            continue
        by_row: dict[bytes, list[int]] = {}
        for place in members:
            by_row.setdefault(bytes(found[place * width : (place + 1) * width]), []).append(place)
        split += by_row.values()
    return split


def _spread(found: bytearray, classes: Iterable[Sequence[int]], width: int) -> None:
    """Give the companies of a class what was found for the first of it."""
    for first, *others in classes:
        if others:
            row = found[first * width : (first + 1) * width]
            for other in others:
                found[other * width : (other + 1) * width] = row
