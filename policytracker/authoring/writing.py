"""The events of a ledger as a report file: an import of it records the same events, with the same ids, in their order.

The libraries that write TOML write one array of tables after the other, and so could not keep the order of events with
a report and events without. Nor do they write a part of an event, such as a quantity, in one line.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from policytracker.authoring.events import CHANGES, OF_EVENTS, WITHOUT
from policytracker.events.dates import moment, moment_text
from policytracker.status.entries import Fields

NOT_WRITTEN = ("id", "recorded")
DATES = ("published", "effective", "until", "launched")
LONGEST = 100
"""Characters of a list in one line."""
_BARE = re.compile("[A-Za-z0-9_-]+")
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile("([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2})(:[0-9]{2})?Z")


def report_file(events: Iterable[Fields]) -> Iterator[str]:
    """The lines of a report file that says these events, given in the interchange format.

    Events with the same report that follow each other share a block. A quote or a summary that is not that of all of
    them stands with each event.
    """
    for shared, found in groupby(events, _shared):
        group = [{name: value for name, value in event.items() if name not in NOT_WRITTEN} for event in found]
        if shared is None:
            for event in group:
                yield from block("[[event]]", event)
        else:
            yield from _report(group)


def _shared(event: Fields) -> dict[str, Any] | None:
    """What events of one block have the same: their report, but for what each may say for itself."""
    report = event.get("report")
    return None if report is None else {name: value for name, value in report.items() if name not in OF_EVENTS}


def _report(events: list[dict[str, Any]]) -> Iterator[str]:
    reports = [event["report"] for event in events]
    first = reports[0]
    common = [name for name in OF_EVENTS if all(report.get(name) == first.get(name) for report in reports)]
    said = {name: value for name, value in first.items() if name not in OF_EVENTS or name in common}
    yield from block("[[report]]", said, "report")
    for event in events:
        own = {name: value for name, value in event["report"].items() if name in OF_EVENTS and name not in common}
        fields = {name: value for name, value in event.items() if name != "report"}
        yield from block("[[report.event]]", {**fields, **own})


def block(header: str, fields: Mapping[str, Any], part: str = "") -> Iterator[str]:
    """The lines of one block with these fields; ``part`` is the field of an event that the block is: ``report``."""
    yield header
    for name, value in _without_nulls(fields).items():
        yield f"{_key(name)} = {_long_list(value) or _value(value, name, part)}"
    yield ""


def _without_nulls(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that TOML can hold, with the names of those that are null."""
    found = {name: value for name, value in fields.items() if value is not None}
    changes = found.get(CHANGES, {})
    gone = [name for name, value in {**fields, **changes}.items() if value is None]
    if changes:
        found[CHANGES] = {name: value for name, value in changes.items() if value is not None}
    if not found.get(CHANGES, True):
        del found[CHANGES]
    return {**found, **({WITHOUT: gone} if gone else {})}


def _long_list(value: Any) -> str:
    """A list of one item a line where it is long; "" for another value."""
    if not isinstance(value, list) or len(_value(value)) <= LONGEST:
        return ""
    return "\n".join(["[", *(f"  {_value(item)}," for item in value), "]"])


def _value(value: Any, name: str = "", part: str = "") -> str:
    """A value in one line; ``part`` is the field in which the field ``name`` stands."""
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(key)} = {_value(item, key, name)}" for key, item in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list):
        return f"[{', '.join(_value(item) for item in value)}]"
    return _text(value, name, part) if isinstance(value, str) else json.dumps(value)


def _text(text: str, name: str, part: str) -> str:
    """A text in quotation marks; a date without, and an instant that reads back the same."""
    if name in DATES and _DAY.fullmatch(text):
        return text
    instant = _INSTANT.fullmatch(text) if (part, name) == ("report", "published") else None
    if instant is not None and moment_text(moment(text)) == text:
        return f"{instant[1]}{instant[2] or ':00'}Z"
    return _quoted(text)


def _quoted(text: str) -> str:
    # The escapes of JSON are among those of TOML; what no reader sees is escaped too.
    written = json.dumps(text, ensure_ascii=False)
    return written if written.isprintable() else "".join(map(_escaped, written))


def _escaped(character: str) -> str:
    if character.isprintable():
        return character
    return f"\\u{ord(character):04x}" if ord(character) < 0x10000 else f"\\U{ord(character):08x}"


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _quoted(name)
