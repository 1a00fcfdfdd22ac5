"""Read models and their index that something else has changed, if only by a bit, are never answered from."""

import json
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from policytracker.events.dates import span
from policytracker.keeping.verify import TABLES, damage
from policytracker.ledger.store import Store
from policytracker.projections import stamps
from policytracker.projections.layout import place
from policytracker.web.opened import Opened
from tests.demo import ask
from tests.faults.counted import Count
from tests.faults.test_index_kills import made
from tests.ledger.ground import Ledger, cleared
from tests.soak import often

QUESTIONS = (("state", "--json"), ("log", "--json"), ("claims", "--json"))
DAY = span("2027-01-15").first
SORTS = {"views": "read models", "index": "index", "stamp": "stamp", "wal": "log of the read models"}


SENT = {
    "type": "shipped",
    **{name: cleared()[name] for name in ("companies", "chips", "report")},
    "quantity": {"max": 5},
}


def answers(ledger: Path) -> list[tuple[int, str]]:
    return [(found.exit_code, found.stdout) for found in (ask(ledger, *words) for words in QUESTIONS)]


def files(ledger: Path) -> Iterator[tuple[str, Path]]:
    """What lies beside a ledger and belongs to its read models, each with what it is."""
    for path in sorted(ledger.parent.iterdir()):
        if path.name.startswith(f".{ledger.name}.views") and path.stat().st_size and not path.name.endswith("-shm"):
            ending = path.name.replace("-", ".").rpartition(".")[2]
            yield SORTS.get(ending, SORTS["views"]), path


def flip(path: Path, chance: random.Random) -> None:
    with path.open("r+b") as file:
        where = chance.randrange(path.stat().st_size)
        file.seek(where)
        (byte,) = file.read(1)
        file.seek(where)
        file.write(bytes([byte ^ 1 << chance.randrange(8)]))


def test_a_flipped_bit_in_any_file_beside_the_ledger_is_answered_from_by_no_question(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, counted: Count
) -> None:
    chance, ledger = random.Random("bits"), made(tmp_path, "test")
    before = answers(ledger)
    for turn in range(often(short=24, long=2_000)):
        caplog.clear()
        there = list(files(ledger))
        what, path = there[turn % len(there)]
        flip(path, chance)
        assert answers(ledger) == before, (what, turn)
        assert "were made anew from the ledger" in caplog.text, (what, turn)
        counted(f"flipped bits in the {what}, each noticed and made anew", 1)
    assert list(damage(ledger)) == []


def damage_schema(file: Path) -> None:
    """Flip a bit between two columns of a table's statement, so that it is no UTF-8."""
    content = bytearray(file.read_bytes())
    content[content.index(b' "text" TEXT')] |= 0x80
    with file.open("r+b") as opened:
        opened.write(content)


def test_a_schema_that_is_no_text_any_more_is_noticed(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """SQLite repeats such a statement in its message, which Python cannot decode."""
    ledger = made(tmp_path, "test")
    before = answers(ledger)
    damage_schema(place(ledger).resolve())

    assert answers(ledger) == before
    assert "were made anew from the ledger" in caplog.text
    assert list(damage(ledger)) == []


@pytest.mark.parametrize("command", ["verify", "refresh", "rebuild", "doctor", "where"])
def test_no_command_ends_in_an_error_over_a_schema_that_is_no_text(tmp_path: Path, command: str) -> None:
    ledger = made(tmp_path, "test")
    ask(ledger, "refresh")
    damage_schema(place(ledger).resolve())

    assert isinstance(ask(ledger, command).exception, SystemExit | None)
    assert bool(list(damage(ledger))) == (command == "doctor")  # which does not bring read models up to date


def test_a_flipped_bit_in_the_log_of_read_models_is_noticed(tmp_path: Path, counted: Count) -> None:
    """Somebody reads them, so that what was projected last stays in SQLite's log."""
    chance = random.Random("log")
    for turn in range(often(short=3, long=100)):
        ledger = made(tmp_path, f"{turn}")
        ask(ledger, "refresh")
        with closing(sqlite3.connect(place(ledger).resolve(), isolation_level=None)) as reading:
            reading.execute("BEGIN")
            reading.execute("SELECT * FROM meta").fetchall()
            with Store(ledger) as store:
                Ledger(ledger, store).add(cleared("more", companies=["dyno"]))
            before = answers(ledger)
            (log,) = [path for what, path in files(ledger) if what == SORTS["wal"]]
            flip(log, chance)
            assert not stamps.holds(place(ledger).resolve())
            assert answers(ledger) == before
        counted("flipped bits in the log of the read models, each noticed and made anew", 1)


@pytest.mark.parametrize("table", TABLES)
def test_an_edit_that_sqlite_finds_nothing_wrong_with_is_answered_from_by_no_question(
    tmp_path: Path, table: str, caplog: pytest.LogCaptureFixture
) -> None:
    ledger = made(tmp_path, "test")
    with Store(ledger) as store:
        Ledger(ledger, store).add(SENT)
    before = answers(ledger)
    with closing(sqlite3.connect(place(ledger), isolation_level=None)) as connection:
        assert connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is not None, "there is nothing to delete"
        connection.execute(f"DELETE FROM {table}")
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert answers(ledger) == before
    assert "were made anew from the ledger" in caplog.text or table == "meta"


def test_nothing_is_projected_onto_changed_read_models(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    ledger = made(tmp_path, "test")
    ask(ledger, "refresh")
    with closing(sqlite3.connect(place(ledger), isolation_level=None)) as connection:
        connection.execute("UPDATE registry SET name = 'Somebody else'")
    with Store(ledger) as store:
        Ledger(ledger, store).add(cleared("more", companies=["dyno"]))
    assert ask(ledger, "refresh").exit_code == 0
    assert "were made anew from the ledger" in caplog.text
    assert list(damage(ledger)) == []


def test_an_import_is_not_refused_for_what_changed_read_models_say(tmp_path: Path) -> None:
    """They say that the ledger had more events; only read models as they were written are believed that."""
    ledger = made(tmp_path, "test")
    ask(ledger, "refresh")
    with closing(sqlite3.connect(place(ledger), isolation_level=None)) as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'position'")
    lines = tmp_path / "more.jsonl"
    lines.write_text(json.dumps(cleared("more", companies=["dyno"])), encoding="utf-8")

    assert ask(ledger, "import", str(lines)).exit_code == 0
    assert list(damage(ledger)) == []


def test_what_is_open_for_many_questions_notices_a_change_at_the_next(tmp_path: Path) -> None:
    ledger = made(tmp_path, "test")
    opened = Opened(ledger, lambda: DAY)
    opened.head()
    first = opened.reader()
    assert opened.reader() is first
    flip(place(ledger).resolve(), random.Random("open"))
    opened.head()  # each request looks
    assert opened.reader() is not first
    assert opened.reader().serves(opened.head(), DAY)
    opened.close()


def _copied(ledger: Path) -> Path:
    """A copy, as ``cp -r`` makes one: other files, of another time."""
    copy = ledger.parent.with_name("copy")
    shutil.copytree(ledger.parent, copy, symlinks=True)
    return copy / ledger.name


def _stamp_lost(ledger: Path) -> Path:
    stamps.stamp_file(place(ledger).resolve()).unlink()
    return ledger


def _copied_and_changed(ledger: Path) -> Path:
    copy = _copied(ledger)
    flip(place(copy).resolve(), random.Random("copy"))
    return copy


@pytest.mark.parametrize("change", [_stamp_lost, _copied_and_changed], ids=["without their stamp", "changed copy"])
def test_read_models_that_nobody_vouches_for_are_made_anew_with_a_word(
    tmp_path: Path, change: Callable[[Path], Path], caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "first").mkdir()
    ledger = made(tmp_path / "first", "test")
    before = answers(ledger)
    changed = change(ledger)
    assert caplog.text == ""
    assert answers(changed) == before
    assert f"the read models '{place(changed)}' were made anew from the ledger" in caplog.text


@pytest.mark.parametrize("grown", [False, True], ids=["made anew", "after an event"])
@pytest.mark.parametrize("cheap", [0, stamps.CHEAP], ids=["large", "small"])
def test_a_copy_answers_as_it_is_if_its_checksum_is_known(
    tmp_path: Path, grown: bool, cheap: int, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of read models that are large and were written to since they were made, there is none."""
    monkeypatch.setattr(stamps, "CHEAP", cheap)
    (tmp_path / "first").mkdir()
    ledger = made(tmp_path / "first", "test")
    ask(ledger, "rebuild")
    if grown:
        with Store(ledger) as store:
            Ledger(ledger, store).add(cleared("more", companies=["dyno"]))
    before = answers(ledger)
    copy = _copied(ledger)
    file = place(copy).resolve()
    for _ in range(2):
        assert answers(copy) == before
    assert (place(copy).resolve() == file) == (caplog.text == "") == (cheap > 0 or not grown)


def test_no_file_stays_open_for_a_stamp(tmp_path: Path) -> None:
    """A process may see thousands of ledgers, and may have some hundred files open."""
    ledgers = [made(tmp_path, f"{number}") for number in range(5)]
    ask(ledgers[0], "state")
    before = len(list(Path("/proc/self/fd").iterdir()))
    for ledger in ledgers:
        ask(ledger, "rebuild")
        answers(ledger)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_read_models_that_their_own_program_wrote_last_are_not_made_anew(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """While others read them, after events were recorded, and on another day."""
    ledger = made(tmp_path, "test")
    ask(ledger, "refresh")
    file = place(ledger).resolve()
    with closing(sqlite3.connect(file, isolation_level=None)) as reading:
        reading.execute("SELECT * FROM meta").fetchall()
        for turn in range(5):
            with Store(ledger) as store:
                Ledger(ledger, store).add(cleared(f"more-{turn}", companies=["dyno"]))
            answers(ledger)
    answers(ledger)
    opened = Opened(ledger, lambda: DAY)
    opened.head()
    opened.reader()
    opened.close()
    assert (place(ledger).resolve(), caplog.text) == (file, "")
