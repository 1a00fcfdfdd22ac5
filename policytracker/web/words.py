"""Statuses, dates and addresses as pages show them."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from policytracker.questions.claim_answers import NamedEvent
from policytracker.questions.sentences.naming import capital
from policytracker.questions.sentences.places import gate_name, place
from policytracker.questions.sentences.verdicts import verdict_words
from policytracker.questions.telling import DEVELOPMENT, called, range_in_words, short_source
from policytracker.questions.values import age_in_words, until_in_words
from policytracker.status.words import STATUSES, Status

DOMESTIC = "domestic"
"""What a cell without gates is shown as: its chip comes from the company's own jurisdiction (semantics.md §1)."""
MEANINGS: dict[Status, str] = {
    "prohibited": "a published rule forbids it",
    "blocked": "stopped without a published rule",
    "pending": "waits for a decision",
    "in_principle": "preparatory steps only",
    "licensable": "needs a licence, none known to be granted",
    "conditional": "may go ahead under conditions",
    "cleared": "may go ahead",
}
"""What each status means, for legends; the lowest first."""
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
DATED = re.compile(r"(?<![\w/-])([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T([0-9:]{5,8})Z)?(?![\w/-])")
"""A day or an instant, by itself or in a text: no part of a name or of an interval."""


def status_words(possible: Sequence[str]) -> str:
    """Possible statuses in words, lowest first: one, its two ends, or unknown.

    The spaces within each end do not break.

    >>> status_words(["in_principle", "conditional"]).replace("\xa0", "_")
    'in_principle_… conditional'
    """
    if len(possible) == len(STATUSES):
        return "unknown"
    ends = dict.fromkeys(spaced(word).replace(" ", "\xa0") for word in (possible[0], possible[-1]))
    return "\xa0… ".join(ends)


def status_classes(possible: Sequence[str]) -> str:
    """The classes that colour a status: by its two ends, and how sure it is.

    >>> status_classes(["in_principle", "conditional"])
    'status low-in_principle high-conditional uncertain'
    """
    sure = {1: "certain", len(STATUSES): "unknown"}.get(len(possible), "uncertain")
    return f"status low-{possible[0]} high-{possible[-1]} {sure}"


def spaced(word: str) -> str:
    """A word of the ledger as people write it.

    >>> spaced("in_principle"), spaced("batch-approved")
    ('in principle', 'batch approved')
    """
    return word.replace("_", " ").replace("-", " ")


def day_words(text: str | None) -> str:
    """A day, an instant, a month or a vague date for reading; anything else as it is.

    >>> day_words("2026-01-28"), day_words("2026-01-28T18:00Z"), day_words("2026-01"), day_words("2026")
    ('28 Jan 2026', '28 Jan 2026, 18:00 UTC', 'Jan 2026', '2026')
    >>> day_words("2026-01-16/2026-01-17"), day_words("../2026-05-14"), day_words("2026-05-14/..")
    ('between 16 Jan 2026 and 17 Jan 2026', 'by 14 May 2026', '14 May 2026 or later')
    """
    first, _, last = (text or "").partition("/")
    if not last:
        return _one_day(first)
    if first == "..":
        return f"by {_one_day(last)}"
    return f"{_one_day(first)} or later" if last == ".." else f"between {_one_day(first)} and {_one_day(last)}"


def _one_day(text: str) -> str:
    month = MONTH.fullmatch(text)
    if month is not None:
        return f"{MONTHS[int(month[2]) - 1]} {month[1]}"
    found = DATED.fullmatch(text)
    try:
        day = date.fromisoformat(found[1]) if found else None
    except ValueError:
        day = None
    if found is None or day is None:
        return text
    words = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{words}, {found[2]} UTC" if found[2] else words


def dated(text: str) -> str:
    """A text with every day and instant in it for reading.

    >>> dated("a day between 2026-01-26 and 2026-01-28")
    'a day between 26 Jan 2026 and 28 Jan 2026'
    >>> dated("from 2026-01-28T06:30Z, says cn-2026-01-28-batch")
    'from 28 Jan 2026, 06:30 UTC, says cn-2026-01-28-batch'
    """
    return DATED.sub(lambda found: day_words(found[0]), text)


def web_address(text: str | None) -> str | None:
    """An address that a page may link to: http or https with a host; None for any other."""
    if not text:
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return text if parts.scheme in ("http", "https") and parts.hostname else None


def linkable(report: Mapping[str, Any]) -> dict[str, Any]:
    """A report with those of its addresses to which a page may link."""
    return {**report, **{name: web_address(report.get(name)) for name in ("url", "archived")}}


def given(address: str) -> list[tuple[str, str]]:
    """The names and values behind the question mark of an address: what a form that leads there must keep.

    >>> given("/log?at=2026-01-28&known=2026-01-28T12%3A00Z")
    [('at', '2026-01-28'), ('known', '2026-01-28T12:00Z')]
    """
    return parse_qsl(urlsplit(address).query)


def account_name(account: NamedEvent) -> str:
    """What to call an event: its ref, else the beginning of its id."""
    return called(account["id"], account["ref"])


def precise(says: str, kind: str) -> str:
    """The line in the ledger's terms below an event's sentence: of a development without its text, which is the
    sentence.

    >>> precise("statement of white-house: Talks go on.", "development-reported"), precise("blocks h20", "blocked")
    ('statement of white-house', 'blocks h20')
    """
    return says.partition(": ")[0] if kind == DEVELOPMENT else says


FILTERS: dict[str, Callable[..., Any]] = {
    "status": status_words,
    "status_classes": status_classes,
    "spaced": spaced,
    "day": day_words,
    "dated": dated,
    "web_address": web_address,
    "given": given,
    "called": account_name,
    "precise": precise,
    "range": range_in_words,
    "short_source": short_source,
    "age": age_in_words,
    "until": until_in_words,
    "place": place,
    "gate_name": gate_name,
    "verdict": verdict_words,
    "capital": capital,
}
