"""What a ledger holds of the registrations of one subject."""

from typing import Any

from policytracker.ledger.past import Past
from policytracker.ledger.store import Store


def registrations_of(store: Store, space: str, name: str) -> list[dict[str, Any]]:
    """The fields of all registrations of a subject, in ledger order, but for those whose content was removed."""
    with store.trying() as writer:
        return [kept.fields for kept in Past(writer, frozenset()).registrations(space, name)]
