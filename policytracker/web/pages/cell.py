"""A cell: may this company import this chip, and why: gate by gate, over the days, and as it became known."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypedDict

from policytracker.events.dates import iso, moment_text
from policytracker.projections.log import refs_of
from policytracker.questions import columns
from policytracker.questions.amounts import left_of_approved
from policytracker.questions.answers import CellInterval, CellState
from policytracker.questions.claim_answers import ClaimAccount, NamedEvent
from policytracker.questions.claim_sources import ClaimSources
from policytracker.questions.ledger_answers import QuantityRange
from policytracker.questions.one_cell import one_cell
from policytracker.questions.overview_answers import SideInWords
from policytracker.questions.roles import HEARD, NO_EFFECT, NOT_COUNTED, ORDER_ASSUMED, OVERRIDDEN, Roles
from policytracker.questions.sentences.answers import cell_sentence
from policytracker.questions.sentences.attribution import UNNAMED
from policytracker.questions.sides import sides
from policytracker.questions.spreadsheet_rows import of_why
from policytracker.questions.timeline import over_days, over_knowledge
from policytracker.questions.why import of_cell
from policytracker.questions.why_answers import ConditionOfClaim, GateExplanation
from policytracker.web import paging
from policytracker.web.charts.axis import EFFECTIVE, PUBLISHED
from policytracker.web.charts.steps import gate_names, step_chart
from policytracker.web.charts.strip import Timeline
from policytracker.web.drawing import amounts, in_words, strips
from policytracker.web.page import Drawn, Page, Question, Table
from policytracker.web.timebar import time_bar

HEADINGS = {
    "stands": "Stands",
    "may stand": "May stand",
    "caps": "Caps: at most conditional",
    "may cap": "May cap: then at most conditional",
    NO_EFFECT: "Left, but decides nothing",
    OVERRIDDEN: "Overridden",
    HEARD: "Heard, not counted",
}
"""What claims do at a gate, in the order in which they are shown."""
FOLDED = (OVERRIDDEN, HEARD)
"""Those that a reader unfolds: they decide nothing."""
MOST_CLAIMS = 5
"""Claims that are told of each side at first sight; the full account has more."""
MOST_LISTED = 36
"""Claims of one kind at one gate that the full account tells."""
MOST_TURNS = 60
"""Rows of a table of turns; the page's JSON has all."""


class CellPage(TypedDict):
    """A cell: its status, why, and how it changed."""

    state: CellState
    sentence: str
    """The answer, in words."""
    sides: list[SideInWords]
    """What each gate says, in words: the claims that decide there, on whose word and how sure."""
    why: list[GateExplanation]
    """One object for each gate, as of `why --json`."""
    timeline: list[CellInterval]
    """Over the days, as known then."""
    knowledge: list[CellInterval]
    """Over the published clock, of what held on the day."""
    quantities: list[QuantityRange]
    """Of the chip, as far as they are counted for the company."""


class Because(NamedTuple):
    """Why a claim does what it does: words, the events that make it so, words."""

    before: str
    events: Sequence[NamedEvent]
    """The id and ref of each."""
    after: str = ""


class Told(NamedTuple):
    """A claim at a gate."""

    account: ClaimAccount
    role: str
    because: list[Because]
    conditions: tuple[()] = ()
    """None: those that bind are shown for the whole gate."""


class Group(NamedTuple):
    """Claims that do the same at a gate."""

    heading: str
    claims: list[Told]
    is_folded: bool


class Left(NamedTuple):
    """What is left of an approval with a quantity, and on whose word its quantity is."""

    account: ClaimAccount
    text: str
    sources: str


class GateShown(NamedTuple):
    """A gate, in the shape of ``why --json``, and its claims by what they do there."""

    why: GateExplanation
    groups: list[Group]
    aside: list[Told]
    """The claims that do not apply, the nearest first."""
    conditions: list[tuple[ClaimAccount, list[ConditionOfClaim]]]
    """Those that bind, claim by claim."""
    left: list[Left]
    accounts: dict[str, ClaimAccount]


def _answer(question: Question) -> CellPage:
    company, chip = question.pair
    reader, clocks = question.reader, question.clocks
    why = of_cell(reader, clocks, company, chip)
    state, words = one_cell(reader, clocks, company, chip), in_words(question)
    called = words.names.company(company), words.names.chip(chip)
    return {
        "state": state,
        "sentence": cell_sentence(*called, state["possible"], is_domestic=not state["gates"]),
        "sides": sides(words, state),
        "why": why,
        "timeline": list(over_days(reader, clocks, company, chip)),
        "knowledge": list(over_knowledge(reader, clocks, company, chip)),
        "quantities": why[0]["quantities"],
    }


def _shown(question: Question, answer: CellPage) -> Drawn:
    clocks, state = question.clocks, answer["state"]
    known = None if clocks.known is None else moment_text(clocks.known)
    first, gates = answer["why"][0], [_gate(question, why) for why in answer["why"] if why["gate"] is not None]
    return {
        "bar": time_bar(question),
        "company": state["company"],
        "chip": state["chip"],
        "gates": gates,
        "by_gate": {gate.why["gate"]: gate for gate in gates},
        "unnamed": [side["gate"] for side in answer["sides"] if _is_unnamed(side)],
        "silent": [side["name"] for side, gate in zip(answer["sides"], gates, strict=True) if gate.why["silent"]],
        "launch": first["launch"],
        "developments": first["developments"],
        "most": paging.LISTED,
        "most_claims": MOST_CLAIMS,
        "most_turns": MOST_TURNS,
        "most_listed": MOST_LISTED,
        "strips": strips(question, [Timeline(answer["timeline"])]),
        "amounts_drawn": amounts(question, answer["quantities"]),
        "days": step_chart(answer["timeline"], EFFECTIVE, iso(clocks.at)),
        "days_gates": gate_names(answer["timeline"]),
        "learned": step_chart(answer["knowledge"], PUBLISHED, known),
        "learned_gates": gate_names(answer["knowledge"]),
    }


def _is_unnamed(side: SideInWords) -> bool:
    """Whether nobody but unnamed people speaks on a side."""
    said = [claim["certainty"] for claim in side["claims"]]
    return bool(said) and all(each.startswith(UNNAMED) for each in said)


def _gate(question: Question, why: GateExplanation) -> GateShown:
    roles = Roles(why)
    found = [(role, [_told(question, roles, role, claim) for claim in claims]) for role, claims in roles.by_role()]
    return GateShown(
        why,
        [Group(HEADINGS[role], claims, role in FOLDED) for role, claims in found if role in HEADINGS and claims],
        [claim for role, claims in found if role not in HEADINGS for claim in claims],
        [(roles.accounts[claim], binding) for claim, binding in roles.conditions.items()],
        list(_left(question, roles)),
        roles.accounts,
    )


def _left(question: Question, roles: Roles) -> Iterator[Left]:
    claims = question.once("claim-sources", lambda: ClaimSources(question.reader, question.clocks))
    for left in roles.gate["left"] or ():
        claim = left["claim"]
        text = left_of_approved(left, claims.approved(claim))
        yield Left(roles.accounts[claim], text, claims.sources(claim, "quantity"))


def _told(question: Question, roles: Roles, role: str, claim: str) -> Told:
    return Told(roles.accounts[claim], role, list(_because(question, roles, claim)))


def _because(question: Question, roles: Roles, claim: str) -> Iterator[Because]:
    for each in roles.overridden.get(claim, ()):
        how = "overridden by" if each["certain"] else "overridden, if it holds, by"
        assumed = f"; {ORDER_ASSUMED}" if each["order_assumed"] else ""
        yield Because(how, [roles.accounts[each["by"]]], each["rule"] + assumed)
    for order in roles.assumed.get(claim, ()):
        yield Because("taken as later than", [roles.accounts[order["than"]]], ORDER_ASSUMED)
    for left in roles.not_deciding.get(claim, ()):
        yield Because(f"not overridden, but {left['reason']}", [])
    for reason in roles.possibly.get(claim, ()):
        yield Because(f"holds only possibly: {reason['text']}", _named(question, reason["events"]))
    for reason in roles.heard.get(claim, ()):
        yield Because(f"{NOT_COUNTED}: {reason['text']}", _named(question, reason["events"]))
    for aside in roles.not_applying.get(claim, ()):
        yield Because(aside["text"], _named(question, aside["events"]))


def _named(question: Question, events: Iterable[str]) -> list[NamedEvent]:
    found = list(events)
    refs = refs_of(question.reader.connection, found)
    return [{"id": event, "ref": refs[event]} for event in found]


CELL = Page(
    name="cell",
    path="/cell/{company}/{chip}",
    says="Whether one company may import one chip, and why: gate by gate, over the days, and as it became known.",
    answer=_answer,
    shown=_shown,
    tables=(
        Table("why", "why", lambda _, page: (columns.WHY, of_why(page["why"]))),
        Table("timeline", "timeline", lambda _, page: (columns.TIMELINE, page["timeline"])),
        Table("knowledge", "timeline --knowledge", lambda _, page: (columns.KNOWLEDGE_TIMELINE, page["knowledge"])),
        Table("quantities", "quantities", lambda _, page: (columns.QUANTITIES, page["quantities"])),
    ),
)
