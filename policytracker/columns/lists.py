"""For each list of claims and each chip the claims that match, in order: what a cell's walk reads from.

An entry is one number: the kind of a claim (``kinds``), above it its place in the order of claims, above that the places
at which the list holds openings and stops. Each list begins with a zero and is read from its last entry to its first.
"""

from typing import NamedTuple

import numpy as np

from policytracker.columns.kinds import (
    ALL_BITS,
    NOTHING,
    OF_ROLE,
    POSSIBLE,
    SHARED,
    STOP,
    levels,
)
from policytracker.columns.states import PLACES as PLACE_COUNT
from policytracker.columns.rows import Ints
from policytracker.status.prevails import EVERY_PLACE, PLACES

KIND = (1 << ALL_BITS) - 1
REST = 40
"""The lowest bit of the places; those of the order lie below."""
ORDER = (1 << REST) - 1 - KIND


def _rest(kind: int) -> int:
    if kind & NOTHING:
        return 0
    places = EVERY_PLACE if kind & SHARED else PLACES[levels(kind)]
    return places << PLACE_COUNT if kind & STOP else places


RESTS = np.array([_rest(kind) for kind in range(1 << ALL_BITS)], np.int64)
"""For each kind the places at which it tells of openings, and above them of stops: ``Layers.matters``."""


class Lists(NamedTuple):
    """Entries of many lists."""

    entries: Ints
    last: Ints
    """For each list the place of its last entry."""


def listed(lists: Ints, count: int, orders: Ints, kinds: Ints) -> Lists:
    """Entries of ``count`` lists, each claim once in each list."""
    keys = lists << REST | orders << ALL_BITS | kinds
    keys.sort()
    keys = _merged(keys)
    of = keys >> REST
    turns = np.diff(of, prepend=-1) != 0
    starts = np.flatnonzero(turns)
    at = np.arange(1, len(keys) + 1) + np.cumsum(turns)
    entries = np.zeros(len(keys) + len(starts) + 1, np.int64)
    rests = np.bitwise_or.reduceat(RESTS[keys & KIND], starts) if len(starts) else starts
    entries[at] = keys & (ORDER | KIND) | np.repeat(rests, np.diff(starts, append=len(keys))) << REST
    last = np.zeros(count, np.int64)
    last[of[starts]] = np.append(at[starts[1:] - 1], at[-1:])
    return Lists(entries, last)


def _merged(keys: Ints) -> Ints:
    """A claim that reaches a list several times, once: with the union of its bits."""
    claims = keys >> ALL_BITS
    first = np.diff(claims, prepend=-1) != 0
    if first.all():
        return keys
    merged: Ints = np.bitwise_or.reduceat(keys, np.flatnonzero(first))
    return merged
