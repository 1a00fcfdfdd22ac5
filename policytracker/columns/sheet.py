"""The possible statuses of all companies and chips, at any point of the three clocks."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from policytracker.columns.banks import Bank
from policytracker.columns.kinds import INSTEAD, NOTHING, OF_ROLE, POSSIBLE, SHARED
from policytracker.columns.layers import Layers
from policytracker.columns.lists import listed
from policytracker.columns.rows import NUMBER, NUMBER_BITS, Ints, Point, Rows
from policytracker.columns.sides import chip_sides, company_sides
from policytracker.columns.strikes import Flags, busy
from policytracker.columns.sweep import MATCHED, Lines, Wide, swept
from policytracker.columns.tiers import Tiers
from policytracker.columns.walk import walked
from policytracker.status.directory import Directory, Gate
from policytracker.status.words import ANY, CLEARED, minima

Statuses = NDArray[np.uint8]
CERTAIN = 1 << 5
"""In a role."""
NARROW = 8
"""A side of at most so many chips is told chip by chip."""
MINIMA = np.array([[minima(one, other) if one and other else 0 for other in range(64)] for one in range(64)], np.uint8)


class Sheet:
    """A ledger's rows with one registry; remembers what it has looked up."""

    def __init__(
        self, rows: Rows, directory: Directory, bounds: Sequence[int] | None = None, narrow: int = NARROW
    ) -> None:
        self.rows, self.directory, self.narrow = rows, directory, narrow
        self.companies, self.chips = tuple(sorted(directory.companies)), tuple(sorted(directory.chips))
        self.tiers = Tiers(company_sides(rows, directory), bounds)
        self.chip_sides = chip_sides(rows, directory)
        self.chip_bank = Bank(lambda side: self.chip_sides[side][:2])
        self.layers = Layers()
        self.shared, self.across = self._shared()
        self._lines: tuple[dict[int, int], Lines] | None = None

    def possible(self, point: Point) -> Statuses:
        """The possible statuses, as bits: one row a company, one column a chip, in the order of their ids."""
        found = np.full((len(self.companies), len(self.chips)), 1 << CLEARED, np.uint8)
        there = self.rows.there(point)
        there = there[self._busy(there)]
        gates = self.rows.keys[there] >> 2 * NUMBER_BITS
        for gate, (companies, chips) in self._gates().items():
            number = self._gate_number(gate)
            start, end = np.searchsorted(gates, [number, number + 1])
            cells = np.ix_(companies, chips)
            found[cells] = MINIMA[found[cells], self._gate(there[start:end], companies, chips)]
        return found

    def _gates(self) -> dict[Gate, tuple[Ints, Ints]]:
        """For each gate its companies and chips (§1)."""
        homes = [self.directory.companies[company]["jurisdiction"] for company in self.companies]
        controls = [self.directory.chips[chip]["controlled_by"] for chip in self.chips]
        places: dict[Gate, tuple[Ints, Ints]] = {}
        for home in sorted(set(homes)):
            at_home = np.array([each == home for each in homes])
            places[Gate(home, "import")] = np.flatnonzero(at_home), np.arange(len(controls))
        for home in sorted({each for control in controls for each in control}):
            abroad = np.array([each != home for each in homes], np.bool_)
            controlled = np.array([home in control for control in controls])
            places[Gate(home, "export")] = np.flatnonzero(abroad), np.flatnonzero(controlled)
        return places

    def _gate_number(self, gate: Gate) -> int:
        """0 for a gate of which no claim tells."""
        return next((n for (side, n), text in self.rows.selectors.items() if side == "gate" and text == str(gate)), 0)

    def _shared(self) -> tuple[Flags, Flags]:
        """The rows of claims that several sides find which find the same; and those told in lists of several tiers."""
        keys, order = self.rows.keys, self.rows.order
        by = np.lexsort((order, keys >> 2 * NUMBER_BITS))
        gates = keys[by] >> 2 * NUMBER_BITS
        first = (np.diff(gates, prepend=-1) != 0) | (np.diff(order[by], prepend=-1) != 0)
        starts = np.flatnonzero(first)
        found = np.zeros(len(starts), np.bool_)
        for shift, sides in ((NUMBER_BITS, self.tiers.sides), (0, self.chip_sides)):
            numbers = keys[by] >> shift & NUMBER
            unnamed = ~sides.names(numbers)
            if len(starts):
                differ = np.maximum.reduceat(numbers, starts) != np.minimum.reduceat(numbers, starts)
                differ &= np.logical_or.reduceat(unnamed, starts) & ~found
                ends = np.append(starts[1:], len(keys))
                for claim in np.flatnonzero(differ).tolist():
                    found[claim] = sides.overlap(frozenset(numbers[starts[claim] : ends[claim]].tolist()))
        shared, across = np.empty((2, len(keys)), np.bool_)
        tiers = self.tiers.tiers_of(keys[by] >> NUMBER_BITS & NUMBER)
        if len(starts):
            several = np.maximum.reduceat(tiers, starts) != np.minimum.reduceat(tiers, starts)
            lengths = np.diff(starts, append=len(keys))
            shared[by], across[by] = np.repeat(found, lengths), np.repeat(found & several, lengths)
        return shared, across

    def _busy(self, there: Ints) -> Flags:
        keys = self.rows.keys[there]
        role = self.rows.role[there]
        chips = keys & NUMBER
        companies = keys >> NUMBER_BITS & NUMBER
        certain = (role & CERTAIN) > 0
        certain &= self.tiers.sides.sure(companies) & self.chip_sides.sure(chips)
        return busy(keys, role, certain) | self.shared[there]

    def _gate(self, rows: Ints, companies: Ints, chips: Ints) -> Statuses:
        """The possible statuses at one gate."""
        if not len(rows):
            return np.full((len(companies), len(chips)), ANY, np.uint8)
        count = len(self.chips)
        firsts = np.cumsum([0, *self.tiers.sizes])
        told = [self._entries(rows, tier, first) for tier, first in enumerate(firsts[:-1].tolist())]
        lists, orders, kinds = (np.concatenate(each) for each in zip(*told, strict=True))
        found = listed(lists, int(firsts[-1]) * count, orders, kinds)
        heads = [
            found.last.reshape(-1, count)[np.ix_(first + labels[companies], chips)].ravel()
            for first, labels in zip(firsts[:-1].tolist(), self.tiers.labels, strict=True)
        ]
        return walked(self.layers, found.entries, heads).reshape(len(companies), len(chips))

    def _entries(self, rows: Ints, tier: int, first: int) -> tuple[Ints, Ints, Ints]:
        """What is told in the lists of a tier: list and chip, place in the order, kind."""
        keys = self.rows.keys[rows]
        bank = self.tiers.banks[tier]
        of, lists, bits = bank.spread(bank.places(keys >> NUMBER_BITS & NUMBER))
        rows = rows[of]
        role = self.rows.role[rows]
        kinds = (role & OF_ROLE).astype(np.int64) | bits
        kinds |= np.where(role & CERTAIN, 0, POSSIBLE) | np.where(self.across[rows], SHARED, 0)
        lists = lists + first
        orders = self.rows.order[rows].astype(np.int64)
        places = self.chip_bank.places(self.rows.keys[rows] & NUMBER)
        narrow = self.chip_bank.counts(places) <= self.narrow
        one = self._narrow(lists[narrow], orders[narrow], kinds[narrow], places[narrow])
        wide = np.flatnonzero(~narrow)
        other = self._wide(rows[wide], lists[wide], orders[wide], kinds[wide])
        return tuple(np.concatenate(each) for each in zip(one, other, strict=True))

    def _narrow(self, lists: Ints, orders: Ints, kinds: Ints, places: Ints) -> tuple[Ints, Ints, Ints]:
        of, chips, bits = self.chip_bank.spread(places)
        return lists[of] * len(self.chips) + chips, orders[of], kinds[of] | bits

    def _wide(self, rows: Ints, lists: Ints, orders: Ints, kinds: Ints) -> tuple[Ints, Ints, Ints]:
        by = np.lexsort((-orders, lists))
        rows, lists, orders, kinds = rows[by], lists[by], orders[by], kinds[by]
        line, lines = self._lines_of(self.rows.keys[rows] & NUMBER)
        keep = ((kinds & (INSTEAD | NOTHING)) > 0) | self.shared[rows]
        at, chips = swept(Wide(lists, line, kinds, keep), lines)
        return lists[at] * len(self.chips) + chips, orders[at], kinds[at] | lines.bits[line[at], chips]

    def _lines_of(self, sides: Ints) -> tuple[Ints, Lines]:
        each, inverse = np.unique(sides, return_inverse=True)
        numbers, lines = self._lines or ({}, Lines(np.zeros((0, len(self.chips)), np.uint16)))
        missing = [side for side in each.tolist() if side not in numbers]
        if missing:
            numbers |= {side: len(numbers) + 1 + n for n, side in enumerate(missing)}
            made = np.zeros((len(numbers), len(self.chips)), np.uint16)
            for side, number in numbers.items():
                matched = self.chip_sides[side]
                made[number - 1, matched.members] = matched.bits | MATCHED
            lines = Lines(made)
            self._lines = numbers, lines
        return np.array([numbers[side] for side in each.tolist()], np.int64)[inverse], lines
