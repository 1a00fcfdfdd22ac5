"""The index file is written anew, missing, cut short or another's, and read models are replaced while they are read."""

import random
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from policytracker.events.dates import span
from policytracker.keeping.verify import damage
from policytracker.ledger.store import Store
from policytracker.projections.catching_up import catch_up, rebuild
from policytracker.projections.layout import index_file, place
from policytracker.projections.reading import meta, open_views
from policytracker.questions.one_cell import one_cell
from policytracker.questions.reader import Clocks, Reader
from tests.demo import ask
from tests.faults import work
from tests.faults.counted import Count
from tests.faults.processes import FORKS, lines_of
from tests.faults.test_index_kills import made
from tests.ledger.ground import Ledger, batch, changed, cleared, company
from tests.soak import often
from tests.views import copy_with_views, files_of

DAY = span("2027-01-15").first
QUESTION = ("state", "--at", "2027-01-15", "--json")


def index_of(ledger: Path) -> Path:
    """The index file that counts."""
    file = place(ledger).resolve()
    with closing(open_views(file)) as connection:
        return index_file(file, meta(connection)["index"])


def answers_as_before(ledger: Path, before: str) -> bool:
    """Whether a ledger answers as before, and is whole."""
    answer = ask(ledger, *QUESTION)
    return (answer.exit_code, answer.stdout, list(damage(ledger))) == (0, before, [])


@contextmanager
def at_work(*processes: tuple[Callable[..., None], tuple[object, ...]]) -> Iterator[None]:
    """Some processes run meanwhile; they are killed at the end."""
    started = [FORKS.Process(target=target, args=args) for target, args in processes]
    for process in started:
        process.start()
    try:
        yield
        assert [process.exitcode for process in started] == [None] * len(started)
    finally:
        for process in started:
            process.kill()
            process.join()


def test_questions_meet_no_error_while_others_write_the_index_anew(tmp_path: Path, counted: Count) -> None:
    """One process records and lets the index outgrow its room, one makes all anew; the claims do not stay on this cell,
    so that its answer is the same after each import."""
    ledger, report, stop = made(tmp_path, "test"), tmp_path / "report", tmp_path / "stop"
    told = tmp_path / "told"
    asking = FORKS.Process(target=work.ask_on, args=(str(report), str(ledger), str(stop), "--at", "2027-01-15"))
    growing = work.grow_index, (str(told), str(ledger), 0, 24)
    with at_work(growing, (work.rebuild, (str(tmp_path / "made"), str(ledger)))):
        asking.start()
        time.sleep(often(short=2, long=60))
        until = time.monotonic() + 60  # on a busy machine two seconds may be too short
        while not (told.exists() and len(lines_of(told)) > 3) and time.monotonic() < until:
            time.sleep(0.1)
        stop.touch()
        asking.join(timeout=60)
    assert asking.exitcode == 0
    *answers, asked = lines_of(report)
    assert len(answers) == 1, answers
    assert answers[0].startswith("[0, ")
    assert len(lines_of(told)) > 3
    counted("questions while others wrote the index anew, each answered alike", int(asked))


def test_read_models_copied_without_their_index_are_made_anew(tmp_path: Path) -> None:
    ledger = made(tmp_path, "test")
    before, copy = ask(ledger, *QUESTION).stdout, tmp_path / "copy.ledger"
    shutil.copy(ledger, copy)
    shutil.copy(place(ledger), place(copy))

    assert answers_as_before(copy, before)
    assert len(list(files_of(place(copy)))) == 1


def test_an_index_that_another_making_has_left_is_not_believed(tmp_path: Path) -> None:
    """It was copied earlier; read models that were made of more events since are copied without theirs."""
    ledger = made(tmp_path, "test")
    ask(ledger, *QUESTION)
    copy = copy_with_views(ledger, tmp_path / "copy.ledger")
    with Store(ledger) as store:
        Ledger(ledger, store).add(cleared("more", companies=["dyno"]))
    rebuild(ledger, DAY)
    before = ask(ledger, *QUESTION).stdout
    shutil.copy(ledger, copy)
    shutil.copy(place(ledger), place(copy))
    assert len(list(files_of(place(copy)))) == 1

    assert answers_as_before(copy, before)
    assert len(list(files_of(place(copy)))) == 1


@pytest.mark.parametrize("grown", [False, True], ids=["made anew", "grown"])
def test_an_index_file_that_is_cut_short_or_garbled_is_made_anew(tmp_path: Path, grown: bool, counted: Count) -> None:
    chance, ledger = random.Random("index"), made(tmp_path, "test")
    before, tries = ask(ledger, *QUESTION).stdout, often(short=6, long=60)
    for turn in range(tries):
        if grown:
            with Store(ledger) as store:
                Ledger(ledger, store).add(company(f"more-{turn}"))
            before = ask(ledger, *QUESTION).stdout
        path = index_of(ledger)
        content = path.read_bytes()
        sizes = 0, 7, 31, 40, len(content) - 1, chance.randrange(len(content))
        cut = content[: sizes[turn % len(sizes)]]
        path.write_bytes(cut if turn % 2 else cut.ljust(len(content) + turn, b"\xff"))
        assert answers_as_before(ledger, before)
    counted("index files cut short or garbled, each made anew", tries)


@pytest.mark.parametrize("key", ["layout", "ledger", "position", "id", "at", "newest", "index"])
def test_read_models_that_do_not_say_what_they_were_made_of_are_made_anew(tmp_path: Path, key: str) -> None:
    ledger = made(tmp_path, "test")
    ask(ledger, *QUESTION)
    with closing(sqlite3.connect(place(ledger), isolation_level=None)) as connection:
        connection.execute("DELETE FROM meta WHERE key = ?", (key,))
    with Store(ledger) as store:
        Ledger(ledger, store).add(company("late"))

    assert ask(ledger, *QUESTION).exit_code == 0
    assert list(damage(ledger)) == []


def test_an_index_file_that_is_gone_before_a_question_needs_it_is_no_matter(tmp_path: Path) -> None:
    """Reader are open; then all is made anew, twice, and the files that they were opened with are removed."""
    ledger = made(tmp_path, "test")
    with Reader(ledger, DAY) as reader, Reader(ledger, DAY) as others:
        expected = one_cell(others, Clocks(DAY), "acme", "h20")
        with Store(ledger) as store:
            Ledger(ledger, store).add(
                cleared("more", companies=["dyno"]), batch("next"), changed("more", chips=["h200"])
            )
        catch_up(ledger, DAY)
        rebuild(ledger, DAY)
        rebuild(ledger, DAY)

        assert one_cell(reader, Clocks(DAY), "acme", "h20") == expected


def test_whoever_reads_on_after_a_rebuild_reads_the_old_file_and_can_tell(tmp_path: Path) -> None:
    """As Datasette does: a connection stays open. It goes on reading, whole, what it has read, and the table ``meta``
    says that another file has taken its place. A new connection reads the new one."""
    ledger = made(tmp_path, "test")
    ask(ledger, *QUESTION)
    rows = "SELECT company, chip, possible FROM import_status ORDER BY company, chip"
    with closing(sqlite3.connect(place(ledger))) as old:
        before = old.execute(rows).fetchall()
        with Store(ledger) as store:
            Ledger(ledger, store).add(cleared("more", companies=["dyno"]), company("late"))
        rebuild(ledger, DAY)

        assert old.execute(rows).fetchall() == before
        assert old.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        with closing(sqlite3.connect(place(ledger))) as new:
            then, now = (dict(each.execute("SELECT key, value FROM meta").fetchall()) for each in (old, new))
            assert len(new.execute(rows).fetchall()) == len(before) + 2
        assert (then["position"], now["position"]) == ("11", "13")
        assert (then["at"] < now["at"], now["at"]) == (True, "2027-01-15")
        assert then["replaced"] == "open the read models again"
        assert "replaced" not in now


def test_whoever_reads_on_while_events_are_taken_in_sees_them(tmp_path: Path) -> None:
    """Nothing is replaced then: the file is the same, and so is the connection."""
    ledger = made(tmp_path, "test")
    ask(ledger, *QUESTION)
    with closing(sqlite3.connect(place(ledger))) as reader:
        with Store(ledger) as store:
            Ledger(ledger, store).add(company("late"))
        catch_up(ledger, DAY)

        assert reader.execute("SELECT count(*) FROM import_status WHERE company = 'late'").fetchone() == (2,)
        assert reader.execute("SELECT key FROM meta WHERE key = 'replaced'").fetchall() == []
