"""Comparisons: chips for a company, companies for a chip, on one page and in one drawing."""

import re
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from policytracker.questions.reader import Clocks
from policytracker.web import paging
from policytracker.web.site_places import Extent, Place, SiteAddresses
from tests.web.conftest import TODAY
from tests.web.ground import hostile, registry, served
from tests.web.reading import board

NOON = "at=2026-01-28&known=2026-01-28T12:00Z"
OCTOBER = "at=2026-10-09"
TENCENT = f"{NOON}&chips=h20,h200&companies=tencent"


def answer(client: TestClient, query: str) -> Any:
    found = client.get(f"/compare.json?{query}")
    assert found.status_code == 200, found.text
    return found.json()


def pairs(found: Any) -> list[tuple[str, str]]:
    return [(side["company"], side["chip"]) for side in found["sides"]]


@pytest.mark.parametrize(
    ("query", "sentences"),
    [
        (
            TENCENT,
            [
                "Tencent Holdings may not import H20.",
                "Tencent Holdings may not import H200 as things stand: not yet, or needs a licence.",
            ],
        ),
        (
            f"{OCTOBER}&chips=h200&companies=bytedance,baidu",
            [
                "ByteDance may import H200, with conditions.",
                "Baidu may not import H200 as things stand: no, or not yet.",
            ],
        ),
        (
            f"{NOON}&chips=h200,h20&companies=in:CN",
            [
                "No company in China may import H200 as things stand.",
                "Whether H20 may be imported is open for 17 companies in China: China Mobile, CXMT, DeepSeek and "
                "14 more. No other company in China that is registered here may.",
            ],
        ),
    ],
)
def test_the_answer_comes_first_one_sentence_a_side(client: TestClient, query: str, sentences: list[str]) -> None:
    page = client.get(f"/compare?{query}").text

    assert answer(client, query)["sentences"] == sentences
    assert re.findall(r'<p class="answer">(.*)</p>', page) == sentences


@pytest.mark.parametrize("query", [TENCENT, f"{OCTOBER}&chips=h200&companies=tencent,baidu,alibaba,core42"])
def test_each_side_is_the_answer_of_its_cell(client: TestClient, query: str) -> None:
    dates = "&".join(part for part in query.split("&") if part.startswith(("at=", "known=")))
    found = answer(client, query)

    for side in found["sides"]:
        cell = client.get(f"/cell/{side['company']}/{side['chip']}.json?{dates}").json()
        assert side["state"] == cell["state"] and side["timeline"] == cell["timeline"]
        assert [gate["possible"] for gate in side["gates"]] == [gate["possible"] for gate in cell["why"]]
        gates = {gate["gate"]: gate for gate in cell["why"]}
        for claim in (*found["differing"], *found["shared"]):
            (part,) = [
                each for each in claim["parts"] if (each["company"], each["chip"]) == (side["company"], side["chip"])
            ]
            gate = gates.get(claim["gate"])
            expected = "no part"
            if gate and claim["id"] in gate["standing"]:
                expected = "decides" if claim["id"] in gate["surely"] else "may decide"
            for cap in gate["capped_by"] if gate else ():
                if cap["claim"] == claim["id"]:
                    expected = "imposes a condition" if cap["certain"] else "may impose a condition"
            assert part["part"] == expected
            assert part["why"] or part["part"] != "no part"


def test_claims_are_told_once_those_that_do_not_do_the_same_for_all_apart(client: TestClient) -> None:
    found = answer(client, f"{OCTOBER}&chips=h200&companies=tencent,baidu")
    differing = {claim["ref"]: [part["part"] for part in claim["parts"]] for claim in found["differing"]}
    shared = {claim["ref"]: {part["part"] for part in claim["parts"]} for claim in found["shared"]}

    assert differing["cn-2026-08-18-lots"] == ["decides", "no part"]
    assert differing["us-2026-05-14-ten"] == ["decides", "may decide"]
    assert shared and all(len(parts) == 1 for parts in shared.values())
    assert not set(differing) & set(shared)


def test_names_in_any_language_and_fields_of_a_form_say_the_same(client: TestClient) -> None:
    told = answer(client, TENCENT)

    assert answer(client, f"{NOON}&chips=H20, H200,h200&companies=腾讯") == told
    assert answer(client, f"{NOON}&chips=h20&chips=h200&chips=&companies=0700.HK") == told


def test_of_all_companies_those_that_are_alike_stand_together(client: TestClient) -> None:
    found = answer(client, f"{OCTOBER}&chips=h200,h20")
    cells = board(client.get(f"/board?{OCTOBER}&each=1").text)
    companies = [company for group in found["groups"] for company in group["companies"]]

    assert found["jurisdiction"] == "CN" and found["companies"] == found["groups"][0]["companies"][:1] == ["bytedance"]
    assert len(companies) == len(set(companies)) == 33
    for group in found["groups"]:
        for chip, possible in zip(found["chips"], group["possible"], strict=True):
            low, high = possible[0], possible[-1]
            assert {cells[each, chip] for each in group["companies"]} == {low if low == high else f"{low}..{high}"}
    assert len({str(group["possible"]) for group in found["groups"]}) == len(found["groups"])


def test_what_is_left_out_comes_from_the_news(client: TestClient) -> None:
    """A second chip is one with another answer; several companies are compared for the chip in the news."""
    alone, beside = (answer(client, f"{NOON}{more}") for more in ("", "&chips=h200"))

    assert alone["chips"] == beside["chips"] and alone["chips"][0] == "h200"
    assert len({str(group["possible"]) for group in alone["groups"]}) > 1
    assert any(group["possible"][0] != group["possible"][1] for group in alone["groups"])
    assert pairs(answer(client, f"{NOON}&companies=tencent"))[0] == ("tencent", "h200")
    assert pairs(answer(client, f"{NOON}&companies=tencent,baidu")) == [("tencent", "h200"), ("baidu", "h200")]
    assert answer(client, f"{NOON}&companies=in:AE")["jurisdiction"] == "AE"


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("chips=h2,h200", 404, "did you mean"),
        ("companies=nobody,tencent", 404, "no company is called"),
        ("chips=h20,h200,b30a,b200,b300", 400, "chips: 5 are given; at most 4"),
        ("chips=h20,h200&companies=tencent,baidu", 400, "compare several chips for one company"),
        ("companies=in:ZZ", 400, "companies: no company of &#39;ZZ&#39; is registered; there are"),
        ("chip=h20", 400, "this page takes at, known, recorded, chips, companies"),
        ("at=2026-01-28&at=2026-01-29", 400, "at: is given twice"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_the_way_out(
    client: TestClient, query: str, status: int, words: str
) -> None:
    for path in ("/compare", "/compare.json", "/compare/strip.svg"):
        found = client.get(f"{path}?{query}")
        assert found.status_code == status
        assert words in found.text or words.replace("&#39;", "'") in found.text


def test_an_empty_ledger_and_one_with_a_single_chip_have_nothing_to_compare() -> None:
    with served([]) as nothing:
        assert "This ledger holds no chip and no company on this day." in nothing.client.get("/compare").text
        assert answer(nothing.client, "")["sides"] == []
        assert nothing.client.get("/compare/strip.svg").status_code == 400
    with served(registry()) as single:
        assert answer(single.client, "")["chips"] == ["h20"]
        assert "There is nothing to compare it with" in single.client.get("/compare").text


def test_the_form_is_filled_in_and_offers_one_more_up_to_four(client: TestClient) -> None:
    def chosen(query: str) -> list[str]:
        form = client.get(f"/compare?{query}").text.split('aria-label="What is compared"')[1].split("</form>")[0]
        return [*re.findall(r'<option value="([^"]*)" selected>', form), str(form.count("<select"))]

    assert chosen(TENCENT) == ["h20", "h200", "tencent", "4"]
    assert chosen(f"{NOON}&chips=h20,h200,b30a,mi308") == ["h20", "h200", "b30a", "mi308", "in:CN", "5"]
    assert chosen(f"{NOON}&companies=tencent,baidu&chips=h200") == ["tencent", "baidu", "h200", "4"]


def test_where_there_are_many_a_name_is_written(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "CHOICES", 1)
    page = client.get(f"/compare?{TENCENT}").text
    form = page.split('aria-label="What is compared"')[1].split("</form>")[0]

    assert "<select" not in form
    assert re.findall(r'name="(chips|companies)" type="search" value="([^"]*)"', form) == [
        ("chips", "h20"),
        ("chips", "h200"),
        ("chips", ""),
        ("companies", "tencent"),
    ]
    assert '<option value="h200">' in form.split('<datalist id="proposed-chip">')[1]


def test_one_axis_carries_all_strips_and_the_picture_leads_to_the_same_answer(client: TestClient) -> None:
    query = f"{OCTOBER}&chips=h20,h200,b30a"
    drawn = client.get(f"/compare/strip.svg?{query}").text
    texts = [
        "".join(each.itertext()) for each in ElementTree.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")
    ]

    assert [text for text in texts if text in ("H20", "H200", "B30A")] == ["H20", "H200", "B30A"]
    assert texts.count("The whole answer") == 3 and texts.count("9 Oct 2026") == 1
    (address,) = [text for text in texts if text.startswith("http://127.0.0.1/compare?")]
    assert dict(parse_qsl(urlsplit(address).query)) == {
        "at": "2026-10-09",
        "chips": "h20,h200,b30a",
        "companies": "in:CN",
    }
    assert client.get(f"/compare.json?{urlsplit(address).query}").json() == answer(client, query)


def test_its_table_has_a_line_for_each_cell(client: TestClient) -> None:
    lines = client.get(f"/compare.csv?{TENCENT}").text.splitlines()

    assert [line.split(",")[:2] for line in lines[1:]] == [["tencent", "h20"], ["tencent", "h200"]]


def test_pages_lead_to_comparisons(client: TestClient) -> None:
    """The home page to one of the chip in the news with each other one in the news."""
    home = client.get(f"/home?{NOON}").text

    assert 'href="/compare?at=2026-01-28&amp;known=2026-01-28T12%3A00Z&amp;chips=h200%2Ch20"' in home
    assert "&amp;companies=tencent" in client.get(f"/company/tencent?{NOON}").text.split('class="compare"')[1][:200]
    assert "&amp;chips=h20" in client.get(f"/chip/h20?{NOON}").text.split('class="compare"')[1][:200]


def test_a_site_has_no_comparison() -> None:
    found: dict[Place, None] = {}
    to = SiteAddresses(PurePosixPath("chip/h20"), found, Clocks(TODAY), Extent(cells=True))

    assert to.to("compare", chips="h20").startswith("../board.html")
    assert not found


def test_a_hostile_text_is_text() -> None:
    with hostile() as found:
        page = found.client.get("/compare?chips=h20&companies=acme").text

    assert "<script>alert" not in page and "\u202e" not in page
