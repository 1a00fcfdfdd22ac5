"""No stored form and no stored name changes by accident: golden.jsonl holds what ledgers hold.

How a form is changed on purpose is said in golden.py.
"""

import json
from typing import Any, get_args

import msgspec
import pytest

from policytracker.events.catalogue import FORMS, TOPICS, TYPES
from policytracker.events.describe import fields
from policytracker.events.fields import Range
from policytracker.events.forms import canonical, id_of, read_fields, stored_fields
from policytracker.events.registry import Attributes
from policytracker.events.reports import Report
from policytracker.events.scopes import Cohort, Where
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
    assert FORMS == {
        "authority-registered": 1,
        "company-registered": 1,
        "chip-registered": 1,
        "group-defined": 1,
        "prohibited": 1,
        "blocked": 1,
        "licence-required": 1,
        "review-opened": 1,
        "approved-in-principle": 1,
        "cleared": 1,
        "batch-approved": 1,
        "corroborated": 1,
        "disputed": 1,
        "corrected": 1,
        "retracted": 1,
        "lifted": 1,
        "suspended": 1,
        "conditions-met": 1,
        "recipients-identified": 1,
        "orders-reported": 1,
        "shipped": 1,
        "condition-signalled": 1,
        "redacted": 1,
    }


def test_every_type_is_frozen_in_its_form_of_today() -> None:
    assert {entry["topic"] for entry in CURRENT} == set(TOPICS)


@each_current
def test_an_event_is_stored_as_it_was_when_it_was_frozen(entry: golden.Entry) -> None:
    """Under the same topic, byte for byte, and with the same id."""
    assert golden.frozen(entry) == entry


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


@pytest.mark.parametrize("part", [Report, Attributes, Range, Cohort, Where])
def test_a_frozen_part_has_every_field_of_its_kind(part: type[msgspec.Struct]) -> None:
    objects = [found for entry in CURRENT for found in parts_of(entry["line"])]

    assert any(set(found) == set(fields(part)) for found in objects)


def test_every_chosen_word_is_frozen_too() -> None:
    """The words that a field may take are stored as they are: renaming one would orphan what is stored."""
    report = fields(Report)["attribution"]
    words = {word for kind in TYPES.values() for field in fields(kind).values() for word in field.choices}

    assert words == {
        *("export", "import", "company", "chip", "total", "added"),
        *("rule", "letter", "licence", "guidance", "instruction", "announcement", "practice"),
        *("policy-of-denial", "presumption-of-denial", "case-by-case", "presumption-of-approval", "unstated"),
    }
    assert get_args(report.kind) == report.choices == ("official", "on-record", "anonymous", "unattributed")


def test_filling_in_the_file_changes_nothing_that_is_frozen(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    bare = {"line": ENTRIES[0]["line"]}
    monkeypatch.setattr(golden, "FILE", tmp_path / "golden.jsonl")
    forged = ENTRIES[1] | {"id": "kept as it is"}
    golden.FILE.write_text("\n".join(json.dumps(entry) for entry in [bare, forged]), encoding="utf-8")

    golden.write()

    assert golden.read() == [ENTRIES[0], forged]


def test_a_field_that_is_stored_in_another_way_would_be_noticed() -> None:
    """What these tests rest on: other bytes, another id."""
    entry = ENTRIES[0]
    renamed = entry | {"line": entry["line"] | {"name": "Customs"}}

    assert golden.frozen(renamed)["id"] != entry["id"]
    assert golden.frozen(renamed)["state"] != entry["state"]
    assert canonical(read_fields(entry["line"])).decode() == entry["state"]
