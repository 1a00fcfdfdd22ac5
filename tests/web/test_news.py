"""What is new, in sentences: the world first, as known at the end; what was learned apart; since a position."""

import pytest
from starlette.testclient import TestClient

from policytracker.ledger.where import Where
from policytracker.web.app import application
from tests.questions.recorded import recorded
from tests.web.ground import REPORT, SCOPE, hostile, opened_of, registry, served

TEN_DAYS = "at=2026-01-28&known=2026-01-28"


def _client(ledger: Where) -> TestClient:
    return TestClient(application(opened_of(ledger)), base_url="http://127.0.0.1")


def refs(section: dict[str, list[dict[str, str]]]) -> list[str]:
    return [item["ref"] for item in section["items"]]


def test_ten_days_of_january(client: TestClient) -> None:
    found = client.get(f"/news.json?{TEN_DAYS}").json()
    sections = {section["happened"]: section for section in found["sections"]}

    assert found["since"] == "2026-01-18"
    assert refs(sections["permissions"]) == [
        "cn-2026-01-28-batch",
        "cn-2026-01-28-queue",
        "cn-2026-01-23-in-principle",
    ]
    assert [change["sentence"] for change in found["changed"]] == [
        "19 companies, H200: from “no” to “no, or not yet”.",
        "Alibaba Group, ByteDance and Tencent Holdings, H200: from “no” to “needs a licence”.",
    ]
    assert found["learned"] == []


def test_a_link_of_the_page_leads_to_other_news(client: TestClient) -> None:
    page = client.get(f"/news?{TEN_DAYS}").text

    assert 'href="/news?at=2026-01-28&amp;known=2026-01-28&amp;from=2025-12-29"' in page
    assert '<b aria-current="true">10 days</b>' in page


def test_the_world_is_told_as_known_at_the_end(client: TestClient) -> None:
    """Bloomberg's report of the 23rd is of something that happened from the 19th to the 23rd."""
    before, after = (
        client.get(f"/news.json?at=2026-01-22&known={known}&from=2026-01-12").json()
        for known in ("2026-01-22", "2026-01-23")
    )

    first, second = (
        {event["ref"] for change in found["changed"] for event in change["events"]} for found in (before, after)
    )
    assert second - first == {"cn-2026-01-23-in-principle"}


def test_what_was_learned_of_the_first_day_stands_apart(client: TestClient) -> None:
    """On the evening of the 28th the firms of the batch of the 26th to the 28th were named."""
    found = client.get("/news.json?at=2026-01-29&known=2026-01-29&from=2026-01-27").json()
    learned = {event["ref"] for change in found["learned"] for event in change["events"]}

    assert "cn-2026-01-28-batch" in learned
    assert "What was learned of 27 Jan 2026" in client.get("/news?at=2026-01-29&known=2026-01-29&from=2026-01-27").text


def test_since_a_position_the_news_are_what_was_recorded(client: TestClient) -> None:
    everything, last = (client.get(f"/news.json?at=2026-10-09&from=position:{n}").json() for n in (351, 352))

    assert [len(section["items"]) for section in everything["sections"]] == [1]
    assert last["sections"] == [] and everything["since"] is None
    assert "What was recorded after position <b>351</b>" in client.get("/news?at=2026-10-09&from=position:351").text


def test_a_report_that_is_recorded_late_is_news_by_its_position_alone() -> None:
    clear = {"type": "cleared", "authority": "gacc", **SCOPE, "report": {**REPORT, "published": "2026-01-05"}}
    block = {"type": "blocked", "authority": "gacc", **SCOPE, "report": REPORT}
    with recorded([*registry(), clear], [block]) as reader, _client(reader.ledger) as client:
        by_day = client.get("/news.json?at=2026-01-30&from=2026-01-20").json()
        by_position = client.get("/news.json?at=2026-01-30&from=position:4").json()

    assert by_day["sections"] == [] and by_day["changed"] == []
    assert [section["happened"] for section in by_position["sections"]] == ["restrictions"]
    assert [change["sentence"] for change in by_position["changed"]] == ["Acme, Acme: from “yes” to “no”."]


def test_the_news_of_one_company_leave_out_what_does_not_concern_it(client: TestClient) -> None:
    found = client.get(f"/news.json?{TEN_DAYS}&company=smic&chip=h20").json()

    assert "permissions" not in {section["happened"] for section in found["sections"]}
    assert found["changed"] == []


def test_official_words_go_before_those_of_unnamed_people(client: TestClient) -> None:
    found = client.get("/news.json?at=2026-10-09&from=2026-01-01").json()
    order = ["official", "on-record", "anonymous", "unattributed", None]
    for section in found["sections"]:
        places = [order.index(item["attribution"]) for item in section["items"]]
        assert places == sorted(places), section["happened"]


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("from=2026-02-01&at=2026-01-28", "is after 2026-01-28"),
        ("from=soon", "from: "),
        ("from=position:-1", "is no position"),
        ("from=position:9999", "the ledger goes from 1 to 352"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_way_out(client: TestClient, query: str, says: str) -> None:
    found = client.get(f"/news?{query}")

    assert found.status_code == 400 and says in found.text


def test_a_hostile_text_is_text() -> None:
    with hostile() as found:
        assert "<script>alert" not in found.client.get("/news?from=position:0").text


@pytest.mark.parametrize(
    ("review", "happened"),
    [
        ("policy-of-denial", "restrictions"),
        ("presumption-of-denial", "restrictions"),
        ("unstated", "restrictions"),
        ("case-by-case", "permissions"),
        ("presumption-of-approval", "permissions"),
    ],
)
def test_a_licence_duty_is_told_by_what_its_review_makes_of_it(review: str, happened: str) -> None:
    """semantics.md §6: a restriction, or a permission."""
    duty = {"type": "licence-required", "review": review, "authority": "gacc", **SCOPE, "report": REPORT}
    with served([*registry(), duty]) as found:
        news = found.client.get("/news.json?from=position:3").json()

    assert [section["happened"] for section in news["sections"]] == [happened]
