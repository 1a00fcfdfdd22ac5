"""Companies, chips and authorities: who and what they are, and how they stand on the day."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from policytracker.questions.sentences.places import gate_name
from policytracker.status.words import STATUSES
from policytracker.web.pages.chip import ATTRIBUTES, measured
from tests.demo import rows
from tests.web.ground import HOSTILE, hostile
from tests.web.reading import Tables

NOON = {"at": "2026-01-28", "known": "2026-01-28T12:00Z"}
POINT = ("--at", "2026-01-28", "--known", "2026-01-28T12:00Z")


def test_the_json_of_a_company_is_made_of_the_answers_of_the_command_line(client: TestClient, demo: Path) -> None:
    found = client.get("/company/tencent.json", params=NOON).json()

    assert found["cells"] == rows(demo, "state", "tencent", *POINT)
    assert found["claims"] == rows(demo, "claims", "--company", "tencent", *POINT)
    assert found["company"]["name"] == "Tencent Holdings"
    told = rows(demo, "quantities", *POINT)
    assert found["quantities"]
    assert all(row in told for row in found["quantities"])


def test_the_json_of_a_chip_is_made_of_the_answers_of_the_command_line(client: TestClient, demo: Path) -> None:
    found = client.get("/chip/h200.json", params=NOON).json()

    assert found["cells"] == [row for row in rows(demo, "state", *POINT) if row["chip"] == "h200"]
    assert found["claims"] == rows(demo, "claims", "--chip", "h200", *POINT)
    assert found["quantities"] == rows(demo, "quantities", "h200", *POINT)
    assert found["chip"]["attributes"]["memory"] == 141


@pytest.mark.parametrize("dates", [NOON, {"at": "2021-06-01"}], ids=["noon", "before-all-claims"])
@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [("company", "tencent", "chip"), ("chip", "h200", "company"), ("chip", "ascend-910c", "company")],
)
def test_every_status_on_the_page_is_that_of_the_answer(
    client: TestClient, kind: str, one: str, other: str, dates: dict[str, str]
) -> None:
    page = client.get(f"/{kind}/{one}", params=dates).text
    answer = client.get(f"/{kind}/{one}.json", params=dates).json()

    table = next(each for each in Tables(page).tables if [box.text for box in each[0]][1:3] == ["Status", "Limited by"])
    shown = {
        row[0].links[0].address.partition("?")[0]: (row[1].text.replace("\xa0", " "), row[2].text)
        for row in table
        if len(row) == 4 and row[0].links
    }
    expected = {f"/{other}/{row[other]}": (status(row), limits(row)) for row in answer["cells"]}
    assert shown == expected
    links = {row[1].links[0].address.partition("?")[0] for row in table if len(row) == 4 and row[0].links}
    assert links == {f"/cell/{row['company']}/{row['chip']}" for row in answer["cells"]}


def status(row: dict[str, Any]) -> str:
    """What stands in the column of statuses."""
    words = spread(row["possible"]) if row["gates"] else "domestic"
    return words if row["launched"] else f"{words} before its launch"


def limits(row: dict[str, Any]) -> str:
    """What stands beside it."""
    words = "–" if row["status"] == "cleared" else "; ".join(gate_name(gate) for gate in row["limited_by"])
    if row["if_open"] is None:
        return words
    return f"{words} {spread(row['if_open'])} if the gates of which nothing is recorded were open"


def spread(possible: list[str]) -> str:
    words = [word.replace("_", " ") for word in dict.fromkeys((possible[0], possible[-1]))]
    return "unknown" if len(possible) == len(STATUSES) else " … ".join(words)


def test_a_company_is_found_by_its_chinese_name_and_tells_who_it_is(client: TestClient) -> None:
    page = client.get("/company/腾讯").text

    assert "<h1>Tencent Holdings 腾讯</h1>" in page
    assert '<span lang="zh-Hant">騰訊</span>' in page
    assert 'href="/board?companies=bat">BAT</a>' in page


def test_a_subsidiary_leads_to_its_parent_and_back(client: TestClient) -> None:
    subsidiary, parent = client.get("/company/bytedance-sg").text, client.get("/company/bytedance").text

    assert '<dt>Belongs to</dt><dd><a href="/company/bytedance">' in subsidiary
    assert '<a href="/company/bytedance-sg">' in parent[parent.index("<dt>Owns</dt>") :]
    assert ">Singapore</a>" in subsidiary


def test_the_claims_of_a_company_are_told_newest_first_with_their_source(client: TestClient) -> None:
    page = client.get("/company/tencent", params=NOON).text

    claims = page[page.index("Claims in force that reach it") :]
    assert (
        claims.index(">cn-2026-01-28-queue<") < claims.index(">cn-2026-01-14-customs<") < claims.index(">cn-baseline<")
    )
    assert "Reuters</b>, 14 Jan 2026" in claims and "anonymous sources" in claims
    assert "cn-2026-01-30-deepseek" not in page


def test_a_chip_tells_its_attributes_with_their_units_and_what_is_not_registered(client: TestClient) -> None:
    page = client.get("/chip/h200").text

    for fact in ("15,832 TPP", "19.45 TPP per mm²", "4,800 GB/s", "900 GB/s", "814 mm²", "141 GB"):
        assert fact in page
    assert "Exports controlled by</dt><dd>The United States</dd>" in page
    assert "Not registered" not in page
    assert "a rule that turns on it is open" in client.get("/chip/gaudi-3-hl328").text


def test_a_chip_tells_ranges_where_it_comes_from_and_when_it_was_launched(client: TestClient) -> None:
    chip, ascend = (client.get(f"/chip/{name}").text for name in ("h200", "ascend-910c"))

    assert "<dt>Launched</dt><dd>13 Nov 2023</dd>" in chip
    assert "<dt>Made for data centres</dt><dd>yes</dd>" in chip
    assert "<dt>Comes from</dt><dd>China: companies there do not import it</dd>" in ascend
    assert measured("tpp", {"min": 18000, "max": 20000}) == "18,000 to 20,000 TPP"


@pytest.mark.parametrize("path", ["/company/tencent", "/chip/h200", "/authority/white-house"])
def test_what_is_talked_about_and_reported_is_shown_where_its_subject_is(client: TestClient, path: str) -> None:
    page = client.get(path, params=NOON).text
    answer = client.get(f"{path}.json", params=NOON).json()

    for key in ("signals", "developments"):
        part = page[page.index(f'id="{key}"') :].partition("</section>")[0] if answer[key] else ""
        assert part.count('<li class="claim">') == len(answer[key])
        assert all(f">{event['ref'] or event['id'][:12]}</a>" in part for event in answer[key])
    assert answer["developments"]


def test_every_attribute_that_a_chip_may_have_is_named() -> None:
    """The attributes of the interchange format."""
    from policytracker.events.selectors import ATTRIBUTES as ALL

    assert set(ATTRIBUTES) == set(ALL)


def test_quantities_are_ranges_in_the_words_of_the_report(client: TestClient) -> None:
    table = Tables(client.get("/chip/h200", params=NOON).text).tables[1]

    approved = next(row for row in table if row[0].text == "approved at CN/import")
    assert [box.text for box in approved[1:]] == [
        "200,000 to 999,999",
        "3 of major-internet",
        "cn-2026-01-28-batch (several hundred thousand) Business Times citing Reuters, 28 Jan 2026, 04:21 UTC "
        "(anonymous sources, 2)",
    ]
    ordered = next(row for row in table if row[0].text == "ordered")
    assert ordered[1].text == "2,000,001 or more"
    assert "Instead 1,000,001 or more (more than a million expected by Nvidia): Financial Times" in ordered[3].text


def test_the_pages_keep_the_dates_in_their_links(client: TestClient) -> None:
    page = client.get("/company/tencent", params=NOON).text

    kept = "at=2026-01-28&amp;known=2026-01-28T12%3A00Z"
    for address in (f"/chip/h200?{kept}", f"/cell/tencent/h200?{kept}", f"/changes?{kept}&amp;company=tencent"):
        assert f'href="{address}"' in page


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/company/tencnt", "no company is called &#39;tencnt&#39;; did you mean tencent"),
        ("/chip/h2000", "no chip is called &#39;h2000&#39;; did you mean"),
        ("/authority/customs-of-nowhere", "no authority is called"),
    ],
)
def test_a_name_nobody_has_is_refused_with_the_nearest(client: TestClient, path: str, says: str) -> None:
    found = client.get(path)

    assert found.status_code == 404
    assert says in found.text


def test_authorities_stand_by_the_gate_that_they_guard(client: TestClient) -> None:
    (table,) = Tables(client.get("/authorities", params=NOON).text).tables
    answer = client.get("/authorities.json", params=NOON).json()

    gates = [row[0].text for row in table if len(row) == 1]
    assert [gate.rpartition(" (")[2].rstrip(")") for gate in gates] == [
        *("AE/import", "CN/import", "HK/import", "KR/import", "SG/import"),
        *("TW/export", "TW/import", "US/export", "US/import"),
    ]
    assert gates[0] == "Import into the United Arab Emirates (AE/import)"
    shown = {row[0].links[0].address.partition("?")[0]: row[1].text for row in table if len(row) == 4 and row[0].links}
    assert shown == {f"/authority/{row['authority']}": str(row["claims"] or "–") for row in answer}


def test_an_authority_tells_all_it_has_said_in_force_or_not(client: TestClient, demo: Path) -> None:
    found = client.get("/authority/bis.json", params=NOON).json()
    page = client.get("/authority/bis", params=NOON).text

    assert found["authority"]["direction"] == "export"
    told = [row for row in rows(demo, "claims", *POINT) if row["authority"] == "bis"]
    assert sorted(row["id"] for row in found["claims"] if row["in_force"] != "no") == sorted(row["id"] for row in told)
    over = [row["ref"] for row in found["claims"] if row["in_force"] == "no"]
    assert over
    for ref in over:
        assert "not in force: " in page[page.index(f">{ref}</a>") :].partition('<li class="claim">')[0]


@pytest.mark.parametrize("path", ["/company/acme", "/chip/h20", "/authority/gacc", "/authorities"])
def test_hostile_texts_are_text(path: str) -> None:
    with hostile() as made_up:
        page = made_up.client.get(path).text
    assert "&lt;script&gt;alert" in page
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert 'href="javascript' not in page
    assert HOSTILE not in page
