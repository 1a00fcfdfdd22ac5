"""The time bar: when answers turn and when reports were published, the two dates of the question, and the steps."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from policytracker.events.dates import FIRST_DAY, LAST_DAY, day_of, iso, moment_text
from policytracker.web.page import Drawn, Part, Question

WIDTH = 1000
"""Of the drawing, in its own units."""
MARGIN_DAYS = 14
MOST_YEARS = 40
"""Marks of years on the scale, at the most."""


class Step(NamedTuple):
    """Where the buttons of one clock lead; None: there is nothing further."""

    back: str | None
    on: str | None


class Year(NamedTuple):
    """A mark of the scale."""

    x: float
    text: str


class TimeBar(NamedTuple):
    """The bar of one question."""

    first: int
    last: int
    """The days at its ends, ordinals."""
    ticks: Part
    """Where answers turn, as known then; where reports were published; where years begin."""
    at: float
    known: float
    held: Step
    learned: Step


def time_bar(question: Question) -> TimeBar:
    """The bar for a question's dates."""
    clocks = question.clocks
    days, moments = question.opened.turning(clocks), question.publications.moments
    newest = max([*days[-1:], *(day_of(moment) for moment in moments[-1:]), 1])
    oldest = min([*days[:1], *(day_of(moment) for moment in moments[:1]), clocks.at])
    last = max(newest, min(clocks.at, newest + MARGIN_DAYS)) + MARGIN_DAYS
    # No calendar goes further than the days that can be written.
    scale = Scale(max(FIRST_DAY, oldest - MARGIN_DAYS), min(LAST_DAY, last))
    known = newest if clocks.known is None else day_of(clocks.known)
    known_last = question.publications.last_by(clocks.known)
    return TimeBar(
        scale.first,
        scale.last,
        Part("timebar_ticks.html", (tuple(scale), known_last), lambda: _ticks(scale, days, moments)),
        scale.x(clocks.at),
        scale.x(known),
        _days_around(days, clocks.at),
        _moments_around(moments, clocks.known),
    )


def _ticks(scale: "Scale", days: Iterable[int], moments: Iterable[int]) -> Drawn:
    return {
        "turns": scale.ticks(days),
        "publications": scale.ticks(map(day_of, moments)),
        "years": scale.years(),
    }


class Scale(NamedTuple):
    """From days to places on the drawing."""

    first: int
    last: int

    def x(self, day: int) -> float:
        """Where a day is; one outside lies at the end."""
        share = (min(max(day, self.first), self.last) - self.first) / max(1, self.last - self.first)
        return round(share * WIDTH, 1)

    def ticks(self, days: Iterable[int]) -> list[float]:
        """Where some days are; those that fall together are drawn once, however many they are."""
        return sorted({float(round(self.x(day))) for day in days})

    def years(self) -> list[Year]:
        """Where years begin: of a long time, every tenth, hundredth or thousandth of them."""
        start, end = date.fromordinal(self.first).year + 1, date.fromordinal(self.last).year
        step = next(step for step in (1, 10, 100, 1000) if end - start < MOST_YEARS * step)
        years = range(start + -start % step, end + 1, step)
        return [Year(self.x(date(year, 1, 1).toordinal()), f"{year:04}") for year in years]


def _days_around(days: Sequence[int], at: int) -> Step:
    before, after = bisect_left(days, at), bisect_right(days, at)
    return Step(iso(days[before - 1]) if before else None, iso(days[after]) if after < len(days) else None)


def _moments_around(moments: Sequence[int], known: int | None) -> Step:
    place = len(moments) if known is None else bisect_right(moments, known)
    return Step(
        moment_text(moments[place - 2]) if place > 1 else None,
        moment_text(moments[place]) if place < len(moments) else None,
    )
