"""Layers: the sets of states that some choice of the possible claims leads to, and the steps between them.

Layers are few whatever the number of claims, so each has a number, and the step from a layer by a claim of some kind
is worked out once and written down in tables (semantics.md §7; ``walk`` says what they are for).

The functions over the tables take flat sequences of numbers and make none, so that the same source runs as it stands,
over lists, or compiled by numba, over arrays (``index/compiled.py``).
"""

from collections.abc import MutableSequence, Sequence
from typing import NamedTuple

from policytracker.status.prevails import (
    ALL_KINDS,
    BEFORE_ALL,
    EVERY_PLACE,
    EVERY_RESTRICTION,
    HIGHEST,
    IS_POSSIBLE,
    KINDS,
    LOWEST,
    PLACES,
    WIDTH,
    before,
    outcome,
    permissions_of,
)
from policytracker.status.words import CLEARED, PENDING, PROHIBITED

Numbers = MutableSequence[int]
STEPS = 16
"""Room for so many steps a layer; most layers have few."""
BITS = 24
"""The number of a layer has at most so many bits."""
MULTIPLIER = 0x9E3779B1
FULL = -1
"""Instead of a layer: the tables have no room for it, and are to be moved to larger ones (``move``)."""
MOST_STATES = 9_800
"""No layer has more states: the two sets of places are nested and closed downwards, which leaves 490 pairs of sets,
each with or without all permissions overridden, and one of ten lowest restrictions or highest permissions."""


class Tables(NamedTuple):
    """The layers that are known, and the steps between them."""

    kinds: Sequence[int]
    """``prevails.KINDS``."""
    steps: Numbers
    """An open hash table of the steps that are known: for each its key (``_key``) and, in the lowest ``BITS``, the
    layer to which it leads. Numbers of 64 bits; all others fit in 32."""
    edges: Numbers
    """For each, where its moves begin in ``moves``."""
    moves: Numbers
    """For each state of the layer the place, among the states of the next, to which it leads if the claim holds, and
    if it does not."""
    layers: Numbers
    """For each layer ``LAYER`` numbers: see the columns below."""
    states: Numbers
    """The states of all layers, one layer after another, each layer in order."""
    slots: Numbers
    """An open hash table from states to the number of their layer, plus one."""
    counts: Numbers
    """How many layers, states and moves there are; whether states are kept exactly (``prevails.before``); and how many
    steps are known."""
    scratch: Numbers
    """Room to work out a step."""


FIRST, SIZE, OUTCOMES, OPEN_PERMISSIONS, OPEN_RESTRICTIONS, HEEDS, LAYER = range(7)
"""The columns of a layer: where its states begin and how many they are; the possible statuses, as bits, if no earlier
claim holds; the places of permissions, and those of restrictions, that some state leaves; and what earlier claims may
say to any effect (``says``), with, from the bit ``NEWS`` on, what of it would add a possible status."""
NEWS = 8


def tables(size: int, exact: bool, make: type[list[int]] = list) -> Tables:
    """Empty tables with room for so many layers, a power of two; the first layer, before all claims, is in them."""

    def room(length: int) -> Numbers:
        return make([0]) * length

    made = Tables(
        KINDS,
        room(STEPS * size),
        room(STEPS * size if exact else 1),
        room(64 * size if exact else 1),
        room(size * LAYER),
        room(8 * size + 2 * MOST_STATES),
        room(4 * size + 1),
        room(5),
        room(2 * MOST_STATES),
    )
    made.counts[3] = int(exact)
    made.states[0] = BEFORE_ALL
    number(made, 1)
    return made


def after(walk: Tables, layer: int, kind: int) -> int:
    """The layer to which a claim of a kind leads; FULL where there is no room for it."""
    found = walk.steps[slot_of(walk, layer, kind)]
    return found & (1 << BITS) - 1 if found else learn(walk, layer, kind)


def _key(layer: int, kind: int) -> int:
    """A step as a number that is not 0."""
    return layer * ALL_KINDS + kind + 1


def slot_of(walk: Tables, layer: int, kind: int) -> int:
    """Where a step is, or is to be, among those that are known."""
    return _slot_at(walk, _key(layer, kind))


def _slot_at(walk: Tables, key: int) -> int:
    """The same, given the key of the step."""
    last = len(walk.steps) - 1
    slot = key * MULTIPLIER >> 12 & last
    while walk.steps[slot] != 0 and walk.steps[slot] >> BITS != key:
        slot = slot + 1 & last
    return slot


def learn(walk: Tables, layer: int, kind: int) -> int:
    """The same, worked out and written down."""
    first, size, free = walk.layers[layer * LAYER + FIRST], walk.layers[layer * LAYER + SIZE], walk.counts[1]
    if free + 2 * size > len(walk.states) or 4 * walk.counts[4] > 3 * len(walk.steps):
        return FULL
    at, exact = kind * WIDTH, walk.counts[3] != 0
    count = 0
    for place in range(first, first + size):
        count = _insert(walk.states, free, count, before(walk.states[place], at, walk.kinds, exact))
        if walk.kinds[at + IS_POSSIBLE]:
            count = _insert(walk.states, free, count, walk.states[place])
    found = number(walk, count)
    if found == FULL:
        return FULL
    if exact and walk.counts[2] + 2 * size > len(walk.moves):
        return FULL
    slot = slot_of(walk, layer, kind)
    if exact:
        walk.edges[slot] = _write_moves(walk, layer, kind, found)
    walk.steps[slot] = _key(layer, kind) << BITS | found
    walk.counts[4] += 1
    return found


def _insert(states: Numbers, free: int, count: int, state: int) -> int:
    """Add a state to those that are kept in order from ``free`` on, unless it is there. How many there are then."""
    at = free + count
    while at > free and states[at - 1] > state:
        at -= 1
    if at > free and states[at - 1] == state:
        return count
    for place in range(free + count, at, -1):
        states[place] = states[place - 1]
    states[at] = state
    return count + 1


def _write_moves(walk: Tables, layer: int, kind: int, to: int) -> int:
    """Write down where each state of a layer leads; where that begins."""
    first, size, start = walk.layers[layer * LAYER + FIRST], walk.layers[layer * LAYER + SIZE], walk.counts[2]
    at = kind * WIDTH
    for place in range(size):
        state = walk.states[first + place]
        walk.moves[start + 2 * place] = _find(walk, to, before(state, at, walk.kinds, True))
        walk.moves[start + 2 * place + 1] = _find(walk, to, state) if walk.kinds[at + IS_POSSIBLE] else 0
    walk.counts[2] = start + 2 * size
    return start


def _find(walk: Tables, layer: int, state: int) -> int:
    """The place of a state among those of its layer."""
    first = walk.layers[layer * LAYER + FIRST]
    at = first
    while walk.states[at] != state:
        at += 1
    return at - first


def number(walk: Tables, size: int) -> int:
    """The number of the layer whose states lie behind all others'; a new one is added. FULL where it has no room."""
    free = walk.counts[1]
    slot = _first_slot(walk, free, size)
    while walk.slots[slot]:
        layer = walk.slots[slot] - 1
        if _is_same(walk, layer, free, size):
            return layer
        slot = (slot + 1) % len(walk.slots)
    layer = walk.counts[0]
    if (layer + 1) * LAYER > len(walk.layers):
        return FULL
    walk.slots[slot] = layer + 1
    walk.layers[layer * LAYER + FIRST], walk.layers[layer * LAYER + SIZE] = free, size
    walk.counts[0], walk.counts[1] = layer + 1, free + size
    _describe(walk, layer)
    return layer


def _first_slot(walk: Tables, first: int, size: int) -> int:
    """Where to begin to look for the layer with these states."""
    slot = size
    for place in range(first, first + size):
        slot = (slot * 1_000_003 + walk.states[place]) % len(walk.slots)
    return slot


def _is_same(walk: Tables, layer: int, free: int, size: int) -> bool:
    if walk.layers[layer * LAYER + SIZE] != size:
        return False
    first = walk.layers[layer * LAYER + FIRST]
    for place in range(size):
        if walk.states[first + place] != walk.states[free + place]:
            return False
    return True


def _describe(walk: Tables, layer: int) -> None:
    """Fill in the columns of a new layer."""
    first, size = walk.layers[layer * LAYER + FIRST], walk.layers[layer * LAYER + SIZE]
    possible, permissions, restrictions, heeded = 0, 0, 0, 0
    for place in range(first, first + size):
        state = walk.states[place]
        possible |= outcome(state)
        permissions |= ~permissions_of(state) & EVERY_PLACE
        restrictions |= ~state & EVERY_RESTRICTION
        heeded |= _heeds(state)
    # A restriction of a rank, or a permission of the next, adds nothing where its status is possible anyway.
    said = possible & (1 << PENDING + 1) - 1 | (possible >> PENDING << PENDING) << 1
    walk.layers[layer * LAYER + OUTCOMES] = possible
    walk.layers[layer * LAYER + OPEN_PERMISSIONS] = permissions
    walk.layers[layer * LAYER + OPEN_RESTRICTIONS] = restrictions
    walk.layers[layer * LAYER + HEEDS] = heeded | (heeded & ~said) << NEWS


def says(rank: int, is_restriction: int) -> int:
    """A bit for what a claim says: three for restrictions, by their ranks, and above them those of permissions."""
    return 1 << rank if is_restriction else 1 << rank + 1


def _heeds(state: int) -> int:
    """What an earlier claim may say to any effect: a lower restriction than is left, or a higher permission."""
    found = 0
    lowest, highest = state >> LOWEST & 3, state >> HIGHEST
    lower = (1 << (lowest - 1 if lowest else PENDING + 1)) - 1
    if state & EVERY_PLACE != EVERY_PLACE:
        found |= lower & 1 << PROHIBITED
    if state >> PLACES & EVERY_PLACE != EVERY_PLACE:
        found |= lower & ~(1 << PROHIBITED)
    if permissions_of(state) != EVERY_PLACE:
        least = highest + 1 if highest else PENDING
        found |= (1 << CLEARED + 2) - (1 << least + 1)
    return found


def move(walk: Tables, larger: Tables) -> None:
    """Write all that tables know into larger ones, which are empty: layers keep their numbers."""
    _copy(walk.counts, len(walk.counts), larger.counts)
    _copy(walk.layers, walk.counts[0] * LAYER, larger.layers)
    _copy(walk.states, walk.counts[1], larger.states)
    _copy(walk.moves, walk.counts[2], larger.moves)
    # The first layer is in every table; where the others stand depends on the room.
    for layer in range(1, walk.counts[0]):
        slot = _first_slot(larger, larger.layers[layer * LAYER + FIRST], larger.layers[layer * LAYER + SIZE])
        while larger.slots[slot]:
            slot = (slot + 1) % len(larger.slots)
        larger.slots[slot] = layer + 1
    for place in range(len(walk.steps)):
        if walk.steps[place]:
            slot = _slot_at(larger, walk.steps[place] >> BITS)
            larger.steps[slot] = walk.steps[place]
            if walk.counts[3]:
                larger.edges[slot] = walk.edges[place]


def _copy(numbers: Sequence[int], size: int, to: Numbers) -> None:
    for place in range(size):
        to[place] = numbers[place]
