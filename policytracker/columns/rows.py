"""The tenures of a ledger as columns, in the order of their keys and, under one key, of semantics.md §6."""

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from policytracker.columns.compiled import compiled
from policytracker.columns.reports import reports
from policytracker.projections.finding import Point
from policytracker.projections.keys import BITS, GATE, PAIR

Ints = NDArray[np.int64]
Small = NDArray[np.int32]
Bytes = NDArray[np.uint8]
NEVER = np.iinfo(np.int32).max
"""After every day and position."""
NOWHERE = -1


class Column:
    """Where the columns of a row lie in the table ``tenures``."""

    KEY, START, PUBLISHED, POSITION, DAYS, KNOWN, SEEN = 0, 1, 2, 3, 4, 6, 8
    ROLE, COMPANY_EXTENT, CHIP_EXTENT, LONE = 10, 11, 12, 13


class Moment(NamedTuple):
    """A point of the clocks, as the columns have it."""

    day: int
    known: int
    seen: int
    most: int
    """The greatest rank of a claim that may be in force on the day."""


class Tenures(NamedTuple):
    """What compiled functions take of the rows."""

    rows: Small
    """For each row the columns below: what is looked at together lies together."""
    extents: Small
    """For each row those of companies and of chips; 0 for none."""


RANK, ROLE, KNOWN, DAYS, SEEN = 0, 1, 2, 4, 6
"""The columns of a row: the place of its claim in the order of §6 among all of the ledger; what it does; and from when
and until when it is there, by published moments, which are numbered, by days, and by positions."""
EXTENDED = 1 << 7
"""This bit of what a row does tells that an extent decides whom it matches;"""
ALONE = 1 << 8
"""this one, that nothing was said about its claim."""


class Places(NamedTuple):
    """Where the rows of a pair of selectors lie, gate by gate."""

    pairs: Ints
    slots: Small
    """A table by which a pair is found (``place_of``): places among the pairs, plus one; as many as a power of two."""
    first: Small
    """For each pair and gate the first of its rows,"""
    last: Small
    """and the one after the last."""


class Rows:
    """All tenures, by gate and pair of selectors; and the reports of their claims."""

    def __init__(
        self,
        table: Ints,
        selectors: Iterable[tuple[int, str, str]],
        extents: Iterable[tuple[int, str]],
        mentions: Ints,
    ) -> None:
        """Take the rows of the tables ``tenures`` (in any order; as far as ``Column`` names it), and the others."""
        self.selectors = {(side, text): number for number, side, text in selectors}
        self.extents = dict(extents)
        table = table[np.lexsort([table[:, at] for at in (3, 2, 1, 0)])]
        ranks, orders = _ranked(table[:, [Column.START, Column.PUBLISHED, Column.POSITION]])
        self._orders = orders
        self._days: list[int] = orders[:, 0].tolist()
        self._early = int((table[:, Column.START] - table[:, Column.DAYS]).max(initial=0))
        """The most days that a claim may be in force before the day by which it is ordered."""
        known, days, seen = (table[:, at : at + 2] for at in (Column.KNOWN, Column.DAYS, Column.SEEN))
        moments = np.unique(known)
        self._moments: list[int] = moments.tolist()
        extents_of = _small(table[:, [Column.COMPANY_EXTENT, Column.CHIP_EXTENT]])
        role = table[:, Column.ROLE] | np.where((extents_of > 0).any(axis=1), EXTENDED, 0)
        role |= np.where(table[:, Column.LONE] > 0, ALONE, 0)
        columns = [ranks, role, *np.searchsorted(moments, known).T, *days.T, *seen.T]
        self.tenures = Tenures(_small(np.stack(columns, axis=1)), extents_of)
        self.gates: dict[str, int] = {}
        """The places of gates of which some claim tells."""
        self.keys = table[:, Column.KEY].copy()
        self.places = self._placed(self.keys, mentions[:, 0])
        lone = table[table[:, Column.LONE] > 0]
        columns_of = [Column.KEY, Column.PUBLISHED, Column.SEEN, Column.COMPANY_EXTENT, Column.CHIP_EXTENT]
        self.reports = reports(self.places.pairs, lone[:, columns_of], mentions)

    def moment(self, point: Point) -> Moment:
        """A point, as the columns have it."""
        known = bisect_right(self._moments, point.known) - 1
        most = bisect_right(self._days, point.day + self._early) - 1
        return Moment(point.day, known, min(point.seen, NEVER - 1), most)

    def span(self, gate: int) -> tuple[int, int]:
        """The first row of a gate and the one after its last; none for NOWHERE."""
        return (0, 0) if gate == NOWHERE else (int(self._starts[gate]), int(self._starts[gate + 1]))

    def orders(self, ranks: Small) -> list[tuple[int, int, int]]:
        """What orders the claims of these ranks (§6)."""
        return list(map(tuple, self._orders[ranks].tolist()))

    def _placed(self, keys: Ints, mentioned: Ints) -> Places:
        numbers = np.unique(keys >> 2 * BITS).tolist()
        names = {number: text for (side, text), number in self.selectors.items() if side == GATE}
        self.gates = {names[number]: place for place, number in enumerate(numbers)}
        self._starts = np.searchsorted(keys >> 2 * BITS, [*numbers, NEVER])
        turns = np.flatnonzero(np.diff(keys, prepend=NOWHERE))
        pairs = np.unique(np.concatenate([keys[turns] & PAIR, mentioned]))
        inverse = np.searchsorted(pairs, keys[turns] & PAIR)
        gates = np.searchsorted(numbers, keys[turns] >> 2 * BITS)
        first, last = np.zeros((2, len(pairs), max(1, len(numbers))), np.int32)
        first[inverse, gates] = turns
        last[inverse, gates] = np.append(turns[1:], len(keys))
        slots = np.zeros(1 << (2 * len(pairs) + 1).bit_length(), np.int32)
        _fill(pairs, slots)
        return Places(pairs, slots, first, last)


def _small(columns: Ints) -> Small:
    """The same with smaller numbers."""
    return np.minimum(columns, NEVER).astype(np.int32)


def _ranked(orders: Ints) -> tuple[Small, Ints]:
    """The place of each among all that differ, and these."""
    by = np.lexsort((orders[:, 2], orders[:, 1], orders[:, 0]))
    turns = (np.diff(orders[by], axis=0, prepend=NOWHERE) != 0).any(axis=1)
    ranks = np.empty(len(orders), np.int32)
    ranks[by] = np.cumsum(turns) - 1
    return ranks, orders[by[turns]]


@compiled
def _slot(pair: int, pairs: Ints, slots: Small) -> int:
    """The slot in which a pair is, or that is free for it: open addressing."""
    most = len(slots) - 1
    at = (pair * 0x9E3779B97F4A7C1 >> 20) & most
    while slots[at] and pairs[slots[at] - 1] != pair:
        at = at + 1 & most
    return at


@compiled
def _fill(pairs: Ints, slots: Small) -> None:
    for place in range(len(pairs)):
        slots[_slot(pairs[place], pairs, slots)] = place + 1


@compiled
def place_of(pair: int, pairs: Ints, slots: Small) -> int:
    """The place of a pair; NOWHERE for one under which nothing is kept."""
    return slots[_slot(pair, pairs, slots)] - 1
