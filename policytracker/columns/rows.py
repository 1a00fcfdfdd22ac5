"""The tenures of a ledger as columns, in the order of their keys and, under one key, of semantics.md §6.

A *side* is what finds the companies (or the chips) of a tenure: a selector, or where one alone does not decide, an
extent. A key is a gate and two sides.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from policytracker.projections.finding import Point
from policytracker.projections.keys import BITS

Ints = NDArray[np.int64]
Small = NDArray[np.int32]
NUMBER = (1 << BITS) - 1


class Column:
    """Where the columns of a row lie in the table ``tenures``."""

    KEY, START, PUBLISHED, POSITION, DAYS, KNOWN, SEEN = 0, 1, 2, 3, 4, 6, 8
    ROLE, COMPANY_EXTENT, CHIP_EXTENT = 10, 11, 12


class Clock:
    """From when and until when each row is there, by one of the clocks; its moments are numbered."""

    def __init__(self, first: Ints, end: Ints) -> None:
        """Of each row: the moment from which on it is there, and that from which on it is not."""
        self._moments = np.unique(np.concatenate([first, end]))
        self._from = np.searchsorted(self._moments, first).astype(np.int32)
        self._to = np.searchsorted(self._moments, end).astype(np.int32)

    def there(self, moment: int) -> NDArray[np.bool_]:
        """Whether each row is there at a moment."""
        number = np.int32(np.searchsorted(self._moments, moment, side="right") - 1)
        return (self._from <= number) & (number < self._to)


class Rows:
    """All tenures, by gate and sides; each under every pair of sides that find it."""

    def __init__(
        self, table: Ints, selectors: Iterable[tuple[int, str, str]], extents: Iterable[tuple[int, str]]
    ) -> None:
        """Take the rows of the tables ``tenures`` (in any order; as far as ``Column`` names it), and the other two."""
        self.selectors = {(side, number): text for number, side, text in selectors}
        self.extents = dict(extents)
        keys = _keyed(table)
        ranks = _ranks(table[:, [Column.START, Column.PUBLISHED, Column.POSITION]])
        clocks = table[:, Column.DAYS : Column.ROLE]
        by = np.lexsort((clocks[:, 4], clocks[:, 2], clocks[:, 0], ranks, keys))
        by = by[_first_of_each(keys[by], ranks[by], clocks[by])]
        self.keys, self.order = keys[by], ranks[by]
        self.role = table[by, Column.ROLE].astype(np.uint8)
        self.days, self.known, self.seen = (Clock(clocks[by, at], clocks[by, at + 1]) for at in (0, 2, 4))

    def __len__(self) -> int:
        return len(self.keys)

    def gate(self, gate: str) -> int:
        """The number of a gate; 0 for one of which no claim tells."""
        return next((number for (side, number), text in self.selectors.items() if (side, text) == ("gate", gate)), 0)

    def there(self, point: Point) -> Ints:
        """The rows that are there, in order."""
        found = self.days.there(point.day)
        found &= self.known.there(point.known)
        found &= self.seen.there(point.seen)
        return np.flatnonzero(found)


def _keyed(table: Ints) -> Ints:
    """The keys with each side that an extent decides named by it: bit 25 tells an extent from a selector."""
    keys = table[:, Column.KEY].copy()
    for extent, shift in ((Column.COMPANY_EXTENT, BITS), (Column.CHIP_EXTENT, 0)):
        decided = table[:, extent] > 0
        keys[decided] &= ~(NUMBER << shift)
        keys[decided] |= (table[decided, extent] | EXTENT) << shift
    return keys


EXTENT = 1 << BITS - 1
"""Marks the number of a side that an extent decides."""


def _ranks(orders: Ints) -> Ints:
    """The place of each among all that differ, from 1 on."""
    by = np.lexsort((orders[:, 2], orders[:, 1], orders[:, 0]))
    turns = (np.diff(orders[by], axis=0) != 0).any(axis=1)
    ranks = np.empty(len(orders), np.int64)
    ranks[by] = np.concatenate([[1], 1 + np.cumsum(turns)])[: len(orders)]
    return ranks


def _first_of_each(keys: Ints, ranks: Ints, clocks: Ints) -> NDArray[np.bool_]:
    """Which rows differ from the one before: a claim that an extent decides is found by several selectors."""
    first = np.ones(len(keys), np.bool_)
    first[1:] = (np.diff(keys) != 0) | (np.diff(ranks) != 0) | (np.diff(clocks, axis=0) != 0).any(axis=1)
    return first
