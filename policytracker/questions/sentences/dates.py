"""Dates in sentences: days, vague days and instants."""

import re
from typing import Final

MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAY: Final = re.compile(r"(?<![\w/-])\d{4}-\d\d-\d\d(?:T\d\d:\d\dZ)?(?![\w/-])")
"""A day or an instant in a text: no part of a name or of an interval."""
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
    """
    first, _, last = text.partition("/")
    if ".." in (first, last):
        return span_in_words(text)
    if last:
        return f"between {_without_what_follows(first, last)} and {day_in_words(last)}"
    return f"{'on' if len(first) >= len('2026-01-28') else 'in'} {day_in_words(first)}"


def since(text: str) -> str:
    """From when something holds, given the date on which it begins.

    >>> since("2026-01-28"), since("2026-01-26/2026-01-28"), since("../2026-02-24")
    ('from 28 January 2026', 'from a day between 26 and 28 January 2026', 'from 24 February 2026 at the latest')
    """
    first, _, last = text.partition("/")
    if first == "..":
        return f"from {day_in_words(last)} at the latest"
    if last == "..":
        return f"from {day_in_words(first)} at the earliest"
    return f"from a day {when(text)}" if last else f"from {day_in_words(first)}"


def _without_what_follows(first: str, last: str) -> str:
    """The first of two days, without the year, or the month and the year, that the last repeats."""
    if len(first) == len(last) == len("2026-01-28") and first[:7] == last[:7]:
        return str(int(first[8:]))
    words = day_in_words(first)
    return words.removesuffix(f" {first[:4]}") if first[:4] == last[:4] and len(first) > len("2026") else words
