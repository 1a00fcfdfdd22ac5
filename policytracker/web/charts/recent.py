"""A time axis for many rows, on which recent time has more room: the last two years at least half of the width."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from policytracker.events.dates import FIRST_DAY, LAST_DAY
from policytracker.web.charts.axis import STEPS, Axis, Tick, beginnings

RECENT_DAYS, LATEST_DAYS = 731, 184
"""Two years and half a year up to the newest report: the times that readers ask about most."""
MARGIN_DAYS = 45
"""Drawn before the first turn, and after the newest report."""
LATEST_SHARE, RECENT_SHARE = 0.36, 0.26
"""Of the width, for the latest half-year and for the year and a half before it; the rest is for all other time."""
LEAST_SHARE = 0.3
"""Of what the other stretches have together: no stretch of them has less than such a share of it before they are made
to fit."""
YEAR_APART, MONTH_APART = 40, 34
"""How far apart, in the drawing's units, the names of years and months are at least."""
ALIKE = 0.02
"""Two scales that differ by less are drawn as one."""
TO_THE_EDGE = 14
"""How far from the ends of the axis the middle of a name stays, so that none is cut off."""
QUARTER, YEAR = 3, 12
"""Months."""


class Stretch(NamedTuple):
    """A part of the axis with one scale."""

    start: float
    end: float

    @property
    def days(self) -> float:
        """How long it is."""
        return self.end - self.start


def recent_axis(turns: Iterable[int], asked: int, newest: int, left: float, right: float) -> Axis:
    """An axis on which every turn and the day asked for have a place; days are ordinals.

    ``newest`` is the day of the newest report. The half-year before it has the largest scale, the year and a half
    before that the next, and the time before and after both a smaller one, as far as it needs one.
    """
    found = [newest, *turns]
    end = newest + MARGIN_DAYS
    recent, latest = Stretch(end - RECENT_DAYS, end - LATEST_DAYS), Stretch(end - LATEST_DAYS, end)
    low, high = min(recent.start, min(found) - MARGIN_DAYS), max(end, max(found) + MARGIN_DAYS)
    ends = {low, *recent, end, high, min(low, asked - MARGIN_DAYS), max(high, asked + MARGIN_DAYS)}
    stretches = [Stretch(start, end) for start, end in pairwise(sorted(ends))]
    places = [left]
    for width in _widths(stretches, recent, latest, right - left):
        places.append(places[-1] + width)
    knots = (*(each.start for each in stretches), stretches[-1].end)
    return Axis(knots, (*places[:-1], right), tuple(each != latest for each in stretches))


def _widths(stretches: list[Stretch], recent: Stretch, latest: Stretch, width: float) -> list[float]:
    """How wide each stretch is."""
    shares = {recent: RECENT_SHARE * width, latest: LATEST_SHARE * width}
    days = {each: each.days for each in stretches if each not in shares}
    weights = {each: max(length, LEAST_SHARE * sum(days.values())) for each, length in days.items()}
    unit = (width - sum(shares.values())) / (sum(weights.values()) or 1)
    # No other stretch has a larger scale than these two: what it would have too much is theirs.
    most = {
        each: each.days * shares[near] / near.days for each in days for near in [recent if each < recent else latest]
    }
    others = {each: min(weight * unit, most[each]) for each, weight in weights.items()}
    grown = (width - sum(others.values())) / sum(shares.values())
    return [others[each] if each in others else shares[each] * grown for each in stretches]


def scale_changes(scale: Axis) -> list[float]:
    """Where the scale of the axis changes."""
    parts = zip(pairwise(scale.knots), pairwise(scale.places), strict=True)
    units = [(after - before) / (end - start) for (start, end), (before, after) in parts]
    inner = zip(scale.places[1:-1], pairwise(units), strict=True)
    return [round(place, 1) for place, (before, after) in inner if abs(before / after - 1) > ALIKE]


class Named(NamedTuple):
    """A mark of the axis with its name."""

    x: float
    text: str
    is_year: bool


def names_of(scale: Axis, months: tuple[str, ...]) -> list[Named]:
    """The beginnings of years, and of months where there is room between them; each has room for its name."""
    found: list[Named] = []
    for is_year, step in ((True, YEAR), (False, QUARTER)):
        for tick in _beginnings(scale, step, YEAR_APART if is_year else MONTH_APART):
            day = date.fromordinal(tick.day)
            text = f"{day.year:04}" if day.month == 1 else months[day.month - 1]
            apart = YEAR_APART if is_year else MONTH_APART
            if all(abs(tick.x - other.x) >= apart for other in found):
                found.append(Named(tick.x, text, day.month == 1))
    return sorted(found)


def _beginnings(scale: Axis, least: int, apart: float) -> Iterator[Tick]:
    """The beginnings of every so many months, at least ``least``: more where they would run together."""
    parts = zip(pairwise(scale.knots), pairwise(scale.places), strict=True)
    for (start, end), (before, after) in parts:
        unit = (after - before) / (end - start)
        step = next((step for step in STEPS if step >= least and step * 30 * unit >= apart), STEPS[-1])
        if least < YEAR <= step:
            continue
        first, last = max(start, FIRST_DAY), min(end, LAST_DAY)
        found = (Tick(scale.x(day), day) for day in beginnings(first, last, step) if first < last)
        yield from (tick for tick in found if scale.left + TO_THE_EDGE <= tick.x <= scale.right - TO_THE_EDGE)
