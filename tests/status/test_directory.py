"""The registry of a day: which registration counts, the gates and selectors that follow, and who is called how."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytracker.status.directory import Directory, Gate
from policytracker.status.registrations import SINCE_EVER
from policytracker.status.registry import Registry
from policytracker.testing.naive import registrations as naive
from policytracker.testing.naive import scopes
from tests import registries
from tests.registries import CHIPS, COMPANIES, DAYS, GROUPS, JURISDICTIONS, day, entries_of

Event = dict[str, Any]


def company(company: str, **more: object) -> Event:
    return {"type": "company-registered", "company": company, "name": company.title(), "jurisdiction": "CN", **more}


def chip(**more: object) -> Event:
    return {
        "type": "chip-registered",
        "chip": "h20",
        "name": "H20",
        "vendor": "Nvidia",
        "controlled_by": ["US"],
        **more,
    }


def authority(**more: object) -> Event:
    return {"type": "authority-registered", "authority": "gacc", "name": "GACC", **more}


def owned(*shares: tuple[str, object]) -> list[Event]:
    return [{"company": owner, "share": share} for owner, share in shares]


def directory(*events: Event, on: str = "2026-01-01") -> Directory:
    return Directory(entries_of(events), day(on))


def selectors() -> list[str]:
    """Every selector of companies that may match one of them."""
    names = (*COMPANIES, "ghost", *GROUPS["company"])
    places = [f"{kind}:{place}" for kind in ("in", "hq") for place in JURISDICTIONS]
    return ["all", *names, *places, *(f"{kind}:{name}" for kind in ("under", "owned") for name in names)]


@given(registries.whole_ledgers(), st.sampled_from(DAYS))
def test_the_registry_of_any_day_is_what_the_contract_says_word_for_word(events: list[Event], on: int) -> None:
    """Registrations, gates and selectors against the naive reading."""
    found, names = Directory(entries_of(events), on), naive.registry(events, date.fromordinal(on))
    assert (found.companies, found.chips, found.authorities) == (names.companies, names.chips, names.authorities)
    assert found.groups == {
        **{("company", group): fields for group, fields in names.company_groups.items()},
        **{("chip", group): fields for group, fields in names.chip_groups.items()},
    }
    for gate in (Gate(place, way) for place in JURISDICTIONS for way in ("export", "import")):
        assert found.zone(gate) == str(names.zone(str(gate)))
    for one in found.chips:
        wanted = ["all", *CHIPS, *GROUPS["chip"], "vendor:acme", "vendor:STRASSE", "vendor:cog"]
        matched = {name: scopes.chip_selector(name, one, names) for name in wanted}
        levels = {name.casefold(): match.level for name, match in matched.items() if match}
        assert found.chip_selectors(one) == levels
    for firm in found.companies:
        assert [str(gate) for one in found.chips for gate in found.gates(firm, one)] == [
            gate for one in found.chips for gate in naive.gate_names(firm, one, names)
        ]
        matched = {name: scopes.company_selector(name, firm, names) for name in selectors()}
        assert found.company_selectors(firm) == {name: match.level for name, match in matched.items() if match}


@given(registries.ledgers())
def test_between_the_days_of_the_registry_nothing_in_it_changes(events: list[Event]) -> None:
    registry = Registry(entries_of(events))
    assert list(registry.days) == sorted(registry.days)
    for on in DAYS:
        found, anew = registry.on(on), Directory(entries_of(events), on)
        assert (found.companies, found.chips, found.groups) == (anew.companies, anew.chips, anew.groups)
        assert found.authorities == anew.authorities
    for on in registry.days:
        changed = {each.subject: (each.before.fields, each.after.fields) for each in registry.changes[on]}
        assert changed
        before, after = (naive_subjects(events, each) for each in (on - 1, on))
        assert changed == {name: (before[name], after[name]) for name in before if before[name] is not after[name]}


def naive_subjects(events: list[Event], on: int) -> dict[tuple[str, str], Event]:
    names = naive.registry(events, date.fromordinal(on))
    kinds = {"authority": names.authorities, "company": {**names.companies, **names.company_groups}}
    every = {**kinds, "chip": {**names.chips, **names.chip_groups}}
    return {(space, name): fields for space, subjects in every.items() for name, fields in subjects.items()}


@given(registries.whole_ledgers())
def test_what_selectors_match_and_which_gates_there_are_changes_on_no_other_day_of_a_cell(events: list[Event]) -> None:
    registry = Registry(entries_of(events))
    for on in registry.days:
        before, after = registry.on(on - 1), registry.on(on)
        for firm in after.companies:
            for one in after.chips:
                was, now = ((each.gates(firm, one), each.company_selectors(firm)) for each in (before, after))
                same = was == now and before.chip_selectors(one) == after.chip_selectors(one)
                pools = [["acme", "giants"], ["giants", "acme-all"]]
                same = same and all(before.pool(pool) == after.pool(pool) for pool in pools)
                assert same or on in registry.days_of(firm, one)


def test_a_company_that_is_bought_has_its_new_parent_from_that_day_on_and_its_old_one_before() -> None:
    events = [company("old"), company("new"), company("firm", parent="old")]
    events += [company("firm", parent="new", effective="2025-06-02")]
    assert directory(*events, on="2025-06-01").line("firm") == ["firm", "old"]
    assert directory(*events, on="2025-06-02").line("firm") == ["firm", "new"]


def test_a_vague_date_counts_from_its_last_day() -> None:
    events = [chip(origin="US"), chip(origin="CN", effective="2025-06")]
    assert directory(*events, on="2025-06-29").chips["h20"]["origin"] == "US"
    assert directory(*events, on="2025-06-30").chips["h20"]["origin"] == "CN"


def test_before_the_first_day_of_all_the_earliest_counts() -> None:
    events = [chip(vendor="Later", effective="2025-06-02"), chip(vendor="First", effective="2025-06-01")]
    assert directory(*events, on="2020-01-01").chips["h20"]["vendor"] == "First"
    assert Registry(entries_of(events)).days == (day("2025-06-02"),)


def test_of_registrations_from_one_day_the_last_in_the_ledger_counts() -> None:
    events = [chip(vendor="One"), chip(vendor="Two", effective="2025-06-01"), chip(vendor="Three"), chip(vendor="Four")]
    assert directory(*events, on="2025-05-31").chips["h20"]["vendor"] == "Four"
    assert directory(*events, on="2025-06-01").chips["h20"]["vendor"] == "Two"
    again = [*events, chip(vendor="Five", effective="2025-05-30/2025-06-01")]
    assert directory(*again, on="2025-06-01").chips["h20"]["vendor"] == "Five"


def test_a_registry_without_dates_is_one_for_all_days() -> None:
    registry = Registry(entries_of([company("acme"), company("acme", parent="bolt"), company("bolt"), chip()]))
    assert (registry.days, registry.changing, registry.since(900_000)) == ((), {}, SINCE_EVER)
    assert registry.on(1) is registry.on(900_000)


def test_many_days_of_a_registry_are_answered_without_keeping_them_all() -> None:
    """Thirty owners, a year after the other; each day asked for twice."""
    events = [company("firm"), *(company(f"owner-{number}") for number in range(30))]
    events += [company("firm", parent=f"owner-{number}", effective=f"{2000 + number}") for number in range(30)]
    registry = Registry(entries_of(events))
    for number in (*range(30), *range(30)):
        assert registry.on(day(f"{2000 + number}")).line("firm") == ["firm", f"owner-{number}"]
    assert len(registry._directories) <= 16


def test_a_chip_is_not_imported_where_it_comes_from() -> None:
    found = directory(company("acme"), company("bolt", jurisdiction="US"), chip(origin="CN"))
    assert [str(gate) for gate in found.gates("acme", "h20")] == ["US/export"]
    assert [str(gate) for gate in found.gates("bolt", "h20")] == ["US/import"]


def test_a_domestic_chip_that_nobody_else_controls_has_no_gate() -> None:
    found = directory(company("acme"), chip(origin="CN", controlled_by=["CN"]))
    assert found.gates("acme", "h20") == []


def test_a_zone_is_that_of_the_last_registration_that_gives_one_for_this_gate() -> None:
    """Neither the authority's move nor the day that is asked about changes it."""
    at = {"jurisdiction": "CN", "direction": "import"}
    events = [
        authority(**at, timezone="Asia/Shanghai"),
        authority(**at, timezone="Asia/Urumqi", effective="2030-01-01"),
    ]
    events += [authority(jurisdiction="SG", direction="import", timezone="Asia/Singapore"), authority(**at)]
    for on in ("2020-01-01", "2031-01-01"):
        found = directory(*events, on=on)
        assert found.zone(Gate("CN", "import")) == "Asia/Urumqi"
        assert found.zone(Gate("SG", "import")) == "Asia/Singapore"
        assert found.zone(Gate("CN", "export")) == "UTC"


def test_owners_hold_together_and_down_the_chain() -> None:
    """Acme and Bolt are a group and own 30 and 20 % of one firm, which owns half of the next."""
    giants = {"type": "group-defined", "group": "giants", "kind": "company", "name": "G", "members": ["acme", "bolt"]}
    firm = company("firm", owners=owned(("acme", 30), ("bolt", 20)))
    found = directory(company("acme"), company("bolt"), firm, company("next", owners=owned(("firm", 50))), giants)
    assert {"owned:giants", "owned:next", "owned:firm"} <= found.company_selectors("next").keys()
    assert "owned:acme" not in found.company_selectors("firm")


def test_a_parent_holds_what_the_owners_leave() -> None:
    """40 % are named, so 60 are the parent's; of 50.1 % named, 49.9."""
    both = company("acme"), company("bolt")
    found = directory(*both, company("firm", parent="acme", owners=owned(("bolt", 40))))
    assert "owned:acme" in found.company_selectors("firm")
    found = directory(*both, company("firm", parent="acme", owners=owned(("bolt", 50.1))))
    assert {"owned:acme", "owned:bolt"} & found.company_selectors("firm").keys() == {"owned:bolt"}


def test_a_parent_among_the_owners_holds_the_share_that_is_given() -> None:
    found = directory(company("acme"), company("firm", parent="acme", owners=owned(("acme", 49.9))))
    assert "owned:acme" not in found.company_selectors("firm")
    assert "under:acme" in found.company_selectors("firm")


def test_shares_are_added_as_they_are_written() -> None:
    """16.7 and 33.3 % are half; in binary fractions some such sums are a little less."""
    firm = company("firm", owners=owned(("acme", 33.4), ("bolt", 16.5), ("cog", 0.1)))
    members = ["acme", "bolt", "cog"]
    giants = {"type": "group-defined", "group": "giants", "kind": "company", "name": "G", "members": members}
    found = directory(*map(company, members), firm, giants)
    assert "owned:giants" in found.company_selectors("firm")


def test_companies_that_hold_each_other_belong_to_nobody_by_that_alone() -> None:
    """Two firms own 60 % of each other; of one, Acme owns 40, of the other half of what is left."""
    ring = company("one", owners=owned(("two", 60), ("acme", 40))), company("two", owners=owned(("one", 60)))
    found = directory(company("acme"), *ring)
    assert "owned:acme" not in found.company_selectors("one")
    assert {"owned:one", "owned:two"} <= found.company_selectors("two").keys()
    tighter = company("one", owners=owned(("two", 40), ("acme", 60))), company("two", owners=owned(("one", 60)))
    assert "owned:acme" in directory(company("acme"), *tighter).company_selectors("two")


@pytest.mark.parametrize("size", [3_000])
def test_a_long_chain_of_owners_is_followed_to_its_end(size: int) -> None:
    chain = [company(f"firm-{place}", parent=f"firm-{place - 1}") for place in range(1, size)]
    found = directory(company("firm-0"), *chain)
    assert "owned:firm-0" in found.company_selectors(f"firm-{size - 1}")


def test_a_vendor_matches_without_case() -> None:
    assert directory(chip(vendor="NVIDIA")).chip_selectors("h20") == {"all": 0, "vendor:nvidia": 1, "h20": 2}


def test_a_name_that_any_registration_has_given_still_finds_its_subject() -> None:
    """Its newest name, a former one, one of a day to come, and one that was written in its place at once."""
    events = [company("acme", name="Old"), company("acme", name="Wrong", effective="2027")]
    events += [company("acme", name="Later", effective="2027"), company("acme", name="Now")]
    found = directory(*events)
    assert found.companies["acme"]["name"] == "Now"
    assert [found.called("company", name) for name in ("old", "now", "later", "wrong")] == [["acme"]] * 4
    assert found.called("chip", "old") == []
    assert found.names("company") == [(name, "acme") for name in ("later", "now", "old", "wrong")]
