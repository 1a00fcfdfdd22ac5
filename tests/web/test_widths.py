"""Pages on a phone and on a wide screen: the answer on the first screen, heads in sight, the width used."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.web.browser import chromium as chromium
from tests.web.browser import page as page
from tests.web.browser import page_of
from tests.web.browser import shared as shared
from tests.web.served import served

STORY = "at=2026-01-28&known=2026-01-28T12:00Z"
PHONE: ViewportSize = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def address(demo: Path) -> Iterator[str]:
    """Where the shipped history is served."""
    with served(demo) as found:
        yield found


def box(found: Locator) -> dict[str, float]:
    """Where an element is in the window."""
    place = found.bounding_box()
    assert place is not None
    x, y, width, height = place["x"], place["y"], place["width"], place["height"]
    return {"x": x, "y": y, "width": width, "height": height, "bottom": y + height, "right": x + width}


@pytest.mark.parametrize("path", ["board", "board?each=1", "cell/tencent/h200", "company/tencent"])
def test_the_first_answer_is_on_the_first_screen_of_a_phone(page: Page, address: str, path: str) -> None:
    """Header and dates take a line each."""
    page.set_viewport_size(PHONE)
    page.goto(f"{address}/{path}{'&' if '?' in path else '?'}{STORY}")
    assert box(page.locator("header.site"))["height"] < 60
    assert box(page.locator(".dates"))["height"] < 40
    assert box(page.locator("main .status").first)["bottom"] <= PHONE["height"]


def test_without_a_script_the_menu_and_the_dates_open_on_a_phone(chromium: Browser, address: str) -> None:
    with page_of(chromium, viewport=PHONE, java_script_enabled=False, has_touch=True) as page:
        page.goto(f"{address}/board?{STORY}")
        line = page.locator(".dates summary")
        assert " ".join(line.inner_text().split()).startswith("On 28 Jan 2026 · as known 28 Jan 2026, 12:00 UTC")
        assert page.locator("#known").is_hidden()
        line.tap()
        page.locator("#known").fill("2026-01-30")
        page.locator("form.timebar button").tap()
        expect(line).to_contain_text("as known 30 Jan 2026")

        link = page.locator("#pages").get_by_role("link", name="What changed")
        expect(link).to_be_hidden()
        page.get_by_role("button", name="Menu").tap()
        link.tap()
        expect(page.get_by_role("heading", level=1)).to_contain_text("What changed")


def test_without_a_script_the_bar_is_open_on_a_wide_screen(chromium: Browser, address: str) -> None:
    with page_of(chromium, viewport={"width": 1024, "height": 800}, java_script_enabled=False) as page:
        page.goto(f"{address}/board?{STORY}")
        assert page.locator("#known").is_visible()
        assert page.locator(".dates summary").is_hidden()
        assert page.locator("#pages a").first.is_visible()
        assert page.get_by_role("button", name="Menu").is_hidden()
        assert page.locator("svg.years text").count() > 3


@pytest.mark.parametrize("width", [390, 1024, 1600])
@pytest.mark.parametrize("query", ["each=1", "known=2026-01-28T12:00Z"])
def test_the_heads_of_the_board_stay_in_sight_both_ways(page: Page, address: str, width: int, query: str) -> None:
    """The dates cover neither them nor the frame that scrolls."""
    page.set_viewport_size({"width": width, "height": 600})
    page.goto(f"{address}/board?at=2026-01-28&{query}")
    frame = page.locator(".heads")
    moved = frame.evaluate(
        """e => { e.scrollIntoView({block: "start", behavior: "instant"}); e.scrollTop = 250; e.scrollLeft = 120;
        return [e.scrollTop, e.scrollLeft, e.scrollWidth - e.clientWidth]; }"""
    )
    assert moved[0] == 250 and moved[1] == min(120, moved[2])
    around = box(frame)
    assert around["y"] >= box(page.locator(".dates"))["bottom"] and around["bottom"] <= 600 + 1
    head = box(frame.locator("thead"))
    assert abs(head["y"] - around["y"]) <= 2
    side = box(frame.locator("tbody th[scope=row]").nth(4))
    assert abs(side["x"] - around["x"]) <= 3
    # What is seen at the corner, the top and the side are the heads themselves, not cells that scroll beneath.
    seen = page.evaluate(
        """([x, y, top, left]) => [[x, y], [x + 200, top], [left, y + 240]].map(([x, y]) => {
            const found = document.elementFromPoint(x, y);
            return found.closest("thead") ? "top" : found.closest("th") ? "side" : found.className;
        })""",
        [around["x"] + 10, around["y"] + 8, head["bottom"] - 8, around["x"] + 10],
    )
    assert seen[:2] == ["top", "top"] and seen[2] == "side"
    assert head["height"] + 150 < around["height"]


def test_a_cell_that_gets_the_focus_lies_beside_the_heads(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 700})
    page.goto(f"{address}/board?{STORY}&each=1")
    frame = page.locator(".heads")
    frame.evaluate("e => { e.scrollIntoView({behavior: 'instant'}); e.scrollTop = e.scrollLeft = 9999; }")
    cell = frame.locator("tbody tr").nth(6).locator("td a").nth(3)
    cell.focus()
    assert box(cell)["y"] >= box(frame.locator("thead"))["bottom"] - 2
    assert box(cell)["x"] >= box(frame.locator("tbody th[scope=row]").nth(5))["right"] - 2


@pytest.mark.parametrize("path", ["board", "cell/tencent/h200", "company/tencent", "changes", "conflicts"])
def test_a_wide_screen_is_used_and_text_stays_readable(page: Page, address: str, path: str) -> None:
    page.set_viewport_size({"width": 1600, "height": 900})
    page.goto(f"{address}/{path}?{STORY}")
    assert box(page.locator("main"))["width"] > 1500
    if path == "board":
        assert box(page.locator("table.board"))["width"] > 1500
    too_wide = page.locator("main p:not(.help)").evaluate_all("""all => all.filter(each => {
        const hundred = Object.assign(document.createElement("span"), { textContent: "0".repeat(100) });
        Object.assign(hundred.style, { whiteSpace: "nowrap", position: "absolute" });
        each.append(hundred);
        const ch = hundred.getBoundingClientRect().width / 100;
        hundred.remove();
        return each.clientWidth > 75 * ch + 1;
    }).map(each => each.textContent)""")
    assert too_wide == []


def test_the_explorer_says_how_fresh_its_ledger_is(chromium: Browser, site: Path) -> None:
    """A day after the newest report, and two years after it."""
    for now, words in [
        ("2026-10-10", "9 Oct 2026."),
        ("2028-10-08", "9 Oct 2026, 730 days ago; things may have changed since."),
    ]:
        with page_of(chromium, viewport=PHONE) as page:
            page.clock.set_fixed_time(datetime.fromisoformat(f"{now}T12:00").replace(tzinfo=UTC))
            page.goto((site / "board.html").as_uri())
            expect(page.locator("#fresh")).to_have_text(f"Newest report in this ledger: {words}")
            assert box(page.locator(".dates"))["height"] < 40
            assert box(page.locator("main .heads td.status").first)["y"] < PHONE["height"]
