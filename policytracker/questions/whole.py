"""The answers for all companies and chips at once: by arrays where the ledger is large, else cell by cell."""

from importlib.util import find_spec

from policytracker.questions.books import Books, Clocks
from policytracker.questions.statuses import Statuses
from policytracker.status.grid import Grid

PAYS = 400_000
"""From so many pairs of an event and a company or chip on, arrays are the faster, their making included; but for the
first time on a machine, when their functions are compiled."""


def whole(books: Books, clocks: Clocks) -> Statuses:
    """The possible statuses of all registered companies and chips, in the order of their ids."""
    return by_columns(books, clocks) if pays(books) else by_grid(books, clocks)


def pays(books: Books) -> bool:
    """Whether numba is there, and the ledger held in memory or so large that it is worth while."""
    if books.holds:
        return True
    directory = books.directory
    size = books.head.position * (len(directory.companies) + len(directory.chips))
    return size >= PAYS and find_spec("numba") is not None


def by_grid(books: Books, clocks: Clocks) -> Statuses:
    """The same from a grid: needs nothing but the standard library."""
    return of_grid(Grid(books.view(clocks.known, clocks.recorded)), clocks.at)


def of_grid(grid: Grid, day: int) -> Statuses:
    """The same from a grid that is there, for a day (an ordinal)."""
    return Statuses(sorted(grid.directory.companies), sorted(grid.directory.chips), grid.answers(day))


def by_columns(books: Books, clocks: Clocks) -> Statuses:
    """The same from arrays: needs numba."""
    point = books.point(clocks)
    sheet = books.sheet(point.seen)
    return Statuses(sheet.companies, sheet.chips, sheet.possible(point).tobytes())
