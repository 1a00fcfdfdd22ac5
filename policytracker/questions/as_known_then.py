"""What changed lately, each day as known by then, step by step: as a reader of the reports saw it."""

from collections.abc import Iterator
from itertools import islice, product
from typing import NamedTuple

from policytracker.events.dates import end_of_day
from policytracker.index.cells import Point
from policytracker.index.turns import Asked, Turn, Turns
from policytracker.questions import names
from policytracker.questions.diff import KNOWLEDGE, WORLD, Points, Walk
from policytracker.questions.groups import Group, groups
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.statuses import Pair
from policytracker.status.directory import Directory

FIRST_DAY, FIRST_MOMENT = 1, end_of_day(1)
"""The earliest point that can be written."""
LOOKED_AT = 600
"""Points of the ledger that are looked at, at many of which no answer changes."""


class Step(NamedTuple):
    """A turn of days, or a publication, at which answers changed."""

    changed: str
    """``world`` or ``knowledge``, as in ``diff --json``."""
    when: int
    """The day that began (an ordinal), or the published moment."""
    points: Points
    groups: list[Group]


def as_known_then(reader: Reader, clocks: Clocks, company: str | None, chip: str | None, most: int) -> Iterator[Step]:
    """The last steps at which answers changed up to ``at``, as known by ``known``; the newest first.

    Raises UnknownName or AmbiguousName at once.
    """
    seen = reader.point(clocks).seen
    turns = Turns(reader.by_day(seen), seen, among(reader.directory_at(clocks.recorded, clocks.at), company, chip))
    last = end_of_day(clocks.at) if clocks.known is None else clocks.known
    found = islice(turns.as_known_then(Point(clocks.at, last, seen), LOOKED_AT), most)
    return (_step(reader, clocks.recorded, turn, last) for turn in found)


def among(directory: Directory, company: str | None, chip: str | None) -> Asked:
    """The cells of a company, of a chip, of both, or all. Raises UnknownName or AmbiguousName at once."""
    return Asked(
        None if company is None else names.company(directory, company),
        None if chip is None else names.chip(directory, chip),
    )


def pairs(directory: Directory, company: str | None, chip: str | None) -> Iterator[Pair]:
    """The cells of a company, of a chip, of both, or all. Raises UnknownName or AmbiguousName at once."""
    companies = names.companies(directory, company)
    chips = names.chips(directory, chip)
    return product(companies, chips)


def _step(reader: Reader, recorded: int | None, turn: Turn, last: int) -> Step:
    points = _points(turn, last)
    steps = groups(Walk(reader, points, recorded).all_steps(turn.cells))
    if turn.before.known == turn.after.known:
        return Step(WORLD, turn.after.day, points, steps)
    return Step(KNOWLEDGE, turn.after.known, points, steps)


def _points(turn: Turn, last: int) -> Points:
    """The two points of a turn as people give them: when a day begins, all of the day before is known."""
    day, known = max(turn.before.day, FIRST_DAY), max(turn.before.known, FIRST_MOMENT)
    if turn.before.known != turn.after.known:
        return Points(day, known, turn.after.day, turn.after.known)
    by_then = min(end_of_day(day), last)
    return Points(day, by_then, turn.after.day, by_then)
