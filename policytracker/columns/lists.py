"""For each list of claims and each chip the claims that match, in order: what a cell's walk reads from.

An entry is one number: the kind of a claim (``kinds``), above it its place in the order of claims. Each list begins
with a zero and is read from its last entry on. Beside each entry stands what there is up to it in its list.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from policytracker.columns.kinds import ALL_BITS, INSTEAD, NOTHING, PARTLY, POSSIBLE, SHARED, levels
from policytracker.columns.rows import Ints
from policytracker.columns.states import PLACES as PLACE_COUNT
from policytracker.columns.states import says
from policytracker.columns.tables import turns
from policytracker.status.found import LIFTS_STOPS_ONLY, RANK, STOP
from policytracker.status.prevails import COVERS, EVERY_PLACE, PLACES
from policytracker.status.words import CLEARED

KIND = (1 << ALL_BITS) - 1
LIST = 40
"""While entries are put in order, the lowest bit of the list; those of the order lie below."""
ORDER = (1 << LIST) - 1 - KIND
REST_CERTAIN = 24
REST_STATUS = 48
REST_CERTAIN_STATUS = 55


def _rest(kind: int) -> int:
    if kind & NOTHING:
        return 0
    places = EVERY_PLACE if kind & SHARED else PLACES[levels(kind)]
    there = places << PLACE_COUNT if kind & STOP else places
    status = says(min(kind & RANK, CLEARED), bool(kind & STOP))
    certain = 0 if kind & POSSIBLE else there << REST_CERTAIN | status << REST_CERTAIN_STATUS
    return there | status << REST_STATUS | certain


RESTS = np.array([_rest(kind) for kind in range(1 << ALL_BITS)], np.int64)
"""For each kind the places at which it tells of openings, and above them of stops (``Layers.matters``), and what it
says (``states.says``); both once more where it is certain."""


def _masks(kind: int) -> tuple[int, int, int, int]:
    """Of a kind, its place, what it covers as a certain opening of any sort, and as one not for stops only; all, where
    it certainly stops."""
    place = levels(kind)
    certain = not kind & (POSSIBLE | SHARED | INSTEAD | NOTHING | PARTLY)
    opens = COVERS[place] if certain and not kind & STOP else 0
    return PLACES[place], opens, 0 if kind & LIFTS_STOPS_ONLY else opens, EVERY_PLACE if certain and kind & STOP else 0


PLACE, OPENS, OPENS_FULLY, STOPS = np.array([_masks(kind) for kind in range(1 << ALL_BITS)], np.uint16).T.copy()
KEEP = np.array([kind & (SHARED | INSTEAD | NOTHING) > 0 for kind in range(1 << ALL_BITS)])


class Lists(NamedTuple):
    """Entries of many lists."""

    entries: Ints
    rests: Ints
    """Beside each entry, what there is up to it: the union of ``RESTS``."""
    last: Ints
    """For each list the place of its last entry."""


class Runs:
    """Lists that lie one after another, taken a step at a time, all at once: the longest first."""

    def __init__(self, of: Ints) -> None:
        """``of``: the list of each entry."""
        self.starts = np.flatnonzero(turns(of))
        self.lengths = np.diff(self.starts, append=len(of))
        by = np.argsort(-self.lengths, kind="stable")
        self._first, self._last = self.starts[by], (self.starts + self.lengths)[by] - 1
        steps = np.arange(self.lengths.max(initial=0))
        self._counts = len(by) - np.searchsorted(self.lengths[by][::-1], steps, "right")

    def forward(self) -> Iterator[Ints]:
        """The first entries, the second ones …"""
        return (self._first[:count] + step for step, count in enumerate(self._counts.tolist()))

    def backward(self) -> Iterator[Ints]:
        """The last entries, those before …"""
        return (self._last[:count] - step for step, count in enumerate(self._counts.tolist()))


def listed(lists: Ints, count: int, orders: Ints, kinds: Ints) -> Lists:
    """Entries of ``count`` lists, each claim once in each list, without those that are idle there (``strikes``)."""
    keys = lists << LIST | orders << ALL_BITS | kinds
    keys.sort()
    keys = _merged(keys)
    keys = keys[_busy(keys)]
    runs = Runs(keys >> LIST)
    return _laid_out(keys, runs, count)


def _busy(keys: Ints) -> NDArray[np.bool_]:
    kinds = keys & KIND
    runs = Runs(keys >> LIST)
    covered, full, stopped = (np.zeros(len(runs.starts), np.uint16) for _ in range(3))
    found = np.empty(len(keys), np.bool_)
    for at in runs.backward():
        n, kind = len(at), kinds[at]
        idle = covered[:n] & stopped[:n] | np.where(kind & STOP, np.uint16(0), full[:n])
        found[at] = ((PLACE[kind] & ~idle) != 0) | KEEP[kind]
        covered[:n] |= OPENS[kind]
        full[:n] |= OPENS_FULLY[kind]
        stopped[:n] |= STOPS[kind]
    return found


def _laid_out(keys: Ints, runs: Runs, count: int) -> Lists:
    """Each entry with what lies before it in its list, at the head of which a zero is put."""
    of = keys[runs.starts] >> LIST
    rests = RESTS[keys & KIND]
    before = np.zeros(len(runs.starts), np.int64)
    for at in runs.forward():
        before = before[: len(at)] | rests[at]
        rests[at] = before
    at = np.arange(1, len(keys) + 1) + np.repeat(np.arange(1, len(of) + 1), runs.lengths)
    entries, beside = np.zeros((2, len(keys) + len(of) + 1), np.int64)
    entries[at], beside[at] = keys & (ORDER | KIND), rests
    last = np.zeros(count, np.int64)
    last[of] = at[runs.starts + runs.lengths - 1]
    return Lists(entries, beside, last)


def _merged(keys: Ints) -> Ints:
    """A claim that reaches a list several times, once: with the union of its bits."""
    claims = keys >> ALL_BITS
    first = turns(claims)
    if first.all():
        return keys
    merged: Ints = np.bitwise_or.reduceat(keys, np.flatnonzero(first))
    return merged
