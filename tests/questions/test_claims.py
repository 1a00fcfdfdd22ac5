"""Claims in force, against the naive reading and over the shipped history."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policytracker.events.dates import end_of_day, moment, span
from policytracker.projections.reading import all_entries
from policytracker.questions.claims import InForce, claims, claims_in, period
from policytracker.questions.errors import UnknownName
from policytracker.questions.reader import Clocks, Reader
from policytracker.status.entries import Fields
from policytracker.testing import naive, strategies
from tests.questions.recorded import CLOCK, recorded
from tests.status import ground

DAY = Clocks(span("2026-01-28").first)
NOON = DAY._replace(known=moment("2026-01-28T12:00Z"))


def named(found: Any, ref: str) -> InForce:
    (claim,) = (each for each in found if each.claim.fields.get("ref") == ref)
    assert isinstance(claim, InForce)
    return claim


@settings(max_examples=40)
@given(st.data(), strategies.ledgers())
def test_what_is_listed_is_what_the_naive_reading_has_in_force(data: st.DataObject, ledger: list[Any]) -> None:
    """Known, not retracted, certainly or possibly in force; each with its fields as corrected by then."""
    question = data.draw(strategies.questions(ledger))
    with recorded(ledger) as reader:
        ids = [entry.id for entry in all_entries(reader.connection)]
        known = None if question.known is None else moment(question.known)
        found = [dict[str, Any](each.as_object()) for each in claims(reader, Clocks(span(question.at).first, known))]
    resolved = naive.resolve(ledger, ids=ids, clock=lambda _: CLOCK)
    told = {each["id"]: {"counts": each["counts"], "in_force": each["in_force"]} for each in found}
    assert told == naive.claims_in_force(resolved, at=question.at, known=question.known, recorded=None)
    for each in found:
        expected = naive.standing(resolved, each["id"], known=question.known, recorded=None)["fields"]
        beside = {name: each.pop(name) for name in ("id", "recorded", "counts", "in_force")}
        assert each == expected
        assert beside["recorded"] == "2027-01-15T08:00:00.000000Z"


def test_a_claim_is_told_as_corrected_by_then(reader: Reader) -> None:
    """28 January, 06:00: several hundred thousand. 18:00: more than 400,000, under conditions."""
    early: Fields = named(claims(reader, NOON), "cn-2026-01-28-batch").as_object()
    late: Fields = named(claims(reader, DAY), "cn-2026-01-28-batch").as_object()
    assert early["quantity"] == {"min": 200_000, "max": 999_999, "wording": "several hundred thousand"}
    assert "conditions" not in early
    assert late["quantity"]["min"] == 400_001
    assert list(late["conditions"]) == ["terms-open"]


def test_fields_come_in_the_order_in_which_people_write_them(reader: Reader) -> None:
    """The type first, the report near the end, what the ledger adds last."""
    found: Fields = named(claims(reader, NOON), "cn-2026-01-28-batch").as_object()
    assert list(found)[:5] == ["type", "ref", "authority", "companies", "chips"]
    assert list(found)[-6:] == ["report", "note", "id", "recorded", "counts", "in_force"]
    assert list(found["report"])[:2] == ["publisher", "published"]


def test_a_company_and_a_chip_leave_the_claims_whose_scope_they_are_in(reader: Reader) -> None:
    """The batch for three of the major internet firms: Tencent may be one, the card maker's customers are not."""
    asked = {each.claim.fields.get("ref") for each in claims(reader, NOON, "Tencent", "H200")}
    other = {each.claim.fields.get("ref") for each in claims(reader, NOON, "Tencent", "H20")}
    assert "cn-2026-01-28-batch" in asked
    assert "us-2026-01-13-rule" in asked
    assert "cn-2026-01-28-batch" not in other
    assert "cn-baseline" in asked & other


def test_a_type_leaves_the_claims_of_that_type(reader: Reader) -> None:
    """The only batch so far."""
    found = list(claims(reader, DAY, claim_type="batch-approved"))
    assert [each.claim.fields["ref"] for each in found] == ["cn-2026-01-28-batch"]


def test_the_period_tells_a_doubtful_start_and_that_the_day_of_an_end_is_the_first_without_it() -> None:
    """Begun in a week; over by its own date; perhaps lifted before by a rumour; suspended, which is no end."""
    batch = ground.claim("batch-approved", "batch", "2026-01-26/2026-01-28")
    assert ground_period(batch) == "from a day between 2026-01-26 and 2026-01-28"
    stop = ground.claim("blocked", "stop", "2026-01-14", until="2026-03-31")
    assert ground_period(stop) == "from 2026-01-14 until 2026-03-31 (the first day without it)"
    rumour = ground.about("lifted", "stop", effective="2026-02-01") | {
        "report": {"publisher": "B", "published": "2026"}
    }
    pause = ground.about("suspended", "stop", effective="2026-02-01")
    assert ground_period(stop, rumour, pause) == (
        "from 2026-01-14 until 2026-03-31 or perhaps 2026-02-01 (the first day without it)"
    )


def ground_period(claim: Any, *about: Any) -> str:
    """From when to when a made-up claim holds."""
    return period(ground.seen(claim, *about).claims[claim["ref"]])


def test_a_claim_that_is_only_heard_is_listed_as_such() -> None:
    """A rumour that is officially denied, and a block on a word that nobody should take."""
    report = {"publisher": "Blog", "published": "2026-01-10"}
    events = [
        ground.claim("blocked", "rumour", "2026-01-10", report=report),
        ground.about("disputed", "rumour"),
        ground.claim("blocked", "weak", "2026-01-10", report=report | {"grade": "E5"}),
        ground.claim("blocked", "undated", "", report=report | {"grade": "E5"}),
    ]
    del events[-1]["effective"]
    found = [each.as_object() for each in claims_in(ground.seen(*events), DAY.at)]
    assert [(each["ref"], each["counts"], each["in_force"]) for each in found] == [
        ("us", "certainly", "certainly"),
        ("rumour", "not at all", "certainly"),
        ("weak", "not at all", "certainly"),
    ]


def test_a_claim_not_yet_published_is_not_listed(reader: Reader) -> None:
    """On 27 January 2026 nobody had heard of the batch, which was in force from the 26th perhaps."""
    known = Clocks(span("2026-01-27").first, end_of_day(span("2026-01-27").first))
    assert all(each.claim.type != "batch-approved" for each in claims(reader, known))
    assert not named(claims(reader, DAY._replace(at=known.at)), "cn-2026-01-28-batch").force


def test_an_unknown_company_is_refused(reader: Reader) -> None:
    """Not an empty list."""
    with pytest.raises(UnknownName, match="no company is called 'Tencnt'"):
        claims(reader, DAY, "Tencnt")
