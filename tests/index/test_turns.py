"""Along a path of points: exactly the cells are named whose answers change, on days of claims and of the registry."""

from collections.abc import Iterator
from typing import NamedTuple
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policytracker.events.dates import day_of, end_of_day, span
from policytracker.index import turns
from policytracker.index.by_day import CellsByDay
from policytracker.index.cells import Point
from policytracker.index.layout import NEVER
from policytracker.index.turns import EVERY, Asked, Pair, Turn, Turns
from policytracker.status.periods import BEFORE_ALL, FOREVER, publications
from policytracker.status.words import together
from tests.index.ground import ANY_LEDGER, Ledger, Made, made, pairs, points
from tests.soak import often

MOST = 10_000
Changes = dict[Pair, tuple[int, int]]
"""Cells with their possible statuses before and after."""


class Step(NamedTuple):
    """A point of a path: when it is, and what it is about."""

    when: int
    is_report: bool
    point: Point


def possible(by_day: CellsByDay, pair: Pair, point: Point) -> int:
    cells = by_day.cells(point.day)
    return together(answer.possible for answer in cells.answers(cells.cell(*pair), point))


def changed(by_day: CellsByDay, before: Point, after: Point, asked: Asked = EVERY) -> Changes:
    found = {}
    for company, chip in pairs(by_day.cells(1)):
        if asked.company in (None, company) and asked.chip in (None, chip):
            statuses = (
                possible(by_day, (company, chip), before),
                possible(by_day, (company, chip), after),
            )
            if statuses[0] != statuses[1]:
                found[company, chip] = statuses
    return found


def askings(by_day: CellsByDay) -> st.SearchStrategy[Asked]:
    """All cells, or those of a company, of a chip, or of both."""
    companies, chips = ({pair[side] for pair in pairs(by_day.cells(1))} for side in (0, 1))
    return st.builds(Asked, st.sampled_from([None, *sorted(companies)]), st.sampled_from([None, *sorted(chips)]))


Told = tuple[int, int | None, Changes]
"""The day of a turn, what is known from the report that makes it, and the cells."""


def told(before: Point, after: Point, cells: Changes) -> Told:
    """A night is told without what is known: a report that changes no claim ends no row, so no path stops at it."""
    return after.day, after.known if after.known != before.known else None, cells


def days_of(found: Made, by_day: CellsByDay) -> set[int]:
    """Every day on which any row, or the registry, may turn, and the one after."""
    rows = found.index.rows
    days = {*rows.day_from[: found.index.count], *rows.day_to[: found.index.count], *by_day.registry.days}
    return {day + step for day in days for step in (0, 1) if 0 < day < NEVER}


@settings(max_examples=often(short=60, long=2_000))
@given(st.data(), ANY_LEDGER, st.sampled_from([0, turns.FEW]))
def test_days_ahead_name_the_cells_that_change_and_no_others(data: st.DataObject, ledger: Ledger, few: int) -> None:
    with made(ledger) as found, patch.object(turns, "FEW", few):
        start = data.draw(points(ledger))
        by_day = found.by_day(start.seen)
        asked = data.draw(askings(by_day))
        expected: list[Turn] = []
        for day in sorted(day for day in days_of(found, by_day) if day > start.day):
            before, after = start._replace(day=day - 1), start._replace(day=day)
            if cells := changed(by_day, before, after, asked):
                expected.append(Turn(before, after, list(cells), list(cells.values())))
        assert list(Turns(by_day, start.seen, asked).days_ahead(start, MOST)) == expected


def steps(found: Made, by_day: CellsByDay, until: Point) -> Iterator[Step]:
    """All points to which days pass and reports lead, in order; a day begins before what is published on it."""
    moments = {when for entry in found.entries for when in publications(entry)}
    last, known = min(until.known, end_of_day(until.day)), BEFORE_ALL
    times = {(when, True) for when in moments if when <= last}
    times |= {(end_of_day(day - 1) + 1, False) for day in days_of(found, by_day) if day <= until.day}
    for when, is_report in sorted(times):
        known = when if is_report else known
        yield Step(when, is_report, Point(day_of(when), known, until.seen))


def looks_back(found: Made, until: Point) -> None:
    by_day = found.by_day(until.seen)
    expected: list[Told] = []
    known = BEFORE_ALL
    for step in steps(found, by_day, until):
        day = step.point.day
        before = Point(day if step.is_report else day - 1, known, until.seen)
        if cells := changed(by_day, before, step.point):
            expected.append(told(before, step.point, cells))
        known = step.point.known
    found_turns = Turns(by_day, until.seen).as_known_then(until, MOST)
    answers = [told(turn.before, turn.after, dict(zip(turn.cells, turn.statuses, strict=True))) for turn in found_turns]
    assert answers == expected[::-1]


@settings(max_examples=often(short=60, long=2_000))
@given(st.data(), ANY_LEDGER, st.sampled_from([0, turns.FEW]))
def test_looking_back_names_the_cells_that_change_and_no_others(data: st.DataObject, ledger: Ledger, few: int) -> None:
    with made(ledger) as found, patch.object(turns, "FEW", few):
        looks_back(found, data.draw(points(ledger)))


REGISTRY: Ledger = [
    {"type": "authority-registered", "authority": "bis", "name": "B", "jurisdiction": "US", "direction": "export"},
    {"type": "company-registered", "company": "acme", "name": "Acme", "jurisdiction": "CN"},
    {"type": "company-registered", "company": "firm", "name": "Firm", "jurisdiction": "SG"},
    {"type": "chip-registered", "chip": "h20", "name": "H20", "vendor": "V", "controlled_by": ["US"], "origin": "SG"},
]
REPORT = {"publisher": "P", "published": "2025-01-01", "grade": "A1"}
CLAIMS: Ledger = [
    {"type": "cleared", "authority": "bis", "companies": ["all"], "chips": ["all"], "report": REPORT},
    {"type": "blocked", "authority": "bis", "companies": ["under:acme"], "chips": ["h20"], "report": REPORT},
]
BOUGHT = {**REGISTRY[2], "parent": "acme", "effective": "2025-06-02"}
NAMED = {**REGISTRY[2], "parent": "acme", "effective": "2026-06-02", "aliases": ["The Firm"]}


def batch_report(day: str) -> dict[str, str]:
    return {"publisher": "FT", "published": day, "attribution": "official"}


NAMED_AGAIN: Ledger = [
    REGISTRY[0],
    *({"type": "company-registered", "company": firm, "name": firm, "jurisdiction": "CN"} for firm in ("acme", "coda")),
    {"type": "chip-registered", "chip": "h20", "name": "H20", "vendor": "V", "controlled_by": ["US"]},
    {
        "type": "batch-approved",
        "ref": "batch",
        "authority": "bis",
        "companies": {"count": 1, "of": ["acme", "coda"]},
        "chips": ["all"],
        "conditions": {"quota": "mild"},
        "report": batch_report("2026-01-25"),
    },
    *(
        {"type": "recipients-identified", "target": "batch", "excluded": ["acme"], "report": batch_report(day)}
        for day in ("2026-01-26T00:00Z", "2026-01-26")
    ),
    {
        "type": "conditions-met",
        "target": "batch",
        "conditions": ["quota"],
        "effective": "2026-01-27",
        "report": batch_report("2026-01-25"),
    },
]


@pytest.mark.parametrize("few", [0, 400])
def test_a_night_is_told_after_a_report_that_repeats_another(few: int) -> None:
    with made(NAMED_AGAIN) as found, patch.object(turns, "FEW", few):
        looks_back(found, Point(span("2026-01-31").first, FOREVER - 1, NEVER - 1))


@pytest.mark.parametrize("few", [0, 400])
def test_a_company_that_is_bought_turns_on_that_day_and_one_that_gets_a_name_does_not(few: int) -> None:
    with made([*REGISTRY, *CLAIMS, BOUGHT, NAMED]) as found, patch.object(turns, "FEW", few):
        by_day, until = found.by_day(8), Point(span("2027-01-01").first, FOREVER - 1, 8)
        told = [(turn.after.day, turn.cells) for turn in Turns(by_day, 8).as_known_then(until, MOST)]
        assert told[0] == (span("2025-06-02").first, [("firm", "h20")])
        start = Point(span("2025-01-02").first, FOREVER - 1, 8)
        ahead = [(turn.after.day, turn.cells) for turn in Turns(by_day, 8).days_ahead(start, MOST)]
        assert ahead == told[:1]
