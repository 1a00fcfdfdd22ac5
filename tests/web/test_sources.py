"""Sources: on whose word the ledger rests."""

from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from tests.web.ground import REPORT, SCOPE, hostile, registry, served
from tests.web.reading import Tables

EVENING = {"at": "2026-01-28", "known": "2026-01-28"}


def test_every_publisher_and_every_origin_has_a_row_that_leads_to_it(client: TestClient) -> None:
    (table,) = Tables(client.get("/sources", params=EVENING).text).tables
    answer = client.get("/sources.json", params=EVENING).json()

    shown = [
        (parse_qs(urlsplit(row[0].links[0].address).query)["publisher"][0], row[1].text, row[2].text)
        for row in table[1:]
    ]
    assert shown == [(row["publisher"], str(row["reports"] or "–"), str(row["cited"] or "–")) for row in answer]
    cited_only = {row["publisher"] for row in answer if not row["reports"]}
    assert "SemiAnalysis" in cited_only
    for name, _, _ in shown:
        assert client.get("/source", params={"publisher": name, **EVENING}).status_code == 200


def test_it_is_told_on_whose_word_and_a_grade_only_where_somebody_gave_one(client: TestClient) -> None:
    page = client.get("/sources", params=EVENING).text

    reuters, review = (
        page[page.index(f">{name}</a>") :].partition("</tr>")[0] for name in ("Reuters", "National Law Review")
    )
    assert "anonymous sources: 17" in reuters and "on the record: 3" in reuters
    assert ">graded" not in reuters
    assert ">graded C5<" in review


def test_one_source_lists_its_reports_newest_first_and_leads_to_their_events(client: TestClient) -> None:
    page = client.get("/source", params={"publisher": "reuters", **EVENING}).text
    answer = client.get("/source.json", params={"publisher": "reuters", **EVENING}).json()

    (table,) = Tables(page).tables
    assert [row[0].links[0].address.partition("?")[0] for row in table[1:]] == [
        f"/event/{event['id']}" for event in answer["events"]
    ]
    assert answer["events"][0]["report"]["published"] == "2026-01-28"
    assert "cn-2026-01-30-deepseek" not in page
    assert "?at=2026-01-28&amp;known=2026-01-28&amp;publisher=Business+Times" in page[page.index("Cited by") :]


def test_a_source_nobody_knows_is_refused_with_the_nearest_and_one_is_needed(client: TestClient) -> None:
    unknown, missing = client.get("/source?publisher=Reutrs"), client.get("/source")

    assert (unknown.status_code, missing.status_code) == (404, 400)
    assert "did you mean Reuters" in unknown.text
    assert "publisher: is missing; the page of sources lists them" in missing.text


def test_a_source_with_very_many_reports_shows_them_page_by_page() -> None:
    days = [f"2026-01-{day:02}T{hour:02}:00Z" for day in range(10, 20) for hour in range(12)]
    claims = [
        {"type": "cleared", "ref": f"no-{n}", "authority": "gacc", **SCOPE, "report": {**REPORT, "published": day}}
        for n, day in enumerate(days)
    ]
    with served([*registry(), *claims]) as made_up:
        pages = [made_up.client.get(f"/source?publisher=Reuters{page}").text for page in ("", "&page=2")]
        answers = [made_up.client.get(f"/source.json?publisher=Reuters&page={page}").json() for page in (1, 2)]
    tables = [Tables(page).tables[0] for page in pages]
    assert [len(table) for table in tables] == [101, 21]
    assert [len(answer["events"]) for answer in answers] == [100, 20]
    assert [table[1][0].links[0].text for table in tables] == ["no-119", "no-19"]
    assert 'href="/source?publisher=Reuters&amp;page=2" rel="next"' in pages[0]


@pytest.mark.parametrize("path", ["/sources", "/source"])
def test_hostile_texts_are_text(path: str) -> None:
    with hostile() as made_up:
        (name,) = [row["publisher"] for row in made_up.client.get("/sources.json").json()]
        query = {"publisher": name[:200]} if path == "/source" else {}
        found = made_up.client.get(path, params=query)
    assert "<script>alert" not in found.text
    assert 'href="javascript' not in found.text
    assert "\u202e" not in found.text


def test_a_saved_copy_is_never_linked_as_the_report_itself() -> None:
    """On a page, and in a feed, which leads to the copy by a line that says so; an address of its own goes first."""
    copied = REPORT | {"archived": "https://copies.example/1"}
    both = copied | {"publisher": "Xinhua", "url": "https://news.example/1", "title": "Cleared"}
    clear = {"type": "cleared", "ref": "clear", "authority": "gacc", **SCOPE, "report": copied}
    with served([*registry(), clear, {"type": "corroborated", "target": "clear", "report": both}]) as found:
        page = found.client.get("/cell/acme/h20").text
        feed = found.client.get("/changes.atom").text

    assert '(<a href="https://copies.example/1" rel="external noreferrer">a copy</a>); official' in page
    assert '<a href="https://news.example/1" rel="external noreferrer">“Cleared”</a>; official' in page
    assert page.count("https://copies.example/1") == 1 and "its report" not in page
    assert '<a href="https://copies.example/1">Reuters, 2026-01-10; official; copy</a>' in feed
