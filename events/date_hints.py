"""What to write in place of a text that is no date: the very form, which is then taken (interchange.md).

Only asked once a date was refused, so nothing here has to be fast.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

_FORMS = "write a day (2026-01-28), a month (2026-01), a year (2026), or two of these with a slash between"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PARTS = {
    **dict(zip(range(21, 29), [(3, 3), (6, 3), (9, 3), (12, 3)] * 2, strict=True)),
    **dict(zip(range(29, 33), [(9, 3), (12, 3), (3, 3), (6, 3)], strict=True)),
    **dict(zip(range(33, 42), [(1, 3), (4, 3), (7, 3), (10, 3), (1, 4), (5, 4), (9, 4), (1, 6), (7, 6)], strict=True)),
}
"""ISO 8601-2, 4.8: seasons, quarters, thirds and halves of a year by the number that stands for a month.

Each as its first month and how many months it has; a northern winter goes on into the next year.
"""
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_INSTANT = r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{1,2}):?([0-9]{2})(?::?([0-9]{2})(?:[.,][0-9]+)?)?(?: ?([Zz]|UTC))?"


def way_out(text: str, days_only: bool) -> str:
    """What to write in place of ``text``; ``days_only`` where no instant is taken."""
    cleaned = text.strip()
    instant = re.fullmatch(_INSTANT + r"(?: ?[+-][0-9]{2}:?[0-9]{2})?", cleaned)
    if instant is not None:
        return _of_instant(cleaned, instant[1], days_only)
    if (cleaned.startswith("../") or cleaned.endswith("/..")) and cleaned != "../..":
        return _open(cleaned)
    found = list(dict.fromkeys(_meant(cleaned)))
    if not found:
        return _FORMS if days_only else f"{_FORMS}; an instant as 2026-01-28T06:30Z"
    return f"write {' or '.join(found)}"


def _open(text: str) -> str:
    """What to write in place of an interval without an end, or without a start where none is taken."""
    if text.endswith("/.."):
        return f"write {text.removesuffix('/..')} and leave until out: without it there is no end"
    return f"only effective may be open at its start; write {text.removeprefix('../')} or a whole interval"


def _of_instant(text: str, day: str, days_only: bool) -> str:
    if days_only:
        return f"only days are taken here: write {day}"
    found = re.fullmatch(_INSTANT, text)
    if found is None:
        return "write the offset with a sign, two digits and two digits: 2026-01-28T06:30+08:00"
    clock = f"{day}T{int(found[2]):02}:{found[3]}" + (f":{found[4]}" if found[4] else "")
    if found[5]:
        return f"write {clock}Z"
    return f"say in which time zone: write {clock}Z for UTC, or {clock}+08:00 for an offset of eight hours"


def _meant(text: str) -> Iterator[str]:
    """The dates that a text may mean, as this ledger writes them."""
    yield from _days(text)
    yield from _part_of_year(text)
    yield from _with_month_name(text)
    yield from _uncertain(text)


def _days(text: str) -> Iterator[str]:
    if found := re.fullmatch(r"([0-9]{4})(?:[-/. ](?=.+[-/. ])|(?=[0-9]{4}$))([0-9]{1,2})[-/. ]?([0-9]{1,2})", text):
        yield from _day(found[1], found[2], found[3])
    elif found := re.fullmatch(r"([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{4})", text):
        yield from _day(found[3], found[1], found[2])
        yield from _day(found[3], found[2], found[1])
    elif found := re.fullmatch(r"([0-9]{4})[-/. ]([0-9]{1,2})|([0-9]{1,2})[/.]([0-9]{4})", text):
        year, month = (found[1], found[2]) if found[1] else (found[4], found[3])
        if 1 <= int(month) <= 12:
            yield f"{year}-{int(month):02}"
    elif found := re.fullmatch(r"([0-9]{4})-?W([0-9]{2})(?:-?([1-7]))?", text):
        yield from _week(int(found[1]), int(found[2]), found[3])
    elif found := re.fullmatch(r"([0-9]{4})-?([0-9]{3})", text):
        yield from _day_of_year(int(found[1]), int(found[2]))


def _day(year: str, month: str, day: str) -> Iterator[str]:
    if int(year) >= 1 and 1 <= int(month) <= 12 and 1 <= int(day) <= monthrange(int(year), int(month))[1]:
        yield f"{year}-{int(month):02}-{int(day):02}"


def _week(year: int, week: int, day: str | None) -> Iterator[str]:
    try:
        first = date.fromisocalendar(year, week, int(day or 1))
        yield first.isoformat() if day else f"{first.isoformat()}/{(first + timedelta(days=6)).isoformat()}"
    except (ValueError, OverflowError):
        return


def _day_of_year(year: int, day: int) -> Iterator[str]:
    if year >= 1 and 1 <= day <= 365 + (monthrange(year, 2)[1] == 29):
        yield (date(year, 1, 1) + timedelta(days=day - 1)).isoformat()


def _part_of_year(text: str) -> Iterator[str]:
    word = r"(?:(?P<letter>[QqHh])(?P<place>[1-4])|(?P<season>spring|summer|autumn|fall|winter))"
    year = "(?P<year>[0-9]{4})"
    if numbered := re.fullmatch(r"([0-9]{4})-([0-9]{2})", text):
        yield from _months(int(numbered[1]), int(numbered[2]))
    for form in (f"{year}[- ]?{word}", f"{word}(?: of)?[- ]?{year}"):
        found = re.fullmatch(form, text, re.IGNORECASE)
        if found is not None:
            yield from _months(int(found["year"]), _number_of(found))


def _number_of(found: re.Match[str]) -> int:
    """The number of ISO 8601-2 for a season, quarter or half; 0 for none."""
    if found["season"]:
        return _SEASONS[found["season"].lower()]
    if found["letter"] in "Qq":
        return 32 + int(found["place"])
    return 39 + int(found["place"]) if int(found["place"]) <= 2 else 0


def _months(year: int, part: int) -> Iterator[str]:
    """The interval of a part of a year, from its first month to its last."""
    if part not in _PARTS or not 1 <= year <= 9998:
        return
    first, count = _PARTS[part]
    last = first + count - 1
    yield f"{year:04}-{first:02}/{year + (last > 12):04}-{(last - 1) % 12 + 1:02}"


def _with_month_name(text: str) -> Iterator[str]:
    name = "(?P<name>[A-Za-z]{3,9})[.,]?"
    day, year = "(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?[.,]?", "(?P<year>[0-9]{4})"
    for form in (f"{day} {name} {year}", f"{name} {day} {year}", f"{name} {year}"):
        found = re.fullmatch(form, text)
        if found is None or found["name"][:3].lower() not in _MONTHS:
            continue
        month = str(_MONTHS.index(found["name"][:3].lower()) + 1)
        if "day" in found.groupdict():
            yield from _day(found["year"], month, found["day"])
        else:
            yield f"{found['year']}-{int(month):02}"
        return


def _uncertain(text: str) -> Iterator[str]:
    """What ISO 8601-2 marks as uncertain or leaves open: there is no such mark here, but there are intervals."""
    if found := re.fullmatch(r"([0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)[?~%]", text):
        yield found[1]
    elif found := re.fullmatch(r"([0-9]{3})[Xx]|([0-9]{2})[Xx]{2}", text):
        start, width = (f"{found[1]}0", 9) if found[1] else (f"{found[2]}00", 99)
        yield f"{start}/{int(start) + width:04}"
