"""A ledger is checked as it is at one moment: what others record meanwhile is no damage."""

from threading import Event, Thread

import pytest

from policytracker.ledger.appending import append_lines
from policytracker.ledger.audit import Audit, ledger_damage
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.store import Store
from policytracker.ledger.tables import Stored
from tests.faults.counted import Count
from tests.faults.counted import counted as counted
from tests.ledger.ground import Ledger, cleared, company, lines_from
from tests.soak import often


@pytest.mark.parametrize("position", [1, 11], ids=["first", "last"])
def test_what_is_recorded_meanwhile_is_no_damage(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, position: int
) -> None:
    """While the first event is read, and again when the last was."""
    take = Audit.take

    def meanwhile(audit: Audit, row: Stored, whole: bool = True) -> None:
        if row.position == position:
            ledger.add(company("other"), cleared("later"))
        take(audit, row, whole)

    monkeypatch.setattr(Audit, "take", meanwhile)

    assert list(ledger_damage(ledger.path)) == []
    assert ledger.head().position == 13


@pytest.mark.files
def test_a_ledger_that_grows_while_it_is_opened_is_never_called_damaged(ledger: Ledger, counted: Count) -> None:
    """Somebody records one event after the other; somebody else opens the file again and again, and reads its head."""
    looks, heads = 0, set[int]()
    done = Event()

    def record() -> None:
        try:
            with Store(ledger.file) as store:
                for number in range(often(short=150, long=2_000)):
                    append_lines(store, lines_from([company(f"firm-{number}")]))
        finally:
            done.set()

    writer = Thread(target=record)
    writer.start()
    while not done.is_set():
        with open_ledger(ledger.path) as source:
            heads.add(source.head().position)
        looks += 1
    writer.join()

    assert ledger.head().position == 11 + often(short=150, long=2_000)
    assert len(heads) > 10
    counted("looks at a ledger file that grows, none of which called it damaged", looks)
