"""Where reports differ, told with both sides and their reports (cli.md, `conflicts`)."""

from typing import Any

import pytest

from policytracker.events.dates import moment, span
from policytracker.questions.conflicts import conflicts
from policytracker.questions.errors import UnknownName
from policytracker.questions.reader import Clocks
from tests.questions.recorded import TODAY, recorded
from tests.questions.test_quantities import REGISTRY

Event = dict[str, Any]


def report(publisher: str = "Reuters", published: str = "2026-01-10", attribution: str = "official") -> Event:
    """A report; official unless it says otherwise."""
    return {"publisher": publisher, "published": published, "attribution": attribution}


RUMOUR = report("X", "2026-01-12", "unattributed")


def claim(kind: str, ref: str, said: Event | None = None, **fields: Any) -> Event:
    """A claim of Chinese customs on H20 for Acme."""
    scope = {"authority": "gacc", "companies": ["acme"], "chips": ["h20"]}
    return {"type": kind, "ref": ref, **scope, "report": said or report(), **fields}


def about(kind: str, target: str, ref: str, said: Event | None, **fields: Any) -> Event:
    """An event about another."""
    return {"type": kind, "ref": ref, "target": target, **({"report": said} if said else {}), **fields}


BATCH = claim("batch-approved", "lot", quantity={"min": 100, "max": 200}, form="letter")
DENIED = about("disputed", "lot", "denial", report("Nvidia", "2026-01-11"))


def rows(*events: Event, at: int = TODAY, known: str | None = None, **asked: Any) -> list[dict[str, Any]]:
    """The answer for a day; refs stand for ids."""
    with recorded(REGISTRY, events) as reader:
        found = conflicts(reader, Clocks(at, None if known is None else moment(known)), **asked)
        refs = {reader.event_id(event["ref"]): event["ref"] for event in events if "ref" in event}
    return [{**row, "event": refs[row["event"]], "by": refs.get(row["by"] or "")} for row in found]


def told(*events: Event, **asked: Any) -> list[tuple[Any, ...]]:
    """What kind of a conflict it is, on which event, and by which."""
    return [(row["kind"], row["event"], row["by"]) for row in rows(*events, **asked)]


def by_whom(sources: list[Event]) -> list[str]:
    """The publishers of reports."""
    return [source["publisher"] for source in sources]


def test_where_reports_agree_nothing_is_told() -> None:
    """One certain claim, twice reported."""
    assert told(BATCH, about("corroborated", "lot", "again", report("FT"))) == []


def test_a_dispute_is_told_with_the_reports_of_both_sides() -> None:
    """Nvidia says that it is not so; the claim counts possibly."""
    (row,) = rows(BATCH, DENIED)
    assert (row["kind"], row["event"], row["by"]) == ("disputed", "lot", "denial")
    assert (row["gate"], row["type"], row["counts"], row["field"]) == ("CN/import", "batch-approved", "possibly", None)
    assert (by_whom(row["own_sources"]), row["other"], by_whom(row["other_sources"])) == (
        ["Reuters"],
        "it is not so",
        ["Nvidia"],
    )
    assert row["own_sources"][0]["word"] == "official"
    assert row["says"].startswith("gacc approves a batch of h20 for acme")


def test_a_dispute_says_what_its_report_says() -> None:
    """That no text was found is less than that it is not so."""
    said = {**report("Nvidia", "2026-01-11"), "summary": "No text of it was found"}
    (row,) = rows(BATCH, about("disputed", "lot", "denial", said))
    assert (row["kind"], row["other"]) == ("disputed", "No text of it was found")


def test_a_dispute_that_does_nothing_is_told_with_the_reason() -> None:
    """A rumour disputes nothing, and still reports differ."""
    (row,) = rows(BATCH, about("disputed", "lot", "denial", RUMOUR))
    assert (row["kind"], row["counts"]) == ("disputed", "certainly")
    assert row["why"] == ["nobody says on whose word the report rests, and no two origins say it"]


def test_a_dispute_without_a_report_is_the_ledgers_own() -> None:
    """Nobody is cited for it."""
    (row,) = rows(BATCH, about("disputed", "lot", "doubt", None))
    assert (row["by"], row["by_ref"], row["other_sources"], row["counts"]) == ("doubt", "doubt", [], "possibly")


def test_another_value_is_told_beside_the_own_field_by_field() -> None:
    """A corroboration that gives another number, and another form."""
    other = about("corroborated", "lot", "other", report("FT"), instead={"quantity": {"max": 90}, "form": "rule"})
    found = rows(BATCH, other, about("corroborated", "lot", "same", report("Caixin", "2026-01-13")))
    assert sorted((row["kind"], row["field"], row["own"], row["by"], row["other"]) for row in found) == [
        ("instead", "form", "letter", "other", "rule"),
        ("instead", "quantity", "100 to 200", "other", "up to 90"),
    ]
    assert [(by_whom(row["own_sources"]), by_whom(row["other_sources"])) for row in found] == [
        (["Reuters", "Caixin"], ["FT"])
    ] * 2


def test_a_correction_by_a_report_is_told_with_the_value_before_it() -> None:
    """Two of them, one after the other: each with the reports that gave the value before."""
    events = [
        BATCH,
        about("corroborated", "lot", "same", report("Caixin", "2026-01-11")),
        about("corrected", "lot", "first", report("FT", "2026-01-12"), changes={"quantity": {"min": 300}}),
        about("corrected", "lot", "second", report("AP", "2026-01-13"), changes={"quantity": {"min": 400}}),
    ]
    found = rows(*events)
    assert [(row["kind"], row["field"], row["own"], row["by"], row["other"]) for row in found] == [
        ("corrected", "quantity", "100 to 200", "first", "300 or more"),
        ("corrected", "quantity", "300 or more", "second", "400 or more"),
    ]
    assert [by_whom(row["own_sources"]) for row in found] == [["Reuters", "Caixin"], ["FT"]]
    assert [row["by"] for row in rows(*events, known="2026-01-12")] == ["first"]


def test_a_correction_of_the_ledgers_own_mistake_is_no_conflict() -> None:
    """No report says otherwise."""
    assert told(BATCH, about("corrected", "lot", "mended", None, changes={"quantity": {"min": 300}})) == []


def test_a_claim_that_counts_possibly_or_not_at_all_is_told_with_the_reason() -> None:
    """A rumour; a weak report; an official word that a doubtful retraction takes back."""
    rumour, weak = claim("blocked", "rumour", RUMOUR), claim("held", "weak", RUMOUR | {"grade": "E5"})
    doubtful = about("retracted", "lot", "back", report("Reuters", "2026-01-12"))
    doubted = about("disputed", "back", "denial", report("GACC", "2026-01-13"))
    found = rows(rumour, weak, BATCH, doubtful, doubted)
    assert [(row["kind"], row["event"], row["counts"], row["why"]) for row in found if row["kind"] == "in doubt"] == [
        ("in doubt", "rumour", "possibly", ["nobody says on whose word the report rests, and no two origins say it"]),
        ("in doubt", "weak", "not at all", ["every report of it is graded unreliable or improbable"]),
        ("in doubt", "lot", "possibly", ["retracted, but the retraction is in doubt"]),
    ]
    assert [(row["kind"], row["event"], row["by"]) for row in found if row["kind"] != "in doubt"] == [
        ("disputed", "back", "denial")
    ]


def test_a_lift_that_counts_possibly_is_told_too() -> None:
    """By it the claim is possibly in force; what it says is told with what it is about."""
    lift = about("lifted", "stop", "lift", RUMOUR)
    (row,) = rows(claim("blocked", "stop"), lift)
    assert (row["kind"], row["event"], row["type"], row["gate"]) == ("in doubt", "lift", "lifted", "CN/import")
    assert row["says"].startswith("lifts stop")
    assert by_whom(row["own_sources"]) == ["X"]


def test_what_does_not_exist_is_not_told() -> None:
    """A retracted claim with its dispute, and what is said of a retracted lift."""
    gone = about("retracted", "lot", "gone", report("Reuters", "2026-01-12"))
    assert told(BATCH, DENIED, gone) == []
    lift = about("lifted", "stop", "lift", RUMOUR, effective="2030")
    denial = about("disputed", "lift", "denial", report("Nvidia"))
    assert told(claim("blocked", "stop"), lift, denial, about("retracted", "lift", "gone", None)) == []


def test_market_events_signals_and_developments_may_be_disputed() -> None:
    """They have no gate."""
    scope = {"companies": ["acme"], "chips": ["h20"], "report": report()}
    orders = {"type": "orders-reported", "ref": "orders", "quantity": {"min": 1}, **scope}
    signal = {"type": "condition-signalled", "ref": "signal", "authority": "gacc", "conditions": {"a": "b"}, **scope}
    news = {"type": "development-reported", "ref": "news", "kind": "supply", "text": "none left", "report": report()}
    denials = [about("disputed", ref, f"{ref}-denied", report("Nvidia")) for ref in ("orders", "signal", "news")]
    found = rows(orders, signal, news, *denials)
    assert [(row["kind"], row["event"], row["gate"]) for row in found] == [
        ("disputed", "orders", None),
        ("disputed", "signal", None),
        ("disputed", "news", None),
    ]
    assert told(orders, signal, news, *denials, company="Acme") == [
        ("disputed", "orders", "orders-denied"),
        ("disputed", "signal", "signal-denied"),
    ]


# What is asked


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"company": "Acme"}, ["lot"]),
        ({"company": "Bolt"}, ["other"]),
        ({"chip": "H200"}, ["other"]),
        ({"company": "Acme", "chip": "H200"}, []),
        ({}, ["lot", "other"]),
    ],
)
def test_only_what_names_a_company_or_a_chip_is_told(asked: dict[str, Any], found: list[str]) -> None:
    """Certainly or possibly."""
    cohort: Event = {"companies": {"of": ["giants"], "excluded": ["acme"]}, "chips": ["h200"]}
    events = [
        BATCH,
        claim("cleared", "other", **cohort),
        DENIED,
        about("disputed", "other", "denied", report("Nvidia")),
    ]
    assert [row["event"] for row in rows(*events, **asked)] == found


def test_an_unknown_name_is_refused() -> None:
    """As by every question."""
    with pytest.raises(UnknownName):
        rows(BATCH, company="Nobody Ltd")


def test_only_claims_in_force_on_the_day_are_told() -> None:
    """From the first day of the date on, until the day on which it no longer holds; a shipment from its date on."""
    stop = claim("blocked", "stop", RUMOUR, effective="2026-02", until="2026-04-01")
    shipped = {"type": "shipped", "ref": "first", "companies": ["acme"], "chips": ["h20"], "quantity": {"min": 1}}
    shipped |= {"report": RUMOUR, "effective": "2026-03-01"}
    days = ("2026-01-31", "2026-02-01", "2026-03-31", "2026-04-01")
    assert [[row["event"] for row in rows(stop, shipped, at=span(day).first)] for day in days] == [
        [],
        ["stop"],
        ["stop", "first"],
        ["first"],
    ]


# Claims that say different things


def test_two_claims_of_one_gate_and_day_for_the_same_cells_are_opposed() -> None:
    """However their scopes are written; the later in the order of §6 is the one that says differently."""
    both = claim("cleared", "yes", report("FT"), companies=["acme", "bolt"])
    stop = claim("blocked", "no", companies=["giants"])
    (row,) = rows(stop, both)
    assert (row["kind"], row["event"], row["by"], row["gate"]) == ("opposed", "yes", "no", "CN/import")
    assert row["other"].startswith("gacc blocks h20 for giants")
    assert (by_whom(row["own_sources"]), by_whom(row["other_sources"]), row["why"]) == (["FT"], ["Reuters"], [])


@pytest.mark.parametrize(
    "other",
    [
        claim("blocked", "no", authority="bis"),
        claim("blocked", "no", companies=["all"]),
        claim("blocked", "no", chips=["h20", "h200"]),
        claim("blocked", "no", report(published="2026-01-11")),
        claim("blocked", "no", effective="2026-01-09"),
        claim("cleared", "no", report("FT")),
        claim("condition-imposed", "no", conditions={"quota": "half"}),
    ],
)
def test_claims_of_other_gates_scopes_or_days_are_not(other: Event) -> None:
    """Nor claims that give one status, nor a condition that caps it."""
    assert told(claim("cleared", "yes"), other) == []
