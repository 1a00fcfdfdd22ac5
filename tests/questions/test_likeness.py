"""Which recorded events a new one looks like."""

from typing import Any

import pytest

from policytracker.questions.likeness import alike
from policytracker.status.entries import Entry
from tests.questions.recorded import recorded

Event = dict[str, Any]

REGISTRY: tuple[Event, ...] = (
    {"type": "authority-registered", "authority": "gacc", "name": "GACC", "jurisdiction": "CN", "direction": "import"},
    {"type": "authority-registered", "authority": "miit", "name": "MIIT", "jurisdiction": "CN", "direction": "import"},
    {"type": "authority-registered", "authority": "bis", "name": "BIS", "jurisdiction": "US", "direction": "export"},
    {"type": "company-registered", "company": "tencent", "name": "Tencent", "jurisdiction": "CN"},
    {"type": "company-registered", "company": "baidu", "name": "Baidu", "jurisdiction": "CN"},
    {"type": "chip-registered", "chip": "h20", "name": "H20", "vendor": "Nvidia", "controlled_by": ["US"]},
    {"type": "chip-registered", "chip": "h200", "name": "H200", "vendor": "Nvidia", "controlled_by": ["US"]},
)


def report(published: str, publisher: str = "Reuters") -> Event:
    return {"publisher": publisher, "published": published}


def block(published: str = "2026-01-14", **more: Any) -> Event:
    """Customs block H200 for Tencent."""
    claim = {"type": "blocked", "authority": "gacc", "companies": ["tencent"], "chips": ["h200"]}
    return {**claim, "report": report(published), **more}


def likes(new: Event, *there: Event) -> list[str | None]:
    """The refs of the events that a new one looks like."""
    with recorded([*REGISTRY, *there]) as reader:
        fields = {**new}
        if "target" in fields:
            fields["target"] = reader.event_id(fields["target"])
        found = alike(reader, Entry(reader.head.position + 1, "new", 0, fields))
    return [each["ref"] for each in found]


def old(**more: Any) -> Event:
    return block(ref="old", **more)


@pytest.mark.parametrize(
    "new",
    [
        block("2026-01-15"),
        block("2026-01-21"),
        block("2026-01-07"),
        block("2026-02-20", effective="2026-01-20"),
        block(authority="miit"),
        block(companies=["in:CN"]),
        block(companies={"of": ["all"]}),
        block(companies={"of": ["baidu"], "named": ["tencent"]}),
        block(chips=["all"]),
        block(chips=[{"where": ["tpp>4800"]}]),
        block(chips=["h20", "h200"], except_chips=["h20"]),
    ],
    ids=str,
)
def test_a_claim_of_the_same_type_at_the_same_gate_that_shares_a_cell_and_starts_near_is_like(new: Event) -> None:
    """14 January: Reuters says that customs block H200 for Tencent. Then another report says much the same."""
    assert likes(new, old()) == ["old"]


@pytest.mark.parametrize(
    "new",
    [
        block("2026-01-22"),
        block("2026-01-06"),
        block("2026-01-15", effective="2026-03"),
        block(authority="bis"),
        block(companies=["baidu"]),
        block(companies=["all"], except_companies=["tencent"]),
        block(companies={"of": ["all"], "excluded": ["tencent"]}),
        block(chips=["h20"]),
        block(chips=["all"], except_chips=["h200"]),
        block(type="prohibited"),
        block(type="cleared"),
    ],
    ids=str,
)
def test_a_claim_that_differs_in_more_than_its_report_is_not(new: Event) -> None:
    assert likes(new, old()) == []


def test_the_nearest_in_date_comes_first() -> None:
    near, far = block("2026-01-17", ref="near"), block("2026-01-12", ref="far")

    assert likes(block("2026-01-16"), far, near) == ["near", "far"]


def test_a_retracted_event_is_like_nothing() -> None:
    assert likes(block("2026-01-15"), old(), {"type": "retracted", "target": "old"}) == []


def test_an_event_counts_as_it_has_been_corrected() -> None:
    """The block was of H20: so a report of H200 is news, and one of H20 is not."""
    corrected = {"type": "corrected", "target": "old", "changes": {"chips": ["h20"]}}

    assert likes(block("2026-01-15"), old(), corrected) == []
    assert likes(block("2026-01-15", chips=["h20"]), old(), corrected) == ["old"]


def test_recipients_that_were_identified_count() -> None:
    cohort = {"count": 1, "of": ["all"]}
    identified = {"type": "recipients-identified", "target": "old", "companies": ["baidu"]}

    assert likes(block(), old(companies=cohort)) == ["old"]
    assert likes(block(), old(companies=cohort), identified) == []
    assert likes(block(companies=["baidu"]), old(companies=cohort), identified) == ["old"]


def market(kind: str, **more: Any) -> Event:
    event = {"type": kind, "companies": ["tencent"], "chips": ["h200"], "quantity": {"min": 1}}
    return {**event, "report": report("2026-01-14"), **more}


@pytest.mark.parametrize("kind", ["orders-reported", "shipped"])
def test_market_events_have_no_gate_and_are_alike_all_the_same(kind: str) -> None:
    there = market(kind, ref="old")

    assert likes(market(kind, quantity={"min": 2}), there) == ["old"]
    assert likes(market(kind, companies=["baidu"]), there) == []


def test_signals_are_alike_at_one_gate() -> None:
    signal = {"type": "condition-signalled", "companies": ["all"], "chips": ["all"], "conditions": {"quota": "some"}}
    there = {**signal, "authority": "gacc", "report": report("2026-01-14"), "ref": "old"}

    assert likes({**signal, "authority": "miit", "report": report("2026-01-15")}, there) == ["old"]
    assert likes({**signal, "authority": "bis", "report": report("2026-01-15")}, there) == []


def lift(published: str, publisher: str = "Reuters", **more: Any) -> Event:
    return {"type": "lifted", "target": "old", "report": report(published, publisher), **more}


def test_an_event_about_another_is_like_one_of_the_same_publisher_and_day() -> None:
    """20 January: Reuters says twice that the block is lifted; Caixin says so too, and Reuters on the 21st."""
    there = lift("2026-01-20", ref="over")

    assert likes(lift("2026-01-20", "REUTERS", effective="2026-02"), old(), there) == ["over"]
    assert likes(lift("2026-01-20T06:00Z"), old(), there) == ["over"]
    assert likes(lift("2026-01-20", "Caixin"), old(), there) == []
    assert likes(lift("2026-01-21"), old(), there) == []
    assert likes({**lift("2026-01-20"), "type": "disputed"}, old(), there) == []


def test_events_without_a_report_are_alike_in_nothing() -> None:
    there = {"type": "retracted", "target": "old", "ref": "gone", "note": "mistaken"}

    assert likes({"type": "retracted", "target": "old"}, old(), there) == []


def test_registrations_replace_each_other_and_are_never_pointed_out() -> None:
    assert likes({**REGISTRY[3], "name": "Tencent Holdings"}) == []
