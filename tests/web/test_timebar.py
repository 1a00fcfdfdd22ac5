"""The time bar: two dates, and the steps to the next turn and the next report."""

import re

import pytest
from starlette.testclient import TestClient

from policytracker.events.dates import span
from policytracker.web.timebar import MOST_MARKS, MOST_YEARS, Scale


def step(page: str, clock: str, way: str) -> str | None:
    """Where a button of a clock leads."""
    form = page.partition('class="timebar"')[2].partition("</form>")[0]
    part = form.partition(f'class="clock {clock}"')[2].partition("</div>")[0]
    found = re.search(rf'<a href="([^"]*)" rel="{way}"', part)
    return found and found[1].replace("&amp;", "&")


def test_the_steps_of_knowledge_lead_from_report_to_report(client: TestClient) -> None:
    """Reports of 28 Jan 2026: 04:21 UTC, then others of which only the day is known; then claims of 30 Jan."""
    page = client.get("/board?at=2026-01-28&known=2026-01-28T12:00Z").text

    on = step(page, "learned", "next")
    assert on == "/board?at=2026-01-28&known=2026-01-28"
    assert step(client.get(on).text, "learned", "next") == "/board?at=2026-01-28&known=2026-01-30"
    assert step(client.get(on).text, "learned", "prev") == "/board?at=2026-01-28&known=2026-01-28T04%3A21Z"


def test_after_the_last_report_there_is_no_step_on(client: TestClient) -> None:
    page = client.get("/board?at=2026-01-28").text

    assert step(page, "learned", "next") is None
    assert step(page, "learned", "prev") == "/board?at=2026-01-28&known=2026-09-28"


def test_the_steps_of_the_world_lead_from_turn_to_turn_as_then_known(client: TestClient) -> None:
    page = client.get("/board?at=2026-01-28&known=2026-01-28T12:00Z&each=1").text

    back = step(page, "held", "prev")
    assert back is not None
    assert back.startswith("/board?at=2026-01-")
    assert back.endswith("each=1")
    assert client.get(back).status_code == 200


def test_before_all_that_is_known_there_is_no_step_back(client: TestClient) -> None:
    page = client.get("/board?at=1990-01-01&known=1990").text

    assert step(page, "held", "prev") is None
    assert step(page, "learned", "prev") is None
    assert "Nothing was published by then." in page


@pytest.mark.parametrize("text", ["2026-01-28T18:00Z", "2026-01", "2026"])
def test_what_was_asked_stands_in_the_fields(client: TestClient, text: str) -> None:
    page = client.get("/board", params={"at": "2026-01", "known": text}).text

    assert 'name="at" type="date" value="2026-01-31"' in page
    shown = {"2026-01": "2026-01-31", "2026": "2026-12-31"}.get(text, text)
    assert f'name="known" type="text" value="{shown}"' in page


def test_a_scale_keeps_days_in_order_and_within_the_drawing() -> None:
    scale = Scale(span("2022").first, span("2025").last)

    places = [scale.x(span(day).first) for day in ("2021-01-01", "2022", "2023", "2024-06-01", "2025-12-31", "2030")]
    assert places == sorted(places)
    assert (places[0], places[-1]) == (0, span("2025").last - span("2022").first)
    assert [year.text for year in scale.years()] == ["2023", "2024", "2025"]


def test_a_scale_of_any_length_has_few_years_and_few_marks() -> None:
    """The marks that are left are days that were given."""
    for last in ("2022-01-02", "2032", "2155", "9999-12-31"):
        scale = Scale(span("2022-01-01").first, span(last).last)
        days = range(scale.first, scale.last + 1, 3)
        years, marks = scale.years(), scale.marks(days)
        assert len(years) <= MOST_YEARS
        assert [year.x for year in years] == sorted({year.x for year in years})
        assert all(0 <= year.percent <= 100 for year in years)
        assert len(marks) == min(len(days), len(marks)) <= MOST_MARKS
        assert {scale.first + mark for mark in marks} <= set(days)
