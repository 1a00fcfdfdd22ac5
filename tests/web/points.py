"""Points at which every way of asking must agree: days and moments drawn at random, many of them just at a turn."""

from random import Random
from typing import NamedTuple

from policytracker.events.dates import iso, moment_text, span

FIRST, LAST = span("2022-01-01").first, span("2026-10-31").last
REPORTED = (
    "2022-10-07",
    "2025-12-08",
    "2026-01-13",
    "2026-01-14",
    "2026-01-28T04:21Z",
    "2026-01-28",
    "2026-01-30",
    "2026-05-14",
    "2026-08-18",
)
"""Some of the moments at which the shipped history learns something."""


class At(NamedTuple):
    """A day, and as known when (None: everything published)."""

    at: str
    known: str | None

    def options(self) -> list[str]:
        """For the command line."""
        return ["--at", self.at, *([] if self.known is None else ["--known", self.known])]

    def query(self) -> dict[str, str]:
        """For an address."""
        return {"at": self.at} if self.known is None else {"at": self.at, "known": self.known}


def points(count: int, seed: int = 20260128) -> list[At]:
    """As many points, always the same."""
    random = Random(seed)
    return [At(iso(random.randint(FIRST, LAST)), _known(random)) for _ in range(count)]


def _known(random: Random) -> str | None:
    match random.randrange(5):
        case 0:
            return None
        case 1:
            return random.choice(REPORTED)
        case 2:
            return moment_text(span(iso(random.randint(FIRST, LAST))).first * 172_800 + 2 * 60 * random.randrange(1440))
        case _:
            return iso(random.randint(FIRST, LAST))
