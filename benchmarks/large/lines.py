"""The lines of a large ledger, and a ledger that was recorded over ten years."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import msgspec

from benchmarks.large import days
from benchmarks.large.certain import Certain
from benchmarks.large.doubtful import Doubtful
from benchmarks.large.words import FIRST, SECOND, Words
from benchmarks.large.world import Event, World
from policytracker.ledger.appending import append_lines
from policytracker.ledger.lines import Line
from policytracker.ledger.store import Store


class Workload(NamedTuple):
    """What makes the events of a ledger, and in what words."""

    make: Callable[[World, int], Doubtful | Certain]
    words: Words


WORKLOADS = {
    "doubtful": Workload(Doubtful, SECOND),
    "doubtful-0.1": Workload(partial(Doubtful, words=FIRST), FIRST),
    "certain": Workload(Certain, FIRST),
}
WORLD = World()
SMALL_WORLD = World(companies=60, chips=20, company_groups=6, chip_groups=4)
"""For ledgers of a few thousand events, in which 2,000 companies would have nothing said of them."""
BATCHES = 100
NOON = datetime(days.FIRST.year, days.FIRST.month, days.FIRST.day, 12, tzinfo=UTC)


def events(workload: str, size: int, seed: int = 1, world: World = WORLD) -> Iterator[Event]:
    """So many events in ledger order, the registrations of the world first. ``workload``: one of ``WORKLOADS``."""
    yield from islice(world.registry(WORKLOADS[workload].words), size)
    maker = WORKLOADS[workload].make(world, seed)
    for number in range(size - world.size):
        yield maker.event(number * days.DAYS // (size - world.size))


def lines(workload: str, size: int, seed: int = 1, world: World = WORLD) -> Iterator[bytes]:
    """The same as lines of an interchange file, without line ends."""
    return map(msgspec.json.Encoder().encode, events(workload, size, seed, world))


def record(ledger: Path, workload: str, size: int, seed: int = 1, world: World = WORLD, batches: int = BATCHES) -> None:
    """Make a ledger that is recorded in batches over ten years, each at noon of its last day.

    The registrations come first, by themselves; a report is thus recorded after its publication. Raises LedgerError.
    """
    numbered = enumerate(lines(workload, size, seed, world), start=1)
    with Store.create(ledger) as store:
        _append(store, list(islice(numbered, world.size)), -2 * days.LATEST)
        left = size - world.size
        for batch in range(batches):
            last = (batch + 1) * days.DAYS // batches
            count = (batch + 1) * left // batches - batch * left // batches
            _append(store, list(islice(numbered, count)), last)


def instant_of(day: int) -> int:
    """Noon of a day (0 is the first of the ledger), in microseconds since 1970."""
    return int((NOON + timedelta(days=day)).timestamp()) * 1_000_000


def _append(store: Store, numbered: list[tuple[int, bytes]], day: int) -> None:
    instant = instant_of(day)
    append_lines(store, [Line("large.jsonl", number, text) for number, text in numbered], lambda: instant)
