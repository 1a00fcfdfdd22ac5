"""Turns as a reader lives them: none is left out, none is made up, whatever the ledger."""

from itertools import pairwise, product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from policytracker.events.dates import day_of, end_of_day, iso, moment, moment_text, span
from policytracker.status.claims import CLAIM_TYPES
from policytracker.status.grid import Grid, Pair
from policytracker.status.lived import STRETCH, Lived, Point, Turn
from policytracker.status.versions import BEFORE_ALL, publications
from policytracker.status.view import View
from tests import strategies
from tests.status.ground import about, claim, report, seen
from tests.test_core_is_the_contract import entries_of

ANY_LEDGER = strategies.ledgers() | strategies.claims_only() | strategies.rivals()
LAST = Point(span("2027-12-31").last, moment("2027-12-31"))


def every(view: View) -> list[Pair]:
    return list(product(view.directory.companies, view.directory.chips))


def told(turn: Turn) -> tuple[str, str]:
    """From where to where, in words."""
    before, after = ((iso(p.day), moment_text(p.known) if p.known > 0 else "nothing") for p in turn[:2])
    return " ".join(before), " ".join(after)


@given(ANY_LEDGER)
def test_every_change_of_every_day_and_report_is_a_turn(ledger: list[dict[str, Any]]) -> None:
    """Day by day from 2025 on, and at each moment of publication, against a grid for each moment."""
    entries = entries_of(strategies.resolve(ledger))
    view = View(entries)
    threads = [thread for thread in view.threads.values() if thread[0].type in CLAIM_TYPES]
    moments = sorted({when for thread in threads for entry in thread for when in publications(entry)})
    days = sorted({day for known in [BEFORE_ALL, *moments] for day in Grid(View(entries, known)).days()})
    way = [Point(0, BEFORE_ALL)]
    steps = [(end_of_day(day - 1) + 1, False) for day in days] + [(when, True) for when in moments]
    for when, is_report in sorted(steps):
        way.append(Point(day_of(when), when if is_report else way[-1].known))
    grids = {point.known: Grid(View(entries, point.known)) for point in way}
    expected = []
    for was, now in pairwise(way):
        before, after = grids[was.known].possible(was.day), grids[now.known].possible(now.day)
        changed = sorted(pair for pair, possible in after.items() if possible != before[pair])
        expected += [(now.day, was.known != now.known, changed)] if changed else []
    turns = Lived(view, every(view)).turns(LAST)
    found = [(turn.after.day, turn.before.known != turn.after.known, turn.cells) for turn in turns]
    assert found == expected[::-1]


@given(st.data(), ANY_LEDGER)
def test_turns_are_bounded_by_the_day_and_the_moment_asked_for(
    data: st.DataObject, ledger: list[dict[str, Any]]
) -> None:
    """What was lived by then is the same story, cut there: what came later does not change it."""
    view = View(entries_of(strategies.resolve(ledger)))
    lived = Lived(view, every(view))
    day = span(data.draw(strategies.days())).last
    turns = [turn for turn in lived.turns(LAST) if turn.after.day <= day and turn.after.known <= end_of_day(day)]
    assert list(lived.turns(Point(day, end_of_day(day)))) == turns


@given(st.data(), ANY_LEDGER)
def test_one_cell_turns_as_it_does_among_all(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    view = View(entries_of(strategies.resolve(ledger)))
    pair = data.draw(st.sampled_from(every(view)))
    alone = [turn[:2] for turn in Lived(view, [pair]).turns(LAST)]
    assert alone == [turn[:2] for turn in Lived(view, every(view)).turns(LAST) if pair in turn.cells]


def test_a_day_begins_before_what_is_published_on_it_and_ends_after_it() -> None:
    """Announced on 3 March for the 10th. A report of the 9th without an hour comes before the 10th begins."""
    ban = claim("blocked", "ban", "2025-03-10", report=report("2025-03-03"))
    opened = claim("cleared", "open", "2025-01-01", report=report("2025-02-01"))
    lift = about("lifted", "ban", "2025-03-10T00:00Z", effective="2025-03-10")
    view = seen(opened, ban, lift)
    found = [told(turn) for turn in Lived(view, every(view)).turns(LAST)]
    assert found == [
        ("2025-03-10 2025-03-03", "2025-03-10 2025-03-10T00:00Z"),
        ("2025-03-09 2025-03-03", "2025-03-10 2025-03-03"),
        ("2025-02-01 2025-01-01", "2025-02-01 2025-02-01"),
    ]


def test_a_report_that_comes_after_the_fact_turns_on_the_day_it_comes() -> None:
    """In force since 1 March, reported on the 5th: nobody lived the 1st as a change."""
    view = seen(claim("cleared", "late", "2025-03-01", report=report("2025-03-05")))
    (turn,) = Lived(view, every(view)).turns(LAST)
    assert told(turn) == ("2025-03-05 2025-01-01", "2025-03-05 2025-03-05")
    assert turn.claims == {"us", "late"}


def test_more_turns_than_a_stretch_are_all_found_and_no_more_than_asked_for_are_looked_at() -> None:
    """Cleared and blocked in turn, week by week, each reported on its day."""
    start = span("2025-01-06").first
    weeks = [iso(start + 7 * week) for week in range(2 * STRETCH + 10)]
    kinds = ["cleared" if week % 2 else "blocked" for week in range(len(weeks))]
    view = seen(*(claim(kind, f"w{week}", week, report=report(week)) for kind, week in zip(kinds, weeks, strict=True)))
    lived = Lived(view, every(view))
    assert [iso(turn.after.day) for turn in lived.turns(LAST)] == weeks[::-1]
    # Each week has a day that begins, which changes nothing, and a report.
    assert [iso(turn.after.day) for turn in lived.turns(LAST, 20)] == weeks[:-11:-1]
