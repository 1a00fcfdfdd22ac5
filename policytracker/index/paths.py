"""What a cell answers along a clock: over the days as known at one moment, or over the publications for one day.

Over the days, a path is cut where the registry of the cell changes; between two cuts the cell's gates, and how claims
match it, stay the same (semantics.md §2).
"""

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from policytracker.index import along, compiled
from policytracker.index.by_day import CellOverDays, CellsByDay
from policytracker.index.cells import SILENT, Cap, Cell, GateAnswer, Point, with_caps
from policytracker.index.functions import Compiled, Functions, Plain, grown
from policytracker.index.layout import CAPS, CLAIMS, MENTIONS, Numbers, position_of, section
from policytracker.index.selection import higher, kind_at, match_at
from policytracker.status.layers import FULL, Tables
from policytracker.status.periods import BEFORE_ALL, FOREVER
from policytracker.status.prevails import POSSIBLY

PAYS = 4_000
"""From so many claims on a gate on, a compiled sweep is the faster."""
FIRST_LAYERS = 1 << 10


class Clock(NamedTuple):
    """The part of a clock along which is gone, and the two clocks that stand still, as columns of the index."""

    begins: Numbers
    ends: Numbers
    first: int
    forever: int
    """What ends here or later does not end."""
    still: tuple[tuple[Numbers, Numbers, int], ...]
    """From and to which value a row tells of the others, and the values at which they stand."""


class Along(NamedTuple):
    """What a gate answers from each turn of a clock on, in order; and the claims that turn there."""

    answers: list[tuple[int, GateAnswer]]
    """Before the first of them it is silent."""
    turning: dict[int, set[tuple[int, int]]]
    """By turn the claims for which something begins or ends: what orders each, and the rest of it."""


def at(along: Along, when: int) -> GateAnswer:
    """What a gate answers at a time of the clock."""
    place = bisect_right(along.answers, when, key=lambda turn: turn[0])
    return along.answers[place - 1][1] if place else SILENT


class OverDays(NamedTuple):
    """What the gates of a cell answer over days on which its registry stays the same."""

    days: CellOverDays
    gates: list[Along]
    """What each answers from a day on; the first of them is at the earliest the first of these days."""


class Paths:
    """Goes along a clock for cells, as recorded by one instant."""

    def __init__(self, by_day: CellsByDay) -> None:
        self.by_day, self.index = by_day, by_day.index
        self._plain: Functions = Plain(self.index.rows)
        self._compiled: Functions | None = None
        self._tables: dict[Functions, Tables] = {self._plain: self._plain.tables(256, True)}

    def days(self, company: str, chip: str, point: Point) -> list[OverDays]:
        """What the gates of a registered company and chip answer from day to day, whatever the day of the point."""
        return [
            OverDays(days, self._along(days.cell, self._over_days(days, point)))
            for days in self.by_day.cell(company, chip)
        ]

    def gate_days(self, days: CellOverDays, gate: int, point: Point) -> Along:
        """The same of one gate, by its number, on some of the days."""
        return self._of_gate(days.cell, gate, self._over_days(days, point))

    def _over_days(self, days: CellOverDays, point: Point) -> Clock:
        rows = self.index.rows
        still = (rows.known_from, rows.known_to, point.known), (rows.seen_from, rows.seen_to, point.seen)
        return Clock(rows.day_from, rows.day_to, days.first, days.end, still)

    def publications(self, cell: Cell, point: Point) -> list[Along]:
        """What the gates of a cell answer from publication to publication, whatever the moment of the point."""
        rows = self.index.rows
        still = (rows.day_from, rows.day_to, point.day), (rows.seen_from, rows.seen_to, point.seen)
        return self._along(cell, Clock(rows.known_from, rows.known_to, BEFORE_ALL, FOREVER, still))

    def _along(self, cell: Cell, clock: Clock) -> list[Along]:
        return [self._of_gate(cell, number, clock) if number else Along([], {}) for _, number in cell.gates]

    def _of_gate(self, cell: Cell, gate: int, clock: Clock) -> Along:
        turning: dict[int, set[tuple[int, int]]] = {}
        kinds, rows, begins, ends = self._claims(cell, section(gate, CLAIMS), clock, turning)
        turns = sorted({turn for turn in (*begins, *ends) if turn < clock.forever})
        answers = []
        for turn, possible, told in self._swept(kinds, begins, ends, turns, clock.forever):
            standing = tuple([rows[each >> 1] for each in told])
            answers.append((turn, GateAnswer(possible, standing, tuple([each & 1 == 1 for each in told]))))
        if not self.index.has(section(gate, CAPS)):
            return Along(answers, turning)
        kinds, rows, begins, ends = self._claims(cell, section(gate, CAPS), clock, turning)
        held = [
            (begin, end, Cap(row, not kind & POSSIBLY))
            for kind, row, begin, end in zip(kinds[::-1], rows[::-1], begins[::-1], ends[::-1], strict=True)
        ]
        return Along(list(_capped(answers, held, clock.forever)), turning)

    def _claims(
        self, cell: Cell, number: int, clock: Clock, turning: dict[int, set[tuple[int, int]]]
    ) -> tuple[list[int], list[int], list[int], list[int]]:
        """Kinds, rows, begins and ends of the claims in a section of a gate along a clock, the last of §6 first.

        Takes down in ``turning`` which claims turn when.
        """
        columns = self.index.rows
        kinds, rows, begins, ends = [], [], [], []
        for (order, claim, begin, end), (match, row) in sorted(self._found(cell, number, clock).items(), reverse=True):
            for turn in (begin, end):
                if clock.first <= turn <= clock.forever:
                    turning.setdefault(turn, set()).add((order, claim))
            if begin < clock.forever and end > clock.first:
                kinds.append(kind_at(columns.code[row], match))
                rows.append(row)
                begins.append(max(begin, clock.first))
                ends.append(end)
        return kinds, rows, begins, ends

    def _found(self, cell: Cell, number: int, clock: Clock) -> dict[tuple[int, int, int, int], tuple[int, int]]:
        """The claims that match a cell, with the part of the clock over which each holds in one way: match and row."""
        rows = self.index.rows
        (one_from, one_to, one), (other_from, other_to, other) = clock.still
        of_company, of_chip = cell.company.matches, cell.chip.matches
        found: dict[tuple[int, int, int, int], tuple[int, int]] = {}
        for first, last, place in self.index.ranges(number, cell.company.terms, cell.chip.terms):
            for row in range(first, last):
                if one_from[row] <= one < one_to[row] and other_from[row] <= other < other_to[row]:
                    match = match_at(rows, row, place, of_company, of_chip)
                    if match >= 0:
                        claim = rows.order[row], rows.claim[row], clock.begins[row], clock.ends[row]
                        there = found.get(claim)
                        found[claim] = (match if there is None else higher(match, there[0])), row
        return found

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
            self._compiled = Compiled(self.index.rows)
            self._tables[self._compiled] = self._compiled.tables(FIRST_LAYERS, True)
        return self._compiled if pays and self._compiled is not None else self._plain

    def reported(self, cell: Cell) -> dict[int, set[int]]:
        """By moment the positions of claims that may match a cell and of which something becomes known then."""
        rows = self.index.rows
        found: dict[int, set[int]] = {}
        for number in (section(number, MENTIONS) for _, number in cell.gates if number):
            for first, last, _ in self.index.ranges(number, cell.company.terms, cell.chip.terms):
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
