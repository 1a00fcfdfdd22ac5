"""Version 0.1 and what is here, run by the same probe: each is its own code with its own ledger; no timing counts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import before
from benchmarks.before import NoBefore, Pair, Side, Sides, alternately, both
from benchmarks.figures import Beside
from benchmarks.large.world import World
from benchmarks.results import results
from benchmarks.scale import beside
from benchmarks.scale.asked import questions
from benchmarks.scale.bounded import Unfinished
from benchmarks.scale.listed import Listed
from benchmarks.scale.rows import Rows

WORLD = World(companies=16, chips=8, company_groups=4, chip_groups=4)
SIZE = 150


@pytest.fixture(scope="module")
def sides() -> Iterator[Sides]:
    try:
        with both() as found:
            yield found
    except NoBefore as why:
        pytest.skip(str(why))


def test_each_version_makes_a_ledger_with_its_own_code_and_answers_from_it(sides: Sides) -> None:
    compared = beside.Comparison(sides, SIZE, WORLD, seed=1, seconds=60)
    compared.make()
    asked = [beside.asked_of(question) for question in questions(WORLD, 3, seed=1)]

    cells, timelines = (alternately(sides, 1, work, asked) for work in ("cells", "timelines"))

    for turns in cells:
        assert not isinstance(turns, Unfinished)
        assert [len(turn["each"]) for turn in turns] == [3]
        assert all(seconds > 0 for seconds in turns[0]["each"])
    before_, now = timelines.medians("cpu")
    assert isinstance(before_, float)
    assert isinstance(now, float)
    assert [side.ledger.exists() for side in sides] == [True, True]
    assert sides[0].ledger.parent != sides[1].ledger.parent


def test_a_probe_runs_the_package_of_its_side(sides: Sides, tmp_path: Path) -> None:
    nothing = tmp_path / "nothing.jsonl"
    nothing.touch()
    for side in (each._replace(folder=tmp_path / each.name) for each in sides):
        side.folder.mkdir()

        told = side.run("record", str(nothing), [])

        assert told.pop("waited") > 0
        assert told == {"events": 0, "package": str(side.root / "policytracker" / "__init__.py")}


def test_a_commit_that_is_not_there_is_told() -> None:
    said = r"^version 0\.1 is not measured: git gives no checkout of commit 12345678 \("
    with pytest.raises(NoBefore, match=said), both("12345678" * 5):
        pass


def test_a_side_that_does_not_finish_says_why_and_is_not_run_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The older one takes too long at once; the newer one runs all the same."""
    run: list[str] = []

    def one_run(side: Side, work: str, *values: object, seconds: float) -> dict[str, float]:
        run.append(side.name)
        if side.name == before.BEFORE:
            raise Unfinished("more than 1 s")
        return {"cpu": float(len(run))}

    monkeypatch.setattr(Side, "run", one_run)
    there = Side(before.BEFORE, tmp_path, tmp_path), Side(before.NOW, tmp_path, tmp_path)

    pair = alternately(there, 2, "cell", warm=1)

    assert run == ["0.1", "now", "now", "now"]
    assert pair.now == [{"cpu": 3.0}, {"cpu": 4.0}]
    assert [str(each) for each in pair.medians("cpu")] == ["more than 1 s", "3.5"]


def test_a_work_that_fails_says_what_went_wrong(sides: Sides, tmp_path: Path) -> None:
    side = sides[1]._replace(folder=tmp_path)

    with pytest.raises(Unfinished, match=r"NoLedger: no ledger at .*doubtful\.ledger; make an empty one"):
        side.run("rebuild")


def test_the_ratio_is_that_of_the_medians() -> None:
    """Of a side that was disturbed once, the median is told."""
    pair = Pair([{"cpu": 2.0}, {"cpu": 9.0}, {"cpu": 2.0}], [{"cpu": 1.0}, {"cpu": 1.0}, {"cpu": 8.0}])

    row = Rows("10 events", 10).plain("diff of two matrices, by one matrix", pair.medians("cpu"))

    assert str(row) == "diff of two matrices, by one matrix | 10 events | 2 s | 1 s | 0.5 | 2.2 | met"


def test_a_figure_that_is_told_by_a_peer_has_the_ratio_to_it() -> None:
    """A rebuild may take six times as long as reading; what 0.1 took is told, and does not count."""
    row = Rows("10 events", 10).by_peer("rebuild, by reading and decoding", (20.0, 7.0), (1.0, 1.0))

    assert str(row) == "rebuild, by reading and decoding | 10 events | 20 s (20 ×) | 7 s (7 ×) | 7 | 6 | MISSED"


def test_a_bound_holds_for_the_sizes_that_it_names() -> None:
    """A timeline must be the faster of a million events; of fewer it is told for comparison."""
    late = Unfinished("more than 240 s")
    small, large = (Rows(f"{size} events", size).plain("timeline of a cell", (2.0, late)) for size in (10, 1_000_000))

    assert [small.missed, large.missed] == [False, True]
    assert str(small) == "timeline of a cell | 10 events | 2 s | more than 240 s | – | – | –"


def test_growth_is_told_by_company() -> None:
    """Four times the companies in twelve times the time: each of them takes three times as long."""
    pairs = [Pair([{"cpu": 1.0, "peak": 1.0}], [{"cpu": cpu, "peak": cpu}]) for cpu in (1.0, 5.0, 12.0)]

    rows = [str(row) for row in Listed((10, 20, 40), 3).growth({"state --csv": pairs})]

    assert rows == [
        "state --csv, for each company | Entity List, 40 companies by 10 | 0.25 | 3 | 3 | 1.25 | MISSED",
        "memory of state --csv, for each company | Entity List, 40 companies by 10 | 0.25 | 3 | 3 | 1.25 | MISSED",
    ]


def test_the_page_has_a_table_beside_version_0_1() -> None:
    """What is missed there is told below, with its reason."""
    rows = [
        Beside("matrix --json", "10 events", "2 s", "1 s", 0.5, 1.1),
        Beside("another figure", "10 events", "2 s", "more than 240 s", None, 1.1, unfinished=True),
    ]

    page = results("make bench", "2026-01-28", [], [], rows)

    assert "## Figures" not in page
    table = page.partition("# Beside version 0.1")[2].splitlines()
    assert "| matrix --json | 10 events | 2 s | 1 s | 0.5 | 1.1 | met |" in table
    assert "| another figure | 10 events | 2 s | more than 240 s | – | 1.1 | MISSED |" in table
    assert "- another figure (10 events): not looked into yet" in table
