"""Along a path of points, which cells change their answers (semantics.md §2).

Days pass, and something begins or ends, or the registry changes; reports are published. Between two such points nothing
changes. At a point only the cells are decided anew that a claim reaches which turns there, or that a registration
concerns; of many cells the board of the whole is made.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from policytracker.events.dates import day_of, end_of_day
from policytracker.index.board import Board
from policytracker.index.by_day import CellsByDay
from policytracker.index.cells import Point
from policytracker.index.layout import MENTIONS, NEVER, sort_of
from policytracker.index.match_tables import Members, Side, bits
from policytracker.status.periods import BEFORE_ALL, FOREVER
from policytracker.status.registry import OF_CHIPS, Change
from policytracker.status.words import together

FEW = 400
"""So many cells are decided one by one; for more the answers of all cells are compared."""
Pair = tuple[str, str]
"""The ids of a company and of a chip."""
Touched = tuple[int, int]
"""Companies and chips, as bits."""


class Turn(NamedTuple):
    """From one point of a path to the next, which differs from it in the day or in what is known."""

    before: Point
    after: Point
    cells: list[Pair]
    """The cells of which the possible statuses change, in order."""
    statuses: list[tuple[int, int]]
    """Of each its possible statuses before and after, as bits."""


class Asked(NamedTuple):
    """The cells that are asked for: those of a company, of a chip, of both; where none is given, all."""

    company: str | None = None
    chip: str | None = None

    def within(self, board: Board) -> tuple[int, int]:
        """The companies and the chips of a board that are asked for, as bits."""
        return _of(board.companies, self.company), _of(board.chips, self.chip)


EVERY = Asked()


class Turns:
    """The turns of a ledger's answers, as recorded by one instant, for some cells."""

    def __init__(self, by_day: CellsByDay, seen: int, asked: Asked = EVERY) -> None:
        self._by_day, self._index, self._seen, self._asked = by_day, by_day.index, seen, asked
        self._last: list[tuple[Point, bytes]] = []

    def as_known_then(self, until: Point, most: int) -> Iterator[Turn]:
        """The turns of each day as known then, up to a point; the newest first. Looks back over so many points."""
        path = self._path(until, most)
        days = {after.day for before, after in pairwise(path) if before.known == after.known}
        sides = self._turning(days, {point.known for point in path})
        for after, before in pairwise(reversed(path)):
            if before.known == after.known:
                # What the night changes is told of the last moment of the day before.
                yield from self._turn(before._replace(day=after.day - 1), after, sides[after.day, False])
            else:
                yield from self._turn(before._replace(day=after.day), after, sides[after.known, True])

    def days_ahead(self, start: Point, most: int, most_touching: int | None = None) -> Iterator[Turn]:
        """The turns of the days after one, as known at its moment, in order.

        Looks at so many days ahead, and no further than so many on which something turns that reaches the cells.
        """
        days = sorted(day for day in self._days() if day > start.day)[:most]
        sides, left = self._turning(set(days), set()), most if most_touching is None else most_touching
        for day in days:
            before, after = start._replace(day=day - 1), start._replace(day=day)
            touched = self._touched(before, after, sides[day, False])
            if touched and left == 0:
                return
            left -= bool(touched)
            changed = self._changed(before, after, touched)
            if changed:
                yield Turn(before, after, list(changed), list(changed.values()))

    def _turn(self, before: Point, after: Point, turning: set[tuple[Side, Side]]) -> Iterator[Turn]:
        changed = self._changed(before, after, self._touched(before, after, turning))
        if changed:
            yield Turn(before, after, list(changed), list(changed.values()))

    def _path(self, until: Point, most: int) -> list[Point]:
        """The last points to which days pass and reports lead. A day begins before what is published on it."""
        rows, last = self._index.rows, min(until.known, end_of_day(until.day))
        days = (day for day in self._days() if day <= until.day)
        moments = (when for when in self._boundaries(rows.known_from, rows.known_to, FOREVER) if when <= last)
        times = sorted({(_beginning(day), False) for day in days} | {(when, True) for when in moments})
        known, path = BEFORE_ALL, [Point(0, BEFORE_ALL, self._seen)]
        for when, is_report in times:
            known = when if is_report else known
            path.append(Point(day_of(when), known, self._seen))
        return path[-most - 1 :]

    def _days(self) -> set[int]:
        """The days on which claims begin or cease to do something, and those on which the registry changes."""
        rows = self._index.rows
        return {*self._boundaries(rows.day_from, rows.day_to, NEVER), *self._by_day.registry.days}

    def _boundaries(self, begins: Sequence[int], ends: Sequence[int], forever: int) -> set[int]:
        count = self._index.count
        return {each for each in {*begins[:count], *ends[:count]} if 0 < each < forever}

    def _touched(self, before: Point, after: Point, turning: set[tuple[Side, Side]]) -> set[Touched]:
        """The cells asked for that something reaches which turns between two points, given the scopes of the claims."""
        was, now = self._by_day.board(before.day), self._by_day.board(after.day)
        touched = {now.members(*sides) for sides in turning}
        if self._by_day.registry.since(before.day) != self._by_day.registry.since(after.day):
            touched |= {was.members(*sides) for sides in turning}
            touched |= _differing(was, now, self._by_day.registry.changes[after.day])
        asked = self._asked.within(now)
        within = {(companies & asked[0], chips & asked[1]) for companies, chips in touched}
        return {each for each in within if all(each)}

    def _changed(self, before: Point, after: Point, touched: set[Touched]) -> dict[Pair, tuple[int, int]]:
        """The cells among some, of which every one must be that changes, whose possible statuses differ."""
        now = self._by_day.board(after.day)
        if sum(companies.bit_count() * chips.bit_count() for companies, chips in touched) > FEW:
            return self._compared(before, after)
        pairs = {
            (now.companies.names[company], now.chips.names[chip])
            for companies, chips in touched
            for company in bits(companies)
            for chip in bits(chips)
        }
        found = ((pair, (self._possible(pair, before), self._possible(pair, after))) for pair in sorted(pairs))
        return {pair: statuses for pair, statuses in found if statuses[0] != statuses[1]}

    def _possible(self, pair: Pair, point: Point) -> int:
        cells = self._by_day.cells(point.day)
        return together(answer.possible for answer in cells.answers(cells.cell(*pair), point))

    def _compared(self, before: Point, after: Point) -> dict[Pair, tuple[int, int]]:
        board = self._by_day.board(after.day)
        asked = self._asked.within(board)
        names, chips = board.companies.names, board.chips.names
        found: dict[Pair, tuple[int, int]] = {}
        for at, statuses in enumerate(zip(self._all(before), self._all(after), strict=True)):
            company, chip = divmod(at, len(chips))
            if statuses[0] != statuses[1] and asked[0] >> company & 1 and asked[1] >> chip & 1:
                found[names[company], chips[chip]] = statuses
        return found

    def _all(self, point: Point) -> bytes:
        """The answers of all cells; the last ones are kept, since a path asks for most points twice."""
        for kept, answers in self._last:
            if kept == point:
                return answers
        found = self._by_day.board(point.day).possible(point)
        self._last = [*self._last[-1:], (point, found)]
        return found

    def _turning(self, days: set[int], moments: set[int]) -> dict[tuple[int, bool], set[tuple[Side, Side]]]:
        """The scopes of the claims that begin, or cease, to do something at these times."""
        rows = self._index.rows
        found: dict[tuple[int, bool], set[tuple[Side, Side]]] = {
            **{(day, False): set() for day in days},
            **{(when, True): set() for when in moments},
        }
        for number, company, chip, first, last in self._index.spans():
            if sort_of(number) == MENTIONS:
                continue
            for row in range(first, last):
                turning = [(day, False) for day in (rows.day_from[row], rows.day_to[row]) if day in days]
                turning += [(when, True) for when in (rows.known_from[row], rows.known_to[row]) if when in moments]
                if turning and rows.seen_from[row] <= self._seen < rows.seen_to[row]:
                    sides = _side(rows.companies[row], company), _side(rows.chips[row], chip)
                    for each in turning:
                        found[each].add(sides)
        return found


def _differing(was: Board, now: Board, changes: Iterable[Change]) -> set[tuple[int, int]]:
    """Companies with chips, as bits, that may be answered otherwise by another registry, given what changes in it."""
    companies, chips = was.companies.differing(now.companies), was.chips.differing(now.chips)
    for change in changes:
        if change.kind == "chip-registered" and change.differs_in(OF_CHIPS):
            chips |= 1 << now.chips.places[change.subject[1]]
        if change.kind == "group-defined" and change.may_close_a_pool():
            companies = now.companies.every
    return {(companies, now.chips.every), (now.companies.every, chips)}


def _of(members: Members, name: str | None) -> int:
    """All, or one of them if it is on the board, as bits."""
    if name is None:
        return members.every
    return 1 << members.places[name] if name in members.places else 0


def _side(expression: int, term: int) -> Side:
    return (True, (expression,)) if expression else (False, (term,))


def _beginning(day: int) -> int:
    """The moment 00:00 of a day; 24:00 of the day before comes just before it."""
    return end_of_day(day - 1) + 1
