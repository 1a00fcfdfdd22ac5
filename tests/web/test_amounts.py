"""Quantities as a drawing: each figure on one line, in proportion to its powers of ten, open ends and zero as such."""

from itertools import pairwise
from math import log10

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytracker.questions.quantity_answers import OtherQuantity, QuantityFigure, QuantityRange
from policytracker.web.charts.figures import told
from policytracker.web.charts.powers import ARROW, NARROW, WIDE, Scale
from policytracker.web.charts.quantities import MOST, amounts
from policytracker.web.charts.shape import Shape

NUMBERS = st.none() | st.integers(0, 10**12)
SHAPES = st.sampled_from([WIDE, NARROW])


def figure(least: int | None, most: int | None, event: str = "e") -> QuantityFigure:
    return {
        "event": event,
        "ref": None,
        "min": least,
        "max": most,
        "wording": None,
        "basis": "added",
        "counts": "certainly",
        "replaces": [],
        "sources": ["Reuters, 2026-01-28 (official)"],
        "instead": [],
        "disputed_by": [],
    }


def row(*figures: QuantityFigure, kind: str = "shipped", unit: str = "chips", gate: str | None = None) -> QuantityRange:
    first = figures[0]
    return {
        "chip": "h20",
        "kind": kind,  # type: ignore[typeddict-item]
        "gate": gate,
        "companies": "in:CN",
        "together_with": [],
        "min": first["min"],
        "max": first["max"],
        "unit": unit,
        "per": None,
        "wording": None,
        "certain": True,
        "events": [each["event"] for each in figures],
        "sources": [],
        "figures": list(figures),
    }


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=12), SHAPES)
def test_every_bar_lies_on_the_drawing_and_larger_numbers_further_right(
    ends: list[tuple[int | None, int | None]], shape: Shape
) -> None:
    lines = told([row(figure(*pair, event=str(place))) for place, pair in enumerate(ends)])
    scale = Scale.of(lines, shape)

    for least, most in ends:
        bar = scale.bar(least, most)
        assert shape.left - 16 <= bar.x <= bar.end <= shape.right
        assert (bar.opens_left, bar.opens_right) == (least is None, most is None)
    numbers = sorted({end for pair in ends for end in pair if end is not None})
    places = [scale.x(number) for number in numbers]
    assert places == sorted(places)
    assert all(mark.x <= shape.right for mark in scale.marks())


@given(st.lists(st.integers(1, 10**12), min_size=1, max_size=6), SHAPES)
def test_names_on_the_axis_do_not_run_together(numbers: list[int], shape: Shape) -> None:
    found = Scale.of(told([row(figure(each, each, str(each))) for each in numbers]), shape).marks()

    assert found[0].text == "0"
    assert all(after.x - before.x >= 6 * len(after.text) for before, after in pairwise(found[1:]))


def test_ten_times_as_many_is_one_step_and_zero_lies_before_the_axis() -> None:
    scale = Scale.of(told([row(figure(100, 90_000))]), WIDE)

    step = scale.x(1000) - scale.x(100)
    assert scale.x(100_000) - scale.x(10_000) == pytest.approx(step, abs=0.2)
    assert scale.x(0) < WIDE.left == scale.x(100) and log10(100) == scale.first
    zero = scale.bar(0, 0)
    assert zero.is_point and zero.x == scale.x(0)


def test_an_open_end_reaches_as_far_as_the_axis() -> None:
    scale = Scale.of(told([row(figure(None, 500)), row(figure(100, None, "f"))]), WIDE)

    assert scale.bar(None, 500).x == WIDE.left + ARROW
    assert scale.bar(100, None).end == WIDE.right - ARROW


def test_each_figure_has_a_line_and_what_another_report_gives_instead_its_own() -> None:
    other: OtherQuantity = {"min": 5, "max": 5, "unit": "chips", "per": None, "wording": None, "sources": ["Scanx"]}
    first = figure(10, 10, "a") | {"instead": [other]}
    rows = [row(first, figure(20, 20, "b"), kind="ordered"), row(figure(3, 3, "c"), kind="approved", gate="CN/import")]

    (panel,) = amounts(told(rows), {}).panels

    assert [block.heading for block in panel.blocks] == ["Ordered", "Approved: Import into China"]
    texts = [line.text for block in panel.blocks for line in block.lines]
    assert texts == ["10 for in:CN", "another report: 5 for in:CN", "20 for in:CN", "3 for in:CN"]
    assert [line.is_sure for block in panel.blocks for line in block.lines] == [True, False, True, True]


def test_what_is_counted_for_several_chips_is_drawn_once() -> None:
    same = [row(figure(10, 10, "a")), {**row(figure(10, 10, "a")), "chip": "h200"}]

    assert len(told(same)) == 1  # type: ignore[arg-type]


def test_each_unit_has_an_axis_of_its_own() -> None:
    found = amounts(told([row(figure(10, 10, "a"), unit="USD"), row(figure(10, 10, "b"))]), {})

    assert [panel.unit for panel in found.panels] == ["chips", "USD"]
    assert found.panels[0].bottom < found.panels[1].y < found.height


def test_a_used_up_batch_is_marked_and_what_is_left_told() -> None:
    approved = row(figure(100, 100, "a"), figure(50, 60, "b"), figure(7, 7, "c"), kind="approved")
    left = {
        "a": {"claim": "a", "min": -5, "max": 0, "unit": "chips", "used_up": True},
        "b": {"claim": "b", "min": 0, "max": 20, "unit": "chips", "used_up": False},
        "c": {"claim": "c", "min": 7, "max": 7, "unit": "chips", "used_up": False},
    }

    (panel,) = amounts(told([approved]), left).panels  # type: ignore[arg-type]

    found = {line.event: (line.is_used_up, line.left) for line in panel.blocks[0].lines}
    assert found == {"a": (True, "used up: no chips left"), "b": (False, "0 to 20 left"), "c": (False, None)}


def test_of_very_many_the_drawing_says_how_many_are_left_out() -> None:
    rows = [row(figure(each, each, str(each))) for each in range(1, MOST + 4)]

    assert amounts(told(rows), {}).missing == 3
    assert amounts([], {}).panels == []
