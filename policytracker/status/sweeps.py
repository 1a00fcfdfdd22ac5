"""One gate of one cell, swept from the first day to the last: claims come and go, few are left to be decided over (§6).

Of the claims that hold, those that a later certain opening strikes with all that came before need not be looked at: for
each pair of levels the sweep knows the last one of these that covers it.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, product
from typing import Any, NamedTuple

from policytracker.status.extents import FOREVER
from policytracker.status.found import (
    STOP,
    STRIKES,
    STRIKES_COVERED,
    STRIKES_OPENINGS,
    Decider,
    Found,
    GateFound,
    Order,
)
from policytracker.status.prevails import CHIP_LEVELS, COMPANY_LEVELS

NOTHING: Order = (-1, -1, -1)
LEVELS = list(product(range(COMPANY_LEVELS), range(CHIP_LEVELS)))
COVERED_BY = {(i, j): [(k, m) for k, m in LEVELS if k >= i and m >= j] for i, j in LEVELS}
"""For each pair of levels those of claims that cover it."""


class Stretch(NamedTuple):
    """The days over which a claim holds for a cell in one way, ``[day_from, day_to)``."""

    day_from: int
    day_to: int
    claim: Found


class Ends:
    """The first day of stretches, and that after the last (``found.Turning``)."""

    def __init__(self, stretches: Iterable[Stretch]) -> None:
        self._days: dict[int, dict[Order, bool]] = {}
        for each in stretches:
            for day in (each.day_from, each.day_to):
                self._days.setdefault(day, {})[each.claim.order] = False

    def on(self, day: int) -> Mapping[Order, bool]:
        """The claims with such a day; of none it is known that nothing was said about it."""
        return self._days.get(day, {})


def sweep(stretches: Sequence[Stretch], decider: Decider) -> Iterator[tuple[int, GateFound]]:
    """What a gate answers from each day on at which something begins or ends, in order."""
    begins = [(each.day_from, True, each.claim) for each in stretches]
    ends = [(each.day_to, False, each.claim) for each in stretches if each.day_to != FOREVER]
    holding = Holding()
    for day, together in groupby(sorted(begins + ends, key=_day), key=_day):
        for _, is_begin, claim in together:
            holding.turn(claim, is_begin)
        yield day, decider.decide_among(sorted(holding.left()))


def _day(turn: tuple[int, bool, Found]) -> int:
    return turn[0]


class Holding:
    """The claims that hold at a gate, each list in the order of §6."""

    def __init__(self) -> None:
        self._openings: dict[tuple[int, int], list[Found]] = {}
        self._stops: dict[tuple[int, int], list[Found]] = {}
        self._strike_covered: dict[tuple[int, int], list[Order]] = {}
        """The orders of those that strike all earlier claims at their levels or below, in every world."""
        self._strike_openings: list[Order] = []
        """The orders of those that strike all earlier openings, in every world."""

    def turn(self, claim: Found, begins: bool) -> None:
        """A claim begins to hold, or holds no longer."""
        levels = claim.companies.level, claim.chips.level
        change = insort if begins else _remove
        change((self._stops if claim.role & STOP else self._openings).setdefault(levels, []), claim)
        if claim.companies.certain and claim.chips.certain:
            strikes = claim.role & STRIKES
            if strikes == STRIKES_COVERED:
                change(self._strike_covered.setdefault(levels, []), claim.order)
            elif strikes == STRIKES_OPENINGS:
                change(self._strike_openings, claim.order)

    def left(self) -> Iterator[Found]:
        """The claims that have to be looked at.

        Those that are not struck in every world; and of the struck ones the stops that strike openings which no later
        stop strikes in every world.
        """
        last = {levels: orders[-1] for levels, orders in self._strike_covered.items() if orders}
        last_stop = self._strike_openings[-1] if self._strike_openings else NOTHING
        for levels in {**self._openings, **self._stops}:
            since = max((last[above] for above in COVERED_BY[levels] if above in last), default=NOTHING)
            openings, stops = self._openings.get(levels, []), self._stops.get(levels, [])
            yield from openings[bisect_left(openings, since, key=_order) :]
            yield from stops[bisect_left(stops, min(since, last_stop), key=_order) :]


def _remove(ordered: list[Any], each: object) -> None:
    del ordered[bisect_left(ordered, each)]


def _order(claim: Found) -> Order:
    return claim.order
