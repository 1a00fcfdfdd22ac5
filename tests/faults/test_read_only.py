"""A ledger that cannot be written answers all the same, and tells clearly that nothing is recorded in it."""

import json
import os
import pwd
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple

import pytest

from policytracker.events.dates import iso
from policytracker.ledger.store import Store
from policytracker.questions.reader import Reader
from tests.demo import ask
from tests.faults import work
from tests.faults.processes import FORKS, lines_of, run
from tests.ledger.ground import REGISTRY, Ledger, cleared, company

QUESTIONS = pytest.mark.parametrize(
    "words", [("state", "--nl"), ("why", "acme", "h20"), ("log",), ("export",), ("verify",)], ids=" ".join
)
RECORD = ("record", "company-registered", "--company", "new", "--name", "New", "--jurisdiction", "CN")


class Answer(NamedTuple):
    """How the program ended, and what it said."""

    code: int
    stdout: str
    stderr: str


class Shelf(NamedTuple):
    """A folder with a ledger, which somebody may read who is bound by the modes of files."""

    folder: Path
    scratch: Path
    cache: Path

    @property
    def ledger(self) -> Path:
        return self.folder / "test.ledger"

    def lock(self, folder: int = 0o555) -> None:
        """Let nobody write any more."""
        for path in self.folder.iterdir():
            path.chmod(0o444)
        self.folder.chmod(folder)

    def ask(self, *words: str) -> Answer:
        """Ask as that somebody."""
        report = self.scratch / "report"
        report.unlink(missing_ok=True)
        own = self.scratch / "own.ledger"
        shutil.copyfile(self.ledger, own)
        run(work.ask_without_rights, str(report), str(self.ledger), str(own), str(self.cache), *words)
        return Answer(*json.loads(report.read_text()))

    def cached(self) -> list[Path]:
        """The names of read models in the cache, which lead to the files."""
        return [path for path in self.cache.rglob("*") if path.is_symlink()]


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """A ledger of eleven events that is in no use: its log was taken into the file, and is gone."""
    closed = [each for each in Path(work.__file__).resolve().parents if not each.stat().st_mode & 0o001]
    if os.geteuid() == 0 and closed:
        pytest.skip(f"only root reads this checkout, and somebody else has to run the program: {closed[0]}")
    folder = Path(mkdtemp(prefix="policytracker-shelf-"))
    made = Shelf(folder / "ledgers", tmp_path, folder / "cache")
    for each in (made.folder, made.cache):
        each.mkdir()
    folder.chmod(0o755)
    with Store.create(made.ledger) as store:
        Ledger(made.ledger, store).add(*REGISTRY, cleared(), company("elan"))
    if os.getuid() == 0:
        os.chown(made.cache, pwd.getpwnam("nobody").pw_uid, -1)
    assert [path.name for path in made.folder.iterdir()] == ["test.ledger"]
    yield made
    made.folder.chmod(0o755)
    shutil.rmtree(folder)


@QUESTIONS
def test_a_ledger_in_a_folder_that_cannot_be_written_answers(shelf: Shelf, tmp_path: Path, words: tuple[str]) -> None:
    """The same as a copy of it where one may write; its read models lie in the user's cache."""
    copy = tmp_path / "copy.ledger"
    shutil.copy(shelf.ledger, copy)
    shelf.lock()

    answer = shelf.ask(*words)

    assert (answer.code, answer.stdout) == (0, ask(copy, *words).stdout), answer.stderr
    assert [path.name for path in shelf.folder.iterdir()] == ["test.ledger"]
    (cached,) = shelf.cached()
    assert cached.parent == shelf.cache / "policytracker"
    before = cached.stat().st_mtime_ns
    assert shelf.ask(*words) == answer
    assert (cached.stat().st_mtime_ns, shelf.cached()) == (before, [cached])


def test_read_models_that_come_with_it_answer(shelf: Shelf) -> None:
    """They were up to date when both were put into the folder."""
    expected = ask(shelf.ledger, "log").stdout
    for left in shelf.folder.glob("*-*"):
        left.unlink()
    shelf.lock()

    assert shelf.ask("log").stdout == expected
    assert shelf.ask("verify").code == 0
    assert shelf.cached() == []


def test_read_models_of_an_earlier_day_answer_and_stay_as_they_are(shelf: Shelf) -> None:
    """Their table ``import_status`` cannot be brought to today, where nobody may write."""
    with Reader(shelf.ledger, work.DAY):
        pass
    shelf.lock()

    answer = shelf.ask("state", "--nl")

    assert (answer.code, shelf.cached()) == (0, [])
    with Reader(shelf.ledger, work.DAY) as reader:
        days = reader.connection.execute("SELECT DISTINCT at FROM import_status").fetchall()
    assert days == [(iso(work.DAY),)]


def test_read_models_that_come_with_it_and_are_old_do_not_answer(shelf: Shelf) -> None:
    ask(shelf.ledger, "log")
    with Store(shelf.ledger) as store:
        Ledger(shelf.ledger, store).add(company("late"))
    for left in shelf.folder.glob("*-*"):
        left.unlink()
    shelf.lock()

    assert "company late" in shelf.ask("log").stdout


@pytest.mark.parametrize("folder", [0o555, 0o777], ids=["folder too", "file alone"])
@pytest.mark.parametrize("words", [RECORD, ("redact", "clear", "--reason", "none", "--yes")], ids=["record", "redact"])
def test_nothing_is_recorded_where_nothing_can_be_written(shelf: Shelf, folder: int, words: tuple[str]) -> None:
    content = shelf.ledger.read_bytes()
    shelf.lock(folder)

    answer = shelf.ask(*words)

    assert answer.code == 1
    assert answer.stderr.startswith(f"Error: the ledger {shelf.ledger} cannot be used now (")
    assert answer.stderr.endswith("; check the file, its folder and free space\n")
    assert shelf.ledger.read_bytes() == content
    assert shelf.ask("log").code == 0


def test_a_log_that_cannot_be_read_is_not_passed_over(shelf: Shelf, tmp_path: Path) -> None:
    """Somebody copied the files while they were in use: the last event is in the log alone."""
    with Store(shelf.ledger) as store:
        Ledger(shelf.ledger, store).add(company("late"))
        with_log = [path.read_bytes() for path in (shelf.ledger, Path(f"{shelf.ledger}-wal"))]
    shelf.ledger.write_bytes(with_log[0])
    Path(f"{shelf.ledger}-wal").write_bytes(with_log[1])
    shelf.lock()

    answer = shelf.ask("log")

    assert (answer.code, answer.stdout) == (1, "")
    assert answer.stderr == (
        f"Error: the ledger {shelf.ledger} cannot be used now (its folder cannot be written, and what was recorded "
        "last is still in test.ledger-wal); copy test.ledger and test.ledger-wal together to a folder that can be "
        "written, and ask there\n"
    )
    shutil.copytree(shelf.folder, tmp_path / "writable")
    (tmp_path / "writable").chmod(0o755)
    for path in (tmp_path / "writable").iterdir():
        path.chmod(0o644)
    assert "company late" in ask(tmp_path / "writable" / "test.ledger", "log").stdout


def test_whoever_may_only_read_sees_what_others_record(shelf: Shelf) -> None:
    """Somebody who may write has the ledger open, and has just recorded something."""
    with Store(shelf.ledger) as store:
        Ledger(shelf.ledger, store).add(company("late"))
        shelf.folder.chmod(0o555)

        assert "company late" in shelf.ask("log").stdout

        Ledger(shelf.ledger, store).add(company("later"))
        assert "company later" in shelf.ask("log").stdout


def test_pages_of_a_ledger_that_cannot_be_written_show_what_others_record_later(shelf: Shelf) -> None:
    """SQLite was told that nobody changes the file; so the pages open it anew each time they look."""
    report, go = shelf.scratch / "report", shelf.scratch / "go"
    go.touch()
    shelf.folder.chmod(0o555)
    process = FORKS.Process(target=work.look_twice, args=(str(report), str(shelf.ledger), str(go)))
    process.start()
    while len(lines_of(report)) < 1:
        time.sleep(0.01)

    shelf.folder.chmod(0o755)
    with Store(shelf.ledger) as store:
        Ledger(shelf.ledger, store).add(company("late"))
    shelf.folder.chmod(0o555)
    go.write_text("go")
    process.join(timeout=60)

    assert lines_of(report) == ["11", "12"]


def test_each_ledger_that_cannot_be_written_has_read_models_of_its_own(shelf: Shelf) -> None:
    """Two states of one ledger, of January and of February, are asked in turn."""
    for month in ("january", "february"):
        with Store(shelf.ledger) as store:
            Ledger(shelf.ledger, store).add(company(month))
        shelf.folder.joinpath(month).mkdir()
        shutil.copy(shelf.ledger, shelf.folder / month / "test.ledger")
        shelf.folder.joinpath(month).chmod(0o555)

    for _ in range(2):
        for month, size in (("february", 13), ("january", 12)):
            there = shelf._replace(folder=shelf.folder / month)
            assert len(there.ask("log", "--nl").stdout.splitlines()) == size
    assert len(shelf.cached()) == 2
    for month in ("january", "february"):
        shelf.folder.joinpath(month).chmod(0o755)
