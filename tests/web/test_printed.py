"""Pages on paper: every cell, every source with its address, and where the page is, on A4 and on Letter."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from unicodedata import normalize

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.web.browser import chromium as chromium
from tests.web.browser import page_of
from tests.web.served import served

STORY = "at=2026-01-28&known=2026-01-28T12:00Z"
PAPERS = ("A4", "Letter")


@pytest.fixture(scope="module")
def address(demo: Path) -> Iterator[str]:
    """Where the shipped history is served."""
    with served(demo) as found:
        yield found


def packed(text: str) -> str:
    """A text without its spaces and ligatures: paper breaks lines where it likes."""
    return "".join(normalize("NFKC", text).split())


def printed(page: Page, paper: str) -> str:
    """What stands on the paper, without spaces; no letter lies outside of a sheet."""
    found = []
    for sheet in PdfReader(BytesIO(page.pdf(format=paper))).pages:
        width, height = float(sheet.mediabox.width), float(sheet.mediabox.height)

        def inside(text, whole, place, font, size, width=width, height=height):  # type: ignore[no-untyped-def]
            x, y = place[4] * whole[0] + whole[4], place[5] * whole[3] + whole[5]
            assert not text.strip() or (-1 <= x <= width and -1 <= y <= height), (text, x, y)

        found.append(sheet.extract_text(visitor_text=inside))
    return packed("".join(found))


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("each", ["", "&each=1"])
def test_the_printed_board_has_every_cell(chromium: Browser, address: str, paper: str, each: str) -> None:
    with page_of(chromium) as page:
        page.goto(f"{address}/board?{STORY}{each}")
        cells = page.locator("table.board td.status").all_inner_texts()
        names = page.locator("table.board th a").all_inner_texts()
        text = printed(page, paper)

    wanted = [packed(cell) for cell in cells]
    for word in set(wanted):
        assert text.count(word) >= wanted.count(word), word
    for name in names:
        assert packed(name) in text, name
    assert packed(f"{address}/board?at=2026-01-28") in text
    assert "Narrow" not in text


@pytest.mark.parametrize("paper", PAPERS)
def test_the_printed_cell_has_all_that_is_folded_and_every_source(chromium: Browser, address: str, paper: str) -> None:
    with page_of(chromium) as page:
        page.goto(f"{address}/cell/tencent/h200?{STORY}")
        wanted = page.locator("main").locator("td, .claim p, .sources li, dd, h1, h2").all_text_contents()
        sources = page.locator("main a[href^=http]").evaluate_all("all => all.map(each => each.href)")
        text = printed(page, paper)

    assert sources
    for source in sources:
        assert packed(source) in text, source
    for source in sorted(set(sources), key=len, reverse=True):
        text = text.replace(f"<{packed(source)}>", "")
    for each in wanted:
        assert packed(each) in text, each
