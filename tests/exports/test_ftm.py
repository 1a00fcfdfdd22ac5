"""FollowTheMoney: the entities are as its schema says, and each restriction is one of them.

The library followthemoney needs PyICU, which has no wheel, so it is no dependency of the tests. They compare with a
copy of the names of its properties; and where it is installed, with the library itself.
"""

import json
from collections import Counter
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from policytracker.exports.ftm import ftm
from policytracker.questions.reader import Clocks, Reader
from policytracker.testing import strategies
from tests.exports.ground import ACME, GACC, H20, REGISTRY, RUMOUR, TODAY, claim, recorded
from tests.questions import recorded as made
from tests.questions.conftest import demo as demo
from tests.questions.conftest import reader as reader

SCHEMATA = json.loads(Path(__file__).with_name("ftm_schemata.json").read_text(encoding="utf-8"))["schemata"]
Entity = dict[str, Any]


def entities(reader: Reader, by: int | None = None) -> list[Entity]:
    return [json.loads(line) for line in ftm(reader, Clocks(TODAY, None, by))]


def of_schema(found: list[Entity], schema: str) -> list[dict[str, list[str]]]:
    return [each["properties"] for each in found if each["schema"] == schema]


def check(found: list[Entity]) -> None:
    """Names of properties, what is required, no id twice, and no link that leads nowhere."""
    ids = Counter(each["id"] for each in found)
    assert [name for name, count in ids.items() if count > 1] == []
    for each in found:
        schema, properties = SCHEMATA[each["schema"]], each["properties"]
        assert set(schema["required"]) <= set(properties) <= set(schema["properties"]), each
        assert all(isinstance(value, str) and value for values in properties.values() for value in values), each
        linked = [name for name in properties if schema["properties"][name] == "entity"]
        assert {value for name in linked for value in properties[name]} <= set(ids), each


@settings(max_examples=40)
@given(strategies.ledgers())
def test_the_entities_of_any_ledger_are_as_the_schema_says(ledger: list[dict[str, Any]]) -> None:
    with made.recorded(ledger) as reader:
        check(entities(reader))


def test_the_entities_of_the_shipped_history_are_as_the_schema_says(reader: Reader) -> None:
    found = entities(reader)
    check(found)
    assert len(of_schema(found, "Sanction")) > 40


@pytest.mark.skipif(not find_spec("followthemoney"), reason="followthemoney is not installed; it needs PyICU")
def test_followthemoney_itself_takes_the_shipped_history_and_drops_no_value(reader: Reader) -> None:
    model = import_module("followthemoney").model
    for each in entities(reader):
        proxy = model.get_proxy(each, cleaned=False)
        proxy.schema.validate(each)
        assert {name: sorted(proxy.get(name)) for name in each["properties"]} == {
            name: sorted(values) for name, values in each["properties"].items()
        }


def test_a_restriction_names_whom_it_hits_who_acts_since_when_and_on_whose_word() -> None:
    report = {**RUMOUR, "grade": "A2", "url": "https://news.example/1", "summary": "Customs stop the H20"}
    stop = claim("blocked", "stop", effective="2026-01-06", instrument="Notice 7", report=report)
    with recorded([*REGISTRY, stop]) as reader:
        (found,) = of_schema(entities(reader), "Sanction")
    assert found["entity"] == ["policytracker-company-acme"]
    assert (found["authority"], found["authorityId"], found["country"]) == (["Customs"], ["gacc"], ["cn"])
    assert (found["program"], found["programId"]) == (["Notice 7"], ["CN/import"])
    assert (found["startDate"], found["status"], found["recordId"]) == (["2026-01-06"], ["in force"], ["stop"])
    assert found["provisions"] == ["blocked", "h20 for acme"]
    assert (found["sourceUrl"], found["publisher"]) == (["https://news.example/1"], ["Example Daily"])
    assert (found["reason"], found["listingDate"]) == (["Customs stop the H20"], ["2026-01-08"])
    assert found["summary"][0].startswith("China (Customs) stopped imports of H20 by Acme")
    assert "endDate" not in found


def test_a_restriction_that_was_lifted_ends_on_the_day_before() -> None:
    """Its own end is the first day without it; a lift of 20 January ends it on the 19th."""
    lifted = {"type": "lifted", "target": "stop", "effective": "2026-01-20", "report": claim("held", "x")["report"]}
    until = claim("held", "pause", effective="2026-01-06", until="2026-02-01")
    with recorded([*REGISTRY, claim("blocked", "stop", effective="2026-01-06"), lifted, until]) as reader:
        found = of_schema(entities(reader), "Sanction")
    assert [each["endDate"] for each in found] == [["2026-01-19"], ["2026-01-31"]]
    assert [each["status"] for each in found] == [["not in force"], ["not in force"]]


def test_a_rumour_of_a_lift_ends_nothing() -> None:
    rumour = {"type": "lifted", "target": "stop", "effective": "2026-01-20", "report": RUMOUR}
    with recorded([*REGISTRY, claim("blocked", "stop"), rumour]) as reader:
        (found,) = of_schema(entities(reader), "Sanction")
    assert found["status"] == ["possibly in force"] and "endDate" not in found


def test_what_is_corrected_is_as_corrected_and_what_is_taken_back_or_redacted_or_permitted_is_none() -> None:
    events = [
        *(claim("blocked", ref) for ref in ("mended", "back", "gone")),
        claim("cleared", "permitted"),
        {"type": "corrected", "target": "mended", "changes": {"instrument": "Notice 8"}},
        {"type": "retracted", "target": "back"},
    ]
    with recorded([*REGISTRY, *events], redacted=["gone"]) as reader:
        (found,) = of_schema(entities(reader), "Sanction")
    assert (found["recordId"], found["program"]) == (["mended"], ["Notice 8"])


def test_sets_of_companies_are_entities_and_companies_their_members() -> None:
    giants = {"type": "group-defined", "group": "giants", "kind": "company", "name": "The giants", "members": ["bolt"]}
    cohort = {"count": 2, "of": ["giants"], "named": ["bolt"]}
    events = [claim("blocked", "wide", companies=["in:CN"]), claim("held", "some", companies=cohort)]
    with recorded([*REGISTRY, giants, *events]) as reader:
        found = entities(reader)
    check(found)
    sets = {each["properties"]["name"][0]: each["id"] for each in found if each["schema"] == "Organization"}
    assert sorted(sets) == ["Companies in China", "The giants"]
    members = [(each["member"], each["organization"]) for each in of_schema(found, "Membership")]
    assert members == [
        (["policytracker-company-acme"], [sets["Companies in China"]]),
        (["policytracker-company-bolt"], [sets["The giants"]]),
    ]
    wide, some = of_schema(found, "Sanction")
    assert wide["entity"] == [sets["Companies in China"]]
    assert some["entity"] == ["policytracker-company-bolt", sets["The giants"]]


def test_a_company_has_its_names_identifiers_parent_and_owners() -> None:
    holding = {**ACME, "company": "holding", "name": "Holding", "jurisdiction": "XX"}
    acme = {
        **ACME,
        "aliases": ["Ace"],
        "names": {"zh": "尖峰"},
        "identifiers": {"lei": "529900T8BM49AURSDO55", "ticker-2": "ACM", "register": "7"},
        "parent": "holding",
        "owners": [{"company": "holding", "share": 60}],
    }
    with recorded([GACC, H20, holding, acme]) as reader:
        found = entities(reader)
    check(found)
    first, second = of_schema(found, "Company")
    assert first["alias"] == ["Ace", "尖峰"] and first["jurisdiction"] == ["cn"]
    assert (first["leiCode"], first["ticker"], first["idNumber"]) == (["529900T8BM49AURSDO55"], ["ACM"], ["7"])
    assert first["parent"] == ["policytracker-company-holding"]
    assert "jurisdiction" not in second
    assert of_schema(found, "Ownership")[0]["percentage"] == ["60"]
