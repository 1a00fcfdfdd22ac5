"""Days and moments as the time zone of a gate has them (semantics.md §2, §6).

A day is an ordinal, a moment a number of half seconds (``events.dates``). A zone is the name of an IANA time zone.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

from policytracker.events.dates import FIRST_DAY, LAST_DAY, day_of, moment, span

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

UTC = "UTC"
"""The zone of a gate for which no registration gives one."""
_HALF_SECONDS_A_DAY = 2 * 86_400


def publication_day(published: str, zone: str) -> int:
    """The last day of a publication date; of an instant, the day on which it falls in the zone.

    >>> from policytracker.events.dates import iso
    >>> iso(publication_day("2026-01-28T17:00Z", "Asia/Shanghai")), iso(publication_day("2026-01", UTC))
    ('2026-01-29', '2026-01-31')
    """
    return day_in(moment(published), zone) if "T" in published else span(published).last


def day_in(at: int, zone: str) -> int:
    """The day in which a moment falls in a zone; 24:00 belongs to the day that it ends."""
    return day_of(at) if zone == UTC else day_of(at + _offset(zone, at - at % 2))


def said_at(published: str, zone: str, is_restriction: bool) -> int:
    """The moment by which a report orders a claim (§6, 2).

    An instant is taken as it is. A vaguer date is taken at 00:00 of its first day for a permission, at 24:00 of its
    last for a restriction: so where dates do not tell, the restriction is the later.
    """
    if "T" in published:
        return moment(published)
    days = span(published)
    return _start_of(days.last + 1, zone) - 1 if is_restriction else _start_of(days.first, zone)


def said_on(published: str, zone: str, is_restriction: bool) -> int:
    """The day of that moment in the zone."""
    if "T" in published:
        return day_in(moment(published), zone)
    return span(published).last if is_restriction else span(published).first


@lru_cache(maxsize=65_536)
def _start_of(day: int, zone: str) -> int:
    """The moment 00:00 of a day in a zone."""
    start = day * _HALF_SECONDS_A_DAY
    if zone == UTC:
        return start
    from datetime import datetime

    local = datetime.fromordinal(_within(day)).replace(tzinfo=_zone(zone)).utcoffset()
    return start - _half_seconds(local)


@lru_cache(maxsize=65_536)
def _offset(zone: str, at: int) -> int:
    """By how many half seconds a zone is ahead of UTC at an instant."""
    from datetime import datetime, timedelta, timezone

    day, rest = divmod(at, _HALF_SECONDS_A_DAY)
    greenwich = timezone(timedelta(0))
    instant = datetime.fromordinal(_within(day)).replace(tzinfo=greenwich) + timedelta(seconds=rest // 2)
    return _half_seconds(instant.astimezone(_zone(zone)).utcoffset())


def _within(day: int) -> int:
    """A day whose neighbours can be written too: offsets of the first and the last days are those of the next."""
    return min(max(day, FIRST_DAY + 2), LAST_DAY - 2)


def _half_seconds(offset: object) -> int:
    from datetime import timedelta

    return 2 * int(offset.total_seconds()) if isinstance(offset, timedelta) else 0


@lru_cache(maxsize=64)
def _zone(name: str) -> "ZoneInfo":
    # Imported here: most questions read days that were worked out when the events were projected.
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)
