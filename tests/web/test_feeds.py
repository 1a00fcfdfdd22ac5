"""The feeds: status changes as Atom, scheduled ones as a calendar; each as the pages tell it."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from starlette.testclient import TestClient

from policytracker.ledger import clock
from policytracker.ledger.appending import append_lines
from policytracker.ledger.lines import Line
from policytracker.ledger.store import Store
from policytracker.ledger.where import Where
from policytracker.web.app import application
from tests.questions.recorded import CLOCK, recorded
from tests.web.ground import HOSTILE, REPORT, SCOPE, opened_of, registry, served

ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"
NOON = "at=2026-01-28&known=2026-01-28T12:00Z"
EVENING = "at=2026-01-28&known=2026-01-28"
ANNOUNCED = "at=2026-01-13&known=2026-01-13"


def feed(client: TestClient, query: str = "") -> Element:
    found = client.get(f"/changes.atom?{query}")
    assert found.status_code == 200
    assert found.headers["content-type"] == "application/atom+xml"
    return ElementTree.fromstring(found.content)


def texts(entry: Element, name: str) -> list[str]:
    return [found.text or "" for found in entry.iterfind(f"{ATOM}{name}")]


def entries(root: Element) -> list[Element]:
    return root.findall(f"{ATOM}entry")


def changes(root: Element) -> list[Element]:
    """The entries that tell of a change of status."""
    return [entry for entry in entries(root) if terms(entry) <= {"world", "knowledge"}]


def terms(entry: Element) -> set[str]:
    return {each.get("term") or "" for each in entry.iterfind(f"{ATOM}category")}


def link(entry: Element, rel: str) -> str:
    (found,) = [each.get("href") or "" for each in entry.iterfind(f"{ATOM}link") if each.get("rel") == rel]
    return found


def test_a_feed_has_all_that_rfc_4287_wants(client: TestClient) -> None:
    root = feed(client, EVENING)

    assert root.tag == f"{ATOM}feed"
    for each in (root, *entries(root)):
        (name,), (updated,), (title,) = texts(each, "id"), texts(each, "updated"), texts(each, "title")
        assert UUID(name.removeprefix("urn:uuid:")).version == 5
        assert datetime.fromisoformat(updated).tzinfo == UTC
        assert title
    assert [found.text for found in root.iterfind(f"{ATOM}author/{ATOM}name")] == ["policytracker"]
    assert link(root, "self") == "http://127.0.0.1/changes.atom?at=2026-01-28&known=2026-01-28"
    contents = [entry.find(f"{ATOM}content") for entry in entries(root)]
    assert all(each is not None and each.get("type") == "xhtml" and each[0].tag == f"{XHTML}div" for each in contents)


def test_the_newest_goes_first_and_the_feed_is_as_new(client: TestClient) -> None:
    root = feed(client, EVENING)

    dates = [(*texts(entry, "updated"), *texts(entry, "published")) for entry in entries(root)]
    assert [updated for updated, _ in dates] == sorted((updated for updated, _ in dates), reverse=True)
    assert texts(root, "updated") == [dates[0][0]]
    assert dates[0][1] == "2026-01-28T23:59:59Z"
    assert all(published <= updated <= clock.text(clock.now()) for updated, published in dates)


def test_an_entry_says_who_may_what_now_on_whose_word(client: TestClient) -> None:
    """28 Jan 2026, later than 04:21 UTC: the three firms of the batch are named."""
    root = feed(client, EVENING)

    found = {title: entry for entry in entries(root) for title in texts(entry, "title")}
    named = found["ByteDance, H200: in principle … licensable → licensable"]
    said = " ".join("".join(named.itertext()).split())
    assert "cn-2026-01-28-batch-named recipients-identified: bytedance, alibaba, tencent" in said
    assert "Business Times citing Reuters, 2026-01-28" in said
    addresses = [each.get("href") or "" for each in named.iter(f"{XHTML}a")]
    assert any(address.startswith("http://127.0.0.1/event/") for address in addresses)
    assert any(address.startswith("https://") for address in addresses)


def test_a_day_that_passes_is_an_entry_of_its_own(client: TestClient) -> None:
    """The rule of 13 January begins to hold on the 15th."""
    begun = [entry for entry in entries(feed(client, EVENING)) if texts(entry, "published") == ["2026-01-15T00:00:00Z"]]

    assert begun
    assert all("us-2026-01-13-rule" in "".join(entry.itertext()) for entry in begun)
    assert {term for entry in begun for term in terms(entry)} == {"world"}


def test_each_entry_leads_to_the_same_change_on_a_page(client: TestClient) -> None:
    """All cells of the page's answer are in the entries that lead there, and no other."""
    by_page: dict[str, list[str]] = {}
    for entry in changes(feed(client, EVENING)):
        address, _, place = link(entry, "alternate").partition("#")
        by_page.setdefault(address, []).append(place)
    assert len(by_page) == 30
    for address, places in list(by_page.items())[:8]:
        page = client.get(address).text
        assert all(page.count(f'id="{place}"') == 1 for place in places)
        query = urlsplit(address).query
        told = client.get(f"/changes.json?{query}").json()
        groups = {
            (json.dumps(row["from_possible"]), json.dumps(row["to_possible"]), json.dumps(row["events"]))
            for row in told
        }
        assert len(groups) == len(set(places)) == len(places)
        assert len({row["changed"] for row in told}) == 1


def test_no_entry_is_told_twice_and_it_keeps_its_id_as_the_reports_come_in(client: TestClient) -> None:
    """Three changes and a condition that is talked about, of the rest of 28 January, are new in the evening."""
    noon, evening = (
        [name for entry in entries(feed(client, query)) for name in texts(entry, "id")] for query in (NOON, EVENING)
    )

    assert len(set(noon)) == len(noon)
    assert len(set(evening)) == len(evening)
    shared = set(noon) & set(evening)
    assert shared == set(evening[4:])
    assert len(shared) > 50


def test_what_is_talked_about_and_what_else_is_reported_has_entries(client: TestClient) -> None:
    """They change no status; each leads to its event, and only those are told that name the company."""
    whole, one = (
        [entry for entry in entries(feed(client, query)) if not terms(entry) <= {"world", "knowledge"}]
        for query in (EVENING, f"{EVENING}&company=bytedance-sg")
    )
    told = {texts(entry, "title")[0]: entry for entry in whole}

    (quota,) = (entry for title, entry in told.items() if title.endswith("h200 for in:CN: conditions domestic-quota"))
    assert texts(quota, "published") == ["2026-01-28T23:59:59Z"] and terms(quota) == {"condition-signalled"}
    assert client.get(link(quota, "alternate")).status_code == 200
    assert one and link(quota, "alternate") not in [link(entry, "alternate") for entry in one]
    assert "Reuters, 2026-01-28" in "".join(quota.itertext())


def browsing(ledger: Where) -> TestClient:
    return TestClient(application(opened_of(ledger)), base_url="http://127.0.0.1")


def test_an_entry_keeps_its_id_when_the_ledger_grows() -> None:
    """A second company and a later report come in; what was told of the first stays the same entry."""
    clear = {"type": "cleared", "authority": "gacc", "companies": ["all"], "chips": ["all"], "report": REPORT}
    later: list[dict[str, Any]] = [
        {"type": "company-registered", "company": "bolt", "name": "Bolt", "jurisdiction": "CN"},
        {**clear, "type": "blocked", "report": {**REPORT, "published": "2026-01-12"}},
    ]
    lines = [Line("later", number, json.dumps(event).encode()) for number, event in enumerate(later, start=1)]
    with recorded([*registry(), clear]) as reader, browsing(reader.ledger) as client:
        before = feed(client)
        with Store(reader.ledger) as store:
            append_lines(store, lines, clock=lambda: CLOCK + 10, recorder="tester")
        after = feed(client)
    assert [name for entry in entries(before) for name in texts(entry, "id")] == [
        name for entry in entries(after) for name in texts(entry, "id")
    ][1:]
    assert texts(before, "id") == texts(after, "id")
    assert texts(entries(after)[0], "title") == ["Acme, Bolt, Acme: cleared → blocked"]


def test_every_entry_of_the_feed_has_one_of_the_documented_categories(client: TestClient) -> None:
    """A change of status is one of the world or of our knowledge; what changes none has the type of its event."""
    found = [terms(entry) for query in (NOON, EVENING, "") for entry in entries(feed(client, query))]
    assert all(len(each) == 1 for each in found)
    assert {"world", "knowledge", "condition-signalled", "development-reported"} >= set().union(*found) >= {"knowledge"}


def test_a_feed_of_one_company_and_chip_tells_of_nothing_else(client: TestClient) -> None:
    root = feed(client, f"{EVENING}&company=腾讯&chip=h200")

    assert texts(root, "title") == ["Status changes: Tencent Holdings, H200"]
    titles = [title for entry in changes(root) for title in texts(entry, "title")]
    assert titles[:2] == [
        "Tencent Holdings, H200: in principle … licensable → licensable",
        "Tencent Holdings, H200: in principle → in principle … licensable",
    ]
    assert all(title.startswith("Tencent Holdings, H200: ") for title in titles)
    assert texts(root, "id") != texts(feed(client, EVENING), "id")
    assert client.get("/changes.atom?company=tencnt").status_code == 404


def test_a_feed_without_a_change_is_still_a_feed() -> None:
    with served(registry()) as made_up:
        root = feed(made_up.client)

    assert entries(root) == []
    assert texts(root, "updated") == ["2027-01-15T08:00:00Z"]


def test_hostile_texts_are_text_in_a_feed_and_a_calendar() -> None:
    """Markup, a newline that would begin another property, what XML cannot hold, an address that is none."""
    nasty = f"{HOSTILE}\ufffe\\New]]>&amp;;,\\"
    clear = {
        **SCOPE,
        "type": "cleared",
        "authority": "gacc",
        "effective": "2027-03-01",
        "report": {**REPORT, "title": nasty, "publisher": nasty, "url": "javascript:alert(1)"},
    }
    block = {**clear, "type": "blocked", "effective": "2026-02-01"}
    with served([*registry(nasty), clear, block]) as made_up:
        root = feed(made_up.client)
        found = list(events(made_up.client, ""))
    (entry,) = entries(root)
    title = texts(entry, "title")[0]
    assert '<script>alert("x")</script>' in title
    assert "\u202e" not in title
    assert "\\u202e" in title
    assert list(entry.iter(f"{XHTML}script")) == []
    assert not any((each.get("href") or "").startswith("javascript") for each in entry.iter())
    (event,) = found
    assert '<script>alert("x")</script>' in event["SUMMARY"]
    assert event["SUMMARY"].count("\\New]]>&amp;;,\\") == 2
    assert "javascript" not in event["DESCRIPTION"]


def lines(client: TestClient, query: str) -> list[str]:
    """The lines of a calendar, unfolded (RFC 5545, 3.1)."""
    found = client.get(f"/scheduled.ics?{query}")
    assert found.status_code == 200
    assert found.headers["content-type"] == "text/calendar; charset=utf-8"
    text = found.content
    assert text.endswith(b"\r\n")
    assert text.count(b"\n") == text.count(b"\r\n") == text.count(b"\r")
    assert max(len(line) for line in text.split(b"\r\n")) <= 75
    for line in text.split(b"\r\n"):
        line.decode()
    return text.decode().replace("\r\n ", "").split("\r\n")[:-1]


def events(client: TestClient, query: str) -> Iterator[dict[str, str]]:
    """Its events, each by the names of the properties with their parameters; texts as they were before escaping."""
    found: dict[str, str] | None = None
    for line in lines(client, query):
        if line == "BEGIN:VEVENT":
            found = {}
        elif line == "END:VEVENT" and found is not None:
            yield found
            found = None
        elif found is not None:
            name, _, value = line.partition(":")
            assert name not in found
            found[name] = unescaped(value)


def unescaped(text: str) -> str:
    parts = iter(text)
    return "".join({"n": "\n"}.get(after := next(parts), after) if part == "\\" else part for part in parts)


def test_a_calendar_is_whole(client: TestClient) -> None:
    found = lines(client, ANNOUNCED)

    assert found[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert found[-1] == "END:VCALENDAR"
    assert client.get(f"/scheduled.ics?{ANNOUNCED}").content == client.get(f"/scheduled.ics?{ANNOUNCED}").content
    assert len([line for line in found if line.startswith("PRODID:")]) == 1
    for event in events(client, ANNOUNCED):
        assert event.keys() == {"UID", "DTSTAMP", "DTSTART;VALUE=DATE", "SUMMARY", "DESCRIPTION", "TRANSP"}


def test_what_is_announced_stands_on_the_day_on_which_it_begins(client: TestClient) -> None:
    """On 13 January the rule of the 15th is known; on the 15th it is no longer ahead."""
    found = list(events(client, ANNOUNCED))

    assert {event["DTSTART;VALUE=DATE"] for event in found} == {"20260115"}
    first = found[0]
    assert first["SUMMARY"] == "23 companies, 14 chips (154 cells): prohibited → licensable"
    assert "us-2026-01-13-rule: in force from 2026-01-15. US Bureau of Industry and Security" in first["DESCRIPTION"]
    assert list(events(client, "at=2026-01-15&known=2026-01-15")) == []
    assert list(events(client, "at=2026-01-13&known=2026-01-12")) == []


def test_the_calendar_of_one_company_names_it(client: TestClient) -> None:
    found = list(events(client, f"{ANNOUNCED}&company=tencent&chip=a100"))

    assert [event["SUMMARY"] for event in found] == ["Tencent Holdings, A100: prohibited → blocked … licensable"]
    assert "X-WR-CALNAME:Scheduled status changes: Tencent Holdings\\, A100" in lines(
        client, f"{ANNOUNCED}&company=tencent&chip=a100"
    )


def test_events_keep_their_id_from_day_to_day_and_are_stamped_by_the_ledger(client: TestClient) -> None:
    before, after = (list(events(client, f"at=2026-01-{day}&known=2026-01-13")) for day in (13, 14))

    assert [event["UID"] for event in before] == [event["UID"] for event in after]
    assert len({event["UID"] for event in before}) == len(before) > 1
    recorded_last = client.get("/log.json").json()[-1]["recorded"]
    assert {event["DTSTAMP"] for event in before} == {datetime.fromisoformat(recorded_last).strftime("%Y%m%dT%H%M%SZ")}


def test_the_stamp_does_not_follow_the_wall_clock() -> None:
    """Recorded in January 2027 by a clock of its own."""
    clear = {"type": "cleared", "authority": "gacc", **SCOPE, "effective": "2027-03-01", "report": REPORT}
    with served([*registry(), clear]) as made_up:
        (event,) = events(made_up.client, "")
    stamp = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=CLOCK)
    assert event["DTSTAMP"] == stamp.strftime("%Y%m%dT%H%M%SZ") == "20270115T080000Z"


def test_a_calendar_with_nothing_ahead_holds_a_component_all_the_same(client: TestClient) -> None:
    found = lines(client, "at=2026-01-15&known=2026-01-15")

    assert "BEGIN:VEVENT" not in found
    assert "BEGIN:VTIMEZONE" in found


@pytest.mark.parametrize("path", ["/changes.atom", "/scheduled.ics"])
def test_an_unchanged_feed_costs_nothing(client: TestClient, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"if-none-match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_the_page_of_an_entry_is_asked_with_dates_that_it_understands(client: TestClient) -> None:
    for entry in changes(feed(client, f"{EVENING}&company=tencent")):
        address = link(entry, "alternate")
        assert {"at", "known", "to_at", "to_known", "company"} == parse_qs(urlsplit(address).query).keys()
        assert client.get(address).status_code == 200
