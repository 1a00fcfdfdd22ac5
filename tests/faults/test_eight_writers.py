"""Eight record at once while somebody reads on: every place is taken once, and nobody misses an event."""

import time
from functools import partial
from multiprocessing.synchronize import Barrier
from pathlib import Path

from policytracker.events.forms import read_line
from policytracker.keeping.verify import ledger_damage
from policytracker.ledger.appending import append_event
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.sealing import tree_of
from policytracker.ledger.store import Store
from policytracker.ledger.where import Where, where_of
from policytracker.seals.tree import root_of
from tests.faults.counted import Count
from tests.faults.processes import FORKS
from tests.ledger.ground import NOON, Ledger, company, line_of
from tests.soak import often

SECONDS = often(short=1, long=30)
WRITERS = 8


def write(where: str, worker: int, barrier: Barrier, seconds: float, acknowledged: str) -> None:
    """Register companies one by one, and write down the id of each that was acknowledged."""
    with Store(where_of(where)) as store, Path(acknowledged).open("w") as file:
        barrier.wait(timeout=120)
        end = time.monotonic() + seconds
        turn = 0
        while time.monotonic() < end:
            event = read_line(line_of(company(f"firm-{worker}-{turn}")))
            (kept,) = append_event(store, event, partial(int, NOON - worker), f"worker-{worker}").kept
            file.write(f"{kept.id}\n")
            turn += 1


def read_on(where: Where, seconds: float) -> list[str]:
    """The ids that a reader meets who asks again and again for what is new; each must follow the one before."""
    seen: list[str] = []
    end = time.monotonic() + seconds
    with open_ledger(where) as source:
        while time.monotonic() < end or source.head().position > len(seen):
            for row in source.rows(after=len(seen)):
                assert row.position == len(seen) + 1
                seen.append(row.id)
            time.sleep(0.005)
    return seen


def eight_writers(where: Where, seconds: float, folder: Path) -> tuple[list[str], list[str]]:
    """What was acknowledged to all of them together, and what the reader has met."""
    barrier = FORKS.Barrier(WRITERS + 1)
    files = [folder / f"acknowledged-{worker}" for worker in range(WRITERS)]
    arguments = [(str(where), worker, barrier, seconds, str(file)) for worker, file in enumerate(files)]
    processes = [FORKS.Process(target=write, args=each) for each in arguments]
    for process in processes:
        process.start()
    barrier.wait(timeout=120)
    seen = read_on(where, seconds)
    for process in processes:
        process.join(timeout=120)
    assert [process.exitcode for process in processes] == [0] * WRITERS
    with open_ledger(where) as source:
        seen += [row.id for row in source.rows(after=len(seen))]
    return [event_id for file in files for event_id in file.read_text().split()], seen


def test_eight_writers_and_a_reader_lose_nothing(empty: Ledger, tmp_path: Path, counted: Count) -> None:
    """Every place is taken once, each acknowledged event stands there once, and one tree has them all."""
    acknowledged, seen = eight_writers(empty.path, SECONDS, tmp_path)

    assert sorted(seen) == sorted(acknowledged)
    assert len(set(seen)) == len(seen) > WRITERS
    assert list(ledger_damage(empty.path)) == []
    with open_ledger(empty.path) as source:
        positions = [row.position for row in source.rows()]
        assert positions == list(range(1, len(acknowledged) + 1))
        assert tree_of(source.head()).root() == root_of(source.leaves())
    home = "file" if isinstance(empty.path, Path) else "server"
    counted(f"events of {WRITERS} writers in {SECONDS} s ({home}), none lost, none missed by the reader", len(seen))
