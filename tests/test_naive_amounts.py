"""The naive reading of semantics.md §8 and of cli.md, held to their rules by hand."""

from typing import Any

import pytest

from policytracker.testing import naive
from policytracker.testing.naive import Entry
from tests.naive_ground import REGISTRY, SHANGHAI, about, answer, claim, entries, report

EARLY, LATE, RUMOUR = report("2026-01-02"), report("2026-01-20"), report("2026-01-20", "F3")


def bound(*events: Entry, **asked: Any) -> set[tuple[str, str, str, str]]:
    """The conditions that bind on H200 for Acme: gate, claim, key, and how."""
    found = answer(*events, **{"chip": "h200", **asked})["conditions"]
    return {(each["gate"], each["claim"], each["key"], each["binds"]) for each in found}


# Conditions


def test_conditions_are_listed_claim_by_claim() -> None:
    """One key at two gates: two lines, each with its own wording."""
    events = [
        claim("licence-required", "us", authority="bis", review="case-by-case", conditions={"test": "abroad"}),
        claim("cleared", "cn", conditions={"test": "at home"}),
    ]
    found = answer(*events, chip="h200")["conditions"]
    assert [(each["gate"], each["wording"]) for each in found] == [("US/export", "abroad"), ("CN/import", "at home")]
    assert {each["binds"] for each in found} == {"certainly"}


def test_conditions_of_claims_that_stand_in_some_world_bind_possibly() -> None:
    """A clearance under one condition, overridden by a rumoured one under another."""
    events = [
        claim("cleared", "old", EARLY, conditions={"a": "x"}),
        claim("cleared", "new", RUMOUR, conditions={"b": "x"}),
    ]
    assert bound(*events) == {("CN/import", "old", "a", "possibly"), ("CN/import", "new", "b", "possibly")}


def test_conditions_of_claims_that_do_not_stand_do_not_bind() -> None:
    """Nor do those that are met."""
    events = [claim("cleared", "c", EARLY, conditions={"a": "x", "b": "y"}), claim("blocked", "b", LATE)]
    assert bound(*events) == set()
    met = about("conditions-met", "c", "m", report(), conditions=["a"])
    assert bound(events[0], met) == {("CN/import", "c", "b", "certainly")}


def test_every_condition_imposed_that_holds_binds() -> None:
    """Whatever stands, or nothing."""
    cap = claim("condition-imposed", "cap", EARLY, conditions={"a": "x"})
    assert bound(cap) == {("CN/import", "cap", "a", "certainly")}
    assert bound(cap | {"report": RUMOUR}, claim("blocked", "b")) == {("CN/import", "cap", "a", "possibly")}


RULE = claim("licence-required", "rule", EARLY, authority="bis", review="case-by-case", conditions={"kyc": "x"})
LICENCE = claim("licence-granted", "lic", LATE, authority="bis", conditions={"cap": "y"})


def test_the_conditions_of_the_rule_bind_the_holder_of_a_licence() -> None:
    """A licence is granted under a rule, which it overrides."""
    assert bound(RULE, LICENCE) == {("US/export", "lic", "cap", "certainly"), ("US/export", "rule", "kyc", "certainly")}
    assert bound(RULE, LICENCE | {"report": RUMOUR}) == {
        ("US/export", "lic", "cap", "possibly"),
        ("US/export", "rule", "kyc", "certainly"),
    }


def test_rules_that_would_not_stand_without_licences_do_not_bind() -> None:
    """One that a later rule has replaced; and no rule where no licence stands."""
    newer = claim("licence-required", "new", report("2026-01-05"), authority="bis", review="case-by-case")
    assert bound(RULE, newer, LICENCE) == {("US/export", "lic", "cap", "certainly")}
    assert bound(RULE, LICENCE, claim("prohibited", "p", report("2026-01-25"), authority="bis")) == set()


def test_without_all_licences_not_only_the_one_that_stands() -> None:
    """An earlier licence had overridden the rule, too."""
    first = claim("licence-granted", "first", report("2026-01-10"), authority="bis")
    assert ("US/export", "rule", "kyc", "certainly") in bound(RULE, first, LICENCE)


# Quantities


def market(kind: str, ref: str, said: Entry, quantity: Entry, **fields: Any) -> Entry:
    """An event that figures something."""
    scope = {"companies": ["acme"], "chips": ["h20"]}
    return {"type": kind, "ref": ref, **scope, "report": said, "quantity": quantity, **fields}


def sums(*events: Entry, at: str = "2026-02-01", known: str | None = None) -> list[tuple[Any, ...]]:
    """The least, the most and the events of each sum."""
    found = naive.quantities(entries(*events), at=at, known=known, recorded=None)
    return [(each["min"], each["max"], "".join(sorted(each["events"]))) for each in found]


def exactly(number: int, **more: str) -> Entry:
    """A quantity."""
    return {"min": number, "max": number, **more}


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([("a", EARLY, exactly(1), "added"), ("b", LATE, exactly(2), "added")], [(3, 3, "ab")]),
        ([("a", EARLY, {"min": 1}, "added"), ("b", LATE, {"max": 2}, "added")], [(None, None, "ab")]),
        ([("a", EARLY, {"min": 1}, "added"), ("b", LATE, exactly(2), "added")], [(3, None, "ab")]),
        ([("a", EARLY, exactly(1), "added"), ("b", LATE, exactly(2), "total")], [(2, 2, "b")]),
        ([("a", LATE, exactly(1), "added"), ("b", EARLY, exactly(2), "total")], [(3, 3, "ab")]),
        ([("a", EARLY, exactly(1), "added"), ("b", EARLY, exactly(2), "total")], [(3, 3, "ab")]),
        ([("a", EARLY, exactly(1), "total"), ("b", EARLY, exactly(2), "total")], [(2, 2, "b")]),
        ([("a", EARLY, exactly(1), "added"), ("b", RUMOUR, exactly(2), "total")], [(1, 3, "ab")]),
        ([("a", RUMOUR, {"max": 5}, "added")], [(0, 5, "a")]),
        ([("a", report(grade="E1"), exactly(5), "added")], []),
    ],
)
def test_totals_and_sums(events: list[tuple[str, Entry, Entry, str]], expected: list[tuple[Any, ...]]) -> None:
    """A total replaces what has an earlier sure word; a possible figure enters with 0, and replaces nothing."""
    made = [market("shipped", ref, said, quantity, basis=basis) for ref, said, quantity, basis in events]
    assert sums(*made) == expected


def test_orders_are_totals_unless_they_say_otherwise() -> None:
    """The others are added."""
    for kind, expected in [("orders-reported", [(2, 2, "b")]), ("shipped", [(3, 3, "ab")])]:
        assert sums(market(kind, "a", EARLY, exactly(1)), market(kind, "b", LATE, exactly(2))) == expected


def test_only_one_type_unit_and_scope_are_summed() -> None:
    """Overlapping scopes are side by side; `bolt` and `acme` are the giants, the same cells."""
    shipped = market("shipped", "a", EARLY, exactly(1))
    beside = [
        market("orders-reported", "b", EARLY, exactly(2)),
        market("shipped", "c", EARLY, exactly(3, unit="USD")),
        market("shipped", "d", EARLY, exactly(4, per="company")),
        market("shipped", "e", EARLY, exactly(5), companies=["giants"]),
        market("shipped", "f", EARLY, exactly(6), companies=["acme", "bolt"]),
    ]
    found = sums(shipped, *beside)
    assert found == [(1, 1, "a"), (2, 2, "b"), (3, 3, "c"), (4, 4, "d"), (11, 11, "ef")]


def test_a_figure_that_has_not_begun_does_not_count() -> None:
    """Between its first and its last day it counts possibly."""
    figure = market("shipped", "a", EARLY, exactly(5), effective="2026-02")
    assert [sums(figure, at=at) for at in ("2026-01-31", "2026-02-01", "2026-02-28")] == [
        [],
        [(0, 5, "a")],
        [(5, 5, "a")],
    ]


def test_an_approval_names_its_gate() -> None:
    """Licences of two gates are not summed."""
    here = claim("licence-granted", "a", quantity=exactly(1)), claim("licence-granted", "b", quantity=exactly(2))
    there = claim("licence-granted", "c", quantity=exactly(3), authority="bis")
    found = naive.quantities(entries(*here, there), at="2026-02-01", known=None, recorded=None)
    assert [(each["gate"], each["min"]) for each in found] == [("CN/import", 3), ("US/export", 3)]


# What is left


def left(*events: Entry, **asked: Any) -> Any:
    """What is left of approvals for Acme's H20."""
    return answer(*events, **asked)["left"]


BATCH = claim("batch-approved", "b", report("2026-01-10"), quantity={"min": 100, "max": 200})


@pytest.mark.parametrize(
    ("shipped", "expected"),
    [
        ([], (100, 200, False)),
        ([exactly(30)], (70, 170, False)),
        ([{"min": 30, "max": 50}, exactly(20)], (30, 150, False)),
        ([{"min": 30}], (None, 170, False)),
        ([{"max": 30}], (70, 200, False)),
        ([exactly(200)], (-100, 0, True)),
        ([exactly(250)], (-150, -50, True)),
    ],
)
def test_what_is_left(shipped: list[Entry], expected: tuple[Any, ...]) -> None:
    """Its range less what was shipped; used up where the most that can be left is at most 0."""
    events = [market("shipped", f"s{place}", LATE, each) for place, each in enumerate(shipped)]
    (found,) = left(BATCH, *events)
    assert (found["min"], found["max"], found["used_up"]) == expected
    assert answer(BATCH, *events)["gates"][0]["claims"] == {"b"}


@pytest.mark.parametrize(
    ("fields", "subtracted"),
    [
        ({}, True),
        ({"companies": ["all"]}, True),
        ({"report": report("2026-01-09")}, False),
        ({"report": report("2026-01-09"), "effective": "2026-01-05/2026-01-10"}, True),
        ({"report": RUMOUR}, False),
        ({"quantity": exactly(50, unit="USD")}, False),
        ({"type": "orders-reported"}, False),
    ],
)
def test_which_shipments_are_subtracted(fields: Entry, subtracted: bool) -> None:
    """The least that was shipped is then 50; a possible one leaves the most that can be left."""
    shipment = market("shipped", "s", LATE, exactly(50)) | fields
    (found,) = left(BATCH, shipment)
    assert found["max"] == (150 if subtracted else 200)


def test_shipments_under_a_wider_scope_are_not_subtracted() -> None:
    """All of their cells must be the approval's."""
    narrow = BATCH | {"companies": ["acme"]}
    assert left(narrow, market("shipped", "s", LATE, exactly(50), companies=["all"]))[0]["max"] == 200
    assert left(narrow, market("shipped", "s", LATE, exactly(50)))[0]["max"] == 150


def test_what_a_total_replaces_is_not_subtracted() -> None:
    """10 and 20, then 25 in all."""
    events = [
        market("shipped", ref, EARLY | {"published": "2026-01-11"}, exactly(size))
        for ref, size in [("a", 10), ("c", 20)]
    ]
    assert left(BATCH, *events)[0]["max"] == 170
    assert left(BATCH, *events, market("shipped", "t", LATE, exactly(25), basis="total"))[0]["max"] == 175


def test_only_approvals_that_stand_have_something_left() -> None:
    """In some world."""
    assert left(BATCH, claim("blocked", "x", LATE)) is None
    assert left(BATCH, claim("blocked", "x", RUMOUR))[0]["claim"] == "b"
    assert left(claim("cleared", "c")) is None


# cli.md


def test_last_words() -> None:
    """By gate: reports known of claims that match the cell, and of all that was said about them."""
    events = [
        claim("blocked", "cn", report("2026-01-03")),
        about("disputed", "cn", "d", report("2026-01-05", "F6")),
        about("disputed", "d", "dd", report("2026-01-07", "F6")),
        claim("blocked", "other", report("2026-01-30"), companies=["bolt"]),
        claim("licence-required", "us", report("2026-01-04"), authority="bis", review="unstated"),
    ]
    for known, words in [(None, ["2026-01-04", "2026-01-07"]), ("2026-01-04", ["2026-01-04", "2026-01-03"])]:
        found = answer(*events, chip="h200", known=known)
        assert [gate["last_word"] for gate in found["gates"]] == words
        assert found["last_report"] == max(words)
    assert answer()["last_report"] is None


def test_the_last_word_is_told_in_the_time_zone_of_the_gate() -> None:
    """20:00 UTC in Shanghai."""
    event = claim("blocked", "c", report("2026-01-03T20:00Z"))
    assert answer(event)["last_report"] == "2026-01-03"
    assert answer(event, registry=(*REGISTRY, SHANGHAI))["last_report"] == "2026-01-04"


@pytest.mark.parametrize(
    ("launched", "at", "expected"),
    [(None, "2020-01-01", True), ("2026-01", "2025-12-31", False), ("2026-01", "2026-01-01", True)],
)
def test_launched(launched: str | None, at: str, expected: bool) -> None:
    """Earlier days are before its launch."""
    chip: Entry = {
        "type": "chip-registered",
        "chip": "h20",
        "vendor": "Nvidia",
        "controlled_by": [],
        "launched": launched,
    }
    assert answer(at=at, registry=(*REGISTRY, chip))["launched"] is expected


def test_claims_that_do_not_exist_are_not_listed() -> None:
    """Unknown or certainly retracted; a possible one is listed, with how it counts."""
    events = [
        claim("blocked", "a", LATE),
        claim("blocked", "b"),
        about("retracted", "b", "x"),
        claim("held", "c", RUMOUR),
    ]
    found = naive.claims_in_force(entries(*events), at="2026-02-01", known="2026-01-20", recorded=None)
    assert found == {
        "a": {"counts": "certainly", "in_force": "certainly"},
        "c": {"counts": "possibly", "in_force": "certainly"},
    }
    assert not naive.claims_in_force(entries(events[0]), at="2026-02-01", known="2026-01-19", recorded=None)


def test_nothing_recorded_later_is_seen() -> None:
    """Of whatever kind, a registration included."""
    ledger = entries(claim("blocked", "b"), claim("cleared", "c", LATE))
    last = max(entry["recorded"] for entry in ledger)
    found = naive.answer(ledger, "acme", "h20", at="2026-02-01", known=None, recorded=last - 1)
    assert found["possible"] == ["blocked"]
