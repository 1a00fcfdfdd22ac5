"""A company as a story: who it is, what it may import, what was reported of it, what it must meet, what is next."""

from collections.abc import Iterator, Sequence
from itertools import chain, islice

from policytracker.events.dates import FIRST_DAY
from policytracker.questions import columns, names
from policytracker.questions.answers import CellState
from policytracker.questions.interchange import in_order
from policytracker.questions.ledger_answers import ClaimInForce, QuantityRange
from policytracker.questions.names import label
from policytracker.questions.one_cell import CellObjects, possible
from policytracker.questions.quantities import quantities
from policytracker.questions.sentences.answers import company_sentence
from policytracker.questions.sentences.verdicts import verdict_words
from policytracker.questions.story_answers import ChipForCompany
from policytracker.questions.timeline import over_days
from policytracker.status.directory import Directory
from policytracker.status.entries import Fields
from policytracker.status.owners import shares_of
from policytracker.web import paging
from policytracker.web.drawing import amounts, in_words
from policytracker.web.page import Drawn, Page, Question, Table
from policytracker.web.story import (
    EARLIER,
    MATTERING,
    Alike,
    Story,
    few_strips,
    named_by,
    next_of,
    shown_story,
    told_of,
)
from policytracker.web.timebar import time_bar
from policytracker.web.told import (
    Beside,
    beside,
    developments_for,
    groups_of,
    in_force_for,
    in_order_of_ledger,
    parted,
    shown_claims,
)
from policytracker.web.words import DOMESTIC

TWO_YEARS = 730
"""So many days back a chip whose status was another matters."""


class CompanyPage(Beside, Story):
    """A company, its cells, the claims that reach it, and what else is reported of it."""

    company: Fields
    """Its registration in the interchange format."""
    cells: list[CellState]
    claims: list[ClaimInForce]
    """Those in force that reach it, certainly or possibly."""
    quantities: list[QuantityRange]
    matters: list[ChipForCompany]
    """The chips that reports name for it, and those of the page whose status was another two years before."""


def asked(question: Question) -> str:
    """The company of the page. Raises UnknownName or AmbiguousName."""
    return names.company(question.directory, question.path["company"])


def _last(question: Question) -> int:
    return paging.pages(len(question.directory.chips), paging.CHIPS)


def _cut(question: Question) -> paging.Cut:
    return paging.cut(question, _last(question))


def _chips(question: Question) -> Sequence[str]:
    """Those of the page."""
    return paging.part(sorted(question.directory.chips), _cut(question), paging.CHIPS)


def _answer(question: Question) -> CompanyPage:
    company, directory, clocks = asked(question), question.directory, question.clocks
    objects = CellObjects(question.reader, clocks)
    return {
        "sentence": sentence(question),
        "matters": [_matters(each) for each in _mattering(question)],
        "story": [each.event for each in told_of(question, "company", company).events],
        "next": next_of(question, company, None),
        "company": in_order(directory.companies[company]),
        "cells": [objects.cell(company, each) for each in _chips(question)],
        "claims": in_order_of_ledger(in_force_for(question, company, None).events),
        **beside(developments_for(question).naming(company)),
        "quantities": quantities(question.reader, clocks, None, company),
    }


def sentence(question: Question) -> str:
    """What the company may import, in a sentence."""
    statuses = {each["chip"]: each["possible"] for each in _mattering(question) if each["gates"]}
    return company_sentence(in_words(question).names, asked(question), statuses, _imported(question))


def _imported(question: Question) -> dict[str, int]:
    """The possible statuses of every chip that the company would have to import: a domestic one passes no gate."""
    company, directory = asked(question), question.directory
    row = question.statuses.row(company)
    chips = zip(question.statuses.chips, row, strict=True)
    return {chip: bits for chip, bits in chips if directory.gates(company, chip)}


def _mattering(question: Question) -> list[CellState]:
    """The cells of the chips that matter for the company, those first that the newest reports name."""

    def made() -> list[CellState]:
        company, clocks = asked(question), question.clocks
        objects = CellObjects(question.reader, clocks)
        named = named_by(told_of(question, "company", company))
        changed = (each for each in _chips(question) if each not in named and _is_changed(question, company, each))
        return [objects.cell(company, each) for each in islice(chain(named, changed), MATTERING)]

    return question.once("mattering", made)


def _is_changed(question: Question, company: str, chip: str) -> bool:
    """Whether the possible statuses were others two years before, as known now."""
    reader, clocks = question.reader, question.clocks
    before = clocks._replace(at=max(FIRST_DAY, clocks.at - TWO_YEARS))
    return possible(reader, before, company, chip) != possible(reader, clocks, company, chip)


def _matters(state: CellState) -> ChipForCompany:
    return {
        "chip": state["chip"],
        "verdict": verdict_words(state["possible"]) if state["gates"] else DOMESTIC,
        "possible": state["possible"],
        "limited_by": state["limited_by"] if state["status"] != "cleared" else [],
    }


def timelines(question: Question) -> Iterator[Alike]:
    """The timelines of the chips that matter."""
    company, chips = asked(question), question.directory.chips
    for state in _mattering(question):
        found = list(over_days(question.reader, question.clocks, company, state["chip"]))
        yield Alike([label(chips[state["chip"]])], found)


def _shown(question: Question, answer: CompanyPage) -> Drawn:
    company, directory, day = asked(question), question.directory, question.clocks.at
    chips = directory.chips
    return {
        "bar": time_bar(question),
        "company": company,
        "fields": directory.companies[company],
        "parents": directory.line(company)[1:],
        "children": _owned_by(directory, company)[: paging.LISTED],
        "registered": directory.companies,
        "groups": groups_of(directory, "company", directory.company_selectors(company)),
        "cells": answer["cells"],
        "strips": few_strips(question, timelines(question)),
        **shown_story(question, told_of(question, "company", company), _mattering(question), "chip"),
        "vendors": parted(answer["cells"], lambda row: chips[row["chip"]], "vendor"),
        **shown_claims(in_force_for(question, company, None), day),
        "cut": _cut(question),
        "amounts_drawn": amounts(question, answer["quantities"], several=True),
    }


def _owned_by(directory: Directory, company: str) -> list[str]:
    """The companies of which one is the parent, or an owner."""
    return sorted(
        each
        for each, fields in directory.companies.items()
        if fields.get("parent") == company or company in shares_of(fields)
    )


COMPANY = Page(
    name="company",
    path="/company/{company}",
    says="Who a company is, what it may import, what was reported of it, what it must meet, and what is next.",
    answer=_answer,
    shown=_shown,
    last=_last,
    tables=(
        Table("cells", "state", lambda _, page: (columns.STATE, page["cells"])),
        Table("claims", "claims", lambda _, page: (columns.CLAIMS, page["claims"])),
        Table("quantities", "quantities", lambda _, page: (columns.QUANTITIES, page["quantities"])),
    ),
    parameters=(paging.PAGE, paging.OLDER, EARLIER),
)
