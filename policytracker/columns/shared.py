"""Claims that several selectors find for the same cell: the highest levels of them count (semantics.md §4)."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from policytracker.columns.rows import NUMBER, Ints, Rows
from policytracker.columns.sides import Sides
from policytracker.columns.tiers import Tiers
from policytracker.projections.keys import BITS

Flags = NDArray[np.bool_]


class Shared(NamedTuple):
    """Of each row."""

    anywhere: Flags
    """Whether the claim may reach a cell under another key too, so that its place there is not that of the row."""
    across: Flags
    """Whether lists of more than one tier may then tell of it."""


def shared(rows: Rows, tiers: Tiers, chips: Sides) -> Shared:
    """Look for claims with several sides of one kind that match the same."""
    gates = rows.keys >> 2 * BITS
    by = np.lexsort((rows.order, gates))
    first = (np.diff(gates[by], prepend=-1) != 0) | (np.diff(rows.order[by], prepend=-1) != 0)
    starts = np.flatnonzero(first)
    lengths = np.diff(starts, append=len(by))
    companies, parts = rows.keys[by] >> BITS & NUMBER, rows.keys[by] & NUMBER
    found = _overlapping(tiers.sides, companies, starts, lengths) | _overlapping(chips, parts, starts, lengths)
    anywhere, across = np.empty((2, len(by)), np.bool_)
    anywhere[by] = np.repeat(found, lengths)
    across[by] = np.repeat(found & _several(tiers.tiers_of(companies), starts), lengths)
    return Shared(anywhere, across)


def _several(values: Ints, starts: Ints) -> Flags:
    """In which runs the values differ."""
    if not len(starts):
        return np.zeros(0, np.bool_)
    found: Flags = np.maximum.reduceat(values, starts) != np.minimum.reduceat(values, starts)
    return found


def _overlapping(sides: Sides, numbers: Ints, starts: Ints, lengths: Ints) -> Flags:
    """In which runs two sides match the same; of names, none do."""
    found = _several(numbers, starts)
    if len(starts):
        found &= np.logical_or.reduceat(~sides.names(numbers), starts)
    for claim in np.flatnonzero(found).tolist():
        run = numbers[starts[claim] : starts[claim] + lengths[claim]]
        found[claim] = sides.overlap(frozenset(run.tolist()))
    return found
