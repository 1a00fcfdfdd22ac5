"""Wide claims, each about many chips, swept over all chips at once: which are idle where (``strikes``)."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from policytracker.columns.kinds import COMPANY_LEVEL, PARTLY, POSSIBLE, levels
from policytracker.columns.rows import Ints
from policytracker.columns.tables import turns
from policytracker.status.found import LIFTS_STOPS_ONLY, STOP
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
    if not len(wide.lists):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    found = list(_Sweep(wide, lines).steps())
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
        starts = np.flatnonzero(turns(wide.lists))
        lengths = np.diff(starts, append=len(wide.lists))
        by = np.argsort(-lengths, kind="stable")
        places = self.lines.all_places.ravel()[self.place] | np.where(wide.keep, np.uint16(MATCHED), np.uint16(0))
        ever: Masks = np.bitwise_or.reduceat(places, starts)
        return starts[by], lengths[by], ever[by]

    def steps(self) -> Iterator[tuple[Ints, Ints]]:
        """Of the claims of each step those that are not idle, each with a chip for which it is not."""
        struck = np.zeros((3, len(self.starts), self.lines.chips), np.uint16)
        for step in range(int(self.left[0])):
            if step % LOOK == LOOK - 1:
                struck = self._narrowed(step, struck)
            n = len(self.left) - int(np.searchsorted(self.left[::-1], step, side="right"))
            if not n:
                return
            at = self.starts[:n] + step
            covered, full, stopped = struck[:, :n]
            idle = full & self.if_opening[at][:, None]
            idle |= covered & stopped
            idle &= self.if_idle[at][:, None]
            which, chips = np.nonzero((self.places[self.place[at]] & ~idle) != 0)
            yield at[which], chips
            covered |= self.covers[self.cover[at]]
            full |= self.covers[self.full[at]]
            stopped |= self.lines.stops[self.stop[at]]

    def _narrowed(self, step: int, struck: Masks) -> Masks:
        """Go on with the lists in which something may still not be idle."""
        open_places = ~(struck[0] & struck[2]) & self.ever[:, None]
        live = np.flatnonzero((self.left > step) & (open_places != 0).any(axis=1))
        self.starts, self.left, self.ever = self.starts[live], self.left[live], self.ever[live]
        return struck[:, live]
