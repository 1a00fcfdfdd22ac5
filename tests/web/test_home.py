"""The home page: the first answer, on whose word, what is new, what comes next."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from policytracker.events.dates import span
from policytracker.web.app import application
from policytracker.web.opened import Opened
from tests.web.ground import hostile, served
from tests.web.reading import board

NOON = "at=2026-01-28&known=2026-01-28T12:00Z"
OCTOBER = "at=2026-10-09"
MOST_BYTES = 120_000


def test_the_root_leads_to_the_home_page(client: TestClient) -> None:
    found = client.get("/", follow_redirects=False)

    assert found.status_code == 307 and found.headers["location"] == "/home"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        (NOON, "No company in China may import H200 as things stand."),
        (
            OCTOBER,
            "Two companies in China may import H200, with conditions: ByteDance and Tencent Holdings. No other company "
            "in China that is registered here may.",
        ),
        (f"{NOON}&chip=H20&in=US", "Every company in the United States that is registered here may import H20."),
    ],
)
def test_the_first_sentence_answers(client: TestClient, query: str, sentence: str) -> None:
    page = client.get(f"/home?{query}").text

    assert f'<p class="answer">{sentence}</p>' in page
    assert client.get(f"/home.json?{query}").json()["sentence"] == sentence


def test_the_groups_hold_every_company_once_with_the_statuses_of_the_board(client: TestClient) -> None:
    found = client.get(f"/home.json?{NOON}").json()
    cells = board(client.get(f"/board?{NOON}&each=1").text)
    companies = [company for group in found["groups"] for company in group["companies"]]

    assert len(companies) == len(set(companies)) == 33
    for group in found["groups"]:
        low, high = group["possible"][0], group["possible"][-1]
        expected = low if low == high else f"{low}..{high}"
        assert {cells[company, "h200"] for company in group["companies"]} == {expected}


def test_each_side_names_the_claims_that_stand_and_how_sure_they_are(client: TestClient) -> None:
    found = client.get(f"/home.json?{NOON}").json()
    sides = {side["gate"]: side for side in found["sides"]}

    assert found["example"] == "alibaba"
    assert [claim["ref"] for claim in sides["US/export"]["claims"]] == ["us-2026-01-13-rule"]
    assert {claim["certainty"] for claim in sides["CN/import"]["claims"]} == {"unnamed people, one source"}


def test_nothing_that_was_not_known_by_then_is_told(client: TestClient) -> None:
    found = client.get(f"/home.json?{NOON}").json()

    assert max(event["published"] for event in found["latest"]) <= "2026-01-28T12:00Z"


def test_a_day_to_come_is_told(client: TestClient) -> None:
    found = client.get(f"/home.json?{OCTOBER}").json()

    rule, _, licence = found["next"]
    assert (rule["day"], [event["ref"] for event in rule["events"]]) == (
        "2026-11-10",
        ["us-2026-09-23-affiliates-extension"],
    )
    assert rule["sentence"].endswith("perhaps suspended from 10 November 2026; it holds again from 10 January 2027.")
    assert (licence["day"], licence["sentence"]) == (
        "2027-04-06",
        "Core42 and G42, H200: from “yes” to “not yet”.",
    )


def test_a_day_long_after_the_newest_report_is_said_to_be_so(demo: Path) -> None:
    """The newest report is of 9 October 2026. Of a day before it nothing is missing."""
    with TestClient(application(Opened(demo, lambda: span("2026-11-29").last)), base_url="http://127.0.0.1") as client:
        assert "51 days before: what happened since may be missing" in client.get("/home").text
        assert "days before: what" not in client.get(f"/home?{NOON}").text


def test_an_unknown_chip_or_jurisdiction_is_refused_with_the_way_out(client: TestClient) -> None:
    assert client.get("/home?chip=h2").status_code == 404
    refused = client.get("/home?in=ZZ")
    assert refused.status_code == 400 and "CN" in refused.text


def test_an_empty_ledger_has_a_home_page() -> None:
    with served([]) as found_at:
        found = found_at.client.get("/home")

    assert found.status_code == 200 and "This ledger holds no chip and no company yet." in found.text


def test_a_hostile_text_is_text() -> None:
    with hostile() as found:
        page = found.client.get("/home").text

    assert "<script>alert" not in page and "\u202e" not in page


def test_the_home_page_of_the_history_is_small(client: TestClient) -> None:
    """Issue 16: at most 120 kB."""
    for query in (NOON, OCTOBER):
        assert len(client.get(f"/home?{query}").content) <= MOST_BYTES
