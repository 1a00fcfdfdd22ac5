"""From rows to what the lists of a tier tell of each chip: list and chip, place in the order, kind."""

from typing import NamedTuple

import numpy as np

from policytracker.columns.banks import Bank
from policytracker.columns.kinds import INSTEAD, NOTHING, OF_ROLE, POSSIBLE, SHARED
from policytracker.columns.rows import NUMBER, Ints, Rows
from policytracker.columns.shared import Flags, Shared
from policytracker.columns.sides import Sides
from policytracker.columns.sweep import MATCHED, Lines, Wide, swept
from policytracker.columns.tiers import Tiers
from policytracker.projections.keys import BITS
from policytracker.status.found import CERTAIN


class Told(NamedTuple):
    """Claims in lists, in no order."""

    lists: Ints
    """The list, times the number of chips, plus the chip."""
    orders: Ints
    kinds: Ints

    def among(self, wanted: Flags) -> "Told":
        """What is told in the wanted of the first lists and chips."""
        kept = np.flatnonzero(wanted[self.lists])
        return Told(self.lists[kept], self.orders[kept], self.kinds[kept])


class Telling:
    """What is told by the rows of a ledger."""

    def __init__(self, rows: Rows, tiers: Tiers, chips: Sides, shared: Shared, narrow: int) -> None:
        """``narrow``: a side of at most so many chips is told chip by chip."""
        self.rows, self.tiers, self.chips, self.shared, self.narrow = rows, tiers, chips, shared, narrow
        self.count = len(chips.members)
        self._bank = Bank(lambda side: chips[side][:2])
        self._numbers: dict[int, int] = {}
        self._lines = Lines(np.zeros((0, self.count), np.uint16))

    def told(self, rows: Ints, tier: int, first: int) -> Told:
        """What rows tell in the lists of a tier, which are numbered from ``first`` on."""
        bank = self.tiers.banks[tier]
        of, lists, bits = bank.spread(bank.places(self.rows.keys[rows] >> BITS & NUMBER))
        rows, lists = rows[of], lists + first
        role = self.rows.role[rows]
        kinds = (role & OF_ROLE).astype(np.int64) | bits
        kinds |= np.where(role & CERTAIN, 0, POSSIBLE) | np.where(self.shared.across[rows], SHARED, 0)
        places = self._bank.places(self.rows.keys[rows] & NUMBER)
        narrow = self._bank.counts(places) <= self.narrow
        one = self._narrow(Told(lists[narrow], self.rows.order[rows[narrow]], kinds[narrow]), places[narrow])
        wide = np.flatnonzero(~narrow)
        other = self._wide(rows[wide], lists[wide], kinds[wide])
        return joined([one, other])

    def _narrow(self, told: Told, places: Ints) -> Told:
        of, chips, bits = self._bank.spread(places)
        return Told(told.lists[of] * self.count + chips, told.orders[of], told.kinds[of] | bits)

    def _wide(self, rows: Ints, lists: Ints, kinds: Ints) -> Told:
        by = np.lexsort((-self.rows.order[rows], lists))
        rows, lists, kinds = rows[by], lists[by], kinds[by]
        line = self._lines_of(self.rows.keys[rows] & NUMBER)
        keep = ((kinds & (INSTEAD | NOTHING)) > 0) | self.shared.anywhere[rows]
        at, chips = swept(Wide(lists, line, kinds, keep), self._lines)
        bits = self._lines.bits[line[at], chips]
        return Told(lists[at] * self.count + chips, self.rows.order[rows[at]], kinds[at] | bits)

    def _lines_of(self, sides: Ints) -> Ints:
        each, inverse = np.unique(sides, return_inverse=True)
        missing = [side for side in each.tolist() if side not in self._numbers]
        if missing:
            self._numbers |= {side: len(self._numbers) + place for place, side in enumerate(missing, start=1)}
            lines = np.zeros((len(self._numbers), self.count), np.uint16)
            for side, number in self._numbers.items():
                lines[number - 1, self.chips[side].members] = self.chips[side].bits | MATCHED
            self._lines = Lines(lines)
        found: Ints = np.array([self._numbers[side] for side in each.tolist()], np.int64)[inverse]
        return found


def joined(told: list[Told]) -> Told:
    """All of these."""
    lists, orders, kinds = (np.concatenate(each) for each in zip(*told, strict=True))
    return Told(lists, orders, kinds)
