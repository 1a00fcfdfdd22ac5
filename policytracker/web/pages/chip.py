"""A chip: what it is, who controls it, who may import it, which claims reach it."""

from collections.abc import Mapping, Sequence

from policytracker.questions import columns, names
from policytracker.questions.answers import CellState
from policytracker.questions.interchange import in_order
from policytracker.questions.ledger_answers import ClaimInForce, QuantityRange
from policytracker.questions.one_cell import CellObjects
from policytracker.questions.quantities import quantities
from policytracker.questions.values import range_in_words
from policytracker.status.entries import Fields
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

ATTRIBUTES = {
    "tpp": ("Total processing performance", "TPP"),
    "performance_density": ("Performance density", "TPP per mm²"),
    "dram_bandwidth": ("Memory bandwidth", "GB/s"),
    "io_bandwidth": ("Interconnect bandwidth", "GB/s"),
    "die_area": ("Die area", "mm²"),
    "memory": ("Memory", "GB"),
    "datacentre": ("Made for data centres", ""),
}
"""What attributes measure, and their units (interchange.md)."""
YES_OR_NO: dict[float, str] = {1: "yes", 0: "no"}


def measured(attribute: str, value: float | Fields) -> str:
    """The value of an attribute with its unit: a number, or a range.

    >>> measured("tpp", 15832), measured("tpp", {"min": 18000}), measured("datacentre", 1)
    ('15,832 TPP', '18,000 or more TPP', 'yes')
    """
    if isinstance(value, Mapping):
        words = range_in_words(value)
    else:
        words = YES_OR_NO.get(value, str(value)) if attribute == "datacentre" else f"{value:,}"
    return f"{words} {ATTRIBUTES[attribute][1]}".rstrip()


class ChipPage(Beside):
    """A chip, its cells, the claims that reach it, and what else is reported of it."""

    chip: Fields
    """Its registration in the interchange format."""
    cells: list[CellState]
    claims: list[ClaimInForce]
    """Those in force that reach it, certainly or possibly."""
    quantities: list[QuantityRange]


def _chip(question: Question) -> str:
    return names.chip(question.directory, question.path["chip"])


def _last(question: Question) -> int:
    return paging.pages(len(question.directory.companies), paging.COMPANIES)


def _cut(question: Question) -> paging.Cut:
    return paging.cut(question, _last(question))


def _companies(question: Question) -> Sequence[str]:
    """Those of the page."""
    return paging.part(sorted(question.directory.companies), _cut(question), paging.COMPANIES)


def _answer(question: Question) -> ChipPage:
    chip, directory, clocks = _chip(question), question.directory, question.clocks
    objects = CellObjects(question.reader, clocks)
    return {
        "chip": in_order(directory.chips[chip]),
        "cells": [objects.cell(each, chip) for each in _companies(question)],
        "claims": in_order_of_ledger(in_force_for(question, None, chip).events),
        **beside(developments_for(question).naming(chip=chip)),
        "quantities": quantities(question.reader, clocks, chip),
    }


def _shown(question: Question, answer: ChipPage) -> Drawn:
    chip, directory, day = _chip(question), question.directory, question.clocks.at
    companies, fields = directory.companies, directory.chips[chip]
    known = fields.get("attributes") or {}
    return {
        "bar": time_bar(question),
        "chip": chip,
        "fields": fields,
        "attributes": [
            (label, measured(key, known[key])) for key, (label, _) in ATTRIBUTES.items() if known.get(key) is not None
        ],
        "open": [label for key, (label, _) in ATTRIBUTES.items() if known.get(key) is None],
        "groups": groups_of(directory, "chip", directory.chip_selectors(chip)),
        "homes": parted(answer["cells"], lambda row: companies[row["company"]], "jurisdiction"),
        **shown_claims(in_force_for(question, None, chip), day),
        "cut": _cut(question),
        "most": paging.LISTED,
        "amounts_drawn": amounts(question, answer["quantities"]),
    }


CHIP = Page(
    name="chip",
    path="/chip/{chip}",
    says="What a chip is, who controls it, who may import it, which claims reach it, and how many were counted.",
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
