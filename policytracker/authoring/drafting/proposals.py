"""Whether a text supports a proposed event: the one check that offline drafts and those of another program must pass.

Pure: it knows the text, the report and the names that are registered, and nothing of a ledger.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from policytracker.authoring.drafting.amounts import NONE_WORDS, amounts
from policytracker.authoring.drafting.dates import absolute, derivable
from policytracker.authoring.drafting.mentions import Lexicon
from policytracker.authoring.drafting.scope import hidden
from policytracker.events.catalogue import REGISTRY
from policytracker.events.forms import read_fields
from policytracker.events.reading import check_depth
from policytracker.events.refusals import NotJson, Refused, shown
from policytracker.questions.drafts import SPACES, resolved
from policytracker.questions.errors import QuestionError
from policytracker.status.entries import Fields

_DROPPED = re.compile(r"[\s\"'“”‘’„‟«»‹›「」『』〝〞＂＇`´]+")
_SELECTOR = re.compile(r"(?:in|hq|vendor):.+|all")
DATES = ("effective", "until")
OF_REPORT = ("title", "summary", "publisher", "cites")
STAND_IN = {"publisher": "?", "published": "2000-01-01"}
"""For a report of which these were not found: what is missing there is told apart."""


class Proposal(NamedTuple):
    """An event that somebody thinks a text supports."""

    fields: dict[str, Any]
    """In the interchange format, without ``report``; names may stand in place of ids."""
    quote: str
    why: tuple[str, ...] = ()


class Source(NamedTuple):
    """What a proposal is held against."""

    text: str
    report: Fields
    day: int | None
    """The day of publication; None: not known."""
    lexicon: Lexicon


@lru_cache(maxsize=8)
def spelled(text: str) -> str:
    """A text without white space and quotation marks, in which two prints of the same words may differ."""
    return _DROPPED.sub("", text)


def with_ids(proposal: Proposal, source: Source) -> tuple[dict[str, Any], list[str]]:
    """The event with ids in place of names, and the names that lead to none."""
    unknown: list[str] = []

    def refuse(field: str, text: str, error: QuestionError) -> None:
        unknown.append(f"{field}: {error}")

    fields = proposal.fields
    if not isinstance(fields.get("type"), str):
        return fields, unknown
    return dict(resolved(source.lexicon.names, fields, refuse)), unknown


def faults(proposal: Proposal, source: Source) -> list[str]:
    """Why a text does not support an event; none where it does."""
    try:
        check_depth(proposal.fields)
    except NotJson as refused:
        return [f"it is no event: {refused}"]
    if proposal.fields.get("type") in REGISTRY:
        return ["what is registered is for people to write"]
    fields, unknown = with_ids(proposal, source)
    if unknown:
        return unknown
    found = list(_undecoded(fields, proposal.quote, source))
    if found:
        return found
    return [
        *_unquoted(proposal.quote, source),
        *_unnamed(fields, proposal.quote, source),
        *_undated(fields, source),
        *_uncounted(fields, proposal.quote, source),
    ]


def _undecoded(fields: dict[str, Any], quote: str, source: Source) -> Iterator[str]:
    report = {**STAND_IN, **{key: value for key, value in source.report.items() if value}, "quote": quote}
    try:
        read_fields({**fields, "report": report})
    except Refused as refused:
        yield from (f"it is no event: {each}" for each in refused.each)


def _unquoted(quote: str, source: Source) -> Iterator[str]:
    if not spelled(quote):
        yield "quote: missing; an event rests on a passage of the text"
    elif spelled(quote) not in spelled(source.text):
        yield f"quote: not in the text: {shown(quote)}"


def _unnamed(fields: dict[str, Any], quote: str, source: Source) -> Iterator[str]:
    """Names that neither the passage nor the report's own block has."""
    block = " \n ".join(str(source.report[key]) for key in OF_REPORT if source.report.get(key))
    named = {(each.space, each.id) for each in source.lexicon.mentions(f"{quote} \n {block}")}
    for field, space, subject in _subjects(fields):
        if (space, subject) not in source.lexicon.names.groups and (space, subject) not in named:
            yield f"{field}: {subject} is named neither in the quote nor in the report"


def _subjects(fields: Any, field: str = "", space: str = "") -> Iterator[tuple[str, str, str]]:
    """Every id in an event, with its field and what it names; selectors that name none are left out."""
    if isinstance(fields, dict):
        for key, value in fields.items():
            inner = SPACES.get(key, "")
            # In a cohort and in a ``where`` the same words name what the field around them does.
            yield from _subjects(value, f"{field}.{key}" if field else key, space if space and inner else inner)
    elif isinstance(fields, list):
        for item in fields:
            yield from _subjects(item, field, space)
    elif isinstance(fields, str) and space in ("company", "chip", "authority") and not _SELECTOR.fullmatch(fields):
        yield field, space, fields.rpartition(":")[2]


def _undated(fields: dict[str, Any], source: Source) -> Iterator[str]:
    known = derivable(source.text, source.day) if source.day is not None else None
    for key, value in _values(fields, DATES):
        allowed = known if known is not None else {each.value for each in absolute(source.text)}
        if value not in allowed:
            yield f"{key}: {shown(value)} does not follow from the text and its day by the rules for dates"


def _uncounted(fields: dict[str, Any], quote: str, source: Source) -> Iterator[str]:
    told = amounts(hidden(quote, source.lexicon.mentions(quote)))
    numbers = {number for each in told for number in (each.min, each.max, *each.numbers) if number is not None}
    if NONE_WORDS.search(quote):
        numbers.add(0)
    for key, value in _values(fields, ("quantity", "count")):
        ends = value.items() if isinstance(value, dict) else [("", value)]
        for end, number in ends:
            if isinstance(number, int) and number not in numbers:
                where = f"{key}.{end}" if end else key
                yield f"{where}: {number:,} neither stands in the quote nor follows from it by the rules for numbers"


def _values(fields: Any, wanted: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """The values of some fields, wherever in an event they stand."""
    if isinstance(fields, dict):
        for key, value in fields.items():
            if key in wanted:
                yield key, value
            else:
                yield from _values(value, wanted)
