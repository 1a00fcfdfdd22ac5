"""Search: whoever and whatever has such a name, and every event that holds such a text, in any language."""

from collections.abc import Iterator, Mapping
from typing import Any

from policytracker.questions import names
from policytracker.questions.log import as_object, search
from policytracker.questions.publishers import Publishers
from policytracker.web.lines import batches
from policytracker.web.page import Page, Parameter, Question

MOST = 100
"""Events on a page."""
MOST_NAMES = 30


def _found(question: Question) -> tuple[list[Any], int]:
    """The newest events found, in ledger order, and how many older ones there are."""
    text = question.query.get("q", "")
    found = search(question.books, text, question.clocks.recorded) if text else []
    return found[-MOST:], max(0, len(found) - MOST)


def _answer(question: Question) -> dict[str, Any]:
    text = question.query.get("q", "")
    events, more = _found(question)
    return {
        "names": list(_names(question, text)) if text else [],
        "events": [as_object(event) for event in events],
        "more": more,
    }


def _names(question: Question, text: str) -> Iterator[dict[str, str]]:
    directory = question.directory
    for kind, registered in (
        ("company", directory.companies),
        ("chip", directory.chips),
        ("authority", directory.authorities),
    ):
        yield from _called(kind, registered, text)
    for members in ("company", "chip"):
        groups = {group: fields for (of, group), fields in directory.groups.items() if of == members}
        yield from _called(f"{members}-group", groups, text)
    for publisher in Publishers(question.books, question.clocks).containing(text)[:MOST_NAMES]:
        yield {"kind": "source", "id": publisher, "name": publisher}


def _called(kind: str, registered: Mapping[str, Mapping[str, Any]], text: str) -> Iterator[dict[str, str]]:
    for subject in names.containing(registered, text)[:MOST_NAMES]:
        yield {"kind": kind, "id": subject, "name": names.label(registered[subject])}


def _shown(question: Question, answer: Any) -> dict[str, Any]:
    events, more = _found(question)
    return {"text": question.query.get("q", ""), "batches": batches(reversed(events)), "more": more, "most": MOST}


SEARCH = Page(
    name="search",
    path="/search",
    says="Companies, chips, authorities and sources with such a name, and the newest events that contain a text.",
    answer=_answer,
    shown=_shown,
    parameters=(Parameter("q", "The text, in any language, without regard to case."),),
)
