"""An event: what it says, on whose word, how it stands, what is said about it, and its place in the ledger."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from policytracker.keeping.verify import event_damage
from policytracker.ledger import clock
from policytracker.projections.log import refs_of
from policytracker.questions import columns
from policytracker.questions.accounts import event_account
from policytracker.questions.claim_answers import EventAccount, NamedEvent, ReportAnswer
from policytracker.questions.ledger_answers import EventShown
from policytracker.questions.matched_cells import MatchedCells
from policytracker.questions.show import Shown, details, show
from policytracker.questions.sources import reported
from policytracker.questions.telling import called
from policytracker.status.claims import CLAIM_TYPES, claim_from
from policytracker.status.entries import Fields
from policytracker.status.knowledge import Standing
from policytracker.web import paging
from policytracker.web.page import Drawn, Page, Question, Table
from policytracker.web.recorders import as_shown
from policytracker.web.timebar import time_bar
from policytracker.web.told import developments_for

APART = ("report", "report says", "word", "origin", "url", "archived", "language", "about")
"""Lines that the page tells apart: of the report, and of the event that a development is about."""


class Fact(NamedTuple):
    """A field of an event in words, with a line for each thing that it says."""

    label: str
    lines: list[str]


class Correction(NamedTuple):
    """A field that corrections have changed."""

    label: str
    before: list[str]
    after: list[str]


class Reached(NamedTuple):
    """Whom and what a claim's scope matches, certainly or possibly; the board that shows them, where one can."""

    companies: list[str]
    chips: list[str]
    board: dict[str, str] | None


class Said(NamedTuple):
    """An event, told."""

    event: Shown
    name: str
    says: str
    stands: str
    report: ReportAnswer | None


def _all(question: Question) -> list[Shown]:
    """The event, then everything about it."""
    clocks, name = question.clocks, question.path["event"]

    def shown() -> list[Shown]:
        found = show(question.reader, clocks.known, clocks.recorded, name)
        return [each._replace(event=as_shown(question, each.event)) for each in found]

    return question.once("all", shown)


def _last(question: Question) -> int:
    return paging.pages(len(_all(question)) - 1, paging.LISTED)


def _found(question: Question) -> list[Shown]:
    """The event, then a page of those about it."""
    first, *about = _all(question)
    return [first, *paging.part(about, paging.cut(question, _last(question)), paging.LISTED)]


def _answer(question: Question) -> list[EventShown]:
    return [each.as_object() for each in _found(question)]


def _shown(question: Question, answer: list[EventShown]) -> Drawn:
    first, *about = _found(question)
    event = first.event
    return {
        "bar": time_bar(question),
        "said": _said(first),
        "fields": event.fields,
        "facts": list(_facts(event.fields)),
        "target": _target(question, first),
        "developments": _developments(question),
        "corrections": list(_corrections(first)),
        "about": [_said(each) for each in about],
        "cut": paging.cut(question, _last(question)),
        "most": paging.LISTED,
        "reached": _reached(question, first.standing),
        "when": clock.text(event.recorded),
        "damage": event_damage(question.reader.ledger, event.position),
    }


def _target(question: Question, shown: Shown) -> NamedEvent | None:
    """The event that one is about."""
    event = shown.event
    if event.target:
        return {"id": event.target, "ref": event.target_ref}
    about = event.fields.get("about")
    return {"id": about, "ref": refs_of(question.reader.connection, [about])[about]} if about else None


def _developments(question: Question) -> list[EventAccount]:
    """The developments that are about the event, or about what was said about it."""
    events = {each.event.id for each in _all(question)}
    return [event_account(event) for event in developments_for(question).about(events)]


def _said(shown: Shown) -> Said:
    event = shown.event
    report = shown.fields.get("report")
    return Said(
        shown,
        called(event.id, event.fields.get("ref")),
        shown.summary(),
        shown.in_words(),
        reported(report) if report else None,
    )


def _facts(fields: Fields) -> Iterator[Fact]:
    lines = ((label, text) for label, text in details(fields) if label not in APART)
    for label, found in groupby(lines, key=lambda line: line[0]):
        yield Fact(label, [text for _, text in found])


def _corrections(shown: Shown) -> Iterator[Correction]:
    was = shown.event.fields
    for name, now in shown.corrected().items():
        before = list(details({name: was[name]})) if name in was else []
        after = list(details({name: now})) if now is not None else []
        label = (before or after)[0][0]
        yield Correction(label, [text for _, text in before], [text for _, text in after])


def _reached(question: Question, standing: Standing | None) -> Reached | None:
    """None for an event that is no claim."""
    if standing is None or standing.type not in CLAIM_TYPES:
        return None
    directory = question.directory
    claim = claim_from(standing, directory.zone_of(standing.fields["authority"]))
    reach = MatchedCells(directory)
    companies, chips = sorted(reach.companies(claim)), sorted(reach.chips(claim))
    return Reached(companies, chips, _board(claim.fields) if companies and chips else None)


def _board(fields: Fields) -> dict[str, str] | None:
    """What the board is to be narrowed to, to show the scope of a claim; None where no board shows it."""
    found: dict[str, str] = {}
    for name in ("companies", "chips"):
        selectors = fields[name]
        if not isinstance(selectors, list) or len(selectors) > 1 or not isinstance(selectors[0], str):
            return None
        found |= {name: selectors[0]} if selectors[0] != "all" else {}
    return found


EVENT = Page(
    name="event",
    path="/event/{event}",
    says="One event whole: what it says, on whose word, how it stands, and everything said about it.",
    answer=_answer,
    shown=_shown,
    last=_last,
    tables=(Table("show", "show", lambda _, events: (columns.SHOW, events)),),
    parameters=(paging.PAGE,),
)
