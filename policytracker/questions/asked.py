"""The dates of a question as people write them, in a terminal or in an address (cli.md)."""

import re
from typing import NamedTuple

from policytracker.events.dates import Span, day_of, end_of_day, is_open, iso, moment, span
from policytracker.events.refusals import BadDate, Refused, shown
from policytracker.ledger import clock

DAYS = {"today": 0, "yesterday": -1}
"""Days in words, by how far they lie from today."""
FIRST, LAST = 0, 1
"""The two ends of a span of days."""
POSITION = "position:"
"""How a position of the ledger begins, where a day may stand as well."""
LONGEST_POSITION = 12
_ONE_DAY = "write a day (2026-01-28), a month (2026-01), a year (2026), today or yesterday"
_INTERVAL = r"[0-9]{4}(?:-[0-9]{2}){0,2}/[0-9]{4}(?:-[0-9]{2}){0,2}"
_FRACTION = r"(.+T[0-9]{2}:[0-9]{2}:[0-9]{2})\.([0-9]{1,6})(Z|[+-][0-9]{2}:[0-9]{2})"


class NotOneDay(BadDate):
    """An interval, where one day is asked for."""

    def __init__(self, text: str, day: int) -> None:
        Refused.__init__(self, "", f"{shown(text)} is an interval", f"one day is asked for: write {iso(day)}")


class NotAPosition(BadDate):
    """A position of the ledger that is no number."""

    def __init__(self, text: str) -> None:
        Refused.__init__(self, "", f"{shown(text)} is no position", f"write a whole number, such as {POSITION}340")


class NotBefore(BadDate):
    """News that would begin after they end."""

    def __init__(self, since: int, at: int) -> None:
        Refused.__init__(self, "", f"{iso(since)} is after {iso(at)}, on which the news end", "give an earlier day")


class Since(NamedTuple):
    """Where the news begin: after a day (an ordinal), or after a position of the ledger."""

    day: int | None
    position: int | None = None


def since(text: str, today: int, at: int) -> Since:
    """Where news up to a day (an ordinal) begin: a day as ``day`` takes it, or a position such as ``position:340``.

    Raises BadDate.
    """
    if not text.startswith(POSITION):
        return _since_day(text, today, at)
    position = text.removeprefix(POSITION)
    if not position.isascii() or not position.isdigit() or len(position) > LONGEST_POSITION:
        raise NotAPosition(position)
    return Since(None, int(position))


def _since_day(text: str, today: int, at: int) -> Since:
    try:
        found = day(text, today)
    except BadDate as error:
        way_out = f"{error.way_out}; or write {POSITION}340 for what was recorded after that position"
        raise BadDate(text, way_out) from None
    if found > at:
        raise NotBefore(found, at)
    return Since(found)


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
