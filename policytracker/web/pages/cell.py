"""A cell: may this company import this chip, and why: gate by gate, over the days, and as it became known."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from policytracker.events.dates import iso, moment_text
from policytracker.projections.log import refs_of
from policytracker.questions import names
from policytracker.questions.one_cell import one_cell
from policytracker.questions.quantities import quantities
from policytracker.questions.roles import Roles
from policytracker.questions.timeline import over_days, over_knowledge
from policytracker.questions.why import explain
from policytracker.web.charts.axis import EFFECTIVE, PUBLISHED
from policytracker.web.charts.steps import step_chart
from policytracker.web.page import Page, Question
from policytracker.web.timebar import time_bar

HEADINGS = {
    "stands": "Stands",
    "may stand": "May stand",
    "left": "Left, but decides nothing",
    "struck": "Struck",
}
"""What claims that hold do at a gate, in the order in which they are told."""


class Because(NamedTuple):
    """Why a claim does what it does: words, the events that make it so, words."""

    before: str
    events: list[dict[str, Any]]
    """The id and ref of each."""
    after: str = ""


class Told(NamedTuple):
    """A claim at a gate."""

    account: dict[str, Any]
    role: str
    because: list[Because]
    conditions: list[Mapping[str, Any]]


class GateShown(NamedTuple):
    """A gate, in the shape of ``why --json``, and its claims by what they do there."""

    why: dict[str, Any]
    groups: list[tuple[str, list[Told]]]
    aside: list[Told]
    """The claims that do not apply, the nearest first."""
    accounts: dict[str, dict[str, Any]]


def _pair(question: Question) -> tuple[str, str]:
    directory, path = question.directory, question.path
    return names.company(directory, path["company"]), names.chip(directory, path["chip"])


def _answer(question: Question) -> dict[str, Any]:
    company, chip = _pair(question)
    books, clocks = question.books, question.clocks
    view = books.view_on(company, chip, clocks.known, clocks.recorded)
    return {
        "state": one_cell(books, clocks, company, chip),
        "why": explain(view, clocks, company, chip),
        "timeline": list(over_days(books, clocks, company, chip)),
        "knowledge": list(over_knowledge(books, clocks, company, chip)),
        "quantities": quantities(books, clocks, chip, company),
    }


def _shown(question: Question, answer: Any) -> dict[str, Any]:
    clocks, state = question.clocks, answer["state"]
    known = None if clocks.known is None else moment_text(clocks.known)
    return {
        "bar": time_bar(question),
        "company": state["company"],
        "chip": state["chip"],
        "gates": [_gate(question, why) for why in answer["why"]],
        "named": partial(_named, question),
        "days": step_chart(answer["timeline"], EFFECTIVE, iso(clocks.at)),
        "learned": step_chart(answer["knowledge"], PUBLISHED, known),
    }


def _gate(question: Question, why: dict[str, Any]) -> GateShown:
    roles = Roles(why)
    found = [(role, [_told(question, roles, role, claim) for claim in claims]) for role, claims in roles.by_role()]
    return GateShown(
        why,
        [(HEADINGS[role], claims) for role, claims in found if role in HEADINGS and claims],
        [claim for role, claims in found if role not in HEADINGS for claim in claims],
        roles.accounts,
    )


def _told(question: Question, roles: Roles, role: str, claim: str) -> Told:
    return Told(roles.accounts[claim], role, list(_because(question, roles, claim)), roles.of("conditions", claim))


def _because(question: Question, roles: Roles, claim: str) -> Iterator[Because]:
    for each in roles.of("struck", claim):
        by = [roles.accounts[each["by"]]]
        rule = each["rule"]
        yield Because("struck by", by, rule) if each["certain"] else Because("struck, if it holds, by", by, rule)
    for each in roles.of("left", claim):
        yield Because(f"not struck, but {each['reason']}", [])
    for reason in roles.possibly.get(claim, ()):
        yield Because(f"holds only possibly: {reason['text']}", _named(question, reason["events"]))
    for each in roles.of("not_applying", claim):
        yield Because(each["text"], _named(question, each["events"]))


def _named(question: Question, events: Iterable[str]) -> list[dict[str, Any]]:
    found = list(events)
    refs = refs_of(question.books.connection, found)
    return [{"id": event, "ref": refs[event]} for event in found]


CELL = Page(
    name="cell",
    path="/cell/{company}/{chip}",
    says="Whether one company may import one chip, and why: gate by gate, over the days, and as it became known.",
    answer=_answer,
    shown=_shown,
)
