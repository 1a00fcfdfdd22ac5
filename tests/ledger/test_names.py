"""What an event names has to be registered, and its own name free (interchange.md, "What is refused")."""

from typing import Any

import pytest

from tests.events.samples import least
from tests.ledger.ground import GACC, REPORT, Ledger, about, chip, cleared, company, group, ref_taken

SCOPED = {"companies": ["acme"], "chips": ["h20"]}


def unknown(field: str, space: str, name: str) -> str:
    return f"{field}: no {space} '{name}' is registered so far; register it first, or check the {space} id"


def wrong(field: str, name: str, is_a: str, wanted: str) -> str:
    return f"{field}: '{name}' is a {is_a}, and {wanted} is meant here; name a {wanted}"


@pytest.mark.parametrize(
    ("fields", "field", "space"),
    [
        ({"authority": "nobody"}, "authority", "authority"),
        ({"companies": ["acme", "nobody"]}, "companies", "company"),
        ({"companies": ["under:nobody"]}, "companies", "company"),
        ({"companies": {"of": ["in:CN", "nobody"]}}, "companies.of", "company"),
        ({"companies": {"of": ["all"], "named": ["nobody"]}}, "companies.named", "company"),
        ({"companies": {"of": ["all"], "excluded": ["nobody"]}}, "companies.excluded", "company"),
        ({"chips": ["nobody"]}, "chips", "chip"),
        ({"except_companies": ["under:nobody"]}, "except_companies", "company"),
        ({"except_chips": [{"where": ["tpp<1"]}, "nobody"]}, "except_chips", "chip"),
    ],
)
def test_an_id_that_names_nothing_registered_is_refused(
    ledger: Ledger, fields: dict[str, Any], field: str, space: str
) -> None:
    assert ledger.refusal(cleared("new", **fields)) == unknown(field, space, "nobody")


@pytest.mark.parametrize("name", ["orders-reported", "shipped", "condition-signalled"])
def test_market_events_name_what_is_registered_too(ledger: Ledger, name: str) -> None:
    event = least(name) | SCOPED

    assert ledger.refusal(event | {"companies": ["nobody"]}) == unknown("companies", "company", "nobody")
    assert ledger.refusal(event | {"chips": ["nobody"]}) == unknown("chips", "chip", "nobody")
    ledger.add(event)


def test_the_one_who_signals_a_condition_is_registered(ledger: Ledger) -> None:
    event = least("condition-signalled") | SCOPED | {"authority": "nobody"}

    assert ledger.refusal(event) == unknown("authority", "authority", "nobody")


@pytest.mark.parametrize("field", ["companies", "excluded"])
def test_recipients_are_registered_companies(ledger: Ledger, field: str) -> None:
    assert ledger.refusal(about("recipients-identified", "batch", **{field: ["nobody"]})) == unknown(
        field, "company", "nobody"
    )
    assert ledger.refusal(about("recipients-identified", "batch", **{field: ["giants"]})) == wrong(
        field, "giants", "group of companies", "company"
    )


@pytest.mark.parametrize("part", ["named", "excluded"])
def test_a_cohort_names_companies_and_no_groups(ledger: Ledger, part: str) -> None:
    event = cleared("new", companies={"of": ["giants"], part: ["giants"]})

    assert ledger.refusal(event) == wrong(f"companies.{part}", "giants", "group of companies", "company")


def test_ids_of_companies_and_of_chips_are_apart(ledger: Ledger) -> None:
    """One name may stand for a company and a chip; neither is found in the other's place."""
    assert ledger.refusal(cleared("new", companies=["h20"])) == unknown("companies", "company", "h20")
    assert ledger.refusal(cleared("new", chips=["giants"])) == unknown("chips", "chip", "giants")
    ledger.add(chip("acme"), company("h20"), cleared("new", companies=["h20"], chips=["acme"]))


def test_an_id_may_be_registered_earlier_in_the_file_but_not_later(ledger: Ledger) -> None:
    ledger.add(company("early"), cleared("one", companies=["early"]))

    found = ledger.refusals(cleared("two", companies=["late"]), company("late"))

    assert found == {1: unknown("companies", "company", "late")}


def test_selectors_that_name_nobody_need_no_registration(empty: Ledger) -> None:
    scope = {"companies": ["in:SG", "hq:US", "all"], "chips": ["all", {"where": ["tpp<1"]}]}

    empty.add(GACC, {"type": "blocked", "authority": "gacc", **scope, "report": REPORT})


def test_a_parent_is_a_registered_company(ledger: Ledger) -> None:
    assert ledger.refusal(company("new", parent="nobody")) == unknown("parent", "company", "nobody")
    assert ledger.refusal(company("new", parent="giants")) == wrong("parent", "giants", "group of companies", "company")


@pytest.mark.parametrize("circle", [["acme", "coda", "bolt"], ["bolt", "coda"], ["acme", "bolt"]])
def test_parents_form_no_circle(ledger: Ledger, circle: list[str]) -> None:
    """coda belongs to bolt, bolt to acme."""
    told = " > ".join([*circle, circle[0]])

    assert ledger.refusal(company(circle[0], parent=circle[1])) == (
        f"parent: the parents form a circle: {told}; name a parent outside of it"
    )


def test_no_company_is_its_own_parent(ledger: Ledger) -> None:
    assert ledger.refusal(company("acme", parent="acme")) == (
        "parent: the parents form a circle: acme > acme; name a parent outside of it"
    )
    assert ledger.refusal(company("new", parent="new")).split("\n")[0] == unknown("parent", "company", "new")


def test_a_circle_within_one_file_is_refused_too(ledger: Ledger) -> None:
    lines = [company("one"), company("two", parent="one"), company("one", parent="two")]

    assert ledger.refusal(*lines) == "parent: the parents form a circle: one > two > one; name a parent outside of it"


def test_parents_may_change_hands_as_long_as_no_circle_comes_of_it(ledger: Ledger) -> None:
    ledger.add(company("bolt", parent=None), company("acme", parent="bolt"), company("coda", parent="acme"))


@pytest.mark.parametrize(("kind", "space", "member"), [("company", "company", "acme"), ("chip", "chip", "h20")])
def test_members_of_a_group_are_registered_and_no_groups(ledger: Ledger, kind: str, space: str, member: str) -> None:
    other, plural = ("giants", "companies") if kind == "company" else ("hopper", "chips")

    assert ledger.refusal(group("new", kind, member, "nobody")) == unknown("members", space, "nobody")
    assert ledger.refusal(group("new", kind, member, other)) == wrong("members", other, f"group of {plural}", space)


def test_a_group_of_companies_has_no_chips(ledger: Ledger) -> None:
    assert ledger.refusal(group("new", "company", "h20")) == unknown("members", "company", "h20")


def test_a_group_may_be_empty(ledger: Ledger) -> None:
    ledger.add(group("nobody-yet", "company"))


@pytest.mark.parametrize(
    ("event", "message"),
    [
        (company("giants"), "company: 'giants' is registered as a group of companies; choose another id"),
        (chip("hopper"), "chip: 'hopper' is registered as a group of chips; choose another id"),
        (group("acme", "company", "bolt"), "group: 'acme' is registered as a company; choose another id"),
        (group("h20", "chip", "h200"), "group: 'h20' is registered as a chip; choose another id"),
    ],
)
def test_a_company_and_a_group_do_not_share_an_id(ledger: Ledger, event: dict[str, Any], message: str) -> None:
    """Nor do a chip and a group of chips."""
    assert ledger.refusal(event) == message


def test_a_group_of_chips_may_be_called_as_a_company_is(ledger: Ledger) -> None:
    ledger.add(group("acme", "chip", "h20"), group("h20", "company", "acme"))


def test_a_ref_taken_by_another_event_is_refused(ledger: Ledger) -> None:
    message = "ref: 'clear' is taken by another event; choose another ref, or leave it out"

    assert ledger.refusal(cleared(note="another one")) == ref_taken("clear", note="another one")
    assert ledger.refusal(about("disputed", "batch", ref="clear")) == message
    assert ledger.refusal(company("new", ref="clear")) == message


def test_a_ref_taken_earlier_in_the_file_is_refused(ledger: Ledger) -> None:
    assert ledger.refusal(cleared("new"), cleared("new", note="another one")) == (ref_taken("new", note="another one"))


def test_a_ref_differs_from_another_by_case(ledger: Ledger) -> None:
    ledger.add(cleared("Clear"))

    assert ledger.id("Clear") != ledger.id("clear")
