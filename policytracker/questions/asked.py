"""The dates of a question as people write them, in a terminal or in an address (cli.md)."""

import re

from policytracker.events.dates import Span, day_of, end_of_day, is_open, iso, moment, span
from policytracker.events.refusals import BadDate, Refused, shown
from policytracker.ledger import clock

DAYS = {"today": 0, "yesterday": -1}
"""Days in words, by how far they lie from today."""
FIRST, LAST = 0, 1
"""The two ends of a span of days."""
_ONE_DAY = "write a day (2026-01-28), a month (2026-01), a year (2026), today or yesterday"
_INTERVAL = r"[0-9]{4}(?:-[0-9]{2}){0,2}/[0-9]{4}(?:-[0-9]{2}){0,2}"
_FRACTION = r"(.+T[0-9]{2}:[0-9]{2}:[0-9]{2})\.([0-9]{1,6})(Z|[+-][0-9]{2}:[0-9]{2})"


class NotOneDay(BadDate):
    """An interval, where one day is asked for."""

    def __init__(self, text: str, day: int) -> None:
        Refused.__init__(self, "", f"{shown(text)} is an interval", f"one day is asked for: write {iso(day)}")


def day(text: str, today: int) -> int:
    """A day as an ordinal: a day in words, or a day, month or year, of which the last day counts.

    Raises BadDate, which tells the very form to write.
    """
    return _days(text, today, LAST)[LAST]


def first_day(text: str, today: int) -> int:
    """The same, but of a month or year the first day counts. Raises BadDate."""
    return _days(text, today, FIRST)[FIRST]


def known(text: str, today: int) -> int:
    """A published moment (semantics.md §2): an instant, or the end of the last day of a date. Raises BadDate."""
    found = in_words(text, today)
    return moment(text) if found is None else end_of_day(found)


def recorded(text: str, today: int) -> int:
    """A recorded instant in microseconds since 1970: an instant, or the end of the last day of a date. Raises BadDate.

    An instant is also taken as the ledger shows it, to the microsecond.
    """
    found = in_words(text, today)
    if found is not None:
        return clock.end_of_day(found)
    exact = re.fullmatch(_FRACTION, text)
    whole = f"{exact[1]}{exact[3]}" if exact else text
    published = moment(whole)
    if "T" not in whole:
        return clock.end_of_day(day_of(published))
    return clock.read(whole) + (int(exact[2].ljust(6, "0")) if exact else 0)


def in_words(text: str, today: int) -> int | None:
    """The day (an ordinal) that a word names; None for any other text."""
    away = DAYS.get(text.strip().casefold())
    return None if away is None else today + away


def _days(text: str, today: int, end: int) -> Span:
    """The days that one day, month or year, or a word, may mean; of an interval the day at an end is proposed."""
    found = in_words(text, today)
    if found is not None:
        return Span(found, found)
    try:
        days = span(text)
    except BadDate as error:
        raise BadDate(text, _one_day(error.way_out, end)) from None
    if is_open(text):
        raise NotOneDay(text, days.last)
    if "/" in text:
        raise NotOneDay(text, days[end])
    return days


def _one_day(way_out: str, end: int) -> str:
    """What to write, where no date with a slash is taken: of an interval the day at an end."""
    if "slash" in way_out or "until" in way_out:
        return _ONE_DAY
    return re.sub(_INTERVAL, lambda found: iso(span(found[0])[end]), way_out)
