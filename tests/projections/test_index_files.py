"""The file and the tail of the index beside a ledger: caught up in parts, written anew, and read meanwhile."""

from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policytracker.index import layout
from policytracker.keeping.verify import views_damage
from policytracker.ledger.appending import append_lines
from policytracker.ledger.reading import LedgerFile
from policytracker.ledger.store import Store
from policytracker.projections.catching_up import Follower, catch_up, rebuild
from policytracker.projections.layout import index_file, place
from policytracker.projections.reading import meta, open_views
from policytracker.projections.supposed import Supposed
from policytracker.questions.all_cells import all_cells
from policytracker.questions.one_cell import one_cell
from policytracker.questions.reader import Clocks, Reader
from tests.index.ground import ANY_LEDGER, Ledger
from tests.index.test_cells import MANY
from tests.projections.test_read_models import DAY, lines_of, recorded


@pytest.fixture
def little_room(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A tail has room for three rows."""
    with monkeypatch.context() as patch:
        patch.setattr(layout, "ROOM", 3)
        yield


def generation(ledger: Path) -> str:
    with closing(open_views(place(ledger))) as views:
        return meta(views)["index"]


def file_of(ledger: Path) -> Path:
    """The index file that counts."""
    return index_file(place(ledger).resolve(), generation(ledger))


def tail_of(ledger: Path) -> int:
    with closing(open_views(place(ledger))) as views:
        ((count,),) = views.execute("SELECT count(*) FROM tail").fetchall()
    return int(count)


@pytest.mark.usefixtures("little_room")
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data(), ANY_LEDGER)
def test_an_index_that_was_written_anew_equals_a_rebuild(data: st.DataObject, ledger: Ledger) -> None:
    """Parts for which the tail has room, and such for which it has none."""
    cuts = sorted(data.draw(st.lists(st.integers(0, len(ledger)), min_size=1, max_size=6)))
    with recorded(*(ledger[start:end] for start, end in pairwise([0, *cuts, len(ledger)]))) as path:
        assert list(views_damage(path)) == []
        assert file_of(path).exists()
        assert len(list(path.parent.glob("*.index"))) == 1


@pytest.mark.usefixtures("little_room")
def test_one_follower_goes_on_when_the_index_is_written_anew() -> None:
    """Event by event, forty claims and lifts of some: the file is written a dozen times."""
    random = Random(1)
    with recorded(MANY[:4]) as path, Store(path) as store, Follower(path) as follower:
        for number, event in enumerate(MANY[4:44]):
            lines = [{**event, "ref": f"claim-{number}"}]
            if number and random.random() < 0.5:
                about = {"type": "corroborated", "target": f"claim-{random.randrange(number)}"}
                lines.append({**about, "report": {**event["report"], "publisher": f"P{number}"}})
            append_lines(store, lines_of(lines))
            follower.catch_up(DAY)
        assert int(generation(path).partition(".")[0]) > 10
        assert list(views_damage(path)) == []


def test_what_was_opened_goes_on_answering_while_the_file_is_written_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader opens; then so much is recorded that the tail is full, and the file that it reads is removed."""
    monkeypatch.setattr(layout, "ROOM", 3)
    clocks = Clocks(DAY)
    with recorded(MANY[:6]) as path, Reader(path, DAY) as before, Reader(path, DAY) as late:
        expected, cell = all_cells(before, clocks).told, one_cell(before, clocks, "acme", "h20")
        file = file_of(path)
        with Store(path) as store:
            append_lines(store, lines_of(MANY[6:40]))
        catch_up(path, DAY)
        assert not file.exists()
        assert all_cells(before, clocks).told == expected
        assert one_cell(before, clocks, "acme", "h20") == cell
        # One that had opened the ledger, and had asked nothing yet, answers as of then as well.
        assert all_cells(late, clocks).told == expected
        with Reader(path, DAY) as after:
            assert all_cells(after, clocks).told != expected


@pytest.mark.parametrize("meanwhile", [catch_up, rebuild])
def test_a_dry_run_answers_though_another_process_has_removed_the_file(
    meanwhile: Callable[[Path, int], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two people record at once: each looks at what would change, while the other one's event is projected."""
    monkeypatch.setattr(layout, "ROOM", 3)
    with recorded(MANY[:6]) as path, Reader(path, DAY) as reader:
        file = file_of(path)
        with Store(path) as store:
            append_lines(store, lines_of(MANY[6:40]))
        meanwhile(path, DAY)
        assert not file.exists()
        supposed = Supposed(reader.connection, reader.stored, ())
        with Reader(path, DAY) as anew:
            # Read models that were put in the place of others leave these to whoever has them open.
            expected = reader if meanwhile is rebuild else anew
            assert (supposed.index.count, list(supposed.index.rows.claim[: supposed.index.count])) == (
                expected.index.count,
                list(expected.index.rows.claim[: expected.index.count]),
            )


def test_read_models_are_made_of_one_moment_of_the_ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process records something about a claim while they are made: once taken for damage of the ledger."""
    report = {"publisher": "P", "published": "2020-02-01", "attribution": "official"}
    said = {"type": "corroborated", "target": "claim", "report": report}
    with recorded([*MANY[:4], {**MANY[4], "ref": "claim"}]) as path, Store(path) as store:
        streams = LedgerFile.streams_of_several

        def meanwhile(source: LedgerFile) -> frozenset[str]:
            found = streams(source)
            append_lines(store, lines_of([said]))
            return found

        with monkeypatch.context() as patch:
            patch.setattr(LedgerFile, "streams_of_several", meanwhile)
            assert rebuild(path, DAY) == 5
        catch_up(path, DAY)
        assert list(views_damage(path)) == []


def test_few_rows_stay_in_the_tail_and_the_file_as_it_is() -> None:
    with recorded(MANY[:5], MANY[5:8], MANY[8:10]) as path:
        assert (generation(path).partition(".")[0], tail_of(path)) == ("1", 2)
        assert list(views_damage(path)) == []


def test_read_models_whose_index_is_gone_are_made_anew() -> None:
    """Somebody removes the file, or puts another there."""
    with recorded(MANY[:8]) as path:
        file_of(path).unlink()
        with Reader(path, DAY) as reader:
            assert one_cell(reader, Clocks(DAY), "acme", "h20")["status"] != "unknown"
        assert list(views_damage(path)) == []
