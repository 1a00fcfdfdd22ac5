"""One event at a time, durable, against sqlite3 with the same rows; and whether the ledger's size tells.

Read models are not part of it.
"""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from benchmarks.figures import Figure, in_turn
from benchmarks.importing import made_up
from benchmarks.raw import RawLedger
from policytracker.events.forms import read_line
from policytracker.ledger.appending import append_event, append_lines
from policytracker.ledger.lines import Line, lines_of
from policytracker.ledger.store import Store

SMALL, LARGE = 10_000, 200_000
SINGLE = 300
BOUND = 2
GROWTH = 1.5


def figures() -> Iterator[Figure]:
    """In a process that keeps the ledger open."""
    ours, raw = _append(SMALL, perf_counter)
    yield Figure("append of 1 event", ours, "the same rows by sqlite3", raw, BOUND)
    (small, _), (large, _) = _append(SMALL, process_time), _append(LARGE, process_time)
    yield Figure(f"append of 1 event to {LARGE:,}, CPU time", large, f"to {SMALL:,}", small, GROWTH)


def _append(events: int, timer: Callable[[], float]) -> list[float]:
    """The median time of one append to a ledger of so many events, ours and raw."""
    with TemporaryDirectory() as folder:
        return _append_in(Path(folder), events, timer)


def _append_in(folder: Path, events: int, timer: Callable[[], float]) -> list[float]:
    lines = lines_of("made-up.jsonl", made_up(events + SINGLE))
    ledger, rest = folder / "ours.ledger", lines[events:]
    with Store.create(ledger) as store:
        append_lines(store, lines[:events], recorder="benchmark")
        with RawLedger(folder / "peer.raw", ledger) as peer:
            peer.append(*peer.rows_of(ledger))
            later = zip(*_rows_of(folder, lines, events), strict=True)
            ours = (read_line(line.text) for line in rest)
            return in_turn(
                SINGLE,
                lambda: append_event(store, next(ours), recorder="benchmark"),
                lambda: peer.append(*([row] for row in next(later))),
                timer=timer,
            )


def _rows_of(folder: Path, lines: list[Line], after: int) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """The rows that the lines after a position become."""
    ledger = folder / "more.ledger"
    with Store.create(ledger) as store:
        append_lines(store, lines[:after], recorder="benchmark")
        for line in islice(lines, after, None):
            append_event(store, read_line(line.text), recorder="benchmark")
    return RawLedger.rows_of(ledger, after)
