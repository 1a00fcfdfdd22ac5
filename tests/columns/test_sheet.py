"""Whole matrices from columns: every cell as ``view.cell`` tells it, at any point of the clocks."""

from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from policytracker.columns.sheet import Sheet
from policytracker.events.dates import moment, span
from policytracker.projections.finding import Point
from policytracker.status.directory import Gate
from policytracker.status.entries import Entry
from policytracker.status.extents import FOREVER
from policytracker.status.found import GateFound
from policytracker.status.grid import Grid
from policytracker.status.view import View
from policytracker.status.words import ANY
from tests import strategies
from tests.columns.ground import Tables, rows_of
from tests.test_core_is_the_contract import entries_of

ANY_LEDGER = strategies.ledgers() | strategies.claims_only() | strategies.batches() | strategies.rivals()
FEW = st.sampled_from([0, 1, 2, 200])


@given(st.data(), ANY_LEDGER, FEW, st.integers(1, 2))
def test_every_cell_is_as_the_view_tells_it(
    data: st.DataObject, ledger: list[dict[str, Any]], few: int, threads: int
) -> None:
    """However companies are gathered: two days of one ledger as it stood at one moment and position.

    All cells at once, each by itself, and gate by gate with the claims that stand.
    """
    entries = entries_of(strategies.resolve(ledger))
    seen = data.draw(st.integers(0, len(entries) - 1))
    question = data.draw(strategies.questions(ledger))
    known = None if question.known is None else moment(question.known)
    view = View(entries[: seen + 1], known)
    sheet = Sheet(rows_of(Tables(entries, view.directory)), view.directory, few, threads)
    for text in (question.at, data.draw(strategies.days())):
        day = span(text).first
        point = Point(day, FOREVER - 1 if known is None else known, seen)
        found = sheet.possible(point)
        for (row, company), (column, chip) in product(enumerate(sheet.companies), enumerate(sheet.chips)):
            cell = view.cell(company, chip, day)
            assert found[row, column] == sheet.possible_of(company, chip, point) == cell.possible
            assert [told(gate, entries) for gate in sheet.gates(company, chip, point)] == [
                (gate.gate, gate.possible, gate.worlds.standing) for gate in cell.gates
            ]


def told(answer: tuple[Gate, GateFound], entries: list[Entry]) -> tuple[Gate, int, tuple[str, ...]]:
    gate, found = answer
    ids = {entry.position: entry.id for entry in entries}
    return gate, found.possible, tuple(ids[claim.order[2]] for claim in found.standing)


@given(st.data(), ANY_LEDGER)
def test_days_are_as_the_sweep_tells_them(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    """Every day on which an answer of a cell may turn, and the one before it."""
    entries = entries_of(strategies.resolve(ledger))
    question = data.draw(strategies.questions(ledger))
    known = None if question.known is None else moment(question.known)
    view = View(entries, known)
    sheet = Sheet(rows_of(Tables(entries, view.directory)), view.directory)
    point = Point(0, FOREVER - 1 if known is None else known, len(entries))
    company, chip = data.draw(st.sampled_from(sheet.companies)), data.draw(st.sampled_from(sheet.chips))
    days = [day + back for day in Grid(view).days() for back in (-1, 0)]
    for place, (gate, days_of_gate) in enumerate(sheet.over_days(company, chip, point)):
        for day in days:
            now = [found for since, found in days_of_gate.answers if since <= day]
            answer = told((gate, now[-1] if now else GateFound(ANY, [])), entries)
            expected = view.cell(company, chip, day).gates[place]
            assert answer == (expected.gate, expected.possible, expected.worlds.standing)
