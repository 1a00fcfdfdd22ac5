"""What events would change: the cells that are told are all the cells whose answer changes."""

from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from policytracker.events.dates import span
from policytracker.questions.dry_run import changes
from policytracker.status.entries import Entry
from policytracker.status.view import View
from policytracker.status.words import words
from tests import strategies

DAYS = (*strategies.WINDOW, *strategies.AROUND)


def entries_of(ledger: list[dict[str, Any]]) -> list[Entry]:
    resolved = strategies.resolve(ledger)
    return [Entry(position, event["id"], event["recorded"], event) for position, event in enumerate(resolved, 1)]


def answers(view: View, day: int) -> dict[tuple[str, str], Any]:
    """Every registered cell with all that is told of it."""
    cells = product(view.directory.companies, view.directory.chips)
    found = ((pair, view.cell(*pair, day)) for pair in cells)
    return {
        pair: (
            words(cell.possible),
            {str(gate.gate): words(gate.possible) for gate in cell.gates},
            view.conditions(cell, day),
        )
        for pair, cell in found
    }


@given(data=st.data(), ledger=strategies.ledgers())
def test_no_cell_that_changes_is_left_out_and_none_is_named_that_does_not(
    data: st.DataObject, ledger: list[dict[str, Any]]
) -> None:
    """Some events are in the ledger, the others would come after them."""
    entries = entries_of(ledger)
    there = data.draw(st.integers(0, len(entries) - 1) | st.just(len(entries) - 1))
    day = span(data.draw(st.sampled_from(DAYS))).first
    before, after = View(entries[:there]), View(entries)

    told = list(changes(before, after, entries[there:], day))

    old, new = answers(before, day), answers(after, day)
    assert {(cell["company"], cell["chip"]) for cell in told} == {pair for pair in new if old.get(pair) != new[pair]}
    assert told == sorted(told, key=lambda cell: (cell["company"], cell["chip"]))
    for cell in told:
        pair = cell["company"], cell["chip"]
        assert (cell["after"]["possible"], cell["after"]["gates"], cell["after"]["conditions"]) == new[pair]
        assert (cell["before"] is None) == (pair not in old)


@given(ledger=strategies.ledgers())
def test_nothing_changes_where_nothing_is_added(ledger: list[dict[str, Any]]) -> None:
    entries = entries_of(ledger)
    view = View(entries)

    assert list(changes(view, view, (), span("2026-01-28").first)) == []
