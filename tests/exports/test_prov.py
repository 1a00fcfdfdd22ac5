"""W3C PROV: the Python library of PROV reads it without a warning, and finds in it what the ledger says."""

import json
import warnings
from collections import Counter
from typing import Any

from hypothesis import given, settings
from prov.identifier import QualifiedName
from prov.model import ProvDocument

from policytracker.exports.prov import prov_json
from policytracker.questions.reader import Reader
from policytracker.testing import strategies
from tests.exports.ground import OFFICIAL, REGISTRY, RUMOUR, claim, recorded
from tests.questions import recorded as made

BLOCKED = claim("blocked", "stop")


def text_of(reader: Reader, by: int | None = None) -> str:
    return "\n".join(prov_json(reader, by, recorders=True))


def document(reader: Reader) -> ProvDocument:
    """As the library reads it: what it would only bear with is an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return ProvDocument.deserialize(content=text_of(reader))


def kinds(found: ProvDocument) -> Counter[str]:
    return Counter(record.get_type().localpart for record in found.records)


def relations(reader: Reader, section: str) -> list[dict[str, Any]]:
    """Those of one kind, with events by their refs."""
    parts = json.loads(text_of(reader))
    names = {name: entity.get("pt:ref", name) for name, entity in parts["entity"].items()}
    found = parts.get(section, {}).values()
    return [{key: names.get(value, value) if isinstance(value, str) else value["$"] for key, value in each.items()}
            for each in found]  # fmt: skip


@settings(max_examples=40)
@given(strategies.ledgers())
def test_the_library_reads_every_event_every_report_and_who_recorded_it(ledger: list[dict[str, Any]]) -> None:
    with made.recorded(ledger) as reader:
        found = document(reader)
    reports = {json.dumps(event["report"], sort_keys=True) for event in ledger if event.get("report")}
    corrections = [event for event in ledger if event["type"] == "corrected"]
    counted = kinds(found)
    # Two spellings of one report that differ as text alone, such as a field that is null, are one.
    assert len(ledger) < counted["Entity"] <= len(ledger) + len(reports)
    assert counted["Generation"] == len(ledger)
    assert counted["Activity"] == counted["Association"] == 1
    assert counted["Usage"] == sum(1 for event in ledger if event.get("report"))
    assert counted["Derivation"] >= counted["Usage"] + len(corrections)


@settings(max_examples=25)
@given(strategies.ledgers())
def test_every_relation_is_between_things_that_are_told(ledger: list[dict[str, Any]]) -> None:
    with made.recorded(ledger) as reader:
        found = document(reader)
    told = {record.identifier for record in found.records if not record.is_relation()}
    ends = [value for record in found.records if record.is_relation() for _, value in record.formal_attributes]
    assert {end for end in ends if isinstance(end, QualifiedName)} <= told


def test_an_event_rests_on_its_report_and_that_on_who_published_and_whom_it_cites() -> None:
    with recorded([*REGISTRY, claim("blocked", "stop", report=RUMOUR)]) as reader:
        entities = json.loads(text_of(reader))["entity"]
        agents = json.loads(text_of(reader))["agent"]
        (report,) = (name for name in entities if name.startswith("report:"))
        said = [each for each in relations(reader, "wasAttributedTo") if each["prov:entity"] == report]
        rests = relations(reader, "wasDerivedFrom")
    assert {(each["prov:agent"], each["prov:type"]) for each in said} == {
        ("agent:Example%20Daily", "pt:publisher"),
        ("agent:Example%20Agency", "pt:cited-source"),
    }
    assert rests == [{"prov:generatedEntity": "stop", "prov:usedEntity": report, "prov:type": "prov:PrimarySource"}]
    assert agents["recorder:Mia"]["prov:label"] == "Mia"


def test_a_correction_revises_its_target_and_a_registration_the_one_before() -> None:
    mended = {"type": "corrected", "ref": "mended", "target": "stop", "changes": {"effective": "2026-01-04"}}
    renamed = {**REGISTRY[1], "name": "Apex", "ref": "renamed"}
    first = {**REGISTRY[1], "ref": "first"}
    with recorded([REGISTRY[0], first, *REGISTRY[2:], BLOCKED, mended, renamed]) as reader:
        found = [each for each in relations(reader, "wasDerivedFrom") if each["prov:type"] == "prov:Revision"]
    assert [(each["prov:generatedEntity"], each["prov:usedEntity"]) for each in found] == [
        ("mended", "stop"),
        ("renamed", "first"),
    ]


def test_a_retraction_invalidates_its_target() -> None:
    """Also one without a report: the recorder mends the ledger."""
    taken_back = {"type": "retracted", "ref": "back", "target": "stop"}
    with recorded([*REGISTRY, BLOCKED, taken_back]) as reader:
        (found,) = relations(reader, "wasInvalidatedBy")
        assert kinds(document(reader))["Invalidation"] == 1
    assert (found["prov:entity"], found["prov:type"]) == ("stop", "pt:retracted")


def test_a_rumour_of_a_retraction_and_a_retraction_that_is_taken_back_invalidate_nothing() -> None:
    rumour = {"type": "retracted", "ref": "rumour", "target": "stop", "report": RUMOUR}
    wrong = {"type": "retracted", "ref": "wrong", "target": "stop", "report": OFFICIAL}
    undone = {"type": "retracted", "ref": "undone", "target": "wrong"}
    with recorded([*REGISTRY, BLOCKED, rumour, wrong, undone]) as reader:
        found = relations(reader, "wasInvalidatedBy")
        told = [each["prov:influencee"] for each in relations(reader, "wasInfluencedBy")]
    assert [each["prov:entity"] for each in found] == ["wrong"]
    assert told == ["rumour", "wrong", "undone"]


def test_a_redaction_is_told_and_what_was_redacted_is_not() -> None:
    secret = claim("blocked", "stop", note="A secret note.")
    with recorded(
        [*REGISTRY, secret, {"type": "disputed", "ref": "no", "target": "stop"}], redacted=["stop"]
    ) as reader:
        text = text_of(reader)
        (found,) = relations(reader, "wasInvalidatedBy")
        removed = json.loads(text)["entity"][found["prov:entity"]]
        document(reader)
    assert (found["prov:type"], removed["pt:was"], removed["prov:type"]["$"]) == (
        "pt:redacted",
        "blocked",
        "pt:removed",
    )
    assert "secret" not in text


def test_who_recorded_and_redacted_is_said_only_where_that_is_asked() -> None:
    with recorded([*REGISTRY, BLOCKED, claim("held", "pause")], redacted=["stop"]) as reader:
        shown, hidden = text_of(reader), "\n".join(prov_json(reader))
    assert "Mia" in shown and "Mia" not in hidden
    assert [name for name in json.loads(hidden)["agent"] if name.startswith("recorder:")] == ["recorder:somebody"]


def test_an_empty_ledger_is_a_document_too() -> None:
    with recorded([]) as reader:
        assert document(reader).records == []


def test_of_an_earlier_ledger_the_later_events_are_left_out() -> None:
    with made.recorded([*REGISTRY, BLOCKED], [{"type": "retracted", "target": "stop"}]) as reader:
        assert "wasInvalidatedBy" not in json.loads(text_of(reader, made.CLOCK))
        assert "wasInvalidatedBy" in json.loads(text_of(reader))
