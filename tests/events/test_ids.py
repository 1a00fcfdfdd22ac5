"""An event's id follows from what it says, not from how that is written (interchange.md)."""

import hashlib
import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytracker.events.catalogue import TYPES
from policytracker.events.describe import fields
from policytracker.events.forms import canonical, id_of, read_fields, read_line
from policytracker.testing import strategies
from tests.events import golden
from tests.events.samples import BLOCKED, COMPANY, GROUP, id_from, least, read

NOTE = "Économie: 한국 — 腾讯 Ω"


def respelled(data: st.DataObject, value: Any, shuffled: bool = True) -> str:
    """JSON that says the same: keys in any order, numbers and characters in any spelling."""
    if isinstance(value, dict):
        items = data.draw(st.permutations(sorted(value.items()))) if shuffled else list(value.items())
        pairs = (f"{respelled(data, key)}:{respelled(data, item)}" for key, item in items)
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ",  ".join(respelled(data, item) for item in value) + "]"
    if isinstance(value, str):
        text = unicodedata.normalize(data.draw(st.sampled_from(["NFC", "NFD"])), value)
        return json.dumps(text, ensure_ascii=data.draw(st.booleans()))
    if isinstance(value, int) and not isinstance(value, bool):
        return data.draw(st.sampled_from([f"{value}", f"{value}.0", f"{value}e0", f"{value * 10}e-1"]))
    return json.dumps(value)


def with_nulls(data: st.DataObject, event: dict[str, Any]) -> dict[str, Any]:
    """The event with some of its absent fields as null."""
    absent = sorted(set(fields(TYPES[event["type"]])) - set(event))
    return event | {name: None for name in absent if data.draw(st.booleans())}


@given(st.data(), strategies.ledgers())
def test_the_same_event_has_the_same_id_however_it_is_written(
    data: st.DataObject, ledger: list[dict[str, Any]]
) -> None:
    """Order of keys, NFC or NFD, escapes, nulls and the spelling of numbers make no difference."""
    event = data.draw(st.sampled_from(ledger)) | {"note": NOTE}

    line = respelled(data, with_nulls(data, event))

    assert id_from(line) == id_from(event)


@given(strategies.ledgers())
def test_events_that_say_something_else_have_other_ids(ledger: list[dict[str, Any]]) -> None:
    said = {json.dumps(event, sort_keys=True) for event in ledger}

    assert len({id_from(event) for event in ledger}) == len(said)


@given(strategies.ledgers())
def test_what_is_kept_of_an_event_reads_as_the_same_event(ledger: list[dict[str, Any]]) -> None:
    for event in map(read, ledger):
        assert read_line(canonical(event)) == event
        assert canonical(read_fields(json.loads(canonical(event)))) == canonical(event)


def test_an_id_is_the_sha_256_of_compact_json_with_sorted_keys() -> None:
    kept = (
        b'{"authority":"gacc","chips":["all"],"companies":["all"],'
        b'"report":{"published":"2026-01-28","publisher":"Reuters"},"type":"blocked"}'
    )

    assert canonical(read(BLOCKED)) == kept
    assert id_from(BLOCKED) == hashlib.sha256(kept).hexdigest() == id_of(kept)
    assert len(id_of(kept)) == 64


def test_characters_are_kept_as_utf8_and_not_escaped() -> None:
    assert '"note":"腾讯 é"'.encode() in canonical(read(BLOCKED | {"note": "腾讯 e\u0301"}))


@pytest.mark.parametrize(
    ("event", "default"),
    [
        (GROUP, {"complete": False}),
        (COMPANY, {"aliases": []}),
        (BLOCKED, {"except_companies": [], "except_chips": []}),
        (least("recipients-identified"), {"excluded": []}),
    ],
)
def test_a_field_that_says_what_its_absence_says_makes_no_difference(
    event: dict[str, Any], default: dict[str, Any]
) -> None:
    assert id_from(event | default) == id_from(event)


@pytest.mark.parametrize("entry", golden.read(), ids=lambda entry: entry["topic"])
def test_each_field_of_an_event_counts_for_its_id(entry: dict[str, Any]) -> None:
    line = entry["line"]
    kind = TYPES[line["type"]]
    optional = [name for name, field in fields(kind).items() if not field.required and name in line]

    ids = [id_from({name: value for name, value in line.items() if name != left_out}) for left_out in optional]

    assert len({id_from(line), *ids}) == len(optional) + 1


def test_the_order_in_a_list_counts() -> None:
    assert id_from(BLOCKED | {"companies": ["in:CN", "in:HK"]}) != id_from(BLOCKED | {"companies": ["in:HK", "in:CN"]})


def test_letters_of_another_case_or_width_are_other_letters() -> None:
    notes = ["straße", "STRASSE", "ﬁ", "fi", "１", "1", "Ω", "ω"]

    assert len({id_from(BLOCKED | {"note": note}) for note in notes}) == len(notes)


def test_a_registration_that_takes_anothers_place_has_an_id_of_its_own() -> None:
    """The same words, after those, or those: three events."""
    event = read(COMPANY)
    first, second = "ab" * 32, "cd" * 32

    kept = canonical(event, replaces=first)

    assert len({id_of(canonical(event)), id_of(kept), id_of(canonical(event, replaces=second))}) == 3
    assert json.loads(kept) == json.loads(canonical(event)) | {"replaces": first}
    assert list(json.loads(kept)) == sorted(json.loads(kept))
