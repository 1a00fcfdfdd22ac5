"""The walk over the claims of a gate, from the last to the first, through all possible worlds (semantics.md §7).

Instead of trying every choice of the possible claims, the walk keeps the *layer*: the set of states
(``prevails.before``) that some choice leads to (``layers``). Walking back, every state of a layer gets the statuses
that it can still come to; that tells which claims stand in some world, and what is possible if one of them holds or
does not.

``walk_back`` takes flat sequences of numbers and makes none: it runs as it stands, or compiled.
"""

from collections.abc import Sequence
from typing import NamedTuple

from policytracker.status.layers import (
    FIRST,
    FULL,
    LAYER,
    MOST_STATES,
    SIZE,
    Numbers,
    Tables,
    after,
    move,
    slot_of,
    tables,
)
from policytracker.status.prevails import IS_POSSIBLE, RANK, WIDTH, leaves, outcome

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
        edge = walk.edges[slot_of(walk, trace[claim], kinds[claim])]
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
            while layer == FULL:
                full, self.tables = self.tables, tables(2 * len(self.tables.layers) // LAYER, exact=True)
                move(full, self.tables)
                layer = after(self.tables, trace[-1], kind)
            trace.append(layer)
        return trace


MOST_KNOWN = 100_000
"""Outcomes that are remembered at once."""
