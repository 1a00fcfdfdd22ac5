"""All answers over effective days × published moments, as rectangles in which nothing turns (semantics.md §2).

A story is what one gate answers: rectangles in the order of their moments. Of those that cover a point the last counts.
Gates that the same claims reach in the same way share a story. A cell may have a gate on some days only, as its
registry has it: on the others the answer of the gate is that it is absent.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from policytracker.index.answers import SILENT, Answers, CellTold, Condition, cell_told
from policytracker.index.by_day import CellOverDays
from policytracker.index.cells import Cell, GateAnswer, Point
from policytracker.index.layout import CAPS, CLAIMS, MENTIONS, section, start_of
from policytracker.index.paths import Paths, at
from policytracker.index.selection import match_at
from policytracker.status.directory import Gate
from policytracker.status.periods import BEFORE_ALL, FOREVER, GRANTED
from policytracker.status.registrations import SINCE_EVER

NO_WORD = 0
"""Instead of the last publication day, where there is no report."""
Pair = tuple[str, str]
Steps = list[tuple[int, int]]
"""Answers by number, each from a day on; the first is from SINCE_EVER on. Of two from one day the later counts."""
Tell = Callable[[int], tuple[str, tuple[tuple[str, str], ...]]]
"""The id of the claim of a row, and the conditions of its own that bind while the row does, each with its wording."""
Mention = tuple[int, int, int, int, int]
"""From and to which moment and day a publication day is the last of a claim; and this day."""


class Rectangle(NamedTuple):
    """An answer from a moment on, for the days ``[day_from, day_to)``, until a later rectangle tells of them."""

    known_from: int
    day_from: int
    """SINCE_EVER: from the beginning on."""
    day_to: int | None
    """None: for good."""
    answer: int
    """Its number among the answers, or a last publication day."""

    def covers(self, day: int) -> bool:
        """Whether it tells of a day."""
        return self.day_from <= day and (self.day_to is None or day < self.day_to)


Story = tuple[Rectangle, ...]


class GateStories(NamedTuple):
    """A gate that a cell has on some day, with the numbers of its stories."""

    gate: Gate
    answers: int
    words: int
    """Its last publication days."""


class OverDays(NamedTuple):
    """A gate of a cell over days on which the cell's registry stays the same."""

    days: CellOverDays
    gate: int | None
    """Its number (0: no claim tells of it); None: the cell does not have it."""


class Rectangles:
    """Every answer of a ledger as recorded by one instant, for any day and any moment of knowledge."""

    def __init__(self, paths: Paths, seen: int, cells: Iterable[tuple[Pair, object]], tell: Tell) -> None:
        """``cells`` are to be told, each with a key that is the same for cells with the same gates and claims."""
        self._paths, self._seen, self._tell = paths, seen, tell
        self._rows = paths.index.rows
        self.answers = Answers()
        self.gates: dict[Pair, list[GateStories]] = {}
        """The gates of each cell: export gates by jurisdiction, then import gates."""
        self._stories: dict[Story, int] = {}
        self._words: dict[Story, int] = {}
        self._by_claims: dict[object, int] = {}
        told: dict[object, list[GateStories]] = {}
        for pair, key in cells:
            if key not in told:
                told[key] = list(self._gates_of(*pair))
            self.gates[pair] = told[key]

    @property
    def stories(self) -> list[Story]:
        """What gates answer, by number."""
        return list(self._stories)

    @property
    def words(self) -> list[Story]:
        """Last publication days, by number."""
        return list(self._words)

    def cell(self, company: str, chip: str, day: int, known: int | None) -> CellTold:
        """The answer for a registered company and chip on a day, as known at a moment (None: everything published)."""
        told, stories, words = self.answers.told(), self.stories, self.words
        return cell_told(
            (gate, told[at_point(stories[story], day, known)], at_point(words[word], day, known) or None)
            for gate, story, word in self.gates[company, chip]
        )

    def _gates_of(self, company: str, chip: str) -> Iterator[GateStories]:
        parts = self._paths.by_day.cell(company, chip)
        gates = {gate for part in parts for gate, _ in part.cell.gates}
        for gate in sorted(gates, key=lambda gate: (gate.direction, gate.jurisdiction)):
            over = [OverDays(part, dict(part.cell.gates).get(gate)) for part in parts]
            yield GateStories(gate, self._story(over), self._words_of(over))

    def _story(self, over: Sequence[OverDays]) -> int:
        """The number of the story of a gate of a cell."""
        found = [self._found(each) for each in over]
        key = tuple((*each.days[:2], each.gate is None, rows) for each, rows in zip(over, found, strict=True))
        if key not in self._by_claims:
            rows = {row for some in found for row, _ in some}
            moments = self._moments(((self._rows.known_from[row], self._rows.known_to[row]) for row in rows), over)
            story = tuple(_rectangles(moments, lambda known: self._steps(over, known), SILENT))
            self._by_claims[key] = self._stories.setdefault(story, len(self._stories))
        return self._by_claims[key]

    def _found(self, over: OverDays) -> tuple[tuple[int, int], ...]:
        """The claims that reach a gate of a cell, and how: rows and matches."""
        if not over.gate:
            return ()
        sections = section(over.gate, CLAIMS), section(over.gate, CAPS)
        return tuple(sorted(each for number in sections for each in self._matching(over.days.cell, number)))

    def _matching(self, cell: Cell, number: int) -> Iterator[tuple[int, int]]:
        rows, index = self._rows, self._paths.index
        for first, last, place in index.ranges(number, cell.company.terms, cell.chip.terms):
            for row in range(first, last):
                if rows.seen_from[row] <= self._seen < rows.seen_to[row]:
                    match = match_at(rows, row, place, cell.company.matches, cell.chip.matches)
                    if match >= 0:
                        yield row, match

    def _moments(self, ranges: Iterable[tuple[int, int]], over: Iterable[OverDays]) -> list[int]:
        """The moments at which something turns; one before all too, where the cell has the gate on some days only."""
        moments = {when for known in ranges for when in known if when < FOREVER}
        return sorted(moments | {BEFORE_ALL} if any(each.gate is None for each in over) else moments)

    def _steps(self, over: Iterable[OverDays], known: int) -> Steps:
        steps: Steps = []
        for each in over:
            steps.append((each.days.first, self.answers.absent() if each.gate is None else SILENT))
            if each.gate:
                steps += [(day, self._number(each, day, known, answer)) for day, answer in self._over_days(each, known)]
        return steps

    def _over_days(self, over: OverDays, known: int) -> Iterator[tuple[int, GateAnswer]]:
        """What a gate answers from each day on at which its statuses, its claims or its conditions may turn."""
        along = self._paths.gate_days(over.days, over.gate or 0, Point(0, known, self._seen))
        days = {day for day, _ in along.answers}
        code = self._rows.code
        if any(code[row] & GRANTED for _, answer in along.answers for row in answer.standing):
            # Where a licence stands, the duties that it overrides turn what binds, though not what it comes to (§8).
            days |= {day for day in along.turning if over.days.first <= day < over.days.end}
        return ((day, at(along, day)) for day in sorted(days))

    def _number(self, over: OverDays, day: int, known: int, answer: GateAnswer) -> int:
        cells = self._paths.by_day.cells(over.days.first)
        bound = cells.binding(over.days.cell, over.gate or 0, Point(day, known, self._seen), answer)
        told = [(*self._tell(row), surely) for row, surely in bound]
        conditions = tuple([Condition(c, key, wording, surely) for c, its, surely in told for key, wording in its])
        standing = (self._tell(row)[0] for row in answer.standing)
        return self.answers.number(answer.possible, answer.if_open if answer.is_silent else 0, standing, conditions)

    def _words_of(self, over: Sequence[OverDays]) -> int:
        """The number of the last publication days of a gate of a cell."""
        mentions = [tuple(self._mentions(each)) for each in over]
        moments = self._moments((each[:2] for some in mentions for each in some), ())
        found = list(zip(over, mentions, strict=True))
        story = tuple(_rectangles(moments, lambda known: list(_last_words(found, known)), NO_WORD))
        return self._words.setdefault(story, len(self._words))

    def _mentions(self, over: OverDays) -> Iterator[Mention]:
        rows = self._rows
        if over.gate:
            for row, _ in self._matching(over.days.cell, section(over.gate, MENTIONS)):
                days = max(rows.day_from[row], over.days.first), min(rows.day_to[row], over.days.end)
                if days[0] < days[1]:
                    yield rows.known_from[row], rows.known_to[row], *days, start_of(rows.order[row])


def _last_words(found: Iterable[tuple[OverDays, Sequence[Mention]]], known: int) -> Iterator[tuple[int, int]]:
    """The last publication day from each day on at which it may be another, as known at a moment."""
    for over, mentions in found:
        there = [each for each in mentions if each[0] <= known < each[1]]
        turns = {over.days.first, *(day for each in there for day in each[2:4] if day < over.days.end)}
        for turn in sorted(turns):
            yield turn, max((day for _, _, first, end, day in there if first <= turn < end), default=NO_WORD)


def _rectangles(moments: Iterable[int], steps_at: Callable[[int], Steps], nothing: int) -> Iterator[Rectangle]:
    before: Steps = [(SINCE_EVER, nothing)]
    for known in moments:
        after = steps_at(known)
        for day_from, day_to, answer in _differences(before, after):
            yield Rectangle(known, day_from, day_to, answer)
        before = after


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


def at_point(story: Story, day: int, known: int | None) -> int:
    """What a story tells at one point: the number of an answer, or a last publication day."""
    for rectangle in reversed(story):
        if (known is None or rectangle.known_from <= known) and rectangle.covers(day):
            return rectangle.answer
    return 0
