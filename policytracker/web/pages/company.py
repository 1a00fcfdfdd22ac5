"""A company: who it is, what it may import, which claims reach it."""

from itertools import product
from typing import Any

from policytracker.questions import names
from policytracker.questions.claims import claims_in
from policytracker.questions.interchange import in_order
from policytracker.questions.quantities import quantities
from policytracker.questions.state import grid_cells
from policytracker.web.page import Page, Question
from policytracker.web.timebar import time_bar
from policytracker.web.told import groups_of, parted, reaching


def _company(question: Question) -> str:
    return names.company(question.directory, question.path["company"])


def _answer(question: Question) -> dict[str, Any]:
    company, directory, clocks = _company(question), question.directory, question.clocks
    return {
        "company": in_order(directory.companies[company]),
        "cells": list(grid_cells(question.grid, clocks, product([company], sorted(directory.chips)))),
        "claims": [each.as_object() for each in claims_in(question.view, clocks.at, company)],
        "quantities": quantities(question.books, clocks, None, company),
    }


def _shown(question: Question, answer: Any) -> dict[str, Any]:
    company, directory, day = _company(question), question.directory, question.clocks.at
    chips = directory.chips
    return {
        "bar": time_bar(question),
        "company": company,
        "fields": directory.companies[company],
        "parents": directory.line(company)[1:],
        "children": sorted(each for each, fields in directory.companies.items() if fields.get("parent") == company),
        "groups": groups_of(directory, "company", directory.company_selectors(company)),
        "cells": answer["cells"],
        "vendors": parted(answer["cells"], lambda row: chips[row["chip"]], "vendor"),
        **reaching(claims_in(question.view, day, company), day),
    }


COMPANY = Page(
    name="company",
    path="/company/{company}",
    says="Who a company is, what it may import, which claims reach it, and what was counted for it.",
    answer=_answer,
    shown=_shown,
)
