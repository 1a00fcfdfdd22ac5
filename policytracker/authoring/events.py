"""From a block of a report file to the line of an interchange file that says the same."""

import json
import re
from collections.abc import Callable
from typing import Any

from policytracker.authoring.blocks import Block
from policytracker.authoring.values import plain
from policytracker.events.catalogue import REGISTRY
from policytracker.events.reading import check_depth
from policytracker.events.refusals import NotJson, Refused, WrongKind
from policytracker.ledger.lines import Line
from policytracker.questions.drafts import resolved
from policytracker.questions.errors import AmbiguousName, QuestionError
from policytracker.questions.names import Names

OF_EVENTS = ("quote", "summary")
"""Fields of a report that an event may give for itself."""
WITHOUT, DRAFT, ACCEPTED, CHANGES = "without", "draft", "accepted", "changes"
"""TOML has no null: ``without`` lists the fields that are given as null."""
_ID = re.compile("(?:(?:under|owned):)?[a-z0-9.-]+")


class NotNamed(Refused):
    """A name that leads to no id, or to several."""

    def __init__(self, field: str, error: QuestionError) -> None:
        what, _, way_out = str(error).rpartition("; ")
        super().__init__(field, what, way_out)


class StillDraft(Refused):
    """An event that nobody has reviewed."""

    def __init__(self, called: str) -> None:
        way_out = "compare it with its report: `policytracker review` goes through drafts one by one"
        super().__init__(DRAFT, f"{called} is a draft that nobody has reviewed", way_out)


class ReportTwice(Refused):
    """A report of its own for an event in the block of a report."""

    def __init__(self) -> None:
        way_out = "leave it out, or move the event to [[event]] or to a [[report]] of its own"
        super().__init__("report", "this event has the report of its block", way_out)


def line_of(source: str, block: Block, names: Names) -> Line:
    """What a block says, as a line; ``names`` are those that lead to an id here."""
    if block.fault is not None:
        return Line(source, block.line, b"{}", block.name, (block.fault,))
    faults: list[Refused] = [*block.faults]
    try:
        check_depth(block.fields)
        check_depth(block.report or {})
    except NotJson:
        too_deep = WrongKind("", "nested too deeply", block.name, "write the fields of an event as they are documented")
        return Line(source, block.line, b"{}", block.name, (too_deep,))
    fields = _whole(block, faults.append)
    fields = _named(fields, names, faults.append)
    text = json.dumps(fields, ensure_ascii=False).encode()
    return Line(source, block.line, text, block.name, tuple(faults))


def _whole(block: Block, refuse: Callable[[Refused], None]) -> dict[str, Any]:
    """The event with its report and its nulls, dates as texts."""
    fields: dict[str, Any] = plain(block.fields, "", refuse)
    draft = fields.pop(DRAFT, False)
    if draft is True:
        refuse(StillDraft(str(fields.get("ref") or fields.get("type") or "this event")))
    elif draft is not False:
        refuse(WrongKind(DRAFT, "not true or false", draft, "write true, or leave it out"))
    if ACCEPTED in fields:
        _take_note(fields, fields.pop(ACCEPTED), refuse)
    if block.report is not None:
        if "report" in fields:
            refuse(ReportTwice())
        own = {field: fields.pop(field) for field in OF_EVENTS if field in fields}
        fields["report"] = {**plain(block.report, "report", refuse), **own}
    if WITHOUT in fields:
        _leave_out(fields, fields.pop(WITHOUT), refuse)
    return fields


def _take_note(fields: dict[str, Any], name: Any, refuse: Callable[[Refused], None]) -> None:
    """Note in the event itself who has accepted it as a draft: so it is sealed, whoever records it."""
    if not isinstance(name, str) or not name.strip():
        refuse(WrongKind(ACCEPTED, "no name", name, "name who has reviewed the draft, or leave it out"))
        return
    note = fields.get("note")
    fields["note"] = f"{note} {accepted_by(name)}" if isinstance(note, str) and note else accepted_by(name)


def accepted_by(name: str) -> str:
    """The note of who has accepted a draft."""
    return f"Accepted by {name.strip()}."


def _leave_out(fields: dict[str, Any], names: Any, refuse: Callable[[Refused], None]) -> None:
    """Give these fields as null: those of a registration, or those that a correction removes."""
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        refuse(WrongKind(WITHOUT, "no list of fields", names, 'write the names of fields: ["aliases"]'))
        return
    part: Any = fields
    if fields.get("type") == "corrected":
        part = fields.setdefault(CHANGES, {})
    elif fields.get("type") not in REGISTRY:
        way_out = f"leave out the fields, and `{WITHOUT}`"
        refuse(WrongKind(WITHOUT, "only a registration and a correction give fields as ended", names, way_out))
        return
    for name in names if isinstance(part, dict) else ():
        if name in part:
            refuse(WrongKind(WITHOUT, "a field that stands here too", name, "leave out one of the two"))
        else:
            part[name] = None


def _named(fields: dict[str, Any], names: Names, refuse: Callable[[Refused], None]) -> dict[str, Any]:
    """The event with ids in place of names, in what a correction changes too."""

    def unknown(field: str, text: str, error: QuestionError) -> None:
        # Of what could be an id, the ledger says itself that it is not registered: maybe a later event registers it.
        if isinstance(error, AmbiguousName) or not _ID.fullmatch(text):
            refuse(NotNamed(field, error))

    def unknown_in_changes(field: str, text: str, error: QuestionError) -> None:
        unknown(f"{CHANGES}.{field}", text, error)

    if not isinstance(fields.get("type"), str):
        return fields
    found = dict(resolved(names, fields, unknown))
    changes = found.get(CHANGES)
    if fields["type"] == "corrected" and isinstance(changes, dict):
        found[CHANGES] = dict(resolved(names, {k: v for k, v in changes.items() if k != "type"}, unknown_in_changes))
        found[CHANGES].update({"type": changes["type"]} if "type" in changes else {})
    return found
