"""When a text was published, as its head or its markup says."""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from policytracker.authoring.drafting.dates import absolute, calendar_day

_CLOCK = re.compile(
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2})? ?(?P<half>[AaPp]\.?[Mm]\b\.?)?,? ?(?P<zone>[A-Z]{2,4})?"
)
_ZONES = {
    **dict.fromkeys(("GMT", "UTC", "Z"), "UTC"),
    **dict.fromkeys(("EST", "EDT", "ET"), "America/New_York"),
    **dict.fromkeys(("PST", "PDT", "PT"), "America/Los_Angeles"),
    "SGT": "Asia/Singapore",
    "HKT": "Asia/Hong_Kong",
    "JST": "Asia/Tokyo",
    "KST": "Asia/Seoul",
    "BST": "Europe/London",
    **dict.fromkeys(("CET", "CEST"), "Europe/Berlin"),
}
"""Zones by abbreviations that mean one zone alone: CST is left out, which is Chicago's and Beijing's."""
_STAMP = re.compile(r"(20\d\d-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::\d\d)?(?:\.\d+)?\s*(Z|[+-]\d\d:?\d\d)?)?")


def published_in(line: str) -> str | None:
    """When something was published, by its line: a day, or an instant with the offset of its zone; None: not said."""
    found = absolute(line)
    if not found:
        return None
    day = found[0].first
    clock = _CLOCK.search(line)
    zone = _ZONES.get(clock["zone"] or "") if clock else None
    if clock is None or zone is None:
        return day.isoformat()
    hour, minute = int(clock["hour"]), int(clock["minute"])
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"].lower().startswith("p") else 0)
    return _instant(day, hour, minute, zone)


def _instant(day: date, hour: int, minute: int, zone: str) -> str | None:
    if hour > 23 or minute > 59:
        return day.isoformat()
    at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone))
    return at.isoformat(timespec="minutes")


def stamp(text: str) -> str | None:
    """A date or instant as machines write it, in the form of the ledger; None for another text."""
    found = _STAMP.match(text.strip())
    if found is None or calendar_day(*map(int, found[1].split("-"))) is None:
        return None
    if not (found[2] and found[3]):
        return found[1]
    offset = found[3] if found[3] == "Z" or ":" in found[3] else f"{found[3][:3]}:{found[3][3:]}"
    return f"{found[1]}T{found[2]}{'Z' if offset in ('+00:00', '-00:00') else offset}"
