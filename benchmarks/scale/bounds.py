"""The figures that are wanted of a large ledger, each with its bound."""

from collections.abc import Iterator, Sequence

from benchmarks.figures import Figure, Unmeasured
from benchmarks.scale.bounded import Unfinished
from benchmarks.scale.sized import Sized
from benchmarks.scale.tracker import NAME

Wanted = Figure | Unmeasured
MOST_SECONDS = {
    "state": ("a cell", 0.001),
    "timeline": ("its timeline", 0.05),
    "matrix": ("the matrix", 0.25),
    "diff": ("a diff of two matrices", 0.5),
}
MOST_RATIOS = {
    "append": ("append of one event, caught up", "the same rows with sqlite3", 2),
    "import": ("import", "executemany of the same rows", 6),
    "rebuild": ("rebuild", "reading and decoding the same rows", 6),
}
START = ("a question from the shell", "import click, sqlite3", 1.5)
ABOUT = 100_000
"""Starting is asked of a ledger of about this size."""
PEERS = {
    ("cell", "sqlite3, textbook SQL"): 1 / 10,
    ("cell", "DuckDB"): 1 / 10,
    ("cell", "PostgreSQL"): 1 / 10,
    ("matrix", "sqlite3, textbook SQL"): 1 / 4,
    ("matrix", "DuckDB"): 1 / 4,
    ("matrix", "PostgreSQL"): 1 / 4,
}


def figures(sizes: Sequence[Sized]) -> Iterator[Wanted]:
    """All figures, of the largest ledger where they name no size."""
    largest = max(sizes, key=lambda sized: sized.size)
    yield from _questions(largest)
    for kind, (name, against, most) in MOST_RATIOS.items():
        yield _pair(f"{name}, {largest.size:,} events", largest.written[kind], against, most)
    middle = min(sizes, key=lambda sized: abs(sized.size - ABOUT))
    yield _pair(f"{START[0]}, {middle.size:,} events", middle.written["start"], *START[1:])
    yield from _peers(largest)


def _questions(sized: Sized) -> Iterator[Wanted]:
    shape = f"{sized.world.companies:,} × {sized.world.chips}"
    for kind, (name, most) in MOST_SECONDS.items():
        asked = sized.asked[kind]
        told = f"{name} ({shape})" if kind in ("matrix", "diff") else name
        title = f"{told}, {sized.size:,} events"
        if isinstance(asked, Unfinished):
            yield Unmeasured(title, str(asked), f"the bound: {most * 1000:g} ms", 1)
        else:
            yield Figure(title, asked.median, "the bound", most, 1)


def _pair(title: str, pair: tuple[float, float] | Unfinished, against: str, most: float) -> Wanted:
    if isinstance(pair, Unfinished):
        return Unmeasured(title, str(pair), against, most)
    return Figure(title, pair[0], against, pair[1], most)


def _peers(sized: Sized) -> Iterator[Wanted]:
    """Against a peer that did not finish nothing is won: that is said, and counts as met where ours did."""
    for (kind, name), most in PEERS.items():
        if name not in sized.peers:
            continue
        title = f"{'a status' if kind == 'cell' else 'the matrix'}, certain claims, {sized.size:,} events"
        ours, theirs = sized.peers[NAME].asked[kind], sized.peers[name].asked[kind]
        if isinstance(ours, Unfinished) or isinstance(theirs, Unfinished):
            who = ours if isinstance(ours, Unfinished) else f"{name}: {theirs}"
            yield Unmeasured(title, str(who), name, most, missed=isinstance(ours, Unfinished))
        else:
            yield Figure(title, ours.median, name, theirs.median, most)
