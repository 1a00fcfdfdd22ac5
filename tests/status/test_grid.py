"""The grid gives the answers of ``view.cell`` and of the naive reading, for all cells at once."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from policytracker.events.dates import iso, moment, span
from policytracker.status.grid import MOST_DAYS, Grid
from policytracker.status.view import View
from policytracker.status.words import words
from tests import naive, strategies
from tests.status.ground import claim, report, seen
from tests.test_core_is_the_contract import entries_of

ANY_LEDGER = strategies.ledgers() | strategies.claims_only() | strategies.rivals()
FAR = 400


def view_of(resolved: list[dict[str, Any]], known: str | None) -> View:
    return View(entries_of(resolved), None if known is None else moment(known))


@given(st.data(), ANY_LEDGER)
def test_every_cell_is_as_the_view_tells_it(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    """On two days, so that what is kept from the first is not taken for the second; gates, claims and reports too."""
    question = data.draw(strategies.questions(ledger))
    view = view_of(strategies.resolve(ledger), question.known)
    grid = Grid(view)
    for text in (question.at, data.draw(strategies.days())):
        day = span(text).first
        possible = grid.possible(day)
        assert len(possible) == len(view.directory.companies) * len(view.directory.chips)
        assert grid.answers(day) == bytes(possible[pair] for pair in sorted(possible))
        for (company, chip), found in possible.items():
            answer = view.cell(company, chip, day)
            assert grid.cell(company, chip, day) == answer
            assert found == answer.possible
            assert grid.last_report(company, chip) == view.last_report(company, chip)


@given(st.data(), ANY_LEDGER)
def test_a_cell_is_as_the_naive_reading_has_it(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    """A cell, a day and a moment of knowledge."""
    resolved = strategies.resolve(ledger)
    company, chip, at, known = data.draw(strategies.questions(ledger))[:4]
    expected = naive.answer(resolved, company, chip, at=at, known=known, recorded=None)
    grid = Grid(view_of(resolved, known))
    answer = grid.cell(company, chip, span(at).first)
    assert words(answer.possible) == expected["possible"]
    assert [str(gate) for gate in answer.held_by] == expected["held_by"]
    told = [(str(gate.gate), words(gate.possible), set(gate.worlds.standing)) for gate in answer.gates]
    assert told == [(gate["gate"], gate["possible"], gate["claims"]) for gate in expected["gates"]]


@given(ANY_LEDGER)
def test_between_two_turning_days_nothing_turns(ledger: list[dict[str, Any]]) -> None:
    """From each day of the list to the day before the next, and before the first and after the last."""
    view = view_of(strategies.resolve(ledger), None)
    grid = Grid(view)
    days = grid.days() or [span("2026-01-28").first]
    for first, after in zip([days[0] - FAR, *days], [*days, days[-1] + FAR], strict=True):
        for company in view.directory.companies:
            for chip in view.directory.chips:
                assert view.cell(company, chip, first).gates == view.cell(company, chip, after - 1).gates


def test_more_days_than_are_kept_are_all_answered() -> None:
    """Cleared and blocked in turn, week by week, for longer than the grid keeps days; asked twice."""
    start = span("2025-01-06").first
    weeks = [iso(start + 7 * week) for week in range(MOST_DAYS + 10)]
    kinds = ["cleared" if week % 2 else "blocked" for week in range(len(weeks))]
    events = [
        claim(kind, f"w{place}", day, report=report(day))
        for place, (kind, day) in enumerate(zip(kinds, weeks, strict=True))
    ]
    grid = Grid(seen(*events))
    for _ in range(2):
        found = [grid.possible(span(week).first)["tencent", "h200"] for week in weeks]
        assert [words(possible) for possible in found] == [[kind] for kind in kinds]


def test_cells_under_the_same_claims_are_decided_together() -> None:
    """Everyone is banned from every chip; a second chip is cleared for one of three companies alone."""
    others = [{"type": "company-registered", "company": name, "name": name, "jurisdiction": "CN"} for name in "ab"]
    chip = {"type": "chip-registered", "chip": "h20", "name": "H20", "vendor": "Nvidia", "controlled_by": ["US"]}
    ban = claim("prohibited", "ban", "2025-02-01")
    batch = claim("batch-approved", "batch", "2025-03-01", companies=["a"], chips=["h20"])
    classes = Grid(seen(*others, chip, ban, batch)).classes
    assert {len(pairs) for pairs in classes.values()} == {5, 1}
    assert [("a", "h20")] in classes.values()
