"""The possible statuses of all companies and chips, at any point of the three clocks."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from policytracker.columns.layers import Layers
from policytracker.columns.lists import listed
from policytracker.columns.rows import NUMBER, Ints, Rows
from policytracker.columns.shared import shared
from policytracker.columns.sides import chip_sides, company_sides
from policytracker.columns.strikes import Flags, busy
from policytracker.columns.telling import Telling, joined
from policytracker.columns.tiers import Tiers
from policytracker.columns.walk import walked
from policytracker.projections.finding import Point
from policytracker.projections.keys import BITS
from policytracker.status.directory import Directory, Gate
from policytracker.status.found import CERTAIN
from policytracker.status.words import ANY, CLEARED, PROHIBITED, minima

Statuses = NDArray[np.uint8]
CERTAINLY_PROHIBITED = 1 << PROHIBITED
"""Whatever the other gates of a cell say, nothing is lower."""
NARROW = 8
"""A side of at most so many chips is told chip by chip."""
MINIMA = np.array([[minima(one, other) if one and other else 0 for other in range(64)] for one in range(64)], np.uint8)


class Sheet:
    """The rows of a ledger, read by one registry; what was looked up for one question is there for the next."""

    def __init__(
        self, rows: Rows, directory: Directory, bounds: Sequence[int] | None = None, narrow: int = NARROW
    ) -> None:
        """``bounds`` (``Tiers``) and ``narrow`` (``Telling``) make answers fast or slow, and no other ones."""
        self.rows, self.directory = rows, directory
        self.companies, self.chips = tuple(sorted(directory.companies)), tuple(sorted(directory.chips))
        self._tiers = Tiers(company_sides(rows, directory), bounds)
        self._chip_sides = chip_sides(rows, directory)
        self._shared = shared(rows, self._tiers, self._chip_sides)
        self._telling = Telling(rows, self._tiers, self._chip_sides, self._shared, narrow)
        self._layers = Layers()
        by_size = sorted(self._cells().items(), key=lambda gate: len(gate[1][0]) * len(gate[1][1]))
        self._gates = [(self.rows.gate(str(gate)), *cells) for gate, cells in by_size]

    def possible(self, point: Point) -> Statuses:
        """The possible statuses, as bits: one row a company, one column a chip, in the order of their ids."""
        found = np.full((len(self.companies), len(self.chips)), 1 << CLEARED, np.uint8)
        there = self._there(point)
        gates = self.rows.keys[there] >> 2 * BITS
        for number, companies, chips in self._gates:
            start, end = np.searchsorted(gates, [number, number + 1])
            cells = np.ix_(companies, chips)
            here = found[cells]
            still = here != CERTAINLY_PROHIBITED
            here[still] = MINIMA[here[still], self._gate(there[start:end], companies, chips, still)]
            found[cells] = here
        return found

    def _cells(self) -> dict[Gate, tuple[Ints, Ints]]:
        """For each gate its companies and chips (§1)."""
        homes = np.array([self.directory.companies[company]["jurisdiction"] for company in self.companies], np.str_)
        controls = [self.directory.chips[chip]["controlled_by"] for chip in self.chips]
        found = {Gate(home, "import"): (np.flatnonzero(homes == home), np.arange(len(controls))) for home in set(homes)}
        for home in {each for control in controls for each in control}:
            controlled = np.array([home in control for control in controls], np.bool_)
            found[Gate(home, "export")] = np.flatnonzero(homes != home), np.flatnonzero(controlled)
        return found

    def _there(self, point: Point) -> Ints:
        """The rows that are there, without those that are idle wherever they match."""
        there = self.rows.there(point)
        keys, role = self.rows.keys[there], self.rows.role[there]
        certain = (role & CERTAIN) > 0
        certain &= self._tiers.sides.sure(keys >> BITS & NUMBER) & self._chip_sides.sure(keys & NUMBER)
        return there[busy(keys, role, certain) | self._shared.anywhere[there]]

    def _gate(self, rows: Ints, companies: Ints, chips: Ints, still: Flags) -> Statuses:
        """The possible statuses at one gate of those of its cells that are ``still`` to be decided, in order."""
        if not len(rows):
            return np.full(int(still.sum()), ANY, np.uint8)
        count = len(self.chips)
        firsts = np.cumsum([0, *self._tiers.sizes]).tolist()
        wanted = np.zeros((len(self.companies), count), np.bool_)
        wanted[np.ix_(companies, chips)] = still
        own, *others = (self._telling.told(rows, tier, first) for tier, first in enumerate(firsts[:-1]))
        told = joined([own.among(wanted.ravel()), *others])
        found = listed(told.lists, firsts[-1] * count, told.orders, told.kinds)
        last = found.last.reshape(-1, count)
        heads = [
            last[np.ix_(first + labels[companies], chips)][still]
            for first, labels in zip(firsts[:-1], self._tiers.labels, strict=True)
        ]
        return walked(self._layers, found, heads)
