"""No stored form and no stored name changes by accident: golden.jsonl holds what ledgers hold.

How a form is changed on purpose is said in golden.py.
"""

import json
from typing import Any, get_args

import msgspec
import pytest

from policytracker.events.about import Instead
from policytracker.events.catalogue import FORMS, TOPICS, TYPES, topic_of
from policytracker.events.describe import fields
from policytracker.events.fields import Range
from policytracker.events.forms import canonical, id_of, read_fields, stored_fields
from policytracker.events.registry import Attributes, Bounds, Owner
from policytracker.events.reports import Report
from policytracker.events.scopes import Cohort, CountRange, Where
from tests.events import golden

ENTRIES = golden.read()
CURRENT = [entry for entry in ENTRIES if entry["topic"] in TOPICS]

each = pytest.mark.parametrize("entry", ENTRIES, ids=[f"{n}-{entry['topic']}" for n, entry in enumerate(ENTRIES)])
each_current = pytest.mark.parametrize("entry", CURRENT, ids=[entry["topic"] for entry in CURRENT])


def parts_of(value: Any) -> list[dict[str, Any]]:
    """Every object within a value, itself included."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [part for item in inner for part in parts_of(item)] + ([value] if isinstance(value, dict) else [])


def test_the_stored_names_are_these() -> None:
    of_version_1 = (
        *("authority-registered", "company-registered", "chip-registered", "group-defined"),
        *("prohibited", "blocked", "licence-required", "review-opened", "approved-in-principle"),
        *("cleared", "batch-approved"),
        *("corroborated", "disputed", "corrected", "retracted", "lifted", "suspended"),
        *("conditions-met", "recipients-identified"),
        *("orders-reported", "shipped", "condition-signalled"),
    )
    of_version_2 = ("held", "licence-granted", "condition-imposed", "development-reported")

    assert {**dict.fromkeys(of_version_1, 2), **dict.fromkeys(of_version_2, 1), "redacted": 1} == FORMS


def test_every_type_is_frozen_in_its_form_of_today() -> None:
    assert {entry["topic"] for entry in CURRENT} == set(TOPICS)


@each_current
def test_an_event_is_stored_as_it_was_when_it_was_frozen(entry: golden.Entry) -> None:
    """Under the same topic, byte for byte, and with the same id."""
    assert golden.frozen(entry) == entry


@each
def test_an_event_without_new_fields_has_the_id_that_it_had_in_version_1(entry: golden.Entry) -> None:
    """Only the number of its form goes up: the id follows from the content, which is the same."""
    frozen = golden.frozen(entry)

    assert (frozen["id"], frozen["state"]) == (entry["id"], entry["state"])


@each
def test_what_was_stored_reads_back_as_what_was_written(entry: golden.Entry) -> None:
    stored = entry["state"].encode()

    found = stored_fields(entry["topic"], stored)

    assert id_of(stored) == entry["id"]
    assert found == entry["line"]
    assert read_fields(found) == read_fields(entry["line"])


@each_current
def test_a_stored_event_is_compact_json_with_sorted_keys_throughout(entry: golden.Entry) -> None:
    decoded = json.loads(entry["state"])

    assert json.dumps(decoded, ensure_ascii=False, separators=(",", ":"), sort_keys=True) == entry["state"]


@pytest.mark.parametrize("name", TYPES)
def test_a_frozen_event_has_every_field_of_its_type(name: str) -> None:
    """So that none can be renamed, or kept in another way, unseen."""
    seen = {field for entry in CURRENT if entry["line"]["type"] == name for field in entry["line"]}

    assert seen == {"type", *fields(TYPES[name])}


@pytest.mark.parametrize("part", [Report, Attributes, Bounds, Owner, Range, Cohort, CountRange, Where, Instead])
def test_a_frozen_part_has_every_field_of_its_kind(part: type[msgspec.Struct]) -> None:
    objects = [found for entry in CURRENT for found in parts_of(entry["line"])]

    assert any(set(found) == set(fields(part)) for found in objects)


def test_every_chosen_word_is_frozen_too() -> None:
    """The words that a field may take are stored as they are: renaming one would orphan what is stored."""
    report = fields(Report)["attribution"]
    words = {word for kind in TYPES.values() for field in fields(kind).values() for word in field.choices}

    assert words == {
        *("export", "import", "company", "chip", "total", "added"),
        *("deliberation", "legislation", "enforcement", "supply", "product", "statement"),
        *("rule", "letter", "licence", "guidance", "instruction", "announcement", "practice"),
        *("policy-of-denial", "presumption-of-denial", "case-by-case", "presumption-of-approval", "unstated"),
    }
    assert get_args(report.kind) == report.choices == ("official", "on-record", "anonymous", "unattributed")


def test_filling_in_the_file_changes_nothing_that_is_frozen(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    bare = {"line": ENTRIES[0]["line"]}
    monkeypatch.setattr(golden, "FILE", tmp_path / "golden.jsonl")
    first = ENTRIES[0] | {"topic": topic_of(ENTRIES[0]["line"]["type"])}
    forged = ENTRIES[1] | {"id": "kept as it is"}
    golden.FILE.write_text("\n".join(json.dumps(entry) for entry in [bare, forged]), encoding="utf-8")

    golden.write()

    assert golden.read() == [first, forged]


def test_a_field_that_is_stored_in_another_way_would_be_noticed() -> None:
    """What these tests rest on: other bytes, another id."""
    entry = ENTRIES[0]
    renamed = entry | {"line": entry["line"] | {"name": "Customs"}}

    assert golden.frozen(renamed)["id"] != entry["id"]
    assert golden.frozen(renamed)["state"] != entry["state"]
    assert canonical(read_fields(entry["line"])).decode() == entry["state"]
