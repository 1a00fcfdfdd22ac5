"""A clock laid out on a drawing: in proportion, but quiet stretches are cut short where turns would run together."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from math import inf
from typing import NamedTuple

from policytracker.events.dates import FIRST_DAY, LAST_DAY, day_of, iso, moment, span

MARGIN = 0.06
"""Of the width, at each end: what held before the first turn and holds after the last."""
NARROWEST = 11
"""How far apart, in the drawing's units, two turns should at least be."""
LONE_DAYS = 30
"""Days drawn on either side of a single point."""
TICK_APART = 50
STEPS = (1, 3, 6, 12, 24, 60, 120, 600, 1200)
"""Months between ticks; the first that leaves them far enough apart is taken."""
HALF_SECONDS_A_DAY = 2 * 86_400


class Clock(NamedTuple):
    """How the texts of one clock become places in time: days since ordinal 0, with fractions."""

    when: Callable[[str], float]
    day: Callable[[str], int]
    """The calendar day by which people call it, an ordinal."""


EFFECTIVE = Clock(lambda text: float(span(text).first), lambda text: span(text).first)
PUBLISHED = Clock(lambda text: moment(text) / HALF_SECONDS_A_DAY, lambda text: day_of(moment(text)))


class Tick(NamedTuple):
    """A day marked on the axis."""

    x: float
    day: int
    """An ordinal."""

    @property
    def iso(self) -> str:
        """The day as ``YYYY-MM-DD``."""
        return iso(self.day)


class Axis(NamedTuple):
    """From places in time to places on the drawing: in proportion between each knot and the next."""

    knots: tuple[float, ...]
    places: tuple[float, ...]
    broken: tuple[bool, ...]
    """Which stretches between knots are drawn shorter than they are."""

    @property
    def left(self) -> float:
        """Where the drawing begins."""
        return self.places[0]

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.places[-1]

    def x(self, when: float) -> float:
        """Where a moment is; one outside lies at the end."""
        when = min(max(when, self.knots[0]), self.knots[-1])
        place = min(bisect_right(self.knots, when), len(self.knots) - 1)
        start, end = self.knots[place - 1 : place + 1]
        before, after = self.places[place - 1 : place + 1]
        return round(before + (after - before) * (when - start) / (end - start), 1)

    def breaks(self) -> list[float]:
        """The middles of the stretches that are cut short."""
        stretches = zip(pairwise(self.places), self.broken, strict=True)
        return [round((start + end) / 2, 1) for (start, end), cut in stretches if cut]


def axis(points: Iterable[float], left: float, right: float) -> Axis:
    """An axis on which every one of some points, at least one, has its place, with a margin at both ends."""
    found = sorted(set(points))
    if len(found) == 1:
        return Axis((found[0] - LONE_DAYS, found[0], found[0] + LONE_DAYS), _thirds(left, right), (False, False))
    margin = (right - left) * MARGIN
    gaps = [end - start for start, end in pairwise(found)]
    longest = longest_drawn(gaps, right - left - 2 * margin)
    unit = (right - left - 2 * margin) / sum(min(gap, longest) for gap in gaps)
    places = [left, left + margin]
    for gap in gaps:
        places.append(places[-1] + unit * min(gap, longest))
    knots = found[0] - margin / unit, *found, found[-1] + margin / unit
    return Axis(knots, (*places[:-1], right - margin, right), (False, *(gap > longest for gap in gaps), False))


def _thirds(left: float, right: float) -> tuple[float, float, float]:
    return left, (left + right) / 2, right


def longest_drawn(gaps: Sequence[float], width: float) -> float:
    """The length from which on a gap is cut, so that the shortest has room; no gap is drawn shorter than that one.

    >>> longest_drawn([400, 1, 9], 220), longest_drawn([3, 4], 220)
    (10.0, inf)
    """
    left, total = len(gaps), min(gaps) * width / NARROWEST
    for gap in sorted(gaps):
        if left * gap > total:
            return max(total / left, min(gaps))
        left, total = left - 1, total - gap
    return inf


def ticks(scale: Axis, named: Iterable[tuple[float, int]], first: Iterable[tuple[float, int]] = ()) -> list[Tick]:
    """Days to be marked, none too near another: ``first``, then those beside cuts, beginnings of months, the rest."""
    rest = list(named)
    beside = [(when, day) for when, day in rest if _beside_cut(scale, when)]
    found: list[Tick] = []
    for when, day in (*first, *beside, *_months(scale), *rest):
        x = scale.x(when)
        if all(abs(x - other.x) >= TICK_APART for other in found):
            found.append(Tick(x, day))
    return sorted(found)


def _beside_cut(scale: Axis, when: float) -> bool:
    return any(cut and when in ends for ends, cut in zip(pairwise(scale.knots), scale.broken, strict=True))


def _months(scale: Axis) -> Iterator[tuple[float, int]]:
    """The beginnings of months, or of years, in the stretches that are not cut."""
    for (start, end), (before, after), cut in zip(
        pairwise(scale.knots), pairwise(scale.places), scale.broken, strict=True
    ):
        if not cut:
            step = _step((after - before) / (end - start))
            yield from ((float(day), day) for day in beginnings(start, end, step))


def _step(unit: float) -> int:
    """How many months lie between ticks where a day is so wide."""
    return next((step for step in STEPS if step * 30 * unit >= TICK_APART), STEPS[-1])


def beginnings(start: float, end: float, step: int) -> Iterator[int]:
    """The first days of every so many months, counted from a January, between two places in time."""
    first = date.fromordinal(min(max(FIRST_DAY, int(start)), LAST_DAY))
    months = -(-(first.year * 12 + first.month - 1) // step) * step
    while months < 12 * (date.max.year + 1):
        day = date(months // 12, months % 12 + 1, 1).toordinal()
        if day > end:
            return
        if day >= start:
            yield day
        months += step
