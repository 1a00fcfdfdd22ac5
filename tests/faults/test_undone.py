"""A crash in the middle of an append leaves nothing of it, and does not keep the next from passing."""

import subprocess
import sys
from pathlib import Path

import pytest

from policytracker.ledger.appending import append_lines
from policytracker.ledger.errors import Unusable
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.store import Entry, Recorded, Writer
from tests.ledger.ground import NOON, Ledger, cleared, company, lines_from

DIES = """
import os, sys
from policytracker.ledger.store import Entry, Recorded, Store
from policytracker.ledger.where import where_of

with Store(where_of(sys.argv[1])).writing() as writer:
    position = writer.head.position + 1
    writer.put([Recorded("s", 1, "blocked/1", b"{}")], [Entry(position, "id", 0, "x", "s", 1, None)])
    assert writer.tables.position_of("id") == position
    os._exit(9)
"""


def counts(ledger: Ledger) -> tuple[int, int]:
    with open_ledger(ledger.path) as opened:
        return opened.count()[:2]


def test_a_process_that_dies_before_the_end_leaves_nothing(ledger: Ledger) -> None:
    before = ledger.rows()

    run = subprocess.run([sys.executable, "-c", DIES, str(ledger.path)], cwd=Path(__file__).parents[2])

    assert run.returncode == 9
    assert ledger.rows() == before
    assert counts(ledger) == (len(before), len(before))
    ledger.add(company("new"))


def test_an_event_without_its_place_in_the_order_is_not_kept(ledger: Ledger) -> None:
    """The order is written second; where that fails, the first is undone."""
    before = counts(ledger)
    taken = Entry(1, "id", 0, "x", "s", 1, None)

    with (
        pytest.raises(
            Unusable,
            match=r"(?i)unique constraint .*ledger_entries(\.position|_pkey.)\); check the",
        ),
        ledger.store.writing() as writer,
    ):
        writer.put([Recorded("s", 1, "blocked/1", b"{}")], [taken])

    assert counts(ledger) == before
    assert list(ledger.store.recorder.select_events("s")) == []


def test_a_stream_does_not_take_two_events_in_one_place(ledger: Ledger) -> None:
    stream = ledger.id("clear")[:32]
    entry = Entry(ledger.head().position + 1, "id", 0, "x", stream, 1, None)

    with (
        pytest.raises(
            Unusable,
            match=r"(?i)unique constraint .*stored_events[._](originator_id|pkey)",
        ),
        ledger.store.writing() as writer,
    ):
        writer.put([Recorded(stream, 1, "blocked/1", b"{}")], [entry])

    assert entry.id not in [row.id for row in ledger.rows()]


def test_an_exception_after_the_append_undoes_it(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    before = ledger.rows()
    put = Writer.put

    def put_and_fail(self: Writer, events: list[Recorded], entries: list[Entry]) -> None:
        put(self, events, entries)
        raise MemoryError("no more")

    monkeypatch.setattr(Writer, "put", put_and_fail)
    with pytest.raises(MemoryError, match=r"^no more$"):
        ledger.add(cleared("new"))
    monkeypatch.undo()

    assert ledger.rows() == before
    assert ledger.add(cleared("new")).appended == 1


def test_a_clock_that_fails_does_not_leave_the_ledger_locked(ledger: Ledger) -> None:
    def broken() -> int:
        raise RuntimeError("no clock")

    with pytest.raises(RuntimeError, match=r"^no clock$"):
        append_lines(ledger.store, lines_from([company("new")]), broken)

    ledger.add(company("new"))


@pytest.mark.files
def test_a_full_disk_is_told_as_trouble_with_the_file(ledger: Ledger) -> None:
    before = ledger.rows()

    def full() -> int:
        raise OSError(28, "No space left on device")

    with pytest.raises(Unusable) as caught:
        append_lines(ledger.store, lines_from([company("new")]), full)

    assert str(caught.value) == (
        f"the ledger {ledger.path} cannot be used now ([Errno 28] No space left on device); "
        "check the file, its folder and free space"
    )
    assert ledger.rows() == before
    assert ledger.head().recorded == NOON
