"""What later claims have decided at a gate (``prevails.Later``), in the bits of one number, and the walk over them.

A layer is the set of states that some choice of the possible claims leads to, in order (semantics.md §7).
"""

import numpy as np
from numpy.typing import NDArray

from policytracker.columns.compiled import bare, compiled
from policytracker.columns.kinds import IS_POSSIBLE, IS_STOP, OPENINGS, PLACE, RANKS, STOPS
from policytracker.status.prevails import EVERY_PLACE
from policytracker.status.words import ANY, CLEARED, PENDING, PROHIBITED

Small = NDArray[np.int32]
PLACES = 12
"""So many places there are: bits of a mask."""
STOP, OPENING = 2 * PLACES, 2 * PLACES + 2
"""From these bits on the rank of the lowest stop left, plus one, and that of the highest opening left."""
SETTLED = (1 << STOP) - 1
"""These bits tell that every earlier claim is struck."""
START = 0
"""The state before which no claim holds."""


@bare
def before(state: int, kind: Small, exact: bool) -> int:
    """The state before a claim of a kind that holds (``Later.before``); ``kind`` is its row of ``kinds.KINDS``.

    Unless it is to be exact, what can change the status no more is made alike, so that there are fewer states: where a
    stop is left openings are not asked for; nothing lies below ``prohibited``, and above ``cleared``.
    """
    openings, stops = state & EVERY_PLACE, state >> PLACES & EVERY_PLACE
    stop, opening = state >> STOP & 3, state >> OPENING
    rank = kind[RANKS]
    if kind[IS_STOP]:
        if not stops & kind[PLACE]:
            stop = min(stop, rank + 1) if stop else rank + 1
    elif not openings & kind[PLACE]:
        opening = max(opening, rank)
    openings |= kind[OPENINGS]
    stops |= kind[STOPS]
    if stop:
        opening = 0
        if not exact or stop <= PENDING:
            openings = EVERY_PLACE
        if not exact and stop == PROHIBITED + 1:
            stops = EVERY_PLACE
    elif not exact and opening == CLEARED:
        openings = EVERY_PLACE
    return openings | stops << PLACES | stop << STOP | opening << OPENING


@bare
def leaves(state: int, kind: Small) -> bool:
    """Whether a claim that holds, earlier than all these, is left."""
    struck = state >> PLACES if kind[IS_STOP] else state
    return struck & kind[PLACE] == 0


@bare
def outcome(state: int) -> int:
    """The possible statuses, as bits, if no earlier claim holds (§6)."""
    if state >> STOP == 0:
        return ANY
    stop = state >> STOP & 3
    return 1 << stop - 1 if stop else 1 << (state >> OPENING)


@compiled
def step(states: Small, count: int, kind: Small, exact: bool, after: Small) -> int:
    """The states of a layer with one claim more, in order, each once; how many they are.

    ``after`` takes them: it has room for twice as many.
    """
    size = 0
    for place in range(count):
        after[size] = before(states[place], kind, exact)
        size += 1
        if kind[IS_POSSIBLE]:
            after[size] = states[place]
            size += 1
    if size == 1:
        return 1
    found = after[:size]
    found.sort()
    kept = 1
    for place in range(1, size):
        if after[place] != after[kept - 1]:
            after[kept] = after[place]
            kept += 1
    return kept


@bare
def is_settled(states: Small) -> bool:
    """Whether every earlier claim is struck, whatever was chosen."""
    for state in states:
        if state & SETTLED != SETTLED:
            return False
    return True
