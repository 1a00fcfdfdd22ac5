"""The pages as static files: complete, closed in itself, the same as the server's."""

import json
import re
from html import unescape
from os.path import normpath
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from starlette.testclient import TestClient

from tests.demo import ask, rows, run
from tests.web.browser import chromium as chromium
from tests.web.browser import faults, page_of
from tests.web.browser import page as page
from tests.web.browser import shared as shared
from tests.web.reading import board

QUERY = "at=2026-01-28&known=2026-01-28T12:00Z"


ANCHOR = re.compile(r'\sid="([^"]*)"')
ADDRESS = re.compile(r"""\s(?:href|src|action)\s*=\s*("[^"]*")?""", re.IGNORECASE)


def addresses(page: str) -> dict[str, None]:
    """Every address in a page; all are in double quotes."""
    found = [address[1] for address in ADDRESS.finditer(page)]
    assert None not in found
    return dict.fromkeys(unescape(address[1:-1]) for address in found)


def lost(site: Path, demo: Path) -> list[tuple[str, str]]:
    """The links that lead to no file, no place in a file, and no cell: each with the page that has it."""
    pages = {str(path.relative_to(site)): path.read_text() for path in site.rglob("*.html")}
    anchors = {name: set(ANCHOR.findall(text)) for name, text in pages.items()}
    cells = {(row["company"], chip) for row in rows(demo, "matrix") for chip in row["cells"]}
    found = []
    for here, text in pages.items():
        for address in addresses(text):
            parts = urlsplit(address)
            if parts.scheme in ("http", "https"):
                continue
            target = normpath(Path(here).parent / unquote(parts.path)) if parts.path else here
            shown = dict(parse_qsl(parts.fragment)) if target == "board.html" else {}
            is_there = (site / target).is_file() and not parts.scheme
            if "cell" in shown:
                is_there &= tuple(shown["cell"].split("/")) in cells
            elif parts.fragment and not shown:
                is_there &= parts.fragment in anchors[target]
            if not is_there:
                found.append((here, address))
    return found


@pytest.mark.parametrize("kind", ["site", "narrowed"])
def test_every_link_of_every_page_leads_to_a_file_of_the_site_or_to_the_web(
    request: pytest.FixtureRequest, demo: Path, kind: str
) -> None:
    assert lost(request.getfixturevalue(kind), demo) == []


@pytest.mark.parametrize("name", ["cell/tencent/h200", "company/tencent", "chip/h200", "authorities", "log"])
def test_the_answers_are_those_of_the_server(narrowed: Path, client: TestClient, name: str) -> None:
    assert json.loads((narrowed / f"{name}.json").read_text()) == client.get(f"/{name}.json?{QUERY}").json()


def test_the_board_without_a_script_is_that_of_the_server(site: Path, client: TestClient) -> None:
    assert board((site / "table.html").read_text()) == board(client.get(f"/board?{QUERY}").text)


def test_opened_from_the_disk_the_site_leads_from_the_board_to_a_cell_and_its_events(
    chromium: Browser, narrowed: Path
) -> None:
    with page_of(chromium) as page:
        page.goto((narrowed / "board.html").as_uri() + "#cell=tencent/h200")
        expect(page.locator("#cell-name")).to_have_text("Tencent Holdings 腾讯 × H200")
        page.get_by_role("link", name="Everything about it").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Tencent Holdings 腾讯")
        page.get_by_role("link", name="cn-2026-01-28-batch", exact=True).first.click()
        expect(page.locator("main")).to_contain_text("Business Times")
        assert page.url.startswith("file:")


def test_a_cell_without_a_page_is_shown_by_the_board_with_the_way_to_its_company(page: Page, site: Path) -> None:
    page.goto((site / "chip/h200.html").as_uri())
    page.locator("a[href='../board.html#cell=tencent/h200']").first.click()
    expect(page.locator("#cell-name")).to_have_text("Tencent Holdings 腾讯 × H200")
    assert page.get_by_role("link", name="Everything about it").count() == 0
    page.get_by_role("link", name="All of Tencent Holdings 腾讯").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tencent Holdings 腾讯")


def test_a_company_without_a_page_is_shown_by_the_board_alone(page: Page, narrowed: Path) -> None:
    page.goto((narrowed / "chip/h200.html").as_uri())
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    page.locator("a[href='../board.html#companies=alibaba']").first.click()
    expect(page.locator("#board tbody th[scope=row]")).to_have_text(["Alibaba Group 阿里巴巴"])
    expect(page.locator("#companies")).to_have_value("alibaba")


def test_pages_can_be_printed_and_cited_where_their_address_is_known(page: Page, site: Path) -> None:
    page.goto((site / "company/tencent.html").as_uri())
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    assert ".html" not in (page.locator(".citation").text_content() or "")


@pytest.mark.parametrize("name", ["index", "board", "company/tencent", "changes", "log", "authorities", "method"])
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
    sources = list(folder.glob("source_publisher-*.html"))
    assert len(sources) == len({name.casefold() for name in names})
    assert [path.name for path in tmp_path.rglob("*escaped*") if folder not in path.parents] == []
