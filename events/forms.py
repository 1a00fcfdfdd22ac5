"""The forms of an event: as people write it, as the ledger keeps it, and the id that follows from that.

The canonical form is compact JSON with sorted keys, absent fields dropped, text in NFC and the target
named by its id. The id is its SHA-256. A registration that takes another's place keeps the id of that
one as ``replaces``, so that going back to an earlier wording is an event of its own.
"""

import hashlib
import re
from typing import Any, Union

import msgspec

from policytracker.events.about import Corrected
from policytracker.events.catalogue import CLASSES, REDACTED, TOPICS, TYPES, name_of, topic_of, up_to_date
from policytracker.events.describe import fields
from policytracker.events.fields import Event
from policytracker.events.limits import LONGEST_TEXT
from policytracker.events.reading import check_depth, clean, read_object, without_nulls
from policytracker.events.refusals import (
    FieldMissing,
    FieldUnknown,
    LargeEvent,
    NotAnEvent,
    Refused,
    UnknownType,
    WrongKind,
    shown,
)
from policytracker.events.registry import ChipRegistered

IGNORED = ("id", "recorded")
LARGEST_EVENT = 300_000
"""Bytes of the canonical form. An export writes each in three at the most, so that it can be imported again."""
_ENCODER = msgspec.json.Encoder(order="sorted")
_DECODER: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Union[CLASSES])  # noqa: UP007 - made at run time
_FRACTIONS = (ChipRegistered, Corrected)
_TOPICS = {kind: topic_of(name_of(kind)) for kind in CLASSES}
_MISSING = re.compile(r"Object missing required field `(\w+)`(?: - at `\$\.?(.*)`)?")
_UNKNOWN = re.compile(r"Object contains unknown field `(.*?)`(?: - at `\$\.?(.*)`)?", re.DOTALL)
_AT = re.compile(r"(.*?)(?: - at `(key in )?\$\.?(.*)`)?", re.DOTALL)


def read_line(line: bytes) -> Event:
    """Decode one line of an interchange file. Raises a Refused that names field, value and way out."""
    return read_both(line)[0]


def read_both(line: bytes) -> tuple[Event, bytes]:
    """An event with its canonical form, in which its target is named as in the line. Raises as ``read_line``."""
    found = _read_plain_line(line)
    if found is not None:
        found[0].check()
        return found
    event = _event(read_object(line))
    return event, _sized(event)


def _read_plain_line(line: bytes) -> tuple[Event, bytes] | None:
    """Decode a line in which nothing needs a closer look; None when something does.

    An ASCII line without escapes holds no text to normalise. When it has as many quotation marks as the
    canonical form, it names no key twice, and nothing that the canonical form drops or respells. The types
    that hold fractions are left to the strict reading, which spells whole numbers one way.
    """
    if not line.isascii() or b"\\" in line or b"\x7f" in line or len(line) > LONGEST_TEXT:
        return None
    try:
        event = _DECODER.decode(line)
    except (msgspec.DecodeError, RecursionError):
        return None
    if type(event) in _FRACTIONS:
        return None
    form = _ENCODER.encode(event)
    return (event, form) if form.count(b'"') == line.count(b'"') else None


def read_fields(fields: dict[str, Any]) -> Event:
    """Make an event of plain values, as decoded from a line. Raises Refused."""
    return _event({key: clean(item, key) for key, item in fields.items()})


def read_values(values: dict[str, Any]) -> Event:
    """Make an event of plain values that no line held, such as those of options, and hold it to what a line may hold.

    Raises Refused.
    """
    check_depth(values)
    event = read_fields(values)
    _sized(event)
    return event


def canonical(event: Event, replaces: str | None = None) -> bytes:
    """The bytes that the ledger keeps of an event whose target is an id."""
    if replaces is None:
        return _ENCODER.encode(event)
    return _ENCODER.encode({**msgspec.to_builtins(event), "replaces": replaces})


def redaction(target: str, reason: str) -> bytes:
    """The bytes that the ledger keeps of a redaction: which event's content was removed, and why."""
    return _ENCODER.encode({"reason": reason, "target": target, "type": REDACTED})


def id_of(stored: bytes) -> str:
    """The id of an event: SHA-256 of its canonical form, 64 hexadecimal digits."""
    return hashlib.sha256(stored).hexdigest()


def topic(event: Event) -> str:
    """The stored name and form of an event."""
    return _TOPICS[type(event)]


def stored_fields(topic: str, stored: bytes) -> dict[str, Any]:
    """The fields of a stored event in today's form, ``replaces`` left out. Raises UnknownForm or NotAnEvent."""
    try:
        body = msgspec.json.decode(stored)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise NotAnEvent(topic, str(error)) from None
    if not isinstance(body, dict):
        raise NotAnEvent(topic, f"it is {shown(body)}")
    fields: dict[str, Any] = body if topic in TOPICS else up_to_date(topic, body)
    fields.pop("replaces", None)
    return fields


def plain(event: Event) -> dict[str, Any]:
    """An event as plain values, in the interchange format."""
    body: dict[str, Any] = msgspec.to_builtins(event)
    return body


def _sized(event: Event) -> bytes:
    """The canonical form of an event. Raises LargeEvent."""
    form = canonical(event)
    if len(form) > LARGEST_EVENT:
        raise LargeEvent(len(form), LARGEST_EVENT)
    return form


def _event(body: dict[str, Any]) -> Event:
    name = body.get("type")
    if name is None:
        raise FieldMissing("type", "event")
    kind = TYPES.get(name) if isinstance(name, str) else None
    if kind is None:
        raise UnknownType(name, TYPES)
    for ignored in IGNORED:
        body.pop(ignored, None)
    body = without_nulls(body)
    try:
        event = msgspec.convert(body, type=kind)
    except msgspec.ValidationError as error:
        raise _said(str(error), kind, body) from None
    event.check()
    return event


def _said(message: str, kind: type[Event], body: dict[str, Any]) -> Refused:
    """The library's message in our words."""
    if found := _MISSING.fullmatch(message):
        return FieldMissing(_join(found[2], found[1]), name_of(kind))
    if found := _UNKNOWN.fullmatch(message):
        known = fields(kind) if not found[2] else ()
        return FieldUnknown(_join(found[2], found[1]), name_of(kind), known or ["the fields that its schema lists"])
    found = _AT.fullmatch(message)
    path = found[3] if found else ""
    field = fields(kind).get(re.split(r"[.\[]", path or "")[0])
    way_out = f"see `policytracker schema {name_of(kind)}`"
    if field is not None and path == field.name and (field.choices or field.description):
        way_out = f"use one of: {', '.join(field.choices)}" if field.choices else f"give {field.description}"
    why = (found[1] if found else message).replace("`", "").replace("Expected", "expected")
    why = "no word for it" if why.startswith("Invalid enum value") else why
    return WrongKind(path or "type", why, _value_at(body, path or ""), way_out)


def _join(path: str | None, field: str) -> str:
    return f"{path}.{field}" if path else field


def _value_at(body: Any, path: str) -> Any:
    for step in path.split("."):
        name = step.split("[")[0]
        body = body.get(name) if isinstance(body, dict) and name in body else body
    return body
