"""What changed lately, as a reader of the reports lived it: each day as known by then, step by step."""

from collections.abc import Iterator, Mapping
from itertools import islice, product
from typing import NamedTuple

from policytracker.events.dates import end_of_day
from policytracker.questions import names
from policytracker.questions.books import Books, Clocks
from policytracker.questions.diff import KNOWLEDGE, WORLD, Points, steps
from policytracker.questions.groups import Group, groups
from policytracker.status.directory import Directory
from policytracker.status.entries import Thread
from policytracker.status.grid import Pair
from policytracker.status.lived import Lived, Point, Turn
from policytracker.status.versions import BEFORE_ALL

BEGINNING = Point(1, end_of_day(1))
"""The earliest point that can be written."""
LOOKED_AT = 600
"""Turns of the ledger that are looked at, of which many may change no answer."""


class Step(NamedTuple):
    """A turn of days, or a publication, at which answers changed."""

    changed: str
    """``world`` or ``knowledge``, as in ``diff --json``."""
    when: int
    """The day that began (an ordinal), or the published moment."""
    points: Points
    groups: list[Group]


def lived(books: Books, clocks: Clocks, company: str | None, chip: str | None, most: int) -> Iterator[Step]:
    """The last steps at which answers changed up to ``at``, as known by ``known``; the newest first.

    Raises UnknownName or AmbiguousName at once.
    """
    view = books.view(BEFORE_ALL, clocks.recorded)
    found = Lived(view, pairs(view.directory, company, chip))
    last = end_of_day(clocks.at) if clocks.known is None else clocks.known
    turns = islice(found.turns(Point(clocks.at, last), LOOKED_AT), most)
    return (_step(books, clocks.recorded, view.threads, turn, last) for turn in turns)


def pairs(directory: Directory, company: str | None, chip: str | None) -> Iterator[Pair]:
    """The cells of a company, of a chip, of both, or all. Raises UnknownName or AmbiguousName at once."""
    companies = [names.company(directory, company)] if company else sorted(directory.companies)
    chips = [names.chip(directory, chip)] if chip else sorted(directory.chips)
    return product(companies, chips)


def _step(books: Books, recorded: int | None, threads: Mapping[str, Thread], turn: Turn, last: int) -> Step:
    here = [threads[claim] for claim in turn.claims]
    before = books.view_among(here, turn.before.known, recorded)
    points = _points(turn, last)
    if turn.before.known == turn.after.known:
        return Step(WORLD, turn.after.day, points, groups(steps(before, before, points, turn.cells)))
    after = books.view_among(here, turn.after.known, recorded)
    return Step(KNOWLEDGE, turn.after.known, points, groups(steps(before, after, points, turn.cells)))


def _points(turn: Turn, last: int) -> Points:
    """The two points of a turn as people give them: when a day begins, all of the day before is known."""
    day, known = max(turn.before.day, BEGINNING.day), max(turn.before.known, BEGINNING.known)
    if turn.before.known != turn.after.known:
        return Points(day, known, turn.after.day, turn.after.known)
    by_then = min(end_of_day(day), last)
    return Points(day, by_then, turn.after.day, by_then)
