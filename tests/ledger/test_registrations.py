"""Registrations are whole, and have valid time (semantics.md §2, interchange.md, "Registry")."""

from typing import Any

import pytest

from policytracker.events.dates import BEFORE_ALL_DAYS, span
from policytracker.events.registrations import counting, counts_from
from tests.ledger.ground import GACC, REPORT, Fields, Ledger, batch, chip, cleared, company, group

WHOLE = "a registration is whole; repeat it, or write"


def lost(field: str, told: str) -> str:
    return f'{field}: left out, and the registration of that day has {told}; {WHOLE} "{field}": null where it ended'


def circle(*line: str) -> str:
    return f"parent: the parents form a circle: {' > '.join(line)}; name a parent outside of it"


FULL = company(
    "new",
    parent="acme",
    owners=[{"company": "acme", "share": 55}],
    aliases=["N"],
    names={"zh": "新"},
    identifiers={"ticker": "1.HK"},
)


@pytest.mark.parametrize(
    ("full", "field", "told"),
    [
        (FULL, "parent", '"acme"'),
        (FULL, "owners", '[{"company": "acme", "share": 55}]'),
        (FULL, "aliases", '["N"]'),
        (FULL, "names", '{"zh": "新"}'),
        (FULL, "identifiers", '{"ticker": "1.HK"}'),
        (chip("new", origin="TW"), "origin", '"TW"'),
        (chip("new", launched="2024"), "launched", '"2024"'),
        (chip("new", attributes={"tpp": {"min": 1}}), "attributes", '{"tpp": {"min": 1}}'),
        (GACC | {"timezone": "Asia/Shanghai"}, "timezone", '"Asia/Shanghai"'),
        (group("new", "chip", "h20", complete=True), "complete", "true"),
    ],
)
def test_a_registration_that_leaves_out_a_field_is_refused_with_its_value(
    ledger: Ledger, full: Fields, field: str, told: str
) -> None:
    ledger.add(full)
    less = {name: value for name, value in full.items() if name != field} | {"name": "Renamed"}

    assert ledger.refusal(less) == lost(field, told)

    nothing: Any = False if field == "complete" else [] if isinstance(full[field], list) else None
    assert ledger.add(less | {field: nothing}).appended == 1
    assert ledger.fields()[-1] == less


def test_every_field_that_is_lost_is_named(ledger: Ledger) -> None:
    ledger.add(FULL)

    found = ledger.refusal(company("new", aliases=["N", "New"])).split("\n")

    assert [message.partition(":")[0] for message in found] == ["identifiers", "names", "owners", "parent"]


def test_what_tells_of_one_registration_only_need_not_be_repeated(ledger: Ledger) -> None:
    ledger.add(FULL | {"ref": "first", "note": "a note", "report": REPORT})

    ledger.add(FULL | {"aliases": ["N", "New"]})


def test_a_line_of_before_adds_nothing_though_it_lacks_what_was_added_since(ledger: Ledger) -> None:
    """Importing the same line twice adds nothing (interchange.md), whatever came between."""
    first, second = company("new"), company("new", aliases=["N"])
    ledger.add(first, second)

    outcome = ledger.add(first, second)

    assert (outcome.appended, outcome.repeated) == (0, 2)
    assert ledger.refusal(company("new", name="Renamed")) == lost("aliases", '["N"]')
    assert ledger.add(first | {"aliases": None}).appended == 1


# Valid time


def test_the_registration_that_counts_began_last() -> None:
    dates = (None, "2025-06-01/2025-06-30", "2025", "../2025-06-30")
    registrations: list[Fields] = [{"effective": date, "n": number} for number, date in enumerate(dates, start=1)]
    since_ever, june, all_2025, late = registrations
    days = {day: span(day).first for day in ("2025-06-29", "2025-06-30", "2025-12-30", "2025-12-31")}
    found = {day: counting(registrations, number)["n"] for day, number in days.items()}

    assert found == {"2025-06-29": 1, "2025-06-30": 4, "2025-12-30": 4, "2025-12-31": 3}
    assert counting([all_2025, june], days["2025-06-29"])["n"] == 2
    assert counting([june, late], BEFORE_ALL_DAYS)["n"] == 4
    assert counts_from(since_ever) == BEFORE_ALL_DAYS < counts_from({"effective": "../0001"})


def test_a_registration_is_held_to_that_of_its_own_day(ledger: Ledger) -> None:
    """A company that is sold in 2026: what counts since then has another parent than what counts before."""
    ledger.add(company("new", parent="acme", aliases=["N"]))
    sold = company("new", effective="2026-01-15", aliases=["N"])

    assert ledger.refusal(sold) == lost("parent", '"acme"')
    ledger.add(sold | {"parent": None})

    ledger.add(sold | {"name": "Renamed"})
    assert ledger.refusal(company("new", aliases=["N"], name="Renamed")) == lost("parent", '"acme"')
    assert ledger.refusal(company("new", effective="2026-01-14", aliases=["N"])) == lost("parent", '"acme"')


def test_before_the_first_that_is_registered_counts_the_first(ledger: Ledger) -> None:
    ledger.add(company("new", effective="2026", aliases=["N"]))

    assert ledger.refusal(company("new")) == lost("aliases", '["N"]')
    assert ledger.refusal(company("new", effective="2020")) == lost("aliases", '["N"]')


def test_registrations_of_different_days_are_repeated_each_by_itself(ledger: Ledger) -> None:
    lines = [company("new"), company("new", effective="2025", name="B"), company("new", effective="2026", name="C")]
    ledger.add(*lines)

    outcome = ledger.add(*reversed(lines))

    assert (outcome.appended, outcome.repeated) == (0, 3)
    assert ledger.add(company("new", name="D"), lines[0]).appended == 2


def test_parents_form_no_circle_on_any_day(ledger: Ledger) -> None:
    """bolt belongs to acme until 2025, and acme to bolt from 2026 on; in 2025 it would be a circle."""
    ledger.add(company("bolt", effective="2025", parent="dyno"))

    assert ledger.refusal(company("acme", effective="2024", parent="bolt")) == circle("acme", "bolt", "acme")
    assert ledger.refusal(company("acme", parent="bolt")) == circle("acme", "bolt", "acme")
    ledger.add(company("acme", effective="2026", parent="bolt"))

    assert ledger.refusal(company("dyno", parent="acme")) == circle("dyno", "acme", "bolt", "dyno")
    assert ledger.refusal(company("dyno", effective="2024", parent="acme")) == circle("dyno", "acme", "bolt", "dyno")
    ledger.add(company("acme", effective="2027", parent=None))
    assert ledger.refusal(company("dyno", effective="2026", parent="acme")) == circle("dyno", "acme", "bolt", "dyno")
    ledger.add(company("dyno", effective="2027", parent="acme"))


def test_a_circle_that_begins_with_a_later_registration_of_another_is_found(ledger: Ledger) -> None:
    """No date of acme's own is in the years of the circle."""
    ledger.add(company("bolt", parent="dyno", name="B"), company("bolt", effective="2030", parent="acme"))

    assert ledger.refusal(company("acme", parent="bolt")) == circle("acme", "bolt", "acme")
    ledger.add(company("bolt", effective="2029", parent="acme"), company("bolt", effective="2029", parent="dyno"))
    ledger.add(company("bolt", effective="2030", parent="dyno"), company("acme", parent="bolt"))


# Ids and names


@pytest.mark.parametrize(
    ("event", "field"),
    [
        (company("new", owners=[{"company": "nobody", "share": 1}]), "owners"),
        (company("new", owners=[{"company": "giants", "share": 1}]), "owners"),
        (cleared("new", companies=["owned:nobody"]), "companies"),
        (cleared("new", companies=["under:giants"]), "companies"),
        (cleared("new", except_companies=["under:giants"]), "except_companies"),
        (batch("new", companies={"of": ["under:giants"]}), "companies.of"),
        (cleared("new", chips=[{"where": ["tpp<1"], "of": ["nobody"]}]), "chips.of"),
        (
            {"type": "development-reported", "kind": "supply", "text": "x", "authority": "no", "report": REPORT},
            "authority",
        ),
    ],
)
def test_what_version_2_names_is_registered_and_of_the_right_kind(ledger: Ledger, event: Fields, field: str) -> None:
    why = ledger.refusal(event)

    assert why.startswith((f"{field}: no ", f"{field}: 'giants' is a group of companies, and company is meant here"))
    ledger.add(cleared("fine", companies=["owned:giants", "under:acme"]))


def test_the_nearest_ids_are_proposed(ledger: Ledger) -> None:
    ledger.add(company("acme-cloud"), company("the-acme-group"), group("acmes", "company", "acme"))

    assert ledger.refusal(cleared("new", companies=["acm"])) == (
        "companies: no company 'acm' is registered so far; did you mean acme, acmes, acme-cloud? else register it first"
    )
    assert "; did you mean acme-cloud, " in ledger.refusal(cleared("new", companies=["cloud"]))
    assert "; did you mean h20, h200? " in ledger.refusal(
        company("later"), chip("h300"), cleared("new", chips=["h2o0"])
    )
    assert "; did you mean newest? " in ledger.refusal(company("newest"), cleared("new", companies=["newestt"]))
    assert ledger.refusal(cleared("new", companies=["zzz"])).endswith("; register it first, or check the company id")
