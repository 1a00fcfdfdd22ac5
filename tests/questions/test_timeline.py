"""Timelines over the shipped history, and that each spell tells what ``state`` says on its days."""

from itertools import pairwise
from typing import Any

import pytest

from policytracker.events.dates import end_of_day, moment, span
from policytracker.questions.answers import CellInterval
from policytracker.questions.errors import UnknownName
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.state import states
from policytracker.questions.timeline import Window, over_days, over_knowledge
from tests.questions.recorded import recorded

TODAY = span("2026-02-01").first
NOW = Clocks(TODAY)
JANUARY = Window(span("2026-01-14").first, span("2026-01-28").last)
ASKED_OF_STATE = ("status", "possible", "low", "high", "limited_by")


def test_the_days_of_h200_for_tencent(reader: Reader) -> None:
    """14 January customs; 15 the American rule; 19 to 23 approval in principle; 26 to 28 the batch for three.

    Of the United States only the rule is known: a licence may be granted.
    """
    found = [(row["from"], row["to"], row["status"], row["low"], row["high"]) for row in _january(reader)]
    assert found == [
        ("2026-01-14", "2026-01-15", "prohibited", "prohibited", "prohibited"),
        ("2026-01-15", "2026-01-19", "blocked", "blocked", "blocked"),
        ("2026-01-19", "2026-01-23", "uncertain", "blocked", "in_principle"),
        ("2026-01-23", "2026-01-26", "in_principle", "in_principle", "in_principle"),
        ("2026-01-26", "2026-01-28", "uncertain", "in_principle", "licensable"),
        ("2026-01-28", "2026-02-01", "licensable", "licensable", "licensable"),
    ]


def test_each_turn_is_told_with_the_event_and_its_source(reader: Reader) -> None:
    """15 January: the American rule takes effect, and Chinese customs still block."""
    row = _january(reader)[1]
    (turn,) = row["turned_by"]
    assert (turn["ref"], turn["says"]) == ("us-2026-01-13-rule", "licence-required: case-by-case")
    assert turn["source"] == "US Bureau of Industry and Security, 2026-01-13 (official)"
    assert [(gate["gate"], gate["status"]) for gate in row["gates"]] == [
        ("US/export", "licensable"),
        ("CN/import", "blocked"),
    ]


def test_the_28_january_as_it_became_known(reader: Reader) -> None:
    """In the morning: three of the large internet firms, unnamed. In the course of the day: Tencent is one of them."""
    rows = over_knowledge(reader, Clocks(span("2026-01-28").first), "腾讯", "H200", Window(span("2026-01-28").first))
    found = [(row["from"], row["to"], row["at"], row["status"]) for row in rows]
    assert found == [
        ("2026-01-23", "2026-01-28T04:21Z", "2026-01-28", "in_principle"),
        ("2026-01-28T04:21Z", "2026-01-28", "2026-01-28", "uncertain"),
        ("2026-01-28", None, "2026-01-28", "licensable"),
    ]


def test_a_window_leaves_the_spells_that_it_touches_whole(reader: Reader) -> None:
    """From 20 to 22 January: one spell, which began before and ends after."""
    window = Window(span("2026-01-20").first, span("2026-01-22").first)
    (row,) = over_days(reader, NOW, "tencent", "h200", window)
    assert (row["from"], row["to"]) == ("2026-01-19", "2026-01-23")


def test_a_window_begins_after_the_end_of_the_day_before(reader: Reader) -> None:
    """What became known by 24:00 of the 23rd is what is known on the 24th."""
    day = span("2026-01-24").first
    (row,) = over_knowledge(reader, Clocks(span("2026-01-28").first), "tencent", "h200", Window(day, day))
    assert (row["from"], row["status"]) == ("2026-01-23", "in_principle")


def test_what_became_known_at_midnight_belongs_to_the_day_that_begins() -> None:
    """Cleared, says a report of the 23rd; blocked, says one of 24 January, 00:00."""
    scope: dict[str, Any] = {"authority": "gacc", "companies": ["all"], "chips": ["all"], "effective": "2026-01-01"}
    made_up: list[dict[str, Any]] = [
        {"type": "authority-registered", "authority": "gacc", "name": "G", "jurisdiction": "CN", "direction": "import"},
        {"type": "company-registered", "company": "acme", "name": "Acme", "jurisdiction": "CN"},
        {"type": "chip-registered", "chip": "h20", "name": "H20", "vendor": "Nvidia", "controlled_by": []},
        {"type": "cleared", **scope, "report": {"publisher": "FT", "published": "2026-01-23", "grade": "A1"}},
        {"type": "blocked", **scope, "report": {"publisher": "FT", "published": "2026-01-24T00:00Z", "grade": "A1"}},
    ]
    with recorded(made_up) as reader:
        day = span("2026-01-24").first
        (row,) = over_knowledge(reader, NOW, "acme", "h20", Window(day, day))
    assert (row["from"], row["status"]) == ("2026-01-24T00:00Z", "blocked")


def test_every_cell_has_spells_without_gap_that_agree_with_state(reader: Reader) -> None:
    """The panel of the whole history, against the state of 28 January of every cell."""
    day = span("2026-01-28").first
    cells: dict[tuple[str, str], list[CellInterval]] = {}
    for row in over_days(reader, NOW, None, None):
        cells.setdefault((row["company"], row["chip"]), []).append(row)
    for spells in cells.values():
        assert (spells[0]["from"], spells[-1]["to"]) == (None, None)
        assert all(before["to"] == after["from"] for before, after in pairwise(spells))
    for state in states(reader, Clocks(day), None, None):
        (spell,) = (
            spell
            for spell in cells[state["company"], state["chip"]]
            if (spell["from"] or "") <= "2026-01-28" < str(spell["to"] or "9999")
        )
        assert [dict(spell)[name] for name in ASKED_OF_STATE] == [dict(state)[name] for name in ASKED_OF_STATE]


def test_what_is_known_later_does_not_change_an_earlier_timeline(reader: Reader) -> None:
    """As known on 25 January nothing of the batch of the 28th is told."""
    known = end_of_day(span("2026-01-25").first)
    rows = list(over_days(reader, Clocks(TODAY, known), "tencent", "h200"))
    assert (rows[-1]["from"], rows[-1]["status"], rows[-1]["known"]) == ("2026-01-23", "in_principle", "2026-01-25")
    assert known == moment("2026-01-25")


def test_an_unknown_name_is_refused_before_any_spell(reader: Reader) -> None:
    """Tencnt."""
    with pytest.raises(UnknownName, match=r"no company is called 'Tencnt'; did you mean tencent"):
        over_days(reader, NOW, "Tencnt", "h200")


def _january(reader: Reader) -> list[CellInterval]:
    return list(over_days(reader, NOW, "Tencent", "H200", JANUARY))
