"""Several processes record at once into one ledger: nobody fails, nothing is lost, and order is kept."""

import json
from collections import Counter
from collections.abc import Callable
from functools import partial
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from policytracker.events.forms import read_line
from policytracker.ledger.appending import append_event, append_lines
from policytracker.ledger.store import Store
from policytracker.ledger.where import Where, where_of
from tests.faults.processes import FORKS
from tests.ledger.ground import NOON, REPORT, Fields, Ledger, about, cleared, company, lines_from

TIMES = 12


def said(worker: int, turn: int) -> list[Fields]:
    """What a process records in a turn: a claim of its own, a word about a claim of all, a registration of all."""
    return [
        cleared(f"own-{worker}-{turn}", note=f"{worker} {turn}"),
        about("disputed", "clear", note=f"{worker} {turn}", report=REPORT),
        company("acme", name=f"Acme {worker} {turn}"),
    ]


def record(path: str, worker: int, barrier: Barrier) -> None:
    """Record one by one, then in an import, by a clock that differs from the others'."""
    with Store(where_of(path)) as store:
        barrier.wait(timeout=60)
        for turn in range(TIMES):
            events = said(worker, turn)
            clock = partial(int, NOON + (turn - 5 * worker) * 1_000_000)
            for event in events[:2]:
                append_event(store, read_line(json.dumps(event).encode()), clock, f"worker-{worker}")
            append_lines(store, lines_from(events), clock, f"worker-{worker}")


def amend(path: str, worker: int, barrier: Barrier) -> None:
    """Say one thing about one claim, all at the same time."""
    event = about("corroborated", "clear", report=REPORT | {"publisher": f"Outlet {worker}"})
    with Store(where_of(path)) as store:
        barrier.wait(timeout=60)
        append_event(store, read_line(json.dumps(event).encode()), lambda: NOON, f"worker-{worker}")


def create(path: str, worker: int, barrier: Barrier) -> None:
    """Make the ledger, unless another was faster."""
    barrier.wait(timeout=60)
    Store.create(where_of(path)).close()


def together(work: Callable[[str, int, Barrier], None], path: Where, count: int) -> list[int | None]:
    """Run it in so many processes at once; their exit codes."""
    barrier = FORKS.Barrier(count)
    processes = [FORKS.Process(target=work, args=(str(path), worker, barrier)) for worker in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(timeout=120)
    return [process.exitcode for process in processes]


def by_content(events: list[Fields]) -> list[str]:
    """The events, whatever their order."""
    return sorted(json.dumps(event, sort_keys=True) for event in events)


@pytest.mark.parametrize("count", [2, 4])
def test_processes_that_record_at_once_lose_nothing(ledger: Ledger, count: int) -> None:
    """Positions are dense, recorded does not go back though the clocks differ, and every word has landed."""
    before = ledger.rows()

    assert together(record, ledger.path, count) == [0] * count

    rows = ledger.rows()
    added = rows[len(before) :]
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    assert [row.recorded for row in rows] == sorted(row.recorded for row in rows)
    assert Counter(row.recorder for row in added) == {f"worker-{worker}": 3 * TIMES for worker in range(count)}
    assert len({row.id for row in rows}) == len(rows)
    target = ledger.id("clear")
    expected = [event for worker in range(count) for turn in range(TIMES) for event in said(worker, turn)]
    expected = [event | ({"target": target} if "target" in event else {}) for event in expected]
    assert by_content(ledger.fields()[len(before) :]) == by_content(expected)


def test_two_who_amend_one_claim_at_once_both_land(ledger: Ledger) -> None:
    assert together(amend, ledger.path, 2) == [0, 0]

    publishers = [fields["report"]["publisher"] for fields in ledger.fields()[-2:]]
    assert sorted(publishers) == ["Outlet 0", "Outlet 1"]
    stream = [event.originator_version for event in ledger.store.recorder.select_events(ledger.id("clear")[:32])]
    assert stream == [1, 2, 3]


def test_two_who_make_one_ledger_at_once_do_not_spoil_it(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """One of them, or both in turn, may be told that it is there; what is left is a ledger or nothing."""
    path = tmp_path / "test.ledger"

    codes = together(create, path, 2)

    assert 0 in codes, capfd.readouterr().err
    with Store(path) as store:
        Ledger(path, store).add(company("acme"))


def test_a_reader_sees_an_import_whole_or_not_at_all(ledger: Ledger) -> None:
    before = ledger.head()

    with ledger.store.writing():
        assert ledger.head() == before
        assert len(ledger.rows()) == before.position
