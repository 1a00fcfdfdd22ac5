"""Whole matrices from columns: every cell as ``view.cell`` tells it, at any point of the clocks."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from policytracker.columns.sheet import Sheet
from policytracker.events.dates import moment, span
from policytracker.projections.finding import Point
from policytracker.status.extents import FOREVER
from policytracker.status.view import View
from tests import strategies
from tests.columns.ground import Tables, rows_of
from tests.test_core_is_the_contract import entries_of

ANY_LEDGER = strategies.ledgers() | strategies.claims_only() | strategies.batches() | strategies.rivals()
BOUNDS = st.sampled_from([(), (0,), (1,), (2,), (0, 1), (1, 2), (0, 2), (9,)])


@given(st.data(), ANY_LEDGER, BOUNDS, st.integers(0, 2))
def test_every_cell_is_as_the_view_tells_it(
    data: st.DataObject, ledger: list[dict[str, Any]], bounds: tuple[int, ...], narrow: int
) -> None:
    """However companies and chips are gathered: two days of one ledger as it stood at one moment and position."""
    entries = entries_of(strategies.resolve(ledger))
    seen = data.draw(st.integers(0, len(entries) - 1))
    question = data.draw(strategies.questions(ledger))
    known = None if question.known is None else moment(question.known)
    view = View(entries[: seen + 1], known)
    sheet = Sheet(rows_of(Tables(entries, view.directory)), view.directory, bounds, narrow)
    for text in (question.at, data.draw(strategies.days())):
        day = span(text).first
        found = sheet.possible(Point(day, FOREVER - 1 if known is None else known, seen))
        for row, company in zip(found.tolist(), sheet.companies, strict=True):
            assert row == [view.cell(company, chip, day).possible for chip in sheet.chips]
