"""Rectangles against the view and the naive reading: at every point they tell what is then the answer."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from policytracker.events.dates import iso, moment, moment_text, span
from policytracker.status.directory import Gate
from policytracker.status.rectangles import Rectangles
from policytracker.status.view import View
from policytracker.status.words import words
from tests import naive, strategies
from tests.status.ground import about, claim, report, seen
from tests.test_core_is_the_contract import entries_of

ANY_LEDGER = strategies.ledgers() | strategies.claims_only() | strategies.one_claim() | strategies.rivals()
MOST_POINTS = 4
LONG_AGO, LATER = span("1990-01-01").first, span("2090-01-01").first


def view_of(resolved: list[dict[str, Any]], known: int | None) -> View:
    return View(entries_of(resolved), known)


def told_by(view: View, company: str, chip: str, day: int) -> dict[str, Any]:
    """What ``state`` tells of a cell, by the view."""
    answer = view.cell(company, chip, day)
    return {
        "possible": answer.possible,
        "held_by": answer.held_by,
        "gates": [(gate.gate, gate.possible, gate.worlds.standing) for gate in answer.gates],
        "conditions": list(view.conditions(answer, day).items()),
        "last_report": view.last_report(company, chip),
    }


def found_in(rectangles: Rectangles, company: str, chip: str, day: int, known: int | None) -> dict[str, Any]:
    """The same, looked up."""
    cell = rectangles.cell(company, chip, day, known)
    return {
        "possible": cell.possible,
        "held_by": cell.held_by,
        "gates": [(gate, told.possible, told.claims) for gate, told in cell.gates],
        "conditions": list(cell.conditions.items()),
        "last_report": cell.last_report,
    }


def edges(rectangles: Rectangles) -> tuple[list[int], list[int | None]]:
    """The days and the moments at which anything turns, those just before, and some far away."""
    found = [each for story in rectangles.stories for each in story]
    starts = {each.day_from for each in found if each.day_from} | {each.day_to for each in found if each.day_to}
    turns = {each.known_from for each in found} | {known for each in rectangles.reports for known, _ in each}
    days = {LONG_AGO, LATER} | {day for start in starts for day in (start - 1, start)}
    return sorted(days), [None, -1, *sorted(known for turn in turns for known in (turn - 1, turn) if known >= 0)]


@given(st.data(), ANY_LEDGER)
def test_every_cell_is_told_at_every_point(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    """On the days and at the moments at which anything turns, just before them, and anywhere."""
    resolved = strategies.resolve(ledger)
    rectangles = Rectangles(view_of(resolved, None))
    days, moments = edges(rectangles)
    anywhere = strategies.days() | strategies.instants()
    for _ in range(MOST_POINTS):
        day = data.draw(st.sampled_from(days) | strategies.days().map(lambda text: span(text).first))
        known = data.draw(st.sampled_from(moments) | anywhere.map(moment))
        view = view_of(resolved, known)
        for company in view.directory.companies:
            for chip in view.directory.chips:
                assert found_in(rectangles, company, chip, day, known) == told_by(view, company, chip, day)


@given(st.data(), ANY_LEDGER)
def test_a_cell_is_told_as_the_naive_reading_has_it(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    """A cell, a day and a moment of knowledge."""
    resolved = strategies.resolve(ledger)
    question = data.draw(strategies.questions(ledger))
    company, chip, at, known = question
    expected = naive.answer(resolved, company, chip, at=at, known=known, recorded=None)
    moment_known = None if known is None else moment(known)
    cell = Rectangles(view_of(resolved, None)).cell(company, chip, span(at).first, moment_known)
    assert words(cell.possible) == expected["possible"]
    assert [str(gate) for gate in cell.held_by] == expected["held_by"]
    gates = [(str(gate), words(told.possible), set(told.claims)) for gate, told in cell.gates]
    assert gates == [(gate["gate"], gate["possible"], gate["claims"]) for gate in expected["gates"]]
    assert cell.conditions == expected["conditions"]
    assert (None if cell.last_report is None else iso(cell.last_report)) == expected["last_report"]


def by_rectangle(*events: dict[str, Any]) -> list[tuple[str | None, str | None, str | None, list[str]]]:
    """The story of customs: known from, days from and to, possible statuses."""
    rectangles = Rectangles(seen(*events))
    imports = rectangles.gates["tencent", "h200"][Gate("CN", "import")]
    return [
        (
            None if each.known_from < 0 else moment_text(each.known_from),
            None if each.day_from == 0 else iso(each.day_from),
            None if each.day_to is None else iso(each.day_to),
            words(rectangles.told[each.answer].possible),
        )
        for each in rectangles.stories[imports]
    ]


def test_one_word_is_one_rectangle_and_a_lift_another() -> None:
    """Published on 10 January: blocked from the 14th. On the 20th: lifted, as from 1 February."""
    assert by_rectangle(
        claim("blocked", "block", "2026-01-14", report=report("2026-01-10")),
        about("lifted", "block", "2026-01-20", effective="2026-02-01"),
    ) == [
        ("2026-01-10", "2026-01-14", None, ["blocked"]),
        ("2026-01-20", "2026-02-01", None, words(0b111111)),
    ]


def test_a_report_that_changes_nothing_makes_no_rectangle() -> None:
    """A certain block, told again by others a week later."""
    told_again = about("corroborated", "block", "2026-01-17")
    block = claim("blocked", "block", "2026-01-10", report=report("2026-01-10"))
    assert by_rectangle(block, told_again) == by_rectangle(block)


def test_a_correction_of_a_date_turns_the_days_between_alone() -> None:
    """Blocked from the 14th, said the first report; from the 12th, says a later one."""
    assert by_rectangle(
        claim("blocked", "block", "2026-01-14", report=report("2026-01-10")),
        about("corrected", "block", "2026-01-20", changes={"effective": "2026-01-12"}),
    ) == [
        ("2026-01-10", "2026-01-14", None, ["blocked"]),
        ("2026-01-20", "2026-01-12", "2026-01-14", ["blocked"]),
    ]


def test_a_report_on_another_company_is_no_report_on_this_one() -> None:
    """10 January: Tencent is blocked. On the 20th: it was another company, says a correction."""
    block = claim("blocked", "block", "2026-01-10", companies=["tencent"], report=report("2026-01-10"))
    mended = about("corrected", "block", "2026-01-20", changes={"companies": ["other"]})
    other = {"type": "company-registered", "company": "other", "name": "Other", "jurisdiction": "CN"}
    rectangles = Rectangles(seen(other, block, mended))
    day = span("2026-01-30").first
    for known, last in (("2026-01-09", "2025-01-01"), ("2026-01-10", "2026-01-10"), ("2026-01-20", "2025-01-01")):
        assert rectangles.cell("tencent", "h200", day, moment(known)).last_report == span(last).first
    assert rectangles.cell("other", "h200", day, None).last_report == span("2026-01-20").first


def test_a_condition_binds_until_the_day_on_which_it_was_met() -> None:
    """1 Jan: cleared under a condition. 2 Jan: the condition is met; on the day before it still binds."""
    view = seen(
        claim("cleared", "opening", "2025-01-01", conditions={"test": "a laboratory tests the chips"}),
        about("conditions-met", "opening", conditions=["test"], effective="2025-01-02"),
    )
    met = span("2025-01-02").first

    told = [found_in(Rectangles(view), "tencent", "h200", day, None) for day in (met - 1, met)]

    assert told == [told_by(view, "tencent", "h200", day) for day in (met - 1, met)]
    assert [dict(each["conditions"]) for each in told] == [{"test": "a laboratory tests the chips"}, {}]
