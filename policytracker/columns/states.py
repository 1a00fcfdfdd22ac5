"""What later claims have decided at a gate (``prevails.Later``), numbered, and where each kind of claim leads.

What can no longer matter is left out of a state, so that there are few: some thousands, whatever the ledger.
"""

import numpy as np
from numpy.typing import NDArray

from policytracker.columns.kinds import BITS, NOTHING, holding
from policytracker.columns.tables import grown
from policytracker.status.prevails import EVERY_PLACE, Later
from policytracker.status.words import ANY, CLEARED, PENDING, PROHIBITED

Numbers = NDArray[np.int32]
PLACES = 12
"""So many places there are: bits of a mask."""
UNKNOWN = -1


class States:
    """The states met so far."""

    def __init__(self) -> None:
        self._numbers: dict[Later, int] = {}
        self._states: list[Later] = []
        self._steps = np.full((256, 1 << BITS), UNKNOWN, np.int32)
        self.outcomes = np.zeros(256, np.uint8)
        """For each state the possible statuses, as bits, if no earlier claim holds."""
        self.matters = np.zeros(256, np.int32)
        """For each state the places of earlier openings that may matter, as bits, and above them those of stops."""
        self.heeds = np.zeros(256, np.int32)
        """For each state what earlier claims may say to any effect, as ``says`` has it."""
        self.start = self._number(Later())

    def after(self, states: Numbers, kinds: Numbers) -> Numbers:
        """The states before a claim of these kinds, each of which holds."""
        found = self._steps[states, kinds]
        missing = found < 0
        if missing.any():
            for state, kind in np.unique(np.stack([states[missing], kinds[missing]]), axis=1).T.tolist():
                after = self._after(state, kind)
                self._steps[state, kind] = after
            found = self._steps[states, kinds]
        return found

    def _after(self, state: int, kind: int) -> int:
        return state if kind & NOTHING else self._number(bounded(self._states[state].before(holding(kind))))

    def _number(self, state: Later) -> int:
        found = self._numbers.get(state)
        if found is None:
            found = self._numbers[state] = len(self._states)
            self._states.append(state)
            self._steps = grown(self._steps, found, UNKNOWN)
            self.outcomes, self.matters = grown(self.outcomes, found, 0), grown(self.matters, found, 0)
            self.heeds = grown(self.heeds, found, 0)
            self.outcomes[found], self.matters[found], self.heeds[found] = (
                _outcome(state),
                _matters(state),
                _heeds(state),
            )
        return found


def bounded(state: Later) -> Later:
    """The state with all that cannot matter any more made alike: earlier claims come to the same (§6).

    Where a stop is left, openings are not asked for; nothing lies below ``prohibited``, and above ``cleared``.
    """
    openings, stops, stop, opening = state
    if stop is not None:
        return Later(EVERY_PLACE, EVERY_PLACE if stop == PROHIBITED else stops, stop)
    return Later(EVERY_PLACE if opening == CLEARED else openings, stops, stop, opening)


def says(rank: int, is_stop: bool) -> int:
    """A bit for what a claim says: three for stops, by their ranks, and above them four for openings."""
    return 1 << rank if is_stop else 1 << rank + 1


def told(statuses: NDArray[np.uint8]) -> Numbers:
    """What says nothing new where these statuses, as bits, are possible anyway."""
    stops = statuses & (1 << PENDING + 1) - 1
    found: Numbers = stops.astype(np.int32) | (statuses & ~np.uint8(0b11)).astype(np.int32) << 1
    return found


def _heeds(state: Later) -> int:
    """Lower stops than the lowest, as long as it does not strike all; higher openings than the highest."""
    stops = range(PENDING + 1 if state.lowest_stop is None else state.lowest_stop)
    openings = range(PENDING if state.highest_opening is None else state.highest_opening + 1, CLEARED + 1)
    found = 0
    if state.stops_struck != EVERY_PLACE:
        found |= sum(says(rank, True) for rank in stops)
    if state.openings_struck != EVERY_PLACE:
        found |= sum(says(rank, False) for rank in openings)
    return found


def _outcome(state: Later) -> int:
    rank = state.status()
    return ANY if rank is None else 1 << rank


def _matters(state: Later) -> int:
    openings, stops = EVERY_PLACE & ~state.openings_struck, EVERY_PLACE & ~state.stops_struck
    return openings | stops << PLACES
