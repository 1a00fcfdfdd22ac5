"""The harness of large ledgers at a tiny size: every engine that is here gives the same answers; no timing counts."""

import time
from pathlib import Path
from typing import Any

import pytest

from benchmarks.large.world import World
from benchmarks.reasons import REASONS
from benchmarks.results import results
from benchmarks.scale import bounds
from benchmarks.scale import sized as measuring
from benchmarks.scale.asked import Engine
from benchmarks.scale.asking import Measured
from benchmarks.scale.bounded import Bounds, Unfinished, unbounded
from benchmarks.scale.peers.duck import Duck
from benchmarks.scale.peers.postgres import Postgres
from benchmarks.scale.peers.sqlite import Sqlite, TunedSqlite
from benchmarks.scale.sized import Disagreement, Peer, Sized, agree, compare
from benchmarks.scale.tracker import NAME
from tests.postgres.databases import Databases

WORLD = World(companies=16, chips=8, company_groups=4, chip_groups=4)
SIZE = 400
COUNTS = {"cell": (1, 40), "matrix": (1, 3)}


def answers_of(asked: Measured | Unfinished) -> list[Any]:
    assert isinstance(asked, Measured), asked
    return asked.answers


def test_all_engines_give_the_same_answers_for_certain_claims(tmp_path: Path, databases: Databases) -> None:
    sized = Sized(SIZE, WORLD)

    def engines(folder: Path) -> list[Engine]:
        return [Sqlite(folder), TunedSqlite(folder), Duck(folder), Postgres(folder, databases.fresh().url)]

    compare(sized, 3, tmp_path, unbounded, engines, COUNTS)

    answers = {
        name: {kind: answers_of(each) for kind, each in peer.asked.items()} for name, peer in sized.peers.items()
    }
    assert {NAME, "sqlite3, textbook SQL", "sqlite3, tuned", "PostgreSQL"} <= set(answers)
    assert set(sized.absent) <= {"DuckDB"}
    for given in answers.values():
        assert given == answers[NAME]
    assert [len(found) for found in answers[NAME].values()] == [40, 3]
    assert len(set(answers[NAME]["cell"])) >= 4, "the questions are too easy to tell engines apart"


def test_engines_that_differ_are_named_with_the_question() -> None:
    one, other = ({"cell": Measured([0.1, 0.1], [0, answer])} for answer in (1, 2))

    with pytest.raises(Disagreement, match=r"^this and that do not agree on question 1 of kind cell; .* --seed "):
        agree({"this": one, "late": {"cell": Unfinished("more than 1 s")}, "that": other})


def test_what_does_not_finish_is_ended_at_its_bound_and_counts_as_missed() -> None:
    """Sleeping for longer than it may; after the last minute nothing is begun."""
    with pytest.raises(Unfinished, match=r"^more than 1 s$"):
        Bounds(seconds=1, gigabytes=4, minutes=1).run(time.sleep, 60)
    with pytest.raises(Unfinished, match=r"^not begun within 0 minutes$"):
        Bounds(seconds=1, gigabytes=4, minutes=0).run(time.sleep, 60)
    with pytest.raises(Unfinished, match=r"^ValueError: sleep length must be non-negative$"):
        Bounds(seconds=60, gigabytes=4, minutes=1).run(time.sleep, -1)


def test_the_page_tells_what_was_missed_and_why() -> None:
    """Nothing finished but a cell, of 400 events, in a tenth of its bound."""
    late = Unfinished("more than 1 s")
    asked: dict[str, Measured | Unfinished] = dict.fromkeys(measuring.COUNTS, late)
    written = dict.fromkeys(("append", "import", "rebuild", "start"), late)
    sized = Sized(SIZE, WORLD, {**asked, "state": Measured([0.0001], [0])}, {**written})
    sized.peers[NAME] = Peer("0.1.0", {"cell": late, "matrix": late})
    sized.absent.append("DuckDB")

    figures = list(bounds.figures([sized]))
    page = results("make bench", "2026-01-28", figures, [sized])

    assert "| a cell, 400 events | 0.1 ms | the bound: 1 ms | 0.1 | 1 | met |" in page
    assert "| import, 400 events | more than 1 s | executemany of the same rows | – | 6 | MISSED |" in page
    assert "| DuckDB | not installed | – | – |" in page
    missed = page.partition("## What was missed, and why")[2].splitlines()
    assert [line for line in missed if line.startswith("- ")] == [
        f"- {figure.name} ({figure.against}): {reason(figure.name)}" for figure in figures if figure.missed
    ]


def reason(name: str) -> str:
    """The first reason for figures whose names begin so."""
    return next((why for begin, why in REASONS.items() if name.startswith(begin)), "not looked into yet")
