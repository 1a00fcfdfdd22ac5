"""Quantities of chips: ranges, and what a series of doubtful reports comes to (semantics.md §8). Pure arithmetic."""

from collections.abc import Iterable
from typing import NamedTuple


class Amount(NamedTuple):
    """A range of chips, both ends included; an absent end (None) is open."""

    least: int | None
    most: int | None

    def plus(self, other: "Amount") -> "Amount":
        """The sum of two ranges, end by end; an end that is open in either stays open.

        >>> Amount(100, 200).plus(Amount(50, None))
        Amount(least=150, most=None)
        """
        return Amount(_sum(self.least, other.least), _sum(self.most, other.most))

    def hull(self, other: "Amount") -> "Amount":
        """The smallest range that holds both.

        >>> Amount(100, 200).hull(Amount(500, None))
        Amount(least=100, most=None)
        """
        least = None if self.least is None or other.least is None else min(self.least, other.least)
        most = None if self.most is None or other.most is None else max(self.most, other.most)
        return Amount(least, most)


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


class Count(NamedTuple):
    """One event that counts chips within a scope."""

    event: str
    amount: Amount
    is_total: bool
    """Whether it replaces what was known before, for the same scope; else it comes on top."""
    certain: bool
    """Whether it counts for sure; else it may count or not."""


class Tally(NamedTuple):
    """What the events of one scope come to."""

    amount: Amount
    certain: bool
    """Whether every event that it rests on counts for sure."""
    events: tuple[str, ...]
    """The events that it rests on, in their order: the last certain total and all that came after it."""


def tally(counts: Iterable[Count]) -> Tally | None:
    """Fold events, given in their order, into one range; None when there is none.

    The range holds the outcome of every choice of the doubtful events that leaves anything known. Ends are
    kept apart, so that folding hulls step by step loses nothing against trying every choice.
    """
    amount: Amount | None = None
    may_be_nothing = True
    rests_on: list[Count] = []
    for count in counts:
        outcomes = _outcomes(amount, may_be_nothing, count)
        amount = outcomes[0]
        for outcome in outcomes[1:]:
            amount = amount.hull(outcome)
        may_be_nothing = may_be_nothing and not count.certain
        rests_on = [count] if count.certain and count.is_total else [*rests_on, count]
    if amount is None:
        return None
    return Tally(amount, all(count.certain for count in rests_on), tuple(count.event for count in rests_on))


def _outcomes(before: Amount | None, may_be_nothing: bool, count: Count) -> list[Amount]:
    """What is known after an event, by whether it counts and whether anything was known before."""
    found = [count.amount] if count.is_total or may_be_nothing else []
    if before is not None and not count.is_total:
        found.append(before.plus(count.amount))
    if before is not None and not count.certain:
        found.append(before)
    return found
