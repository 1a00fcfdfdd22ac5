"""The charts: every spell has its place, edges lie where the statuses are, and quiet stretches are cut short."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from policytracker.events.dates import iso, moment, moment_text, span
from policytracker.questions.answers import CellInterval, OtherClock
from policytracker.questions.one_cell import statuses_of
from policytracker.status.words import ANY, RANK, STATUSES, summary, words
from policytracker.web.charts.axis import EFFECTIVE, NARROWEST, PUBLISHED, TICK_APART, axis, ticks
from policytracker.web.charts.steps import BAND, LEFT, NUMBERS_APART, RIGHT, Stretch, numbers, step_chart

JANUARY = span("2026-01-01").first
KNOWN: OtherClock = {"known": None}
CERTAIN = [1 << rank for rank in range(len(STATUSES))]
GATES = ("NL/export", "US/export", "CN/import")


def spells(starts: list[str | None], *possible: list[int]) -> list[CellInterval]:
    """Rows of a timeline: where each begins, and the possible statuses of the cell, then of each gate."""
    ends = [*starts[1:], None]
    return [
        {
            "company": "acme",
            "chip": "h20",
            "from": start,
            "to": end,
            **KNOWN,
            **statuses_of([("CN/import", cell)]),
            "gates": [
                {"gate": GATES[place], "status": summary(each), "possible": words(each)}
                for place, each in enumerate(gates)
            ],
            "claims": [],
            "turned_by": [],
        }
        for start, end, cell, *gates in zip(starts, ends, *possible, strict=True)
    ]


@st.composite
def timelines(draw: st.DrawFn) -> list[CellInterval]:
    """Spells over the days, near and far apart, of a cell with one to three gates."""
    days = draw(st.lists(st.integers(1, 3_652_059) | st.integers(JANUARY, JANUARY + 60), unique=True, max_size=30))
    starts = [None, *(iso(day) for day in sorted(days))]
    statuses = st.lists(st.integers(1, ANY), min_size=len(starts), max_size=len(starts))
    return spells(starts, *(draw(statuses) for _ in range(draw(st.integers(2, 4)))))


TODAYS = st.none() | st.integers(1, 3_652_059).map(iso)


@given(timelines(), TODAYS)
def test_every_track_covers_the_whole_width_without_overlap(rows: list[CellInterval], now: str | None) -> None:
    for track in step_chart(rows, EFFECTIVE, now).tracks:
        assert track.stretches[0].x == LEFT
        for before, after in pairwise(track.stretches):
            assert before.x + before.width == pytest.approx(after.x, abs=0.11)
            assert before.possible != after.possible
        last = track.stretches[-1]
        assert last.x + last.width == pytest.approx(RIGHT, abs=0.11)


@given(timelines(), TODAYS)
def test_each_spell_is_drawn_between_its_lowest_and_highest_status(rows: list[CellInterval], now: str | None) -> None:
    chart = step_chart(rows, EFFECTIVE, now)
    wanted = [[row["possible"] for row in rows]]
    if len(rows[0]["gates"]) > 1:
        wanted += [[row["gates"][place]["possible"] for row in rows] for place in range(len(rows[0]["gates"]))]

    assert len(chart.tracks) == len(wanted)
    for track, possible in zip(chart.tracks, wanted, strict=True):
        middles = {band.word: band.middle for band in track.bands}
        for x, sought in zip([LEFT, *chart.turns], possible, strict=True):
            drawn = _at(track.stretches, x)
            assert list(drawn.possible) == sought
            assert (drawn.low, drawn.high) == (middles[sought[0]], middles[sought[-1]])
            assert drawn.between == [middles[word] for word in sought[1:-1]]
            assert drawn.height == BAND * (RANK[sought[-1]] - RANK[sought[0]] + 1)


def _at(stretches: list[Stretch], x: float) -> Stretch:
    """What is drawn from a place on."""
    return next(each for each in reversed(stretches) if each.x <= x)


@given(timelines(), TODAYS)
def test_turns_keep_their_order_and_one_told_alone_has_room(rows: list[CellInterval], now: str | None) -> None:
    chart = step_chart(rows, EFFECTIVE, now)

    assert chart.turns == sorted(chart.turns)
    assert LEFT <= chart.now <= RIGHT
    assert [place for each in chart.numbers for place in range(each.first, each.last + 1)] == [*range(1, len(rows))]
    assert all(after.x - before.x >= NUMBERS_APART for before, after in pairwise(chart.numbers))


@given(timelines(), TODAYS)
def test_days_are_marked_apart_in_order_and_the_day_asked_for_always(rows: list[CellInterval], now: str | None) -> None:
    marked = step_chart(rows, EFFECTIVE, now).ticks

    assert all(after.x - before.x >= TICK_APART for before, after in pairwise(marked))
    assert all(LEFT <= tick.x <= RIGHT for tick in marked)
    assert now is None or now in [tick.iso for tick in marked]


@given(st.lists(st.integers(0, 10**9) | st.integers(0, 400), min_size=2, max_size=60, unique=True))
@example([0, 1, 10_000])
def test_every_point_is_told_from_the_next(points: list[int]) -> None:
    scale = axis(map(float, points), 0, 1000)
    places = [scale.x(point) for point in sorted(points)]
    even = 880 / (len(points) - 1)

    assert scale.x(scale.knots[0]) == 0 and scale.x(scale.knots[-1]) == 1000
    assert all(after - before >= min(NARROWEST, even) - 0.11 for before, after in pairwise(places))


def test_stretches_that_are_not_cut_are_in_proportion() -> None:
    scale = axis([0, 1, 3, 2000], 0, 1000)

    first, second, last = (scale.x(end) - scale.x(start) for start, end in ((0, 1), (1, 3), (3, 2000)))
    assert second == pytest.approx(2 * first, abs=0.2)
    assert last > second
    assert len(scale.breaks()) == 1


def test_a_scale_whose_turns_lie_well_apart_is_not_cut() -> None:
    assert axis([0, 100, 300], 0, 1000).breaks() == []


def test_ticks_fall_on_beginnings_of_months() -> None:
    start, end = (float(span(day).first) for day in ("2025-12-20", "2026-06-10"))

    marked = ticks(axis([start, end], 0, 1000), [])

    assert [tick.iso for tick in marked] == [f"2026-0{month}-01" for month in range(1, 7)]


def test_the_edges_run_together_where_a_status_is_certain_and_part_where_it_is_not() -> None:
    cleared, unsure = CERTAIN[6], CERTAIN[1] | CERTAIN[6]
    rows = spells([None, "2026-01-01", "2026-01-11"], [ANY, cleared, unsure], [ANY, cleared, unsure])

    chart = step_chart(rows, EFFECTIVE, None)

    (track,) = chart.tracks
    first, second = chart.turns
    top, blocked = (next(band.middle for band in track.bands if band.word == word) for word in ("cleared", "blocked"))
    assert track.high == f"M{first:g} {top:g} H{second:g} V{top:g} H{RIGHT}"
    assert track.low == f"M{first:g} {top:g} H{second:g} V{blocked:g} H{RIGHT}"


def test_a_line_stops_where_nothing_is_known() -> None:
    rows = spells(
        [None, "2026-01-01", "2026-01-11", "2026-01-21"], [CERTAIN[0], ANY, CERTAIN[0], ANY], [CERTAIN[0]] * 4
    )

    (track,) = step_chart(rows, EFFECTIVE, None).tracks

    assert track.low.count("M") == 2 and "V" not in track.low


def test_a_gate_that_stays_the_same_is_one_stretch_while_another_turns() -> None:
    rows = spells([None, "2026-01-01"], [1, 2], [1, 2], [4, 4])

    cell, turned, still = step_chart(rows, EFFECTIVE, None).tracks

    assert (len(cell.stretches), len(turned.stretches), len(still.stretches)) == (2, 2, 1)


def test_a_gate_that_is_there_on_some_days_only_has_a_gap() -> None:
    rows = spells([None, "2026-01-01"], [1, 1], [1, 1], [4, 4])
    before, _ = rows
    before["gates"] = before["gates"][1:]

    chart = step_chart(rows, EFFECTIVE, None)

    cell, coming, _ = chart.tracks
    assert [each.possible for each in coming.stretches] == [(), ("prohibited",)]
    assert coming.low.startswith(f"M{chart.turns[0]:g} ") and coming.low == coming.high
    assert (len(cell.stretches), cell.stretches[0].x) == (1, LEFT)


def test_the_only_gate_of_a_cell_is_drawn_once() -> None:
    chart = step_chart(spells([None], [ANY], [ANY]), EFFECTIVE, "2026-01-28")

    assert [track.name for track in chart.tracks] == ["The whole cell"]


@given(st.lists(st.integers(moment("2026-01-01"), moment("2026-03-01")), unique=True, min_size=1, max_size=12))
def test_moments_of_publication_are_laid_out_in_their_order(moments: list[int]) -> None:
    starts = [moment_text(each - each % 2) for each in sorted(moments)]
    rows = spells([None, *dict.fromkeys(starts)], *([1 + place % 2 for place in range(len(set(starts)) + 1)],) * 2)

    chart = step_chart(rows, PUBLISHED, None)

    assert chart.turns == sorted(set(chart.turns))
    assert chart.now == RIGHT


def test_the_end_of_a_day_is_called_by_that_day() -> None:
    rows = spells([None, "2026-01-23", "2026-01-28T06:00Z"], [1, 2, 4], [1, 2, 4])

    assert [tick.iso for tick in step_chart(rows, PUBLISHED, None).ticks][-1] == "2026-01-28"
    assert PUBLISHED.when("2026-01-28T18:00Z") - PUBLISHED.when("2026-01-28T06:00Z") == 0.5
    assert PUBLISHED.day("2026-01-23") == span("2026-01-23").first


def test_numbers_that_would_run_together_are_one() -> None:
    assert [(each.first, each.last) for each in numbers([100, 110, 129, 200])] == [(1, 3), (4, 4)]
