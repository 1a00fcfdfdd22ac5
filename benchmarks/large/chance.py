"""Draws that are the same for the same seed on every machine, and cheap enough for a million events."""

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Chance:
    """A source of draws; all of them come from ``Random.random``, which no release of Python changes."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed).random

    def below(self, end: int) -> int:
        """A whole number from 0 up to, and not including, ``end``."""
        return int(self.random() * end)

    def among(self, items: Sequence[Item]) -> Item:
        """One of some items, all equally likely."""
        return items[int(self.random() * len(items))]

    def some(self, items: Sequence[Item], most: int) -> list[Item]:
        """One to ``most`` different items, in the order of the draws; one is the most likely."""
        count = 1 + int(self.random() * self.random() * most)
        return list(dict.fromkeys(self.among(items) for _ in range(count)))


class Weighted(Generic[Item]):
    """Items with how likely each is."""

    def __init__(self, weights: dict[Item, float]) -> None:
        self._items = tuple(weights)
        self._sums = list(accumulate(weights.values()))

    def draw(self, chance: Chance) -> Item:
        """One of them."""
        return self._items[bisect(self._sums, chance.random() * self._sums[-1], 0, len(self._items) - 1)]
