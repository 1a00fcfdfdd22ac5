"""Days, moments and time zones (semantics.md §2, and how §6 takes a moment)."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

Entry = dict[str, Any]
Moment = tuple[date, int]
"""§2: a day in UTC and the seconds since its 00:00; 86,400 is 24:00, just before 00:00 of the next day."""
Span = tuple[date, date]
Instant = tuple[int, int]
"""§6: seconds in UTC since a day 0, and 0 for a 24:00, which comes just before 00:00 of the next day, else 1."""

END_OF_DAY = 24 * 60 * 60
BEFORE_ALL_DAYS = date.min
"""§2: stands for the first day of an `effective` that is open at its start."""


@cache
def span(text: str) -> Span:
    """§2: the first and the last day of a date; of an instant, both are its UTC day."""
    start, _, end = text.partition("/")
    first = BEFORE_ALL_DAYS if start == ".." else _bounds(start)[0]
    return first, _bounds(end or start)[1]


def first_day_number(text: str) -> int:
    """§2: the first day of a date as a number; 0 comes before all days."""
    return 0 if text.startswith("../") else span(text)[0].toordinal()


def _bounds(text: str) -> Span:
    """§2: the first and the last day of a day, month or year (or of an instant)."""
    if "T" in text:
        return moment(text)[0], moment(text)[0]
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return date(*parts), date(*parts)
    first_month, last_month = (parts[1], parts[1]) if len(parts) == 2 else (1, 12)
    last_day = calendar.monthrange(parts[0], last_month)[1]
    return date(parts[0], first_month, 1), date(parts[0], last_month, last_day)


@cache
def moment(text: str) -> Moment:
    """§2: a day means its end, 24:00 UTC; a longer date the end of its last day; an instant is taken in UTC."""
    if "T" not in text:
        return span(text)[1], END_OF_DAY
    said = datetime.fromisoformat(text).astimezone(UTC)
    return said.date(), (said.hour * 60 + said.minute) * 60 + said.second


def visible(entries: Iterable[Entry], recorded: int | None) -> list[Entry]:
    """§2: `--recorded R` hides every event recorded after R, of whatever kind, before anything else."""
    return [entry for entry in entries if recorded is None or entry["recorded"] <= recorded]


def is_public(report: Entry, known: str | None) -> bool:
    """§2: a report is known at K when the moment of its `published` is not after the moment of K."""
    return known is None or moment(report["published"]) <= moment(known)


def publication_day(report: Entry, zone: ZoneInfo) -> date:
    """§2: the last day of its `published`; of an instant, the day on which it falls in the gate's time zone."""
    published = report["published"]
    if "T" not in published:
        return span(published)[1]
    day, second = moment(published)
    said = datetime.combine(day, time.min, tzinfo=UTC) + timedelta(seconds=second)
    try:
        return said.astimezone(zone).date()
    except OverflowError:  # the first and the last hours that a calendar can tell
        return day


def moment_as_permission(report: Entry, zone: ZoneInfo) -> Instant:
    """§6: an instant as it is; a vague report at 00:00 of its first day, in the time zone of the gate."""
    published = report["published"]
    return _instant(published) if "T" in published else (_start_of(span(published)[0].toordinal(), zone), 1)


def moment_as_restriction(report: Entry, zone: ZoneInfo) -> Instant:
    """§6: an instant as it is; a vague report at 24:00 of its last day, in the time zone of the gate."""
    published = report["published"]
    return _instant(published) if "T" in published else (_start_of(span(published)[1].toordinal() + 1, zone), 0)


def day_as_permission(report: Entry, zone: ZoneInfo) -> date:
    """§6: the day of that moment, in the time zone of the gate."""
    return publication_day(report, zone) if "T" in report["published"] else span(report["published"])[0]


def day_as_restriction(report: Entry, zone: ZoneInfo) -> date:
    """§6: the day of that moment, in the time zone of the gate: 24:00 belongs to the day that it ends."""
    return publication_day(report, zone)


def _instant(published: str) -> Instant:
    day, second = moment(published)
    return day.toordinal() * END_OF_DAY + second, 1


def _start_of(day_number: int, zone: ZoneInfo) -> int:
    """00:00 of a day in a time zone, in UTC. The day after the last that can be written has the last one's offset."""
    day = date.fromordinal(min(day_number, date.max.toordinal()))
    offset = datetime.combine(day, time.min, tzinfo=zone).utcoffset() or timedelta()
    return day_number * END_OF_DAY - round(offset.total_seconds())
