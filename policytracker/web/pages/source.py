"""Sources: on whose word the ledger rests, and one of them with its reports."""

from typing import Any

from policytracker.questions.publishers import Publishers
from policytracker.web.asking import BadAddress
from policytracker.web.page import Page, Parameter, Question
from policytracker.web.timebar import time_bar

MOST = 100
"""Reports on a page; all of them are in its JSON."""


def _publishers(question: Question) -> Publishers:
    return Publishers(question.books, question.clocks)


def _all(question: Question) -> list[dict[str, Any]]:
    return _publishers(question).rows()


def _one(question: Question) -> dict[str, Any]:
    name = question.query.get("publisher")
    if name is None:
        raise BadAddress("publisher", "is missing; the page of sources lists them")
    return _publishers(question).one(name)


def _bar(question: Question, answer: Any) -> dict[str, Any]:
    return {"bar": time_bar(question), "most": MOST}


PUBLISHERS = Page(
    name="publishers",
    path="/sources",
    says="Every publisher of a report and every origin that one cites: how many, how graded, since when.",
    answer=_all,
    shown=_bar,
)
SOURCE = Page(
    name="source",
    path="/source",
    says="One publisher or origin: its reports, the events that they brought, whom it cites and who cites it.",
    answer=_one,
    shown=_bar,
    parameters=(Parameter("publisher", "Its name, without regard to case."),),
)
