"""Several chips for a company, or several companies for a chip, side by side under one time axis."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from policytracker.questions import columns
from policytracker.questions.answers import BindingCondition
from policytracker.questions.comparison import MOST
from policytracker.questions.comparison_answers import ComparedCell, Comparison
from policytracker.questions.in_the_news import chips_in_the_news
from policytracker.questions.overview_answers import GateInWords
from policytracker.web import asking, paging
from policytracker.web.comparing import PARAMETERS, address_of, comparison, drawn_timelines
from policytracker.web.drawing import strips
from policytracker.web.page import Drawn, Page, Question, Table
from policytracker.web.timebar import time_bar

LISTED_GROUPS = 12
"""Groups of companies that the page tells; the JSON has all."""


class GateRow(NamedTuple):
    """A gate, and what it comes to for each side; None: the side does not pass it."""

    name: str
    sides: list[GateInWords | None]


class Choice(NamedTuple):
    """A field of the form."""

    kind: str
    parameter: str
    text: str
    value: str
    needed: bool


def _shown(question: Question, answer: Comparison) -> Drawn:
    timelines = drawn_timelines(question, answer)
    return {
        "bar": time_bar(question),
        "by": "company" if len(answer["companies"]) > 1 else "chip",
        "names": [timeline.heading for timeline in timelines],
        "gates": list(_gates(answer["sides"])),
        "conditions": [_certain_first(side["state"]["conditions"]) for side in answer["sides"]],
        "strips": strips(question, timelines) if timelines else [],
        "most_groups": LISTED_GROUPS,
        "choices": list(_choices(question, answer)),
        "offered": _offered(question),
        "proposed": _proposed(question, answer),
        "places": asking.homes(question.directory),
        "given": address_of(answer),
        "other": _other(question, answer),
    }


def _gates(sides: Sequence[ComparedCell]) -> Iterator[GateRow]:
    found = [{gate["gate"]: gate for gate in side["gates"]} for side in sides]
    names_of = {gate["gate"]: gate["name"] for side in sides for gate in side["gates"]}
    for gate, name in names_of.items():
        yield GateRow(name, [gates.get(gate) for gates in found])


def _certain_first(conditions: Iterable[BindingCondition]) -> list[BindingCondition]:
    return sorted(conditions, key=lambda each: each["binds"] != "certainly")


def _other(question: Question, answer: Comparison) -> str | None:
    """A company of the same jurisdiction to compare the first one with: one that is answered differently goes first."""
    if not answer["sides"]:
        return None
    company, chip = answer["companies"][0], answer["chips"][0]
    registered, statuses = question.directory.companies, question.statuses
    home = registered[company]["jurisdiction"]
    others = [each for each in statuses.companies if each != company and registered[each]["jurisdiction"] == home]
    differing = (each for each in others if statuses[each, chip] != statuses[company, chip])
    return next(differing, next(iter(others), None))


def _choices(question: Question, answer: Comparison) -> Iterator[Choice]:
    by = "companies" if len(answer["companies"]) > 1 else "chips"
    kinds = {"companies": ("company", "Company"), "chips": ("chip", "Chip")}
    kind, text = kinds[by]
    given = answer["companies"] if by == "companies" else answer["chips"]
    for number in range(min(MOST, max(2, len(given) + 1))):
        value = given[number] if number < len(given) else ""
        yield Choice(kind, by, f"{text} {number + 1}", value, number < 2)
    one = "chips" if by == "companies" else "companies"
    yield Choice(kinds[one][0], one, "for", address_of(answer)[one], True)


def _offered(question: Question) -> dict[str, list[str]]:
    """What the fields offer to choose from: all that are registered; of many none, and one is written."""
    directory = question.directory
    return {"company": paging.choices(directory.companies), "chip": paging.choices(directory.chips)}


def _proposed(question: Question, answer: Comparison) -> dict[str, list[str]]:
    """What a field proposes in which a name is written: chips in the news, and companies that differ."""
    news = chips_in_the_news(question.reader, question.clocks, question.publications, question.directory)
    return {"chip": news, "company": [group["companies"][0] for group in answer["groups"][:LISTED_GROUPS]]}


COMPARE = Page(
    name="compare",
    path="/compare",
    says="Two to four chips for a company, or two to four companies for a chip, side by side under one time axis.",
    answer=comparison,
    shown=_shown,
    is_whole=True,
    tables=(Table("cells", "state", lambda _, page: (columns.STATE, [side["state"] for side in page["sides"]])),),
    parameters=PARAMETERS,
)
