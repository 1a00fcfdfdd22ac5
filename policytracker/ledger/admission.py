"""May it happen? The only place that refuses a well-formed event (interchange.md, "What is refused")."""

from collections.abc import Callable

import msgspec

from policytracker.events.about import About, RecipientsIdentified
from policytracker.events.catalogue import name_of
from policytracker.events.dates import first_day, iso
from policytracker.events.fields import Event
from policytracker.events.forms import canonical, id_of, topic
from policytracker.events.registry import CompanyRegistered, GroupDefined, Registration
from policytracker.events.scopes import Named
from policytracker.ledger.about import RULES, Target
from policytracker.ledger.errors import Damaged
from policytracker.ledger.past import GONE, Kept, Past, claim_stream, registry_stream
from policytracker.ledger.refusals import (
    CircularParents,
    FromTheFuture,
    Gone,
    IdTaken,
    NotRegistered,
    RefTaken,
    UnknownTarget,
    WrongSubject,
)

_PLURAL = {"company": "companies", "chip": "chips"}

Admitted = tuple[Kept, str]
"""An event as it will be kept, and its stream."""


def admit(event: Event, past: Past, today: int, later: Callable[[str], int | None]) -> Admitted | None:
    """Decide whether an event may be appended on the day ``today`` (an ordinal).

    ``later`` tells the line, further on in the same file, that defines a ref. Returns None for an event
    that is recorded already. Raises Refused.
    """
    if isinstance(event, Registration):
        return _admit_registration(event, past)
    if isinstance(event, About):
        event, target = _aimed(event, past, later)
        kept = _new(event, past, today)
        if kept is not None:
            RULES[type(event)](event, target, lambda changed: _check_changed(changed, past, today))
        return kept and (kept, target.stream)
    kept = _new(event, past, today)
    return kept and (kept, claim_stream(kept.id))


def _new(event: Event, past: Past, today: int) -> Kept | None:
    """The event as it will be kept, or None when it is recorded already."""
    state = canonical(event)
    kept = Kept(id_of(state), topic(event), state)
    if past.is_recorded(kept.id):
        return None
    _check_ref(event, past)
    _check_ids(event, past)
    _check_published(event, today)
    return kept


def _admit_registration(event: Registration, past: Past) -> Admitted | None:
    space, name = event.subject()
    current = past.registration(space, name)
    if current is not None and current.state == canonical(event, current.replaces):
        return None
    if current is not None:
        _check_same_kind(event, current)
    state = canonical(event, None if current is None else current.id)
    _check_ref(event, past)
    _check_registration(event, past)
    return Kept(id_of(state), topic(event), state), registry_stream(space, name)


def _check_same_kind(event: Registration, current: Kept) -> None:
    stored_type = current.fields["type"]
    if stored_type != name_of(type(event)):
        space, name = event.subject()
        is_a = f"group of {_PLURAL[space]}" if stored_type == "group-defined" else space
        raise IdTaken("group" if isinstance(event, GroupDefined) else space, name, is_a)


def _check_registration(event: Registration, past: Past) -> None:
    if isinstance(event, CompanyRegistered) and event.parent is not None:
        _check_named(past, "company", "parent", event.parent, single=True)
        line = [event.company, event.parent]
        while line[-1] != event.company and (above := _parent(past, line[-1])):
            line.append(above)
        if line[-1] == event.company:
            raise CircularParents(line)
    if isinstance(event, GroupDefined):
        for member in event.members:
            _check_named(past, event.kind, "members", member, single=True)


def _parent(past: Past, company: str) -> str | None:
    found = past.registration("company", company)
    parent: str | None = found.fields.get("parent") if found else None
    return parent


def _check_ref(event: Event, past: Past) -> None:
    if event.ref is not None and past.find(event.ref) is not None:
        raise RefTaken(event.ref)


def _check_ids(event: Event, past: Past) -> None:
    ids: Callable[[], tuple[Named, ...]] = getattr(event, "ids", tuple)
    identified = isinstance(event, RecipientsIdentified)
    for space, field, name in ids():
        single = identified or field.endswith(("named", "excluded"))
        if (space, name, single) not in past.checked:
            _check_named(past, space, field, name, single)
            past.checked.add((space, name, single))


def _check_named(past: Past, space: str, field: str, name: str, single: bool) -> None:
    found = past.registration(space, name)
    if found is None:
        raise NotRegistered(field, space, name)
    if single and found.topic.startswith("group-defined/"):
        raise WrongSubject(field, name, f"group of {_PLURAL[space]}", space)


def _check_changed(event: Event, past: Past, today: int) -> None:
    """An event as a correction makes it has to hold as a recorded one does."""
    _check_ids(event, past)
    _check_published(event, today)


def _check_published(event: Event, today: int) -> None:
    report = getattr(event, "report", None)
    if report is not None and first_day(report.published) > today + 1:
        raise FromTheFuture("report.published", report.published, iso(today))


def _aimed(event: About, past: Past, later: Callable[[str], int | None]) -> tuple[About, Target]:
    """The event with its target's id in place of a ref, and the target."""
    found = past.find(event.target)
    if found is None:
        line = later(event.target)
        if line is not None:
            raise UnknownTarget(event.target, f"is later in the file (line {line})", "move it before this line")
        way_out = "give a ref or a whole id; `policytracker log` lists both"
        raise UnknownTarget(event.target, "is no event recorded so far", way_out)
    stream = past.stream_of(found) or ""
    thread = past.thread(stream)
    if all(kept.id != found for kept in thread) or thread[0] is GONE:
        raise Gone(event.target) if GONE in thread else Damaged(found)
    return msgspec.structs.replace(event, target=found), Target(found, stream, thread)
