"""What is left of approvals, asked of a recorded ledger (semantics.md §8)."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policytracker.events.dates import moment, span
from policytracker.projections.reading import all_entries
from policytracker.questions.left import Left
from policytracker.questions.quantities import Quantities
from policytracker.questions.reader import Clocks
from policytracker.questions.state import states
from policytracker.status.left import Shipments, left_of
from policytracker.status.quantities import QUANTIFIED
from policytracker.testing import naive, strategies
from tests.calls import calls_of
from tests.questions.recorded import CLOCK, TODAY, recorded
from tests.questions.test_quantities import REGISTRY, about, counted
from tests.soak import often

Event = dict[str, Any]
CELLS = {"companies": ["acme", "bolt"], "chips": ["h20", "h200"]}


def batch(**fields: Any) -> Event:
    """100 to 200 chips for Acme and Bolt, approved on 10 January."""
    approval = {"authority": "gacc", "ref": "lot", "quantity": {"min": 100, "max": 200}, **CELLS, **fields}
    return counted("batch-approved", "2026-01-10", **approval)


def shipped(size: int, published: str = "2026-01-20", **fields: Any) -> Event:
    """So many of H20, shipped to Acme."""
    shipment = {"companies": ["acme"], "chips": ["h20"], "quantity": {"min": size, "max": size}, **fields}
    return counted("shipped", published, **shipment)


def left(*events: Event, at: int = TODAY, known: str | None = None, recorded_by: int | None = None) -> Any:
    """The least, the most, and whether it is used up."""
    clocks = Clocks(at, None if known is None else moment(known), recorded_by)
    with recorded(REGISTRY, events) as reader:
        found = Left(reader, clocks).of(reader.event_id("lot"))
    return found["min"], found["max"], found["used_up"]


@settings(max_examples=often(short=30, long=1_000))
@given(st.data(), strategies.amounts())
def test_every_cell_tells_what_the_naive_reading_leaves(data: st.DataObject, ledger: list[Event]) -> None:
    """Of the approvals that stand in some possible world, in the answer for the cell."""
    question = data.draw(strategies.questions(ledger))
    known = None if question.known is None else moment(question.known)
    asked: dict[str, Any] = {"at": question.at, "known": question.known, "recorded": None}
    with recorded(ledger) as reader:
        found = {
            (row["company"], row["chip"]): row["left"]
            for row in states(reader, Clocks(span(question.at).first, known), None, None)
        }
        entries = [{**each.fields, "id": each.id, "recorded": each.recorded} for each in all_entries(reader.connection)]
    for (company, chip), row in found.items():
        assert by_claim(row) == by_claim(naive.answer(entries, company, chip, **asked)["left"])


@settings(max_examples=often(short=30, long=1_000))
@given(st.data(), strategies.amounts())
def test_the_shipments_looked_up_leave_what_all_shipments_leave(data: st.DataObject, ledger: list[Event]) -> None:
    """Of every approval with a figure on the day, whether or not it stands somewhere; also as recorded earlier."""
    question, first = data.draw(strategies.questions(ledger)), data.draw(st.integers(0, len(ledger)))
    known = None if question.known is None else moment(question.known)
    with recorded(ledger[:first], ledger[first:]) as reader:
        for by in (None, CLOCK):
            clocks = Clocks(span(question.at).first, known, by)
            every = Quantities(reader.view_of(QUANTIFIED, clocks), clocks.at).figures
            shipments, asked = Shipments(every), Left(reader, clocks)
            for approval in (each for each in every if each.key.gate is not None):
                expected, found = left_of(approval, shipments.within(approval.key)), asked.of(approval.event)
                assert (found["min"], found["max"], found["used_up"]) == (*expected, expected.is_used_up)


def by_claim(left: Any) -> Any:
    """What is left of each claim; of claims that stand no order is promised."""
    return left and sorted(left, key=lambda each: str(each["claim"]))


@pytest.mark.parametrize(
    ("shipments", "expected"),
    [
        ([], (100, 200, False)),
        ([shipped(30)], (70, 170, False)),
        ([shipped(30), shipped(50, chips=["h200"])], (20, 120, False)),
        ([shipped(200)], (-100, 0, True)),
        ([shipped(30, companies=["giants"], chips=["all"])], (70, 170, False)),
        ([shipped(30, published="2026-01-09")], (100, 200, False)),
        ([shipped(30, quantity={"min": 30, "max": 30, "unit": "USD"})], (100, 200, False)),
        ([shipped(30, attribution="unattributed")], (70, 200, False)),
        ([shipped(30), shipped(20, published="2026-01-21", basis="total")], (80, 180, False)),
    ],
)
def test_what_is_left(shipments: list[Event], expected: tuple[int, int, bool]) -> None:
    """Less what was shipped of its unit within its scope since it began."""
    assert left(batch(), *shipments) == expected


def test_shipments_to_others_as_well_are_not_taken_off() -> None:
    """All of their cells must be the approval's."""
    assert left(batch(companies=["acme"]), shipped(30, companies=["all"])) == (100, 200, False)


def test_the_registry_of_the_day_says_who_belongs_to_a_scope() -> None:
    """In March a third company is one of the giants: what was shipped to them was not all Acme's and Bolt's."""
    coda = {"type": "company-registered", "company": "coda", "name": "Coda", "jurisdiction": "CN"}
    grown = REGISTRY[-1] | {"members": ["acme", "bolt", "coda"], "effective": "2026-03-01"}
    events = [coda, grown, batch(), shipped(30, companies=["giants"])]
    assert [left(*events, at=span(day).first)[1] for day in ("2026-02-28", "2026-03-01")] == [170, 200]


def test_all_three_clocks_count() -> None:
    """Shipped on 20 February, reported on the 22nd, corrected on the 24th, recorded later."""
    shipment = shipped(30, published="2026-02-22", effective="2026-02-20", ref="first")
    corrected = about("corrected", "first", "2026-02-24", changes={"quantity": {"min": 50, "max": 50}})
    events = [batch(), shipment, corrected]
    assert [left(*events, at=span(day).first)[1] for day in ("2026-02-19", "2026-02-20")] == [200, 150]
    assert [left(*events, known=day)[1] for day in ("2026-02-21", "2026-02-23", "2026-02-24")] == [200, 170, 150]
    with recorded(REGISTRY, [batch()], [shipment]) as reader:
        found = [Left(reader, Clocks(TODAY, None, CLOCK + tick)).of(reader.event_id("lot")) for tick in (1, 2)]
    assert [each["max"] for each in found] == [200, 170]


def test_an_approval_that_has_not_begun_has_nothing_to_be_left() -> None:
    """It cannot stand, so nothing asks for it; who does all the same is told."""
    with pytest.raises(ValueError, match="has no quantity that counts on this day"):
        left(batch(), at=span("2026-01-09").first)


def test_what_was_shipped_is_read_once_for_all_approvals() -> None:
    """Four times the approvals, and as many shipments: four times the work, not sixteen times."""

    def work(count: int) -> int:
        lots = [batch(ref=f"lot-{place}", note=str(place)) for place in range(count)]
        shipments = [shipped(1, note=str(place)) for place in range(count)]
        with recorded(REGISTRY, [*lots, *shipments]) as reader:
            every = [reader.event_id(f"lot-{place}") for place in range(count)]
            asked = Left(reader, Clocks(TODAY))
            calls = calls_of(lambda: [asked.of(each) for each in every])
            assert [asked.of(each)["max"] for each in every] == [200 - count] * count
        return calls

    assert work(80) < 8 * work(20)
