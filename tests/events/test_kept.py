"""Whether stored bytes are an event: what this program has kept passes, what a stranger may have sealed does not."""

import json
from typing import Any

import pytest

from policytracker.events.kept import kept_fields
from policytracker.events.refusals import NotAnEvent
from tests.events import golden

ENTRIES = [entry for entry in golden.read() if "target" not in entry["line"]]
LIFTED: dict[str, Any] = {
    "type": "lifted",
    "target": "3f" * 32,
    "report": {"publisher": "Customs", "published": "2026-01-01"},
}
CORRECTED: dict[str, Any] = {"type": "corrected", "target": "3f" * 32, "changes": {"effective": "2026-01-02"}}
REDACTED: dict[str, Any] = {"type": "redacted", "target": "3f" * 32, "reason": "court order"}


def check(event: dict[str, Any], topic: str | None = None) -> None:
    kept_fields(topic or f"{event['type']}/1", json.dumps(event).encode())


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry["topic"] for entry in ENTRIES])
def test_every_kept_form_is_an_event(entry: dict[str, Any]) -> None:
    kept_fields(entry["topic"], entry["state"].encode())


@pytest.mark.parametrize("event", [LIFTED, CORRECTED, {**CORRECTED, "changes": {"until": None}}, REDACTED])
def test_what_is_about_an_event_is_one(event: dict[str, Any]) -> None:
    check(event)


@pytest.mark.parametrize(
    ("event", "why"),
    [
        ({**LIFTED, "target": "a-ref"}, "its target is no id"),
        ({**LIFTED, "effective": 7}, "Expected `str"),
        ({**LIFTED, "more": 1}, "unknown field"),
        ({**CORRECTED, "changes": {"effective": [1]}}, "a field would be changed to what it cannot hold"),
        ({**CORRECTED, "changes": {"type": "cleared"}}, "changes.type: cannot be corrected"),
        ({**REDACTED, "target": "3f"}, "it names no event, or no reason"),
        ({**REDACTED, "reason": None}, "it names no event, or no reason"),
    ],
)
def test_what_is_none_is_refused(event: dict[str, Any], why: str) -> None:
    with pytest.raises(NotAnEvent, match=why):
        check(event)


def test_a_content_of_another_type_than_its_name_is_none() -> None:
    with pytest.raises(NotAnEvent, match="its type is another"):
        check(LIFTED, "suspended/1")
