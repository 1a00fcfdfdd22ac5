"""The first and the last day that can be written, in claims and in questions: every page, feed and file answers."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from starlette.testclient import TestClient

from policytracker.events.dates import span
from policytracker.questions.explorer_data import explorer_data
from policytracker.questions.reader import Clocks
from policytracker.web.explorer import explorer
from policytracker.web.opened import Opened
from policytracker.web.page import Address
from policytracker.web.pages import FEEDS, PAGES, PICTURES
from policytracker.web.site import write_site
from tests.questions.recorded import TODAY, recorded
from tests.web.browser import chromium as chromium
from tests.web.browser import page_of, watched
from tests.web.ground import REPORT, SCOPE, registry, served

FIRST, LAST = "0001-01-01", "9999-12-31"
NAMES = {"company": "acme", "chip": "h20", "event": "late", "authority": "gacc"}
CLAIM = {"type": "blocked", "authority": "gacc", **SCOPE}
EARLIEST = {**REPORT, "published": f"{FIRST}T00:00Z"}
CLAIMS = [
    {**CLAIM, "ref": "late", "until": LAST, "report": REPORT},
    {**CLAIM, "ref": "early", "effective": FIRST, "report": {**REPORT, "published": FIRST}},
    {
        **CLAIM,
        "ref": "first",
        "effective": "0001",
        "until": "9999",
        "report": {**REPORT, "published": f"{FIRST}T00:00Z"},
    },
    {"type": "cleared", "ref": "last", "authority": "gacc", **SCOPE, "effective": "9999-12", "report": REPORT},
    {"type": "suspended", "target": "late", "effective": "9999-12-30", "until": LAST, "report": REPORT},
]
"""Claims that begin and end on the first and on the last day, and a pause of one of them."""
DATES: tuple[dict[str, str], ...] = (
    {},
    {"at": FIRST},
    {"at": LAST},
    {"at": FIRST, "known": FIRST},
    {"at": FIRST, "known": f"{FIRST}T00:00Z"},
    {"at": LAST, "known": LAST},
)


@pytest.fixture(scope="module")
def made_up() -> Iterator[TestClient]:
    with served([*registry(), *CLAIMS]) as found:
        yield found.client


@pytest.mark.parametrize("dates", DATES, ids=str)
@pytest.mark.parametrize("page", [*PAGES, *FEEDS, *PICTURES], ids=lambda each: each.name)
def test_every_page_answers(made_up: TestClient, page: Address, dates: dict[str, str]) -> None:
    path = page.path.format(**NAMES)
    more = {"publisher": "Reuters"} if path == "/source" else {}

    for address in (path, *([f"{path}.json"] if page in PAGES else [])):
        found = made_up.get(address, params={**dates, **more})
        assert found.status_code == 200, found.text


@pytest.mark.parametrize(("at", "to_at"), [(FIRST, LAST), (LAST, FIRST)])
def test_what_changed_is_told_from_one_end_to_the_other(made_up: TestClient, at: str, to_at: str) -> None:
    assert made_up.get("/changes", params={"at": at, "to_at": to_at}).status_code == 200


def test_the_time_bar_goes_no_further_than_the_calendar(made_up: TestClient) -> None:
    page = made_up.get("/board", params={"at": LAST}).text

    assert 'data-first="1" data-last="3652059"' in page
    # A mark each year would be ten thousand of them; they are one path.
    years = re.search(r'<path class="year" d="([^"]*)"', page)
    assert years and 1 <= years[1].count("M") <= 40


@pytest.mark.parametrize("at", [FIRST, LAST])
def test_the_explorer_draws_both_ends(chromium: Browser, tmp_path: Path, at: str) -> None:
    file = tmp_path / "explorer.html"
    with recorded([*registry(), *CLAIMS]) as reader:
        file.write_text(explorer(explorer_data(reader, Clocks(span(at).first))), encoding="utf-8")
    with page_of(chromium) as page, watched(page):
        page.goto(file.as_uri())
        page.locator("#board td.status").first.wait_for()
        assert page.locator("#at").input_value() == at
        assert 1 <= (page.locator("path.year").get_attribute("d") or "").count("M") <= 40
        page.locator("#at").fill(LAST if at == FIRST else FIRST)
        page.get_by_role("button", name="Show").click()
        assert page.locator("#board td.status").first.inner_text() != ""


@pytest.mark.parametrize("at", [FIRST, LAST])
def test_the_static_site_is_written_at_both_ends(tmp_path: Path, at: str) -> None:
    with recorded([*registry(), *CLAIMS]) as reader:
        files = list(write_site(Opened(reader.ledger, lambda: TODAY), Clocks(span(at).first), tmp_path))

    assert "cell/acme/h20.html" in files and "scheduled.ics" in files
