"""Two values of one field: the event's own, and those that other reports give instead (semantics.md §8)."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from policytracker.events.dates import moment
from policytracker.status.entries import Fields
from policytracker.status.knowledge import Standing


class OtherValue(NamedTuple):
    """A value that a corroborating report gives for a field of an event, instead of the event's own."""

    field: str
    value: Any
    event: Standing
    """The corroboration."""
    reports: tuple[Fields, ...]
    """The reports that give it, by their moments."""


def other_values(event: Standing, field: str | None = None) -> Iterator[OtherValue]:
    """What known corroborations of an event say differently, in ledger order: of one field, or of all.

    A corroboration that counts possibly and is certainly disputed says nothing (§3).
    """
    for about in _corroborations(event):
        instead: Fields = about.fields.get("instead") or {}
        for name, value in instead.items():
            if field in (None, name) and value is not None:
                yield OtherValue(name, value, about, giving(about, "instead"))


def giving(event: Standing, field: str) -> tuple[Fields, ...]:
    """The known reports that give the value which an event has for a field, and no others; by their moments.

    They are the event's own and those that corroborate it, but for those that give another value. A correction that has
    a report gives the value by that report: the earlier ones gave another. One without a report mends how the ledger
    put them, so that they give what it says now.
    """
    found = _own(event)
    for about in event.about:
        if about.type == "corrected" and about.certain and field in about.fields["changes"] and about.reports:
            found = list(about.reports)
        elif about.type == "corroborated" and not about.disputed and not _differs(about, field):
            found += _own(about)
    return tuple(sorted(found, key=lambda report: moment(report["published"])))


def corrections_giving(event: Standing, fields: Iterable[str]) -> list[Standing]:
    """The corrections by whose reports an event has its values for some fields, in ledger order.

    A correction without a report mends how the ledger put the reports that were there, and gives nothing of its own.
    """
    last: dict[str, Standing] = {}
    for correction in event.acting("corrected"):
        if correction.reports:
            last.update(dict.fromkeys(correction.fields["changes"], correction))
    found = [last[field] for field in fields if field in last]
    return sorted({each.entry.id: each for each in found}.values(), key=lambda each: each.entry.position)


def _corroborations(event: Standing) -> Iterator[Standing]:
    return (about for about in event.about if about.type == "corroborated" and not about.disputed)


def _differs(corroboration: Standing, field: str) -> bool:
    return (corroboration.fields.get("instead") or {}).get(field) is not None


def _own(event: Standing) -> list[Fields]:
    """The report of an event itself, where it is known: an event may be known by another's word alone."""
    own = event.fields.get("report")
    return [own] if own is not None and own in event.reports else []
