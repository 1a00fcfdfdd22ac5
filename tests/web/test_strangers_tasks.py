"""What a stranger comes for, in a real browser: how many clicks each takes from the home page (issue 16).

Both handles of the time bar by key and by touch: ``test_handles``.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.demo import demo as demo
from tests.web.browser import chromium as chromium
from tests.web.browser import faults
from tests.web.browser import page as page
from tests.web.browser import shared as shared
from tests.web.served import served

STORY = "at=2026-01-28&known=2026-01-28T12:00Z"
OCTOBER = "at=2026-10-09"


@pytest.fixture(scope="module")
def address(demo: Path) -> Iterator[str]:
    """Where the shipped history is served."""
    with served(demo) as found:
        yield found


class Stranger:
    """Somebody who begins on the home page; every click counts."""

    def __init__(self, page: Page, address: str, dates: str) -> None:
        self.page, self.clicks = page, 0
        page.goto(f"{address}/home?{dates}")

    def click(self, found: Locator) -> None:
        """Click on the only such thing that is in sight."""
        found.click()
        self.clicks += 1

    def link(self, name: str, exact: bool = True) -> Locator:
        """The first link of this name in the main part of the page."""
        return self.page.locator("main").get_by_role("link", name=name, exact=exact).first

    @property
    def main(self) -> Locator:
        """The main part of the page."""
        return self.page.locator("main")


def test_who_may_import_h200_and_why_takes_one_click(page: Page, address: str) -> None:
    stranger = Stranger(page, address, OCTOBER)
    expect(stranger.main).to_contain_text(
        "Two companies in China may import H200, with conditions: ByteDance and Tencent Holdings."
    )
    expect(stranger.main).to_contain_text("Yes, with conditions")

    stranger.click(stranger.link("Tencent Holdings 腾讯"))
    expect(page.get_by_role("heading", level=1)).to_have_text("May Tencent Holdings 腾讯 import the H200?")
    expect(stranger.main).to_contain_text("cn-2026-08-18-lots")
    assert stranger.clicks == 1


def test_what_changed_in_ten_days_takes_one_click_and_in_thirty_two(page: Page, address: str) -> None:
    stranger = Stranger(page, address, STORY)
    stranger.click(page.get_by_role("link", name="What is new", exact=True))
    expect(stranger.main).to_contain_text("From the end of 18 Jan 2026 to 28 Jan 2026")
    expect(stranger.main.locator(".said .says").first).to_be_visible()
    assert stranger.clicks == 1

    stranger.click(stranger.link("30 days"))
    expect(stranger.main).to_contain_text("From the end of 29 Dec 2025 to 28 Jan 2026")
    assert stranger.clicks == 2


def test_one_companys_story_takes_one_click(page: Page, address: str) -> None:
    stranger = Stranger(page, address, STORY)
    stranger.click(stranger.link("Tencent Holdings 腾讯"))

    expect(page.get_by_role("heading", name="How it changed")).to_be_visible()
    expect(page.locator("svg.strip:visible")).to_have_count(1)
    expect(page.locator("svg.strip:visible")).to_contain_text("28 Jan 2026")
    assert stranger.clicks == 1


def test_how_sure_it_is_is_on_the_first_page_and_what_settles_it_takes_one_click(page: Page, address: str) -> None:
    stranger = Stranger(page, address, STORY)
    expect(stranger.main.locator(".sides")).to_contain_text("Unnamed people, one source")

    stranger.click(stranger.link("Why, gate by gate, and how it changed"))
    settles = page.locator("section", has=page.get_by_role("heading", name="What would settle it")).last
    expect(settles).to_contain_text("cn-2026-01-28-batch")
    expect(settles.locator(".settling")).to_contain_text("if it does")
    assert stranger.clicks == 1


@pytest.mark.parametrize("dates", [STORY, OCTOBER])
def test_h20_against_h200_takes_two_clicks(page: Page, address: str, dates: str) -> None:
    """One to see it for all companies; one more to see it for one of them."""
    stranger = Stranger(page, address, dates)
    stranger.click(page.locator("main p.compare").get_by_role("link", name="H20", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text("H200 and H20 compared, for companies in China")
    expect(page.locator("p.answer")).to_have_count(2)

    stranger.click(page.locator("table.groups").get_by_role("link", name="Tencent Holdings 腾讯"))
    expect(page.get_by_role("heading", level=1)).to_have_text("H200 and H20 compared, for Tencent Holdings 腾讯")
    expect(page.locator("svg.strip:visible")).to_have_count(1)
    assert page.locator("svg.strip:visible").get_by_text("The whole answer", exact=True).count() == 2
    assert stranger.clicks == 2


def test_demand_and_deliveries_take_one_click(page: Page, address: str) -> None:
    stranger = Stranger(page, address, OCTOBER)
    stranger.click(stranger.link("H200"))

    amounts = page.locator("svg.amounts:visible")
    expect(amounts).to_have_count(1)
    expect(amounts).to_contain_text("rdered")
    expect(amounts).to_contain_text("pproved")
    assert stranger.clicks == 1


@pytest.mark.parametrize("width", [390, 1024, 1600])
def test_a_comparison_is_chosen_by_a_form_and_fits_any_width(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}/compare?{OCTOBER}&chips=h200&companies=tencent,baidu")
    page.get_by_text("Compare others", exact=True).click()
    page.get_by_label("Company 3").select_option("bytedance")
    page.get_by_role("button", name="Compare", exact=True).click()

    expect(page.locator("p.answer")).to_have_count(3)
    expect(page.get_by_label("Company 4")).to_have_value("")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("p.answer").last.bounding_box()["y"] < 800  # type: ignore[index]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1024, 1600])
def test_axe_finds_no_fault_in_comparisons_with_everything_opened(
    page: Page, address: str, width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for query in ("chips=h200,h20", "chips=h20,h200,b30a,mi308&companies=tencent"):
        page.goto(f"{address}/compare?{STORY}&{query}")
        page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
        assert faults(page) == []
