"""Why a registration may not be recorded (interchange.md, "Registry" and "What is refused")."""

from collections.abc import Callable, Iterator, Sequence

from policytracker.events.catalogue import name_of
from policytracker.events.forms import plain
from policytracker.events.refusals import Refused
from policytracker.events.registrations import Fields, counting, counts_from, left_out
from policytracker.events.registry import CompanyRegistered, GroupDefined, Registration
from policytracker.ledger.past import Past
from policytracker.ledger.refusals import PLURAL, CircularParents, FieldLost, IdTaken

Earlier = Callable[[str], Sequence[Fields]]
"""The registrations so far of a company."""


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
    for field, value in left_out(plain(event), earlier).items():
        if field not in given:
            yield FieldLost(field, value)
    if isinstance(event, CompanyRegistered) and event.parent is not None:
        line = _circle(event, earlier, lambda company: [each.fields for each in past.registrations("company", company)])
        if line:
            yield CircularParents(line)


def subject_field(event: Registration) -> str:
    """The field that has the id of what is registered."""
    return "group" if isinstance(event, GroupDefined) else event.subject()[0]


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
