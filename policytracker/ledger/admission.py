"""May it happen? The only place that refuses a well-formed event (interchange.md, "What is refused")."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import msgspec

from policytracker.events.about import About, Corrected
from policytracker.events.catalogue import name_of
from policytracker.events.dates import first_day
from policytracker.events.developments import DevelopmentReported
from policytracker.events.diagnosis import top
from policytracker.events.fields import Event
from policytracker.events.forms import canonical, id_of, plain, topic
from policytracker.events.refusals import Refused, Rest, together
from policytracker.events.registrations import counts_from
from policytracker.events.registry import Registration
from policytracker.events.scopes import Named
from policytracker.ledger import about, registrations
from policytracker.ledger.about import Target
from policytracker.ledger.clock import Today
from policytracker.ledger.kept import GONE, Kept
from policytracker.ledger.past import Past, claim_stream, registry_stream
from policytracker.ledger.refusals import (
    PLURAL,
    FromTheFuture,
    Gone,
    NotRegistered,
    RefTaken,
    UnknownTarget,
    WrongSubject,
)

_DEPENDENT = (About, Registration, DevelopmentReported)
"""What is kept of these depends on the event that they are about, or take the place of."""
_NOT_CORRECTED = ("corrected", "retracted")

Admitted = tuple[Kept, str]
"""An event as it will be kept, and its stream."""


class Draft(NamedTuple):
    """An event that may be appended or not, and how it would be kept, where that depends on no other event."""

    event: Event
    kept: Kept | None
    given: frozenset[str] = frozenset()
    """The fields of which its line says that there is nothing (``forms.Reading``)."""

    def names(self) -> tuple[str, ...]:
        """The refs and ids that will be asked for, to decide about it."""
        event = self.event
        named = () if event.ref is None else (event.ref,)
        if self.kept is not None:
            return (self.kept.id, *named)
        return (*_events_named(event), *named)


def draft(event: Event, form: bytes, given: frozenset[str] = frozenset()) -> Draft:
    """An event with its canonical form, before it is decided whether it may be appended."""
    return Draft(event, None if isinstance(event, _DEPENDENT) else Kept(id_of(form), topic(event), form), given)


def admit(draft: Draft, past: Past, today: Today) -> Admitted | None:
    """Decide whether an event may be appended today.

    Returns None for an event that is recorded already. Raises Refused, which names all its faults, or Damaged.
    """
    event = draft.event
    if isinstance(event, Registration):
        return _admit_registration(event, draft.given, past, today)
    if isinstance(event, About):
        return _admit_about(event, past, today)
    if isinstance(event, DevelopmentReported):
        event = _about_resolved(event, past, today)
    kept = draft.kept or _kept(event)
    if past.locate(kept.id) is not None:
        return None
    _refuse(_new_faults(event, past, today))
    return kept, claim_stream(kept.id)


def more_faults(rest: Rest, past: Past, today: Today) -> list[Refused]:
    """What the ledger finds wrong with a line that is no event, in the fields that are right by themselves."""
    event = rest.event
    found = [*_ref_faults(event, past), *_id_faults(event, past)]
    if "report" not in rest.faulty:
        found += _published_faults(event, today)
    if isinstance(event, Registration):
        if rest.faulty.isdisjoint((registrations.subject_field(event), "effective")):
            found += registrations.faults(event, rest.given | rest.faulty, past)
    elif isinstance(event, About) and "target" not in rest.faulty:
        try:
            found += about.may_target(*_aimed(event, past))
        except Refused as refused:
            found.append(refused)
    elif isinstance(event, DevelopmentReported):
        found += _about_faults(event, past)
    return [fault for fault in found if top(fault.field) not in rest.faulty]


def _refuse(faults: Iterable[Refused]) -> None:
    refused = together(faults)
    if refused is not None:
        raise refused


def _kept(event: Event) -> Kept:
    state = canonical(event)
    return Kept(id_of(state), topic(event), state)


def _new_faults(event: Event, past: Past, today: Today) -> Iterator[Refused]:
    """What may be wrong with any event that is not recorded already."""
    yield from _ref_faults(event, past)
    yield from _id_faults(event, past)
    yield from _published_faults(event, today)


def _admit_about(said: About, past: Past, today: Today) -> Admitted | None:
    try:
        event, target = _aimed(said, past)
    except Refused as refused:
        _refuse([refused, *_new_faults(said, past, today)])
        raise
    event = _changes_resolved(event, past)
    kept = _kept(event)
    if past.locate(kept.id) is not None:
        return None
    faults = about.faults(event, target, lambda changed: _changed_faults(event, changed, past, today))
    _refuse([*_new_faults(event, past, today), *faults])
    return kept, target.stream


def _admit_registration(event: Registration, given: frozenset[str], past: Past, today: Today) -> Admitted | None:
    space, name = event.subject()
    earlier = past.registrations(space, name)
    day = counts_from(plain(event))
    replaced = next((each for each in reversed(earlier) if counts_from(each.fields) == day), None)
    if replaced is not None and replaced.state == canonical(event, replaced.replaces):
        return None
    faults = [*registrations.faults(event, given, past)]
    if faults and any(each.state == canonical(event, each.replaces) for each in earlier):
        # The line was imported before, and another has taken its place since: it adds nothing, and undoes nothing.
        return None
    _refuse([*_new_faults(event, past, today), *faults])
    state = canonical(event, None if replaced is None else replaced.id)
    return Kept(id_of(state), topic(event), state), registry_stream(space, name)


def _ref_faults(event: Event, past: Past) -> Iterator[Refused]:
    place = None if event.ref is None else past.locate(event.ref)
    if event.ref is None or place is None:
        return
    kept = past.content(place)
    correctable = kept != GONE and kept.fields["type"] == name_of(type(event)) and not isinstance(event, Registration)
    if not correctable or kept.fields["type"] in _NOT_CORRECTED:
        yield RefTaken(event.ref)
        return
    now, then = msgspec.json.decode(canonical(event)), kept.fields
    fields = [field for field in {**then, **now} if field not in ("type", "ref", "target")]
    yield RefTaken(event.ref, {field: now.get(field) for field in fields if now.get(field) != then.get(field)})


def _id_faults(event: Event, past: Past) -> Iterator[Refused]:
    ids: Callable[[], tuple[Named, ...]] = getattr(event, "ids", tuple)
    checked, known = past.checked, past.known
    for space, field, name, single in ids():
        found = space, name, single
        if found not in checked and found not in known:
            fault = _named_fault(past, space, field, name, single)
            if fault is None:
                checked.add(found)
            else:
                yield fault


def _named_fault(past: Past, space: str, field: str, name: str, single: bool) -> Refused | None:
    found = past.registration(space, name)
    if found is None:
        return NotRegistered(field, space, name, past.nearest(space, name))
    if single and found.topic.startswith("group-defined/"):
        return WrongSubject(field, name, f"group of {PLURAL[space]}", space)
    return None


def _changed_faults(correction: About, event: Event, past: Past, today: Today) -> Iterator[Refused]:
    """An event as a correction makes it has to hold as a recorded one does."""
    yield from _id_faults(event, past)
    yield from _published_faults(event, today)
    if isinstance(event, DevelopmentReported) and isinstance(correction, Corrected) and "about" in correction.changes:
        yield from _about_faults(event, past)


def _published_faults(event: Event, today: Today) -> Iterator[Refused]:
    report = getattr(event, "report", None)
    if report is not None and first_day(report.published) > today.day + 1:
        yield FromTheFuture("report.published", report.published, today)


def _events_named(event: Event) -> tuple[str, ...]:
    """The events that an event names."""
    if isinstance(event, About):
        return (event.target,)
    return (event.about,) if isinstance(event, DevelopmentReported) and event.about is not None else ()


def _aimed(event: About, past: Past) -> tuple[About, Target]:
    """The event with its target's id in place of a ref, and the target. Raises UnknownTarget or Gone."""
    place = past.locate(event.target)
    if place is None:
        raise UnknownTarget(event.target)
    thread, kept = past.thread(place.stream), past.content(place)
    if GONE in (thread.first, kept):
        raise Gone(event.target)
    return msgspec.structs.replace(event, target=place.id), Target(kept, place.stream, thread)


def _about_resolved(event: DevelopmentReported, past: Past, today: Today) -> DevelopmentReported:
    """The development with the id of the event that it is about in place of a ref."""
    faults = list(_about_faults(event, past))
    if faults:
        _refuse([*_new_faults(event, past, today), *faults])
    place = None if event.about is None else past.locate(event.about)
    return event if place is None else msgspec.structs.replace(event, about=place.id)


def _about_faults(event: DevelopmentReported, past: Past) -> Iterator[Refused]:
    """A fault where the event that a development is about is not there, or its content was removed."""
    if event.about is None:
        return
    place = past.locate(event.about)
    if place is None:
        yield UnknownTarget(event.about, "about")
    elif past.content(place) == GONE:
        yield Gone(event.about, "about")


def _changes_resolved(event: About, past: Past) -> About:
    """A correction of what a development is about names that event by its id, too."""
    named = event.changes.get("about") if isinstance(event, Corrected) else None
    place = past.locate(named) if isinstance(named, str) else None
    if place is None or not isinstance(event, Corrected):
        return event
    return msgspec.structs.replace(event, changes={**event.changes, "about": place.id})
