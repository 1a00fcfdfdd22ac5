"""Along a path of points, which cells change their answers (semantics.md §2).

Days pass, and something begins or ends; reports are published. Between two such points nothing changes. At a point only
the cells are decided anew that a claim reaches which turns there; of many cells the board of the whole is made.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from itertools import pairwise
from typing import NamedTuple

from policytracker.events.dates import day_of, end_of_day
from policytracker.index.board import Board
from policytracker.index.cells import Point
from policytracker.index.layout import MENTIONS, NEVER
from policytracker.index.match_tables import Side, bits
from policytracker.status.periods import BEFORE_ALL, FOREVER
from policytracker.status.words import minima

FEW = 400
"""So many cells are decided one by one; for more the answers of all cells are compared."""
Pair = tuple[str, str]
"""The ids of a company and of a chip."""


class Turn(NamedTuple):
    """From one point of a path to the next, which differs from it in the day or in what is known."""

    before: Point
    after: Point
    cells: list[Pair]
    """The cells of which the possible statuses change, in order."""


class Turns:
    """The turns of a ledger's answers, as recorded by one instant, for some cells."""

    def __init__(self, board: Board, seen: int, among: Callable[[Pair], bool] | None = None) -> None:
        """``among`` tells which cells are asked for; None: all."""
        self._board, self._seen, self._among = board, seen, among
        self._last: list[tuple[Point, bytes]] = []

    def as_known_then(self, until: Point, most: int) -> Iterator[Turn]:
        """The turns of each day as known then, up to a point; the newest first. Looks back over so many points."""
        path = self._path(until, most)
        days = {after.day for before, after in pairwise(path) if before.known == after.known}
        touched = self._touched(days, {point.known for point in path})
        for after, before in pairwise(reversed(path)):
            if before.known == after.known:
                # What the night changes is told of the last moment of the day before.
                yield from self._turn(before._replace(day=after.day - 1), after, touched[after.day, False])
            else:
                yield from self._turn(before._replace(day=after.day), after, touched[after.known, True])

    def days_ahead(self, start: Point, most: int) -> Iterator[Turn]:
        """The turns of the days after one, as known at its moment, in order. Looks at so many days ahead."""
        rows = self._board.index.rows
        days = sorted(day for day in self._boundaries(rows.day_from, rows.day_to, NEVER) if day > start.day)[:most]
        touched = self._touched(set(days), set())
        for day in days:
            yield from self._turn(start._replace(day=day - 1), start._replace(day=day), touched[day, False])

    def _turn(self, before: Point, after: Point, touched: set[tuple[int, int]]) -> Iterator[Turn]:
        cells = self._changed(before, after, touched)
        if cells:
            yield Turn(before, after, cells)

    def _path(self, until: Point, most: int) -> list[Point]:
        """The last points to which days pass and reports lead. A day begins before what is published on it."""
        rows, last = self._board.index.rows, min(until.known, end_of_day(until.day))
        days = (day for day in self._boundaries(rows.day_from, rows.day_to, NEVER) if day <= until.day)
        moments = (when for when in self._boundaries(rows.known_from, rows.known_to, FOREVER) if when <= last)
        times = sorted({(_beginning(day), False) for day in days} | {(when, True) for when in moments})
        known, path = BEFORE_ALL, [Point(0, BEFORE_ALL, self._seen)]
        for when, is_report in times:
            known = when if is_report else known
            path.append(Point(day_of(when), known, self._seen))
        return path[-most - 1 :]

    def _boundaries(self, begins: Sequence[int], ends: Sequence[int], forever: int) -> set[int]:
        count = self._board.index.count
        return {each for each in {*begins[:count], *ends[:count]} if 0 < each < forever}

    def _changed(self, before: Point, after: Point, touched: set[tuple[int, int]]) -> list[Pair]:
        """The cells whose possible statuses differ at two points, given the companies and chips, as bits, of claims
        that turn in between."""
        if sum(companies.bit_count() * chips.bit_count() for companies, chips in touched) > FEW:
            return self._compared(before, after)
        companies_of, chips_of = self._board.companies.names, self._board.chips.names
        pairs = {
            (companies_of[company], chips_of[chip])
            for companies, chips in touched
            for company in bits(companies)
            for chip in bits(chips)
        }
        asked = sorted(pair for pair in pairs if self._among is None or self._among(pair))
        return [pair for pair in asked if self._possible(pair, before) != self._possible(pair, after)]

    def _possible(self, pair: Pair, point: Point) -> int:
        cells = self._board.cells
        return reduce(minima, (answer.possible for answer in cells.answers(cells.cell(*pair), point)))

    def _compared(self, before: Point, after: Point) -> list[Pair]:
        names, chips = self._board.companies.names, self._board.chips.names
        both = enumerate(zip(self._all(before), self._all(after), strict=True))
        found = ((names[at // len(chips)], chips[at % len(chips)]) for at, (one, other) in both if one != other)
        return [pair for pair in found if self._among is None or self._among(pair)]

    def _all(self, point: Point) -> bytes:
        """The answers of all cells; the last ones are kept, since a path asks for most points twice."""
        for kept, answers in self._last:
            if kept == point:
                return answers
        found = self._board.possible(point)
        self._last = [*self._last[-1:], (point, found)]
        return found

    def _touched(self, days: set[int], moments: set[int]) -> dict[tuple[int, bool], set[tuple[int, int]]]:
        """The companies and chips, as bits, of the claims that begin, or cease, to do something at these times."""
        rows, board = self._board.index.rows, self._board
        sides: dict[tuple[int, bool], set[tuple[Side, Side]]] = {
            **{(day, False): set() for day in days},
            **{(when, True): set() for when in moments},
        }
        for gate, company, chip, first, last in board.index.spans():
            if gate == MENTIONS:
                continue
            for row in range(first, last):
                turning = [(day, False) for day in (rows.day_from[row], rows.day_to[row]) if day in days]
                turning += [(when, True) for when in (rows.known_from[row], rows.known_to[row]) if when in moments]
                if turning and rows.seen_from[row] <= self._seen < rows.seen_to[row]:
                    side = _side(rows.companies[row], company), _side(rows.chips[row], chip)
                    for each in turning:
                        sides[each].add(side)
        return {when: {board.members(*side) for side in found} for when, found in sides.items()}


def _side(expression: int, term: int) -> Side:
    return (True, (expression,)) if expression else (False, (term,))


def _beginning(day: int) -> int:
    """The moment 00:00 of a day; 24:00 of the day before comes just before it."""
    return end_of_day(day - 1) + 1
