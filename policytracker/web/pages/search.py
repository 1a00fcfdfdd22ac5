"""Search: whoever and whatever has such a name, and every event that holds such a text, in any language."""

from collections.abc import Iterator
from itertools import groupby, islice
from typing import Literal, TypedDict

from policytracker.projections.log import Logged
from policytracker.questions import columns
from policytracker.questions.finding import Called, Registered
from policytracker.questions.ledger_answers import LedgerEvent
from policytracker.questions.log import as_object, search
from policytracker.questions.publishers import Publishers
from policytracker.web.lines import batches
from policytracker.web.page import Drawn, Lead, Page, Parameter, Question, Table
from policytracker.web.recorders import as_shown

MOST = 100
"""Events on a page."""
MOST_NAMES = 30


class FoundName(TypedDict):
    """Whoever or whatever has a name that contains the text."""

    kind: Literal["company", "chip", "authority", "company-group", "chip-group", "source"]
    id: str
    """Of a source: its name."""
    name: str
    exactly: bool
    """Whether one of its names is just what was looked for."""


class SearchPage(TypedDict):
    """What was found."""

    names: list[FoundName]
    near: list[FoundName]
    """Companies and chips that may be meant, where nothing is called so and no event contains the text."""
    events: list[LedgerEvent]
    """The newest that contain the text, in ledger order."""
    more: int
    """How many older events contain it."""


def _found(question: Question) -> tuple[list[Logged], int]:
    """The newest events found, in ledger order, and how many older ones there are."""
    text = question.query.get("q", "")

    def looked_up() -> tuple[list[Logged], int]:
        found = search(question.reader, text, question.clocks.recorded) if text else []
        return [as_shown(question, event) for event in found[-MOST:]], max(0, len(found) - MOST)

    return question.once("found", looked_up)


def _answer(question: Question) -> SearchPage:
    text = question.query.get("q", "")
    events, more = _found(question)
    called = list(_names(question, text)) if text else []
    near = _registered(question).near(text) if text and not called and not events else ()
    return {
        "names": called,
        "near": [_as_object(each) for each in near],
        "events": [as_object(event) for event in events],
        "more": more,
    }


def _names(question: Question, text: str) -> Iterator[FoundName]:
    kinds = groupby(_registered(question).called(text), key=lambda each: each.kind)
    yield from (_as_object(each) for _, found in kinds for each in islice(found, MOST_NAMES))
    for publisher in Publishers(question.reader, question.clocks).containing(text)[:MOST_NAMES]:
        yield {"kind": "source", "id": publisher, "name": publisher, "exactly": publisher.casefold() == text.casefold()}


def _registered(question: Question) -> Registered:
    return question.once("registered", lambda: Registered(question.reader, question.clocks))


def _as_object(found: Called) -> FoundName:
    return {"kind": found.kind, "id": found.id, "name": found.name, "exactly": found.exactly}


def _leads(question: Question) -> Lead | None:
    """To the one who is called just so, if there is one."""
    text = question.query.get("q", "")
    if not text or "all" in question.query:
        return None
    found = [each for each in _registered(question).called(text) if each.exactly]
    if len(found) != 1 or found[0].kind.endswith("-group"):
        return None
    return Lead(found[0].kind, {found[0].kind: found[0].id})


def _shown(question: Question, answer: SearchPage) -> Drawn:
    events, more = _found(question)
    lines = batches(question, reversed(events))
    return {"text": question.query.get("q", ""), "batches": lines, "more": more, "most": MOST}


SEARCH = Page(
    name="search",
    path="/search",
    says="Companies, chips, authorities and sources with such a name, and the newest events that contain a text.",
    answer=_answer,
    shown=_shown,
    leads=_leads,
    tables=(Table("events", "search", lambda _, page: (columns.SEARCH, page["events"])),),
    parameters=(
        Parameter("q", "The text, in any language, without regard to case."),
        Parameter("all", "List all that is found, also where one alone is called just so: all=1."),
    ),
)
