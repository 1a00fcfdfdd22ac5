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
_INSTANT = r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?(?:Z|([+-])([0-9]{2}):([0-9]{2}))"
_OPEN = "../"
_HALF_SECONDS_A_DAY = 2 * 86_400
FIRST_DAY, LAST_DAY = 1, date.max.toordinal()
"""The first and the last day that can be written: 0001-01-01 and 9999-12-31."""
FIRST_MOMENT = FIRST_DAY * _HALF_SECONDS_A_DAY
"""The earliest moment that can be written: 0001-01-01T00:00Z."""
BEFORE_ALL_DAYS = FIRST_DAY - 1
"""The first day of a date that is open at its start. ``iso`` writes it as ``..``."""
_FARTHEST = 14 * 60
"""Minutes by which a clock may be ahead of UTC, or behind it."""


class Span(NamedTuple):
    """The first and the last day that a date with doubt may mean, both included."""

    first: int
    last: int


@lru_cache(maxsize=65_536)
def span(text: str) -> Span:
    """Read a day, month, year or interval of two of these; an interval may be open at its start (semantics.md §2).

    >>> [iso(day) for day in span("2026-02")]
    ['2026-02-01', '2026-02-28']
    >>> [iso(day) for day in span("2026-01-12/2026-01-14")]
    ['2026-01-12', '2026-01-14']
    >>> span("../2026-06-29").first == BEFORE_ALL_DAYS
    True

    Only an ``effective`` may be open; where a date is another, ask ``is_open`` too. Raises BadDate for anything else,
    for impossible dates and for intervals that run backwards.
    """
    if is_open(text):
        return Span(BEFORE_ALL_DAYS, _single(text.removeprefix(_OPEN), text).last)
    start, slash, end = text.partition("/")
    first = _single(start, text)
    if not slash:
        return first
    whole = Span(first.first, _single(end, text).last)
    if whole.last < whole.first:
        raise BadDate(text, "the interval runs backwards; put the earlier date first")
    return whole


def is_open(text: str) -> bool:
    """Whether a date is open at its start: nobody says which day it was, up to its last."""
    return text.startswith(_OPEN)


@lru_cache(maxsize=65_536)
def moment(text: str) -> int:
    """Read the moment at which something dated so has been published.

    An instant is itself; any other date means the end of its last day.

    >>> moment("2026-01-28T18:00Z") < moment("2026-01-28") < moment("2026-01-29T00:00Z")
    True
    >>> moment("2026-01-28T14:30+08:00") == moment("2026-01-28T06:30Z")
    True

    Raises BadDate, also for a date that is open at its start.
    """
    found = re.fullmatch(_INSTANT, text)
    if found is None:
        if not re.fullmatch(f"{_DAY}(?:/{_DAY})?", text):
            raise _no_date(text, days_only=False)
        return end_of_day(span(text).last)
    hour, minute, second = int(found[2]), int(found[3]), int(found[4] or 0)
    if hour > 23 or minute > 59 or second > 59:
        raise BadDate(text, "there is no such time of day; hours run to 23, minutes and seconds to 59")
    ahead = _minutes_ahead(text, found)
    instant = span(found[1]).first * _HALF_SECONDS_A_DAY + 2 * ((hour * 60 + minute - ahead) * 60 + second)
    if not FIRST_DAY <= day_of(instant) <= LAST_DAY:
        raise BadDate(text, "in UTC it lies outside the years 0001 to 9999")
    return instant


def in_utc(text: str) -> str:
    """The same text, but for an instant with an offset: that is written in UTC, as the ledger stores it.

    >>> in_utc("2026-01-28T09:30+08:00"), in_utc("2026-01-28T09:30Z"), in_utc("2026-01")
    ('2026-01-28T01:30Z', '2026-01-28T09:30Z', '2026-01')

    A text that is no date stays as it is.
    """
    if "T" not in text or text.endswith("Z"):
        return text
    try:
        return moment_text(moment(text))
    except BadDate:
        return text


def _minutes_ahead(text: str, instant: re.Match[str]) -> int:
    """By how many minutes the clock of an instant is ahead of UTC."""
    if instant[5] is None:
        return 0
    hours, minutes = int(instant[6]), int(instant[7])
    if minutes > 59 or hours * 60 + minutes > _FARTHEST:
        raise BadDate(text, "there is no such offset; they run from -14:00 to +14:00")
    return (hours * 60 + minutes) * (-1 if instant[5] == "-" else 1)


@lru_cache(maxsize=65_536)
def first_day(text: str) -> int:
    """The first day of a date or instant, for comparing it with the day it is recorded."""
    return day_of(moment(text)) if re.fullmatch(_INSTANT, text) else span(text).first


def end_of_day(day: int) -> int:
    """The moment 24:00 UTC of a day."""
    return (day + 1) * _HALF_SECONDS_A_DAY - 1


def day_of(moment: int) -> int:
    """The UTC day in which a moment lies; 24:00 belongs to the day that it ends."""
    return moment // _HALF_SECONDS_A_DAY


def iso(day: int) -> str:
    """A day as ``YYYY-MM-DD``; ``..`` for the one before all days."""
    return ".." if day == BEFORE_ALL_DAYS else date.fromordinal(day).isoformat()


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
        raise _no_date(whole, days_only=True)
    year, month, day = found.groups()
    try:
        first = date(int(year), int(month or 1), int(day or 1)).toordinal()
    except ValueError:
        if month is not None and int(month) > 20:
            raise _no_date(whole, days_only=True) from None
        raise BadDate(whole, "there is no such day in the calendar; check year, month and day") from None
    if day is not None:
        return Span(first, first)
    if month in (None, "12"):
        return Span(first, date(int(year), 12, 31).toordinal())
    return Span(first, date(int(year), int(month) + 1, 1).toordinal() - 1)


def _no_date(text: str, days_only: bool) -> BadDate:
    """What to say of a text that is no date, with the form to write."""
    from policytracker.events.date_hints import way_out

    return BadDate(text, way_out(text, days_only))
