"""The core against the naive reading of semantics.md, on ledgers that Hypothesis makes up.

``HYPOTHESIS_PROFILE=thorough`` tries 20,000 for each of the five tests.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from policytracker.events.dates import iso, moment, span
from policytracker.status.cells import CellAnswer
from policytracker.status.directory import REGISTRY_TYPES, Directory
from policytracker.status.entries import Entry
from policytracker.status.force import in_force
from policytracker.status.knowledge import COUNTS
from policytracker.status.view import View
from policytracker.status.words import summary, words
from policytracker.testing import naive, strategies


def entries_of(resolved: list[dict[str, Any]]) -> list[Entry]:
    """The same events as the core takes them."""
    return [Entry(position, event["id"], event["recorded"], event) for position, event in enumerate(resolved)]


def view_of(
    entries: Iterable[Entry], at: str | int = "2027-01-15", known: int | None = None, recorded: int | None = None
) -> View:
    """The events as known at a moment and recorded by an instant, with the registry of a day."""
    seen = [entry for entry in entries if recorded is None or entry.recorded <= recorded]
    day = at if isinstance(at, int) else span(at).first
    return View(seen, Directory((entry for entry in seen if entry.type in REGISTRY_TYPES), day), known)


def core_answer(view: View, company: str, chip: str, at: str) -> dict[str, Any]:
    """The core's answer in the shape of the naive one, but for what is left of approvals."""
    day = span(at).first
    cell = view.cell(company, chip, day)
    words_of_gates = [None if last is None else iso(last) for last in view.last_words(company, chip)]
    last = view.last_report(company, chip)
    launched = view.directory.chips[chip].get("launched")
    return {
        "possible": words(cell.possible),
        "status": summary(cell.possible),
        "limited_by": [str(gate) for gate in cell.limited_by],
        "if_open": None if cell.if_open is None else words(cell.if_open),
        "gates": [
            {
                "gate": str(gate.gate),
                "possible": words(gate.possible),
                "status": summary(gate.possible),
                "claims": set(gate.worlds.standing),
                "last_word": word,
            }
            for gate, word in zip(cell.gates, words_of_gates, strict=True)
        ],
        "would_settle": set(cell.would_settle()),
        "conditions": in_order(conditions_of(view, cell, day)),
        "launched": launched is None or span(launched).first <= day,
        "last_report": None if last is None else iso(last),
    }


def conditions_of(view: View, cell: CellAnswer, day: int) -> Iterator[dict[str, str]]:
    """The conditions that bind in some possible world (§8)."""
    for gate in cell.gates:
        for claim, surely in view.outlook.binding(gate).items():
            for key, wording in view.claims[claim].binding(day).items():
                told = {"gate": str(gate.gate), "claim": claim, "key": key, "wording": wording}
                yield told | {"binds": "certainly" if surely else "possibly"}


def in_order(conditions: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Conditions by gate, claim and key."""
    return sorted(conditions, key=lambda each: (each["gate"], each["claim"], each["key"]))


def compare(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    resolved = naive.resolve(ledger)
    question = data.draw(strategies.questions(ledger))
    recorded = data.draw(st.none() | st.sampled_from([event["recorded"] for event in resolved[-4:]]))
    known = None if question.known is None else moment(question.known)
    view = view_of(entries_of(resolved), question.at, known, recorded)
    expected = naive.answer(
        resolved, question.company, question.chip, at=question.at, known=question.known, recorded=recorded
    )
    del expected["left"]
    expected["conditions"] = in_order(expected["conditions"])
    assert core_answer(view, question.company, question.chip, question.at) == expected
    day = span(question.at).first
    forces = {
        claim.id: {"counts": COUNTS[claim.counts], "in_force": "certainly" if force else "possibly"}
        for claim in [*view.claims.values(), *view.heard.values()]
        if (force := in_force(claim, day)) is not None
    }
    assert forces == naive.claims_in_force(resolved, at=question.at, known=question.known, recorded=recorded)


@given(st.data(), strategies.ledgers())
def test_any_ledger_gives_the_naive_answer(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    """Claims, and events about them and about those, in any tangle."""
    compare(data, ledger)


@given(st.data(), strategies.claims_only())
def test_claims_alone_prevail_as_the_naive_reading_says(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    """Scopes, order, restrictions and permissions, without events about them."""
    compare(data, ledger)


@given(st.data(), strategies.rivals())
def test_rivals_override_each_other_by_the_naive_reading(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    """Simple claims at one gate, certain mostly: restrictions, permissions and their levels."""
    compare(data, ledger)


@given(st.data(), strategies.batches())
def test_batches_fill_up_as_the_naive_reading_says(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    """A cohort with conditions, then recipients identified and conditions met."""
    compare(data, ledger)


@given(st.data(), strategies.one_claim())
def test_one_claim_stands_as_the_naive_reading_says(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    """Known, certain, retracted, corrected, lifted, suspended: one claim and much said of it."""
    compare(data, ledger)
    resolved = naive.resolve(ledger)
    known = data.draw(strategies.questions(ledger)).known
    view = view_of(entries_of(resolved), known=None if known is None else moment(known))
    for event_id, standing in view.standings.items():
        expected = naive.standing(resolved, event_id, known=known, recorded=None)
        assert (standing.known, standing.retracted) == (expected["known"], expected["retracted"])
        if standing.known and not standing.retracted:
            assert COUNTS[standing.counts] == expected["counts"]
