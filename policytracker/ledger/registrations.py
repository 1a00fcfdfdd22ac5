"""Which registration of a subject counts on a day (semantics.md §2), and what a new one may not do (interchange.md)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from policytracker.events.catalogue import name_of
from policytracker.events.dates import BEFORE_ALL_DAYS, span
from policytracker.events.forms import plain
from policytracker.events.refusals import Refused
from policytracker.events.registry import CompanyRegistered, GroupDefined, Registration
from policytracker.ledger.past import Past
from policytracker.ledger.refusals import PLURAL, CircularParents, FieldLost, IdTaken

Fields = Mapping[str, Any]
_OF_ONE_REGISTRATION = ("type", "ref", "note", "report", "effective")
"""Fields that tell of a registration itself, and not of its subject: the next one need not repeat them."""
_NOTHING: tuple[Any, ...] = (None, [], {}, False)
Earlier = Callable[[str], Sequence[Fields]]
"""The registrations so far of a company."""


def counts_from(registration: Fields) -> int:
    """The day from which a registration counts for certain; one without ``effective`` counts since ever."""
    effective = registration.get("effective")
    return span(effective).last if effective else BEFORE_ALL_DAYS


def counting(registrations: Sequence[Fields], day: int) -> Fields:
    """The registration of a subject that counts on a day (semantics.md §2). There has to be one at least.

    It is the one that began last by then; where none has, the one that begins first. Of two that begin on one day the
    later in the ledger counts.
    """
    begun = [each for each in registrations if counts_from(each) <= day]
    chosen = max(map(counts_from, begun)) if begun else min(map(counts_from, registrations))
    return next(each for each in reversed(registrations) if counts_from(each) == chosen)


def faults(event: Registration, given: frozenset[str], past: Past) -> Iterator[Refused]:
    """Why a registration may not be recorded now.

    ``given`` are the fields of which its line says that there is nothing.
    """
    space, name = event.subject()
    newest = past.registration(space, name)
    if newest is not None and newest.fields["type"] != name_of(type(event)):
        is_a = f"group of {PLURAL[space]}" if newest.fields["type"] == "group-defined" else space
        yield IdTaken(subject_field(event), name, is_a)
        return
    earlier = [each.fields for each in past.registrations(space, name)]
    if earlier:
        yield from _lost(event, given, counting(earlier, counts_from(plain(event))))
    if isinstance(event, CompanyRegistered) and event.parent is not None:
        line = _circle(event, earlier, lambda company: [each.fields for each in past.registrations("company", company)])
        if line:
            yield CircularParents(line)


def subject_field(event: Registration) -> str:
    """The field that has the id of what is registered."""
    return "group" if isinstance(event, GroupDefined) else event.subject()[0]


def _lost(event: Registration, given: frozenset[str], before: Fields) -> Iterator[Refused]:
    """Fields that the registration of that day has, and the new one is silent about."""
    said = plain(event)
    for field, value in before.items():
        silent = said.get(field) in _NOTHING and field not in given
        if silent and value not in _NOTHING and field not in _OF_ONE_REGISTRATION:
            yield FieldLost(field, value)


def _circle(event: CompanyRegistered, earlier: Sequence[Fields], of: Earlier) -> list[str]:
    """A line of parents that comes back to its start on some day; [] where there is none.

    Only the new registration can close a circle, and only while it counts. Between two days on which a registration of
    a company in the line begins, the line stays as it is. So these days are looked at, as they are found.
    """
    new = plain(event)
    its = [*earlier, new]
    days, seen = [*map(counts_from, its)], set[int]()
    while days:
        day = days.pop()
        if day in seen or counting(its, day) is not new:
            continue
        seen.add(day)
        line = [event.company]
        above: str | None = event.parent
        while above is not None and above not in line:
            line.append(above)
            registrations = of(above)
            days += map(counts_from, registrations)
            above = counting(registrations, day).get("parent") if registrations else None
        if above == event.company:
            return [*line, above]
    return []
