"""Dates in sentences: days, vague days and instants."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final

MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAY: Final = re.compile(r"(?<![\w/-])\d{4}-\d\d-\d\d(?:T\d\d:\d\dZ)?(?![\w/-])")
"""A day or an instant in a text: no part of a name or of an interval."""
_ONE_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_PARTS: Final = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T(\d\d:\d\d)(?::[\d.]+)?Z)?")


def day_in_words(text: str) -> str:
    """A day, month, year or instant as people write it; anything else as it is.

    >>> day_in_words("2026-01-28"), day_in_words("2026-01"), day_in_words("2026-01-28T04:21Z")
    ('28 January 2026', 'January 2026', '28 January 2026, 04:21 UTC')
    """
    found = _PARTS.fullmatch(text)
    if found is None:
        return text
    year, month, day, time = found.groups()
    words = " ".join(part for part in (day and str(int(day)), month and MONTHS[int(month) - 1], year) if part)
    return f"{words}, {time} UTC" if time else words


def dates_in_words(text: str) -> str:
    """A text with every day and instant in it as people write it.

    >>> dates_in_words("in force again from a day between 2026-11-10 and 2026-11-12, says us-2026-11-10-rule")
    'in force again from a day between 10 November 2026 and 12 November 2026, says us-2026-11-10-rule'
    """
    return _DAY.sub(lambda found: day_in_words(found[0]), text)


def span_in_words(text: str) -> str:
    """A date as an event has it: exact, vague or open at one end.

    >>> span_in_words("2026-01-26/2026-01-28"), span_in_words("../2026-02-24"), span_in_words("2026-01-26/..")
    ('26 to 28 January 2026', 'by 24 February 2026', '26 January 2026 or later')
    """
    first, _, last = text.partition("/")
    if not last:
        return day_in_words(first)
    if first == "..":
        return f"by {day_in_words(last)}"
    if last == "..":
        return f"{day_in_words(first)} or later"
    return f"{_without_what_follows(first, last)} to {day_in_words(last)}"


def when(text: str) -> str:
    """A date with the word that stands before it in a sentence.

    >>> when("2026-01-28"), when("2026-01"), when("2026-01-26/2026-01-28"), when("../2026-02-24")
    ('on 28 January 2026', 'in January 2026', 'between 26 and 28 January 2026', 'by 24 February 2026')
    >>> when("2026-04-22/2026-04-23"), when("2025-07/2025-08-20")
    ('on 22 or 23 April 2026', 'between 1 July and 20 August 2025')
    """
    first, _, last = text.partition("/")
    if ".." in (first, last):
        return span_in_words(text)
    if last:
        return _on_one_of(first, last)
    return f"{'on' if len(first) >= len('2026-01-28') else 'in'} {day_in_words(first)}"


def since(text: str) -> str:
    """From when something holds, given the date on which it begins.

    >>> since("2026-01-28"), since("2026-01-26/2026-01-28"), since("../2026-02-24")
    ('from 28 January 2026', 'from a day between 26 and 28 January 2026', 'from 24 February 2026 at the latest')
    >>> since("2026-04-22/2026-04-23"), since("2026-04")
    ('from 22 or 23 April 2026', 'from a day in April 2026')
    """
    first, _, last = text.partition("/")
    if first == "..":
        return f"from {day_in_words(last)} at the latest"
    if last == "..":
        return f"from {day_in_words(first)} at the earliest"
    words = when(text)
    if words.startswith("on "):
        return f"from {words.removeprefix('on ')}"
    return f"from a day {words}"


def published_in_words(text: str) -> str:
    """When a report was published: of a vague date that it was on one of its days.

    >>> published_in_words("2026-01-28"), published_in_words("2025-12-31/2026-01"), published_in_words("2026-01")
    ('28 January 2026', 'between 31 December 2025 and 31 January 2026', 'January 2026')
    """
    first, _, last = text.partition("/")
    return when(text).removeprefix("on ") if last and ".." not in (first, last) else span_in_words(text)


def up_to(text: str) -> str:
    """Until when something holds, given the first day without it.

    >>> up_to("2027-01-10"), up_to("2026-12-01/2027-01-10")
    ('up to and including 9 January 2027', 'until 1 December 2026 to 10 January 2027')
    """
    if not _ONE_DAY.fullmatch(text):
        return f"until {span_in_words(text)}"
    return f"up to and including {day_in_words((date.fromisoformat(text) - timedelta(1)).isoformat())}"


def _on_one_of(first: str, last: str) -> str:
    """One of the days from one date to another; a month or a year counts from its first day to its last."""
    if len(first) != len(last):
        first, last = _ends(first)[0], _ends(last)[1]
    is_next = _ONE_DAY.fullmatch(first) and _ONE_DAY.fullmatch(last) and _is_next(first, last)
    words = _without_what_follows(first, last)
    return f"on {words} or {day_in_words(last)}" if is_next else f"between {words} and {day_in_words(last)}"


def _is_next(first: str, last: str) -> bool:
    return date.fromisoformat(last) - date.fromisoformat(first) == timedelta(1)


def _ends(text: str) -> tuple[str, str]:
    """The first and the last day of a day, a month or a year; an instant as it is."""
    if len(text) > len("2026-01-28"):
        return text, text
    year, month = int(text[:4]), text[5:7]
    first = text if len(text) == len("2026-01-28") else f"{year:04}-{month or '01'}-01"
    last = int(month or 12)
    end = text if len(text) == len("2026-01-28") else f"{year:04}-{last:02}-{monthrange(year, last)[1]:02}"
    return first, end


def _without_what_follows(first: str, last: str) -> str:
    """The first of two days, without the year, or the month and the year, that the last repeats."""
    if len(first) == len(last) == len("2026-01-28") and first[:7] == last[:7]:
        return str(int(first[8:]))
    words = day_in_words(first)
    return words.removesuffix(f" {first[:4]}") if first[:4] == last[:4] and len(first) > len("2026") else words
