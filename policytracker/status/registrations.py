"""What registrations are of, and which of each subject there are (semantics.md §2)."""

from collections.abc import Iterable

from policytracker.events.dates import BEFORE_ALL_DAYS
from policytracker.events.registrations import counting as counting
from policytracker.events.registrations import counts_from as counts_from
from policytracker.status.entries import Fields

REGISTRY_TYPES = {
    "authority-registered": "authority",
    "company-registered": "company",
    "chip-registered": "chip",
    "group-defined": "group",
}
SINCE_EVER = BEFORE_ALL_DAYS
"""A day before all days: from it a registration counts that has no ``effective``."""
Subject = tuple[str, str]
"""A name space and an id; groups of companies share a name space with companies, those of chips with chips."""


def subject_of(registration: Fields) -> Subject:
    """Who or what is registered."""
    kind = REGISTRY_TYPES[registration["type"]]
    return registration["kind"] if kind == "group" else kind, registration[kind]


def by_subject(registrations: Iterable[Fields]) -> dict[Subject, list[Fields]]:
    """Registrations, given in ledger order, by what they are of."""
    found: dict[Subject, list[Fields]] = {}
    for each in registrations:
        found.setdefault(subject_of(each), []).append(each)
    return found
