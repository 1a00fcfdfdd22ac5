"""What one gate answers over both clocks, for cells under the same claims (semantics.md §2).

The moments of publication are swept in order. What a claim does from day to day is a short list of steps; where a
moment changes none of them nothing is decided anew, and where it does, only the days that it changes.
"""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

ALWAYS = 0
"""A day before every day."""
NO_ROLE = -1
Steps = tuple[tuple[int, int], ...]
"""What a claim does: from each of these days on, the number of its role; the first is ALWAYS."""
IDLE: Steps = ((ALWAYS, NO_ROLE),)


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


class Change(NamedTuple):
    """A moment at which what a claim does may change."""

    known: int
    before: Steps
    after: Steps


def story(changes: Iterable[Change], decide: Callable[[tuple[int, ...]], int]) -> tuple[Rectangle, ...]:
    """The answers of a gate, which is number 0 before all; ``decide`` numbers them, given the roles that hold."""
    days = Days()
    found: list[Rectangle] = []
    for known, together in groupby(sorted(changes), key=lambda change: change.known):
        for change in together:
            days.turn(change.before, change.after)
        found += (Rectangle(known, *turned) for turned in days.decided(decide))
    return tuple(found)


class Days:
    """The roles that hold and the answer, stretch of days by stretch, at the moment to which a sweep has come."""

    def __init__(self) -> None:
        self._starts = [ALWAYS]
        self._held: list[list[int]] = [[]]
        self._answers = [0]
        self._turned: set[int] = set()

    def turn(self, before: Steps, after: Steps) -> None:
        """A claim does something else from now on."""
        for start, end, was, now in _differences(before, after):
            first = self._cut(start)
            last = len(self._starts) if end is None else self._cut(end)
            for place in range(first, last):
                if was != NO_ROLE:
                    self._held[place].remove(was)
                if now != NO_ROLE:
                    insort(self._held[place], now)
                self._turned.add(self._starts[place])

    def _cut(self, day: int) -> int:
        """Let a stretch begin on this day; its place."""
        place = bisect_left(self._starts, day)
        if place == len(self._starts) or self._starts[place] != day:
            if self._starts[place - 1] in self._turned:
                self._turned.add(day)
            self._starts.insert(place, day)
            self._held.insert(place, list(self._held[place - 1]))
            self._answers.insert(place, self._answers[place - 1])
        return place

    def decided(self, decide: Callable[[tuple[int, ...]], int]) -> Iterator[tuple[int, int | None, int]]:
        """Decide on the stretches that turned; where that gives another answer: first day, day after, answer."""
        changed = list(self._changed(decide))
        while changed:
            first, answer = changed.pop(0)
            last = first
            while changed and changed[0] == (last + 1, answer):
                last, _ = changed.pop(0)
            end = self._starts[last + 1] if last + 1 < len(self._starts) else None
            yield self._starts[first], end, answer

    def _changed(self, decide: Callable[[tuple[int, ...]], int]) -> Iterator[tuple[int, int]]:
        for start in sorted(self._turned):
            place = bisect_left(self._starts, start)
            answer = decide(tuple(self._held[place]))
            if answer != self._answers[place]:
                self._answers[place] = answer
                yield place, answer
        self._turned.clear()


def _differences(before: Steps, after: Steps) -> Iterator[tuple[int, int | None, int, int]]:
    """The stretches of days on which two lists of steps differ: first day, day after (None: for good), both roles."""
    was_from, now_from = dict(before), dict(after)
    days = sorted({*was_from, *now_from})
    was = now = NO_ROLE
    for place, day in enumerate(days):
        was, now = was_from.get(day, was), now_from.get(day, now)
        if was != now:
            yield day, days[place + 1] if place + 1 < len(days) else None, was, now
