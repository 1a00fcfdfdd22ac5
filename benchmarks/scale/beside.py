"""The table beside version 0.1: what is measured of a ledger of one size, in both versions, and how far it may go.

All of it is processor time but for what waits for the disk or for a server: appending and pages. Where a figure has
a peer of its own (a rebuild reads and decodes the same events), the ratio is that to the peer, not to 0.1.
"""

from collections.abc import Callable, Iterator, Sequence
from statistics import median, quantiles
from typing import Any

from benchmarks.before import Pair, Side, Sides, alternately
from benchmarks.figures import Beside, written
from benchmarks.large import days
from benchmarks.large.lines import BATCHES, instant_of, lines
from benchmarks.large.world import World
from benchmarks.scale.asked import Question, questions
from benchmarks.scale.bounded import Unfinished
from benchmarks.scale.pages import pages
from policytracker.events.dates import iso

NOT_MORE = 1.1
"""Of the same code, two medians of a busy machine differ by some hundredths."""
BOUNDS = {
    "matrix --json": NOT_MORE,
    "matrix --json, memory": NOT_MORE,
    "state --nl, all cells": NOT_MORE,
    "state --nl, all cells, memory": NOT_MORE,
    "a cell, file opened anew, median of the ratios": NOT_MORE,
    "a cell, file opened anew, 95th percentile of the ratios": 1.25,
    "timeline of a cell": NOT_MORE,
    "diff of two matrices, by one matrix": 2.2,
    "rebuild, by reading and decoding": 4,
    "append caught up, by sqlite3 as durable": 2,
    "import of 10,000 events, by the same not sealed": 1.15,
    "first board": NOT_MORE,
    "page of a cell": NOT_MORE,
    "stylesheet while a page of a cell is made": NOT_MORE,
}
COMMANDS = {"matrix --json": ("matrix", "--json"), "state --nl, all cells": ("state", "--nl")}
LAST_DAY = iso(days.FIRST.toordinal() + days.DAYS - 1)
RUNS = 3
CELLS = 100
TIMELINES, MATRICES = 20, 5
PAGES = 8


class Comparison:
    """Measures one size in both versions; the ledgers are made by ``make``."""

    def __init__(self, sides: Sides, size: int, world: World, seed: int, seconds: float) -> None:
        """``seconds``: the most for one process; what takes longer is told as not finished."""
        self.sides, self.size, self.world, self.seed, self.seconds = sides, size, world, seed, seconds

    def make(self) -> None:
        """Each version makes its ledger from the same lines, in batches over ten years. Raises Unfinished."""
        file = self.sides[0].folder / "large.jsonl"
        with file.open("wb") as written_to:
            written_to.writelines(line + b"\n" for line in lines("doubtful", self.size, self.seed, self.world))
        for side in self.sides:
            for old in side.folder.glob(f"{side.ledger.name}*"):
                old.unlink()
            side.run("record", str(file), _batches(self.size, self.world), seconds=self.seconds)
        file.unlink()

    def rows(self) -> Iterator[Beside]:
        """The rows of the table; what changes the ledger comes last."""
        for name, words in COMMANDS.items():
            pair = self._turns("command", *words, "--at", LAST_DAY, warm=words[0] == "matrix")
            yield self._row(name, pair)
            yield self._row(f"{name}, memory", pair, "peak", "GB")
        yield from self._cells()
        yield self._row("timeline of a cell", self._turns("timelines", self._asked(TIMELINES)))
        matrices = self._turns("matrices", self._asked(MATRICES), warm=True)
        yield self._by_peer("diff of two matrices, by one matrix", matrices)
        yield self._by_peer("rebuild, by reading and decoding", self._turns("rebuild"))
        yield from self._pages()
        world = [self.world.companies, self.world.chips, self.world.company_groups, self.world.chip_groups]
        appended = alternately(self.sides, 1, "append", world, seconds=self.seconds)
        yield self._by_peer("append caught up, by sqlite3 as durable", appended)

    def _turns(self, work: str, *values: Any, warm: bool = False) -> Pair:
        return alternately(self.sides, RUNS, work, *values, warm=int(warm), seconds=self.seconds)

    def _asked(self, count: int) -> list[list[Any]]:
        return [asked_of(question) for question in questions(self.world, count, self.seed)]

    def _cells(self) -> Iterator[Beside]:
        """Question by question; of several runs the fastest counts: what it takes when nothing disturbs."""
        pair = self._turns("cells", self._asked(CELLS))
        before, now = (each if isinstance(each, Unfinished) else _least(each) for each in pair)
        for what, of in (("median", median), ("95th percentile", _percentile)):
            kind = f"a cell, file opened anew, {what} of the ratios"
            texts = [str(each) if isinstance(each, Unfinished) else written(of(each)) for each in (before, now)]
            ratio = None
            if not isinstance(before, Unfinished) and not isinstance(now, Unfinished):
                ratio = of([one / other for one, other in zip(now, before, strict=True)])
            yield _beside(self._named(kind), kind, texts, ratio, isinstance(now, Unfinished))

    def _pages(self) -> Iterator[Beside]:
        asked = questions(self.world, PAGES, self.seed)
        told = [_attempt(pages, side, asked) for side in self.sides]
        names = {"board": "first board", "cell page": "page of a cell"}
        names["stylesheet"] = "stylesheet while a page of a cell is made"
        pair = Pair(*(each if isinstance(each, Unfinished) else [each] for each in told))
        for what, name in names.items():
            yield self._row(name, pair, what)

    def _row(self, kind: str, pair: Pair, what: str = "cpu", unit: str = "ms") -> Beside:
        before, now = pair.medians(what)
        texts = [_text(each, unit) for each in (before, now)]
        try:
            ratio = pair.ratio(what)
        except Unfinished:
            ratio = None
        return _beside(self._named(kind), kind, texts, ratio, isinstance(now, Unfinished))

    def _by_peer(self, kind: str, pair: Pair) -> Beside:
        return _by_peer(self._named(kind), kind, pair)

    def _named(self, kind: str) -> str:
        return f"{kind}, {self.size:,} events"


def _by_peer(name: str, kind: str, pair: Pair) -> Beside:
    """The median of a version beside that of its own peer."""
    texts: list[str] = []
    times: float | None = None
    for cpu, peer in zip(pair.medians("cpu"), pair.medians("peer"), strict=True):
        if isinstance(cpu, Unfinished) or isinstance(peer, Unfinished):
            texts.append(str(cpu))
            times = None
        else:
            times = cpu / peer
            texts.append(f"{written(cpu)} ({times:.3g} ×)")
    return _beside(name, kind, texts, times, times is None)


def _beside(name: str, kind: str, texts: list[str], ratio: float | None, unfinished: bool = False) -> Beside:
    """``texts``: the figure of 0.1, and that of what is here."""
    before, now = texts
    bound = BOUNDS[kind]
    return Beside(name, before, now, ratio, bound, unfinished or (ratio is not None and ratio > bound))


def _text(value: float | Unfinished, unit: str) -> str:
    if isinstance(value, Unfinished):
        return str(value)
    return f"{value * 1000:.3g} MB" if unit == "GB" else written(value)


def comparisons(sides: Sides, sizes: Sequence[int], world: World, seed: int, seconds: float) -> Iterator[Beside]:
    """The whole table, of ledgers of some sizes; what sealing costs is told once."""
    for size in sizes:
        compared = Comparison(sides, size, world, seed, seconds)
        try:
            compared.make()
        except Unfinished as why:
            yield Beside(f"all of {size:,} events", str(why), str(why), None, 1, missed=True)
            continue
        yield from compared.rows()
    kind = "import of 10,000 events, by the same not sealed"
    yield _by_peer(kind, kind, alternately(sides, 1, "seal", seconds=seconds))


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


def _attempt(work: Callable[..., dict[str, Any]], side: Side, *values: Any) -> dict[str, Any] | Unfinished:
    try:
        return work(side, *values)
    except Unfinished as why:
        return why
