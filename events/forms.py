"""The forms of an event: as people write it, as the ledger keeps it, and the id that follows from that.

The canonical form is compact JSON with sorted keys, absent fields dropped, text in NFC and the target
named by its id. The id is its SHA-256. A registration that takes another's place keeps the id of that
one as ``replaces``, so that going back to an earlier wording is an event of its own.
"""

import hashlib
from collections.abc import Container, Iterator
from typing import Any, NamedTuple, NoReturn, Union

import msgspec

from policytracker.events.about import Corrected
from policytracker.events.catalogue import CLASSES, REDACTED, TOPICS, TYPES, name_of, topic_of, up_to_date
from policytracker.events.codes import CHIPS
from policytracker.events.dates import in_utc
from policytracker.events.diagnosis import faults_of, top
from policytracker.events.fields import Event
from policytracker.events.limits import LONGEST_TEXT
from policytracker.events.reading import DEEPEST, check_depth, cleaned, read_object, without_nulls
from policytracker.events.refusals import (
    FieldMissing,
    LargeEvent,
    NotAnEvent,
    Refused,
    Rest,
    UnknownType,
    shown,
    together,
)
from policytracker.events.registry import ChipRegistered, CompanyRegistered

IGNORED = ("id", "recorded")
_NOTHING = (None, (), False)
"""Values of a field that say what its absence says."""
LARGEST_EVENT = 300_000
"""Bytes of the canonical form. An export writes each in three at the most, so that it can be imported again."""
_LARGE = b"0" * 16
"""A number, or a part of an id, of as many digits as the least that is out of range, each written as a zero."""
_ZEROS = bytes.maketrans(b"123456789", b"0" * 9)
_ENCODER = msgspec.json.Encoder(order="sorted")
_DECODER: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Union[CLASSES])  # noqa: UP007 - made at run time
_FRACTIONS = (ChipRegistered, CompanyRegistered, Corrected)
_TOPICS = {kind: topic_of(name_of(kind)) for kind in CLASSES}


class Reading(NamedTuple):
    """What a line says."""

    event: Event
    form: bytes
    """The canonical form, in which the target is named as in the line."""
    given: frozenset[str] = frozenset()
    """Fields that the line names, and says of them only that there is nothing: ``null``, or what absence means too.

    A registration has to, where its subject had such a field before (interchange.md, "Registry").
    """


def read_line(line: bytes) -> Event:
    """Decode one line of an interchange file. Raises a Refused that names field, value and way out."""
    return read_both(line)[0]


def read_both(line: bytes) -> Reading:
    """An event with its canonical form. Raises as ``read_line``."""
    return _read_plain_line(line) or _read(read_object(line))


def _read_plain_line(line: bytes) -> Reading | None:
    """Decode a line in which nothing needs a closer look; None when something does.

    An ASCII line without escapes holds no text to normalise. When it has as many quotation marks as the
    canonical form, it names no key twice, and nothing that the canonical form drops or respells. The types
    that hold fractions are left to the strict reading, which spells whole numbers one way, and so are instants
    that are not in UTC, units, what may be too large or too deep, and lines with faults, of which all are told.
    """
    if b'"unit"' in line or not line.isascii() or b"\\" in line or b"\x7f" in line or len(line) > LONGEST_TEXT:
        return None
    if line.count(b"[") + line.count(b"{") > DEEPEST or _LARGE in line.translate(_ZEROS):
        return None
    try:
        event = _DECODER.decode(line)
    except (msgspec.DecodeError, RecursionError):
        return None
    if type(event) in _FRACTIONS or not _is_in_utc(event) or not _is_faultless(event):
        return None
    form = _ENCODER.encode(event)
    return Reading(event, form) if form.count(b'"') == line.count(b'"') else None


def read_fields(fields: dict[str, Any], new: Container[str] | None = None) -> Event:
    """Make an event of plain values, as decoded from a line.

    ``new`` are the fields of which more is asked than of stored ones; all, where it is None. Raises Refused.
    """
    body, faults = cleaned(fields)
    return _event(body, new) if not faults else _dirty(body, faults)


def read_values(values: dict[str, Any]) -> Reading:
    """Make an event of plain values that no line held, such as those of options, and hold it to what a line may hold.

    Raises Refused.
    """
    check_depth(values)
    return _read(values)


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


def _read(values: dict[str, Any]) -> Reading:
    try:
        event = read_fields(values)
    except Refused as refused:
        refused.rest = refused.rest and refused.rest._replace(given=frozenset(values))
        raise
    form = canonical(event)
    if len(form) > LARGEST_EVENT:
        raise LargeEvent(len(form), LARGEST_EVENT)
    said = {field for field in event.__struct_fields__ if getattr(event, field) not in _NOTHING}
    return Reading(event, form, frozenset(values) - said)


def _event(body: dict[str, Any], new: Container[str] | None = None) -> Event:
    kind = _kind_of(body)
    body = {name: item for name, item in body.items() if name not in IGNORED}
    body = _one_spelling(without_nulls(body))
    try:
        event = msgspec.convert(body, type=kind)
    except msgspec.ValidationError:
        raise _refused(kind, body, new) from None
    refused = together(_all_faults(event, new))
    if refused is not None:
        refused.rest = Rest(event, frozenset(top(fault.field) for fault in refused.each))
        raise refused
    return event


def _dirty(body: dict[str, Any], faults: list[Refused]) -> NoReturn:
    """Raise these faults of texts and numbers, and those of the other fields."""
    dirty = frozenset(top(fault.field) for fault in faults)
    rest: Rest | None
    try:
        rest = Rest(_event(body), dirty)
    except Refused as refused:
        faults = [*faults, *(fault for fault in refused.each if top(fault.field) not in dirty)]
        rest = refused.rest and Rest(refused.rest.event, refused.rest.faulty | dirty)
    found = together(faults)
    assert found is not None
    found.rest = rest
    raise found


def _kind_of(body: dict[str, Any]) -> type[Event]:
    name = body.get("type")
    if name is None:
        raise FieldMissing("type", "event")
    kind = TYPES.get(name) if isinstance(name, str) else None
    if kind is None:
        raise UnknownType(name, TYPES)
    return kind


def _refused(kind: type[Event], body: dict[str, Any], new: Container[str] | None) -> Refused:
    """All that is wrong with a line that the decoder does not take."""
    found, rest = faults_of(kind, body)
    found = [fault for fault in found if new is None or top(fault.field) in new]
    found += [fault for fault in _all_faults(rest.event, new) if top(fault.field) not in rest.faulty]
    refused = together(found)
    assert refused is not None, "the decoder refused what the diagnosis takes"
    refused.rest = rest
    return refused


def _is_faultless(event: Event) -> bool:
    return next(event.faults(), None) is None and next(event.new_faults(), None) is None


def _all_faults(event: Event, new: Container[str] | None = None) -> Iterator[Refused]:
    """What is wrong with an event whose fields are right one by one."""
    yield from event.faults()
    yield from (fault for fault in event.new_faults() if new is None or top(fault.field) in new)


def _is_in_utc(event: Event) -> bool:
    report = getattr(event, "report", None)
    return report is None or "T" not in report.published or in_utc(report.published) == report.published


def _one_spelling(body: dict[str, Any]) -> dict[str, Any]:
    """The same fields, where two spellings mean the same: instants in UTC (semantics.md §2), and no unit for chips."""
    found = dict(body)
    for field in ("report", "quantity", "instead", "changes"):
        part = found.get(field)
        if isinstance(part, dict):
            found[field] = _one_spelling(part)
    if isinstance(found.get("published"), str):
        found["published"] = in_utc(found["published"])
    if found.get("unit") == CHIPS:
        del found["unit"]
    return found
