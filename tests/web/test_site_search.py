"""The search of a static site, opened from the disk: whoever and whatever is meant is found, by keys too."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from policytracker.questions.reader import Clocks
from policytracker.web.opened import Opened
from policytracker.web.site import write_site
from tests.questions.recorded import TODAY, recorded
from tests.web.browser import chromium as chromium
from tests.web.browser import faults, page_of
from tests.web.browser import page as page
from tests.web.browser import shared as shared
from tests.web.ground import REPORT, SCOPE, registry

HOSTILE = "<img src=x onerror=alert(1)>\u202e</script>"


def looked_for(page: Page, site: Path, text: str, here: str = "index") -> list[str]:
    """The names of the links that the search box lists."""
    page.goto((site / f"{here}.html").as_uri())
    page.locator("#q").fill(text)
    page.locator("#found p").first.wait_for()
    return page.locator("#found a").all_inner_texts()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("字节跳动", "ByteDance 字节跳动"),
        ("字節跳動", "ByteDance 字节跳动"),
        ("BABA", "Alibaba Group 阿里巴巴"),
        ("  tencent   HOLDINGS ", "Tencent Holdings 腾讯"),
        ("Ｈ２００", "H200"),
        ("douyin", "ByteDance 字节跳动"),
        ("cn-2026-01-28-batch", "cn-2026-01-28-batch"),
        ("Bloomberg", "Bloomberg"),
        ("海關總署", "General Administration of Customs 海关总署"),
    ],
)
def test_a_name_in_any_spelling_a_ticker_and_a_citation_are_found(
    page: Page, site: Path, text: str, first: str
) -> None:
    assert looked_for(page, site, text)[0] == first


def test_enter_leads_to_who_is_meant_from_any_page(page: Page, site: Path) -> None:
    for here in ("index", "board", "chip/h200", "event/" + next((site / "event").iterdir()).stem):
        looked_for(page, site, "字節跳動", here)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("ByteDance 字节跳动")
        assert page.url == (site / "company/bytedance.html").as_uri()


def test_events_are_found_by_all_words_and_by_publisher(page: Page, site: Path) -> None:
    found = looked_for(page, site, "business times batch h200")

    assert "cn-2026-01-28-batch" in found
    page.locator("#found").get_by_role("link", name="cn-2026-01-28-batch").click()
    expect(page.locator("main")).to_contain_text("Business Times")


def test_keys_go_through_what_was_found_and_close_it(page: Page, site: Path) -> None:
    names = looked_for(page, site, "h200")
    expect(page.locator("#find [role=status]")).to_contain_text("3 names")
    box = page.locator("#q")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == names[1]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#found")).to_be_hidden()


def test_nothing_found_is_said(page: Page, site: Path) -> None:
    assert looked_for(page, site, "zzzz") == []
    expect(page.locator("#found")).to_contain_text("Nothing is called so")


def test_without_a_script_there_is_no_box(chromium: Browser, site: Path) -> None:
    with page_of(chromium, java_script_enabled=False) as page:
        page.goto((site / "index.html").as_uri())
        expect(page.locator("#q")).to_be_hidden()
        expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize("width", [390, 1024])
def test_axe_finds_no_fault_in_what_was_found(page: Page, site: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    looked_for(page, site, "h200")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_hostile_names_are_text(page: Page, tmp_path: Path) -> None:
    claim = {"type": "blocked", "authority": "gacc", **SCOPE, "report": {**REPORT, "publisher": HOSTILE}}
    with recorded([*registry(HOSTILE), claim]) as reader:
        list(write_site(Opened(reader.ledger, lambda: TODAY), Clocks(TODAY), tmp_path))
    found = looked_for(page, tmp_path, "onerror")

    assert found[0] == r"<img src=x onerror=alert(1)>\u202e</script>"
    assert page.locator("#found img").count() == 0
    assert "\u202e" not in (tmp_path / "static/index.js").read_text()
