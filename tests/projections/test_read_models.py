"""The read models: complete for every question, and the same whether grown or rebuilt."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from policytracker.events.dates import span
from policytracker.keeping.verify import damage, views_damage
from policytracker.ledger.appending import append_lines
from policytracker.ledger.lines import Line
from policytracker.ledger.store import Store
from policytracker.projections.catching_up import Follower, catch_up, rebuild
from policytracker.projections.layout import place
from policytracker.projections.reading import meta, open_views
from policytracker.questions.reader import Clocks, Reader
from policytracker.status.scope import Scopes
from policytracker.status.view import View
from policytracker.testing import strategies

DAY = span("2026-01-30").first
CLOCK = 1_800_000_000_000_000
ANY_LEDGER = strategies.ledgers() | strategies.batches() | strategies.one_claim()


def lines_of(part: list[dict[str, Any]]) -> list[Line]:
    return [Line("part", number, json.dumps(event).encode()) for number, event in enumerate(part)]


@contextmanager
def recorded(*parts: list[dict[str, Any]], step: int = 0) -> Iterator[Path]:
    """A ledger file with the parts recorded one after another (``step`` microseconds apart), caught up after each."""
    folder = Path(mkdtemp())
    path = folder / "test.ledger"
    try:
        with Store.create(path) as store:
            for place, part in enumerate(parts):
                append_lines(store, lines_of(part), clock=partial(int, CLOCK + place * step))
                catch_up(path, DAY)
        yield path
    finally:
        shutil.rmtree(folder)


def matched(view: View, company: str, chip: str) -> set[str]:
    """The claims at the gates of a cell whose scope it is in, as now known."""
    scopes, directory = Scopes(view.directory), view.directory
    gates = directory.gates(company, chip)
    there = (claim for claim in view.claims.values() if directory.gate(claim.fields["authority"]) in gates)
    return {claim.id for claim in there if scopes.match(claim, company, chip)}


@settings(max_examples=150)
@given(ANY_LEDGER)
def test_a_cells_question_finds_every_claim_that_matches_the_cell(ledger: list[dict[str, Any]]) -> None:
    """Named outside the pool, corrected into the scope, matched by an attribute: the index misses none."""
    with recorded(ledger) as path, Reader(path, DAY) as reader:
        everything = reader.view(Clocks(DAY))
        for company in everything.directory.companies:
            for chip in everything.directory.chips:
                view = reader.view_on(company, chip, Clocks(DAY))
                assert matched(view, company, chip) == matched(everything, company, chip)


@settings(max_examples=60)
@given(st.data(), ANY_LEDGER)
def test_grown_read_models_equal_rebuilt_ones(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    """Events recorded in two or three parts leave what a rebuild of all of them makes, cell by cell."""
    cuts = sorted(data.draw(st.lists(st.integers(0, len(ledger)), min_size=1, max_size=2)))
    parts = [ledger[start:end] for start, end in zip([0, *cuts], [*cuts, len(ledger)], strict=True)]
    with recorded(*parts) as path:
        assert list(views_damage(path)) == []


@settings(max_examples=30)
@given(st.data(), ANY_LEDGER)
def test_read_models_that_are_followed_equal_rebuilt_ones(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    """They stay open from one event to the next, and here and there somebody else makes them anew, or projects."""
    with recorded([]) as path, Store(path) as store, Follower(path) as follower:
        for event in ledger:
            append_lines(store, lines_of([event]))
            meanwhile = data.draw(st.sampled_from([None, None, None, catch_up, rebuild]))
            if meanwhile is not None:
                meanwhile(path, DAY)
            follower.catch_up(DAY)
        with closing(open_views(place(path))) as views:
            assert int(meta(views)["position"]) == store.head().position
        assert list(views_damage(path)) == []


@settings(max_examples=30)
@given(ANY_LEDGER)
def test_the_status_table_tells_what_state_answers(ledger: list[dict[str, Any]]) -> None:
    """``import_status`` holds today's answer for each company and chip, marked with the day."""
    with recorded(ledger) as path, Reader(path, DAY) as reader:
        view = reader.view(Clocks(DAY))
        rows = reader.connection.execute("SELECT company, chip, at, possible FROM import_status").fetchall()
        assert len(rows) == len(view.directory.companies) * len(view.directory.chips)
        for company, chip, at, possible in rows:
            clocks = Clocks(DAY)
            assert at == "2026-01-30"
            assert len(possible.split()) == view.cell(company, chip, clocks.at).possible.bit_count()


def test_read_models_of_another_ledger_are_not_believed(tmp_path: Path) -> None:
    """A ledger put in the place of another: its own events answer, not the other's read models."""
    company = {"type": "company-registered", "company": "acme", "name": "Acme", "jurisdiction": "CN"}
    with recorded([company]) as one, recorded([{**company, "company": "bolt"}]) as other:
        shutil.copy(place(one), place(other))
        with Reader(other, DAY) as reader:
            assert list(reader.directory.companies) == ["bolt"]


def test_damaged_read_models_are_made_anew() -> None:
    """Garbage in the read-model file costs a rebuild, nothing else."""
    company = {"type": "company-registered", "company": "acme", "name": "Acme", "jurisdiction": "CN"}
    with recorded([company]) as path:
        place(path).write_bytes(b"garbage" * 1000)
        with Reader(path, DAY) as reader:
            assert list(reader.directory.companies) == ["acme"]
        assert list(damage(path)) == []


def test_a_changed_row_of_a_read_model_is_named(tmp_path: Path) -> None:
    """Somebody edits the status table: verify says which read model differs."""
    company = {"type": "company-registered", "company": "acme", "name": "Acme", "jurisdiction": "CN"}
    with recorded([company]) as path:
        with sqlite3.connect(place(path)) as connection:
            connection.execute("UPDATE registry SET name = 'Evil'")
        connection.close()
        assert [found.what for found in damage(path)] == [
            "the read model registry differs from a rebuild: `policytracker rebuild`"
        ]


def test_a_rebuild_reports_its_progress() -> None:
    """As many events as the ledger has are told to the progress bar."""
    companies = [
        {"type": "company-registered", "company": f"firm-{n}", "name": "F", "jurisdiction": "CN"} for n in range(5)
    ]
    told: list[int] = []
    with recorded(companies) as path:
        assert rebuild(path, DAY, told.append) == 5
    assert sum(told) == 5


def test_what_is_recorded_meanwhile_is_no_damage() -> None:
    """Between the last question and the check, somebody records: the read models are behind, not wrong."""
    company = {"type": "company-registered", "company": "acme", "name": "Acme", "jurisdiction": "CN"}
    with recorded([company]) as path:
        with Store(path) as store:
            append_lines(store, [Line("more", 1, json.dumps({**company, "company": "bolt"}).encode())])
        assert list(damage(path)) == []


def test_read_models_may_be_read_by_whoever_may_read_the_ledger() -> None:
    company = {"type": "company-registered", "company": "acme", "name": "Acme", "jurisdiction": "CN"}
    with recorded([company]) as path:
        for mode in (0o600, 0o644):
            path.chmod(mode)
            rebuild(path, DAY)
            assert place(path).stat().st_mode & 0o777 == mode
