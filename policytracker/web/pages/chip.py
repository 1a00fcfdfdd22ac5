"""A chip as a story: what it is, who may import it, what was reported of it, what must be met, what is next."""

from collections.abc import Hashable, Iterator, Mapping, Sequence

from policytracker.questions import columns, names
from policytracker.questions.answers import CellState
from policytracker.questions.classes import Classes
from policytracker.questions.interchange import in_order
from policytracker.questions.ledger_answers import ClaimInForce, QuantityRange
from policytracker.questions.one_cell import CellObjects
from policytracker.questions.overview import NOTHING_REGISTERED, Overviews, busiest, homes
from policytracker.questions.overview_answers import VerdictGroup
from policytracker.questions.quantities import quantities
from policytracker.questions.story_answers import PlaceInWords
from policytracker.questions.timeline import over_days
from policytracker.questions.values import range_in_words
from policytracker.status.entries import Fields
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


class ChipPage(Beside, Story):
    """A chip, its cells, the claims that reach it, and what else is reported of it."""

    chip: Fields
    """Its registration in the interchange format."""
    cells: list[CellState]
    claims: list[ClaimInForce]
    """Those in force that reach it, certainly or possibly."""
    quantities: list[QuantityRange]
    jurisdiction: str | None
    """``sentence`` and ``groups`` are about its companies, the most that are registered; null: none is registered."""
    groups: list[VerdictGroup]
    """Those companies by their possible statuses, the highest first; none for a chip of their own jurisdiction."""
    elsewhere: list[PlaceInWords]
    """Who may import it in the other jurisdictions."""


def asked(question: Question) -> str:
    """The chip of the page. Raises UnknownName or AmbiguousName."""
    return names.chip(question.directory, question.path["chip"])


def _last(question: Question) -> int:
    return paging.pages(len(question.directory.companies), paging.COMPANIES)


def _cut(question: Question) -> paging.Cut:
    return paging.cut(question, _last(question))


def _companies(question: Question) -> Sequence[str]:
    """Those of the page."""
    return paging.part(sorted(question.directory.companies), _cut(question), paging.COMPANIES)


def _answer(question: Question) -> ChipPage:
    chip, directory, clocks = asked(question), question.directory, question.clocks
    objects = CellObjects(question.reader, clocks)
    overviews = _overviews(question)
    home = busiest(directory)
    return {
        "sentence": sentence(question),
        "jurisdiction": home,
        "groups": overviews.groups(chip, home) if home and directory.chips[chip].get("origin") != home else [],
        "elsewhere": [
            {"jurisdiction": each, "sentence": overviews.sentence(chip, each)} for each in homes(directory)[1:]
        ],
        "story": [each.event for each in told_of(question, "chip", chip).events],
        "next": next_of(question, None, chip),
        "chip": in_order(directory.chips[chip]),
        "cells": [objects.cell(each, chip) for each in _companies(question)],
        "claims": in_order_of_ledger(in_force_for(question, None, chip).events),
        **beside(developments_for(question).naming(chip=chip)),
        "quantities": quantities(question.reader, clocks, chip),
    }


def sentence(question: Question) -> str:
    """Who may import the chip, of the jurisdiction of most companies, in a sentence."""
    home = busiest(question.directory)
    return _overviews(question).sentence(asked(question), home) if home else NOTHING_REGISTERED


def _overviews(question: Question) -> Overviews:
    return question.once(
        "overviews",
        lambda: Overviews(question.reader, question.clocks, question.publications, question.statuses),
    )


def _classes(question: Question) -> list[list[str]]:
    """Companies that share all their claims on the chip: those first that the newest reports name, then those of the
    jurisdiction of most companies, then the larger classes."""

    def made() -> list[list[str]]:
        chip, reader = asked(question), question.reader
        companies = sorted(question.directory.companies)
        classes = Classes(reader.by_day(reader.point(question.clocks).seen), companies, [chip])
        found: dict[Hashable, list[str]] = {}
        for company in companies:
            found.setdefault(classes.of(company, chip) if len(companies) > 1 else company, []).append(company)
        named = {company: place for place, company in enumerate(named_by(told_of(question, "chip", chip)))}
        last, registered = len(named), question.directory.companies
        home = busiest(question.directory)

        def place(members: list[str]) -> tuple[int, bool, int]:
            is_away = registered[members[0]]["jurisdiction"] != home
            return min(named.get(one, last) for one in members), is_away, -len(members)

        return sorted(found.values(), key=place)

    return question.once("classes", made)


def timelines(question: Question) -> Iterator[Alike]:
    """The timelines of companies that are alike; domestic ones are left out."""
    chip, naming = asked(question), in_words(question).names
    for members in _classes(question):
        found = list(over_days(question.reader, question.clocks, members[0], chip))
        if any(each["gates"] for each in found):
            yield Alike([naming.company(each) for each in members], found)


def _examples(question: Question) -> list[CellState]:
    """A cell of each of the classes that are told of."""
    objects = CellObjects(question.reader, question.clocks)
    return [objects.cell(members[0], asked(question)) for members in _classes(question)[:MATTERING]]


def _shown(question: Question, answer: ChipPage) -> Drawn:
    chip, directory, day = asked(question), question.directory, question.clocks.at
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
        "strips": few_strips(question, timelines(question)),
        **shown_story(question, told_of(question, "chip", chip), _examples(question), "company"),
        **shown_claims(in_force_for(question, None, chip), day),
        "cut": _cut(question),
        "amounts_drawn": amounts(question, answer["quantities"]),
    }


CHIP = Page(
    name="chip",
    path="/chip/{chip}",
    says="What a chip is, who may import it, what was reported of it, what must be met, and what is next.",
    answer=_answer,
    shown=_shown,
    last=_last,
    tables=(
        Table("cells", "state", lambda _, page: (columns.STATE, page["cells"])),
        Table("claims", "claims", lambda _, page: (columns.CLAIMS, page["claims"])),
        Table("quantities", "quantities", lambda _, page: (columns.QUANTITIES, page["quantities"])),
    ),
    is_whole=True,
    parameters=(paging.PAGE, paging.OLDER, EARLIER),
)
