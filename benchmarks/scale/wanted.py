"""What is wanted of what is here beside version 0.1: how many times as long as something else each figure may take."""

from typing import NamedTuple

MILLION = 1_000_000
MIDDLE = (10_000, 100_000)


class Wanted(NamedTuple):
    """The most that a ratio may be."""

    most: float
    sizes: tuple[int, ...] = ()
    """The numbers of events for which it is wanted; none: all."""


WANTED = {
    "first board, by the matrix": Wanted(2, MIDDLE),
    "page of a cell, the slowest, by the matrix": Wanted(2, MIDDLE),
    "memory of the server after these pages, by 300 MB": Wanted(1, MIDDLE),
    "state --nl of all cells, by the matrix": Wanted(6, MIDDLE),
    "memory of state --nl, by 300 MB": Wanted(1, MIDDLE),
    "stylesheet while a page is made, by its time else": Wanted(5),
    "small page while a page is made, by its time else": Wanted(5),
    "a cell, file opened anew, median of the ratios": Wanted(1),
    "a cell, file opened anew, 95th percentile of the ratios": Wanted(1),
    "opening the ledger, by importing click and sqlite3": Wanted(0.5),
    "the whole matrix, asked again": Wanted(1.5, (MILLION,)),
    "timeline of a cell": Wanted(0.7, (MILLION,)),
    "diff of two matrices, by one matrix": Wanted(2.2),
    "rebuild, by reading and decoding": Wanted(6),
    "append caught up, by sqlite3 as durable": Wanted(2),
    "import of 10,000 events, by the same not sealed": Wanted(1.15),
}
"""By the name of a figure; of one that is not here nothing is wanted, it is told for comparison."""
LINEAR = 1.25
"""The most that a company may take in a ledger of more companies, by what it takes in one of few."""


def most(name: str, size: int | None = None) -> float | None:
    """The most that the ratio of a figure may be, of a ledger of so many events; None: nothing is wanted."""
    wanted = WANTED.get(name)
    if wanted is None or (wanted.sizes and size not in wanted.sizes):
        return None
    return wanted.most
