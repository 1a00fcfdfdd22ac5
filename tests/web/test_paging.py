"""Long answers are cut into pages, and all pages together are the whole answer."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.demo import rows
from tests.questions.recorded import recorded
from tests.web.ground import REPORT, served
from tests.web.reading import board

COMPANIES, CHIPS = 120, 60
DAY = "2026-02-01"


def events() -> Iterator[dict[str, Any]]:
    """A gate, many companies and chips, and claims on some of them."""
    yield {
        "type": "authority-registered",
        "authority": "gacc",
        "name": "G",
        "jurisdiction": "CN",
        "direction": "import",
    }
    for n in range(COMPANIES):
        yield {"type": "company-registered", "company": f"firm-{n}", "name": f"Firm {n}", "jurisdiction": "CN"}
    for n in range(CHIPS):
        yield {"type": "chip-registered", "chip": f"chip-{n}", "name": f"Chip {n}", "vendor": "V", "controlled_by": []}
    for n in range(0, COMPANIES, 7):
        scope = {"companies": [f"firm-{n}"], "chips": [f"chip-{n % CHIPS}"]}
        yield {"type": "blocked", "ref": f"claim-{n}", "authority": "gacc", **scope, "report": REPORT}


@pytest.fixture(scope="module")
def large() -> Iterator[TestClient]:
    with served(list(events())) as found:
        yield found.client


def following(client: TestClient, address: str) -> Iterator[Any]:
    """The pages of an answer, by the header that leads from each to the next."""
    while address:
        found = client.get(address)
        assert found.status_code == 200, found.text
        yield found
        link = re.search(r'<([^>]*)>; rel="next"', found.headers.get("link", ""))
        address = link[1] if link else ""


def test_all_pages_of_the_board_are_the_matrix(large: TestClient) -> None:
    with recorded(list(events())) as reader:
        told = rows(reader.ledger, "matrix", "--at", DAY)
    found: dict[str, dict[str, str]] = {}
    for columns in (1, 2):
        for page in following(large, f"/board.json?at={DAY}&columns={columns}"):
            for row in page.json():
                assert len(row["cells"]) <= 50
                found.setdefault(row["company"], {}).update(row["cells"])

    assert found == {row["company"]: row["cells"] for row in told}


@pytest.mark.parametrize("more", ["", "&each=1"])
def test_a_page_of_the_board_shows_what_its_json_says(large: TestClient, more: str) -> None:
    for page in following(large, f"/board.json?at={DAY}{more}"):
        address = str(page.url.copy_with(path="/board"))
        text = large.get(address).text
        shown = board(text[text.index('<table class="board') :])
        assert shown == {(row["company"], chip): word for row in page.json() for chip, word in row["cells"].items()}


def test_a_cut_board_begins_with_counts_and_a_search(large: TestClient) -> None:
    page = large.get(f"/board?at={DAY}").text

    assert "120 companies × 60 chips" in page
    assert "Companies: page 1 of 3" in " ".join(re.sub(r"<[^>]+>", " ", page).split())
    # All 7,200 cells may be anything but the 18 that are blocked.
    row = re.search(r">blocked</a></th><td class=\"number\">([^<]+)</td><td class=\"number\">([^<]+)<", page)
    assert row is not None and row.groups() == ("18", "7,182")
    assert '<input name="companies" type="search"' in page and '<select name="chips">' in page


def test_links_to_other_pages_keep_everything_else(large: TestClient) -> None:
    page = large.get(f"/board?at={DAY}&page=2&columns=2&each=1").text

    links = [link.replace("&amp;", "&") for link in re.findall(r'<a href="([^"]*)" rel="(?:next|prev)">', page)]
    assert f"/board?at={DAY}&columns=2&each=1&page=3" in [by_name(link) for link in links]
    assert f"/board?at={DAY}&columns=2&each=1" in [by_name(link) for link in links]
    assert all("each=1" in link and f"at={DAY}" in link for link in links)


def by_name(address: str) -> str:
    path, _, query = address.partition("?")
    return f"{path}?{'&'.join(sorted(query.split('&')))}"


def test_a_status_narrows_the_board_before_it_is_cut(large: TestClient) -> None:
    narrowed = large.get(f"/board.json?at={DAY}&status=blocked").json()

    assert len(narrowed) == 50  # all are possibly blocked, for of most nothing is known
    assert large.get(f"/board.json?at={DAY}&companies=firm-7&chips=chip-7&status=cleared").json() == []


@pytest.mark.parametrize(
    ("address", "part", "name", "count"),
    [
        ("/company/firm-7.json", "cells", "chip", CHIPS),
        ("/chip/chip-7.json", "cells", "company", COMPANIES),
    ],
)
def test_the_lists_of_a_company_and_a_chip_are_cut(
    large: TestClient, address: str, part: str, name: str, count: int
) -> None:
    pages = [page.json()[part] for page in following(large, f"{address}?at={DAY}")]

    assert max(map(len, pages)) == 50
    assert len({row[name] for page in pages for row in page}) == count


def test_changes_are_cut_by_cells(large: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policytracker.web.paging.CHANGED", 5)
    monkeypatch.setattr("policytracker.web.paging.OF_MANY_CHANGED", 5)
    between = f"/changes.json?at={DAY}&known=2026-01-01&to_known=2026-02-01"
    pages = [page.json() for page in following(large, between)]

    assert [len(page) for page in pages] == [5, 5, 5, 3]
    assert len({(row["company"], row["chip"]) for page in pages for row in page}) == 18
    text = large.get(between.replace(".json", "")).text
    assert "Our knowledge changed: 5 cells on this page" in text and 'rel="next">Next changes' in text


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/board?page=0", "page: there is no page &#39;0&#39;; the pages go from 1 to 3"),
        ("/board?page=4", "the pages go from 1 to 3"),
        ("/board?columns=x", "columns: there is no page &#39;x&#39;; the pages go from 1 to 2"),
        ("/board?page=٢", "there is no page"),
        ("/company/firm-7?older=x", "older: &#39;x&#39; names no claim; follow the link of the page"),
        ("/log?page=1", "this page takes"),
    ],
)
def test_a_page_that_is_not_there_is_refused(large: TestClient, address: str, says: str) -> None:
    found = large.get(address)

    assert found.status_code == 400
    assert says in found.text


def test_a_claim_about_which_much_is_said_is_told_page_by_page() -> None:
    scope = {"companies": ["firm-0"], "chips": ["chip-0"]}
    claim = {"type": "blocked", "ref": "claim", "authority": "gacc", **scope, "report": REPORT}
    said = [
        {"type": "corroborated", "ref": f"no-{n}", "target": "claim", "report": {**REPORT, "publisher": f"P{n}"}}
        for n in range(150)
    ]
    answers = [{"type": "disputed", "ref": f"on-{n}", "target": f"no-{n}", "report": REPORT} for n in range(150)]
    first = [event for event in events() if event["type"] != "blocked"]
    with served([*first, claim, *said, *answers]) as made_up:
        pages = list(following(made_up.client, "/event/claim.json"))
        page = made_up.client.get("/event/claim?page=2").text
    assert [len(page.json()) for page in pages] == [101, 101, 101]
    assert {row.get("ref") for page in pages for row in page.json()} == {
        "claim",
        *(f"{name}-{n}" for name in ("no", "on") for n in range(150)),
    }
    assert page.count("<ul") == page.count("</ul>") and len(re.findall(r"<li[ >]", page)) == page.count("</li>")
