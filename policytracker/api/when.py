"""The dates of a question, as programs give them."""

from datetime import UTC, date, datetime

from policytracker.events.refusals import BadDate, Refused, shown
from policytracker.ledger import clock
from policytracker.questions import asked

Day = date | str | None
"""A day: a ``date``, or text as the command line takes it (``2026-01-28``, ``2026-01``, ``yesterday``). None: today."""
Instant = datetime | date | str | None
"""A moment: a ``datetime`` with a time zone; a ``date``, which means its end; or text. None: everything counts."""


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
