"""``refresh``, and what a new day does to the table ``import_status``."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from policytracker.events.dates import iso, span
from policytracker.keeping.verify import damage
from policytracker.ledger import clock
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.store import Store
from policytracker.ledger.where import Where
from policytracker.projections.layout import place, place_of
from policytracker.projections.reading import meta, open_views
from policytracker.questions.reader import Reader
from tests.demo import ask
from tests.ledger.ground import REGISTRY, REPORT, Ledger, cleared

FIRST, BEFORE, DAY, AFTER = (span(f"2026-03-{day}").first for day in ("01", "09", "10", "20"))


def table(ledger: Path) -> tuple[set[str], dict[tuple[str, str], str]]:
    """The days for which ``import_status`` holds, and each cell's status, as another program reads it."""
    with closing(sqlite3.connect(place(ledger))) as connection:
        rows = connection.execute("SELECT at, company, chip, status FROM import_status").fetchall()
    return {at for at, *_ in rows}, {(company, chip): status for _, company, chip, status in rows}


@pytest.fixture
def scheduled(tmp_path: Path) -> Path:
    """A ledger in which acme may not have the h20 from 10 March on; asked on 1 March."""
    path = tmp_path / "test.ledger"
    blocked = {
        "type": "blocked",
        "ref": "stop",
        "authority": "gacc",
        "companies": ["acme"],
        "chips": ["h20"],
        "effective": "2026-03-10",
        "report": {**REPORT, "attribution": "official"},
    }
    with Store.create(path) as store:
        Ledger(path, store).add(*REGISTRY, cleared(effective="2026-01-01"), blocked)
    with Reader(path, FIRST):
        pass
    return path


def test_a_scheduled_change_reaches_the_table_on_its_day(scheduled: Path) -> None:
    """The first question of each day brings the table there, whatever it asks; nothing has to be recorded."""
    days, then = table(scheduled)
    assert days == {"2026-03-01"}
    for today in (BEFORE, DAY, AFTER):
        with Reader(scheduled, today):
            days, now = table(scheduled)
            assert days == {iso(today)}
            assert (now[("acme", "h20")] != then[("acme", "h20")]) == (today >= DAY)
            assert {cell for cell in now if now[cell] != then[cell]} <= {("acme", "h20")}
        assert list(damage(scheduled)) == []


def test_an_earlier_day_leaves_the_table_as_it_is(scheduled: Path) -> None:
    """A machine whose clock is behind asks."""
    with Reader(scheduled, DAY):
        pass
    with Reader(scheduled, BEFORE):
        assert table(scheduled)[0] == {"2026-03-10"}


def test_refresh_brings_the_table_to_today(copied: Where, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: DAY)
    assert ask(copied, "rebuild").exit_code == 0
    monkeypatch.setattr(clock, "today", lambda: AFTER)

    answer = ask(copied, "refresh")

    assert answer.stdout == "read models are up to date; import_status holds for 2026-03-20\n"
    with open_ledger(copied) as source, closing(open_views(place_of(source))) as connection:
        assert meta(connection)["at"] == "2026-03-20"
        assert connection.execute("SELECT DISTINCT at FROM import_status").fetchall() == [("2026-03-20",)]
    assert list(damage(copied)) == []


def test_refresh_takes_in_what_was_recorded(scheduled: Path) -> None:
    with Store(scheduled) as store:
        Ledger(scheduled, store).add(cleared("more", companies=["dyno"]))

    assert ask(scheduled, "refresh").exit_code == 0

    with closing(open_views(place(scheduled))) as connection:
        assert int(meta(connection)["position"]) == 12


def test_a_question_does_not_wait_where_somebody_else_writes_to_the_read_models(scheduled: Path) -> None:
    """It answers; the table goes on telling of an earlier day until the next question."""
    with closing(sqlite3.connect(place(scheduled), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with Reader(scheduled, DAY) as reader:
            assert reader.head.position == 11
        other.execute("ROLLBACK")
    assert table(scheduled)[0] == {"2026-03-01"}
    with Reader(scheduled, DAY):
        assert table(scheduled)[0] == {"2026-03-10"}
