"""All companies and chips at once: the same answers with numba and without, and nothing of it where it does not pay."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.large.lines import SMALL_WORLD, record
from policytracker.events.dates import end_of_day, span
from policytracker.index import board, compiled
from policytracker.index.board import Board
from policytracker.index.functions import Compiled, Plain
from policytracker.ledger.store import Store
from policytracker.questions import diff as comparing
from policytracker.questions.all_cells import all_cells
from policytracker.questions.diff import Points, diff
from policytracker.questions.matrix import matrix
from policytracker.questions.one_cell import possible
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.statuses import Statuses, differing

TODAY = span("2026-02-01").first
DAY = span("2024-03-01").first
RECORDED = [None, 1_600_000_000_000_000]
KNOWN = [None, end_of_day(span("2021-05-05").first)]
PAIRS = {("a", "x"): 1, ("a", "y"): 2, ("b", "x"): 4, ("b", "y"): 8}


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """A made-up ledger, recorded in ten batches over ten years."""
    ledger = tmp_path_factory.mktemp("large") / "large.ledger"
    record(ledger, "doubtful", 700, world=SMALL_WORLD, batches=10)
    with Reader(ledger, TODAY) as reader:
        yield reader


def statuses(told: bytes) -> Statuses:
    return Statuses(("a", "b"), ("x", "y"), told)


@pytest.mark.parametrize("known", KNOWN)
@pytest.mark.parametrize("recorded", RECORDED)
def test_all_cells_at_once_tell_what_each_tells(large: Reader, known: int | None, recorded: int | None) -> None:
    for day in (DAY, DAY - 1_000):
        clocks = Clocks(day, known, recorded)
        found = all_cells(large, clocks)
        assert dict(found) == {pair: possible(large, clocks, *pair) for pair in found}
        assert len(set(found.told)) > 3


def test_a_large_ledger_is_answered_the_same_with_numba_and_without(
    large: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board, "PAYS", 1)
    with Reader(large.ledger, TODAY) as reader:
        assert isinstance(reader.board(reader.head.position, DAY).functions, Compiled)
        with_numba = all_cells(reader, Clocks(DAY)).told
    monkeypatch.setattr(compiled, "is_there", lambda: False)
    with Reader(large.ledger, TODAY) as reader:
        assert isinstance(reader.board(reader.head.position, DAY).functions, Plain)
        assert all_cells(reader, Clocks(DAY)).told == with_numba


def test_a_small_ledger_is_answered_without_numba(demo: Path) -> None:
    """Asked twice: the first question may write read models, for which sqlite_utils imports it."""
    program = (
        "import sys; from policytracker.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: sys.exit('numba' in sys.modules)"
    )
    ask = [sys.executable, "-c", program, "--ledger", str(demo), "matrix", "--at", "2026-01-28", "--json"]
    subprocess.run(ask, capture_output=True, check=False)
    assert subprocess.run(ask, capture_output=True, check=False).returncode == 0


def test_an_empty_ledger_has_no_cells(tmp_path: Path) -> None:
    ledger = tmp_path / "empty.ledger"
    with closing(Store.create(ledger)):
        pass
    with Reader(ledger, TODAY) as reader:
        assert all_cells(reader, Clocks(DAY)).told == b""
        assert Board(reader.cells(0, DAY), fast=True).possible(reader.point(Clocks(DAY))) == b""


def test_a_diff_looks_only_at_cells_that_change_and_misses_none(large: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two days apart in the world, and two moments apart in what was known."""
    points = Points(DAY, KNOWN[1], DAY + 40, None)
    of_those_that_change = list(diff(large, points, None, None, None))
    monkeypatch.setattr(comparing, "FEW", 1 << 30)
    assert list(diff(large, points, None, None, None)) == of_those_that_change
    assert len(of_those_that_change) > 20
    assert list(diff(large, Points(1, None, 2, None), None, None, None)) == []


def test_some_companies_and_chips_are_picked_from_all(large: Reader) -> None:
    whole_matrix = matrix(large, Clocks(DAY), [], [])
    part = matrix(large, Clocks(DAY), ["firm-7", "firm-3"], ["chip-2"])
    assert dict(part.possible) == {
        (firm, "chip-2"): whole_matrix.possible[firm, "chip-2"] for firm in ("firm-7", "firm-3")
    }


def test_statuses_are_a_mapping_of_pairs() -> None:
    told = statuses(bytes([1, 2, 4, 8]))
    assert dict(told) == PAIRS
    assert (told.row("b"), told.column("y")) == (bytes([4, 8]), bytes([2, 8]))
    assert dict(told.among(["b"], ["y", "x"])) == {("b", "y"): 8, ("b", "x"): 4}
    assert told.among(["a", "b"], ["x", "y"]) is told


def test_cells_that_differ_anywhere_on_the_way_are_found() -> None:
    """From the first to the second a cell turns, from the second to the third it turns back and another turns."""
    way = [statuses(bytes(each)) for each in ([1, 2, 4, 8], [1, 10, 4, 8], [1, 2, 4, 127])]
    assert differing(*way) == [("a", "y"), ("b", "y")]
    assert differing(way[0], statuses(bytes([1, 2, 4, 8]))) == []
