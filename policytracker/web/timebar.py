"""The time bar: when answers turn and when reports were published, the two dates of the question, and the steps."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from policytracker.events.dates import FIRST_DAY, LAST_DAY, day_of, iso, moment_text
from policytracker.web.page import Drawn, Part, Question

MARGIN_DAYS = 14
MOST_YEARS = 10
"""Years named on the scale, at the most: more do not fit beside each other on a phone."""
YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
MOST_MARKS = 2000
"""Of turns, and of reports, drawn on the scale; a screen does not show more apart."""


class Step(NamedTuple):
    """Where the buttons of one clock lead; None: there is nothing further."""

    back: str | None
    on: str | None


class Year(NamedTuple):
    """A mark of the scale, in days from its beginning and as a share of it."""

    x: int
    percent: float
    text: str


class TimeBar(NamedTuple):
    """The bar of one question."""

    first: int
    last: int
    """The days at its ends, ordinals."""
    ticks: Part
    """Where answers turn, as known then; where reports were published; where years begin."""
    at: int
    known: int
    """Where the two dates are, in days from the first."""
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
        "width": scale.width,
        "turns": scale.marks(days),
        "publications": scale.marks(map(day_of, moments)),
        "years": scale.years(),
    }


class Scale(NamedTuple):
    """From days to places on the drawing, whose unit is a day."""

    first: int
    last: int

    @property
    def width(self) -> int:
        """In days."""
        return self.last - self.first

    def x(self, day: int) -> int:
        """Where a day is; one outside lies at the end."""
        return min(max(day, self.first), self.last) - self.first

    def marks(self, days: Iterable[int]) -> list[int]:
        """Where some days are. Of very many, the last of those that lie close together stands for them."""
        places = sorted({self.x(day) for day in days})
        if len(places) <= MOST_MARKS:
            return places
        return list({place * MOST_MARKS // (self.width + 1): place for place in places}.values())

    def years(self) -> list[Year]:
        """Where years begin: of a long time, every second, fifth, tenth … of them."""
        start, end = date.fromordinal(self.first).year, date.fromordinal(self.last).year
        step = next(step for step in YEAR_STEPS if end - start <= MOST_YEARS * step)
        return [self._year(year) for year in range((start // step + 1) * step, end + 1, step)]

    def _year(self, year: int) -> Year:
        x = self.x(date(year, 1, 1).toordinal())
        return Year(x, round(100 * x / self.width, 2), f"{year:04}")


def _days_around(days: Sequence[int], at: int) -> Step:
    before, after = bisect_left(days, at), bisect_right(days, at)
    return Step(iso(days[before - 1]) if before else None, iso(days[after]) if after < len(days) else None)


def _moments_around(moments: Sequence[int], known: int | None) -> Step:
    place = len(moments) if known is None else bisect_right(moments, known)
    return Step(
        moment_text(moments[place - 2]) if place > 1 else None,
        moment_text(moments[place]) if place < len(moments) else None,
    )
