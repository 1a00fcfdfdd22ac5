"""Search and the ledger itself: bounded lists of events, in the shapes of the command line."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.demo import rows
from tests.web.ground import REPORT, SCOPE, hostile, registry, served
from tests.web.reading import Tables


def shown(page: str) -> list[int]:
    """The positions of the events in a table of a page."""
    return [int(row[0].text.replace(",", "")) for row in Tables(page).tables[0] if len(row) == 4 and row[1].links]


@pytest.mark.parametrize("text", ["腾讯", "91 FR 1684", "CUSTOMS", "%", '"'])
def test_the_events_found_are_those_of_the_command_line(client: TestClient, demo: Path, text: str) -> None:
    found = client.get("/search.json", params={"q": text}).json()
    told = rows(demo, "search", text)

    assert found["events"] == told[-100:]
    assert found["more"] == max(0, len(told) - 100)


def test_whoever_is_called_so_is_linked_before_the_events(client: TestClient) -> None:
    page = client.get("/search", params={"q": "腾讯", "all": "1"}).text

    assert page.index('<a href="/company/tencent">Tencent Holdings 腾讯</a>') < page.index(">Events</h2>")
    assert shown(page)[0] > shown(page)[-1]


@pytest.mark.parametrize(
    ("text", "kind", "address"),
    [
        ("h200", "chip", "/chip/h200"),
        ("海关", "authority", "/authority/gacc"),
        ("reuters", "source", "/source?publisher=Reuters"),
        ("hyperscalers", "company-group", "/board?companies=hyperscalers"),
        ("blackwell", "chip-group", "/board?chips=blackwell"),
    ],
)
def test_everything_that_has_a_name_is_found_by_it(client: TestClient, text: str, kind: str, address: str) -> None:
    page, answer = (client.get(f"/search{ending}", params={"q": text, "all": "1"}) for ending in ("", ".json"))

    assert kind in {each["kind"] for each in answer.json()["names"]}
    assert f'href="{address}"' in page.text


def test_who_is_called_exactly_so_goes_first(client: TestClient) -> None:
    names = client.get("/search.json?q=h100").json()["names"]

    assert [each["id"] for each in names if each["kind"] == "chip"] == ["h100", "h100-pcie", "gh100"][: len(names)]


def test_an_empty_search_is_a_form(client: TestClient) -> None:
    page = client.get("/search?q=").text

    assert '<form class="choices" method="get" action="/search" role="search"' in page
    assert "<table" not in page
    assert client.get("/search.json").json() == {"names": [], "near": [], "events": [], "more": 0}


def test_nothing_found_is_said(client: TestClient) -> None:
    assert "No event contains “zzzz”" in client.get("/search?q=zzzz").text


def test_the_search_of_every_page_keeps_its_dates(client: TestClient) -> None:
    page = client.get("/log?at=2026-01-28&known=2026-01-28T12:00Z").text

    form = page[page.index('role="search"') :].partition("</form>")[0]
    assert '<input type="hidden" name="at" value="2026-01-28">' in form
    assert '<input type="hidden" name="known" value="2026-01-28T12:00Z">' in form


def test_more_than_a_hundred_found_are_counted(client: TestClient) -> None:
    page, answer = client.get("/search?q=2026").text, client.get("/search.json?q=r").json()

    assert len(answer["events"]) == 100
    assert answer["more"] > 0
    assert len(shown(client.get("/search?q=r").text)) == 100
    assert "older ones are left out: add a word" in client.get("/search?q=r").text
    assert shown(page)


def test_the_ledger_is_shown_newest_first_fifty_a_page_and_wholly(client: TestClient, demo: Path) -> None:
    newest = client.get("/log.json").json()[-1]["position"]
    seen: list[int] = []
    address: str | None = "/log"
    while address:
        page = client.get(address).text
        assert len(shown(page)) <= 50
        seen += shown(page)
        address = following(page, "next")
    assert newest > 300 and seen == list(range(newest, 0, -1))
    assert client.get("/log.json").json() == rows(demo, "log", "--limit", "50")


def following(page: str, rel: str) -> str | None:
    """Where the next page is."""
    before, found, _ = page.partition(f'" rel="{rel}"')
    return before.rpartition('href="')[2].replace("&amp;", "&") if found and "pager" in before else None


def test_paging_back_leads_to_the_newest_of_a_type_again(client: TestClient) -> None:
    first = client.get("/log?type=licence-required").text
    address = following(client.get("/log?type=company-registered&before=40").text, "prev")

    assert shown(first) == sorted(shown(first), reverse=True)
    assert address is not None
    assert {row["type"] for row in client.get(address.replace("/log", "/log.json")).json()} == {"company-registered"}


@pytest.mark.parametrize(
    ("query", "options"),
    [
        ("type=blocked", ("--type", "blocked")),
        ("since=320", ("--since", "320")),
        ("recorded=2020-01-01", ("--recorded", "2020-01-01")),
    ],
)
def test_the_json_of_the_ledger_is_that_of_log(
    client: TestClient, demo: Path, query: str, options: tuple[str, ...]
) -> None:
    assert client.get(f"/log.json?{query}").json() == rows(demo, "log", *options)


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("since=x", "since: &#39;x&#39; is no position in the ledger; give a number"),
        ("before=-1", "before: &#39;-1&#39; is no position"),
        ("before=1234567890", "is no position in the ledger"),
        ("since=१२", "is no position in the ledger"),
        ("type=rumour", "type: there is none called &#39;rumour&#39;; the types are authority-registered"),
    ],
)
def test_what_cannot_be_asked_of_the_ledger_is_refused(client: TestClient, query: str, says: str) -> None:
    found = client.get(f"/log?{query}")

    assert found.status_code == 400
    assert says in found.text


def test_long_ledgers_stay_short_pages() -> None:
    claims = [
        {"type": "cleared", "ref": f"no-{n}", "authority": "gacc", **SCOPE, "report": REPORT, "note": "a note"}
        for n in range(300)
    ]
    with served([*registry(), *claims]) as made_up:
        log, found = (made_up.client.get(path).text for path in ("/log", "/search?q=note"))
        company, authority = (claims_of(made_up.client, path) for path in ("/company/acme", "/authority/gacc"))
    assert len(shown(log)) == 50
    assert len(shown(found)) == 100
    assert "200 older ones are left out" in found
    # Five pages of sixty: all of them, the newest first.
    assert company == authority == [f"no-{n}" for n in reversed(range(300))]


def claims_of(client: TestClient, path: str) -> list[str]:
    """The claims that the pages tell, one page after another."""
    found: list[str] = []
    while True:
        page = client.get(path).text
        some = re.findall(r'(?s)<li class="claim">.*?<p class="precise"><a [^>]*>([^<]+)<', page)
        assert len(some) == 60
        found += some
        older = re.search(r'<a href="([^"]*)#claims" rel="next">', page)
        if older is None:
            return found
        path = older[1].replace("&amp;", "&")


@pytest.mark.parametrize("path", ["/log", "/search?q=script", "/search?q=%3Cscript%3E"])
def test_hostile_texts_are_text(path: str) -> None:
    with hostile() as made_up:
        page = made_up.client.get(path).text
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert 'href="javascript' not in page


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("字节跳动", "/company/bytedance"),
        ("字節跳動", "/company/bytedance"),
        ("TCEHY", "/company/tencent"),
        ("0700.hk", "/company/tencent"),
        ("H200", "/chip/h200"),
    ],
)
def test_one_who_is_called_just_so_is_led_to(client: TestClient, text: str, address: str) -> None:
    found = client.get("/search", params={"q": text, "at": "2026-01-28"}, follow_redirects=False)

    assert (found.status_code, found.headers["location"]) == (303, f"{address}?at=2026-01-28")
    assert client.get("/search", params={"q": text, "all": "1"}, follow_redirects=False).status_code == 200


def test_a_former_name_and_an_lei_are_found_whatever_it_is_called_now() -> None:
    lei = "5493001KJTIIGC8Y1R12"
    firm = {"type": "company-registered", "company": "acme", "jurisdiction": "CN"}
    old = {**firm, "name": "Acme Holdings", "identifiers": {"lei": lei}}
    new = {**firm, "identifiers": None, "name": "Zenith", "names": {"zh-Hant": "頂峰"}, "effective": "2026-01-05"}

    with served([old, new]) as (client, _):
        for text in ("acme holdings", "Zenith", "顶峰"):
            found = client.get("/search.json", params={"q": text, "at": "2026-02-01"}).json()["names"]
            assert [(each["id"], each["exactly"]) for each in found] == [("acme", True)], text
        assert [each["id"] for each in client.get(f"/search.json?q={lei}&at=2025-12-01").json()["names"]] == ["acme"]


def test_who_may_be_meant_is_proposed_where_nobody_is_called_so(client: TestClient) -> None:
    page = client.get("/search", params={"q": "tensent"}).text

    assert ">Did you mean</h2>" in page
    assert '<a href="/company/tencent">Tencent Holdings 腾讯</a>' in page
