"""The cell's page: the answer, why, over the days, and as it became known, as the command line has it."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.demo import rows
from tests.web.ground import hostile
from tests.web.points import At, points
from tests.web.reading import Tables

NOON = "at=2026-01-28&known=2026-01-28T12:00Z"


def words_of(page: str) -> str:
    """The main part of a page as running text."""
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).replace("\xa0", " ").split())


def test_the_answer_in_words_stands_beside_the_question(client: TestClient) -> None:
    found = words_of(client.get(f"/cell/tencent/h200?{NOON}").text)

    assert found.startswith(
        "May Tencent Holdings 腾讯 import the H200? in principle … conditional Uncertain: it may be in principle or "
        "conditional . Held back by CN/import . On 28 Jan 2026 , as publicly known at 28 Jan 2026, 12:00 UTC ."
    )


@pytest.mark.parametrize(
    ("company", "chip"), [("tencent", "h200"), ("bytedance-sg", "b30a"), ("huawei", "ascend-910c"), ("smic", "h20")]
)
@pytest.mark.parametrize("point", points(3, seed=11), ids=str)
def test_the_json_has_what_the_commands_print(
    client: TestClient, demo: Path, company: str, chip: str, point: At
) -> None:
    found = client.get(f"/cell/{company}/{chip}.json", params=point.query()).json()

    known = point.options()[2:]
    assert [found["state"]] == rows(demo, "state", company, chip, *point.options())
    assert found["why"] == rows(demo, "why", company, chip, *point.options())
    assert found["timeline"] == rows(demo, "timeline", company, chip, *known)
    assert found["knowledge"] == rows(demo, "timeline", company, chip, "--knowledge", "--at", point.at)
    quantities = rows(demo, "quantities", chip, *point.options())
    assert all(row in quantities for row in found["quantities"])


def test_quantities_are_those_of_the_company(client: TestClient) -> None:
    """The three firms of the batch are named by the evening of 28 January."""
    kinds = {
        company: [row["kind"] for row in client.get(f"/cell/{company}/h200.json?at=2026-01-28").json()["quantities"]]
        for company in ("tencent", "baidu", "bytedance-sg")
    }

    assert kinds == {
        "tencent": ["ordered", "ordered", "approved"],
        "baidu": ["ordered", "ordered"],
        "bytedance-sg": ["ordered"],
    }


@pytest.mark.parametrize("address", ["/cell/腾讯/H200", "/cell/TENCENT/h200", "/cell/Tencent Holdings/H200"])
def test_names_are_understood_in_any_language(client: TestClient, address: str) -> None:
    assert client.get(f"{address}.json?{NOON}").json() == client.get(f"/cell/tencent/h200.json?{NOON}").json()


def test_an_unknown_company_is_refused_with_the_nearest(client: TestClient) -> None:
    found = client.get("/cell/tencnt/h200")

    assert found.status_code == 404
    assert "no company is called &#39;tencnt&#39;; did you mean tencent, bytedance?" in found.text


def test_each_claim_is_told_with_its_reason_and_source_and_what_would_settle_it(client: TestClient) -> None:
    found = words_of(client.get(f"/cell/tencent/h200?{NOON}").text)

    assert (
        "cn-2026-01-23-in-principle in principle struck, if it holds, by cn-2026-01-28-batch : a later opening lifts "
        "what it covers Chinese regulators (not named) 中国监管部门: approved in principle, from a day between "
        "19 Jan 2026 and 23 Jan 2026 h200 for alibaba, tencent, bytedance domestic purchase buy some domestic chips"
    ) in found
    assert "holds only possibly: for 3 of major-internet, none of them named yet" in found
    assert (
        "Whether cn-2026-01-28-batch holds for Tencent Holdings 腾讯: if it does, conditional ; if not, in principle"
    ) in found
    assert "TradeVAE citing Reuters, 28 Jan 2026, 06:00 UTC, “China lets in a first batch of H200”" in found
    assert "anonymous sources, 2 of them; C3, fairly reliable, possibly true" in found
    assert "5 that do not apply us-2023-10-23-immediate prohibited ended on 17 Nov 2023" in found
    assert "suspended: 13 May 2025 US Bureau of Industry and Security" in found


@pytest.mark.parametrize(("table", "part", "first"), [(1, "timeline", "the beginning"), (2, "knowledge", None)])
def test_each_chart_is_followed_by_the_same_as_a_table(
    client: TestClient, table: int, part: str, first: str | None
) -> None:
    address = f"/cell/tencent/h200{{}}?{NOON}"
    told = client.get(address.format(".json")).json()[part]

    _, *shown = Tables(client.get(address.format("")).text).tables[table]

    assert [row[0].text for row in shown] == ["–", *map(str, range(1, len(told)))]
    assert first is None or shown[0][1].text == first
    for row, spell in zip(shown, told, strict=True):
        turned = [link.address.partition("?")[0] for link in row[-1].links]
        assert turned == [f"/event/{event['id']}" for event in spell["turned_by"]]
        assert [_status(box.text) for box in row[3:-1]] == [
            [each["possible"][0], each["possible"][-1]] for each in (spell, *spell["gates"])
        ]


def _status(text: str) -> list[str]:
    if text == "unknown":
        return ["prohibited", "cleared"]
    ends = [end.strip().replace(" ", "_") for end in text.replace("\xa0", " ").split("…")]
    return [ends[0], ends[-1]]


def test_links_keep_the_dates_of_the_question(client: TestClient) -> None:
    page = client.get(f"/cell/tencent/h200?{NOON}").text

    kept = "?at=2026-01-28&amp;known=2026-01-28T12%3A00Z"
    assert f'href="/company/tencent{kept}"' in page
    assert f'href="/chip/h200{kept}"' in page
    assert f'href="/cell/tencent/h200/alike{kept}"' in page


def test_cells_under_the_same_claims_are_named_on_demand_and_have_the_same_answer(client: TestClient) -> None:
    page = client.get("/cell/baidu/h200/alike?at=2026-01-28").text
    alike = set(re.findall(r'href="/cell/([^/]+)/h200\?', page.partition('id="companies"')[2])) - {"baidu"}

    assert "meituan" in alike and "tencent" not in alike
    answers = {company: client.get(f"/cell/{company}/h200.json?at=2026-01-28").json()["state"] for company in alike}
    own = client.get("/cell/baidu/h200.json?at=2026-01-28").json()["state"]
    assert all((state["possible"], state["gates"]) == (own["possible"], own["gates"]) for state in answers.values())
    listed = client.get("/cell/baidu/h200/alike.json?at=2026-01-28").json()
    assert {row["company"] for row in listed if row["chip"] == "h200"} == alike


def test_a_cell_of_which_nothing_is_known_says_so(client: TestClient) -> None:
    page = client.get("/cell/tencent/h200?known=2000-01-01").text

    found = words_of(page)
    assert "unknown Nothing that holds tells. Held back by US/export and CN/import ." in found
    assert found.count("No claim holds here, so any status is possible.") == 2
    assert "No quantity is known." in found
    assert page.count('role="img"') == 2


@pytest.mark.parametrize("at", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_days_like_others(client: TestClient, at: str) -> None:
    assert client.get(f"/cell/tencent/h200?at={at}&known={at}").status_code == 200


def test_nothing_on_the_page_is_styled_or_scripted_in_line(client: TestClient) -> None:
    page = client.get(f"/cell/tencent/h200?{NOON}").text

    assert re.search(r"\s(style|on[a-z]+)=", page) is None
    assert re.search(r"<style|<script(?! src=)", page) is None
    identities = re.findall(r'\sid="([^"]+)"', page)
    assert len(identities) == len(set(identities))


def test_hostile_texts_are_shown_as_text() -> None:
    with hostile() as ledger:
        page = ledger.client.get("/cell/acme/h20").text

    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt;\\u202e") >= 6
    assert "\u202e" not in page
    assert 'href="javascript:' not in page
