"""The pages in a real browser: by hand, by keyboard, without a script, with hostile names, for those who cannot see."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from docs.screens import PAGES
from tests.demo import run
from tests.web.browser import chromium as chromium
from tests.web.browser import faults, page_of
from tests.web.browser import page as page
from tests.web.browser import shared as shared
from tests.web.served import served

NOON = "board?at=2026-01-28&known=2026-01-28T12:00Z"
UNCERTAIN, SURE = "in\xa0principle\xa0… licensable", "licensable"
CELL = "td a[href^='/cell/tencent/h200?']"


@pytest.fixture(scope="module")
def address(demo: Path) -> Iterator[str]:
    """Where the shipped history is served."""
    with served(demo) as found:
        yield found


def tencents_h200(page: Page) -> str:
    """What the board says."""
    return page.locator(CELL).inner_text()


def test_both_handles_of_the_time_bar_change_tencents_h200(chromium: Browser, address: str) -> None:
    """28 Jan 2026, noon: three of a group, not named. That night: Tencent is one of them. On 20 Jan customs block."""
    with page_of(chromium, viewport={"width": 1600, "height": 900}) as page:
        page.goto(f"{address}/{NOON}&each=1")
        assert tencents_h200(page) == UNCERTAIN

        page.locator("#known-slider").press("ArrowRight")
        expect(page.locator("#known")).to_have_value("2026-01-28")
        expect(page.locator(CELL)).to_have_text(SURE)
        assert page.url.endswith("known=2026-01-28")

        while page.locator("#at").input_value() > "2026-01-20":
            before = page.locator("#at").input_value()
            page.locator("#at-slider").press("ArrowLeft")
            page.wait_for_url(re.compile(f"at=(?!{before})"))
        expect(page.locator(CELL)).to_have_text("blocked … in principle")

        page.go_back()
        expect(page.locator("#at")).to_have_value("2026-01-28")
        expect(page.get_by_role("status")).to_contain_text("28 Jan 2026")


def test_a_click_tells_why_and_back_leads_back(chromium: Browser, address: str) -> None:
    with page_of(chromium) as page:
        page.goto(f"{address}/{NOON}&each=1")
        page.locator(CELL).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Tencent Holdings 腾讯")
        expect(page.locator("main")).to_contain_text("cn-2026-01-28-batch")
        page.go_back()
        assert tencents_h200(page) == UNCERTAIN


def test_an_address_alone_leads_to_the_same_answer(chromium: Browser, address: str) -> None:
    with page_of(chromium) as page:
        page.goto(f"{address}/cell/tencent/h200?at=2026-01-28&known=2026-01-28T12:00Z")
        expect(page.locator("#at")).to_have_value("2026-01-28")
        expect(page.locator("main")).to_contain_text(UNCERTAIN)


def test_the_buttons_step_from_report_to_report(chromium: Browser, address: str) -> None:
    with page_of(chromium) as page:
        page.goto(f"{address}/{NOON}&each=1")
        page.locator(".learned a[rel=next]").click()
        expect(page.locator("#known")).to_have_value("2026-01-28")
        expect(page.locator(CELL)).to_have_text(SURE)
        page.locator(".learned a[rel=prev]").click()
        expect(page.locator("#known")).to_have_value("2026-01-28T04:21Z")


def tab_to(page: Page, selector: str, most: int = 400) -> None:
    """Press Tab until what a selector names has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never reached {selector}")


def test_the_keyboard_alone_changes_a_date_and_opens_a_cell(chromium: Browser, address: str) -> None:
    with page_of(chromium) as page:
        page.goto(f"{address}/{NOON}&companies=tencent&chips=h200")
        tab_to(page, ".skip")
        tab_to(page, "#known")
        page.keyboard.press("Control+a")
        page.keyboard.type("2026-01-29")
        page.keyboard.press("Enter")
        expect(page.locator(CELL)).to_have_text(SURE)
        assert page.evaluate("document.activeElement.id") == "known"
        tab_to(page, CELL)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("H200")


def test_without_a_script_the_dates_are_a_form(chromium: Browser, address: str) -> None:
    with page_of(chromium, java_script_enabled=False) as page:
        page.goto(f"{address}/{NOON}&each=1")
        assert page.locator("input[type=range]").count() == 0
        page.locator("#known").fill("2026-01-29")
        page.locator("form.timebar button").click()
        assert tencents_h200(page) == SURE
        assert "each=1" in page.url


@pytest.mark.parametrize("name", PAGES)
def test_no_page_breaks_a_rule_of_wcag_in_light_or_dark(page: Page, address: str, name: str) -> None:
    # A page that says no is looked at as one that says yes: a browser counts the no as an error of its own.
    page.route(f"{address}/{PAGES['error']}", lambda route: route.fulfill(response=route.fetch(), status=200))
    page.goto(f"{address}/{PAGES[name]}")
    page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert faults(page) == [], scheme


@pytest.mark.parametrize("name", [name for name in PAGES if name != "error"])
def test_no_page_is_wider_than_its_window(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/{PAGES[name]}")
    for width in (320, 390, 1024, 1600):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"
UNSEEN = "evil\u202eknab\u200b"


HOSTILE_PAGES = (
    *("board", "board?each=1", "cell/c/h", "company/c", "chip/h", "event/stop", "authority/who", "authorities"),
    *(
        "conflicts",
        "event/denial",
        "sources",
        "log",
        "search?q=evil",
        "search?q=%3Cscript%3E",
        "changes?known=2025-12-31&to_known=2026-01-02",
    ),
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A ledger full of texts that want to be more than text."""
    path = tmp_path_factory.mktemp("hostile") / "hostile.ledger"
    run(path, "init").check_returncode()
    report = {"publisher": HOSTILE, "published": "2026-01-01", "title": UNSEEN, "url": "javascript:alert(3)"}
    events = [
        {
            "type": "authority-registered",
            "authority": "who",
            "name": HOSTILE,
            "jurisdiction": "CN",
            "direction": "import",
        },
        {"type": "company-registered", "company": "c", "name": HOSTILE, "names": {"zh": UNSEEN}, "jurisdiction": "CN"},
        {"type": "chip-registered", "chip": "h", "name": UNSEEN, "vendor": HOSTILE, "controlled_by": []},
        {
            "type": "blocked",
            "ref": "stop",
            "authority": "who",
            "companies": ["all"],
            "chips": ["all"],
            "form": "instruction",
            "report": {**report, "attribution": "official"},
            "note": HOSTILE + UNSEEN,
        },
        {
            "type": "disputed",
            "ref": "denial",
            "target": "stop",
            "note": HOSTILE,
            "report": {**report, "quote": HOSTILE},
        },
        {
            "type": "condition-signalled",
            "authority": "who",
            "companies": ["c"],
            "chips": ["h"],
            "conditions": {"share": HOSTILE + UNSEEN},
            "report": {**report, "summary": HOSTILE + UNSEEN},
        },
        {
            "type": "development-reported",
            "kind": "statement",
            "text": HOSTILE + UNSEEN,
            "authority": "who",
            "companies": ["c"],
            "chips": ["h"],
            "about": "stop",
            "report": report,
        },
    ]
    lines = path.with_suffix(".jsonl")
    lines.write_text("".join(json.dumps(event) + "\n" for event in events))
    run(path, "import", str(lines)).check_returncode()
    with served(path) as found:
        yield found


@pytest.mark.parametrize(
    "page_name",
    HOSTILE_PAGES,
)
def test_hostile_texts_are_shown_as_text(page: Page, hostile: str, page_name: str) -> None:
    page.goto(f"{hostile}/{page_name}")
    assert page.locator("main script, main img").count() == 0
    assert page.locator("[href^='javascript']").count() == 0
    assert "\u202e" not in page.content()
    assert "\u200b" not in page.content()
    assert "<script>alert(1)" in page.inner_text("body") or "\\u202e" in page.inner_text("body")
