"""One measured figure beside what it is measured against."""

from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import NamedTuple


class Figure(NamedTuple):
    """A median beside another of the same run, and the most that their ratio should be."""

    name: str
    seconds: float
    against: str
    peer: float
    bound: float
    unit: str = "ms"
    """What is printed: a thousandth of what is given, which is seconds; MB for gigabytes."""

    def __str__(self) -> str:
        ratio = self.seconds / self.peer
        verdict = "" if ratio <= self.bound else " MISSED"
        return (
            f"{self.name} | {self.seconds * 1000:.1f} {self.unit} | {self.against}: {self.peer * 1000:.1f} {self.unit}"
            f" | {ratio:.2f} | {self.bound}{verdict}"
        )


def in_turn(runs: int, *actions: Callable[[], object], timer: Callable[[], float] = perf_counter) -> list[float]:
    """The median seconds of each action; they take turns, so that a noisy moment meets them all."""
    taken: list[list[float]] = [[] for _ in actions]
    for _ in range(runs):
        for action, seconds in zip(actions, taken, strict=True):
            start = timer()
            action()
            seconds.append(timer() - start)
    return [median(seconds) for seconds in taken]
