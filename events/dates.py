"""Days and moments with doubt (semantics.md §2).

A day is a proleptic Gregorian ordinal (``int``, 1 = 0001-01-01). A moment is an ``int`` in half
seconds since ordinal 0, UTC: instants are even, the end of a day (24:00, which comes just before
00:00 of the next day) is odd. All intervals are half-open.
"""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from policytracker.events.refusals import BadDate

_DAY = r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?"
_INSTANT = r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?Z"
_HALF_SECONDS_A_DAY = 2 * 86_400
FIRST_DAY, LAST_DAY = 1, date.max.toordinal()
"""The first and the last day that can be written: 0001-01-01 and 9999-12-31."""
FIRST_MOMENT = FIRST_DAY * _HALF_SECONDS_A_DAY
"""The earliest moment that can be written: 0001-01-01T00:00Z."""


class Span(NamedTuple):
    """The first and the last day that a date with doubt may mean, both included."""

    first: int
    last: int


@lru_cache(maxsize=65_536)
def span(text: str) -> Span:
    """Read a day, month, year or interval of two of these.

    >>> [iso(day) for day in span("2026-02")]
    ['2026-02-01', '2026-02-28']
    >>> [iso(day) for day in span("2026-01-12/2026-01-14")]
    ['2026-01-12', '2026-01-14']

    Raises BadDate for anything else, for impossible dates and for intervals that run backwards.
    """
    start, slash, end = text.partition("/")
    first = _single(start, text)
    if not slash:
        return first
    whole = Span(first.first, _single(end, text).last)
    if whole.last < whole.first:
        raise BadDate(text, "the interval runs backwards; put the earlier date first")
    return whole


@lru_cache(maxsize=65_536)
def moment(text: str) -> int:
    """Read the moment at which something dated so has been published.

    An instant is itself; any other date means the end of its last day.

    >>> moment("2026-01-28T18:00Z") < moment("2026-01-28") < moment("2026-01-29T00:00Z")
    True
    """
    found = re.fullmatch(_INSTANT, text)
    if found is None:
        return end_of_day(span(text).last)
    hour, minute, second = int(found[2]), int(found[3]), int(found[4] or 0)
    if hour > 23 or minute > 59 or second > 59:
        raise BadDate(text, "there is no such time of day; hours run to 23, minutes and seconds to 59")
    return span(found[1]).first * _HALF_SECONDS_A_DAY + 2 * (hour * 3600 + minute * 60 + second)


@lru_cache(maxsize=65_536)
def first_day(text: str) -> int:
    """The first day of a date or instant, for comparing it with the day it is recorded."""
    return span(text[:10] if re.fullmatch(_INSTANT, text) else text).first


def end_of_day(day: int) -> int:
    """The moment 24:00 UTC of a day."""
    return (day + 1) * _HALF_SECONDS_A_DAY - 1


def day_of(moment: int) -> int:
    """The UTC day in which a moment lies; 24:00 belongs to the day that it ends."""
    return moment // _HALF_SECONDS_A_DAY


def iso(day: int) -> str:
    """A day as ``YYYY-MM-DD``."""
    return date.fromordinal(day).isoformat()


def moment_text(moment: int) -> str:
    """A moment as it is written: a day for its end, else an instant to the minute or second.

    >>> moment_text(moment("2026-01-28")), moment_text(moment("2026-01-28T06:30Z"))
    ('2026-01-28', '2026-01-28T06:30Z')
    """
    day, rest = divmod(moment, _HALF_SECONDS_A_DAY)
    if rest % 2:
        return iso(day)
    minutes, second = divmod(rest // 2, 60)
    clock = f"{minutes // 60:02}:{minutes % 60:02}" + (f":{second:02}" if second else "")
    return f"{iso(day)}T{clock}Z"


def _single(text: str, whole: str) -> Span:
    found = re.fullmatch(_DAY, text)
    if found is None:
        raise BadDate(whole, "write a day (2026-01-28), a month, a year, or two of these with a slash between")
    year, month, day = found.groups()
    try:
        first = date(int(year), int(month or 1), int(day or 1)).toordinal()
    except ValueError:
        raise BadDate(whole, "there is no such day in the calendar; check year, month and day") from None
    if day is not None:
        return Span(first, first)
    if month in (None, "12"):
        return Span(first, date(int(year), 12, 31).toordinal())
    return Span(first, date(int(year), int(month) + 1, 1).toordinal() - 1)
