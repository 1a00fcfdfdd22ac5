"""What of a claim that holds for a cell matters for what it does there, as one number (semantics.md §6).

A number says what the claim does, at which levels it matches, and whether it holds certainly.
"""

from itertools import product

import numpy as np
from numpy.typing import NDArray

from policytracker.status.claims import CLAIM_TYPES, REVIEWS, status_of
from policytracker.status.found import LIFTS_STOPS_ONLY, RANK, STOP, role
from policytracker.status.prevails import CHIP_LEVELS, COMPANY_LEVELS, COVERS, PLACES, Holding

DOES = sorted(
    {
        status_of(kind, review, conditions)
        for kind in CLAIM_TYPES
        for review in (REVIEWS if kind == "licence-required" else (None,))
        for conditions in (False, True)
    }
)
"""All that a claim may do: the rank of its status, whether it is a stop, whether it lifts stops alone."""
LEVELS = list(product(range(COMPANY_LEVELS), range(CHIP_LEVELS)))
TOP = len(LEVELS) - 1
"""The place that covers all others."""
DOUBT, LEVEL = 3, 4
"""The lowest bits of a number tell what a claim does; this one whether it holds only possibly; those from here on its
place. What is often asked together lies together so."""
PLACE, OPENINGS, STOPS, RANKS, IS_STOP, IS_POSSIBLE = range(6)
"""The columns of ``KINDS``: the place of a claim, those of the openings and of the stops that it strikes, the rank of
its status, and two flags."""
BY_ROLE = np.full((RANK | STOP | LIFTS_STOPS_ONLY) + 1, -1, np.int32)
"""For each role, without what is said beyond these bits, the place among ``DOES``."""
for _place, _does in enumerate(DOES):
    BY_ROLE[role(*_does, certain=False, has_conditions=False)] = _place


def holding(kind: int) -> Holding:
    """A claim of this kind, without a place in the order and a name."""
    levels, does = LEVELS[kind >> LEVEL], DOES[kind & (1 << DOUBT) - 1]
    return Holding((0, 0, 0), "", *does, PLACES[levels], COVERS[levels], not kind >> DOUBT & 1)


def _row(claim: Holding) -> tuple[int, ...]:
    return claim.place, claim.openings_struck, claim.stops_struck, claim.rank, claim.is_stop, not claim.certain


KINDS: NDArray[np.int32] = np.zeros((len(LEVELS) << LEVEL, 6), np.int32)
"""What each kind comes to."""
for _kind in range(len(KINDS)):
    if _kind & (1 << DOUBT) - 1 < len(DOES):
        KINDS[_kind] = _row(holding(_kind))
