"""The time bar in a real browser: both handles by key and by touch, the scale, and the way back."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.demo import ask
from tests.web.browser import chromium as chromium
from tests.web.browser import faults, page_of
from tests.web.served import served

STORY = "at=2026-01-28&known=2026-01-28T12:00Z"
CELL = "td a[href*='tencent/h200?']"
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DAYS = """name => {
    const first = Number(document.querySelector("form.timebar").dataset.first);
    const days = document.querySelector(`path.${name}`).getAttribute("d").matchAll(/M(\\d+)/g);
    return [...days].map(([, day]) => Days.iso(first + Number(day)));
}"""
"""The days that are marked on the bar of a page."""


@pytest.fixture(scope="module")
def address(demo: Path) -> Iterator[str]:
    """Where the shipped history is served."""
    with served(demo) as found:
        yield found


@pytest.fixture(scope="module")
def file(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The explorer of the shipped history; it opens at noon of 28 January 2026."""
    path = tmp_path_factory.mktemp("handles") / "explorer.html"
    found = ask(demo, "export", "explorer", str(path), "--at", "2026-01-28", "--known", "2026-01-28T12:00Z")
    assert found.exit_code == 0, found.output
    return path.as_uri()


@contextmanager
def opened(browser: Browser, place: str, **settings: Any) -> Iterator[Page]:
    """A page at an address."""
    with page_of(browser, **settings) as page:
        page.goto(place)
        yield page


def test_keys_move_the_handles_from_mark_to_mark_with_one_entry_of_the_history(chromium: Browser, address: str) -> None:
    """Every step is a day on which something turns, or reports came out; one step back undoes the move."""
    with opened(chromium, f"{address}/board?{STORY}&each=1", viewport={"width": 1600, "height": 900}) as page:
        turns, reports = (page.evaluate(DAYS, name) for name in ("turn", "publication"))
        entries = page.evaluate("history.length")
        for day in reversed([day for day in turns if day < "2026-01-28"][-4:]):
            page.locator("#at-slider").press("ArrowLeft")
            expect(page.locator("#at")).to_have_value(day)
            page.wait_for_url(re.compile(f"at={day}&"))
        assert page.evaluate("history.length") == entries + 1

        page.go_back()
        expect(page.locator("#at")).to_have_value("2026-01-28")
        # What came out on the day itself counts at its end; then the next report.
        for day in ("2026-01-28", min(day for day in reports if day > "2026-01-28")):
            page.locator("#known-slider").press("ArrowRight")
            page.wait_for_url(re.compile(f"known={day}$"))
        expect(page.locator(CELL)).to_have_text("licensable")
        page.locator("#known-slider").press("End")
        expect(page.locator("#known")).to_have_value("")
        expect(page.get_by_role("status")).to_contain_text("all that is published")


def drag(page: Page, name: str, share: float) -> None:
    """Put a finger on a handle, and draw it to a share of the scale."""
    slider = page.locator(f"#{name}-slider")
    box = slider.bounding_box()
    assert box is not None
    at = slider.evaluate("e => (e.value - e.min) / (e.max - e.min)")
    y = box["y"] + box["height"] / 2
    thumb = 24
    places = [box["x"] + thumb / 2 + (box["width"] - thumb) * (at + (share - at) * step / 8) for step in range(9)]
    session = page.context.new_cdp_session(page)
    for kind, x in [("touchStart", places[0]), *(("touchMove", x) for x in places), ("touchEnd", None)]:
        points = [] if x is None else [{"x": x, "y": y}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def test_a_finger_moves_both_handles_and_lets_them_go_on_marks(chromium: Browser, address: str) -> None:
    with opened(chromium, f"{address}/board?{STORY}&companies=tencent&chips=h200", **PHONE) as page:
        turns, reports = (page.evaluate(DAYS, name) for name in ("turn", "publication"))
        page.locator(".dates summary").tap()
        entries = page.evaluate("history.length")
        for name, days in [("at", turns), ("known", reports)]:
            drag(page, name, 0.5)
            page.wait_for_url(re.compile(f"{name}=(?!2026-01-28)"))
            found = page.locator(f"#{name}").input_value()
            assert found in days and found < "2025-01-01", name
        assert page.evaluate("history.length") == entries + 2
        assert page.locator(".dates").get_attribute("open") is not None


def test_a_finger_moves_both_handles_of_the_explorer(chromium: Browser, file: str) -> None:
    """What is shown follows on the way; the address and the history only when the handle is let go."""
    with opened(chromium, file, **PHONE) as page:
        page.locator(".dates summary").tap()
        entries = page.evaluate("history.length")
        for name, field in [("at", "#at"), ("known", "#known")]:
            drag(page, name, 0.5)
            expect(page.locator(field)).not_to_have_value("2026-01-28" if name == "at" else "2026-01-28T12:00Z")
            assert f"{name}={page.locator(field).input_value()}" in page.url
        assert page.evaluate("history.length") == entries + 2


def test_keys_move_the_handles_of_the_explorer_with_one_entry_of_the_history(chromium: Browser, file: str) -> None:
    """The end of the day first, then the next moment at which something became known."""
    with opened(chromium, f"{file}#each=1") as page:
        entries = page.evaluate("history.length")
        for day in ("2026-01-28", "2026-01-29"):
            page.locator("#known-slider").press("ArrowRight")
            expect(page.locator("#known")).to_have_value(day)
        assert page.evaluate("history.length") == entries + 1
        page.go_back()
        expect(page.locator("#known")).to_have_value("2026-01-28T12:00Z")


@pytest.mark.parametrize("where", ["page", "explorer"])
def test_the_scale_can_be_zoomed_and_names_its_years(chromium: Browser, address: str, file: str, where: str) -> None:
    place = f"{address}/board?{STORY}" if where == "page" else file
    with opened(chromium, place, viewport={"width": 1024, "height": 800}) as page:
        widths: dict[str, int] = {}
        labels: list[str] = []
        for choice in ("all years", "5 years", "1 year"):
            page.locator("#zoom").select_option(choice)
            slider = page.locator("#at-slider")
            widths[choice] = slider.evaluate("e => e.max - e.min")
            labels = page.locator("svg.years text").all_text_contents()
            assert "2026" in labels and len(labels) <= 11
            low, high, now = slider.evaluate("e => [e.min, e.max, e.value].map(Number)")
            assert low <= now <= high
            assert slider.get_attribute("aria-valuetext") == "28 Jan 2026"
        assert widths["all years"] > widths["5 years"] > widths["1 year"] == 365
        assert {"Oct", "Jul"} & set(labels)

        # The scale goes along with a handle that keys move beyond its end, and stays as it is zoomed.
        for _ in range(3):
            page.locator("#at-slider").press("PageDown")
        expect(page.locator("#at")).not_to_have_value("2026-01-28")
        expect(page.locator("#zoom")).to_have_value("365")
        low, high, now = page.locator("#at-slider").evaluate("e => [e.min, e.max, e.value].map(Number)")
        assert low < now < high


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_on_a_phone_with_everything_opened(
    chromium: Browser, address: str, file: str, scheme: str
) -> None:
    for place in (f"{address}/board?{STORY}", f"{file}#cell=tencent/h200"):
        with opened(chromium, place, **PHONE, color_scheme=scheme) as page:
            page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
            if place.startswith(address):
                page.locator("button.menu").tap()
            assert faults(page) == []
