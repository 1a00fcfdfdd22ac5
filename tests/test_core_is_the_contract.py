"""The core against the naive reading of semantics.md, on ledgers that Hypothesis makes up.

``HYPOTHESIS_PROFILE=thorough`` tries 20,000 for each of the five tests.
"""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from policytracker.events.dates import iso, moment, span
from policytracker.status.entries import Entry
from policytracker.status.force import in_force
from policytracker.status.view import View
from policytracker.status.words import summary, words
from tests import naive, strategies


def entries_of(resolved: list[dict[str, Any]]) -> list[Entry]:
    """The same events as the core takes them."""
    return [Entry(position, event["id"], event["recorded"], event) for position, event in enumerate(resolved)]


def core_answer(view: View, company: str, chip: str, at: str) -> dict[str, Any]:
    """The core's answer in the shape of the naive one."""
    day = span(at).first
    cell = view.cell(company, chip, day)
    last = view.last_report(company, chip)
    return {
        "possible": words(cell.possible),
        "status": summary(cell.possible),
        "held_by": [str(gate) for gate in cell.held_by],
        "gates": [
            {
                "gate": str(gate.gate),
                "possible": words(gate.possible),
                "status": summary(gate.possible),
                "claims": set(gate.worlds.standing),
            }
            for gate in cell.gates
        ],
        "would_settle": set(cell.would_settle()),
        "conditions": view.conditions(cell, day),
        "last_report": None if last is None else iso(last),
    }


def compare(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    resolved = strategies.resolve(ledger)
    question = data.draw(strategies.questions(ledger))
    recorded = data.draw(st.none() | st.sampled_from([event["recorded"] for event in resolved[-4:]]))
    view = View(entries_of(resolved), None if question.known is None else moment(question.known), recorded)
    expected = naive.answer(
        resolved, question.company, question.chip, at=question.at, known=question.known, recorded=recorded
    )
    assert core_answer(view, question.company, question.chip, question.at) == expected
    forces = {
        claim.id: {"certain": claim.certain, "in_force": "certainly" if force else "possibly"}
        for claim in view.claims.values()
        if (force := in_force(claim, span(question.at).first)) is not None
    }
    assert forces == naive.claims_in_force(resolved, at=question.at, known=question.known, recorded=recorded)


@given(st.data(), strategies.ledgers())
def test_any_ledger_gives_the_naive_answer(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    """Claims, and events about them and about those, in any tangle."""
    compare(data, ledger)


@given(st.data(), strategies.claims_only())
def test_claims_alone_prevail_as_the_naive_reading_says(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    """Scopes, order, stops and openings, without events about them."""
    compare(data, ledger)


@given(st.data(), strategies.rivals())
def test_rivals_strike_each_other_as_the_naive_reading_says(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    """Simple claims at one gate, certain mostly: stops, openings and their levels."""
    compare(data, ledger)


@given(st.data(), strategies.batches())
def test_batches_fill_up_as_the_naive_reading_says(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    """A cohort with conditions, then recipients identified and conditions met."""
    compare(data, ledger)


@given(st.data(), strategies.one_claim())
def test_one_claim_stands_as_the_naive_reading_says(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    """Known, certain, retracted, corrected, lifted, suspended: one claim and much said of it."""
    compare(data, ledger)
    resolved = strategies.resolve(ledger)
    known = data.draw(strategies.questions(ledger)).known
    view = View(entries_of(resolved), None if known is None else moment(known))
    for event_id, standing in view.standings.items():
        expected = naive.standing(resolved, event_id, known=known, recorded=None)
        found = (standing.known, standing.retracted, standing.certain)
        assert found == (expected["known"], expected["retracted"], expected["certain"])
