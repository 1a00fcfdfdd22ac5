"""SQLite's log is cut short or flipped, or a ledger is put back: it holds fewer events than were acknowledged.

SQLite takes such a log for one whose end was never written, and says nothing. What is left is a whole, shorter ledger;
only what was kept elsewhere shows the loss: a checkpoint, or the read models.
"""

import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from policytracker.keeping.verify import damage
from policytracker.ledger.audit import ledger_damage
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.store import Store
from policytracker.ledger.where import Server, Where
from tests.demo import ask
from tests.faults.counted import Count
from tests.ledger.ground import REGISTRY, Ledger, company
from tests.postgres.databases import change
from tests.soak import often

NEW = ("record", "company-registered", "--company", "other", "--name", "Other", "--jurisdiction", "CN")
STEPS = [1, 2, 5, 1, 7, 3, 1, 4, 1, 1]
"""So many events were recorded at once."""


class Kept(NamedTuple):
    """The files of a ledger as they were while it was open, with its last events in the log alone."""

    ledger: Path
    log: bytes
    ids: list[str]
    ends: set[int]
    """How many events it held after each import."""
    checkpoint: Path

    def with_log(self, folder: Path, log: bytes) -> Path:
        """A copy with another log."""
        copy = folder / "copy.ledger"
        for left in folder.glob("copy.ledger*"):
            left.unlink()
        shutil.copy(self.ledger, copy)
        Path(f"{copy}-wal").write_bytes(log)
        return copy


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """Nine events in the file, 26 more in ten imports in the log."""
    folder = tmp_path_factory.mktemp("log")
    path, kept = folder / "test.ledger", folder / "kept.ledger"
    with Store.create(path) as store:
        Ledger(path, store).add(*REGISTRY)
    with Store(path) as store:
        ledger, ends = Ledger(path, store), {len(REGISTRY)}
        for step, count in enumerate(STEPS):
            ledger.add(*[company(f"firm-{step}-{number}") for number in range(count)])
            ends.add(ledger.head().position)
        assert ask(path, "checkpoint", "-o", str(folder / "kept.checkpoint")).exit_code == 0
        shutil.copy(path, kept)
        log = Path(f"{path}-wal").read_bytes()
        ids = [row.id for row in ledger.rows()]
    assert log
    yield Kept(kept, log, ids, ends, folder / "kept.checkpoint")


def check(whole: Kept, copy: Path) -> int:
    """What is left is the beginning of what was recorded, import by import; return how much."""
    assert list(ledger_damage(copy)) == []
    with open_ledger(copy) as source:
        ids = [row.id for row in source.rows()]
    assert ids == whole.ids[: len(ids)]
    assert len(ids) in whole.ends
    told = ask(copy, "verify", "--against", str(whole.checkpoint))
    if len(ids) == len(whole.ids):
        assert told.exit_code == 0, told.output
    else:
        lost = f"it is of {len(whole.ids)} events, and this ledger holds {len(ids)}: some were taken away"
        assert told.exit_code == 5
        assert lost in told.stdout
    return len(ids)


def test_a_log_that_is_cut_short_loses_whole_imports_and_a_checkpoint_tells(
    whole: Kept, tmp_path: Path, counted: Count
) -> None:
    """Cut at any byte: an import is there or not, in order, and verify alone cannot know."""
    chance = random.Random("cut")
    sizes = [0, 1, len(whole.log) - 1, *chance.sample(range(len(whole.log)), often(short=12, long=300))]
    left = {check(whole, whole.with_log(tmp_path, whole.log[:size])) for size in sizes}
    assert len(left) > 5
    counted("cuts of the log", len(sizes))


def test_a_flipped_bit_in_the_log_loses_whole_imports_and_a_checkpoint_tells(
    whole: Kept, tmp_path: Path, counted: Count
) -> None:
    chance = random.Random("flip")
    tries = often(short=12, long=500)
    left = set()
    for _ in range(tries):
        log = bytearray(whole.log)
        log[chance.randrange(len(log))] ^= 1 << chance.randrange(8)
        left.add(check(whole, whole.with_log(tmp_path, bytes(log))))
    assert len(left) > 3
    counted("flipped bits of the log", tries)


def test_read_models_that_know_more_than_the_ledger_are_told(whole: Kept, tmp_path: Path) -> None:
    """The log is cut after it was asked: no question is answered from what is left, until somebody accepts that."""
    copy = whole.with_log(tmp_path, whole.log)
    assert "whole: 35 events" in ask(copy, "verify").stdout
    views = Path(f"{copy}.views").readlink()
    copy = whole.with_log(tmp_path, whole.log[: len(whole.log) // 2])
    Path(f"{copy}.views").symlink_to(views)
    with open_ledger(copy) as source:
        left = source.head().position
    told = (
        f"the ledger holds {left} events, and its read models were made of 35: it was put back to an earlier state, or "
        "has lost what was recorded; go back to a later copy, or accept it as it is with `policytracker rebuild`\n"
    )

    for words in (("state",), ("log",), ("where",), ("export",), NEW):
        answer = ask(copy, *words)
        assert (answer.exit_code, answer.stdout, answer.stderr) == (1, "", f"Error: {told}")
    verified = ask(copy, "verify")
    assert (verified.exit_code, verified.stdout) == (5, f"damaged: {told}")

    assert ask(copy, "rebuild").stdout == f"read models made anew from {left} events\n"
    assert f"whole: {left} events" in ask(copy, "verify").stdout


@pytest.fixture
def put_back(ledger: Ledger) -> Where:
    """A ledger whose last event is taken away, after it was asked."""
    ledger.add(company("new"))
    assert ask(ledger.path, "state").exit_code == 0
    take_last(ledger.path)
    return ledger.path


def take_last(where: Where) -> None:
    """Take away the last event, so that what is left is whole."""
    statements = (
        "DELETE FROM stored_events WHERE originator_id = 'company:new'",
        "DELETE FROM ledger_entries WHERE position = 12",
    )
    if isinstance(where, Server):
        change(where, "SET search_path = policytracker", *statements)
        return
    with closing(sqlite3.connect(where, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_a_ledger_that_was_put_back_is_told(put_back: Where) -> None:
    answer = ask(put_back, "state")

    assert answer.exit_code == 1
    assert "the ledger holds 11 events, and its read models were made of 12: it was put back" in answer.stderr
    assert [found.what.partition(":")[0] for found in damage(put_back)] == [
        "the ledger holds 11 events, and its read models were made of 12"
    ]


def test_a_ledger_that_went_another_way_is_told(put_back: Where) -> None:
    """Other programs have recorded in it since."""
    with Store(put_back) as store:
        Ledger(put_back, store).add(company("other"), company("another"))

    assert "the ledger holds another event at position 12, and its read models were made of 12" in (
        ask(put_back, "log").stderr
    )


def test_nothing_is_imported_into_a_ledger_that_was_put_back(put_back: Where, tmp_path: Path) -> None:
    """It would become another history of the same ledger."""
    file = tmp_path / "new.jsonl"
    file.write_text('{"type":"company-registered","company":"other","name":"O","jurisdiction":"CN"}\n')

    answer = ask(put_back, "import", str(file))

    assert (answer.exit_code, answer.stdout) == (1, "")
    assert answer.stderr.startswith("Error: the ledger holds 11 events, and its read models were made of 12: it was")
    assert ask(put_back, "rebuild").exit_code == 0
    assert ask(put_back, "import", str(file)).exit_code == 0


def test_a_copy_takes_no_notice_of_what_lay_in_its_place(put_back: Where, tmp_path: Path) -> None:
    """A copy was removed, its read models were not, and a copy of the ledger as it is now takes its place."""
    target = tmp_path / "copy.ledger"
    assert ask(put_back, "rebuild").exit_code == 0
    for name in ("other", "another"):
        assert ask(put_back, "copy", str(put_back), str(target)).exit_code == 0
        with Store(target) as store:
            Ledger(target, store).add(company(name))
        assert ask(target, "verify").exit_code == 0
        target.unlink()
