"""Make a ledger on which the net fails as small as it gets while it still fails at the same door."""

from collections import Counter
from collections.abc import Sequence

from tests.agreement.asking import Some, ask
from tests.agreement.differences import Disagreement
from tests.agreement.grown import Event

Imports = Sequence[Sequence[Event]]


TRIES = 8
"""With another event less the same seed leads to other points, so a few are tried."""


def failing(imports: Imports, seed: int, some: Some) -> str | None:
    """What fails on a ledger, as ``name_of`` says; None: nothing does."""
    try:
        ask(imports, seed, some, Counter())
    except Exception as error:
        return name_of(error)
    return None


def name_of(error: Exception) -> str:
    """By what two failures are taken to be the same: the door that told something wrong, else the kind of error."""
    return error.door if isinstance(error, Disagreement) else type(error).__name__


def fails(imports: Imports, seed: int, some: Some, name: str) -> bool:
    """Whether this fails on a ledger, at the points of one of a few seeds."""
    return any(failing(imports, other, some) == name for other in range(seed, seed + TRIES))


def shrunk(imports: Imports, seed: int, some: Some, name: str) -> list[list[Event]]:
    """The imports without events that the failure does not need, taken out one by one, the last first."""
    smaller = [list(events) for events in imports]
    for event in [event for events in reversed(smaller) for event in reversed(events)]:
        less = [[other for other in events if other is not event] for events in smaller]
        if fails([events for events in less if events], seed, some, name):
            smaller = [events for events in less if events]
    return smaller
