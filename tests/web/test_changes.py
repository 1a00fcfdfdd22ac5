"""What changed between two points: the world and our knowledge of it told apart."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.demo import rows
from tests.web.ground import HOSTILE, REPORT, SCOPE, registry, served

TWO_WEEKS = {"at": "2026-01-13", "known": "2026-01-13", "to_at": "2026-01-28", "to_known": "2026-01-28"}


def test_by_default_the_last_report_that_made_a_difference_is_told(client: TestClient, demo: Path) -> None:
    """28 Jan 2026, evening: the firms of the morning's batch are named."""
    query = {"at": "2026-01-28", "known": "2026-01-28"}
    page = client.get("/changes", params=query).text

    assert "from what was known at <b>28 Jan 2026, 04:21 UTC</b> to <b>28 Jan 2026</b>" in page
    assert "Alibaba Group 阿里巴巴, Tencent Holdings 腾讯: H200" in page
    assert "Our knowledge changed: 7 cells" in page
    assert "The world changed" not in page
    points = ("--at", "2026-01-28", "--known", "2026-01-28T04:21Z", "--to-known", "2026-01-28")
    assert client.get("/changes.json", params=query).json() == rows(demo, "diff", "--only", "status", *points)


def test_reports_that_changed_nothing_for_the_day_are_passed_over(client: TestClient, demo: Path) -> None:
    """17 and 29 Sep 2025 brought reports that changed no answer for the 29th; the last that did is of August."""
    found = client.get("/changes.json", params={"at": "2025-09-29", "known": "2025-09-29"}).json()

    assert {event["ref"] for row in found for event in row["events"]} == {"us-2025-08-12-5090dv2"}
    points = ("--at", "2025-09-29", "--known", "2025-08-27", "--to-known", "2025-09-29")
    assert found == rows(demo, "diff", "--only", "status", *points)


def test_before_the_first_report_there_is_nothing_to_tell(client: TestClient) -> None:
    page = client.get("/changes", params={"at": "2026-01-28", "known": "2009-01-01"}).text

    assert "Both points are the same" in page


def test_the_first_report_of_all_changed_what_was_known() -> None:
    clear = {"type": "cleared", "authority": "gacc", **SCOPE, "report": REPORT}
    with served([*registry(), clear]) as made_up:
        (row,) = made_up.client.get("/changes.json?at=2026-01-12").json()
    assert (row["from"], row["to"], row["known"], row["to_known"]) == (
        "unknown",
        "cleared",
        "2026-01-10T23:59:59Z",
        None,
    )


@pytest.mark.parametrize(
    "narrowed", [{}, {"company": "腾讯"}, {"chip": "H200"}, {"company": "tencent", "chip": "h200"}]
)
def test_between_two_points_the_json_is_that_of_diff(client: TestClient, demo: Path, narrowed: dict[str, str]) -> None:
    found = client.get("/changes.json", params={**TWO_WEEKS, **narrowed}).json()
    options = [part for name, value in TWO_WEEKS.items() for part in (f"--{name.replace('_', '-')}", value)]
    names = narrowed.values() if len(narrowed) == 2 else ()

    told = rows(demo, "diff", "--only", "status", *names, *options)
    company, chip = ({"腾讯": "tencent", "H200": "h200"}.get(each, each) for each in _given(narrowed))
    assert found == [row for row in told if company in (row["company"], "") and chip in (row["chip"], "")]
    assert found


def _given(narrowed: dict[str, str]) -> tuple[str, str]:
    return narrowed.get("company", ""), narrowed.get("chip", "")


def test_the_world_is_told_before_our_knowledge_each_with_its_dates(client: TestClient) -> None:
    page = client.get("/changes", params=TWO_WEEKS).text

    world, knowledge = page.index("The world changed: 336 cells"), page.index("Our knowledge changed: 349 cells")
    assert world < page.index("From 13 Jan 2026 to 28 Jan 2026, as known at 13 Jan 2026.") < knowledge
    assert "Of 28 Jan 2026, from what was known at 13 Jan 2026 to 28 Jan 2026." in page[knowledge:]
    assert "in force from 15 Jan 2026" in page[world:knowledge]


def test_the_sources_of_an_event_are_told_where_it_is_named_first(client: TestClient) -> None:
    page = client.get("/changes", params=TWO_WEEKS).text

    assert page.count("us-2026-01-13-rule</a>") == 5
    assert page.count("Applications for chips of the H200 class to China are judged case by case") == 1


def test_what_else_was_reported_meanwhile_is_told(client: TestClient) -> None:
    """Of 14 to 28 January; what was reported on the 13th was known before."""
    part, whole = (
        client.get("/changes", params={**TWO_WEEKS, **more}).text for more in ({"company": "bytedance-sg"}, {})
    )

    told = whole.partition('id="beside"')[2].partition("</section>")[0]
    assert ">cn-2026-01-15-volume-rules</a>" in told and ">us-2026-01-21-overwatch</a>" in told
    assert "us-2026-01-12-remote-access" not in told and "cn-2026-01-29-licence-open" not in told
    assert "us-2026-01-21-overwatch" not in part.partition('id="beside"')[2]
    assert 'id="beside"' not in client.get("/changes?at=2026-01-13&to_at=2026-01-28").text


def test_the_form_holds_the_two_points_and_leads_to_the_same_answer(client: TestClient) -> None:
    page = client.get("/changes?at=2026-01-28&known=2026-01-28").text

    form = page[page.index('<form class="choices between"') :].partition("</form>")[0]
    for name, value in (("at", "2026-01-28"), ("known", "2026-01-28T04:21Z"), ("to_known", "2026-01-28")):
        assert f'name="{name}"' in form
        assert f'value="{value}"' in form
    explicit = "at=2026-01-28&known=2026-01-28T04:21Z&to_at=2026-01-28&to_known=2026-01-28&company=&chip="
    assert (
        client.get(f"/changes.json?{explicit}").json()
        == client.get("/changes.json?at=2026-01-28&known=2026-01-28").json()
    )


def test_the_same_point_twice_is_said_to_be_so(client: TestClient) -> None:
    page = client.get("/changes?at=2026-01-28&to_at=2026-01-28")

    assert page.status_code == 200
    assert "Both points are the same: choose another day" in page.text


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ("to_at=2026-02-30", 400, "to_at, to_known: "),
        ("to_known=soon", 400, "to_at, to_known: "),
        ("company=tencnt", 404, "did you mean tencent"),
        ("to_day=2026-01-01", 400, "this page takes at, known, recorded, to_at, to_known, company, chip"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_way_out(
    client: TestClient, query: str, status: int, says: str
) -> None:
    found = client.get(f"/changes?{query}")

    assert found.status_code == status
    assert says in found.text


def test_the_page_leads_to_the_feed_the_calendar_and_why_narrowed_alike(client: TestClient) -> None:
    page = client.get("/changes?at=2026-01-28&known=2026-01-28&company=tencent").text

    kept = "at=2026-01-28&amp;known=2026-01-28&amp;company=tencent"
    assert f'href="/changes.atom?{kept}"' in page
    assert f'href="/scheduled.ics?{kept}"' in page
    assert 'href="/cell/tencent/h200?at=2026-01-28&amp;known=2026-01-28"' in page
    assert "What changed for Tencent Holdings" in page


def test_hostile_texts_are_text() -> None:
    claims: list[dict[str, Any]] = [
        {"type": "cleared", "authority": "gacc", **SCOPE, "report": {**REPORT, "title": HOSTILE, "url": "javascript:x"}}
    ]
    with served([*registry(HOSTILE), *claims]) as made_up:
        page = made_up.client.get("/changes").text
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
