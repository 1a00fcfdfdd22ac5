"""``timeline --svg`` and ``matrix --svg``: drawings that stand alone, the same as those of the pages."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page
from starlette.testclient import TestClient

from policytracker.ledger import clock
from policytracker.ledger.where import Where
from policytracker.web.app import application
from policytracker.web.opened import Opened
from tests.cli.made_up import made_up
from tests.demo import ask
from tests.web.browser import chromium as chromium
from tests.web.browser import page as page
from tests.web.browser import shared as shared

SVG = "{http://www.w3.org/2000/svg}"
MAY = ("--known", "2026-05-20")
NOON = ("--at", "2026-01-28", "--known", "2026-01-28T12:00Z")


def lines(svg: str) -> list[str]:
    """The lines of a drawing, without empty ones and without the address of its page."""
    return [line for line in svg.splitlines() if line.strip() and "127.0.0.1" not in line and "></text>" not in line]


@pytest.fixture(scope="module")
def client(demo: Where) -> Iterator[TestClient]:
    with TestClient(application(Opened(demo, clock.today)), base_url="http://127.0.0.1") as opened:
        yield opened


def test_a_timeline_is_drawn_as_on_the_page_of_the_cell(demo: Where, client: TestClient) -> None:
    """Names instead of ids, as known on 20 May 2026; the dates stand on standard error too."""
    found = ask(demo, "timeline", "腾讯", "H200", *MAY, "--svg")

    assert found.exit_code == 0
    assert lines(found.stdout) == lines(client.get("/cell/tencent/h200/strip.svg?known=2026-05-20").text)
    assert found.stderr.startswith("as known at 2026-05-20; newest report in the ledger 2026-10-09")


def test_a_matrix_is_drawn_as_the_page_of_the_board_leads_to_it(demo: Where, client: TestClient) -> None:
    """Narrowed to two companies and each chip by itself; the page has the link with the same choice."""
    board = client.get("/board?at=2026-01-28&known=2026-01-28T12:00Z&companies=bat&each=1").text
    assert "/board/matrix.svg?at=2026-01-28&amp;known=2026-01-28T12%3A00Z&amp;companies=bat&amp;each=1" in board
    drawn = client.get("/board/matrix.svg?at=2026-01-28&known=2026-01-28T12:00Z&chips=h200&each=1").text
    assert lines(ask(demo, "matrix", "--chip", "H200", "--each", *NOON, "--svg").stdout) == lines(drawn)


def test_a_drawing_says_what_it_shows_when_and_whence(demo: Where) -> None:
    """A title, all of it in words, the dates, and the source."""
    root = ElementTree.fromstring(ask(demo, "matrix", *NOON, "--svg").stdout)
    texts = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]
    title, says = root.find(f"{SVG}title"), root.find(f"{SVG}desc")

    assert title is not None and says is not None and root.get("role") == "img"
    assert title.text == "Who may import which chip. On 28 Jan 2026, as publicly known at 28 Jan 2026, 12:00 UTC."
    assert "Tencent Holdings 腾讯, H200: in principle, or licensable" in (says.text or "")
    assert "On 28 Jan 2026, as publicly known at 28 Jan 2026, 12:00 UTC" in texts
    assert "Source: a policytracker ledger of 352 events; newest report in it: 9 Oct 2026" in texts


def test_a_matrix_is_drawn_for_those_named_each_by_itself(demo: Where) -> None:
    """Two companies and two chips: four cells, in their statuses."""
    named = ("--company", "Tencent", "--company", "Huawei", "--chip", "H20", "--chip", "H200", "--each")
    root = ElementTree.fromstring(ask(demo, "matrix", *named, *NOON, "--svg").stdout)
    cells = [each.text for each in root.iter(f"{SVG}title")][1:]

    assert cells == [
        "Tencent Holdings 腾讯, H20: blocked",
        "Tencent Holdings 腾讯, H200: in principle, or licensable",
        "Huawei 华为, H20: prohibited",
        "Huawei 华为, H200: prohibited",
    ]


def test_intervals_may_be_picked(demo: Where) -> None:
    """From 2026 on: the ban of 2022 to January 2026 is not over by then; what was before is left out."""
    drawn = ask(demo, "timeline", "Tencent", "H200", *MAY, "--from", "2026", "--svg").stdout
    assert "from the beginning" not in drawn
    assert "until 15 Jan 2026" in drawn


@pytest.mark.parametrize("command", [("timeline", "Tencent", "H200"), ("matrix", "--chip", "H200")])
def test_a_file_appears_whole_and_is_not_overwritten_unasked(
    demo: Where, tmp_path: Path, command: tuple[str, ...]
) -> None:
    """What is printed is what is written."""
    file = tmp_path / "drawing.svg"
    done = ask(demo, *command, "--svg", "-o", str(file))
    assert (done.exit_code, done.stdout) == (0, "")
    assert f"wrote {file}" in done.stderr
    assert file.read_text(encoding="utf-8") == ask(demo, *command, "--svg").stdout
    again = ask(demo, *command, "--svg", "-o", str(file))
    assert again.exit_code == 1
    assert "is there already; choose another name, or overwrite it with --force" in again.stderr
    assert ask(demo, *command, "--svg", "-o", str(file), "--force").exit_code == 0
    assert [each.name for each in tmp_path.iterdir()] == ["drawing.svg"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("timeline", "Tencent", "H200", "--svg", "--json"), "--svg draws; leave out --json"),
        (("timeline", "--all", "--svg"), "--svg draws; leave out --all"),
        (("timeline", "Tencent", "H200", "--svg", "--strip"), "--svg draws; leave out --strip"),
        (("timeline", "Tencent", "H200", "--svg", "--knowledge"), "--svg draws; leave out --knowledge"),
        (("matrix", "--svg", "--csv"), "--svg draws; leave out --csv"),
        (("matrix", "-o", "matrix.svg"), "-o and --force are for drawings; add --svg"),
    ],
)
def test_what_does_not_go_with_a_drawing_is_refused(demo: Where, arguments: tuple[str, ...], message: str) -> None:
    """Before anything is read or written."""
    answer = ask(demo, *arguments)
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert message in answer.stderr


def test_an_empty_ledger_has_nothing_to_draw(tmp_path: Path) -> None:
    """It says why."""
    ask(tmp_path / "empty.ledger", "init")
    answer = ask(tmp_path / "empty.ledger", "matrix", "--svg")
    assert answer.exit_code == 1
    assert "there is nothing to draw: no company or no chip is registered by these dates" in answer.stderr


def test_no_text_is_cut_off_in_a_browser_however_long_the_names_are(page: Page, tmp_path: Path) -> None:
    """A company with a name of many words, one of one word of 90 letters, one in Chinese."""
    companies = [
        {"type": "company-registered", "company": f"firm-{place}", "name": name, "jurisdiction": "CN"}
        for place, name in enumerate(("Long " * 30, "W" * 90, "腾讯控股有限公司" * 8))
    ]
    ledger = made_up(tmp_path, *companies)
    for command in (
        ("matrix",),
        ("timeline", "firm-0", "h20"),
        ("timeline", "firm-1", "h20"),
        ("timeline", "firm-2", "h20"),
    ):
        file = tmp_path / f"{'-'.join(command)}.svg"
        assert ask(ledger, *command, "--svg", "-o", str(file)).exit_code == 0
        page.goto(file.as_uri())
        outside = page.evaluate(
            """() => { const svg = document.documentElement, all = svg.getBoundingClientRect();
            return [...svg.querySelectorAll('text')].filter(text => { const box = text.getBoundingClientRect();
            return box.width && (box.left < all.left || box.right > all.right || box.bottom > all.bottom) })
            .map(text => text.textContent) }"""
        )
        assert outside == []
