"""Strips and quantities in a real browser: the day asked for in sight at any width, links by touch, in both themes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from policytracker.web.charts.palette import themes
from tests.demo import demo as demo
from tests.web.browser import chromium as chromium
from tests.web.browser import faults, page_of
from tests.web.browser import page as page
from tests.web.browser import shared as shared
from tests.web.served import served

NOON = "at=2026-01-28&known=2026-01-28T12:00Z"
WIDTHS = {390: "narrow", 1024: "wide", 1600: "wide"}


@pytest.fixture(scope="module")
def address(demo: Path) -> Iterator[str]:
    """Where the shipped history is served."""
    with served(demo) as found:
        yield found


@pytest.mark.parametrize("width", WIDTHS)
def test_the_day_asked_for_is_in_sight_with_its_label_at_any_width(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}/cell/tencent/h200?{NOON}")

    seen = page.locator("svg.strip:visible")
    assert seen.count() == 1 and WIDTHS[width] in (seen.get_attribute("class") or "")
    label = seen.get_by_text("28 Jan 2026", exact=True).bounding_box()
    assert label is not None
    assert label["x"] >= 0 and label["x"] + label["width"] <= width
    assert label["height"] >= 11
    assert page.locator("svg.amounts:visible").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_in_the_narrow_drawings(page: Page, address: str, scheme: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"{address}/cell/tencent/h200?{NOON}")
    page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")

    assert faults(page) == []


def test_without_a_script_a_touch_leads_to_the_first_day_of_an_interval(chromium: Browser, address: str) -> None:
    phone = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "java_script_enabled": False}
    with page_of(chromium, **phone) as page:
        page.goto(f"{address}/cell/tencent/h200?{NOON}")
        interval = page.locator("svg.strip.narrow a").filter(has_text="prohibited").first
        box = interval.bounding_box()
        assert box is not None and min(box["width"], box["height"]) >= 24
        interval.tap()
        expect(page.locator("#at")).to_have_value("2022-10-21")
        expect(page.locator("#known")).to_have_value("2026-01-28T12:00Z")


def test_a_colour_of_a_drawing_is_that_of_the_theme(page: Page, address: str) -> None:
    painted = "() => getComputedStyle(document.querySelector('svg.strip.wide a rect')).fill"
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.goto(f"{address}/cell/tencent/h200?{NOON}")
        found.append(page.evaluate(painted))

    # The first interval that is a link is one in which the chip was cleared.
    numbers = [[int(theme["cleared"][place : place + 2], 16) for place in (1, 3, 5)] for theme in themes()]
    assert found == ["rgb({}, {}, {})".format(*each) for each in numbers]
