"""All that is measured of ledgers of one size."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from benchmarks.large.lines import record
from benchmarks.large.world import World
from benchmarks.scale import writing
from benchmarks.scale.asked import Engine, questions
from benchmarks.scale.asking import Measured, ask
from benchmarks.scale.bounded import Running, Unfinished
from benchmarks.scale.flat import flatten
from benchmarks.scale.tracker import NAME, Tracker
from benchmarks.scale.writing import Pair
from policytracker.ledger import clock
from policytracker.projections.catching_up import catch_up

Counts = Mapping[str, tuple[int, int]]
COUNTS = {
    "state": (40, 400),
    "anew": (5, 100),
    "timeline": (5, 60),
    "matrix": (2, 9),
    "diff": (1, 5),
    "claims": (0, 60),
}
"""How many questions of a kind come before those that are measured, and how many of these there are."""
PEER_COUNTS = {"cell": (40, 400), "matrix": (1, 9)}
Engines = Callable[[Path], Iterable[Engine]]
"""The peers, given the folder with the flat tables."""


class Disagreement(Exception):
    """Two engines that gave different answers: nothing is compared then."""

    def __init__(self, kind: str, place: int, one: str, other: str) -> None:
        """``place``: which question of the kind it was, from 0."""
        super().__init__(
            f"{one} and {other} do not agree on question {place} of kind {kind}; run `python -m benchmarks` with"
            " another --seed to see whether it is about one ledger, and mend the one that is wrong"
        )


class Peer(NamedTuple):
    """What was measured of one engine, the tracker included."""

    version: str
    asked: dict[str, Measured | Unfinished]


@dataclass
class Sized:
    """What was measured at one size; what did not finish says why."""

    size: int
    world: World
    asked: dict[str, Measured | Unfinished] = field(default_factory=dict)
    written: dict[str, Pair | Unfinished] = field(default_factory=dict)
    peers: dict[str, Peer] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)

    @property
    def claims(self) -> str:
        """How many claims the scopes of a cell have, the median of those asked."""
        found = self.asked["claims"]
        return "–" if isinstance(found, Unfinished) else f"{median(found.answers):,.0f}"


def measured(size: int, world: World, seed: int, folder: Path, run: Running, engines: Engines) -> Sized:
    """Make ledgers and measure; ``folder`` is left empty. Raises Disagreement."""
    sized = Sized(size, world)
    doubtful = folder / "doubtful.ledger"
    made = attempt(run, make, doubtful, "doubtful", size, seed, world)
    tracker = Tracker(doubtful, clock.today())
    for kind, counts in COUNTS.items():
        asked = questions(world, sum(counts), seed)
        values = tracker, kind, asked[: counts[0]], asked[counts[0] :]
        sized.asked[kind] = made if isinstance(made, Unfinished) else attempt(run, ask, *values)
    works: dict[str, tuple[Any, ...]] = {
        "start": (writing.starting, doubtful),
        "rebuild": (writing.rebuilding, doubtful),
        "append": (writing.appending, doubtful, world),
    }
    for name, work in works.items():
        sized.written[name] = made if isinstance(made, Unfinished) else attempt(run, *work)
    sized.written["import"] = attempt(run, writing.importing, folder, size, world)
    _empty(folder)
    compare(sized, seed, folder, run, engines)
    _empty(folder)
    return sized


def make(ledger: Path, workload: str, size: int, seed: int, world: World) -> None:
    """Make a ledger with its read models."""
    record(ledger, workload, size, seed, world)
    catch_up(ledger, clock.today())


def compare(
    sized: Sized, seed: int, folder: Path, run: Running, engines: Engines, counts: Counts = PEER_COUNTS
) -> None:
    """Ask all engines the same of a ledger of certain claims. Raises Disagreement."""
    ledger = folder / "certain.ledger"
    made = attempt(run, make, ledger, "certain", sized.size, seed, sized.world)
    flat = made if isinstance(made, Unfinished) else attempt(run, flatten, ledger, folder)
    if isinstance(flat, Unfinished):
        sized.peers[NAME] = Peer("", dict.fromkeys(PEER_COUNTS, flat))
        return
    for engine in (Tracker(ledger, clock.today()), *engines(folder)):
        version = engine.version()
        if version is None:
            sized.absent.append(engine.name)
        else:
            sized.peers[engine.name] = Peer(version, _asked(engine, sized.world, seed, run, counts))
    agree({name: peer.asked for name, peer in sized.peers.items()})


def agree(answers: Mapping[str, Mapping[str, Measured | Unfinished]]) -> None:
    """Raise Disagreement unless all answers, as far as they were given, are the same."""
    for kind in PEER_COUNTS:
        given = {name: found for name, each in answers.items() if isinstance(found := each.get(kind), Measured)}
        for one, other in zip(given, list(given)[1:], strict=False):
            for place, pair in enumerate(zip(given[one].answers, given[other].answers, strict=False)):
                if pair[0] != pair[1]:
                    raise Disagreement(kind, place, one, other)


def attempt(run: Running, work: Callable[..., Any], *values: Any) -> Any:
    """What some work gives, or why it did not finish."""
    try:
        return run(work, *values)
    except Unfinished as why:
        return why


def _asked(engine: Engine, world: World, seed: int, run: Running, counts: Counts) -> dict[str, Measured | Unfinished]:
    ready = attempt(run, engine.prepare)
    found: dict[str, Measured | Unfinished] = {}
    for kind, (warming, more) in counts.items():
        asked: Sequence[Any] = questions(world, warming + more, seed)
        values = engine, kind, asked[:warming], asked[warming:]
        found[kind] = ready if isinstance(ready, Unfinished) else attempt(run, ask, *values)
    return found


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()
