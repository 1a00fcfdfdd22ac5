"""What is asked: cells at random dates, and whole matrices; and who answers."""

from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

from benchmarks.large import days
from benchmarks.large.chance import Chance
from benchmarks.large.lines import instant_of
from benchmarks.large.world import World
from policytracker.events.dates import end_of_day

NO_ANSWER = 255
"""Stands for a cell of which more than one status is possible."""


class Question(NamedTuple):
    """A cell at three dates; a matrix is asked for with the same, and the cell is then of no account."""

    company: int
    chip: int
    at: int
    """The effective day, an ordinal."""
    known: int
    """The published moment."""
    recorded: int
    """The recorded instant, in microseconds since 1970."""


class Answering(Protocol):
    """An engine that holds a ledger of certain claims, opened."""

    def cell(self, question: Question) -> int:
        """The rank of the one possible status, or NO_ANSWER."""

    def matrix(self, question: Question) -> bytes:
        """The same for all cells, a byte each, by number of company, then of chip."""


class Engine(Protocol):
    """An engine that may hold a ledger."""

    name: str

    def version(self) -> str | None:
        """Which one it is; None where it is not installed."""

    def prepare(self) -> None:
        """Take the ledger in, once."""

    def opened(self) -> AbstractContextManager[Answering]:
        """Open what was prepared."""


def questions(world: World, count: int, seed: int) -> list[Question]:
    """Questions at random dates in the ten years of a ledger; every fourth asks for what is known and recorded last."""
    chance = Chance(seed)
    return [_question(world, chance, newest=number % 4 == 3) for number in range(count)]


def _question(world: World, chance: Chance, newest: bool) -> Question:
    first = days.FIRST.toordinal()
    at, known, recorded = (chance.below(days.DAYS) for _ in range(3))
    if newest:
        known = recorded = days.DAYS + 1
    return Question(
        company=chance.below(world.companies),
        chip=chance.below(world.chips),
        at=first + at,
        known=end_of_day(first + known),
        recorded=instant_of(recorded),
    )
