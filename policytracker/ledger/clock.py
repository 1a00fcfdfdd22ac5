"""The one place that reads the wall clock. Instants are microseconds since 1970-01-01T00:00Z."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

Clock = Callable[[], int]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = _EPOCH.date().toordinal()
_A_DAY = 86_400_000_000
_FIRST = (1 - _EPOCH_DAY) * _A_DAY
_END = (date.max.toordinal() + 1 - _EPOCH_DAY) * _A_DAY


class Today(NamedTuple):
    """The day on which something is to be recorded, as ordinals. Clocks may be wrong; recorded times never go back."""

    day: int
    """By the machine's clock."""
    newest: int
    """Of the newest recorded time: a later one says that this clock is behind, or that another was ahead."""


def now() -> int:
    """The machine's clock, in UTC."""
    return time.time_ns() // 1000  # noqa: TID251


def today() -> int:
    """The machine's day, in UTC, as an ordinal."""
    return day(now())


def day(instant: int) -> int:
    """The UTC day of an instant, as an ordinal."""
    return instant // _A_DAY + _EPOCH_DAY


def end_of_day(ordinal: int) -> int:
    """The last instant of a day."""
    return (ordinal - _EPOCH_DAY + 1) * _A_DAY - 1


def is_time(instant: int) -> bool:
    """Whether a number of microseconds since 1970 is a time that can be written: from year 1 to 9999."""
    return _FIRST <= instant < _END


def text(instant: int) -> str:
    """An instant as people and files see it.

    >>> text(1769580000000001)
    '2026-01-28T06:00:00.000001Z'
    """
    return (_EPOCH + timedelta(microseconds=instant)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def read(written: str) -> int:
    """An instant written to the minute or second, ``2026-01-28T06:30Z``."""
    return int(datetime.fromisoformat(written).timestamp()) * 1_000_000
