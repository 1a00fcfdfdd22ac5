"""The documentation on the server: the pages of the site, by the server's own rules."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page
from starlette.testclient import TestClient

from policytracker.documentation.site import media_type, shipped
from policytracker.web.app import application
from policytracker.web.opened import Opened
from policytracker.web.safety import HEADERS
from tests.web.browser import chromium as chromium
from tests.web.browser import faults
from tests.web.browser import page as page
from tests.web.browser import shared as shared
from tests.web.conftest import TODAY
from tests.web.served import served

TOKEN = "correct-horse-battery"
LOOKED_AT = ("index.html", "web.html")
"""With pictures, tables, code and a list of sections."""


@pytest.fixture(scope="module")
def address(demo: Path) -> Iterator[str]:
    """Where the shipped history is served."""
    with served(demo) as found:
        yield found


def test_every_file_of_the_site_is_there_with_what_keeps_a_browser_safe(client: TestClient) -> None:
    names = list(shipped().names())

    for name in names:
        reply = client.get(f"/docs/{name}")
        assert (reply.status_code, reply.headers["content-type"].split(";")[0]) == (200, media_type(name)), name
        assert {header: reply.headers[header] for header in HEADERS} == HEADERS
    assert len(names) > 20


def test_the_pages_begin_with_the_overview(client: TestClient) -> None:
    moved = client.get("/docs", follow_redirects=False)

    assert (moved.status_code, moved.headers["location"]) == (307, "/docs/")
    assert client.get("/docs/").text == client.get("/docs/index.html").text
    assert "<h1" in client.get("/docs/").text


@pytest.mark.parametrize("name", ["nothing.html", "..%2fapp.py", "%2e%2e/app.py", "shown.py", "page.html", "README.md"])
def test_no_other_file_is_there(client: TestClient, name: str) -> None:
    assert client.get(f"/docs/{name}").status_code == 404


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_a_page_that_the_reader_has_is_not_sent_again(client: TestClient, encoding: str) -> None:
    first = client.get("/docs/cli.html", headers={"accept-encoding": encoding})
    held = {"accept-encoding": encoding, "if-none-match": first.headers["etag"]}
    again, other = client.get("/docs/cli.html", headers=held), client.get("/docs/web.html", headers=held)

    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert (other.status_code, first.headers.get("content-encoding", "identity")) == (200, encoding)


def test_the_token_is_asked_for_here_too(demo: Path) -> None:
    with TestClient(application(Opened(demo, lambda: TODAY), token=TOKEN), base_url="http://127.0.0.1") as locked:
        assert locked.get("/docs/index.html").status_code == 401
        assert locked.get("/docs/index.html", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_pages_lead_to_the_documentation_and_back(page: Page, address: str) -> None:
    page.goto(f"{address}/board")
    page.get_by_role("link", name="Documentation").click()
    assert page.url == f"{address}/docs/"
    page.get_by_role("link", name="The ledger", exact=True).click()
    assert page.url == f"{address}/home"


def test_an_exported_site_has_no_link_to_a_documentation_that_is_not_there(site: Path) -> None:
    assert "Documentation" not in (site / "board.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", LOOKED_AT)
def test_no_page_breaks_a_rule_of_wcag_or_is_wider_than_its_window(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/docs/{name}")
    shapes: list[tuple[Literal["light", "dark"], int]] = [("light", 1280), ("dark", 390)]
    for scheme, width in shapes:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
        assert faults(page) == [], scheme
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_lists_of_pages_and_sections_are_closed_in_a_narrow_window_and_shown_in_a_wide_one(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/docs/web.html")
    pages = page.get_by_role("link", name="Glossary").first
    page.set_viewport_size({"width": 390, "height": 800})
    assert not pages.is_visible()
    page.get_by_text("All pages").click()
    assert pages.is_visible()
    page.reload()
    page.set_viewport_size({"width": 1280, "height": 800})
    assert pages.is_visible()
