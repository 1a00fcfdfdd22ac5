"""The dates of a question, as programs give them."""

from datetime import UTC, date, datetime
from typing import TypedDict

from policytracker.events.refusals import BadDate, Refused, shown
from policytracker.ledger import clock
from policytracker.questions import asked

Day = date | str | None
"""A day: a ``date``, or text as the command line takes it (``2026-01-28``, ``2026-01``, ``yesterday``). None: today."""
Instant = datetime | date | str | None
"""A moment: a ``datetime`` with a time zone; a ``date``, which means its end; or text. None: everything counts."""


class KnownAndRecorded(TypedDict, total=False):
    """Two dates of a question."""

    known: Instant
    """What was published by then counts. None: everything."""
    recorded: Instant
    """What this ledger held by then counts. None: everything."""


class When(KnownAndRecorded, total=False):
    """The dates of a question."""

    at: Day
    """The day that is asked about. None: today."""


class To(When, total=False):
    """The dates of two points. A date of the second that is left out is that of the first."""

    to_at: Day
    to_known: Instant
    to_recorded: Instant


class Window(TypedDict, total=False):
    """From where to where a timeline is told. Intervals stay whole."""

    start: Day
    """Only intervals that are not over before this day."""
    end: Day
    """Only intervals that have begun by this day."""


class OverDays(KnownAndRecorded, Window, total=False):
    """The dates of a timeline over the days."""


class OverKnowledge(Window, total=False):
    """The dates of a timeline over the published clock."""

    at: Day
    recorded: Instant


class NoTimeZone(BadDate):
    """A datetime that does not say in which time zone it is."""

    def __init__(self, given: datetime) -> None:
        Refused.__init__(self, "", f"{shown(str(given))} has no time zone", "give it one: tzinfo=datetime.UTC")


class NotADay(BadDate):
    """A datetime, where a day is asked for."""

    def __init__(self, given: datetime) -> None:
        Refused.__init__(self, "", f"{shown(str(given))} is a moment", f"a day is asked for: {given.date()!r}")


def day_of(given: Day, today: int) -> int:
    """A day as an ordinal. Raises BadDate."""
    if isinstance(given, datetime):
        raise NotADay(given)
    return today if given is None else asked.day(given if isinstance(given, str) else given.isoformat(), today)


def first_day_of(given: Day, today: int) -> int | None:
    """A day from which on something counts, as an ordinal: of a month or year the first. None: any. Raises BadDate."""
    return asked.first_day(given, today) if isinstance(given, str) else None if given is None else day_of(given, today)


def known_of(given: Instant, today: int) -> int | None:
    """A moment of the published clock, as the core counts it. Raises BadDate."""
    return None if given is None else asked.known(_text(given), today)


def recorded_of(given: Instant, today: int) -> int | None:
    """An instant of the recorded clock, in microseconds since 1970. Raises BadDate."""
    if isinstance(given, datetime):
        since = _zoned(given) - datetime(1970, 1, 1, tzinfo=UTC)
        return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
    return None if given is None else asked.recorded(_text(given), today)


def time_of(recorded: int) -> datetime:
    """A recorded instant in microseconds since 1970, as a time in UTC."""
    return datetime.fromisoformat(clock.text(recorded))


def _text(given: datetime | date | str) -> str:
    if isinstance(given, datetime):
        return _zoned(given).replace(microsecond=0).strftime("%Y-%m-%dT%H:%M:%SZ")
    return given if isinstance(given, str) else given.isoformat()


def _zoned(given: datetime) -> datetime:
    if given.tzinfo is None:
        raise NoTimeZone(given)
    return given.astimezone(UTC)
