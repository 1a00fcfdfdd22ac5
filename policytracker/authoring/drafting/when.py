"""From when to when an event holds, as vague as the passage tells it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from policytracker.authoring.drafting.dates import Dated, dates_in
from policytracker.authoring.drafting.phrases import Phrase
from policytracker.events.catalogue import CLAIMS

_FROM = re.compile(
    r"(?:effective|with effect from|starting|beginning|\bfrom|takes? effect(?: on)?|\bas of|\bsince|自|从)(?: on)?\s*$",
    re.I,
)
_UNTIL = re.compile(r"(?:\buntil|\bthrough|直到|至)\s*$", re.IGNORECASE)
_BY = re.compile(r"(?:\bby|\bas of|\bup to|截至|截止)\s*$", re.IGNORECASE)
_SAID = re.compile(
    r"(?:said|says|reported|told \w+|announced|confirmed|denied|表示|报道|称)(?: in [^,.]{0,30})?(?: late"
    r"| early)?(?: on)?\s*$",
    re.I,
)
_THEN_SAID = re.compile(r"\s*(?:denied|said|reported|told reporters)\b|[^,，。]{0,10}(?:表示|透露|称|说)")
_SO_FAR = re.compile(r"\bso far\b|\bto date\b|\byet\b|\bas of\b|\balready\b|截至|尚|迄今|目前", re.IGNORECASE)

Told = list[tuple[Dated, str]]
"""The dates of a passage, each with the words before it."""


def when(fields: dict[str, Any], phrase: Phrase, text: str, day: int | None) -> list[str]:
    """Fill in ``effective`` and ``until``; returns what led to them."""
    if day is None:
        return ["no day of publication: relative dates are left out"]
    if fields["type"] in ("development-reported", "condition-signalled"):
        return []
    found = [(each, text[: each.start]) for each in dates_in(text, day)]
    why = []
    ends = [each for each, before in found if _UNTIL.search(before)]
    if ends and fields["type"] in CLAIMS:
        fields["until"] = (ends[-1].last + timedelta(days=1)).isoformat()
        why.append(f"until “{_shown(text, ends[-1])}”: the day after it is the first without")
    begins = [pair for pair in found if pair[0] not in ends]
    is_none = phrase.fields.get("quantity") == "none"
    start = _none_until(text, begins, day) if is_none else _start(fields["type"], text, begins)
    if start is not None:
        fields["effective"], words = start
        why.append(f"effective from “{words}”")
    return why


def _none_until(text: str, found: Told, day: int) -> tuple[str, str] | None:
    """Of a quantity of nothing: up to the day that is named, that somebody says so, or of the report."""
    named = [each for each, before in found if _BY.search(before)]
    said = [each for each, before in found if _is_said(text, each, before)]
    so_far = _SO_FAR.search(text)
    if named or (so_far and said):
        last = named[0] if named else said[-1]
        return f"../{last.last}", _shown(text, last)
    return (f"../{date.fromordinal(day)}", so_far[0]) if so_far else None


def _start(kind: str, text: str, found: Told) -> tuple[str, str] | None:
    begins = [each for each, before in found if _FROM.search(before)]
    if begins:
        return begins[0].value, _shown(text, begins[0])
    up_to = [each for each, before in found if _BY.search(before)]
    if up_to:
        return f"../{up_to[0].last}", _shown(text, up_to[0])
    acted = [each for each, before in found if not _is_said(text, each, before)]
    if acted and kind != "orders-reported":
        return acted[0].value, _shown(text, acted[0])
    return None


def _is_said(text: str, dated: Dated, before: str) -> bool:
    """Whether a date is that of the saying, not of the act."""
    return bool(_SAID.search(before) or _THEN_SAID.match(text, dated.end))


def _shown(text: str, dated: Dated) -> str:
    return text[dated.start : dated.end]
