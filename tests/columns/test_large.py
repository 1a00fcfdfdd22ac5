"""A ledger of some thousand made-up events: the matrix from arrays is the matrix of the grid, wherever it is asked."""

from collections.abc import Iterator
from functools import cache, reduce
from typing import Any

import pytest

from benchmarks.large.lines import SMALL_WORLD, events
from policytracker.columns.rows import Rows
from policytracker.columns.sheet import Sheet
from policytracker.events.dates import end_of_day, span
from policytracker.projections.finding import Point
from policytracker.status.entries import Entry
from policytracker.status.extents import FOREVER
from policytracker.status.grid import Grid
from policytracker.status.view import View
from policytracker.status.words import ANY, minima
from tests.columns.ground import Tables, rows_of

SIZE = 2_500
LAST = SIZE - 1
ALL = FOREVER - 1
POINTS = [
    Point(span("2025-12-31").first, ALL, LAST),
    Point(span("2022-06-30").first, ALL, LAST),
    Point(span("2023-03-01").first, end_of_day(span("2021-01-01").first), LAST),
    Point(span("2020-02-29").first, ALL, 1_200),
]


@cache
def ledger() -> list[Entry]:
    return list(_entries(events("doubtful", SIZE, world=SMALL_WORLD)))


def _entries(told: Iterator[dict[str, Any]]) -> Iterator[Entry]:
    ids: dict[str, str] = {}
    for position, event in enumerate(told):
        name = f"{position:064x}"
        if "ref" in event:
            ids[event["ref"]] = name
        aim = {"target": ids[event["target"]]} if "target" in event else {}
        yield Entry(position, name, position, {**event, **aim})


@cache
def rows() -> Rows:
    return rows_of(Tables(ledger()))


@pytest.mark.parametrize("point", POINTS)
def test_the_matrix_is_that_of_the_grid(point: Point) -> None:
    """Asked by one sheet that gathers companies as it does by itself, and by one that gathers otherwise."""
    view = View(ledger()[: point.seen + 1], None if point.known == ALL else point.known)
    expected = Grid(view).answers(point.day)
    assert len(set(expected)) > 8
    for sheet in (Sheet(rows(), view.directory), Sheet(rows(), view.directory, few=3, threads=1)):
        assert sheet.possible(point).tobytes() == expected
        assert sheet.possible(point).tobytes() == expected


def test_a_cell_is_that_of_the_matrix() -> None:
    """Its status, its gates, and what they answer from day to day."""
    point = POINTS[0]
    sheet = Sheet(rows(), View(ledger()).directory)
    found = sheet.possible(point)
    for (row, company), (column, chip) in zip(enumerate(sheet.companies), enumerate(sheet.chips), strict=False):
        gates = [gate.possible for _, gate in sheet.gates(company, chip, point)]
        days = [gate.answers for _, gate in sheet.over_days(company, chip, point)]
        ever = [[told.possible for day, told in turns if day <= point.day] for turns in days]
        assert found[row, column] == sheet.possible_of(company, chip, point) == reduce(minima, gates)
        assert [turns[-1] if turns else ANY for turns in ever] == gates
        assert sheet.last_report(company, chip, point) == (0, []), "these tables tell of no reports"
