"""The layers of walks (``states``), numbered: from each, by which kind of claim, to which; for very many cells.

A step that is not in the table yet is made and written down. The layers that occur are some thousands, but the same
ones again and again.
"""

from typing import NamedTuple

import numpy as np

from policytracker.columns.compiled import bare, compiled, inlined
from policytracker.columns.kinds import KINDS
from policytracker.columns.rows import Small
from policytracker.columns.states import OPENING, PLACES, SETTLED, START, STOP, outcome, step
from policytracker.status.prevails import EVERY_PLACE
from policytracker.status.words import CLEARED, PENDING

MOST = 1 << 18
"""So many layers are kept from one question to the next."""
FULL = -1
LAYERS, MEMBERS = 0, 1
NEWS = 8
UNTOLD = 0b11
"""Of these statuses openings say nothing."""


class Table(NamedTuple):
    """What compiled functions take of the layers."""

    steps: Small
    """From each layer, by each kind of claim, to which, plus one; 0 where that was not asked yet."""
    states: Small
    """The states of all layers, one layer after another;"""
    told: Small
    """and for each layer the columns below: what is looked at together lies together."""
    slots: Small
    """A table by which a layer is found: numbers of layers, plus one."""
    counts: Small
    """How many layers there are, and how many states in all of them."""
    kinds: Small
    """``kinds.KINDS``."""


FIRST, SIZE, OUTCOMES, EFFECTS, MATTERS = range(5)
"""The columns of a layer: where its states begin, and how many they are; the possible statuses, as bits, if no earlier
claim holds; what earlier claims may say to any effect (``says``), and from the bit NEWS on what of that adds a possible
status; the places of openings, as bits, and above them those of stops, that some state leaves."""


def table(size: int) -> Table:
    """A table with room for so many layers, that knows the first one: before all claims."""
    steps, states, told = (np.zeros(shape, np.int32) for shape in ((size, len(KINDS)), 8 * size, (size, MATTERS + 1)))
    made = Table(steps, states, told, np.zeros(4 * size, np.int32), np.zeros(2, np.int32), KINDS)
    number(made, np.array([START], np.int32))
    return made


def grown(layers: Table) -> Table:
    """The same with room for twice as many."""
    made = table(2 * len(layers.told))
    for first, size, *_ in layers.told[: layers.counts[LAYERS]]:
        number(made, layers.states[first : first + size])
    made.steps[: len(layers.steps)] = layers.steps
    return made


@inlined
def after(layers: Table, layer: int, kind: int) -> int:
    """The layer that one leads to by a claim; FULL where there is no room for it."""
    found = layers.steps[layer, kind]
    return found - 1 if found else learned(layers, layer, kind)


@compiled
def learned(layers: Table, layer: int, kind: int) -> int:
    """The same, worked out and written down."""
    first, size = layers.told[layer, FIRST], layers.told[layer, SIZE]
    states = np.empty(2 * size, np.int32)
    kept = step(layers.states[first : first + size], size, layers.kinds[kind], False, states)
    made = number(layers, states[:kept])
    layers.steps[layer, kind] = made + 1
    return made


@compiled
def number(layers: Table, states: Small) -> int:
    """The number of a layer, given its states in order; a new one is added. FULL where there is no room for it."""
    most = len(layers.slots) - 1
    at = _hash(states) & most
    while layers.slots[at]:
        layer = layers.slots[at] - 1
        if _are_same(layers.states[layers.told[layer, FIRST] :], layers.told[layer, SIZE], states):
            return layer
        at = at + 1 & most
    layer, first = layers.counts[0], layers.counts[1]
    if layer == len(layers.told) or first + len(states) > len(layers.states):
        return FULL
    layers.slots[at] = layer + 1
    layers.told[layer, FIRST], layers.told[layer, SIZE] = first, len(states)
    layers.states[first : first + len(states)] = states
    layers.counts[LAYERS], layers.counts[MEMBERS] = layer + 1, first + len(states)
    _describe(layers, layer, states)
    return layer


@compiled
def _hash(states: Small) -> int:
    found: int = np.int64(len(states))  # type: ignore[assignment]  # It is to overflow.
    for state in states:
        found = (found ^ state) * np.int64(0x100000001B3)
        found ^= found >> 29
    return found


@compiled
def _are_same(kept: Small, size: int, states: Small) -> bool:
    if size != len(states):
        return False
    for place in range(size):
        if kept[place] != states[place]:
            return False
    return True


@compiled
def _describe(layers: Table, layer: int, states: Small) -> None:
    possible = heeded = matters = 0
    for state in states:
        matters |= ~state & SETTLED
        possible |= outcome(state)
        heeded |= heeds(state)
    layers.told[layer, OUTCOMES], layers.told[layer, MATTERS] = possible, matters
    news = heeded & ~(possible & (1 << PENDING + 1) - 1 | (possible & ~UNTOLD) << 1)
    layers.told[layer, EFFECTS] = heeded | news << NEWS


@bare
def says(rank: int, is_stop: int) -> int:
    """A bit for what a claim says: three for stops, by their ranks, and above them four for openings."""
    return 1 << rank if is_stop else 1 << rank + 1


@compiled
def heeds(state: int) -> int:
    """What an earlier claim may say to any effect: a lower stop than the lowest, a higher opening than the highest.

    None where all such claims are struck.
    """
    found = 0
    stop, opening = state >> STOP & 3, state >> OPENING
    if state >> PLACES & EVERY_PLACE != EVERY_PLACE:
        found |= (1 << (stop - 1 if stop else PENDING + 1)) - 1
    if state & EVERY_PLACE != EVERY_PLACE:
        lowest = opening + 1 if opening else PENDING
        found |= (1 << CLEARED + 2) - (1 << lowest + 1)
    return found
