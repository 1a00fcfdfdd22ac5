"""The ledger itself: its events as they were recorded, the newest first, some at a time."""

from policytracker.projections.log import Logged
from policytracker.questions import columns
from policytracker.questions.interchange import TYPES
from policytracker.questions.ledger_answers import LedgerEvent
from policytracker.questions.log import as_object, log
from policytracker.web.asking import BadAddress
from policytracker.web.lines import batches
from policytracker.web.page import Drawn, Page, Parameter, Question, Table
from policytracker.web.recorders import as_shown

MOST = 50
"""Events on a page."""
MOST_DIGITS = 9


def _found(question: Question) -> list[Logged]:
    query = question.query
    kind = query.get("type")
    if kind is not None and kind not in TYPES:
        raise BadAddress("type", f"there is none called {kind!r}; the types are {', '.join(TYPES)}")
    since, before = _position(question, "since") or 0, _position(question, "before")
    found = log(question.reader, question.clocks.recorded, since, kind, MOST, before)
    return [as_shown(question, event) for event in found]


def _position(question: Question, name: str) -> int | None:
    text = question.query.get(name)
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > MOST_DIGITS:
        raise BadAddress(name, f"{text!r} is no position in the ledger; give a number")
    return int(text)


def _answer(question: Question) -> list[LedgerEvent]:
    return [as_object(event) for event in _found(question)]


def _shown(question: Question, answer: list[LedgerEvent]) -> Drawn:
    found = _found(question)
    older = newer = None
    if found:
        recorded, kind = question.clocks.recorded, question.query.get("type")
        since, last = _position(question, "since") or 0, found[-1].position
        if log(question.reader, recorded, since, kind, 1, found[0].position):
            older = str(found[0].position)
        if "before" in question.query and log(question.reader, recorded, last, kind, 1):
            # Positions are dense, so no newer event of the type lies between this page and that.
            newer = str(last + MOST + 1)
    return {"batches": batches(question, reversed(found)), "older": older, "newer": newer, "types": TYPES}


LOG = Page(
    name="log",
    path="/log",
    says="The ledger's events, the newest first; as JSON in the order of the ledger.",
    answer=_answer,
    shown=_shown,
    tables=(Table("log", "log", lambda _, events: (columns.LOG, events)),),
    parameters=(
        Parameter("since", "Only events after this position."),
        Parameter("before", "Only events before this position."),
        Parameter("type", "Only events of this type."),
    ),
)
