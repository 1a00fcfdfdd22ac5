"""A company: who it is, what it may import, which claims reach it."""

from collections.abc import Sequence

from policytracker.questions import columns, names
from policytracker.questions.answers import CellState
from policytracker.questions.interchange import in_order
from policytracker.questions.ledger_answers import ClaimInForce, QuantityRange
from policytracker.questions.one_cell import CellObjects
from policytracker.questions.quantities import quantities
from policytracker.status.directory import Directory
from policytracker.status.entries import Fields
from policytracker.status.owners import shares_of
from policytracker.web import paging
from policytracker.web.drawing import amounts
from policytracker.web.page import Drawn, Page, Question, Table
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


class CompanyPage(Beside):
    """A company, its cells, the claims that reach it, and what else is reported of it."""

    company: Fields
    """Its registration in the interchange format."""
    cells: list[CellState]
    claims: list[ClaimInForce]
    """Those in force that reach it, certainly or possibly."""
    quantities: list[QuantityRange]


def _company(question: Question) -> str:
    return names.company(question.directory, question.path["company"])


def _last(question: Question) -> int:
    return paging.pages(len(question.directory.chips), paging.CHIPS)


def _cut(question: Question) -> paging.Cut:
    return paging.cut(question, _last(question))


def _chips(question: Question) -> Sequence[str]:
    """Those of the page."""
    return paging.part(sorted(question.directory.chips), _cut(question), paging.CHIPS)


def _answer(question: Question) -> CompanyPage:
    company, directory, clocks = _company(question), question.directory, question.clocks
    objects = CellObjects(question.reader, clocks)
    return {
        "company": in_order(directory.companies[company]),
        "cells": [objects.cell(company, each) for each in _chips(question)],
        "claims": in_order_of_ledger(in_force_for(question, company, None).events),
        **beside(developments_for(question).naming(company)),
        "quantities": quantities(question.reader, clocks, None, company),
    }


def _shown(question: Question, answer: CompanyPage) -> Drawn:
    company, directory, day = _company(question), question.directory, question.clocks.at
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
        "vendors": parted(answer["cells"], lambda row: chips[row["chip"]], "vendor"),
        **shown_claims(in_force_for(question, company, None), day),
        "cut": _cut(question),
        "most": paging.LISTED,
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
    says="Who a company is, what it may import, which claims reach it, and what was counted for it.",
    answer=_answer,
    shown=_shown,
    last=_last,
    tables=(
        Table("cells", "state", lambda _, page: (columns.STATE, page["cells"])),
        Table("claims", "claims", lambda _, page: (columns.CLAIMS, page["claims"])),
        Table("quantities", "quantities", lambda _, page: (columns.QUANTITIES, page["quantities"])),
    ),
    parameters=(paging.PAGE, paging.OLDER),
)
