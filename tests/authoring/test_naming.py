"""Names so far: those of the ledger, and those that an import has registered."""

from typing import Any

from policytracker.authoring.naming import NamesSoFar
from policytracker.questions import names
from policytracker.status.directory import Directory
from tests.calls import calls_of


def company(name: str, **fields: Any) -> dict[str, Any]:
    return {
        "type": "company-registered",
        "company": name.lower(),
        "name": f"{name} Ltd",
        "jurisdiction": "CN",
        **fields,
    }


def so_far(*registrations: dict[str, Any]) -> NamesSoFar:
    found = NamesSoFar(Directory((), 0))
    for registration in registrations:
        found.take(registration)
    return found


def test_a_former_name_still_leads_to_its_company() -> None:
    found = so_far(company("Acme", aliases=["Ace"]), company("Apex", company="acme"))

    assert [names.company(found, name) for name in ("acme", "ACE", "Acme Ltd", "apex ltd")] == ["acme"] * 4


def test_a_group_is_found_beside_the_companies_of_its_kind() -> None:
    group = {"type": "group-defined", "group": "both", "kind": "company", "name": "The two", "members": ["acme"]}

    assert names.member(so_far(company("Acme"), group), "company", "the TWO") == "both"


def test_looking_a_name_up_takes_no_longer_where_many_are_registered() -> None:
    """A list of thousands of companies, each named once, is read in a time that grows as the list."""
    few, many = (so_far(*(company(f"C{number}") for number in range(count))) for count in (10, 1000))

    work = [calls_of(lambda found=found: names.member(found, "company", "c7 ltd")) for found in (few, many)]  # type: ignore[misc]

    assert work[1] <= work[0] + 5
