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
    paired: float | None = None
    """The median of the ratios of single runs, where these were measured in pairs: then it is the ratio."""

    def __str__(self) -> str:
        measured, peer = written(self.seconds, self.unit), written(self.peer, self.unit)
        verdict = "MISSED" if self.missed else "met"
        return f"{self.name} | {measured} | {self.against}: {peer} | {self.ratio:.2g} | {self.bound:g} | {verdict}"

    @property
    def ratio(self) -> float:
        """Ours by the peer's."""
        return self.seconds / self.peer if self.paired is None else self.paired

    @property
    def missed(self) -> bool:
        """Whether the ratio is above its bound."""
        return self.ratio > self.bound


class Unmeasured(NamedTuple):
    """A figure that was not come by, which counts as missed."""

    name: str
    why: str
    against: str
    bound: float
    missed: bool = True

    def __str__(self) -> str:
        verdict = "MISSED" if self.missed else "met"
        return f"{self.name} | {self.why} | {self.against} | – | {self.bound:g} | {verdict}"


class Share(NamedTuple):
    """How many of some things are as they should be, and the least share that there should be."""

    name: str
    having: int
    of: int
    against: str
    """What the share is called: recall, precision."""
    bound: float | None
    """None where it is told for comparison."""

    @property
    def ratio(self) -> float:
        """The share; 1 of nothing."""
        return self.having / self.of if self.of else 1.0

    @property
    def missed(self) -> bool:
        """Whether the share is below its bound."""
        return self.bound is not None and self.ratio < self.bound

    def __str__(self) -> str:
        bound = "–" if self.bound is None else f"at least {self.bound:g}"
        verdict = "–" if self.bound is None else "MISSED" if self.missed else "met"
        return f"{self.name} | {self.having} of {self.of} | {self.against} | {self.ratio:.2g} | {bound} | {verdict}"


class Beside(NamedTuple):
    """A figure of version 0.1 beside the same of what is here, and the most that their ratio should be."""

    name: str
    ledger: str
    before: str
    now: str
    ratio: float | None
    """None where one of them was not come by."""
    bound: float | None
    """None where nothing is asked for at this size."""
    unfinished: bool = False
    """Whether what is here was not come by."""

    @property
    def missed(self) -> bool:
        """Whether the ratio is above its bound, or what is here was not come by."""
        return self.bound is not None and (self.unfinished or (self.ratio is not None and self.ratio > self.bound))

    def __str__(self) -> str:
        ratio = "–" if self.ratio is None else f"{self.ratio:.3g}"
        bound, verdict = ("–", "–") if self.bound is None else (f"{self.bound:g}", "MISSED" if self.missed else "met")
        return f"{self.name} | {self.ledger} | {self.before} | {self.now} | {ratio} | {bound} | {verdict}"


def written(seconds: float, unit: str = "ms") -> str:
    """A duration with three figures; of another unit, its thousandths.

    >>> written(0.0000421), written(0.04213), written(42.13)
    ('0.0421 ms', '42.1 ms', '42.1 s')
    """
    return f"{seconds:.3g} s" if seconds >= 1 and unit == "ms" else f"{seconds * 1000:.3g} {unit}"


def in_turn(runs: int, *actions: Callable[[], object], timer: Callable[[], float] = perf_counter) -> list[float]:
    """The median seconds of each action; they take turns, so that a noisy moment meets them all."""
    return [median(seconds) for seconds in turns(runs, *actions, timer=timer)]


def turns(runs: int, *actions: Callable[[], object], timer: Callable[[], float] = perf_counter) -> list[list[float]]:
    """The seconds of each action, turn by turn; every second turn goes backwards, so that none is always the first."""
    taken: list[list[float]] = [[] for _ in actions]
    for run in range(runs):
        for place in range(len(actions))[:: -1 if run % 2 else 1]:
            start = timer()
            actions[place]()
            taken[place].append(timer() - start)
    return taken
