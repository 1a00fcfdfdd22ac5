"""Conflicts: where reports differ, with the reports of both sides."""

from policytracker.questions import columns
from policytracker.questions.conflict_answers import Conflict
from policytracker.questions.conflicts import conflicts
from policytracker.questions.sentences.corrections import LEADS
from policytracker.web import changing, paging
from policytracker.web.drawing import in_words
from policytracker.web.page import Drawn, Page, Parameter, Question, Table
from policytracker.web.timebar import time_bar

KINDS = {
    "disputed": "disputed",
    "instead": "another value",
    "corrected": "corrected",
    "in doubt": "in doubt",
    "opposed": "opposed",
}
"""What kinds of conflicts are called on the page."""


def _all(question: Question) -> list[Conflict]:
    company, chip = (question.query.get(name) for name in ("company", "chip"))
    return question.once("all", lambda: conflicts(question.reader, question.clocks, company, chip))


def _last(question: Question) -> int:
    return paging.pages(len(_all(question)), paging.LISTED)


def _answer(question: Question) -> list[Conflict]:
    return list(paging.part(_all(question), paging.cut(question, _last(question)), paging.LISTED))


def _shown(question: Question, answer: list[Conflict]) -> Drawn:
    directory = question.directory
    return {
        "bar": time_bar(question),
        "about": changing.about(question),
        "count": len(_all(question)),
        "leads": LEADS,
        "said": in_words(question).without_source,
        "short": in_words(question).in_short,
        "kinds": KINDS,
        "companies": paging.choices(directory.companies),
        "chips": paging.choices(directory.chips),
        "cut": paging.cut(question, _last(question)),
    }


CONFLICTS = Page(
    name="conflicts",
    path="/conflicts",
    says="Where reports differ: disputes, other values, corrections, what counts only possibly, and opposed claims.",
    answer=_answer,
    shown=_shown,
    is_whole=True,
    last=_last,
    tables=(Table("conflicts", "conflicts", lambda _, found: (columns.CONFLICTS, found)),),
    parameters=(
        Parameter("company", "Only events that name this company, certainly or possibly."),
        Parameter("chip", "Only events that name this chip, certainly or possibly."),
        paging.PAGE,
    ),
)
