"""The walk over the claims of very many cells, from the last to the first (semantics.md §7)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from policytracker.columns.kinds import BITS, INSTEAD
from policytracker.columns.layers import Layers
from policytracker.columns.lists import ORDER, REST_CERTAIN, REST_CERTAIN_STATUS, REST_STATUS, Lists
from policytracker.columns.rows import Ints
from policytracker.columns.states import Numbers

CHUNK = 1 << 15
"""So many cells at once, for the caches."""


def walked(layers: Layers, lists: Lists, heads: Sequence[Ints]) -> NDArray[np.uint8]:
    """The possible statuses of cells, as bits; ``heads``: for each cell the last entry of each of its lists.

    Of these the first is the cell's own, of which an entry may stand instead of others (``kinds.INSTEAD``).
    """
    layers.tidy()
    found = np.empty(len(heads[0]), np.uint8)
    for start in range(0, len(found), CHUNK):
        cells = slice(start, start + CHUNK)
        _walk(layers, lists, [each[cells] for each in heads], found[cells])
    return found


def _walk(layers: Layers, lists: Lists, heads: list[Ints], found: NDArray[np.uint8]) -> None:
    """All cells a step at a time, each until nothing that is left in its lists matters."""
    cells = np.arange(len(found))
    layer: Numbers = np.full(len(found), layers.start, np.int32)
    while True:
        matters = _matters(layers, layer, lists.rests, heads)
        if not matters.all():
            found[cells[~matters]] = layers.outcomes.take(layer[~matters])
            live = np.flatnonzero(matters)
            if not len(live):
                return
            cells, layer, heads = cells.take(live), layer.take(live), [each.take(live) for each in heads]
        layer = _step(layers, layer, heads, [lists.entries.take(head) for head in heads])


def _matters(layers: Layers, layer: Numbers, rests: Ints, heads: list[Ints]) -> NDArray[np.bool_]:
    """For which cells what is left in their lists may change the possible statuses.

    It does only through claims at places that matter. Unless such a claim is certain, and says what makes a difference,
    none found so far is lost: all others may fail to hold. None is added but the status of such a claim.
    """
    rest = rests.take(heads[0])
    for head in heads[1:]:
        rest |= rests.take(head)
    places = layers.matters.take(layer)
    loses = ((rest >> REST_CERTAIN & places) != 0) & ((rest >> REST_CERTAIN_STATUS & layers.heeds.take(layer)) != 0)
    adds = ((rest & places) != 0) & ((rest >> REST_STATUS & layers.news.take(layer)) != 0)
    found: NDArray[np.bool_] = loses | adds
    return found


def _step(layers: Layers, layer: Numbers, heads: list[Ints], read: list[Ints]) -> Numbers:
    """The layers before the last claim of each cell's lists; moves the heads beyond it."""
    top = read[0]
    for each in read[1:]:
        top = np.maximum(top, each)
    top = top & ORDER
    used = [each >= top for each in read]
    for head, uses in zip(heads, used, strict=True):
        head -= uses
    own = read[0] * used[0]
    kinds = own.copy()
    for each, uses in zip(read[1:], used[1:], strict=True):
        kinds |= each * uses
    kinds = np.where(own & INSTEAD, own, kinds) & ((1 << BITS) - 1)
    return layers.after(layer, kinds.astype(np.int32))
