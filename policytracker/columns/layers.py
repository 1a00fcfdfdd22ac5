"""The walk of ``status.worlds`` for very many cells at once: its layers are numbered, and their steps kept in a table.

A layer is the set of states that the possible worlds lead to. What can no longer matter is left out of a state, so that
the layers that occur are few. A step that is not in the table yet is made by ``status.prevails`` and written down.
"""

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from policytracker.columns.kinds import BITS, NOTHING, POSSIBLE, holding
from policytracker.status.prevails import EVERY_PLACE, Later
from policytracker.status.words import ANY, CLEARED, PROHIBITED

Numbers = NDArray[np.int64]
PLACES = 12
UNKNOWN = -1


class Layers:
    """The layers met so far: from each, by which kind of claim, to which."""

    def __init__(self) -> None:
        self._numbers: dict[frozenset[Later], int] = {}
        self._states: list[frozenset[Later]] = []
        self._kinds = np.full(1 << BITS, UNKNOWN, np.int64)
        self._kind_count = 0
        self._steps = np.full((256, 64), UNKNOWN, np.int64)
        self.outcomes = np.zeros(256, np.uint8)
        """For each layer the possible statuses, as bits, if no earlier claim holds."""
        self.matters = np.zeros(256, np.int64)
        """For each layer the places of earlier openings that may matter, as bits, and above them those of stops."""
        self.start = self._number(frozenset({Later()}))

    def __len__(self) -> int:
        return len(self._states)

    def after(self, layers: Numbers, kinds: Numbers) -> Numbers:
        """The layers that these lead to, each by a claim of this kind."""
        narrow = self._kinds.take(kinds)
        if narrow.size and narrow.min() < 0:
            self._learn_kinds(kinds)
            narrow = self._kinds.take(kinds)
        found: Numbers = self._steps.ravel().take(layers * self._steps.shape[1] + narrow)
        if found.size and found.min() < 0:
            self._learn_steps(layers[found < 0], kinds[found < 0])
            found = self._steps.ravel().take(layers * self._steps.shape[1] + narrow)
        return found

    def _learn_kinds(self, kinds: Numbers) -> None:
        for kind in np.unique(kinds[self._kinds.take(kinds) < 0]).tolist():
            self._kinds[kind] = self._kind_count
            self._kind_count += 1
        while self._kind_count > self._steps.shape[1]:
            self._steps = _doubled(self._steps, 1, UNKNOWN)

    def _learn_steps(self, layers: Numbers, kinds: Numbers) -> None:
        for pair in np.unique(layers << BITS | kinds).tolist():
            layer, kind = pair >> BITS, pair & (1 << BITS) - 1
            found = self._number(_after(self._states[layer], kind))
            self._steps[layer, self._kinds[kind]] = found

    def _number(self, states: frozenset[Later]) -> int:
        found = self._numbers.get(states)
        if found is None:
            found = self._numbers[states] = len(self._states)
            self._states.append(states)
            if found == len(self.outcomes):
                self.outcomes, self.matters = _doubled(self.outcomes, 0, 0), _doubled(self.matters, 0, 0)
                self._steps = _doubled(self._steps, 0, UNKNOWN)
            self.outcomes[found] = _union(states, _outcome)
            self.matters[found] = _union(states, _matters)
        return found


def _doubled(table: NDArray[np.generic], axis: int, fill: int) -> NDArray:
    return np.concatenate([table, np.full_like(table, fill)], axis)


def _after(states: frozenset[Later], kind: int) -> frozenset[Later]:
    if kind & NOTHING:
        return states
    claim = holding(kind)
    after = {bounded(state.before(claim)) for state in states}
    return frozenset(after | states if kind & POSSIBLE else after)


@cache
def bounded(state: Later) -> Later:
    """The state with all that cannot matter any more made alike: its earlier claims decide the same (§6)."""
    openings, stops, stop, opening = state
    if stop is not None:
        return Later(EVERY_PLACE, EVERY_PLACE if stop == PROHIBITED else stops, stop)
    return Later(EVERY_PLACE if opening == CLEARED else openings, stops, stop, opening)


def _union(states: frozenset[Later], bits: Callable[[Later], int]) -> int:
    union = 0
    for state in states:
        union |= bits(state)
    return union


def _outcome(state: Later) -> int:
    rank = state.status()
    return ANY if rank is None else 1 << rank


def _matters(state: Later) -> int:
    left = EVERY_PLACE & ~state.openings_struck, EVERY_PLACE & ~state.stops_struck
    return left[0] | left[1] << PLACES
