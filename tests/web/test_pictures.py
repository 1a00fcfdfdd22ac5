"""Drawings as files: SVG that stands alone, PNG of it with fonts that are shipped, at the dates of the question."""

import re
import struct
import sys
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from policytracker.events.dates import span
from policytracker.questions.reader import Clocks
from policytracker.web.opened import Opened
from policytracker.web.options import Options
from policytracker.web.page import Question
from policytracker.web.pages import PICTURES
from policytracker.web.pictures.png import FONTS, png
from policytracker.web.site import EVERYTHING, written
from policytracker.web.site_places import Place, SiteAddresses
from tests.web.conftest import TODAY
from tests.web.ground import hostile

NOON = "at=2026-01-28&known=2026-01-28T12:00Z"
EXAMPLES = {"company": "tencent", "chip": "h200"}
SVGS = [each.path.format_map(EXAMPLES) for each in PICTURES if each.path.endswith(".svg")]
PNGS = [each.path.format_map(EXAMPLES) for each in PICTURES if each.path.endswith(".png")]
SVG = "{http://www.w3.org/2000/svg}"


def size(content: bytes) -> tuple[int, int]:
    """Of a PNG, from its head (ISO/IEC 15948, 11.2.2)."""
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", content[16:24])
    return width, height


@pytest.mark.parametrize("path", SVGS)
def test_an_svg_stands_alone_and_says_what_it_is_of_when_and_where(client: TestClient, path: str) -> None:
    found = client.get(f"{path}?{NOON}")
    root = ElementTree.fromstring(found.content)
    texts = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]

    assert found.headers["content-type"] == "image/svg+xml" and root.tag == f"{SVG}svg"
    assert "On 28 Jan 2026, as publicly known at 28 Jan 2026, 12:00 UTC" in texts
    page = path.rpartition("/")[0]
    assert any(text.startswith(f"http://127.0.0.1{page}?at=2026-01-28&known=2026-01-28T12%3A00Z") for text in texts)
    assert any(text.startswith("Source: a policytracker ledger of ") for text in texts)
    assert re.search(r"var\(|class=|style=|href=|<script", found.text) is None
    (behind,) = [each for each in root.findall(f"{SVG}rect")[:1] if each.get("fill") == "#ffffff"]
    assert (behind.get("width"), behind.get("height")) == (root.get("width"), root.get("height"))


@pytest.mark.parametrize("path", PNGS)
def test_a_png_is_the_svg_drawn(client: TestClient, path: str) -> None:
    found = client.get(f"{path}?{NOON}")

    assert found.headers["content-type"] == "image/png" and found.headers["etag"]
    if path.endswith("share.png"):
        assert size(found.content) == (1200, 630)
    else:
        root = ElementTree.fromstring(client.get(f"{path.removesuffix('png')}svg?{NOON}").content)
        assert size(found.content) == tuple(2 * round(float(root.get(side) or 0)) for side in ("width", "height"))


def test_the_dates_are_those_of_the_question(client: TestClient) -> None:
    noon, evening = (
        client.get(f"/cell/tencent/h200/strip.svg?at=2026-01-28&known={known}").text
        for known in ("2026-01-28T12:00Z", "2026-01-28")
    )

    learned = "28 Jan 2026 and on: needs a licence (licensable)"
    assert learned in evening and learned not in noon


def test_letters_come_from_the_shipped_fonts() -> None:
    """Nothing of the machine is looked for: a bare server has no fonts."""
    assert {path.name for path in FONTS.iterdir()} == {"DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "LICENSE.txt"}
    frame = '<svg xmlns="http://www.w3.org/2000/svg" width="99" height="20" font-family="DejaVu Sans">{}</svg>'
    word = '<text y="15" font-weight="{}">Tencent – ≥ 10</text>'

    drawn = {png(frame.format(text)) for text in ("", word.format("normal"), word.format("bold"))}
    assert len(drawn) == 3


def test_without_the_package_a_sentence_says_what_is_missing(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)

    found = client.get(f"/cell/tencent/h200/strip.png?{NOON}")

    assert found.status_code == 503
    assert "PNG pictures need the package resvg_py, which is not installed" in found.text
    assert client.get(f"/cell/tencent/h200/strip.svg?{NOON}").status_code == 200


def test_hostile_texts_are_text_in_pictures() -> None:
    with hostile() as ledger:
        for path in (
            "/cell/acme/h20/strip.svg",
            "/cell/acme/h20/quantities.svg",
            "/chip/h20/quantities.svg",
            "/compare/strip.svg",
        ):
            found = ledger.client.get(path).text
            root = ElementTree.fromstring(found)
            assert "\u202e" not in found and not list(root.iter(f"{SVG}script"))
        assert ledger.client.get("/cell/acme/h20/share.png").status_code == 200


def test_the_page_of_a_cell_leads_to_its_pictures(client: TestClient) -> None:
    page = client.get(f"/cell/tencent/h200?{NOON}").text

    kept = "?at=2026-01-28&amp;known=2026-01-28T12%3A00Z"
    for name in ("strip.svg", "strip.png", "quantities.svg", "quantities.png"):
        assert f'href="/cell/tencent/h200/{name}{kept}"' in page


def test_a_site_writes_the_pictures_that_its_pages_link_to(demo: Path) -> None:
    """Below the address of their page, as on a server."""
    found: dict[Place, None] = {}
    clocks = Clocks(span("2026-01-28").last)
    to = SiteAddresses(PurePosixPath("cell/tencent/h200"), found, clocks, EVERYTHING, "https://example.org/chips")

    assert to.to("cell-strip-svg", company="tencent", chip="h200", at="2026-01-28") == "h200/strip.svg"
    asked = Question(Opened(demo, lambda: TODAY), clocks, options=Options("https://example.org/chips"))
    (place,) = found
    ((name, content),) = written(asked, place, found)
    assert name == "cell/tencent/h200/strip.svg"
    assert b">https://example.org/chips/cell/tencent/h200.html<" in content and b">On 28 Jan 2026, by all" in content
