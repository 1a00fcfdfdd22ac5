"""What is to change on days to come, as far as is known: rules that begin or end on a day that has been told."""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from policytracker.questions.books import Clocks
from policytracker.questions.diff import Points, grid_steps
from policytracker.questions.groups import Group, groups
from policytracker.questions.lived import pairs
from policytracker.status.grid import Grid, Pair

MOST_DAYS = 100
"""Turning days ahead that are looked at."""


class Scheduled(NamedTuple):
    """A day on which answers change."""

    day: int
    """An ordinal."""
    points: Points
    groups: list[Group]


def scheduled(grid: Grid, clocks: Clocks, company: str | None, chip: str | None) -> Iterator[Scheduled]:
    """The days after ``at`` on which answers change, in order. Raises UnknownName or AmbiguousName at once."""
    return _ahead(grid, clocks, list(pairs(grid.directory, company, chip)))


def _ahead(grid: Grid, clocks: Clocks, cells: list[Pair]) -> Iterator[Scheduled]:
    before = grid.possible(clocks.at)
    for day in islice((day for day in grid.days() if day > clocks.at), MOST_DAYS):
        after = grid.possible(day)
        changed = [pair for pair in cells if before[pair] != after[pair]]
        if changed:
            points = Points(day - 1, clocks.known, day, clocks.known)
            yield Scheduled(day, points, groups(grid_steps(grid, grid, points, changed)))
        before = after
