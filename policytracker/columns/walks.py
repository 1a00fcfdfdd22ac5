"""The walk over the claims of one gate, from the last to the first and back (semantics.md §7)."""

import numpy as np

from policytracker.columns.compiled import compiled
from policytracker.columns.kinds import IS_POSSIBLE, RANKS
from policytracker.columns.rows import Bytes, Small
from policytracker.columns.states import START, before, is_settled, leaves, outcome, step


@compiled
def possible_of(claims: Small, kinds: Small) -> int:
    """The possible statuses, as bits, given the kinds of the claims, the last first."""
    states = np.full(1, START, np.int32)
    for claim in claims:
        if is_settled(states):
            break
        after = np.empty(2 * len(states), np.int32)
        states = after[: step(states, len(states), kinds[claim], False, after)]
    return _any(states)


@compiled
def _any(states: Small) -> int:
    found = 0
    for state in states:
        found |= outcome(state)
    return found


@compiled
def stand(claims: Small, kinds: Small, standing: Bytes) -> int:
    """The same; and in ``standing`` for each claim whether it stands in some world."""
    states, ends = _layers(claims, kinds)
    last = len(ends) - 2
    futures = np.empty(len(states), np.uint8)
    for place in range(ends[last], ends[last + 1]):
        futures[place] = outcome(states[place])
    for layer in range(last - 1, -1, -1):
        kind = kinds[claims[layer]]
        here, after = slice(ends[layer], ends[layer + 1]), slice(ends[layer + 1], ends[layer + 2])
        standing[layer] = _back(states[here], futures[here], states[after], futures[after], kind)
    standing[last:] = 0
    return futures[0]


@compiled
def _layers(claims: Small, kinds: Small) -> tuple[Small, Small]:
    """The states of all layers, one after another, and where each layer begins, and the last one ends."""
    states = np.full(256, START, np.int32)
    ends = np.empty(len(claims) + 2, np.int32)
    ends[0], ends[1] = 0, 1
    layer = 0
    for claim in claims:
        first, last = ends[layer], ends[layer + 1]
        if is_settled(states[first:last]):
            break
        if last + 2 * (last - first) > len(states):
            states = np.concatenate((states, np.empty(2 * len(states), np.int32)))
        count = step(states[first:last], last - first, kinds[claim], True, states[last:])
        layer += 1
        ends[layer + 1] = last + count
    return states, ends[: layer + 2]


@compiled
def _back(states: Small, futures: Bytes, after: Small, told: Bytes, kind: Small) -> bool:
    """What the states before a claim come to, given those after it; whether the claim stands in some world."""
    stands = False
    for place in range(len(states)):
        state = states[place]
        found = told[np.searchsorted(after, before(state, kind, True))]
        if found >> kind[RANKS] & 1 and leaves(state, kind):
            stands = True
        if kind[IS_POSSIBLE]:
            found |= told[np.searchsorted(after, state)]
        futures[place] = found
    return stands
