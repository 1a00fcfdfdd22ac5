"""CloudEvents 1.0 (https://cloudevents.io), JSON format: one event a line, in ledger order.

The data of each is the line of the interchange format that ``export`` writes, so nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from policytracker.exports.places import ledger_urn, seals
from policytracker.questions.escaping import json_text
from policytracker.status.directory import REGISTRY_TYPES

if TYPE_CHECKING:
    from policytracker.projections.log import Logged
    from policytracker.questions.ledger_answers import RecordedEvent
    from policytracker.questions.log import Export
    from policytracker.questions.reader import Reader

TYPE_PREFIX: Final = "org.policytracker."
"""Stands before the type of an event, as in ``org.policytracker.batch-approved``."""


def cloudevents(reader: Reader, exported: Export, recorders: bool = False) -> Iterator[str]:
    """A line for each event of an export: a JSON object. ``recorders``: also who recorded it."""
    source, sealed = ledger_urn(reader), seals(reader)
    for event, line in exported.with_places():
        who = {"recorder": event.recorder} if recorders else {}
        yield json_text(_cloudevent(source, {**who, "seal": sealed[event.position - 1]}, event, line))


def _cloudevent(source: str, seal: dict[str, str], event: Logged, line: RecordedEvent) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": event.id,
        "source": source,
        "type": f"{TYPE_PREFIX}{line['type']}",
        "subject": _subject(event),
        "time": line["recorded"],
        "datacontenttype": "application/json",
        # Extension attributes: CloudEvents allows lower-case letters and digits in their names.
        "position": event.position,
        **seal,
        "data": line,
    }


def _subject(event: Logged) -> str:
    """The event that it is about, by ref or id; of a registration, what is registered; of others, the event itself."""
    kind = REGISTRY_TYPES.get(event.fields["type"])
    if kind is not None:
        return f"{kind}:{event.fields[kind]}"
    return event.target_ref or event.target or event.fields.get("ref") or event.id
