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
    """20 January: Reuters says twice that the block is lifted; Caixin says so too, and Reuters on the 30th."""
    there = lift("2026-01-20", ref="over")

    assert likes(lift("2026-01-20", "REUTERS", effective="2026-02"), old(), there) == ["over"]
    assert likes(lift("2026-01-20T06:00Z"), old(), there) == ["over"]
    assert likes(lift("2026-01-20", "Caixin"), old(), there) == []
    assert likes(lift("2026-01-30"), old(), there) == []
    assert likes({**lift("2026-01-20"), "type": "disputed"}, old(), there) == []


def relay(published: str, publisher: str, cites: str) -> Event:
    return {"publisher": publisher, "published": published, "cites": cites}


def test_an_event_about_another_is_like_a_relay_of_it_that_says_the_same() -> None:
    """Reuters says that the block is lifted; News.Az relays it two days later, from another day on or not."""
    there = lift("2026-01-20", ref="over", effective="2026-02-01")
    copied = {**lift("2026-01-22", effective="2026-02-01"), "report": relay("2026-01-22", "News.Az", "REUTERS")}

    assert likes(copied, old(), there) == ["over"]
    assert likes({**copied, "effective": "2026-03-01"}, old(), there) == []
    assert likes({**copied, "report": relay("2026-01-28", "News.Az", "Reuters")}, old(), there) == []
    assert likes({**copied, "report": relay("2026-01-22", "News.Az", "Bloomberg")}, old(), there) == []


def test_names_that_one_source_gives_on_two_days_are_not_alike() -> None:
    """Reuters names Tencent on the 20th and Baidu on the 22nd."""
    cohort = {"count": 2, "of": ["all"]}
    named = {"type": "recipients-identified", "target": "old"}
    there = {**named, "ref": "names", "companies": ["tencent"], "report": report("2026-01-20")}

    assert likes({**named, "companies": ["baidu"], "report": report("2026-01-22")}, old(companies=cohort), there) == []
    again = {**named, "companies": ["tencent"], "report": report("2026-01-22")}
    assert likes(again, old(companies=cohort), there) == ["names"]


def test_the_best_match_comes_first_then_the_nearest() -> None:
    """The same quantity goes before the same scope, that before the same origin, and all before the nearer day."""
    lot = {"min": 5, "max": 5}
    there = [
        market("shipped", ref="near", quantity={"min": 9}, report=report("2026-01-15", "FT")),
        market("shipped", ref="origin", quantity={"min": 9}, companies=["all"], report=report("2026-01-10")),
        market("shipped", ref="scope", quantity={"min": 9}, report=report("2026-01-10", "FT")),
        market("shipped", ref="quantity", quantity=lot, companies=["all"], report=report("2026-01-10", "FT")),
        market("shipped", ref="all-three", quantity=lot, report=relay("2026-01-09", "News.Az", "Reuters")),
    ]

    new = market("shipped", quantity=lot, report=report("2026-01-15"))
    assert likes(new, *there) == ["all-three", "quantity", "near", "scope", "origin"]


def test_what_both_have_in_common_is_told() -> None:
    lot = {"min": 5, "max": 5, "wording": "5"}
    there = market("shipped", ref="old", quantity=lot)
    new = market("shipped", quantity={"min": 5, "max": 5}, report=relay("2026-01-16", "News.Az", "Reuters"))
    with recorded([*REGISTRY, there, block(ref="a-block")]) as reader:
        (found,) = alike(reader, Entry(reader.head.position + 1, "new", 0, new))
        (other,) = alike(reader, Entry(reader.head.position + 1, "new", 0, block("2026-01-16")))
    assert (found["same"], found["days"]) == (["quantity", "scope", "origin"], 2)
    assert other["same"] == ["scope", "origin"]


def test_claims_of_one_rule_with_different_reviews_are_not_alike() -> None:
    """Licences are refused for some chips, and given case by case for others."""
    rule = {"type": "licence-required", "authority": "bis", "companies": ["all"], "chips": ["all"]}
    there = {**rule, "ref": "old", "review": "case-by-case", "report": report("2026-01-13")}

    assert likes({**rule, "review": "policy-of-denial", "report": report("2026-01-13")}, there) == []
    assert likes({**rule, "review": "case-by-case", "report": report("2026-01-13", "FT")}, there) == ["old"]


def test_a_claim_that_is_heard_and_not_counted_is_like_another_by_the_day_of_its_report() -> None:
    weak = {**report("2026-01-14"), "grade": "E5"}

    assert likes(block("2026-01-15"), old(report=weak)) == ["old"]
    assert likes(block("2026-02-15"), old(report=weak)) == []
    assert likes(block("2026-01-15", report={**report("2026-01-15"), "grade": "E5"}), old()) == ["old"]


@pytest.mark.parametrize(
    ("effective", "near"), [("2026-01", True), ("2025-12/2026-03", True), ("../2026-01-20", True), ("2025", False)]
)
@pytest.mark.parametrize("kind", ["blocked", "cleared"])
@pytest.mark.parametrize("attribution", ["official", "unattributed"])
def test_a_vague_date_is_near_where_one_of_its_days_is(effective: str, near: bool, kind: str, attribution: str) -> None:
    """Permissions are ordered by its first day and restrictions by its last: both are found by any."""
    said = {**report("2026-01-02"), "attribution": attribution}

    found = likes(block("2026-01-18", type=kind), old(type=kind, effective=effective, report=said))
    assert found == (["old"] if near else [])


def test_developments_are_alike_by_their_text_or_address() -> None:
    development = {"type": "development-reported", "kind": "legislation", "text": "The bill passed."}
    there = {**development, "ref": "old", "report": {**report("2026-01-14"), "url": "https://example.org/1"}}

    assert likes({**development, "text": "the bill PASSED.", "report": report("2026-01-20", "FT")}, there) == ["old"]
    other = {**development, "text": "Another text.", "report": {**report("2026-01-14"), "url": "https://example.org/1"}}
    assert likes(other, there) == ["old"]
    assert likes({**other, "kind": "supply"}, there) == []
    assert likes({**other, "report": report("2026-01-14")}, there) == []


def test_events_without_a_report_are_alike_in_nothing() -> None:
    there = {"type": "retracted", "target": "old", "ref": "gone", "note": "mistaken"}

    assert likes({"type": "retracted", "target": "old"}, old(), there) == []


def test_registrations_replace_each_other_and_are_never_pointed_out() -> None:
    assert likes({**REGISTRY[3], "name": "Tencent Holdings"}) == []
