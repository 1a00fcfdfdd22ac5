"""Claims that can never apply: exactly those whose gate is at no cell that they match."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from hypothesis import given

from benchmarks.large.entity_list import EntityList
from policytracker.questions.reader import Reader
from policytracker.questions.warnings import Inapplicable
from policytracker.status.claims import CLAIM_TYPES, Claim, claim_from
from policytracker.status.directory import REGISTRY_TYPES, Directory
from policytracker.status.entries import Entry
from policytracker.status.knowledge import stand
from policytracker.status.registry import Registry
from policytracker.status.scope import Scopes
from policytracker.testing import strategies
from tests.calls import calls_of
from tests.questions.test_dry_run import entries_of


@given(ledger=strategies.claims_only())
def test_a_claim_is_warned_of_exactly_when_its_gate_is_at_no_cell_that_it_matches(
    ledger: list[dict[str, Any]],
) -> None:
    entries = entries_of(ledger)
    registry = Registry(entry for entry in entries if entry.type in REGISTRY_TYPES)
    why = Inapplicable(registry).why
    for entry in entries:
        if entry.type in CLAIM_TYPES:
            assert (why(entry) is None) is any(applies(entry, registry.on(day)) for day in days_of(entry, registry))
        else:
            assert why(entry) is None


def days_of(entry: Entry, registry: Registry) -> set[int]:
    """Days on which a claim may be in force; one for each registry of such a day."""
    claim = claim_at(entry, registry.on(1))
    days = {claim.start.first, *registry.days}
    return {day for day in days if claim.start.first <= day and (day == claim.start.first or is_open(claim, day))}


def is_open(claim: Claim, day: int) -> bool:
    return all(day < end.date.last for end in claim.ends)


def applies(entry: Entry, directory: Directory) -> bool:
    scopes, gate, claim = Scopes(directory), directory.gate(entry.fields["authority"]), claim_at(entry, directory)
    cells = product(directory.companies, directory.chips)
    return any(gate in directory.gates(*cell) and scopes.match(claim, *cell) for cell in cells)


def claim_at(entry: Entry, directory: Directory) -> Claim:
    return claim_from(stand((entry,), None)[entry.id], directory.zone_of(entry.fields["authority"]))


def claim(**more: Any) -> Entry:
    fields = {"type": "cleared", "authority": "bis", "companies": ["all"], "chips": ["all"], **more}
    return Entry(1, "id", 0, {**fields, "report": {"publisher": "x", "published": "2026"}})


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"companies": ["in:JP"]}, "the claim applies to nothing so far: no registered company is in its scope"),
        ({"chips": [{"where": ["tpp<0"]}]}, None),
        ({"chips": [{"where": ["memory<0"]}]}, None),
        (
            {"chips": ["ascend-chips"]},
            "the claim can never apply at US/export: US controls none of its chips (ascend-910b, ascend-910c,"
            " ascend-950pr); check its authority and its scope",
        ),
        (
            {"authority": "gacc", "companies": ["bytedance-sg"]},
            "the claim can never apply at CN/import: none of its companies (bytedance-sg) is in CN;"
            " check its authority and its scope",
        ),
        ({"authority": "sg-mti", "companies": ["hq:CN"]}, None),
        (
            {"authority": "gacc", "chips": ["ascend-chips"]},
            "the claim can never apply at CN/import: all its chips (ascend-910b, ascend-910c, ascend-950pr) come from"
            " CN itself, so they are not imported there; check its authority and its scope",
        ),
        ({"type": "shipped", "companies": ["in:JP"]}, None),
    ],
    ids=str,
)
def test_the_warning_says_why(more: dict[str, Any], reason: str | None, reader: Reader) -> None:
    """A chip without a registered figure may pass any test of it, so such a claim may apply."""
    assert Inapplicable(reader.registry(reader.head.position)).why(claim(**more)) == reason


def test_an_export_gate_is_none_for_companies_at_home() -> None:
    registry: tuple[dict[str, Any], ...] = (
        {"type": "authority-registered", "authority": "bis", "jurisdiction": "US", "direction": "export"},
        {"type": "company-registered", "company": "acme", "name": "Acme", "jurisdiction": "US"},
        {"type": "chip-registered", "chip": "h20", "name": "H20", "vendor": "Nvidia", "controlled_by": ["US"]},
    )
    found = Registry(Entry(place, "", 0, fields) for place, fields in enumerate(registry))

    assert Inapplicable(found).why(claim()) == (
        "the claim can never apply at US/export: all its companies (acme) are in US itself;"
        " check its authority and its scope"
    )


def test_a_claim_that_applies_by_the_registry_of_a_later_day_is_not_warned_of() -> None:
    """Acme moves from the United States to China in June 2026; a claim that ends before never applies."""
    events: tuple[dict[str, Any], ...] = (
        {"type": "authority-registered", "authority": "bis", "jurisdiction": "US", "direction": "export"},
        {"type": "company-registered", "company": "acme", "name": "Acme", "jurisdiction": "US"},
        {"type": "chip-registered", "chip": "h20", "name": "H20", "vendor": "Nvidia", "controlled_by": ["US"]},
        {
            "type": "company-registered",
            "company": "acme",
            "name": "Acme",
            "jurisdiction": "CN",
            "effective": "2026-06-01",
        },
    )
    why = Inapplicable(Registry(Entry(place, "", 0, fields) for place, fields in enumerate(events))).why

    assert why(claim(effective="2026-01-01")) is None
    assert why(claim(effective="2026-01-01", until="2026-06-02")) is None
    reason = why(claim(effective="2026-01-01", until="2026-06-01"))
    assert reason is not None
    assert "all its companies (acme) are in US itself" in reason


@pytest.mark.parametrize(
    "scope",
    [
        lambda company: {"companies": [company]},
        lambda company: {"companies": ["all"], "except_companies": [company]},
        lambda company: {"companies": {"of": ["in:CN"], "named": [company], "count": 9}},
        lambda company: {"companies": {"of": ["in:CN"], "named": [company]}, "except_companies": ["under:firm-1"]},
    ],
    ids=["one company", "all but one", "a counted cohort", "a cohort with an exception"],
)
def test_looking_at_a_claim_for_each_company_is_work_for_each_claim_not_for_each_pair(
    scope: Callable[[str], dict[str, Any]],
) -> None:
    """Four times the companies, and a claim for each: four times the work, not sixteen times."""

    def work(companies: int) -> int:
        events = list(EntityList(companies, 3).events())
        entries = [Entry(place, str(place), 0, event) for place, event in enumerate(events)]
        why = Inapplicable(Registry(entry for entry in entries if entry.type in REGISTRY_TYPES)).why
        claims = [claim(**scope(f"firm-{number}")) for number in range(companies)]
        calls = calls_of(lambda: [why(each) for each in claims])
        assert [why(each) for each in claims] == [None] * companies
        return calls

    assert work(400) < 6 * work(100)
