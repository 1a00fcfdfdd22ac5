"""Pages that explain: from the documentation's own text, one click from every page."""

from collections.abc import Iterator
from pathlib import Path
from re import findall

import pytest
from playwright.sync_api import Browser, expect
from starlette.testclient import TestClient

from policytracker.status.words import STATUSES
from policytracker.web.words import DOMESTIC
from tests.web.browser import chromium as chromium
from tests.web.browser import faults, page_of
from tests.web.served import served

PLACES = ("board", "cell/tencent/h200", "company/tencent", "changes", "log", "search", "method", "about")


@pytest.fixture(scope="module")
def address(demo: Path) -> Iterator[str]:
    """Where the shipped history is served."""
    with served(demo) as found:
        yield found


def test_one_click_tells_what_conditional_means(chromium: Browser, address: str) -> None:
    with page_of(chromium) as page:
        page.goto(f"{address}/cell/tencent/h200")
        page.get_by_role("link", name="conditional", exact=True).last.click()
        expect(page.locator("h3:target")).to_contain_text("conditional")
        expect(page.locator("h3:target + p")).to_contain_text("under conditions")


@pytest.mark.parametrize("name", ["method", "glossary", "about"])
def test_no_page_that_explains_breaks_a_rule_of_wcag(chromium: Browser, address: str, name: str) -> None:
    for scheme in ("light", "dark"):
        with page_of(chromium, color_scheme=scheme, viewport={"width": 390, "height": 800}) as page:
            page.goto(f"{address}/{name}")
            assert faults(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("place", PLACES)
def test_every_status_is_explained_one_click_from_every_page(client: TestClient, place: str) -> None:
    page = client.get(f"/{place}").text
    method = client.get("/method").text

    for word in (*STATUSES, "uncertain", "unknown", DOMESTIC):
        anchor = word.replace("_", "-")
        assert f'href="/method#{anchor}"' in page
        assert f'id="{anchor}"' in method


@pytest.mark.parametrize("name", ["method", "glossary", "about"])
def test_the_links_of_a_page_that_explains_lead_on(client: TestClient, name: str) -> None:
    for link in findall(r'href="(/docs/[^"#]*)', client.get(f"/{name}").text):
        assert client.get(link).status_code == 200, link


def test_about_tells_the_licence_and_how_fresh_the_ledger_is(client: TestClient) -> None:
    page = client.get("/about").text

    assert "MIT licence" in page
    assert "How to report a mistake" in page
    assert "The newest report in it is of <b>9 Oct 2026</b>" in page
