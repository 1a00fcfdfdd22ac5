"""Reports of made-up outlets."""

from collections.abc import Iterator
from itertools import count

from benchmarks.large import days
from benchmarks.large.chance import Chance, Weighted
from benchmarks.large.world import Event

OUTLETS = [f"Outlet {n}" for n in range(60)]
CERTAIN = Weighted({"official": 3, "on-record": 4, "anonymous": 3})
DOUBTFUL = ("F6", "D3", "D2", "C4", "E4", "B5")


class Reports:
    """Makes reports, each with an address of its own."""

    def __init__(self, chance: Chance) -> None:
        self.chance = chance
        self._numbers: Iterator[int] = count(1)

    def certain(self, day: int) -> Event:
        """A report that is enough by itself."""
        return {**self._report(day), "attribution": CERTAIN.draw(self.chance)}

    def doubtful(self, day: int) -> Event:
        """A report that is not; one in three repeats an agency."""
        report = {**self._report(day), "grade": self.chance.among(DOUBTFUL)}
        return {**report, "cites": "Agency"} if self.chance.random() < 0.3 else report

    def _report(self, day: int) -> Event:
        number = next(self._numbers)
        at_minute = self.chance.random() < 0.25
        return {
            "publisher": self.chance.among(OUTLETS),
            "published": days.instant(self.chance, day) if at_minute else days.text(day),
            "title": f"A report with a title of common length, number {number}",
            "url": f"https://news.example/{number}",
        }
