"""Which registration of a subject counts on a day (semantics.md §2), and what a new one leaves out (interchange.md).

Plain values in the interchange format, and nothing else: an export asks it too, and imports no decoder for that.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from policytracker.events.dates import BEFORE_ALL_DAYS, span

Fields = Mapping[str, Any]
OF_ONE_REGISTRATION = ("type", "ref", "note", "report", "effective", "id", "recorded")
"""Fields that tell of a registration itself, and not of its subject: the next one need not repeat them."""
_NOTHING: tuple[Any, ...] = (None, [], {}, False)


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


def left_out(registration: Fields, earlier: Sequence[Fields]) -> dict[str, Any]:
    """The fields that the registration of its day has and it has not, with their values.

    ``earlier`` are the registrations of its subject that come before it in the ledger, or in a file.

    >>> left_out({"company": "b"}, [{"company": "b", "parent": "a", "note": "sold"}])
    {'parent': 'a'}
    """
    before = counting(earlier, counts_from(registration)) if earlier else {}
    return {
        field: value
        for field, value in before.items()
        if field not in OF_ONE_REGISTRATION and value not in _NOTHING and registration.get(field) in _NOTHING
    }
