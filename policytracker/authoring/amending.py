"""An event of a report file that was recorded under its ref with other content: the correction that this means."""

import json
from typing import Any, NamedTuple

from policytracker.events.catalogue import REGISTRY
from policytracker.events.fields import Event
from policytracker.events.forms import canonical, read_fields
from policytracker.events.refusals import Refused, shown
from policytracker.projections.reading import named
from policytracker.questions.corrections import in_own_words
from policytracker.questions.reader import Reader
from policytracker.questions.telling import SHORT_ID
from policytracker.questions.values import corrections_line
from policytracker.status.entries import Fields
from policytracker.status.knowledge import Standing, stand

NEVER_CORRECTED = (*REGISTRY, "corrected", "retracted")
NEVER_CHANGED = ("type", "ref", "target")
EVENTS = ("target", "about")


class Amended(NamedTuple):
    """What an edited event would record in place of itself."""

    line: bytes
    """A correction; or the event as it was recorded, where corrections say what it says now."""
    words: str
    """What the correction changes; "" for none."""


class NotCorrected(Refused):
    """An event that was recorded under its ref with other content."""

    def __init__(self, ref: str, words: str) -> None:
        way_out = "import with --correct to record it; if this is another event, choose another ref"
        what = f"{shown(ref)} is recorded with other content; its correction would be: {words}"
        super().__init__("ref", what, way_out)


def amended(reader: Reader, event: Event, edited: str | None = None) -> Amended | None:
    """What to record in place of an event; None where it is new, unchanged, or nothing that can be corrected.

    It is compared with what its own report says, so with the corrections that have no report: another report's
    correction is not undone. ``edited``: the id of the recorded event that it is; else the one with its ref. Then an
    event that says what was recorded first adds nothing, whatever was corrected since.
    """
    fields = _as_recorded(event)
    by_ref = named(reader.connection, event.ref) if event.ref is not None else []
    found = by_ref if edited is None else [edited]
    if not found or fields["type"] in NEVER_CORRECTED:
        return None
    standing = stand(reader.thread_of(found[0]), None)[found[0]]
    recorded = standing.entry.fields
    said = {**fields, **_ids(reader, fields)}
    if any(said.get(field) != recorded.get(field) for field in NEVER_CHANGED) or (edited is None and said == recorded):
        return None
    now = _as_recorded(read_fields(dict(in_own_words(standing)), new=()))
    changes = {name: said.get(name) for name in {**now, **said} if said.get(name) != now.get(name)}
    if not changes:
        return Amended(json.dumps(recorded, ensure_ascii=False).encode(), "")
    correction = {"type": "corrected", "target": event.ref or found[0], "changes": changes, **_again(standing, changes)}
    return Amended(json.dumps(correction, ensure_ascii=False).encode(), corrections_line(changes, now))


def _ids(reader: Reader, fields: Fields) -> dict[str, str]:
    """The ids of the events that an event names by their refs, as far as they are recorded."""
    found = {field: named(reader.connection, fields[field]) for field in EVENTS if field in fields}
    return {field: ids[0] for field, ids in found.items() if ids}


def _as_recorded(event: Event) -> dict[str, Any]:
    """The fields of an event as the ledger gives them back."""
    fields: dict[str, Any] = json.loads(canonical(event))
    return fields


def _again(event: Standing, changes: Fields) -> dict[str, str]:
    """A note for a correction that was recorded before, and corrected since: without it, it would be that event."""
    before = [each.entry for each in event.acting("corrected") if not each.reports]
    if all(each.fields["changes"] != changes for each in before):
        return {}
    return {"note": f"again, after the correction {before[-1].id[:SHORT_ID]}"}
