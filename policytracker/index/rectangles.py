"""All answers over effective days × published moments, as rectangles in which nothing turns (semantics.md §2).

A story is what one gate answers: rectangles in the order of their moments. Of those that cover a point the last counts.
Gates that the same claims reach in the same way share a story.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from typing import NamedTuple

from policytracker.index.cells import Cell, GateAnswer, Point
from policytracker.index.layout import MENTIONS, start_of
from policytracker.index.paths import Paths
from policytracker.index.selection import match_at
from policytracker.status.directory import Gate
from policytracker.status.periods import FOREVER
from policytracker.status.words import ANY, lowest, minima

ALWAYS = 0
"""A day before every day."""
Pair = tuple[str, str]
Conditions = tuple[tuple[str, str], ...]
"""Conditions that bind, each with its wording."""
Reports = tuple[tuple[int, int | None], ...]
"""The last publication day from each of these moments on; None: no report."""
Steps = list[tuple[int, int]]
"""Answers by number, each from a day on; the first is from ALWAYS on."""


class Rectangle(NamedTuple):
    """An answer from a moment on, for the days ``[day_from, day_to)``, until a later rectangle tells of them."""

    known_from: int
    day_from: int
    """ALWAYS: from the beginning on."""
    day_to: int | None
    """None: for good."""
    answer: int
    """Its number among the answers."""

    def covers(self, day: int) -> bool:
        """Whether it tells of a day."""
        return self.day_from <= day and (self.day_to is None or day < self.day_to)


Story = tuple[Rectangle, ...]


class GateTold(NamedTuple):
    """The answer of a gate, as much of it as ``state`` tells."""

    possible: int
    """Its possible statuses, as bits."""
    claims: tuple[str, ...]
    """Ids of the claims that stand in some possible world, in the order of §6."""
    conditions: Conditions
    """Those that bind on these claims; of one key, the later word."""


class CellTold(NamedTuple):
    """The answer of a cell at one point, as much of it as ``state`` tells."""

    possible: int
    held_by: list[Gate]
    gates: list[tuple[Gate, GateTold]]
    conditions: dict[str, str]
    last_report: int | None


class Answers:
    """Every answer that a gate comes to, by number; 0 is that of a gate where no claim holds.

    The claims that stand are kept as a list of links, each to the claims before it: lists that begin alike share them.
    """

    def __init__(self) -> None:
        self._numbers: dict[tuple[int, int, Conditions], int] = {(ANY, 0, ()): 0}
        self._links: dict[tuple[int, str], int] = {}

    def all(self) -> list[tuple[int, int, Conditions]]:
        """Possible statuses as bits, the last link of the claims that stand, and the conditions that bind on these."""
        return list(self._numbers)

    def links(self) -> list[tuple[int, str]]:
        """The links from 1 on: the link before (0: none), and the id of a claim."""
        return list(self._links)

    def told(self) -> list[GateTold]:
        """Every answer, by number."""
        standing: list[tuple[str, ...]] = [()]
        for before, claim in self._links:
            standing.append((*standing[before], claim))
        return [GateTold(possible, standing[link], conditions) for possible, link, conditions in self._numbers]

    def number(self, possible: int, standing: Iterable[tuple[str, Conditions]]) -> int:
        """The number of an answer, given its statuses and the claims that stand, each with its conditions."""
        link = 0
        conditions: dict[str, str] = {}
        for claim, bound in standing:
            link = self._links.setdefault((link, claim), len(self._links) + 1)
            conditions.update(bound)
        return self._numbers.setdefault((possible, link, tuple(conditions.items())), len(self._numbers))


Tell = Callable[[int], tuple[str, Conditions]]
"""The id of the claim of a row, and the conditions of its own that bind while the row does."""


class Rectangles:
    """Every answer of a ledger as recorded by one instant, for any day and any moment of knowledge."""

    def __init__(self, paths: Paths, seen: int, cells: Iterable[tuple[Pair, object]], tell: Tell) -> None:
        """``cells`` are to be told, each with a key that is the same for cells that share all their claims."""
        self._paths, self._seen, self._tell = paths, seen, tell
        self._reader = paths.cells
        self.directory = self._reader.directory
        self.answers = Answers()
        self.gates: dict[Pair, dict[Gate, int]] = {}
        """The gates of each cell, each with the number of its story."""
        self.reported: dict[Pair, int] = {}
        """The number of each cell's reports."""
        self._stories: dict[Story, int] = {}
        self._reports: dict[Reports, int] = {}
        self._told: dict[object, tuple[list[int], int]] = {}
        self._by_claims: dict[object, int] = {}
        for pair, key in cells:
            cell = self._reader.cell(*pair)
            if key not in self._told:
                self._told[key] = [self._story(cell, number) for _, number in cell.gates], self._reports_of(cell)
            stories, self.reported[pair] = self._told[key]
            self.gates[pair] = dict(zip((gate for gate, _ in cell.gates), stories, strict=True))

    @property
    def stories(self) -> list[Story]:
        """What gates answer, by number."""
        return list(self._stories)

    @property
    def reports(self) -> list[Reports]:
        """Last publication days, by number."""
        return list(self._reports)

    def cell(self, company: str, chip: str, day: int, known: int | None) -> CellTold:
        """The answer for a registered company and chip on a day, as known at a moment (None: everything published)."""
        told, stories = self.answers.told(), self.stories
        gates = [(gate, told[answer_at(stories[at], day, known)]) for gate, at in self.gates[company, chip].items()]
        possible, holding_back = together([each.possible for _, each in gates])
        return CellTold(
            possible,
            [gates[place][0] for place in holding_back],
            gates,
            {key: wording for _, each in gates for key, wording in each.conditions},
            report_at(self.reports[self.reported[company, chip]], known),
        )

    def _story(self, cell: Cell, gate: int) -> int:
        """The number of the story of a gate of a cell."""
        rows, found = self._reader.index.rows, []
        for first, last, place in self._reader.index.ranges(gate, cell.company.terms, cell.chip.terms) if gate else ():
            for row in range(first, last):
                if rows.seen_from[row] <= self._seen < rows.seen_to[row]:
                    match = match_at(rows, row, place, cell.company.matches, cell.chip.matches)
                    if match >= 0:
                        found.append((row, match))
        key = tuple(sorted(found))
        if key not in self._by_claims:
            moments = {when for row, _ in key for when in (rows.known_from[row], rows.known_to[row]) if when < FOREVER}
            story = tuple(self._rectangles(cell, gate, sorted(moments)))
            self._by_claims[key] = self._stories.setdefault(story, len(self._stories))
        return self._by_claims[key]

    def _rectangles(self, cell: Cell, gate: int, moments: Iterable[int]) -> Iterator[Rectangle]:
        before: Steps = [(ALWAYS, 0)]
        for known in moments:
            found = self._paths.gate_days(cell, gate, Point(0, known, self._seen))
            after: Steps = [(ALWAYS, 0), *((day, self._number(answer)) for day, answer in found)]
            for day_from, day_to, answer in _differences(before, after):
                yield Rectangle(known, day_from, day_to, answer)
            before = after

    def _number(self, answer: GateAnswer) -> int:
        return self.answers.number(answer.possible, map(self._tell, answer.standing))

    def _reports_of(self, cell: Cell) -> int:
        """The number of the last publication days of a cell."""
        rows = self._reader.index.rows
        mentions = []
        for first, last, _ in self._reader.index.ranges(MENTIONS, cell.company.terms, cell.chip.terms):
            for row in range(first, last):
                is_seen = rows.seen_from[row] <= self._seen < rows.seen_to[row]
                if is_seen and match_at(rows, row, 0, cell.company.matches, cell.chip.matches) >= 0:
                    mentions.append((rows.known_from[row], rows.known_to[row], start_of(rows.order[row])))
        moments = sorted({when for begin, end, _ in mentions for when in (begin, end) if when < FOREVER})
        told = tuple(_latest(mentions, moments))
        return self._reports.setdefault(told, len(self._reports))


def _latest(mentions: Sequence[tuple[int, int, int]], moments: Iterable[int]) -> Iterator[tuple[int, int | None]]:
    """The latest of all days, from each moment on at which it is another."""
    before: int | None = None
    for known in moments:
        latest = max((day for begin, end, day in mentions if begin <= known < end), default=None)
        if latest != before:
            yield known, latest
        before = latest


def _differences(before: Steps, after: Steps) -> Iterator[tuple[int, int | None, int]]:
    """The ranges of days on which two lists of steps differ: first day, day after (None: for good), new answer."""
    was_from, now_from = dict(before), dict(after)
    days = sorted({*was_from, *now_from})
    was = now = 0
    changed: list[tuple[int, int | None, int]] = []
    for place, day in enumerate(days):
        was, now = was_from.get(day, was), now_from.get(day, now)
        end = days[place + 1] if place + 1 < len(days) else None
        if was != now:
            if changed and changed[-1][1:] == (day, now):
                changed[-1] = changed[-1][0], end, now
            else:
                changed.append((day, end, now))
    yield from changed


def together(gates: Sequence[int]) -> tuple[int, list[int]]:
    """The possible statuses of a cell, given those of its gates, and the places of those that hold it back (§7)."""
    possible = reduce(minima, gates)
    return possible, [place for place, each in enumerate(gates) if each >> lowest(possible) & 1]


def answer_at(story: Story, day: int, known: int | None) -> int:
    """The number of the answer that a story tells at one point."""
    for rectangle in reversed(story):
        if (known is None or rectangle.known_from <= known) and rectangle.covers(day):
            return rectangle.answer
    return 0


def report_at(reports: Reports, known: int | None) -> int | None:
    """The last publication day as known at a moment."""
    place = len(reports) if known is None else bisect_right(reports, known, key=lambda turn: turn[0])
    return reports[place - 1][1] if place else None
