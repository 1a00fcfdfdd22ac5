"""What a cell answers along a clock: over the days as known at one moment, or over the publications for one day."""

from collections.abc import Iterator
from typing import NamedTuple

from policytracker.index import along, compiled
from policytracker.index.cells import SILENT, Cap, Cell, Cells, GateAnswer, Point, with_caps
from policytracker.index.functions import Compiled, Functions, Plain, grown
from policytracker.index.layout import CAPS, CLAIMS, MENTIONS, NEVER, Numbers, position_of, section
from policytracker.index.selection import higher, kind_at, match_at
from policytracker.status.periods import FOREVER
from policytracker.status.prevails import POSSIBLY
from policytracker.status.walk import FULL, Tables

PAYS = 4_000
"""From so many claims on a gate on, a compiled sweep is the faster."""
FIRST_LAYERS = 1 << 10


class Clock(NamedTuple):
    """The clock along which is gone, and the two that stand still, as columns of the index."""

    begins: Numbers
    ends: Numbers
    forever: int
    """What ends here or later does not end."""
    still: tuple[tuple[Numbers, Numbers, int], ...]
    """From and to which value a row tells of the others, and the values at which they stand."""


class Along(NamedTuple):
    """What a gate answers from each turn of a clock on, in order; and the claims that turn there."""

    answers: list[tuple[int, GateAnswer]]
    turning: dict[int, set[tuple[int, int]]]
    """By turn the claims for which something begins or ends: what orders each, and its position."""


class Paths:
    """Goes along a clock for the cells of one registry."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells
        self._plain: Functions = Plain(cells.index.rows)
        self._compiled: Functions | None = None
        self._tables: dict[Functions, Tables] = {self._plain: self._plain.tables(256, True)}

    def days(self, cell: Cell, point: Point) -> list[Along]:
        """What the gates of a cell answer from day to day, whatever the day of the point."""
        return self._along(cell, self._over_days(point))

    def gate_days(self, cell: Cell, gate: int, point: Point) -> list[tuple[int, GateAnswer]]:
        """The same of one gate, by its number: what it answers from each day on."""
        return self._of_gate(cell, gate, self._over_days(point)).answers

    def _over_days(self, point: Point) -> Clock:
        rows = self.cells.index.rows
        still = (rows.known_from, rows.known_to, point.known), (rows.seen_from, rows.seen_to, point.seen)
        return Clock(rows.day_from, rows.day_to, NEVER, still)

    def publications(self, cell: Cell, point: Point) -> list[Along]:
        """What they answer from publication to publication, whatever the moment of the point."""
        rows = self.cells.index.rows
        still = (rows.day_from, rows.day_to, point.day), (rows.seen_from, rows.seen_to, point.seen)
        return self._along(cell, Clock(rows.known_from, rows.known_to, FOREVER, still))

    def _along(self, cell: Cell, clock: Clock) -> list[Along]:
        return [self._of_gate(cell, number, clock) if number else Along([], {}) for _, number in cell.gates]

    def _of_gate(self, cell: Cell, gate: int, clock: Clock) -> Along:
        kinds, rows, begins, ends = self._claims(cell, section(gate, CLAIMS), clock)
        turning: dict[int, set[tuple[int, int]]] = {}
        self._note(turning, rows, begins, ends)
        turns = sorted(turn for turn in turning if turn < clock.forever)
        answers = []
        for turn, possible, told in self._swept(kinds, begins, ends, turns, clock.forever):
            standing = tuple([rows[each >> 1] for each in told])
            answers.append((turn, GateAnswer(possible, standing, tuple([each & 1 == 1 for each in told]))))
        if not self.cells.index.has(section(gate, CAPS)):
            return Along(answers, turning)
        kinds, rows, begins, ends = self._claims(cell, section(gate, CAPS), clock)
        self._note(turning, rows, begins, ends)
        held = [
            (begin, end, Cap(row, not kind & POSSIBLY))
            for kind, row, begin, end in zip(kinds[::-1], rows[::-1], begins[::-1], ends[::-1], strict=True)
        ]
        return Along(list(_capped(answers, held, clock.forever)), turning)

    def _note(
        self, turning: dict[int, set[tuple[int, int]]], rows: list[int], begins: list[int], ends: list[int]
    ) -> None:
        """Take down which claims turn when."""
        columns = self.cells.index.rows
        for row, begin, end in zip(rows, begins, ends, strict=True):
            claim = columns.order[row], columns.claim[row]
            turning.setdefault(begin, set()).add(claim)
            turning.setdefault(end, set()).add(claim)

    def _claims(self, cell: Cell, number: int, clock: Clock) -> tuple[list[int], list[int], list[int], list[int]]:
        """Kinds, rows, begins and ends of the claims in a section of a gate along a clock, the last of §6 first."""
        rows = self.cells.index.rows
        (one_from, one_to, one), (other_from, other_to, other) = clock.still
        of_company, of_chip = cell.company.matches, cell.chip.matches
        found: dict[tuple[int, int, int, int], tuple[int, int]] = {}
        for first, last, place in self.cells.index.ranges(number, cell.company.terms, cell.chip.terms):
            for row in range(first, last):
                if one_from[row] <= one < one_to[row] and other_from[row] <= other < other_to[row]:
                    match = match_at(rows, row, place, of_company, of_chip)
                    if match >= 0:
                        claim = rows.order[row], rows.claim[row], clock.begins[row], clock.ends[row]
                        there = found.get(claim)
                        found[claim] = (match if there is None else higher(match, there[0])), row
        ordered = sorted(found.items(), reverse=True)
        kinds = [kind_at(rows.code[row], match) for _, (match, row) in ordered]
        return kinds, [row for _, (_, row) in ordered], [c[2] for c, _ in ordered], [c[3] for c, _ in ordered]

    def _swept(
        self, kinds: list[int], begins: list[int], ends: list[int], turns: list[int], forever: int
    ) -> Iterator[tuple[int, int, list[int]]]:
        """The turns at which it is decided anew: each with what is possible, and which claims stand, by place."""
        functions = self._functions(len(kinds) >= PAYS)
        flat = functions.flat
        by_begin = sorted(range(len(kinds)), key=begins.__getitem__)
        claims = along.Claims(flat(kinds), flat(begins), flat(ends), flat(by_begin))
        size, more = len(kinds), 4
        while True:
            room = along.Room(*(flat([0] * (each + 1)) for each in (size, size, size, size, size, 3 * size)))
            lengths = (len(turns), len(turns), len(turns), more * (size + len(turns)))
            found = along.Answers(*(flat([0] * each) for each in lengths))
            walk = self._tables[functions]
            decided = functions.along.decide_along(claims, flat(turns), forever, walk, room, found)
            if decided == FULL:
                self._tables[functions] = grown(functions, walk)
            elif decided == along.NO_ROOM:
                more *= 4
            else:
                break
        start = 0
        for turn, possible, end in zip(*(functions.plain(each[:decided]) for each in found[:3]), strict=True):
            yield turns[turn], possible, functions.plain(found.standing[start:end])
            start = end

    def _functions(self, pays: bool) -> Functions:
        """The functions as they stand; compiled, where that pays and numba is there."""
        if pays and self._compiled is None and compiled.is_there():
            self._compiled = Compiled(self.cells.index.rows)
            self._tables[self._compiled] = self._compiled.tables(FIRST_LAYERS, True)
        return self._compiled if pays and self._compiled is not None else self._plain

    def reported(self, cell: Cell) -> dict[int, set[int]]:
        """By moment the positions of claims that may match a cell and of which something becomes known then."""
        rows = self.cells.index.rows
        found: dict[int, set[int]] = {}
        for number in (section(number, MENTIONS) for _, number in cell.gates if number):
            for first, last, _ in self.cells.index.ranges(number, cell.company.terms, cell.chip.terms):
                for row in range(first, last):
                    found.setdefault(rows.known_from[row], set()).add(position_of(rows.claim[row]))
        return found


def _capped(
    answers: list[tuple[int, GateAnswer]], held: list[tuple[int, int, Cap]], forever: int
) -> Iterator[tuple[int, GateAnswer]]:
    """Answers along a clock under conditions that are imposed, each from and to a turn."""
    turns = {turn for turn, _ in answers} | {turn for begin, end, _ in held for turn in (begin, end)}
    place, answer = 0, SILENT
    for turn in sorted(turn for turn in turns if turn < forever):
        while place < len(answers) and answers[place][0] <= turn:
            answer = answers[place][1]
            place += 1
        caps = tuple(cap for begin, end, cap in held if begin <= turn < end)
        yield turn, with_caps(answer.possible, answer.standing, answer.surely, caps)
