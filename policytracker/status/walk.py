"""The walk over the claims of a gate, from the last to the first, through all possible worlds (semantics.md §7).

Instead of trying every choice of the possible claims, the walk keeps the *layer*: the set of states
(``prevails.before``) that some choice leads to. Layers are few whatever the number of claims, so each has a number,
and the step from a layer by a claim of some kind is worked out once and written down in tables. Walking back, every
state of a layer gets the statuses that it can still come to; that tells which claims stand in some world, and what is
possible if one of them holds or does not.

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
    RANK,
    WIDTH,
    before,
    leaves,
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
"""Instead of a layer: the tables have no room for it, and are to be made larger (``Walk.grow``)."""
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
    found = walk.steps[_slot(walk, layer, kind)]
    return found & (1 << BITS) - 1 if found else learn(walk, layer, kind)


def _key(layer: int, kind: int) -> int:
    """A step as a number that is not 0."""
    return layer * ALL_KINDS + kind + 1


def _slot(walk: Tables, layer: int, kind: int) -> int:
    """Where a step is, or is to be, among those that are known."""
    key, last = _key(layer, kind), len(walk.steps) - 1
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
    slot = _slot(walk, layer, kind)
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
    free, most = walk.counts[1], len(walk.slots)
    slot = size
    for place in range(free, free + size):
        slot = (slot * 1_000_003 + walk.states[place]) % most
    while walk.slots[slot]:
        layer = walk.slots[slot] - 1
        if _is_same(walk, layer, free, size):
            return layer
        slot = (slot + 1) % most
    layer = walk.counts[0]
    if (layer + 1) * LAYER > len(walk.layers):
        return FULL
    walk.slots[slot] = layer + 1
    walk.layers[layer * LAYER + FIRST], walk.layers[layer * LAYER + SIZE] = free, size
    walk.counts[0], walk.counts[1] = layer + 1, free + size
    _describe(walk, layer)
    return layer


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


IN_SOME, IN_EVERY = 1, 2
"""In how many possible worlds a claim stands."""


def walk_back(walk: Tables, kinds: Sequence[int], trace: Sequence[int], count: int, told: Numbers) -> int:
    """The possible statuses of a gate, given the kinds of its claims, the last first, and the layers that they lead to.

    ``trace`` holds the layer before each claim, and at last the one behind all. ``told`` gets three numbers a claim:
    whether it stands in no world (0), in some (IN_SOME) or in every one (IN_EVERY), and the possible statuses if it
    holds and if it does not.
    """
    last = trace[count] * LAYER
    futures = walk.scratch
    for place in range(walk.layers[last + SIZE]):
        futures[place] = outcome(walk.states[walk.layers[last + FIRST] + place])
    here, other = 0, MOST_STATES
    for claim in range(count - 1, -1, -1):
        layer, at = trace[claim] * LAYER, kinds[claim] * WIDTH
        edge = walk.edges[_slot(walk, trace[claim], kinds[claim])]
        some, every, holds, not_holds = 0, 1 - walk.kinds[at + IS_POSSIBLE], 0, 0
        rank = 1 << walk.kinds[at + RANK]
        for place in range(walk.layers[layer + SIZE]):
            held = futures[here + walk.moves[edge + 2 * place]]
            left = leaves(walk.states[walk.layers[layer + FIRST] + place], at, walk.kinds)
            if left and held & rank:
                some = 1
            if not left or held != rank:
                every = 0
            holds |= held
            if walk.kinds[at + IS_POSSIBLE]:
                without = futures[here + walk.moves[edge + 2 * place + 1]]
                not_holds |= without
                held |= without
            futures[other + place] = held
        told[3 * claim], told[3 * claim + 1], told[3 * claim + 2] = some + every, holds, not_holds
        here, other = other, here
    return futures[here]


class Outcome(NamedTuple):
    """What the claims of a gate come to."""

    possible: int
    """Its possible statuses, as bits."""
    standing: tuple[int, ...]
    """The places, among the claims given, of those that stand in some world; the first in the order of §6 first."""
    surely: tuple[bool, ...]
    """For each whether it stands in every world."""


class Walk:
    """Walks over gates; steps that were worked out once serve all later walks."""

    def __init__(self, size: int = 256) -> None:
        """``size``: for how many layers there is room at first."""
        self.tables = tables(size, exact=True)
        self._known: dict[tuple[int, ...], Outcome] = {}

    def outcome(self, kinds: tuple[int, ...]) -> Outcome:
        """What claims come to, given their kinds, the last first."""
        found = self._known.get(kinds)
        if found is None:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            possible, told = self.told(kinds)
            places = range(len(told) // 3 - 1, -1, -1)
            standing = tuple(place for place in places if told[3 * place])
            surely = tuple(told[3 * place] == IN_EVERY for place in standing)
            found = self._known[kinds] = Outcome(possible, standing, surely)
        return found

    def told(self, kinds: Sequence[int]) -> tuple[int, list[int]]:
        """The possible statuses, and what ``walk_back`` tells of each claim."""
        trace = self._trace(kinds)
        told = [0] * (3 * len(kinds))
        return walk_back(self.tables, kinds, trace, len(kinds), told), told

    def _trace(self, kinds: Sequence[int]) -> list[int]:
        """The layers before each claim, and behind all."""
        trace = [0]
        for kind in kinds:
            layer = after(self.tables, trace[-1], kind)
            if layer == FULL:
                self.tables = tables(2 * len(self.tables.layers) // LAYER, exact=True)
                return self._trace(kinds)
            trace.append(layer)
        return trace


MOST_KNOWN = 100_000
"""Outcomes that are remembered at once."""
