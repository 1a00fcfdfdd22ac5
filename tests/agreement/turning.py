"""The days and moments of a ledger at which an answer may turn, and what the naive reading tells between them."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from policytracker.testing import naive
from policytracker.testing.naive import Entry
from tests.agreement.reading import Pair, Point, Reading, published
from tests.agreement.worlds import Possible

FIRST_DAY, LAST_DAY = "0001-01-01", "9999-12-31"


class Statuses(NamedTuple):
    """The possible statuses of a cell, and those of its gates by their names."""

    possible: Possible
    gates: tuple[tuple[str, Possible], ...]


def days(entries: Iterable[Entry]) -> list[str]:
    """The first and the last day of every date that any event says, and the days beside the day of an instant, which
    may be that of a time zone; no answer turns on another day."""
    found: set[date] = set()
    for entry in entries:
        for said in (entry, entry.get("changes") or {}):
            dates = [said.get("effective"), said.get("until")]
            published = (said.get("report") or {}).get("published")
            found |= {day for text in (*dates, published) if text for day in naive.span(text)}
            if published and "T" in published:
                found |= set(around(naive.span(published)[0]))
    return [day.isoformat() for day in sorted(found)]


def around(day: date) -> Iterator[date]:
    """The days before and after one, as far as they can be written."""
    for days in (-1, 1):
        try:
            yield day + timedelta(days=days)
        except OverflowError:
            continue


def moments(entries: Iterable[Entry]) -> list[str]:
    """The moments of all reports, in order: a day for its end, else an instant."""
    return [text_of(moment) for moment in sorted({naive.moment(text) for text in published(entries)})]


def text_of(moment: naive.Moment) -> str:
    """A moment as it is written: a day for its end, else an instant to the minute or the second."""
    day, second = moment
    if second == naive.END_OF_DAY:
        return day.isoformat()
    clock = f"{second // 3600:02}:{second // 60 % 60:02}" + (f":{second % 60:02}" if second % 60 else "")
    return f"{day.isoformat()}T{clock}Z"


def day_before(day: str) -> str:
    """The day before, or the first that can be written."""
    return day if day == FIRST_DAY else (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def just_before(moment: str) -> str:
    """The moment before: a second before an instant or the end of a day; before 00:00, the end of the day before."""
    day, second = naive.moment(moment)
    if second == 0:
        return day_before(day.isoformat())
    return text_of((day, second - 1))


def statuses(reading: Reading, pair: Pair, point: Point) -> Statuses:
    """A cell's possible statuses and those of its gates."""
    cell = reading.cell(*pair, point)
    return Statuses(cell.possible, tuple((gate.name, gate.possible) for gate in cell.gates))


class Interval(NamedTuple):
    """A part of a clock, from its start until before its end, over which the statuses stay the same."""

    start: str | None
    """None: from the beginning on."""
    end: str | None
    """None: for good."""
    statuses: Statuses


def over_days(reading: Reading, pair: Pair, point: Point, turns: Iterable[str]) -> list[Interval]:
    """The intervals of a cell over the days, from what holds on each of these days and on the day before it."""
    return _intervals([(day, statuses(reading, pair, point._replace(at=day))) for day in (FIRST_DAY, *turns)])


def over_knowledge(reading: Reading, pair: Pair, point: Point, turns: Iterable[str]) -> list[Interval]:
    """The intervals of a cell over the published clock."""
    found = [(known, statuses(reading, pair, point._replace(known=known))) for known in (FIRST_DAY, *turns)]
    return _intervals(found)


def _intervals(points: list[tuple[str, Statuses]]) -> list[Interval]:
    starts = [points[0], *(now for was, now in pairwise(points) if was[1] != now[1])]
    ends = [start for start, _ in starts[1:]]
    firsts: list[str | None] = [None, *ends]
    lasts: list[str | None] = [*ends, None]
    return [Interval(first, last, found) for first, last, (_, found) in zip(firsts, lasts, starts, strict=True)]


class Turn(NamedTuple):
    """A step as a reader of the reports sees it: a day begins, or a report is published."""

    changed: str
    """``world`` or ``knowledge``."""
    when: str
    before: Point
    after: Point


def as_known_then(entries: list[Entry], until: Point) -> Iterator[Turn]:
    """Every step up to a point, in order; a day begins before what is published on it (of a day: at its end)."""
    last = min(naive.moment(until.at), naive.moment(until.known or LAST_DAY))
    begun = [((date.fromisoformat(day), -1), day, False) for day in days(entries) if day <= until.at]
    told = [(naive.moment(known), known, True) for known in moments(entries) if naive.moment(known) <= last]
    here = Point(FIRST_DAY, FIRST_DAY, until.recorded)
    for (day, _), text, is_report in sorted(begun + told):
        there = Point(day.isoformat(), text if is_report else here.known, until.recorded)
        yield Turn("knowledge" if is_report else "world", text, here, there)
        here = there
