"""Citing: a permanent link gives the same bytes, whatever is recorded later and whichever day it is."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from re import search
from shutil import copyfile

import pytest
from playwright.sync_api import Browser, expect
from starlette.testclient import TestClient

from policytracker.ledger import clock
from policytracker.web.app import application
from policytracker.web.opened import Opened
from tests.demo import run
from tests.web.browser import chromium as chromium
from tests.web.browser import page_of
from tests.web.served import served

TODAY = clock.today()
"""The ledger is recorded by the machine's own clock."""
STORY = "at=2026-01-28&known=2026-01-28T12:00Z"
ASKED = (
    f"/home?{STORY}",
    "/home",
    f"/news?{STORY}",
    "/news?from=position:340",
    f"/board?{STORY}",
    "/board",
    f"/cell/tencent/h200?{STORY}",
    "/cell/tencent/h200?at=2026-01-20",
    "/company/tencent",
    f"/chip/h200?{STORY}",
    f"/changes?{STORY}&to_known=2026-01-28",
    f"/conflicts?{STORY}",
    "/compare?companies=tencent",
    "/event/cn-2026-01-28-batch",
    "/authorities",
    "/authority/cn-regulators",
    "/sources",
    "/source?publisher=Reuters",
    "/search?q=H200&all=1",
    "/log",
)
LATER = [
    {
        "type": "blocked",
        "ref": "told-late",
        "authority": "cn-regulators",
        "companies": ["tencent"],
        "chips": ["h200"],
        "effective": "2026-01-10",
        "form": "instruction",
        "report": {
            "publisher": "Reuters",
            "published": "2026-01-11",
            "attribution": "official",
            "title": "H200 stopped",
        },
    },
    {
        "type": "disputed",
        "ref": "denied-late",
        "target": "cn-2026-01-28-batch",
        "report": {"publisher": "Nobody", "published": "2026-01-28T06:00Z", "attribution": "official"},
    },
    {"type": "company-registered", "company": "late-inc", "name": "Late Inc", "jurisdiction": "CN"},
    {"type": "chip-registered", "chip": "late-1", "name": "Late 1", "vendor": "Late", "controlled_by": ["US"]},
    {
        "type": "corrected",
        "target": "cn-2026-01-28-batch",
        "changes": {"report": {"publisher": "Reuters", "published": "2026-11-28T06:00Z", "attribution": "official"}},
    },
]
"""Events of days long gone, of the registry, and a report with a newer date."""


@pytest.fixture
def ledger(demo: Path, tmp_path: Path) -> Path:
    """A ledger of the shipped history, to be added to."""
    copyfile(demo, tmp_path / "own.ledger")
    return tmp_path / "own.ledger"


@contextmanager
def asking(ledger: Path, today: int = TODAY) -> Iterator[TestClient]:
    with TestClient(application(Opened(ledger, lambda: today)), base_url="http://127.0.0.1") as client:
        yield client


def permanent(page: str) -> str:
    """The permanent link of a page."""
    found = search(r'class="lasting" href="http://127.0.0.1([^"]+)"', page)
    assert found is not None
    return unescape(found[1])


def main_of(page: str) -> str:
    found = search("(?s)<h1>.*</h1>", page)
    assert found is not None
    return found[0]


def test_a_permanent_link_gives_the_same_bytes_after_events_of_the_past_are_recorded(ledger: Path) -> None:
    before: dict[str, tuple[str, bytes]] = {}
    with asking(ledger) as client:
        for address in ASKED:
            lasting = permanent(client.get(address).text)
            found = client.get(lasting)
            assert found.status_code == 200, lasting
            assert permanent(found.text) == lasting
            assert {"at", "known", "recorded"} <= set(found.url.params)
            assert main_of(found.text) == main_of(client.get(address).text)
            before[address] = lasting, found.content
    lines = ledger.with_suffix(".jsonl")
    lines.write_text("".join(json.dumps(event) + "\n" for event in LATER))
    told = run(ledger, "import", str(lines))
    assert told.returncode == 0, told.stderr

    for today in (TODAY, TODAY + 100):
        with asking(ledger, today) as client:
            assert "told-late" in client.get(f"/cell/tencent/h200?{STORY}").text
            for address, (lasting, content) in before.items():
                assert client.get(lasting).content == content, (today, address)


def test_a_ledger_without_events_has_nothing_to_cite_for_good(tmp_path: Path) -> None:
    run(tmp_path / "empty.ledger", "init").check_returncode()
    with asking(tmp_path / "empty.ledger") as client:
        page = client.get("/board").text

    assert "Cite" in page
    assert 'class="lasting"' not in page


def test_one_click_cites_one_gives_a_table_and_one_the_feed(chromium: Browser, demo: Path) -> None:
    with served(demo) as address, page_of(chromium, accept_downloads=True) as page:
        page.goto(f"{address}/company/tencent?{STORY}")
        page.get_by_text("Cite", exact=True).click()
        expect(page.locator(".citation")).to_contain_text("recorded=")
        expect(page.locator(".citation")).to_contain_text("Tencent Holdings 腾讯")

        with page.expect_download() as download:
            page.locator(".tools").get_by_role("link", name="CSV: cells").click()
        assert download.value.path().read_text().startswith("company,chip,at,known,status")

        feed = page.locator("link[rel=alternate]").get_attribute("href")
        assert feed == f"{address}/changes.atom?company=tencent"
        assert page.locator(".tools").get_by_role("link", name="Feed").get_attribute("href") == feed


def test_a_drawing_as_recorded_then_stays_as_it_is(ledger: Path) -> None:
    """Its foot tells how far the ledger went, as the page's own does."""
    with asking(ledger) as client:
        address, _, dates = permanent(client.get(f"/cell/tencent/h200?{STORY}").text).partition("?")
        drawing = f"{address}/strip.svg?{dates}"
        before = client.get(drawing).text
    assert "352 events" in before
    lines = ledger.with_suffix(".jsonl")
    lines.write_text("".join(json.dumps(event) + "\n" for event in LATER))
    assert run(ledger, "import", str(lines)).returncode == 0

    with asking(ledger) as client:
        assert client.get(drawing).text == before
