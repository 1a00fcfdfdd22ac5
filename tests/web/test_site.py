"""The pages as static files: complete, closed in itself, the same as the server's."""

import json
import re
from html import unescape
from os.path import normpath
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from starlette.testclient import TestClient

from tests.demo import ask, rows, run
from tests.web.browser import chromium as chromium
from tests.web.browser import faults, page_of
from tests.web.browser import page as page
from tests.web.browser import shared as shared
from tests.web.reading import board

DATES = ("--at", "2026-01-28", "--known", "2026-01-28T12:00Z")
QUERY = "at=2026-01-28&known=2026-01-28T12:00Z"


ADDRESS = re.compile(r"""\s(?:href|src|action)\s*=\s*("[^"]*")?""", re.IGNORECASE)


def addresses(page: str) -> dict[str, None]:
    """Every address in a page; all are in double quotes."""
    found = [address[1] for address in ADDRESS.finditer(page)]
    assert None not in found
    return dict.fromkeys(unescape(address[1:-1]) for address in found)


def test_every_link_of_every_page_leads_to_a_file_of_the_site_or_to_the_web(site: Path) -> None:
    files = {str(path.relative_to(site)) for path in site.rglob("*") if path.is_file()}
    lost = []
    for here in (name for name in files if name.endswith(".html")):
        for address in addresses((site / here).read_text()):
            parts = urlsplit(address)
            if parts.scheme in ("http", "https"):
                continue
            target = normpath(Path(here).parent / unquote(parts.path)) if parts.path else here
            if parts.scheme or target not in files:
                lost.append((here, address))
    assert lost == []


def test_there_is_a_page_for_every_cell_event_company_chip_and_authority(site: Path, demo: Path) -> None:
    assert len(list((site / "cell").rglob("*.html"))) == 46 * 35
    assert len(list((site / "event").glob("*.html"))) == rows(demo, "log", "--limit", "1")[0]["position"]
    assert len(list((site / "company").glob("*.html"))) == 46
    assert len(list((site / "chip").glob("*.html"))) == 35
    assert (site / "authority/gacc.html").is_file()


@pytest.mark.parametrize("name", ["board", "cell/tencent/h200", "company/tencent", "chip/h200", "authorities", "log"])
def test_the_answers_are_those_of_the_server(site: Path, client: TestClient, name: str) -> None:
    assert json.loads((site / f"{name}.json").read_text()) == client.get(f"/{name}.json?{QUERY}").json()


def test_the_board_without_a_script_is_that_of_the_server(site: Path, client: TestClient) -> None:
    assert board((site / "board.html").read_text()) == board(client.get(f"/board?{QUERY}").text)


def test_opened_from_the_disk_the_site_leads_from_the_board_to_a_cell_and_its_events(
    chromium: Browser, site: Path
) -> None:
    with page_of(chromium) as page:
        page.goto((site / "index.html").as_uri() + "#cell=tencent/h200")
        expect(page.locator("#cell-name")).to_have_text("Tencent Holdings 腾讯 × H200")
        page.get_by_role("link", name="Everything about it, at the dates of this export").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Tencent Holdings 腾讯")
        page.get_by_role("link", name="cn-2026-01-28-batch", exact=True).first.click()
        expect(page.locator("main")).to_contain_text("Business Times")
        assert page.url.startswith("file:")


@pytest.mark.parametrize("name", ["index", "board", "cell/tencent/h200", "changes", "log", "authorities"])
def test_axe_finds_no_fault_in_light_or_dark(page: Page, site: Path, name: str) -> None:
    page.goto((site / f"{name}.html").as_uri())
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert faults(page) == []


def test_a_site_is_replaced_only_by_force_and_nothing_else_ever(demo: Path, tmp_path: Path) -> None:
    small = tmp_path / "small.ledger"
    run(small, "init").check_returncode()
    folder = tmp_path / "site"
    assert ask(small, "export", "site", str(folder)).exit_code == 0

    again = ask(small, "export", "site", str(folder))
    assert again.exit_code == 1
    assert "site is there already; choose another name, or replace it with --force" in again.output
    (folder / "old.html").touch()
    assert ask(small, "export", "site", str(folder), "--force").exit_code == 0
    assert not (folder / "old.html").exists()

    other = tmp_path / "precious"
    other.mkdir()
    (other / "work.txt").write_text("years of it")
    refused = ask(small, "export", "site", str(other), "--force")
    assert refused.exit_code == 1
    assert "precious is there already and is no exported site; choose another name" in refused.output
    assert (other / "work.txt").read_text() == "years of it"
    assert (
        sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".") and ".views." not in path.name)
        == []
    )


def test_a_source_that_is_named_like_a_path_stays_in_the_folder(tmp_path: Path) -> None:
    ledger, folder = tmp_path / "odd.ledger", tmp_path / "within" / "site"
    run(ledger, "init").check_returncode()
    report = {"published": "2026-01-01", "attribution": "official"}
    events = [
        {"type": "authority-registered", "authority": "a", "name": "A", "jurisdiction": "CN", "direction": "import"},
        {"type": "company-registered", "company": "c", "name": "C", "jurisdiction": "CN"},
        {"type": "chip-registered", "chip": "h", "name": "H", "vendor": "V", "controlled_by": []},
    ]
    names = ["../../escaped", "/etc/escaped", "..", ".", "CON", "a/b", "A-B", "a-b", "新华社"]
    claim = {"type": "blocked", "authority": "a", "companies": ["all"], "chips": ["all"]}
    events += [{**claim, "report": {**report, "publisher": name}} for name in names]
    lines = tmp_path / "odd.jsonl"
    lines.write_text("".join(json.dumps(event) + "\n" for event in events))
    run(ledger, "import", str(lines)).check_returncode()

    assert ask(ledger, "export", "site", str(folder)).exit_code == 0
    sources = list(folder.glob("source-*.html"))
    assert len(sources) == len({name.casefold() for name in names})
    assert [path.name for path in tmp_path.rglob("*escaped*") if folder not in path.parents] == []
