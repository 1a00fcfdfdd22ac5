"""What one cell answers, gate by gate, at a point of the three clocks."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, cast

from policytracker.index.index import Index, Range, Terms
from policytracker.index.layout import CAPS, CLAIMS, MENTIONS, Rows, position_of, section, start_of
from policytracker.index.matches import Matches, OneSide, Texts
from policytracker.index.selection import Point as Point
from policytracker.index.selection import higher, is_there, kind_at, latest, match_at, select
from policytracker.status.binding import IN_EVERY, Bound, binding
from policytracker.status.directory import Directory, Gate
from policytracker.status.periods import CERTAIN, CONDITIONS, GRANTED, REQUIRED
from policytracker.status.prevails import KINDS, PLACE_SHIFT, POSSIBLY
from policytracker.status.terms import terms_of_chip, terms_of_company
from policytracker.status.walk import Walk
from policytracker.status.words import ANY, CLEARED, capped

MOST_SIDES = 5_000
"""Companies, and chips, of which terms and matches are remembered at once."""


class Cap(NamedTuple):
    """A condition that is imposed and holds at a gate."""

    row: int
    certain: bool


class GateAnswer(NamedTuple):
    """What a gate answers."""

    possible: int
    """Its possible statuses, as bits."""
    standing: tuple[int, ...]
    """The rows of the claims that stand in at least one possible world, in the order of §6."""
    surely: tuple[bool, ...]
    """For each whether it stands in every possible world."""
    caps: tuple[Cap, ...] = ()
    """The conditions that are imposed and hold there, in the order of §6."""

    @property
    def is_silent(self) -> bool:
        """Whether no restriction and no permission holds there (§7): the last that does stands in a possible world."""
        return not self.standing

    @property
    def if_open(self) -> int:
        """Its possible statuses, if it were open should it be silent (§7)."""
        return capped(1 << CLEARED, (cap.certain for cap in self.caps)) if self.is_silent else self.possible


SILENT = GateAnswer(ANY, (), ())
"""What a gate answers of which no claim tells."""


def with_caps(possible: int, standing: tuple[int, ...], surely: tuple[bool, ...], caps: tuple[Cap, ...]) -> GateAnswer:
    """What a gate answers, given what its restrictions and permissions come to, and the conditions that hold."""
    return GateAnswer(capped(possible, (cap.certain for cap in caps)), standing, surely, caps)


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


class _LicencesDoubted:
    """The codes of rows, as if every licence might not hold."""

    def __init__(self, codes: Sequence[int]) -> None:
        self._codes = codes

    def __getitem__(self, row: int) -> int:
        code = self._codes[row]
        return code & ~CERTAIN if code & GRANTED else code


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
        return Cell(self.company(company), self.chip(chip), [(gate, self.gate_number(gate)) for gate in gates])

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
        kinds, rows = self._selected(cell, gate, point)
        possible, standing, surely = self._walk.outcome(kinds)
        return with_caps(possible, tuple([rows[place] for place in standing]), surely, self.caps(cell, gate, point))

    def caps(self, cell: Cell, gate: int, point: Point) -> tuple[Cap, ...]:
        """The conditions that are imposed and hold at a gate of a cell, in the order of §6."""
        if not self.index.has(section(gate, CAPS)):
            return ()
        held = self._holding(cell, section(gate, CAPS), point)
        return tuple(Cap(row, not kind & POSSIBLY) for kind, row in held)

    def holding(self, cell: Cell, gate: int, point: Point) -> list[tuple[int, int]]:
        """All restrictions and permissions that hold at a gate of a cell: kind and row, in the order of §6."""
        return self._holding(cell, section(gate, CLAIMS), point)

    def binding(self, cell: Cell | None, gate: int, point: Point, answer: GateAnswer) -> list[tuple[int, bool]]:
        """The rows of the claims whose own conditions bind in some possible world, and whether in every one (§8).

        In the order of §6, conditions that are imposed last. The cell is needed where a licence stands.
        """
        code = self.index.rows.code
        found = list(zip(answer.standing, answer.surely, strict=True))
        if cell is not None and any(code[row] & GRANTED for row in answer.standing):
            held = self._beside_licences(cell, gate, point)
            told = binding(tuple([bound for _, bound in held]))
            found = [(row, n == IN_EVERY) for (row, _), n in zip(held, told, strict=True) if n][::-1]
        binds = [(row, surely) for row, surely in found if code[row] & CONDITIONS]
        return binds + [(cap.row, cap.certain) for cap in answer.caps]

    def _beside_licences(self, cell: Cell, gate: int, point: Point) -> list[tuple[int, Bound]]:
        """The claims on which it turns whose conditions bind at a gate, each with its row, the last first.

        The duties that a licence overrides are among them: licences are selected as if they might not hold.
        """
        rows, sides = self.index.rows, (cell.company.matches, cell.chip.matches)
        doubted = rows._replace(code=cast(Any, _LicencesDoubted(rows.code)))
        found = []
        for kind, row in zip(*self._selected(cell, gate, point, doubted), strict=True):
            code, place = rows.code[row], kind >> PLACE_SHIFT
            if code & GRANTED:
                # Whether it matches certainly does not hang on where: only how specific it is does.
                kind = kind_at(code, 2 * place + (match_at(rows, row, place, *sides) & 1))
            found.append((row, Bound(kind, bool(code & GRANTED), bool(code & REQUIRED))))
        return found

    def _holding(self, cell: Cell, number: int, point: Point) -> list[tuple[int, int]]:
        """The claims of a section of a gate that hold: kind and row, in the order of §6."""
        rows = self.index.rows
        found: dict[tuple[int, int], tuple[int, int]] = {}
        for first, last, place in self.index.ranges_on(number, cell.company.terms, cell.chip.terms, point.day):
            for row in range(first, last):
                if is_there(rows, row, *point):
                    match = match_at(rows, row, place, cell.company.matches, cell.chip.matches)
                    if match >= 0:
                        claim = rows.order[row], rows.claim[row]
                        other = found.get(claim)
                        found[claim] = (match if other is None else higher(match, other[0])), row
        return [(kind_at(rows.code[row], match), row) for _, (match, row) in sorted(found.items())]

    def _selected(
        self, cell: Cell, gate: int, point: Point, rows: Rows | None = None
    ) -> tuple[tuple[int, ...], list[int]]:
        """The kinds and the rows of the claims that can decide a gate; ``rows`` in place of those of the index."""
        ranges = self.index.ranges_on(section(gate, CLAIMS), cell.company.terms, cell.chip.terms, point.day)
        rows, room = rows or self.index.rows, 128
        while True:
            found = [0] * room
            sides = cell.company.matches, cell.chip.matches
            size = select(rows, _lists(ranges), len(ranges), KINDS, *sides, point, found)
            if size >= 0:
                return tuple(found[: 2 * size : 2]), found[1 : 2 * size : 2]
            room *= 4

    def last_words(self, cell: Cell, point: Point) -> list[int | None]:
        """For each gate the last publication day of the known reports on claims there, and on events about them."""
        return [self._last_word(cell, number, point) if number else None for _, number in cell.gates]

    def _last_word(self, cell: Cell, gate: int, point: Point) -> int | None:
        # A zone may be a day ahead of UTC.
        day = min(point.known // (2 * 86_400) + 1, 4_000_000)
        ranges = self.index.ranges_on(section(gate, MENTIONS), cell.company.terms, cell.chip.terms, day)
        sides = cell.company.matches, cell.chip.matches
        order = latest(self.index.rows, _lists(ranges), len(ranges), *sides, point)
        return None if order < 0 else start_of(order)

    def positions(self, cell: Cell) -> set[int]:
        """The positions of the claims at the gates of a cell that may match it at some moment."""
        sections = [section(number, MENTIONS) for _, number in cell.gates if number]
        ranges = [each for one in sections for each in self.index.ranges(one, cell.company.terms, cell.chip.terms)]
        return {position_of(claim) for first, last, _ in ranges for claim in self.index.rows.claim[first:last]}

    def company(self, company: str) -> Side:
        """A registered company: under which terms claims find it."""
        if company not in self._companies:
            terms = _numbered(terms_of_company(self.directory.company_selectors(company)), self.numbers.companies)
            _bound(self._companies)[company] = Side(terms, self.matches.of_company(company))
        return self._companies[company]

    def chip(self, chip: str) -> Side:
        """A registered chip: under which terms claims find it."""
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
