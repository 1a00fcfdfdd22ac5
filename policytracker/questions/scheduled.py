"""What is to change on days to come, as far as is known: rules that begin or end on a day that has been told, and
registrations that count from one."""

from collections.abc import Iterator
from typing import NamedTuple

from policytracker.index.turns import Turn, Turns
from policytracker.questions.as_known_then import among
from policytracker.questions.diff import Points, Walk
from policytracker.questions.groups import Group, alike
from policytracker.questions.reader import Clocks, Reader

MOST_DAYS = 100
"""Turning days ahead that are looked at."""


class Scheduled(NamedTuple):
    """A day on which answers change."""

    day: int
    """An ordinal."""
    points: Points
    groups: list[Group]


def scheduled(
    reader: Reader, clocks: Clocks, company: str | None, chip: str | None, most_touching: int | None = None
) -> Iterator[Scheduled]:
    """The days after ``at`` on which answers change, in order.

    ``most_touching``: looks no further than so many days on which something turns that reaches the cells. Raises
    UnknownName or AmbiguousName at once.
    """
    point = reader.point(clocks)
    asked = among(reader.directory_at(clocks.recorded, clocks.at), company, chip)
    turns = Turns(reader.by_day(point.seen), point.seen, asked)
    return (_scheduled(reader, clocks, turn) for turn in turns.days_ahead(point, MOST_DAYS, most_touching))


def _scheduled(reader: Reader, clocks: Clocks, turn: Turn) -> Scheduled:
    points = Points(turn.before.day, clocks.known, turn.after.day, clocks.known)
    walk = Walk(reader, points, clocks.recorded)
    return Scheduled(turn.after.day, points, alike(turn.cells, turn.statuses, walk.steps))
