"""May it happen? The only place that refuses a well-formed event (interchange.md, "What is refused")."""

from collections.abc import Callable
from typing import NamedTuple

import msgspec

from policytracker.events.about import About
from policytracker.events.catalogue import name_of
from policytracker.events.dates import first_day, iso
from policytracker.events.fields import Event
from policytracker.events.forms import canonical, id_of, topic
from policytracker.events.registry import CompanyRegistered, GroupDefined, Registration
from policytracker.events.scopes import Named
from policytracker.ledger.about import RULES, Target
from policytracker.ledger.kept import GONE, Kept
from policytracker.ledger.past import Past, claim_stream, registry_stream
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

_DEPENDENT = (About, Registration)
"""What is kept of these depends on the event that they are about, or take the place of."""

Admitted = tuple[Kept, str]
"""An event as it will be kept, and its stream."""


class Draft(NamedTuple):
    """An event that may be appended or not, and how it would be kept, where that depends on no other event."""

    event: Event
    kept: Kept | None

    def names(self) -> tuple[str, ...]:
        """The refs and ids that will be asked for, to decide about it."""
        ref = self.event.ref
        named = () if ref is None else (ref,)
        if self.kept is not None:
            return (self.kept.id, *named)
        return (self.event.target, *named) if isinstance(self.event, About) else named


def draft(event: Event, form: bytes) -> Draft:
    """An event with its canonical form, before it is decided whether it may be appended."""
    return Draft(event, None if isinstance(event, _DEPENDENT) else Kept(id_of(form), topic(event), form))


def admit(draft: Draft, past: Past, today: int) -> Admitted | None:
    """Decide whether an event may be appended on the day ``today`` (an ordinal).

    Returns None for an event that is recorded already. Raises Refused, or Damaged.
    """
    event, kept = draft
    if isinstance(event, Registration):
        return _admit_registration(event, past)
    if isinstance(event, About):
        return _admit_about(event, past, today)
    kept = kept or _kept(event)
    if past.locate(kept.id) is not None:
        return None
    _check_new(event, past, today)
    return kept, claim_stream(kept.id)


def _kept(event: Event) -> Kept:
    state = canonical(event)
    return Kept(id_of(state), topic(event), state)


def _check_new(event: Event, past: Past, today: int) -> None:
    _check_ref(event, past)
    _check_ids(event, past)
    _check_published(event, today)


def _admit_about(said: About, past: Past, today: int) -> Admitted | None:
    event, target = _aimed(said, past)
    kept = _kept(event)
    if past.locate(kept.id) is not None:
        return None
    _check_new(event, past, today)
    RULES[type(event)](event, target, lambda changed: _check_changed(changed, past, today))
    return kept, target.stream


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
    if event.ref is not None and past.locate(event.ref) is not None:
        raise RefTaken(event.ref)


def _check_ids(event: Event, past: Past) -> None:
    ids: Callable[[], tuple[Named, ...]] = getattr(event, "ids", tuple)
    checked, known = past.checked, past.known
    for space, field, name, single in ids():
        found = space, name, single
        if found not in checked and found not in known:
            _check_named(past, space, field, name, single)
            checked.add(found)


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


def _aimed(event: About, past: Past) -> tuple[About, Target]:
    """The event with its target's id in place of a ref, and the target."""
    place = past.locate(event.target)
    if place is None:
        raise UnknownTarget(event.target)
    thread, kept = past.thread(place.stream), past.content(place)
    if GONE in (thread.first, kept):
        raise Gone(event.target)
    return msgspec.structs.replace(event, target=place.id), Target(kept, place.stream, thread)
