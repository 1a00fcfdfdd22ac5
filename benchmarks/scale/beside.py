"""The table beside version 0.1: what is measured of a ledger of one size, in both versions.

All of it is processor time but for what waits for the disk or for a server: appending and pages, and the matrix by
which pages are told. Where a figure has a peer of its own (a rebuild reads and decodes the same events), the ratio is
that to the peer, not to 0.1.
"""

from collections.abc import Iterator, Sequence
from statistics import median, quantiles
from typing import Any

from benchmarks.before import Pair, Sides, Told, alternately, in_turns
from benchmarks.figures import Beside
from benchmarks.large import days
from benchmarks.large.lines import BATCHES, instant_of, lines
from benchmarks.large.world import World
from benchmarks.scale.asked import Question, questions
from benchmarks.scale.bounded import Unfinished
from benchmarks.scale.listed import Listed
from benchmarks.scale.pages import pages
from benchmarks.scale.rows import Rows
from policytracker.events.dates import iso

LAST_DAY = iso(days.FIRST.toordinal() + days.DAYS - 1)
RUNS, PAGE_RUNS = 3, 2
CELLS, CELL_RUNS = 100, 5
TIMELINES, MATRICES = 20, 5
PAGES = 12
MOST_MEMORY = 0.3
"""Gigabytes."""


class Comparison:
    """Measures one size in both versions; the ledgers are made by ``make``."""

    def __init__(self, sides: Sides, size: int, world: World, seed: int, seconds: float) -> None:
        """``seconds``: the most for one process; what takes longer is told as not finished."""
        self.sides, self.size, self.world, self.seed, self.seconds = sides, size, world, seed, seconds
        self._rows = Rows(f"{size:,} events", size)

    def make(self) -> None:
        """Each version makes its ledger from the same lines, in batches over ten years. Raises Unfinished."""
        file = self.sides[0].folder / "large.jsonl"
        with file.open("wb") as written_to:
            written_to.writelines(line + b"\n" for line in lines("doubtful-0.1", self.size, self.seed, self.world))
        for side in self.sides:
            for old in side.folder.glob(f"{side.ledger.name}*"):
                old.unlink()
            # Of a million events both versions need longer than any question may take.
            side.run("record", str(file), _batches(self.size, self.world), seconds=max(self.seconds, self.size / 1000))
        file.unlink()

    def rows(self) -> Iterator[Beside]:
        """The rows of the table; what changes the ledger comes last."""
        rows = self._rows
        matrix = self._turns("command", "matrix", "--json", "--at", LAST_DAY, warm=True)
        yield rows.plain("matrix --json", matrix.medians("cpu"))
        yield rows.plain("memory of matrix --json", matrix.medians("peak"), "GB")
        yield from self._states(matrix)
        yield from self._pages(matrix.medians("waited"))
        yield from self._cells()
        opening = self._turns("opening")
        yield rows.by_peer(
            "opening the ledger, by importing click and sqlite3", opening.medians("cpu"), opening.medians("peer")
        )
        yield rows.plain("timeline of a cell", self._turns("timelines", self._asked(TIMELINES)).medians("cpu"))
        matrices = self._turns("matrices", self._asked(MATRICES), warm=True)
        yield rows.plain("the whole matrix, asked again", matrices.medians("peer"))
        yield self._by_peer("diff of two matrices, by one matrix", matrices)
        yield self._by_peer("rebuild, by reading and decoding", self._turns("rebuild"))
        world = [self.world.companies, self.world.chips, self.world.company_groups, self.world.chip_groups]
        appended = alternately(self.sides, 1, "append", world, seconds=self.seconds)
        yield self._by_peer("append caught up, by sqlite3 as durable", appended)

    def _states(self, matrix: Pair) -> Iterator[Beside]:
        states = self._turns("command", "state", "--nl", "--at", LAST_DAY, warm=True)
        peak, name = states.medians("peak"), "state --nl of all cells"
        yield self._rows.plain(name, states.medians("cpu"))
        yield self._rows.by_peer(f"{name}, by the matrix", states.medians("cpu"), matrix.medians("cpu"))
        yield self._rows.by_peer("memory of state --nl, by 300 MB", peak, (MOST_MEMORY, MOST_MEMORY), "GB")

    def _pages(self, matrix: Told) -> Iterator[Beside]:
        """Of a first server nothing counts: what numba has not compiled yet is compiled there."""
        asked, rows = questions(self.world, PAGES, self.seed), self._rows
        told = in_turns(self.sides, PAGE_RUNS, lambda side: pages(side, asked, self.seconds), warm=1)
        first, slowest = told.medians("first board"), told.medians("slowest cell")
        yield rows.by_peer("first board, by the matrix", first, matrix)
        yield rows.plain("page of a cell", told.medians("cell"))
        yield rows.by_peer("page of a cell, the slowest, by the matrix", slowest, matrix)
        name = "memory of the server after these pages, by 300 MB"
        yield rows.by_peer(name, told.medians("peak"), (MOST_MEMORY, MOST_MEMORY), "GB")
        for what in ("stylesheet", "small page"):
            name = f"{what} while a page is made, by its time else"
            yield rows.by_peer(name, told.medians(what), told.medians(f"idle {what}"))

    def _cells(self) -> Iterator[Beside]:
        """Question by question; of several runs the fastest counts: what it takes when nothing disturbs."""
        pair = alternately(self.sides, CELL_RUNS, "cells", self._asked(CELLS), seconds=self.seconds)
        before, now = (each if isinstance(each, Unfinished) else _least(each) for each in pair)
        for what, of in (("median", median), ("95th percentile", _percentile)):
            yield self._rows.each(f"a cell, file opened anew, {what} of the ratios", (before, now), of)

    def _by_peer(self, name: str, pair: Pair) -> Beside:
        return self._rows.by_peer(name, pair.medians("cpu"), pair.medians("peer"))

    def _turns(self, work: str, *values: Any, warm: bool = False) -> Pair:
        return alternately(self.sides, RUNS, work, *values, warm=int(warm), seconds=self.seconds)

    def _asked(self, count: int) -> list[list[Any]]:
        return [asked_of(question) for question in questions(self.world, count, self.seed)]


def comparisons(
    sides: Sides, sizes: Sequence[int], world: World, listed: Listed, seed: int, seconds: float
) -> Iterator[Beside]:
    """The whole table: of ledgers of some sizes, of the Entity-List shape, and once what sealing costs."""
    for size in sizes:
        compared = Comparison(sides, size, world, seed, seconds)
        try:
            compared.make()
        except Unfinished as why:
            yield Beside("all that is measured", f"{size:,} events", str(why), str(why), None, 1, unfinished=True)
            continue
        yield from compared.rows()
    yield from listed.rows(sides, seconds)
    sealed = alternately(sides, 1, "seal", seconds=seconds)
    name = "import of 10,000 events, by the same not sealed"
    yield Rows("made up").by_peer(name, sealed.medians("cpu"), sealed.medians("peer"))


def _least(turns: list[dict[str, Any]]) -> list[float]:
    return [min(each) for each in zip(*(turn["each"] for turn in turns), strict=True)]


def _percentile(values: list[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1]


def asked_of(question: Question) -> list[Any]:
    """A question as ``probe.py`` takes it."""
    return [f"firm-{question.company}", f"chip-{question.chip}", question.at, question.known, question.recorded]


def _batches(size: int, world: World) -> list[tuple[int, int]]:
    """As ``large.lines.record`` does it: the registrations first, the rest over ten years."""
    left = size - world.size
    shares = ((batch + 1) * left // BATCHES - batch * left // BATCHES for batch in range(BATCHES))
    ends = (instant_of((batch + 1) * days.DAYS // BATCHES) for batch in range(BATCHES))
    return [(world.size, instant_of(-2 * days.LATEST)), *zip(shares, ends, strict=True)]
