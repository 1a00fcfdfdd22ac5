"""From which day each registration counts, and which one of a subject counts on a day (semantics.md §2)."""

from collections.abc import Iterable, Mapping

from policytracker.events.dates import span
from policytracker.status.entries import Fields

REGISTRY_TYPES = {
    "authority-registered": "authority",
    "company-registered": "company",
    "chip-registered": "chip",
    "group-defined": "group",
}
SINCE_EVER = 0
"""A day before all days: from it a registration counts that has no ``effective``."""
Subject = tuple[str, str]
"""A name space and an id; groups of companies share a name space with companies, those of chips with chips."""


def subject_of(registration: Fields) -> Subject:
    """Who or what is registered."""
    kind = REGISTRY_TYPES[registration["type"]]
    return registration["kind"] if kind == "group" else kind, registration[kind]


def counts_from(registration: Fields) -> int:
    """The day (an ordinal) from which a registration counts: the last of its ``effective``, or SINCE_EVER."""
    effective = registration.get("effective")
    return span(effective).last if effective else SINCE_EVER


def by_day(registrations: Iterable[Fields]) -> dict[Subject, dict[int, Fields]]:
    """The registrations that count on some day, by their subjects and by the days from which they count.

    ``registrations`` are given in ledger order; of those of one subject and day the last counts.
    """
    found: dict[Subject, dict[int, Fields]] = {}
    for each in registrations:
        found.setdefault(subject_of(each), {})[counts_from(each)] = each
    return found


def counting(registrations: Mapping[int, Fields], day: int) -> Fields:
    """The registration of a subject that counts on a day; on days before the first of them, the first."""
    if len(registrations) == 1:
        return next(iter(registrations.values()))
    begun = [since for since in registrations if since <= day]
    return registrations[max(begun) if begun else min(registrations)]
