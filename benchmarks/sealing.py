"""What sealing costs: the CPU time of appending with and without it, in an import and one event at a time.

Sealing takes less time than two runs of the same may differ by. So the two are run in pairs, one right after the other,
and what counts is the median of the ratios of the pairs.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from unittest.mock import patch

from benchmarks.figures import Figure, turns
from benchmarks.importing import EVENTS, made_up
from policytracker.ledger.appending import append_lines
from policytracker.ledger.lines import Line, lines_of
from policytracker.ledger.store import Store
from policytracker.seals.tree import Frontier

RUNS = 21
SINGLE = 300
REGISTRY = 251
"""So many of the made-up lines register what the others name."""
BOUND = 1.15


def figures() -> Iterator[Figure]:
    """CPU time: waiting for the disk is not part of it."""
    lines = lines_of("made-up.jsonl", made_up(EVENTS))
    with TemporaryDirectory() as folder:
        paths = (Path(folder) / f"{number}.ledger" for number in count())
        yield _figure(f"import of {EVENTS:,} events, CPU time", lambda: _import(next(paths), lines))
        yield _figure(f"{SINGLE} appends of one event, CPU time", lambda: _one_by_one(next(paths), lines))


def _figure(name: str, action: Callable[[], None]) -> Figure:
    def bare() -> None:
        with _not_sealing():
            action()

    sealed, unsealed = turns(RUNS, action, bare, timer=process_time)
    ratio = median(one / other for one, other in zip(sealed, unsealed, strict=True))
    return Figure(name, median(sealed), "the same, not sealed", median(unsealed), BOUND, paired=ratio)


def _import(path: Path, lines: list[Line]) -> None:
    with Store.create(path) as store:
        append_lines(store, lines)


def _one_by_one(path: Path, lines: list[Line]) -> None:
    with Store.create(path) as store:
        append_lines(store, lines[:REGISTRY])
        for line in lines[REGISTRY : REGISTRY + SINGLE]:
            append_lines(store, [line])


@contextmanager
def _not_sealing() -> Iterator[None]:
    """Appending without leaf and tree, and without looking whether those that are there fit."""
    store = "policytracker.ledger.store"
    with (
        patch(f"{store}.tree_of", lambda head: Frontier()),
        patch(f"{store}.sealed", lambda events, entries, tree: [(*entry, b"", None) for entry in entries]),
        patch(f"{store}.check_row", lambda *row: None),
        patch("policytracker.ledger.reading.check_ends", lambda ends: None),
        patch("policytracker.ledger.sealing.check_growth", lambda *tree: None),
    ):
        yield
