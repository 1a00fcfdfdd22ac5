"""Are stored bytes an event? Asked of every event before anything rests on it: a ledger may come from a stranger.

What this program has recorded passes for good: nothing is asked here that a later version may ask of new events.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec

from policytracker.events.catalogue import CLASSES, REDACTED, TOPICS, TYPES
from policytracker.events.fields import Event
from policytracker.events.forms import stored_fields
from policytracker.events.refusals import NotAnEvent, Refused

_ID = re.compile("[0-9a-f]{64}")
CANNOT_HOLD = "a field would be changed to what it cannot hold"


def kept_fields(topic: str, stored: bytes) -> dict[str, Any]:
    """The fields of a stored event in today's form. Raises NotAnEvent for fields of the wrong kind, or UnknownForm."""
    fields = stored_fields(topic, stored)
    name = fields.get("type")
    if name != (TOPICS.get(topic) or topic.partition("/")[0]):
        raise NotAnEvent(topic, "its type is another")
    if name == REDACTED:
        _check_redaction(topic, fields)
    else:
        _event(topic, name, fields)
    return fields


def kept_event(topic: str, stored: bytes) -> Event:
    """A stored event that is no redaction, as it was recorded. Raises NotAnEvent or UnknownForm, as ``kept_fields``."""
    fields = stored_fields(topic, stored)
    name = TOPICS.get(topic) or topic.partition("/")[0]
    if fields.get("type") != name or name not in TYPES:
        raise NotAnEvent(topic, "its type is another")
    return _event(topic, name, fields)


def _event(topic: str, name: str, fields: dict[str, Any]) -> Event:
    try:
        event = msgspec.convert(fields, type=TYPES[name])
        event.check()
    except (msgspec.ValidationError, Refused) as error:
        raise NotAnEvent(topic, str(error)) from None
    if "target" in fields:
        _check_about(topic, fields)
    return event


def _check_about(topic: str, fields: dict[str, Any]) -> None:
    if not _ID.fullmatch(fields["target"]):
        raise NotAnEvent(topic, "its target is no id")
    for field, value in fields.get("changes", {}).items():
        if not _may_become(field, value):
            raise NotAnEvent(topic, CANNOT_HOLD)


def cannot_lack(kind: str, changes: Mapping[str, Any]) -> bool:
    """Whether changes would remove a field that an event of a type must have. Asked where the target is known."""
    removed = {field for field, value in changes.items() if value is None}
    return not removed.isdisjoint(_required(kind)) if removed and kind in TYPES else False


@cache
def _required(kind: str) -> frozenset[str]:
    return frozenset(each.encode_name for each in msgspec.structs.fields(TYPES[kind]) if each.required)


def _check_redaction(topic: str, fields: dict[str, Any]) -> None:
    target, reason = fields.get("target"), fields.get("reason")
    if not (isinstance(target, str) and _ID.fullmatch(target) and isinstance(reason, str)):
        raise NotAnEvent(topic, "it names no event, or no reason")


def _may_become(field: str, value: Any) -> bool:
    """Whether a correction can give a field of some type this value; None removes it."""
    for kind, required in _kinds_of(field):
        if value is None:
            if not required:
                return True
            continue
        try:
            msgspec.convert(value, type=kind)
        except msgspec.ValidationError:
            continue
        return True
    return False


@cache
def _kinds_of(field: str) -> list[tuple[Any, bool]]:
    """What a field of this name may hold, and whether it has to be there, in each type that has one."""
    found = (each for kind in CLASSES for each in msgspec.structs.fields(kind) if each.encode_name == field)
    return [(each.type, each.required) for each in found]
