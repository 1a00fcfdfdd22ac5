"""Wide claims, each about many chips, swept over all chips at once: which are idle where (``strikes``)."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from policytracker.columns.kinds import COMPANY_LEVEL, LIFTS_STOPS_ONLY, PARTLY, POSSIBLE, STOP, levels
from policytracker.columns.rows import Ints
from policytracker.status.prevails import COMPANY_LEVELS, COVERS, EVERY_PLACE, PLACES

Masks = NDArray[np.uint16]
MATCHED = 1 << 15
"""Set in a line for each chip that is matched."""
EVERY = np.uint16(EVERY_PLACE)
LOOK = 16
"""After so many steps it is looked which lists are done with."""


def _tables() -> tuple[Masks, Masks]:
    """By company level and the bits of a line: the place, and the places that a certain claim covers."""
    places = np.zeros((COMPANY_LEVELS, 1 << 8), np.uint16)
    covers = np.zeros((COMPANY_LEVELS, 1 << 8), np.uint16)
    for company in range(COMPANY_LEVELS):
        for bits in range(1 << 8):
            place = company, levels(bits)[1]
            places[company, bits] = PLACES[place]
            covers[company, bits] = 0 if bits & POSSIBLE else COVERS[place]
    return places, covers


PLACE, COVER = _tables()


class Lines:
    """Chips matched by wide sides, one line a side, as places and covers for each company level; line 0 is empty."""

    def __init__(self, lines: NDArray[np.uint16]) -> None:
        """``lines``: for each side and chip MATCHED and the bits of the match, or 0."""
        lines = np.concatenate([np.zeros((1, lines.shape[1]), np.uint16), lines])
        self.chips = lines.shape[1]
        self.bits = (lines & 0xFF).astype(np.int64)
        there = lines >= MATCHED
        self.places = np.where(there, PLACE[:, self.bits], np.uint16(0))
        self.covers = np.where(there, COVER[:, self.bits], np.uint16(0))
        self.stops = np.where(self.covers[0] > 0, EVERY, np.uint16(0))
        self.all_places = np.bitwise_or.reduce(self.places, axis=2)


class Wide(NamedTuple):
    """Claims in lists, by list, in each list from the last to the first."""

    lists: Ints
    line: Ints
    kind: Ints
    """The bits of role and company; POSSIBLE unless claim and company match are certain."""
    keep: NDArray[np.bool_]
    """Must not be left out, nor be relied on to strike."""


def swept(wide: Wide, lines: Lines) -> tuple[Ints, Ints]:
    """Which claims are not idle for which chips."""
    sweep = _Sweep(wide, lines)
    found = list(sweep.steps())
    if not found:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    return np.concatenate([claims for claims, _ in found]), np.concatenate([chips for _, chips in found])


class _Sweep:
    """All lists at once: at each step the next claim of every list that has one left."""

    def __init__(self, wide: Wide, lines: Lines) -> None:
        self.lines = lines
        level = np.array([0, 1, 0, 2, 0, 0, 0, 3])[wide.kind >> COMPANY_LEVEL & 0b111]
        certain = (wide.kind & (POSSIBLE | PARTLY)) == 0
        certain &= ~wide.keep
        stop = (wide.kind & STOP) > 0
        rows = len(lines.bits)
        self.place = level * rows + wide.line
        self.cover = level * rows + np.where(certain & ~stop, wide.line, 0)
        self.full = level * rows + np.where(certain & ~stop & ((wide.kind & LIFTS_STOPS_ONLY) == 0), wide.line, 0)
        self.stop = np.where(certain & stop, wide.line, 0)
        self.if_opening = np.where(stop, np.uint16(0), EVERY)
        self.if_idle = np.where(wide.keep, np.uint16(0), EVERY)
        self.starts, self.left, self.ever = self._lists(wide)
        self.places, self.covers = (table.reshape(-1, lines.chips) for table in (lines.places, lines.covers))

    def _lists(self, wide: Wide) -> tuple[Ints, Ints, Masks]:
        """Where each list starts, its length and all places that its claims may have; the longest list first."""
        starts = np.flatnonzero(np.diff(wide.lists, prepend=-1))
        lengths = np.diff(starts, append=len(wide.lists))
        by = np.argsort(-lengths, kind="stable")
        ever = np.bitwise_or.reduceat(self.lines.all_places.ravel()[self.place], starts) if len(starts) else starts
        ever = ever.astype(np.uint16)
        kept = np.logical_or.reduceat(wide.keep, starts) if len(starts) else starts
        ever[kept.astype(np.bool_)] |= np.uint16(MATCHED)
        return starts[by], lengths[by], ever[by]

    def steps(self):
        shape = len(self.starts), self.lines.chips
        covered, full, stopped = (np.zeros(shape, np.uint16) for _ in range(3))
        starts, left, ever = self.starts, self.left, self.ever
        step = 0
        while len(left) and left[0] > step:
            if step % LOOK == LOOK - 1:
                live = np.flatnonzero((left > step) & ((~(covered & stopped) & ever[:, None]) != 0).any(axis=1))
                starts, left, ever, covered, full, stopped = (
                    each[live] for each in (starts, left, ever, covered, full, stopped)
                )
                if not len(live):
                    return
            n = len(left) - int(np.searchsorted(left[::-1], step, side="right"))
            at = starts[:n] + step
            idle = full[:n] & self.if_opening[at][:, None]
            idle |= covered[:n] & stopped[:n]
            idle &= self.if_idle[at][:, None]
            alive = np.flatnonzero((self.places[self.place[at]] & ~idle) != 0)
            which, chips = np.divmod(alive, shape[1])
            yield at[which], chips
            covered[:n] |= self.covers[self.cover[at]]
            full[:n] |= self.covers[self.full[at]]
            stopped[:n] |= self.lines.stops[self.stop[at]]
            step += 1
