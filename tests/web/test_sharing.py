"""What other programs show of a page, and what search engines find."""

import re
from html import unescape
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from PIL import Image
from starlette.testclient import TestClient

from policytracker.web.app import application
from policytracker.web.opened import Opened
from policytracker.web.options import Options
from policytracker.web.sharing import NAMESPACE
from tests.web.conftest import TODAY

BASE = "https://tracker.example.org"


def test_a_page_tells_what_it_is_to_those_who_show_a_link(client: TestClient) -> None:
    page = client.get("/cell/tencent/h200?at=2026-01-28&known=2026-01-28T12:00Z").text
    head = page.partition("</head>")[0]

    assert (
        '<meta name="description" content="On 28 Jan 2026, as publicly known at 28 Jan 2026, 12:00 UTC: Tencent '
        "Holdings may not import H200 as things stand: not yet, or needs a licence. Status: in principle"
    ) in head
    assert '<meta property="og:title" content="May Tencent Holdings 腾讯 import the H200? 28 Jan 2026' in head
    canonical = "http://127.0.0.1/cell/tencent/h200?at=2026-01-28&amp;known=2026-01-28T12%3A00Z"
    assert f'<link rel="canonical" href="{canonical}">' in head
    assert 'href="http://127.0.0.1/changes.atom?company=tencent&amp;chip=h200"' in head


@pytest.mark.parametrize(
    ("page", "answer", "size"),
    [
        ("/home?at=2026-01-28", "No company in China may import H200 as things stand", (1200, 630)),
        ("/company/tencent?at=2026-01-28", "Tencent Holdings may not import", (1200, 630)),
        ("/chip/h200?at=2026-01-28", "No company in China may import H200 as things stand", (1200, 630)),
        ("/cell/tencent/h200?at=2026-01-28", "Tencent Holdings needs a licence for H200", (1200, 630)),
        ("/compare?chips=h20,h200&companies=tencent&at=2026-01-28", "Tencent Holdings may not import H20", None),
        ("/board?at=2026-01-28", "what each may import", None),
    ],
)
def test_a_link_is_shown_with_the_answer_and_with_an_image(
    client: TestClient, page: str, answer: str, size: tuple[int, int] | None
) -> None:
    head = client.get(page).text.partition("</head>")[0]
    described = re.search('<meta property="og:description" content="([^"]*)"', head)
    image = re.search('<meta property="og:image" content="([^"]*)"', head)

    assert described is not None and answer in unescape(described[1])
    assert image is not None and image[1].startswith("http://127.0.0.1/") and "at=2026-01-28" in image[1]
    found = client.get(unescape(image[1]).removeprefix("http://127.0.0.1"))
    assert found.headers["content-type"] == "image/png"
    with Image.open(BytesIO(found.content)) as drawn:
        assert size in (None, drawn.size)


def test_every_page_of_the_site_map_is_there_under_the_address_of_readers(demo: Path) -> None:
    pages = application(Opened(demo, lambda: TODAY), options=Options(base=BASE))
    with TestClient(pages, base_url="http://127.0.0.1") as client:
        found = [each.text or "" for each in fromstring(client.get("/sitemap.xml").text).iter(f"{{{NAMESPACE}}}loc")]
        assert f"{BASE}/company/bytedance" in found
        assert f"{BASE}/cell/tencent/h200" in found
        assert len(set(found)) == len(found) > 46 * 35
        for address in [*found[:20], *found[-2:]]:
            assert client.get(address.removeprefix(BASE)).status_code == 200, address
        assert f"Sitemap: {BASE}/sitemap.xml" in client.get("/robots.txt").text


def test_there_is_an_icon_for_what_asks_for_no_other(client: TestClient) -> None:
    found = client.get("/favicon.ico")

    assert found.headers["content-type"] == "image/vnd.microsoft.icon"
    assert found.content[:4] == b"\0\0\1\0"
