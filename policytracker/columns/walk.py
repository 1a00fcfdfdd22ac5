"""The walk over the claims of very many cells, from the last to the first (semantics.md §7)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from policytracker.columns.kinds import BITS, INSTEAD
from policytracker.columns.layers import Layers
from policytracker.columns.lists import KIND, ORDER, REST
from policytracker.columns.rows import Ints
from policytracker.columns.states import Numbers

CHUNK = 1 << 15
"""So many cells at once, for the caches."""


def walked(layers: Layers, entries: Ints, heads: Sequence[Ints]) -> NDArray[np.uint8]:
    """The possible statuses of cells, as bits; ``heads``: for each cell the last entry of each of its lists.

    Of these the first is the cell's own, of which an entry may stand instead of others (``kinds.INSTEAD``).
    """
    layers.tidy()
    found = np.empty(len(heads[0]), np.uint8)
    for start in range(0, len(found), CHUNK):
        cells = slice(start, start + CHUNK)
        _walk(layers, entries, [each[cells] for each in heads], found[cells])
    return found


def _walk(layers: Layers, entries: Ints, heads: list[Ints], found: NDArray[np.uint8]) -> None:
    """All cells a step at a time, each until nothing that is left in its lists matters."""
    cells = np.arange(len(found))
    layer: Numbers = np.full(len(found), layers.start, np.int32)
    while True:
        read = [entries.take(head) for head in heads]
        rest = np.bitwise_or.reduce(read) >> REST
        matters = (rest & layers.matters.take(layer)) != 0
        if not matters.all():
            found[cells[~matters]] = layers.outcomes.take(layer[~matters])
            live = np.flatnonzero(matters)
            if not len(live):
                return
            cells, layer = cells.take(live), layer.take(live)
            heads, read = [each.take(live) for each in heads], [each.take(live) for each in read]
        layer = _step(layers, layer, heads, read)


def _step(layers: Layers, layer: Numbers, heads: list[Ints], read: list[Ints]) -> Numbers:
    """The layers before the last claim of each cell's lists; moves the heads beyond it."""
    told = [each & (ORDER | KIND) for each in read]
    top = np.maximum.reduce(told) & ORDER
    used = [each >= top for each in told]
    for head, uses in zip(heads, used, strict=True):
        head -= uses
    own = told[0] * used[0]
    kinds = own.copy()
    for each, uses in zip(told[1:], used[1:], strict=True):
        kinds |= each * uses
    kinds = np.where(own & INSTEAD, own, kinds) & ((1 << BITS) - 1)
    return layers.after(layer, kinds.astype(np.int32))
