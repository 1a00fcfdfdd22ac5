"""What was ordered, licensed, approved and shipped, on small made-up ledgers and against the naive reading (§8)."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policytracker.events.dates import moment, span
from policytracker.projections.reading import all_entries
from policytracker.questions.quantities import KINDS, quantities
from policytracker.questions.reader import Clocks, Reader
from policytracker.testing import naive, strategies
from tests.questions.recorded import TODAY, recorded
from tests.soak import often

Event = dict[str, Any]

REGISTRY: list[Event] = [
    {"type": "authority-registered", "authority": "gacc", "name": "GACC", "jurisdiction": "CN", "direction": "import"},
    {"type": "authority-registered", "authority": "bis", "name": "BIS", "jurisdiction": "US", "direction": "export"},
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
    {"type": "group-defined", "group": "giants", "kind": "company", "name": "Giants", "members": ["acme", "bolt"]},
]


def counted(kind: str, published: str, **fields: Any) -> Event:
    """A quantity that Reuters reports officially, of H200 for everybody, unless its fields say otherwise."""
    report = {"publisher": "Reuters", "published": published, "attribution": fields.pop("attribution", "official")}
    return {"type": kind, "companies": ["all"], "chips": ["h200"], **fields, "report": report}


def ordered(published: str, **fields: Any) -> Event:
    return counted("orders-reported", published, **fields)


def about(kind: str, target: str, published: str, publisher: str = "FT", **fields: Any) -> Event:
    """What the FT says officially about an event."""
    report = {"publisher": publisher, "published": published, "attribution": "official"}
    return {"type": kind, "target": target, **fields, "report": report}


def rows(*events: Event, at: str = "2026-12-31", **asked: Any) -> list[dict[str, Any]]:
    """The answer for a day."""
    with recorded(REGISTRY, events) as reader:
        return [dict(row) for row in quantities(reader, Clocks(span(at).last), **asked)]


def told(*events: Event, at: str = "2026-12-31") -> list[tuple[str, str, int | None, int | None, bool]]:
    """Chip, kind, the two ends, and whether they are certain."""
    return [(row["chip"], row["kind"], row["min"], row["max"], row["certain"]) for row in rows(*events, at=at)]


@settings(max_examples=often(short=30, long=1_000))
@given(st.data(), strategies.amounts())
def test_any_ledger_gives_the_ranges_of_the_naive_reading(data: st.DataObject, ledger: list[Event]) -> None:
    """Under every chip of the cells that a sum is of; what was said of no registered cell is left out here."""
    question = data.draw(strategies.questions(ledger))
    known = None if question.known is None else moment(question.known)
    with recorded(ledger) as reader:
        found = quantities(reader, Clocks(span(question.at).first, known))
        entries = [{**each.fields, "id": each.id, "recorded": each.recorded} for each in all_entries(reader.connection)]
    expected = naive.quantities(entries, at=question.at, known=question.known, recorded=None)
    nowhere = {event for each in expected if not each["cells"] for event in each["events"]}
    told = [(row["chip"], row["kind"], *rest(row)) for row in found if nowhere.isdisjoint(row["events"])]
    chips = [({chip for _, chip in each["cells"]}, each) for each in expected]
    assert sorted(told) == sorted((chip, KINDS[each["type"]], *rest(each)) for some, each in chips for chip in some)


def rest(row: Any) -> tuple[str, ...]:
    """What else is told of a sum, in a form that can be sorted."""
    return (*(str(row[name]) for name in ("gate", "unit", "per", "min", "max")), *sorted(row["events"]))


def test_orders_are_totals_and_shipments_come_on_top_unless_they_say_otherwise() -> None:
    """Orders of 5 million, then of 2; shipments of 10, then of 20 thousand."""
    assert told(
        ordered("2026-01-01", quantity={"min": 5_000_000}),
        ordered("2026-02-01", quantity={"min": 2_000_000}),
        counted("shipped", "2026-01-01", quantity={"min": 10_000, "max": 10_000}),
        counted("shipped", "2026-02-01", quantity={"min": 20_000, "max": 20_000}),
    ) == [("h200", "ordered", 2_000_000, None, True), ("h200", "shipped", 30_000, 30_000, True)]


def test_events_count_in_the_order_of_their_words_not_of_the_ledger() -> None:
    """The total of March, recorded first, replaces the addition of February."""
    assert told(
        ordered("2026-03-01", quantity={"max": 9}),
        ordered("2026-02-01", quantity={"max": 5}, basis="added"),
    ) == [("h200", "ordered", None, 9, True)]


def test_the_same_cells_are_the_same_scope_however_they_are_written() -> None:
    """Acme and Bolt, the giants, everybody; Acme alone is another."""
    scopes = [["acme", "bolt"], ["giants"], ["all"]]
    same = [ordered("2026-01-01", companies=each, quantity={"min": 1}, basis="added") for each in scopes]
    one = ordered("2026-01-03", companies=["acme"], quantity={"min": 7, "max": 7})
    assert told(*same, one) == [("h200", "ordered", 3, None, True), ("h200", "ordered", 7, 7, True)]


def test_scopes_are_compared_by_the_registry_of_the_day() -> None:
    """In March a third company is one of the giants: from then on they are not the two."""
    grown = REGISTRY[-1] | {"members": ["acme", "bolt", "coda"], "effective": "2026-03"}
    coda = {"type": "company-registered", "company": "coda", "name": "Coda", "jurisdiction": "CN"}
    both = ordered("2026-01-01", companies=["acme", "bolt"], quantity={"min": 1}, basis="added")
    giants = ordered("2026-01-01", companies=["giants"], quantity={"min": 2}, basis="added")
    assert [row[2] for row in told(coda, grown, both, giants, at="2026-03-30")] == [3]
    assert [row[2] for row in told(coda, grown, both, giants, at="2026-03-31")] == [1, 2]


def test_what_is_counted_in_money_or_for_each_company_stands_apart() -> None:
    """With its unit."""
    found = rows(
        ordered("2026-01-01", quantity={"min": 1}),
        ordered("2026-01-02", quantity={"min": 2, "unit": "USD"}),
        ordered("2026-01-03", quantity={"min": 3, "per": "company"}),
    )
    assert [(row["min"], row["unit"], row["per"]) for row in found] == [
        (1, "chips", None),
        (2, "USD", None),
        (3, "chips", "company"),
    ]


def test_licences_and_approvals_name_their_gate_and_are_not_summed() -> None:
    """A licence of each gate, and a batch."""
    fields = {"chips": ["h200"], "quantity": {"max": 10}}
    found = rows(
        counted("licence-granted", "2026-01-01", authority="bis", **fields),
        counted("licence-granted", "2026-01-02", authority="gacc", **fields),
        counted("batch-approved", "2026-01-03", authority="gacc", **fields),
        counted("shipped", "2026-01-04", **fields),
    )
    assert [(row["kind"], row["gate"]) for row in found] == [
        ("licensed", "US/export"),
        ("licensed", "CN/import"),
        ("approved", "CN/import"),
        ("shipped", None),
    ]


def test_a_report_that_is_not_certain_adds_nothing_for_sure_and_replaces_nothing() -> None:
    """10 to 20 for sure, then a rumour of 100 to 200 in all."""
    sure = ordered("2026-01-01", quantity={"min": 10, "max": 20})
    rumour = ordered("2026-01-02", quantity={"min": 100, "max": 200}, attribution="unattributed")
    assert told(sure, rumour) == [("h200", "ordered", 10, 220, False)]


def test_a_shipment_that_has_perhaps_begun_counts_possibly() -> None:
    """Shipped at some time of March: not on 28 February, perhaps on the 15th, for sure on the 31st."""
    shipment = counted("shipped", "2026-02-01", quantity={"min": 5, "max": 5}, effective="2026-03")
    assert told(shipment, at="2026-02-28") == []
    assert told(shipment, at="2026-03-15") == [("h200", "shipped", 0, 5, False)]
    assert told(shipment, at="2026-03-31") == [("h200", "shipped", 5, 5, True)]


def test_what_was_approved_stays_approved_when_the_claim_has_ended() -> None:
    """A batch of 100 that could be shipped until March, asked for in December; retracted, it never was."""
    batch = counted("batch-approved", "2026-01-01", authority="gacc", until="2026-03", ref="lot", quantity={"max": 100})
    assert told(batch) == [("h200", "approved", None, 100, True)]
    assert told(batch, {"type": "retracted", "target": "lot"}) == []


def test_a_scope_of_several_chips_tells_the_range_under_each_with_the_others() -> None:
    """H20 and H200 together: one number, told twice and marked as shared."""
    orders = ordered("2026-01-01", chips=["h200", "h20"], quantity={"min": 9})
    found = rows(orders)
    assert [(row["chip"], row["together_with"]) for row in found] == [("h20", ["h200"]), ("h200", ["h20"])]
    assert rows(orders, chip="H20") == found[:1]


def test_a_company_is_told_what_is_counted_for_it() -> None:
    """Bolt's orders, and those of all."""
    events = [ordered("2026-01-01", companies=[each], quantity={"min": 9}) for each in ("acme", "bolt", "in:CN")]
    assert [row["companies"] for row in rows(*events, company="Bolt")] == ["bolt", "in:CN"]


def test_a_chip_whose_figures_are_not_registered_is_in_the_scope_perhaps() -> None:
    """Chips with more than 100 GB: H200 has 141, of H20 nobody wrote it down; but for H200."""
    large = ordered("2026-01-01", chips=[{"where": ["memory>100"]}], quantity={"min": 9})
    assert told(large) == [("h20", "ordered", 9, None, False), ("h200", "ordered", 9, None, True)]
    assert told({**large, "except_chips": ["h200"]} | {"type": "batch-approved", "authority": "gacc"}) == [
        ("h20", "approved", 9, None, False)
    ]


# On whose word


def figures(*events: Event) -> list[dict[str, Any]]:
    """The figures of the only range."""
    (row,) = rows(*events)
    return [dict(figure) for figure in row["figures"]]


def test_each_figure_stands_on_its_own_reports() -> None:
    """What was said in January is not on the word of February."""
    found = figures(
        counted("shipped", "2026-02-01", ref="second", quantity={"max": 5, "wording": "up to five"}),
        counted("shipped", "2026-01-01", ref="first", quantity={"min": 10, "max": 10}),
        about("corroborated", "first", "2026-03-01"),
    )
    assert [(each["ref"], each["min"], each["max"], each["wording"], each["sources"]) for each in found] == [
        ("first", 10, 10, None, ["Reuters, 2026-01-01 (official)", "FT, 2026-03-01 (official)"]),
        ("second", None, 5, "up to five", ["Reuters, 2026-02-01 (official)"]),
    ]


def test_a_corrected_figure_stands_on_the_word_that_corrected_it() -> None:
    """The first report said another number."""
    first = ordered("2026-01-01", ref="first", quantity={"min": 10})
    (found,) = figures(first, about("corrected", "first", "2026-01-02", changes={"quantity": {"min": 20}}))
    assert (found["min"], found["sources"]) == (20, ["FT, 2026-01-02 (official)"])


def test_where_reports_differ_both_values_are_told() -> None:
    """The target keeps its own."""
    first = ordered("2026-01-01", ref="first", quantity={"min": 10})
    other = {"quantity": {"max": 7, "unit": "USD", "per": "company", "wording": "seven each"}}
    (found,) = figures(first, about("corroborated", "first", "2026-01-02", instead=other))
    assert (found["min"], found["sources"]) == (10, ["Reuters, 2026-01-01 (official)"])
    assert found["instead"] == [
        {
            "min": None,
            "max": 7,
            "unit": "USD",
            "per": "company",
            "wording": "seven each",
            "sources": ["FT, 2026-01-02 (official)"],
        }
    ]


def test_a_disputed_figure_counts_possibly_and_says_who_disputes_it() -> None:
    """Nvidia's head: there are no orders."""
    first = ordered("2026-01-01", ref="first", quantity={"min": 10})
    (row,) = rows(first, about("disputed", "first", "2026-01-02", "Nvidia"))
    (found,) = row["figures"]
    assert (row["min"], found["min"], found["counts"]) == (0, 10, "possibly")
    assert found["disputed_by"] == ["Nvidia, 2026-01-02 (official)"]
    assert row["sources"] == ["Reuters, 2026-01-01 (official)", "disputed: Nvidia, 2026-01-02 (official)"]


def test_a_total_names_what_it_replaces() -> None:
    """And the range is its own."""
    (row,) = rows(
        ordered("2026-01-01", ref="first", quantity={"min": 10}),
        ordered("2026-01-02", ref="second", quantity={"min": 20, "wording": "twenty at least"}),
    )
    (found,) = row["figures"]
    assert (found["ref"], found["basis"], row["wording"]) == ("second", "total", "twenty at least")
    assert len(found["replaces"]) == 1 and found["replaces"] != row["events"]


@pytest.mark.parametrize(("known", "most"), [("2026-01-01", 10), ("2026-01-02", 20), (None, 20)])
def test_what_is_not_known_yet_is_not_counted(known: str | None, most: int) -> None:
    """The correction of the second day, on the first."""
    events = [
        ordered("2026-01-01", ref="first", quantity={"max": 10}),
        about("corrected", "first", "2026-01-02", changes={"quantity": {"max": 20}}),
    ]
    with recorded(REGISTRY, events) as reader:
        (row,) = quantities(reader, Clocks(TODAY, None if known is None else moment(known)))
    assert row["max"] == most


def test_the_shipped_history_has_quantities_with_units_and_gates(reader: Reader) -> None:
    """Every range has a figure, and every figure that is a fact of the history a report."""
    found = quantities(reader, Clocks(TODAY))
    assert found
    assert all(row["figures"] and all(figure["sources"] for figure in row["figures"]) for row in found)
    assert all((row["gate"] is None) is (row["kind"] in ("ordered", "shipped")) for row in found)
