"""Companies and chips as stories: the answer first, what was reported, how sure it is, what must be met."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page
from starlette.testclient import TestClient

from tests.demo import demo as demo
from tests.demo import rows
from tests.web.browser import chromium as chromium
from tests.web.browser import faults
from tests.web.browser import page as page
from tests.web.browser import shared as shared
from tests.web.ground import REPORT, SCOPE, hostile, registry, served
from tests.web.served import served as serving
from tests.web.test_cell import words_of

NOON = "at=2026-01-28&known=2026-01-28T12:00Z"
OCTOBER = "at=2026-10-09"


@pytest.fixture(scope="module")
def address(demo: Path) -> Iterator[str]:
    """Where the shipped history is served."""
    with serving(demo) as found:
        yield found


@pytest.mark.parametrize(
    ("path", "begins"),
    [
        (f"/company/tencent?{OCTOBER}", "Tencent Holdings may import H200, with conditions. It may not import H20, "),
        (f"/company/tencent?{NOON}", "Tencent Holdings may not import H200, H20, "),
        (
            f"/chip/h200?{OCTOBER}",
            "Two companies in China may import H200, with conditions: ByteDance and Tencent Holdings. No other company "
            "in China that is registered here may.",
        ),
        (f"/chip/ascend-910c?{OCTOBER}", "Ascend 910C comes from China: companies there do not import it."),
        (
            "/company/tencent?known=2000-01-01",
            "Of all 32 chips registered here that Tencent Holdings would have to import, of 32",
        ),
    ],
)
def test_the_answer_goes_first(client: TestClient, path: str, begins: str) -> None:
    page = client.get(path).text

    assert f'<p class="answer">{begins}' in page
    assert client.get(path.replace("?", ".json?")).json()["sentence"].startswith(begins)


def test_the_chips_that_matter_are_those_that_reports_name_for_a_company_and_those_that_changed(
    client: TestClient, demo: Path
) -> None:
    found = client.get(f"/company/tencent.json?{NOON}").json()["matters"]
    now, then = (
        {row["chip"]: row for row in rows(demo, "state", "tencent", "--at", day, "--known", "2026-01-28T12:00Z")}
        for day in ("2026-01-28", "2024-01-29")
    )

    assert [each["chip"] for each in found][:2] == ["h200", "h20"]
    for each in found:
        state = now[each["chip"]]
        assert (each["possible"], each["limited_by"]) == (state["possible"], state["limited_by"])
        assert each["chip"] in ("h200", "h20") or state["possible"] != then[each["chip"]]["possible"]


def test_a_story_tells_what_was_ordered_and_delivered_too(client: TestClient) -> None:
    told = {each["ref"]: each for each in client.get(f"/company/bytedance.json?{OCTOBER}").json()["story"]}
    of_chip = {each["ref"] for each in client.get(f"/chip/h200.json?{OCTOBER}").json()["story"]}

    assert told["h200-lots-2026-08-18"]["sentence"].startswith("Deliveries of H200 to ByteDance and Tencent Holdings")
    assert {"h200-none-2026-05-14", "h200-lots-2026-08-18"} <= of_chip


@pytest.mark.parametrize(("path", "kind"), [("/company/tencent", "--company"), ("/chip/h200", "--chip")])
def test_a_story_tells_every_claim_that_names_its_subject_by_itself_newest_first(
    client: TestClient, demo: Path, path: str, kind: str
) -> None:
    story = client.get(f"{path}.json?{NOON}").json()["story"]
    subject = path.rpartition("/")[2]
    side = "companies" if kind == "--company" else "chips"
    named = [
        row["id"]
        for row in rows(demo, "claims", kind, subject, "--at", "2026-01-28", "--known", "2026-01-28T12:00Z")
        if isinstance(row[side], list) and subject in row[side]
    ]

    dates = [each["published"][:10] for each in story]
    assert dates == sorted(dates, reverse=True) and max(dates) <= "2026-01-28"
    assert named and set(named) <= {each["id"] for each in story}


def test_a_story_leaves_out_what_is_for_everybody_in_a_jurisdiction(client: TestClient) -> None:
    story = {each["ref"] for each in client.get(f"/company/tencent.json?{NOON}").json()["story"]}

    assert "cn-2026-01-23-in-principle" in story and "cn-2026-01-28-batch" in story
    assert "us-2026-01-13-rule" not in story and "cn-2026-01-28-queue" not in story


def test_each_line_of_a_story_says_how_we_know(client: TestClient) -> None:
    page = words_of(client.get(f"/company/tencent?{NOON}").text)
    story = client.get(f"/company/tencent.json?{NOON}").json()["story"]

    for each in story:
        doubt = f" {each['doubt'][0].upper()}{each['doubt'][1:]}." if each["doubt"] else ""
        assert f"{each['sentence']}{doubt} {each['ref']} : " in page
        assert each["certainty"].startswith("unnamed people")
    assert page.count("Unnamed people, ") >= len(story)


def test_conditions_are_told_once_for_all_chips(client: TestClient) -> None:
    page = words_of(client.get(f"/company/tencent?{NOON}").text)

    conditions = page[page.index("Conditions to meet") : page.index("Ordered, approved, delivered")]
    assert conditions.count("25 percent duty when the chip enters the US") == 1
    assert conditions.count("by us-2026-01-13-rule") == 1


def test_what_comes_next_is_told(client: TestClient) -> None:
    found = client.get(f"/chip/h200?{OCTOBER}").text

    assert "Core42 and G42, H200: from “yes” to “not yet”." in found
    assert re.search(r'<link rel="alternate"[^>]*chip=h200', found)


def test_companies_of_one_timeline_share_a_strip(client: TestClient) -> None:
    page = client.get(f"/chip/h200?{NOON}").text

    wide = page[page.index('<svg class="strip wide"') :].partition("</svg>")[0]
    assert ">Alibaba Group and ByteDance</text>" in wide and ">Tencent Holdings</text>" in wide


def test_a_long_story_goes_on_at_the_next_page() -> None:
    """Sixty reports, a day each, of one claim that names the company."""
    claim = {"type": "cleared", "ref": "claim", "authority": "gacc", **SCOPE, "report": REPORT}
    more = [
        {"type": "corroborated", "target": "claim", "report": {**REPORT, "publisher": f"P{number}"}}
        for number in range(59)
    ]
    with served([*registry(), claim, *more]) as ledger:
        first = ledger.client.get("/company/acme").text
        link = first.partition('#story" rel="next"')[0].rpartition('href="')[2].replace("&amp;", "&")
        one = ledger.client.get("/company/acme.json").json()["story"]
        other = ledger.client.get(f"/company/acme.json?{link.partition('?')[2]}").json()["story"]

    assert (len(one), len(other)) == (40, 20)
    assert not {each["id"] for each in one} & {each["id"] for each in other}


@pytest.mark.parametrize("path", ["/company/acme", "/chip/h20"])
def test_hostile_texts_are_text(path: str) -> None:
    with hostile() as made_up:
        page = made_up.client.get(path).text

    story = page[page.index('id="story"') : page.index('id="quantities"')]
    assert "&lt;script&gt;alert" in story
    assert "<script>alert" not in page and "\u202e" not in page and 'href="javascript' not in page


@pytest.mark.parametrize("path", ["company/tencent", "chip/h200", "cell/tencent/h200"])
def test_the_first_status_is_in_the_first_screen_of_a_phone(page: Page, address: str, path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/{path}?{NOON}")

    box = page.locator("main .status").first.bounding_box()
    assert box is not None and box["y"] + box["height"] <= 844
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("width", [390, 1024])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["company/tencent", "chip/h200", "cell/tencent/h200"])
def test_axe_finds_no_fault(page: Page, address: str, path: str, scheme: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"{address}/{path}?{NOON}")
    page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")

    assert faults(page) == []
