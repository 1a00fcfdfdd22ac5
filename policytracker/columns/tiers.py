"""Companies gathered by how many share a selector, so that lists of claims are kept once for all who share them.

The lowest tier has one list a company. A tier above it has classes: companies that are in the same of its selectors.
A claim is told in the tier of its size; a company that it does not match as it matches the rest of its class is told so
in its own list (``kinds.INSTEAD``).
"""

from collections.abc import Sequence
from functools import partial

import numpy as np

from policytracker.columns.banks import Bank
from policytracker.columns.kinds import ALL_BITS, INSTEAD, NOTHING, PARTLY
from policytracker.columns.rows import EXTENT, Ints
from policytracker.columns.sides import Matched, Sides

NONE = np.zeros(0, np.int64)
FEW = 32
"""A selector of at most so many companies is told company by company."""
SOME = 4
"""A selector of at most one in so many companies is told in the middle tier."""


class Tiers:
    """Lists of claims: those of single companies (tier 0), and of classes of companies."""

    def __init__(self, sides: Sides, bounds: Sequence[int] | None = None) -> None:
        """``bounds``: the most companies that a selector of each tier has, the last tier left out."""
        self.sides = sides
        size = len(sides.members)
        self.bounds = (FEW, size // SOME) if bounds is None else tuple(bounds)
        self.labels = [np.arange(size), *(self._labels(tier) for tier in range(1, len(self.bounds) + 1))]
        """For each tier the list of each company."""
        self.sizes = [int(labels.max(initial=-1)) + 1 for labels in self.labels]
        self.banks = [Bank(partial(self._told, tier)) for tier in range(len(self.labels))]
        """For each tier the lists that a side is told in, with the bits of the match."""
        self._split: dict[int, list[tuple[Ints, Ints]]] = {}

    def tier(self, count: int) -> int:
        """The tier in which a side of so many companies is told."""
        return sum(count > bound for bound in self.bounds)

    def tiers_of(self, sides: Ints) -> Ints:
        """The tier in which each side is told."""
        each, inverse = np.unique(sides, return_inverse=True)
        selectors = [0 if side & EXTENT else self.tier(len(self.sides[side].members)) for side in each.tolist()]
        return np.array(selectors, np.int64)[inverse]

    def _labels(self, tier: int) -> Ints:
        """Numbers of the classes of companies that are in the same selectors of a tier."""
        found: list[list[int]] = [[] for _ in self.sides.members]
        for number, members in enumerate(self.sides.by_selector()):
            if self.tier(len(members)) == tier:
                for member in members.tolist():
                    found[member].append(number)
        numbers: dict[tuple[int, ...], int] = {}
        return np.array([numbers.setdefault(tuple(each), len(numbers)) for each in found], np.int64)

    def _told(self, tier: int, side: int) -> tuple[Ints, Ints]:
        if side not in self._split:
            matched = self.sides[side]
            at = self.tier(len(matched.members))
            self._split[side] = self._by_class(matched, at) if at else self._by_company(matched)
        return self._split[side][tier]

    def _by_company(self, matched: Matched) -> list[tuple[Ints, Ints]]:
        return [(matched.members, matched.bits), *((NONE, NONE) for _ in self.bounds)]

    def _by_class(self, matched: Matched, tier: int) -> list[tuple[Ints, Ints]]:
        """What most of a class are told, in its list; what the others are, in their own."""
        told = np.full(len(self.sides.members), NOTHING)
        told[matched.members] = matched.bits
        labels = self.labels[tier]
        pairs, counts = np.unique(labels << ALL_BITS | told, return_counts=True)
        of, bits = pairs >> ALL_BITS, pairs & (1 << ALL_BITS) - 1
        usual = np.empty(self.sizes[tier], np.int64)
        by = np.argsort(counts, kind="stable")
        usual[of[by]] = bits[by]
        others = np.flatnonzero(told != usual[labels])
        classes = np.flatnonzero(usual != NOTHING)
        lists = [(NONE, NONE) for _ in self.labels]
        lists[0] = others, told[others] | INSTEAD
        partly = np.isin(classes, labels[others])
        lists[tier] = classes, usual[classes] | np.where(partly, PARTLY, 0)
        return lists
