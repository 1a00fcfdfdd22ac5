"""Dates that a text tells, by stated rules, given the day of its publication (docs/howto-draft.md, "Dates").

The zone of the page decides which day that is. A date is never sharper than the words.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from policytracker.events.dates import iso

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ABSOLUTE = (
    re.compile(rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<year>20\d\d)\b)?"),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? {_MONTH}\b(?:,? (?P<year>20\d\d)\b)?"),
    re.compile(r"\b(?P<year>20\d\d)-(?P<number>\d\d)-(?P<day>\d\d)"),
    re.compile(r"(?:(?P<year>20\d\d)\s?年\s?)?(?P<number>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?[日号]"),
)
RECENT_WEEKS = 3


class Dated(NamedTuple):
    """A date in a text: where it stands, its first and last day, and how it is written."""

    start: int
    end: int
    first: date
    last: date
    value: str


Rule = Callable[[re.Match[str], date], tuple[date, date, str]]


def absolute(text: str) -> list[Dated]:
    """The dates in a text that name year, month and day."""
    return list(_calendar(text, None))


def dates_in(text: str, published: int) -> list[Dated]:
    """The dates in a text that was published on a day (an ordinal), in order; a longer one hides what it holds."""
    day = date.fromordinal(published)
    found = [*_calendar(text, day), *_relative(text, day)]
    found.sort(key=lambda each: (each.start, -each.end))
    kept: list[Dated] = []
    for each in found:
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


@lru_cache(maxsize=8)
def derivable(text: str, published: int) -> frozenset[str]:
    """Every value that a date of an event may have by a text: those told, a day up to them, and the day after."""
    found = {iso(published), f"../{iso(published)}"}
    for dated in dates_in(text, published):
        found |= {dated.value, f"../{dated.last}", f"{dated.last + timedelta(days=1)}", f"{dated.first}"}
    return frozenset(found)


def _calendar(text: str, published: date | None) -> Iterator[Dated]:
    for pattern in _ABSOLUTE:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            month = int(parts["number"]) if parts.get("number") else _MONTHS.index(parts["month"][:3].lower()) + 1
            if parts["year"] is None and published is None:
                continue
            year = int(parts["year"]) if parts["year"] else _nearest_year(published, month, int(parts["day"]))
            day = calendar_day(year, month, int(parts["day"]))
            if day is not None:
                yield Dated(match.start(), match.end(), day, day, day.isoformat())


def _nearest_year(published: date | None, month: int, day: int) -> int:
    """The year that puts a day nearest to the publication."""
    if published is None:
        return 0
    years = [
        year for year in (published.year - 1, published.year, published.year + 1) if calendar_day(year, month, day)
    ]
    return min(years, key=lambda year: abs((date(year, month, day) - published).days), default=0)


def calendar_day(year: int, month: int, day: int) -> date | None:
    """A day of the calendar; None where there is none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _relative(text: str, published: date) -> Iterator[Dated]:
    for pattern, rule in RULES:
        for match in pattern.finditer(text):
            first, last, value = rule(match, published)
            yield Dated(match.start(), match.end(), first, last, value)


def _one(back: int) -> Rule:
    def rule(_: re.Match[str], day: date) -> tuple[date, date, str]:
        found = day - timedelta(days=back)
        return found, found, found.isoformat()

    return rule


def _between(first: date, last: date) -> tuple[date, date, str]:
    value = first.isoformat() if first == last else f"{first}/{last}"
    return first, last, value


def _this_week(_: re.Match[str], day: date) -> tuple[date, date, str]:
    return _between(day - timedelta(days=day.weekday()), day)


def _last_week(_: re.Match[str], day: date) -> tuple[date, date, str]:
    monday = day - timedelta(days=day.weekday() + 7)
    return _between(monday, monday + timedelta(days=6))


def _recent_weeks(_: re.Match[str], day: date) -> tuple[date, date, str]:
    return _between(day - timedelta(days=day.weekday() + 7 * RECENT_WEEKS), day)


def _this_month(_: re.Match[str], day: date) -> tuple[date, date, str]:
    return _between(day.replace(day=1), day)


def _earlier_this_month(_: re.Match[str], day: date) -> tuple[date, date, str]:
    return _between(day.replace(day=1), max(day.replace(day=1), day - timedelta(days=1)))


def _month(first: date) -> tuple[date, date, str]:
    return first, first.replace(day=monthrange(first.year, first.month)[1]), f"{first:%Y-%m}"


def _last_month(_: re.Match[str], day: date) -> tuple[date, date, str]:
    return _month((day.replace(day=1) - timedelta(days=1)).replace(day=1))


def _weekday(match: re.Match[str], day: date) -> tuple[date, date, str]:
    """The last such day up to the publication."""
    names = {
        **{name: place for place, name in enumerate(_DAYS)},
        **dict(zip("一二三四五六日天", (*range(7), 6), strict=True)),
    }
    found = day - timedelta(days=(day.weekday() - names[match["weekday"].lower()]) % 7)
    return found, found, found.isoformat()


def _quarter(match: re.Match[str], day: date) -> tuple[date, date, str]:
    words = match["quarter"].lower()
    number = (
        ("first", "second", "third", "fourth").index(words)
        if words in ("first", "second", "third", "fourth")
        else "一二三四".index(words)
    )
    year = int(match["year"]) if match["year"] else day.year
    first, last = date(year, 3 * number + 1, 1), date(year, 3 * number + 3, 1)
    return first, _month(last)[1], f"{first:%Y-%m}/{last:%Y-%m}"


def _end_of_month(match: re.Match[str], day: date) -> tuple[date, date, str]:
    month = _MONTHS.index(match["month"][:3].lower()) + 1
    year = int(match["year"]) if match["year"] else day.year + (month < day.month)
    last = date(year, month, monthrange(year, month)[1])
    return last, last, last.isoformat()


def _named_month(match: re.Match[str], day: date) -> tuple[date, date, str]:
    month = _MONTHS.index(match["month"][:3].lower()) + 1
    year = int(match["year"]) if match["year"] else day.year - (month > day.month)
    return _month(date(year, month, 1))


_WEEKDAY = r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
RULES: tuple[tuple[re.Pattern[str], Rule], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE if "P<month>" not in pattern else 0), rule)
    for pattern, rule in (
        (r"\btoday\b|今天|今日", _one(0)),
        (r"\byesterday\b|昨天|昨日", _one(1)),
        (r"\b(?:earlier )?this week\b|本周|这周", _this_week),
        (r"\blast week\b|\bthe previous week\b|上周(?![一二三四五六日天])", _last_week),
        (r"\b(?:in|over) (?:recent|the past few|the last few) weeks\b|近几周|最近几周", _recent_weeks),
        (r"\bearlier this month\b|本月早些时候|本月稍早", _earlier_this_month),
        (r"(?<!earlier )\bthis month\b|本月(?!早些|稍早)", _this_month),
        (r"\blast month\b|上个?月", _last_month),
        (rf"\b(?:last )?{_WEEKDAY}\b", _weekday),
        (r"(?<!上)(?:本周|周|星期)(?P<weekday>[一二三四五六日天])", _weekday),
        (r"\b(?P<quarter>first|second|third|fourth) quarter(?: of (?P<year>20\d\d))?\b", _quarter),
        (r"(?:(?P<year>20\d\d)年)?第?(?P<quarter>[一二三四])季度", _quarter),
        (rf"\bthe end of {_MONTH}(?: (?P<year>20\d\d))?\b", _end_of_month),
        (rf"\b(?:[Ii]n|[Ss]ince|of|[Dd]uring|[Ff]rom|[Ll]ast) {_MONTH}(?:,? (?P<year>20\d\d))?\b(?! \d)", _named_month),
    )
)
"""Relative dates: the words, and what they mean on a day of publication."""
