"""Search: whoever and whatever has such a name, and every event that holds such a text, in any language."""

from collections.abc import Iterator, Mapping
from typing import Literal, TypedDict

from policytracker.projections.log import Logged
from policytracker.questions import columns, names
from policytracker.questions.corrections import LoggedCorrections
from policytracker.questions.ledger_answers import LedgerEvent
from policytracker.questions.log import as_object, search
from policytracker.questions.publishers import Publishers
from policytracker.status.directory import Directory
from policytracker.status.entries import Fields
from policytracker.web.lines import batches
from policytracker.web.page import Drawn, Page, Parameter, Question, Table
from policytracker.web.recorders import as_shown

MOST = 100
"""Events on a page."""
MOST_NAMES = 30


Kind = Literal["company", "chip", "authority", "company-group", "chip-group", "source"]


class FoundName(TypedDict):
    """Whoever or whatever has a name that contains the text."""

    kind: Kind
    id: str
    """Of a source: its name."""
    name: str


class SearchPage(TypedDict):
    """What was found."""

    names: list[FoundName]
    events: list[LedgerEvent]
    """The newest that contain the text, in ledger order."""
    more: int
    """How many older events contain it."""


def _found(question: Question) -> tuple[list[Logged], int]:
    """The newest events found, in ledger order, and how many older ones there are."""
    text = question.query.get("q", "")
    found = search(question.reader, text, question.clocks.recorded) if text else []
    return [as_shown(question, event) for event in found[-MOST:]], max(0, len(found) - MOST)


def _answer(question: Question) -> SearchPage:
    text = question.query.get("q", "")
    events, more = _found(question)
    return {
        "names": list(_names(question, text)) if text else [],
        "events": [as_object(event) for event in events],
        "more": more,
    }


def _names(question: Question, text: str) -> Iterator[FoundName]:
    directory = question.directory
    yield from _called("company", directory, "company", directory.companies, text)
    yield from _called("chip", directory, "chip", directory.chips, text)
    yield from _called("authority", directory, "authority", directory.authorities, text)
    yield from _called("company-group", directory, "company", _groups(directory, "company"), text)
    yield from _called("chip-group", directory, "chip", _groups(directory, "chip"), text)
    for publisher in Publishers(question.reader, question.clocks).containing(text)[:MOST_NAMES]:
        yield {"kind": "source", "id": publisher, "name": publisher}


def _called(
    kind: Kind, directory: Directory, space: str, registered: Mapping[str, Fields], text: str
) -> Iterator[FoundName]:
    for subject in names.containing(directory, space, registered, text)[:MOST_NAMES]:
        yield {"kind": kind, "id": subject, "name": names.label(registered[subject])}


def _groups(directory: Directory, members: str) -> Mapping[str, Fields]:
    return {group: fields for (of, group), fields in directory.groups.items() if of == members}


def _shown(question: Question, answer: SearchPage) -> Drawn:
    events, more = _found(question)
    corrections = LoggedCorrections(question.reader, question.clocks.recorded)
    lines = batches(reversed(events), corrections)
    return {"text": question.query.get("q", ""), "batches": lines, "more": more, "most": MOST}


SEARCH = Page(
    name="search",
    path="/search",
    says="Companies, chips, authorities and sources with such a name, and the newest events that contain a text.",
    answer=_answer,
    shown=_shown,
    tables=(Table("events", "search", lambda _, page: (columns.SEARCH, page["events"])),),
    parameters=(Parameter("q", "The text, in any language, without regard to case."),),
)
