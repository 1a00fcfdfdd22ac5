"""The status strip: every interval has its place, recent time has room, what is uncertain shows both of its ends."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytracker.events.dates import FIRST_DAY, LAST_DAY, iso, span
from policytracker.questions.answers import CellInterval
from policytracker.status.words import ANY, STATUSES
from policytracker.web.charts.recent import MARGIN_DAYS, MONTH_APART, RECENT_DAYS, names_of, recent_axis, scale_changes
from policytracker.web.charts.shape import Shape
from policytracker.web.charts.strip import NARROW, WIDE, Strip, Timeline, strip
from policytracker.web.charts.strip_intervals import LETTER, NARROWEST, TOUCHED
from policytracker.web.words import MONTHS
from tests.web.test_charts import CERTAIN, spells, timelines

NEWEST = span("2026-01-28").first
DAYS = st.integers(FIRST_DAY, LAST_DAY)
SHAPES = st.sampled_from([WIDE, NARROW])


def drawn(rows: list[CellInterval], asked: int = NEWEST, newest: int = NEWEST, shape: Shape = WIDE) -> Strip:
    return strip([Timeline(rows)], asked, newest, shape)


@given(st.lists(DAYS, max_size=20), DAYS, DAYS)
def test_every_day_of_the_axis_keeps_its_order_and_the_asked_day_is_in_sight(
    turns: list[int], asked: int, newest: int
) -> None:
    scale = recent_axis(turns, asked, newest, 0, 1000)

    places = [scale.x(day) for day in sorted({*turns, asked, newest})]
    assert places == sorted(places) and places[0] >= 0 and places[-1] <= 1000
    assert scale.knots[0] < min(*turns, asked, newest) and max(*turns, asked, newest) < scale.knots[-1]
    assert all(before < after for before, after in pairwise(scale.knots))
    assert all(before < after for before, after in pairwise(scale.places))


@given(st.lists(DAYS, max_size=20), DAYS, DAYS)
def test_the_last_two_years_have_at_least_half_of_the_width(turns: list[int], asked: int, newest: int) -> None:
    scale = recent_axis(turns, asked, newest, 0, 1000)

    end = newest + MARGIN_DAYS
    assert scale.x(end) - scale.x(end - RECENT_DAYS) >= 500


@given(st.lists(DAYS, max_size=20), DAYS, DAYS)
def test_no_other_time_is_drawn_larger_than_the_latest(turns: list[int], asked: int, newest: int) -> None:
    scale = recent_axis(turns, asked, newest, 0, 1000)

    units = [
        (after - before) / (end - start)
        for (start, end), (before, after) in zip(pairwise(scale.knots), pairwise(scale.places), strict=True)
    ]
    latest = next(unit for unit, broken in zip(units, scale.broken, strict=True) if not broken)
    assert max(units) <= latest * 1.001


@given(st.lists(DAYS, max_size=20), DAYS, DAYS, st.integers(100, 900))
def test_names_of_years_and_months_do_not_run_together(turns: list[int], asked: int, newest: int, width: int) -> None:
    scale = recent_axis(turns, asked, newest, 0, width)

    found = names_of(scale, MONTHS)
    assert all(after.x - before.x >= MONTH_APART for before, after in pairwise(found))
    assert all(0 < name.x < width for name in found)


def test_each_year_of_the_story_is_named() -> None:
    scale = recent_axis([span("2022-01-01").first], NEWEST, NEWEST, 0, 730)

    assert [name.text for name in names_of(scale, MONTHS) if name.is_year] == ["2022", "2023", "2024", "2025", "2026"]
    assert len(scale_changes(scale)) == 2


@given(timelines(), DAYS, SHAPES)
def test_every_row_covers_the_whole_width(rows: list[CellInterval], asked: int, shape: Shape) -> None:
    for group in drawn(rows, asked, shape=shape).groups:
        for row in group.rows:
            assert row.intervals[0].x == shape.left
            for before, after in pairwise(row.intervals):
                assert before.possible != after.possible
                assert after.x <= before.x + before.width + 0.11
            assert all(each.width >= NARROWEST for each in row.intervals)
            last = row.intervals[-1]
            assert last.x + last.width == pytest.approx(shape.right, abs=0.11)


@given(timelines(), DAYS, SHAPES)
def test_rows_are_those_of_the_cell_and_of_each_of_several_gates(
    rows: list[CellInterval], asked: int, shape: Shape
) -> None:
    found = drawn(rows, asked, shape=shape)
    (group,) = found.groups

    gates = len(rows[0]["gates"])
    assert len(group.rows) == (1 + gates if gates > 1 else 1)
    assert group.rows[0].intervals[0].possible == tuple(rows[0]["possible"])
    assert group.rows[-1].y + 30 <= found.bottom < found.height
    assert shape.left <= found.asked_x <= shape.right and 0 < found.asked_name_x < shape.width


@given(timelines(), DAYS, SHAPES)
def test_a_link_is_wide_enough_to_be_touched_and_leads_into_its_interval(
    rows: list[CellInterval], asked: int, shape: Shape
) -> None:
    for each in drawn(rows, asked, shape=shape).intervals:
        if each.is_link:
            assert each.width >= TOUCHED and each.day is not None
            assert (each.start or "") <= each.day and (each.end is None or each.day < each.end or each.start is None)


def test_what_is_uncertain_tells_both_of_its_ends() -> None:
    rows = spells([None, "2025-02-01"], [CERTAIN[6], CERTAIN[1] | CERTAIN[3]], [1, 1])

    first, second = drawn(rows).groups[0].rows[0].intervals
    assert (first.says, first.lines) == ("cleared", ("cleared",))
    assert second.says == "blocked, or in principle"
    assert second.lines == ("in principle", "or blocked")


def test_unknown_and_a_missing_gate_and_a_domestic_cell_are_told_apart() -> None:
    rows = spells([None, "2025-02-01"], [ANY, ANY], [ANY, ANY], [4, 4])
    rows[0]["gates"] = rows[0]["gates"][1:]
    whole, coming, _ = drawn(rows).groups[0].rows
    domestic = spells([None], [CERTAIN[6]])

    assert [each.says for each in whole.intervals] == ["not known"]
    assert [each.says for each in coming.intervals] == ["no such gate", "not known"]
    found = drawn(domestic)
    assert [each.says for each in found.intervals] == ["domestic"]
    assert found.has_domestic and not found.statuses and not found.has_unknown and not found.has_uncertain


def test_words_and_names_can_be_given() -> None:
    rows = spells([None], [CERTAIN[6]], [4], [64])
    for gate, name in zip(rows[0]["gates"], ("US/export", "CN/import"), strict=True):
        gate["gate"] = name

    words: dict[str, str] = {word: word.upper() for word in STATUSES}
    named = strip([Timeline(rows)], NEWEST, NEWEST, WIDE, {"whole": "Both", "US/export": "Export"}, words)
    (group,) = named.groups

    assert [row.name for row in group.rows] == ["Both", "Export", "Import into China"]
    assert [each.says for row in group.rows for each in row.intervals] == ["CLEARED", "PENDING", "CLEARED"]


def test_several_cells_share_one_axis() -> None:
    first, second = spells([None, "2023-05-01"], [1, 2], [1, 2]), spells([None, "2025-06-01"], [1, 64], [1, 64])

    found = strip([Timeline(first, "H20"), Timeline(second, "H200", with_gates=False)], NEWEST, NEWEST)

    assert [group.heading for group in found.groups] == ["H20", "H200"]
    turns = [row.intervals[1].x for group in found.groups for row in group.rows]
    scale = recent_axis(
        [date(2023, 5, 1).toordinal(), date(2025, 6, 1).toordinal()], NEWEST, NEWEST, WIDE.left, WIDE.right
    )
    assert turns == [scale.x(date(2023, 5, 1).toordinal()), scale.x(date(2025, 6, 1).toordinal())]
    assert found.groups[0].rows[-1].y + 30 < found.groups[1].y


def test_the_words_of_an_interval_stand_beside_the_mark_of_the_day() -> None:
    rows = spells([None], [CERTAIN[6]], [64])

    found = drawn(rows, asked=span("2025-09-10").first)
    (each,) = found.intervals
    assert abs(each.middle - found.asked_x) > len("cleared") * 3
    assert iso(NEWEST) == "2026-01-28"


@given(timelines(), DAYS, SHAPES)
def test_no_words_are_crossed_by_the_mark_of_the_day(rows: list[CellInterval], asked: int, shape: Shape) -> None:
    found = drawn(rows, asked=asked, shape=shape)

    for each in found.intervals:
        half = max(map(len, each.lines), default=0) * LETTER / 2
        assert not each.lines or abs(each.middle - found.asked_x) >= half - 0.2, each
