"""Whichever way one asks, the answer is the same: for 200 points drawn at random, every cell of the shipped history."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page
from starlette.testclient import TestClient

from policytracker.status.words import STATUSES
from policytracker.web.words import DOMESTIC
from tests.demo import ask, rows
from tests.web.browser import chromium as chromium
from tests.web.browser import evaluated, page_of
from tests.web.points import At, points
from tests.web.reading import board

POINTS = points(200)
PARTS = range(4)


@cache
def told(demo: Path, point: At) -> dict[tuple[str, str], str]:
    """What the command line answers for every cell; the pages, the explorer and the site are all held against it."""
    found = rows(demo, "matrix", *point.options())
    return {(row["company"], chip): status for row in found for chip, status in row["cells"].items()}


def spread(possible: list[str]) -> str:
    """Possible statuses by their two ends."""
    return "unknown" if len(possible) == len(STATUSES) else "..".join(dict.fromkeys((possible[0], possible[-1])))


@pytest.mark.parametrize("point", POINTS[:20])
def test_the_command_line_agrees_with_itself(demo: Path, point: At) -> None:
    found = rows(demo, "state", *point.options())

    assert {(row["company"], row["chip"]): spread(row["possible"]) for row in found} == told(demo, point)


@pytest.mark.parametrize("part", PARTS)
def test_page_json_and_command_line_agree(client: TestClient, demo: Path, part: int) -> None:
    for point in POINTS[part::4]:
        expected = told(demo, point)
        page = client.get("/board", params={**point.query(), "each": "1"})
        gathered = client.get("/board", params=point.query())
        answer = client.get("/board.json", params=point.query()).json()

        assert len(expected) == 46 * 35
        assert board(page.text) == expected, point
        assert board(gathered.text) == expected, point
        assert {(row["company"], chip): word for row in answer for chip, word in row["cells"].items()} == expected


SHOW = """hash => new Promise(done => {
    const read = () => [...document.querySelectorAll("#board td.status a")].map(a => [a.hash, a.textContent]);
    addEventListener("hashchange", () => requestAnimationFrame(() => done(read())), {once: true});
    location.hash = hash;
})"""

UNSEEN = "document.documentElement.style.display = 'none'"
"""The script writes the same board, and the browser need not lay it out 200 times."""


@contextmanager
def shown(browser: Browser, file: Path) -> Iterator[Page]:
    """A file with the board for any two dates, opened from the disk."""
    with page_of(browser) as page:
        page.goto(f"{file.as_uri()}#each=1&at=2000-01-01")
        page.locator("#board td.status").first.wait_for()
        page.evaluate(UNSEEN)
        yield page


def looked_up(page: Page, point: At) -> dict[tuple[str, str], str]:
    """What the board says at a point, each company and chip by itself."""
    found = evaluated(page, SHOW, urlencode({"at": point.at, "known": point.known or "all", "each": "1"}))
    cells = {tuple(address.partition("cell=")[2].split("/")): text for address, text in found}
    return {(pair[0], pair[1]): word(text) for pair, text in cells.items()}


def word(text: str) -> str:
    """A status of a page, in the words of a matrix."""
    if text == DOMESTIC:
        return "cleared"
    return "..".join(part.strip().replace("\xa0", "_").replace(" ", "_").strip("_") for part in text.split("…"))


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("kind", ["explorer", "site"])
def test_explorer_and_static_site_agree_with_the_command_line(
    chromium: Browser, demo: Path, request: pytest.FixtureRequest, tmp_path: Path, kind: str, part: int
) -> None:
    if kind == "site":
        file = request.getfixturevalue("site") / "board.html"
    else:
        file = tmp_path / "explorer.html"
        assert ask(demo, "export", "explorer", str(file)).exit_code == 0
    with shown(chromium, file) as page:
        for point in POINTS[part::4]:
            assert looked_up(page, point) == told(demo, point), point
