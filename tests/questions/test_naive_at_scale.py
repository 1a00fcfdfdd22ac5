"""What the questions answer of a large ledger with every kind of doubt is what the naive reading of it says.

``POLICYTRACKER_SOAK=1`` asks 10,000 cells of a ledger of 100,000 events, of 2,000 companies and 200 chips.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest

from benchmarks.large import days
from benchmarks.large.lines import SMALL_WORLD, WORLD, instant_of, record
from policytracker.events.dates import moment, span
from policytracker.events.forms import stored_fields
from policytracker.ledger.reading import open_ledger
from policytracker.questions.books import Books, Clocks
from policytracker.questions.one_timeline import OneTimeline
from policytracker.questions.state import cells, states
from policytracker.status.spells import EffectiveClock, Spell
from tests import naive
from tests.naive_at_scale import Ledger, TooManyWorlds

SOAK = os.environ.get("POLICYTRACKER_SOAK") == "1"
SIZE, CELLS, OF = (100_000, 10_000, WORLD) if SOAK else (2_000, 300, SMALL_WORLD)
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


def told(books: Books, question: dict[str, Any]) -> dict[str, Any]:
    """The answer of ``state``, in the shape of the naive one."""
    (answer,) = states(books, clocks_of(question), question["company"], question["chip"])
    return shape(answer)


def shape(answer: Mapping[str, Any]) -> dict[str, Any]:
    parts = ("possible", "status", "held_by", "conditions", "last_report")
    gates = [{**gate, "claims": set(gate["claims"])} for gate in answer["gates"]]
    return {**{part: answer[part] for part in parts}, "gates": gates}


def test_cells_at_random_dates_are_as_the_naive_reading_says(large: Path) -> None:
    """From the file and from memory; where doubts leave more worlds than can be tried, all claims are asked instead."""
    ledger = Ledger(entries_of(large))
    agreed = left_out = 0
    statuses = set()
    with Books(large, TODAY) as books, Books(large, TODAY) as memory:
        assert memory.hold()
        for question in drawn(Random(9)):
            found = told(books, question)
            assert told(memory, question) == found, question
            try:
                expected = ledger.answer(**question)
            except TooManyWorlds:
                left_out += 1
                assert found == told_by_all_claims(books, question), question
                continue
            assert found == expected, question
            statuses.add(tuple(expected["possible"]))
            agreed += 1
            if agreed == CELLS or left_out > CELLS * MOST_LEFT_OUT:
                break
    assert agreed == CELLS, f"{left_out} cells have too many worlds for the naive reading"
    assert len(statuses) >= 20, "the ledger has too little doubt to prove much"


def told_by_all_claims(books: Books, question: dict[str, Any]) -> dict[str, Any]:
    """The answer of the core, given every claim on the cell."""
    clocks, pair = clocks_of(question), (question["company"], question["chip"])
    (answer,) = cells(books.view_on(*pair, clocks.known, clocks.recorded), clocks, [pair])
    return shape(answer)


def test_timelines_are_as_all_claims_tell_them(large: Path) -> None:
    """The look-ups of one cell over its days, against every claim on it: spells, what stands, and what turned them."""
    chance = Random(11)
    with Books(large, TODAY) as books, Books(large, TODAY) as memory:
        assert memory.hold()
        for _ in range(12):
            company, chip = chance.choice(OF.firms.ids), chance.choice(OF.models.ids)
            known = moment(days.text(chance.randrange(days.DAYS)))
            clocks = Clocks(TODAY, known, instant_of(chance.randrange(days.DAYS // 2, days.DAYS)))
            expected = EffectiveClock(books.view_on(company, chip, clocks.known, clocks.recorded)).spells(company, chip)
            found = OneTimeline(books, clocks, company, chip).spells()
            assert [spell_told(each) for each in found] == [spell_told(each) for each in expected]
            assert OneTimeline(memory, clocks, company, chip).spells() == found


def spell_told(spell: Spell) -> tuple[Any, ...]:
    gates = [(gate.gate, gate.possible) for gate in spell.answer.gates]
    return spell.start, spell.end, spell.answer.possible, gates, spell.standing, spell.turned_by
