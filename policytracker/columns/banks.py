"""Lists of numbers kept one after another, found by number: what was looked up once is there for all at once."""

from collections.abc import Callable

import numpy as np

from policytracker.columns.rows import Ints


class Bank:
    """Pairs of numbers under a number; made when they are asked for the first time."""

    def __init__(self, make: Callable[[int], tuple[Ints, Ints]]) -> None:
        self._make = make
        self._place: dict[int, int] = {}
        self._starts = np.zeros(1, np.int64)
        self._pairs = np.zeros((2, 0), np.int64)

    def places(self, numbers: Ints) -> Ints:
        """Where these are kept."""
        each, inverse = np.unique(numbers, return_inverse=True)
        missing = [number for number in each.tolist() if number not in self._place]
        if missing:
            self._learn(missing)
        places = np.fromiter(map(self._place.__getitem__, each.tolist()), np.int64, len(each))
        found: Ints = places[inverse]
        return found

    def _learn(self, missing: list[int]) -> None:
        made = [np.stack(self._make(number)) for number in missing]
        self._place |= {number: len(self._place) + place for place, number in enumerate(missing)}
        ends = self._starts[-1] + np.cumsum([pairs.shape[1] for pairs in made])
        self._starts = np.concatenate([self._starts, ends])
        self._pairs = np.concatenate([self._pairs, *made], 1)

    def counts(self, places: Ints) -> Ints:
        """How many pairs each has."""
        found: Ints = (self._starts[1:] - self._starts[:-1])[places]
        return found

    def spread(self, places: Ints) -> tuple[Ints, Ints, Ints]:
        """All pairs of all these, one after another: which of them each is of, and its two numbers."""
        counts = self.counts(places)
        of = np.repeat(np.arange(len(places)), counts)
        ends = np.cumsum(counts)
        at = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - counts, counts) + self._starts[places][of]
        return of, self._pairs[0][at], self._pairs[1][at]
