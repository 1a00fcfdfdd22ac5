"""A ledger moves between the homes: what arrives is the same, or nothing arrives."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from policytracker.keeping.verify import ledger_damage
from policytracker.ledger.copying import copy
from policytracker.ledger.errors import LedgerError, LedgerThere, LeftBehind, NoLedger, NotTheSame
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.store import Entry, Recorded, Store, Writer
from policytracker.ledger.where import Where
from tests.homes import HOMES, change, databases_of
from tests.ledger.ground import NOON, Ledger, about, cleared, company

Other = Callable[[], Where]


@pytest.fixture(params=HOMES)
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Other:
    """Makes another place for a ledger, in either home."""
    if request.param == "file":
        return lambda: tmp_path / "there" / "other.ledger"
    return databases_of(request).fresh


def content(where: Where) -> tuple[Any, ...]:
    """All that a ledger holds."""
    with open_ledger(where) as source:
        return source.head(), source.count(), list(source.events())


def nothing_there(where: Where) -> bool:
    if isinstance(where, Path):
        return not where.exists() and list(where.parent.iterdir()) == []
    with pytest.raises(NoLedger):
        open_ledger(where)
    return True


def test_a_copy_is_the_same_and_goes_on_as_the_ledger_would(ledger: Ledger, other: Other) -> None:
    """Several streams, out of step, recorded at different times; there and back again."""
    ledger.clock = NOON + 1
    ledger.add(about("retracted", "clear"), company("acme", name="阿克梅 “Acme”"), cleared("new"))
    there = other()

    head = copy(ledger.path, there)

    assert head == ledger.head()
    assert content(there) == content(ledger.path)
    assert list(ledger_damage(there)) == []
    with Store(there) as store:
        copied = Ledger(there, store)
        assert copied.add(cleared("new")).repeated == 1
        assert copied.add(cleared("newer")).position == head.position + 1


def test_a_ledger_comes_back_as_it_went(ledger: Ledger, other: Other, tmp_path: Path) -> None:
    there, back = other(), tmp_path / "back.ledger"

    copy(ledger.path, there)
    copy(there, back)

    assert content(back) == content(ledger.path)


def test_an_empty_ledger_is_copied_too(empty: Ledger, other: Other) -> None:
    there = other()

    copy(empty.path, there)

    assert content(there) == content(empty.path)


def test_nothing_is_copied_over_a_ledger(ledger: Ledger, other: Other) -> None:
    there = other()
    copy(ledger.path, there)
    before = content(there)

    with pytest.raises(LedgerThere, match=r"is there already; choose another place"):
        copy(ledger.path, there)
    with pytest.raises(LedgerThere):
        copy(ledger.path, ledger.path)

    assert content(there) == before


def test_a_copy_that_fails_half_way_leaves_nothing(
    ledger: Ledger, other: Other, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = other()
    put = Writer.put

    def put_and_fail(self: Writer, events: Sequence[Recorded], entries: Sequence[Entry]) -> None:
        put(self, events, entries)
        raise MemoryError("no more")

    monkeypatch.setattr(Writer, "put", put_and_fail)
    with pytest.raises(MemoryError, match=r"^no more$"):
        copy(ledger.path, there)
    monkeypatch.undo()

    assert nothing_there(there)
    copy(ledger.path, there)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda event, entry: (event, entry._replace(recorded=entry.recorded + 1)),
        lambda event, entry: (event._replace(state=event.state + b" "), entry),
        lambda event, entry: (event, entry._replace(recorder="somebody")),
    ],
)
def test_a_copy_that_is_not_the_same_does_not_count(
    ledger: Ledger, other: Other, wrong: Callable[..., tuple[Recorded, Entry]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One event comes out different on the way."""
    there = other()
    put = Writer.put

    def put_wrong(self: Writer, events: Sequence[Recorded], entries: Sequence[Entry]) -> None:
        event, entry = wrong(events[4], entries[4])
        put(self, [*events[:4], event, *events[5:]], [*entries[:4], entry, *entries[5:]])

    monkeypatch.setattr(Writer, "put", put_wrong)
    with pytest.raises(NotTheSame, match=r"^nothing was copied: at .* position 5 was not written as it was read; run"):
        copy(ledger.path, there)

    assert nothing_there(there)


def test_a_damaged_ledger_is_not_copied(ledger: Ledger, other: Other) -> None:
    change(ledger.path, "DELETE FROM ledger_entries WHERE position = 3")
    there = other()

    with pytest.raises(NotTheSame, match=r"it holds 11 events and a place for 10; run `policytracker verify`"):
        copy(ledger.path, there)

    with pytest.raises(LedgerError):
        open_ledger(there)


def test_a_copy_of_nothing_is_refused(other: Other, tmp_path: Path) -> None:
    with pytest.raises(NoLedger):
        copy(tmp_path / "none", other())


@pytest.mark.files
def test_the_log_of_a_lost_ledger_is_not_written_into_a_copy(ledger: Ledger, tmp_path: Path) -> None:
    """SQLite would: it takes the log beside a file for the newest part of that file."""
    there, log = tmp_path / "lost.ledger", tmp_path / "lost.ledger-wal"
    log.write_bytes(b"pages")

    with pytest.raises(LeftBehind) as caught:
        copy(ledger.path, there)

    assert str(caught.value) == (
        f"{log} lies beside {there} and belongs to a database that was there; SQLite would write it into the new one. "
        "Move it to where that database is now, or choose another place"
    )
    assert not there.exists()
    log.write_bytes(b"")
    assert copy(ledger.path, there) == ledger.head()
