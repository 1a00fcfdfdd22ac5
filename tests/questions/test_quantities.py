"""Chips ordered, approved and shipped, over the shipped history and small made-up ones (semantics.md §8)."""

from typing import Any

from policytracker.events.dates import moment, span
from policytracker.questions.quantities import quantities
from policytracker.questions.reader import Clocks, Reader
from tests.questions.recorded import recorded

DAY = Clocks(span("2026-01-28").first)
REGISTRY: list[dict[str, Any]] = [
    {"type": "authority-registered", "authority": "gacc", "name": "GACC", "jurisdiction": "CN", "direction": "import"},
    {"type": "company-registered", "company": "acme", "name": "Acme", "jurisdiction": "CN"},
    {"type": "company-registered", "company": "bolt", "name": "Bolt", "jurisdiction": "CN"},
    {"type": "chip-registered", "chip": "h20", "name": "H20", "vendor": "Nvidia", "controlled_by": ["US"]},
    {
        "type": "chip-registered",
        "chip": "h200",
        "name": "H200",
        "vendor": "Nvidia",
        "controlled_by": ["US"],
        "attributes": {"memory": 141},
    },
]


def counted(kind: str, published: str, **fields: Any) -> dict[str, Any]:
    """A quantity that Reuters reports officially, of H200 for everybody, unless told otherwise."""
    report = {"publisher": "Reuters", "published": published, "attribution": fields.pop("attribution", "official")}
    return {"type": kind, "companies": ["all"], "chips": ["h200"], **fields, "report": report}


def ordered(published: str, **fields: Any) -> dict[str, Any]:
    return counted("orders-reported", published, **fields)


def told(*events: dict[str, Any], at: str = "2026-12-31") -> list[tuple[str, str, int | None, int | None, bool]]:
    """Chip, kind, the two ends, and whether they are certain."""
    with recorded(REGISTRY, events) as reader:
        found = quantities(reader, Clocks(span(at).last))
    return [(row["chip"], row["kind"], row["min"], row["max"], row["certain"]) for row in found]


def test_the_quantities_of_h200_side_by_side(reader: Reader) -> None:
    """Orders from in China and from Chinese firms anywhere overlap: two rows, and no sum."""
    found = quantities(reader, DAY._replace(known=moment("2026-01-28")), "H200")
    assert [(row["kind"], row["companies"], row["min"], row["max"], row["certain"]) for row in found] == [
        ("ordered", "in:CN", 2_000_001, None, True),
        ("ordered", "hq:CN", 1_000_001, None, True),
        ("approved", "3 of major-internet: named alibaba, bytedance, tencent", 400_001, None, True),
    ]


def test_orders_that_are_denied_are_told_with_their_doubt(reader: Reader) -> None:
    """29 January: Nvidia's head says that there are no orders for H200 so far."""
    found = quantities(reader, DAY, "H200")[0]
    assert (found["min"], found["certain"]) == (2_000_001, False)
    assert found["sources"] == [
        "The Decoder citing Reuters, 2025-12-31 (C3)",
        "disputed: up2info citing Nvidia, 2026-01-29 (B2)",
    ]


def test_the_batch_as_first_reported(reader: Reader) -> None:
    """28 January, noon: several hundred thousand, for three firms not named."""
    found = quantities(reader, DAY._replace(known=moment("2026-01-28T12:00Z")), "H200")[-1]
    assert (found["companies"], found["min"], found["max"]) == ("3 of major-internet", 200_000, 999_999)
    assert found["wording"] == "several hundred thousand"


def test_a_corrected_quantity_is_told_with_the_word_that_corrected_it(reader: Reader) -> None:
    """The later version of the report said more than 400,000."""
    found = quantities(reader, DAY, "H200")[-1]
    assert found["wording"] == "more than 400,000, the three together"
    assert found["sources"][-1] == "corrected: Business Times citing Reuters, 2026-01-28T18:00Z (C3)"


def test_orders_are_totals_and_shipments_come_on_top_unless_they_say_otherwise() -> None:
    """Orders of 5 million, then of 2; shipments of 10, then of 20 thousand."""
    assert told(
        ordered("2026-01-01", quantity={"min": 5_000_000}),
        ordered("2026-02-01", quantity={"min": 2_000_000}),
        counted("shipped", "2026-01-01", quantity={"min": 10_000, "max": 10_000}),
        counted("shipped", "2026-02-01", quantity={"min": 20_000, "max": 20_000}),
    ) == [("h200", "ordered", 2_000_000, None, True), ("h200", "shipped", 30_000, 30_000, True)]


def test_events_count_in_the_order_of_their_dates_not_of_the_ledger() -> None:
    """The total of March, recorded first, replaces the addition of February."""
    assert told(
        ordered("2026-03-01", quantity={"max": 9}),
        ordered("2026-02-01", quantity={"max": 5}, basis="added"),
    ) == [("h200", "ordered", None, 9, True)]


def test_the_same_companies_in_another_order_are_the_same_scope() -> None:
    """Acme and Bolt; Bolt and Acme. Acme alone is another."""
    both = ordered("2026-01-01", companies=["acme", "bolt"], quantity={"min": 1, "max": 1})
    again = ordered("2026-01-02", companies=["bolt", "acme"], quantity={"min": 2, "max": 2}, basis="added")
    one = ordered("2026-01-03", companies=["acme"], quantity={"min": 7, "max": 7})
    assert told(both, again, one) == [("h200", "ordered", 3, 3, True), ("h200", "ordered", 7, 7, True)]


def test_a_report_that_is_not_certain_may_count_or_not() -> None:
    """10 to 20 for sure, then a rumour of 100 to 200 in all."""
    sure = ordered("2026-01-01", quantity={"min": 10, "max": 20})
    rumour = ordered("2026-01-02", quantity={"min": 100, "max": 200}, attribution="unattributed")
    assert told(sure, rumour) == [("h200", "ordered", 10, 200, False)]


def test_a_shipment_that_has_perhaps_begun_may_count_or_not() -> None:
    """Shipped at some time of March: not on 28 February, perhaps on the 15th, for sure on the 31st."""
    shipment = counted("shipped", "2026-02-01", quantity={"min": 5, "max": 5}, effective="2026-03")
    assert told(shipment, at="2026-02-28") == []
    assert told(shipment, at="2026-03-15") == [("h200", "shipped", 5, 5, False)]
    assert told(shipment, at="2026-03-31") == [("h200", "shipped", 5, 5, True)]


def test_what_was_approved_stays_approved_when_the_claim_has_ended() -> None:
    """A batch of 100 that could be shipped until March, asked for in December; retracted, it never was."""
    batch = counted(
        "batch-approved", "2026-01-01", authority="gacc", until="2026-03", ref="batch", quantity={"max": 100}
    )
    assert told(batch) == [("h200", "approved", None, 100, True)]
    assert told(batch, {"type": "retracted", "target": "batch"}) == []


def test_a_scope_of_several_chips_tells_the_range_under_each_with_the_others() -> None:
    """H20 and H200 together: one number, told twice and marked as shared."""
    with recorded(REGISTRY, [ordered("2026-01-01", chips=["h200", "h20"], quantity={"min": 9})]) as made_up:
        found = quantities(made_up, Clocks(span("2026-12-31").first))
        only = quantities(made_up, Clocks(span("2026-12-31").first), "H20")
    assert [(row["chip"], row["together_with"]) for row in found] == [("h20", ["h200"]), ("h200", ["h20"])]
    assert only == found[:1]


def test_a_chip_whose_figures_are_not_registered_is_in_the_scope_perhaps() -> None:
    """Chips with more than 100 GB: H200 has 141, of H20 nobody wrote it down; but for H200."""
    large = ordered("2026-01-01", chips=[{"where": ["memory>100"]}], quantity={"min": 9})
    assert told(large) == [("h20", "ordered", 9, None, False), ("h200", "ordered", 9, None, True)]
    assert told({**large, "except_chips": ["h200"]} | {"type": "batch-approved", "authority": "gacc"}) == [
        ("h20", "approved", 9, None, False)
    ]
