"""What the questions answer of a large ledger with every kind of doubt is what the naive reading of it says.

``POLICYTRACKER_SOAK=1`` asks 10,000 cells of a ledger of 100,000 events, of 2,000 companies and 200 chips.
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import pytest

from benchmarks.large import days
from benchmarks.large.lines import SMALL_WORLD, WORLD, instant_of, record
from policytracker.events.dates import iso, moment, span
from policytracker.events.forms import stored_fields
from policytracker.index.board import Board
from policytracker.index.cells import GateAnswer
from policytracker.index.layout import position_of
from policytracker.ledger.reading import open_ledger
from policytracker.projections.reading import id_at, threads_at
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.state import states
from policytracker.questions.timeline import Timelines
from policytracker.status.directory import Gate
from policytracker.status.entries import Entry
from policytracker.status.words import summary, words
from policytracker.testing import naive
from tests.index.test_cells import answers_of
from tests.naive_at_scale import Ledger
from tests.questions.by_view import Views, days_of, publications_of, state_of
from tests.questions.test_one_cell import assert_days_are
from tests.soak import SOAK
from tests.test_core_is_the_contract import in_order

SIZE, CELLS, OF = (100_000, 10_000, WORLD) if SOAK else (2_000, 300, SMALL_WORLD)
BOARDS = 20 if SOAK else 5
MOST_LEFT_OUT = 0.25 if SOAK else 0.05
TODAY = span("2026-01-28").first


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("large") / "large.ledger"
    record(place, "doubtful", SIZE, seed=5, world=OF, batches=40)
    return place


def entries_of(place: Path) -> list[naive.Entry]:
    """The events as the naive reading takes them."""
    with open_ledger(place) as source:
        return [
            {**stored_fields(row.topic, row.state), "id": row.id, "recorded": row.recorded} for row in source.rows()
        ]


def drawn(chance: Random) -> Iterator[dict[str, Any]]:
    """Cells at random dates; one of five as everything is known, one as everything is recorded."""
    while True:
        at, known, recorded = (chance.randrange(days.DAYS) for _ in range(3))
        published = f"{days.text(known)}T{chance.randrange(24):02}:30Z" if chance.random() < 0.3 else days.text(known)
        yield {
            "company": chance.choice(OF.firms.ids),
            "chip": chance.choice(OF.models.ids),
            "at": days.text(at),
            "known": None if chance.random() < 0.2 else published,
            "recorded": None if chance.random() < 0.2 else instant_of(recorded),
        }


def clocks_of(question: dict[str, Any]) -> Clocks:
    known = None if question["known"] is None else moment(question["known"])
    return Clocks(span(question["at"]).first, known, question["recorded"])


def told(reader: Reader, question: dict[str, Any]) -> dict[str, Any]:
    """The answer of ``state``, in the shape of the naive one."""
    (answer,) = states(reader, clocks_of(question), question["company"], question["chip"])
    return shape(answer)


def shape(answer: Mapping[str, Any]) -> dict[str, Any]:
    """What both tell: all but what is left of approvals."""
    parts = ("possible", "status", "limited_by", "if_open", "launched", "last_report")
    gates = [{**gate, "claims": set(gate["claims"])} for gate in answer["gates"]]
    return {**{part: answer[part] for part in parts}, "conditions": in_order(answer["conditions"]), "gates": gates}


def test_cells_at_random_dates_are_as_the_naive_reading_says(large: Path) -> None:
    """Where doubts leave more worlds than can be tried, all claims on the cell are asked instead."""
    ledger = Ledger(entries_of(large))
    agreed = left_out = 0
    statuses = set()
    with Reader(large, TODAY) as reader:
        for question in drawn(Random(9)):
            found = told(reader, question)
            try:
                expected = ledger.answer(**question)
            except naive.TooManyWorlds:
                left_out += 1
                assert found == told_by_all_claims(reader, question), question
                continue
            assert found == shape(expected), question
            statuses.add(tuple(expected["possible"]))
            agreed += 1
            if agreed == CELLS or left_out > CELLS * MOST_LEFT_OUT:
                break
    assert agreed == CELLS, f"{left_out} cells have too many worlds for the naive reading"
    assert len(statuses) >= 20, "the ledger has too little doubt to prove much"


def told_by_all_claims(reader: Reader, question: dict[str, Any]) -> dict[str, Any]:
    """The answer of the core, given every claim on the cell."""
    clocks, pair = clocks_of(question), (question["company"], question["chip"])
    return shape(state_of(reader.view_on(*pair, clocks), clocks, *pair))


def test_all_cells_at_random_points_are_as_the_naive_reading_says(large: Path) -> None:
    """The board as it stands and compiled: the same bytes; some cells of each against the naive reading."""
    ledger, chance = Ledger(entries_of(large)), Random(10)
    with Reader(large, TODAY) as reader:
        for question in islice(drawn(chance), BOARDS):
            clocks = clocks_of(question)
            point = reader.point(clocks)
            every = reader.cells(point.seen, point.day)
            plain, compiled = Board(every, fast=False), Board(every, fast=True)
            possible = plain.possible(point)
            assert compiled.possible(point) == possible, question
            companies = set(chance.sample(plain.companies.names, 6))
            answers = list(plain.answers(point, companies))
            assert answers_of(compiled, point, companies) == answers_of(plain, point, companies)
            lasts = list(plain.last_words(point, companies))
            assert list(compiled.last_words(point, companies)) == lasts
            for (company, cells), (_, words_of) in zip(answers, lasts, strict=True):
                place = chance.randrange(len(cells))
                asked = {**question, "company": company, "chip": plain.chips.names[place]}
                try:
                    expected = ledger.answer(**asked)
                except naive.TooManyWorlds:
                    expected = told_by_all_claims(reader, asked)
                at = plain.companies.places[company] * len(cells) + place
                assert words(possible[at]) == expected["possible"], asked
                told = [gate_told(reader, gate, each, words_of[gate][place]) for gate, each in cells[place]]
                assert told == expected["gates"], asked


def gate_told(reader: Reader, gate: Gate, answer: GateAnswer, last_word: int | None) -> dict[str, Any]:
    """What a gate answers, in the shape of the naive one."""
    return {
        "gate": str(gate),
        "status": summary(answer.possible),
        "possible": words(answer.possible),
        "claims": {id_at(reader.connection, position_of(reader.index.rows.claim[row])) for row in answer.standing},
        "last_word": None if last_word is None else iso(last_word),
    }


def threads_on(reader: Reader, pair: tuple[str, str], clocks: Clocks) -> list[Entry]:
    """The claims, with all about them, that may match a cell by the registry of some day."""
    days_of_registry = (1, *reader.registry(reader.point(clocks).seen).days)
    found = [reader.positions_on(*pair, clocks._replace(at=day)) for day in days_of_registry]
    return threads_at(reader.connection, sorted({position for positions in found for position in positions}))


def test_timelines_are_as_all_claims_tell_them(large: Path) -> None:
    """A cell over its days and over the publications: intervals, claims that stand, and what turned the days."""
    chance = Random(11)
    with Reader(large, TODAY) as reader:
        for _ in range(12):
            pair = chance.choice(OF.firms.ids), chance.choice(OF.models.ids)
            known = moment(days.text(chance.randrange(days.DAYS)))
            clocks = Clocks(TODAY, known, instant_of(chance.randrange(days.DAYS // 2, days.DAYS)))
            timelines = Timelines(reader, clocks)
            threads = threads_on(reader, pair, clocks)
            views = Views(reader, clocks, threads)
            assert_days_are(views, timelines.days(*pair), days_of(views, *pair))
            expected = publications_of(reader, clocks, pair, threads)
            assert [each._replace(turned_by=()) for each in timelines.publications(*pair)] == expected
