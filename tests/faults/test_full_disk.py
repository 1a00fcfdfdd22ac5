"""The disk is full: one clear error, nothing added, nothing left over; once there is room the same command works."""

import errno
import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from policytracker.cli.failures import told
from policytracker.keeping.verify import damage
from policytracker.ledger.appending import append_lines
from policytracker.ledger.audit import ledger_damage
from policytracker.ledger.errors import Unusable
from policytracker.ledger.layout import PRAGMAS
from policytracker.ledger.lines import Line
from policytracker.ledger.store import Store
from tests.demo import ask
from tests.faults import work
from tests.faults.processes import run
from tests.ledger.ground import Ledger, company, lines_from

pytestmark = pytest.mark.files

MANY = 500


def files_in(folder: Path) -> set[str]:
    """What lies there, but for SQLite's own files beside a ledger that is open."""
    return {path.name for path in folder.iterdir() if not path.name.endswith(("-wal", "-shm"))}


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A file to import."""
    file = tmp_path / "many.jsonl"
    file.write_text("".join(json.dumps(company(f"many-{number}")) + "\n" for number in range(MANY)))
    return file


@pytest.fixture
def full(ledger: Ledger, many: Path) -> Path:
    """A ledger with many events in it, closed, its read models up to date, in a folder of its own."""
    ledger.store.close()
    assert ask(ledger.path, "import", str(many)).exit_code == 0
    return ledger.file


def told_within(size: int, report: Path, *words: str) -> str:
    """What the program says and fails with, where no file may grow beyond a size."""
    run(work.ask_within, str(report), size, *words)
    code, output = json.loads(report.read_text())
    assert code == 1, output
    assert output.startswith("Error: ")
    assert output.count("\n") == 1
    return str(output)


def test_an_import_onto_a_full_disk_adds_nothing(ledger: Ledger, many: Path, tmp_path: Path) -> None:
    ledger.store.close()
    before = ledger.rows()
    there = files_in(tmp_path)

    told = told_within(100_000, tmp_path / "report", "--ledger", str(ledger.file), "import", str(many))

    assert told.startswith(f"Error: the ledger {ledger.file} cannot be used now (")
    assert told.endswith("); check the file, its folder and free space\n")
    assert ledger.rows() == before
    assert files_in(tmp_path) == there | {"report"}
    assert ask(ledger.file, "import", str(many)).stdout == f"{MANY} events appended, 0 were recorded already\n"
    assert list(damage(ledger.file)) == []


def test_a_rebuild_onto_a_full_disk_leaves_the_old_read_models(full: Path, tmp_path: Path) -> None:
    before, there = ask(full, "log", "--nl").stdout, files_in(tmp_path)

    told = told_within(150_000, tmp_path / "report", "--ledger", str(full), "rebuild")

    assert told.startswith("Error: the ledger's files cannot be used now (")
    assert told.endswith("); check free space and permissions; `policytracker verify` tells whether they are whole\n")
    assert files_in(tmp_path) == there | {"report"}
    assert ask(full, "log", "--nl").stdout == before
    assert ask(full, "rebuild").exit_code == 0


def test_what_is_recorded_stays_recorded_where_the_read_models_find_no_room(full: Path, tmp_path: Path) -> None:
    """The disk is full when the event is in the ledger, and before it is in the read models."""
    report = tmp_path / "report"
    words = ("record", "company-registered", "--company", "new", "--name", "New", "--jurisdiction", "CN")

    run(work.ask_within, str(report), 120_000, "--ledger", str(full), *words)

    code, output = json.loads(report.read_text())
    assert code == 0
    assert output.splitlines()[-1].startswith("warning: recorded, but the read models lag behind (")
    assert '"company":"new"' in ask(full, "log", "--nl", "--limit", "1").stdout.replace(" ", "")


def test_an_export_onto_a_full_disk_leaves_no_file(full: Path, tmp_path: Path) -> None:
    there, file = files_in(tmp_path), tmp_path / "ledger.jsonl"

    said = told_within(40_000, tmp_path / "report", "--ledger", str(full), "export", "-o", str(file))

    assert said == f"Error: File too large {file}; make room on the disk, and try again\n"
    assert files_in(tmp_path) == there | {"report"}
    assert ask(full, "export", "-o", str(file)).exit_code == 0


def test_a_copy_onto_a_full_disk_leaves_no_file(full: Path, tmp_path: Path) -> None:
    there, target = files_in(tmp_path), tmp_path / "copy.ledger"

    told = told_within(150_000, tmp_path / "report", "copy", str(full), str(target))

    assert told.startswith(f"Error: {target} was not made (")
    assert told.endswith("); check its folder and free space, and try again\n")
    assert files_in(tmp_path) == there | {"report"}
    assert ask(full, "copy", str(full), str(target)).exit_code == 0


def test_a_ledger_that_may_not_grow_keeps_what_it_has_acknowledged(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite itself is told that the file is full; events are recorded one by one until it says so."""
    ledger.store.close()
    monkeypatch.setattr("policytracker.ledger.store.sqlite.PRAGMAS", (*PRAGMAS, "PRAGMA max_page_count=40"))
    acknowledged = [row.id for row in ledger.rows()]

    with (
        Store(ledger.path) as store,
        pytest.raises(Unusable, match=r"cannot be used now \(database or disk is full\); check the file, its folder"),
    ):
        for number in range(MANY):
            (kept,) = append_lines(store, lines_from([company(f"one-{number}")]), keep=1).kept
            acknowledged.append(kept.id)

    assert len(acknowledged) > 20
    assert [row.id for row in ledger.rows()] == acknowledged
    assert list(ledger_damage(ledger.path)) == []
    monkeypatch.undo()
    with Store(ledger.path) as store:
        assert append_lines(store, lines_from([company("one-more")])).position == len(acknowledged) + 1


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A file system of 512 kB, in memory; only root can make one."""
    folder = tmp_path / "small"
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", folder], capture_output=True, text=True)
    if made.returncode:
        pytest.skip(f"no file system can be mounted here: {made.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def test_a_file_system_that_is_full_loses_nothing(small: Path, many: Path) -> None:
    path = small / "test.ledger"
    assert ask(path, "init").exit_code == 0
    acknowledged = 0
    lines = [Line("many", number, text) for number, text in enumerate(many.read_bytes().splitlines())]

    with Store(path) as store, pytest.raises(Unusable, match=r"check the file, its folder and free space$"):
        for line in lines * 10:
            acknowledged += append_lines(store, [line]).appended
            (small / "filling").open("ab").write(bytes(1024))

    with Store(path) as store:
        assert store.head().position == acknowledged > 10
    assert list(ledger_damage(path)) == []
    with suppress(OSError), (small / "filling").open("ab", buffering=0) as filling:
        while filling.write(bytes(1024)):
            pass
    assert ask(path, "log").exit_code == 1
    (small / "filling").unlink()
    subprocess.run(["mount", "-o", "remount,size=16m", small], check=True)
    assert ask(path, "import", str(many)).stdout == (
        f"{MANY - acknowledged} events appended, {acknowledged} were recorded already\n"
    )
    assert list(damage(path)) == []


@pytest.mark.parametrize(
    ("number", "way_out"),
    [
        (errno.EIO, "the disk may be failing: check it, run `policytracker verify`, and keep a backup elsewhere"),
        (errno.ENOSPC, "make room on the disk, and try again"),
        (errno.EACCES, "check the path and its permissions"),
    ],
)
def test_each_error_of_the_system_has_its_own_way_out(number: int, way_out: str) -> None:
    failure = told(OSError(number, os.strerror(number), "a.backup"))

    assert str(failure) == f"{os.strerror(number)} a.backup; {way_out}"
