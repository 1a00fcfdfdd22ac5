"""Make a ledger on which the net fails as small as it gets while it still fails at the same door."""

from collections import Counter
from collections.abc import Sequence

from tests.agreement.asking import Some, ask
from tests.agreement.differences import Disagreement
from tests.agreement.grown import Event

Imports = Sequence[Sequence[Event]]


TRIES = 8
"""With another event less the same seed leads to other points, so a few are tried."""


def failure(imports: Imports, seed: int, some: Some) -> Disagreement | None:
    """What fails on a ledger; None: nothing does."""
    try:
        ask(imports, seed, some, Counter())
    except Disagreement as found:
        return found
    return None


def fails(imports: Imports, seed: int, some: Some, door: str) -> bool:
    """Whether a door fails on a ledger, at the points of one of a few seeds."""
    found = (failure(imports, other, some) for other in range(seed, seed + TRIES))
    return any(each is not None and each.door == door for each in found)


def shrunk(imports: Imports, seed: int, some: Some, door: str) -> list[list[Event]]:
    """The imports without events that the failure does not need, taken out one by one, the last first."""
    smaller = [list(events) for events in imports]
    for event in [event for events in reversed(smaller) for event in reversed(events)]:
        less = [[other for other in events if other is not event] for events in smaller]
        if fails([events for events in less if events], seed, some, door):
            smaller = [events for events in less if events]
    return smaller
