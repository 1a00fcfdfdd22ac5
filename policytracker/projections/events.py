"""What each event is in the read models: a row of ``entries``, and of ``registry``."""

import json
from typing import Any

from policytracker.events.catalogue import TOPICS
from policytracker.ledger.reading import Row
from policytracker.projections.text import folded
from policytracker.status.directory import REGISTRY_TYPES
from policytracker.status.entries import Entry, Fields

REMOVED = "removed"
"""The type that an event has here whose content was removed."""
Taken = tuple[Row, Fields]
"""An event of the ledger with its fields; none where its content was removed."""
EntryRow = tuple[int, str, int, str, str, int | None, str | None, str | None, str, str]
"""A row of ``entries``, in the order of its columns."""


def removed_fields(row: Row) -> Fields:
    """What is left of an event whose content was removed."""
    subject = {"subject": row.stream} if ":" in row.stream else {}
    return {"type": REMOVED, "was": row.topic.partition("/")[0], **subject}


def entry_row(row: Row, fields: Fields, thread: int | None) -> EntryRow:
    """An event as a row of ``entries``."""
    return (
        row.position,
        row.id,
        row.recorded,
        row.recorder,
        fields["type"],
        thread,
        fields.get("target"),
        row.ref,
        body_of(row, fields),
        folded(" ".join(texts_of(fields))),
    )


def body_of(row: Row, fields: Fields) -> str:
    """An event in the interchange form: as it is stored, where that is today's form and nothing else is in it."""
    if row.state and row.topic in TOPICS and fields["type"] not in REGISTRY_TYPES:
        return bytes(row.state).decode()
    return json_text(fields)


def entry_of(row: Row, fields: Fields) -> Entry:
    """An event as the core takes it."""
    return Entry(row.position, row.id, row.recorded, fields)


def registry_row(row: Row, fields: Fields) -> dict[str, Any]:
    """A registration as a row of ``registry``; a group lies in the name space of its members."""
    kind = REGISTRY_TYPES[fields["type"]]
    return {
        "space": fields["kind"] if kind == "group" else kind,
        "id": fields[kind],
        "position": row.position,
        "name": fields["name"],
        "body": json_text(fields),
    }


def json_text(fields: Fields) -> str:
    """Fields as the read models keep them."""
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def texts_of(fields: Fields) -> list[str]:
    """All texts of an event, those that are keys left out but for conditions and changes."""
    found: list[str] = []
    _gather(fields, found)
    for keyed in ("conditions", "changes"):
        if isinstance(fields.get(keyed), dict):
            found += fields[keyed]
    return found


def _gather(values: Any, found: list[str]) -> None:
    for value in values.values() if isinstance(values, dict) else values:
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, dict):
            _gather(value, found)
            if value.get("conditions") and isinstance(value["conditions"], dict):
                found += value["conditions"]
        elif isinstance(value, list):
            _gather(value, found)
