"""A feed while reports come in late: whoever reads it again finds what is new, and nothing that is still to come."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from policytracker.events.dates import span
from policytracker.ledger import clock
from policytracker.ledger.appending import append_lines
from policytracker.ledger.lines import Line
from policytracker.ledger.store import Store
from policytracker.ledger.where import Where
from policytracker.web.app import application
from policytracker.web.options import DEFAULT, Options
from tests.demo import ask, run
from tests.questions.recorded import CLOCK, recorded
from tests.web.ground import opened_of, registry
from tests.web.test_feeds import entries, feed, link, texts

TODAY = span("2027-01-15").last
"""The day on which these ledgers record."""
NEWER = {"type": "blocked", "authority": "gacc", "companies": ["bolt"], "chips": ["h20"]}
OLDER = {**NEWER, "ref": "older", "companies": ["acme"]}
BOLT = {"type": "company-registered", "company": "bolt", "name": "Bolt", "jurisdiction": "CN"}


def report(published: str) -> dict[str, Any]:
    return {"report": {"publisher": "Example Daily", "published": published, "attribution": "on-record"}}


FIRST = [*registry(), BOLT, {**NEWER, "ref": "newer", **report("2027-01-10")}]


def add(ledger: Where, events: Sequence[dict[str, Any]], when: int) -> None:
    lines = [Line("later", number, json.dumps(event).encode()) for number, event in enumerate(events, start=1)]
    with Store(ledger) as store:
        append_lines(store, lines, clock=lambda: when, recorder="tester")


@contextmanager
def browsing(ledger: Where, now: int = CLOCK + 60_000_000, options: Options = DEFAULT) -> Iterator[TestClient]:
    app = application(opened_of(ledger, TODAY, now), options=options)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        yield client


def second(instant: int) -> str:
    return f"{clock.text(instant)[:19]}Z"


def stamps(root: ElementTree.Element) -> dict[str, tuple[str, str]]:
    """When each entry was updated and published, by its id."""
    return {
        name: (*texts(entry, "updated"), *texts(entry, "published"))  # type: ignore[misc]
        for entry in entries(root)
        for name in texts(entry, "id")
    }


def test_a_late_report_goes_first_and_the_rest_stays_as_it_was() -> None:
    """A block of 10 January is in the feed; a day later somebody finds another one of 1 January."""
    with recorded(FIRST) as reader, browsing(reader.ledger) as client:
        before = feed(client)
        add(reader.ledger, [{**OLDER, **report("2027-01-01")}], CLOCK + 30_000_000)
        after = feed(client)

    was, now = stamps(before), stamps(after)
    (new,) = now.keys() - was.keys()
    assert now[new] == (second(CLOCK + 30_000_000), "2027-01-01T23:59:59Z")
    assert next(iter(now)) == new and texts(after, "updated") == [now[new][0]] > texts(before, "updated")
    assert {name: now[name] for name in was} == was
    assert texts(before, "id") == texts(after, "id")


def test_what_a_late_report_changes_about_later_days_is_new_too() -> None:
    """A clearance of 10 January seemed the first word; a late report tells of a block on 1 January."""
    clear = {**OLDER, "type": "cleared", "ref": "clear", **report("2027-01-10")}
    with recorded([*registry(), clear]) as reader, browsing(reader.ledger) as client:
        before = feed(client)
        add(reader.ledger, [{**OLDER, **report("2027-01-01")}], CLOCK + 30_000_000)
        after = feed(client)

    was, now = stamps(before), stamps(after)
    assert len(now.keys() - was.keys()) == 2
    assert {updated for name, (updated, _) in now.items() if name not in was} == {second(CLOCK + 30_000_000)}


def test_a_correction_that_arrives_later_renews_the_entry_of_a_development() -> None:
    told = {
        "type": "development-reported",
        "ref": "talks",
        "kind": "statement",
        "text": "Talks",
        "companies": ["acme"],
        **report("2027-01-10"),
    }
    with recorded([*registry(), told]) as reader, browsing(reader.ledger) as client:
        (before,) = stamps(feed(client)).items()
        changed = {
            "type": "corrected",
            "target": "talks",
            "changes": {"text": "Talks ended"},
            **report("2027-01-11"),
        }
        add(reader.ledger, [changed], CLOCK + 30_000_000)
        (after,) = stamps(feed(client)).items()

    assert after == (before[0], (second(CLOCK + 30_000_000), before[1][1]))


def test_a_report_of_today_is_not_dated_tonight() -> None:
    today = {**NEWER, "companies": ["acme"], "ref": "today", **report("2027-01-15")}
    with recorded([*FIRST, today]) as reader, browsing(reader.ledger) as client:
        (first, *_) = stamps(feed(client)).values()

    assert first == (second(CLOCK), second(CLOCK))


@pytest.mark.parametrize("query", ["at=2027-06-01", ""])
def test_nothing_is_dated_after_now(query: str) -> None:
    """What is scheduled is asked for; and the clock of the machine was once an hour ahead."""
    now = CLOCK - 3_600_000_000
    ahead = {**OLDER, "effective": "2027-03-01", "ref": "ahead", **report("2027-01-11")}
    with recorded([*FIRST, ahead]) as reader, browsing(reader.ledger, now) as client:
        root = feed(client, query)

    dates = [*texts(root, "updated"), *(date for pair in stamps(root).values() for date in pair)]
    assert len(dates) == (5 if query else 3) and max(dates) <= second(now)


def test_links_are_absolute_and_each_entry_has_its_own() -> None:
    """Two companies change in two ways by one report."""
    both = {**NEWER, "type": "cleared", "companies": ["acme", "bolt"], "ref": "both", **report("2027-01-12")}
    with recorded([*FIRST, both]) as reader, browsing(reader.ledger) as client:
        found = feed(client)
        secure = client.get("/changes.atom", headers={"x-forwarded-proto": "https", "host": "localhost:8642"}).text
        addresses = [link(entry, "alternate") for entry in entries(found)]
        answers = [client.get(address).status_code for address in addresses]

    assert len(set(addresses)) == len(addresses) == 3 and set(answers) == {200}
    assert set(hosts(ElementTree.tostring(found, "unicode"))) == {"http://127.0.0.1"}
    assert set(hosts(secure)) == {"https://localhost:8642"}


def hosts(text: str) -> Iterator[str]:
    """Where the links of a feed lead, the sites of sources aside."""
    for address in re.findall(r'href="([^"]*)"', text):
        yield "{0.scheme}://{0.netloc}".format(urlsplit(address))


def test_a_base_address_is_that_of_all_links() -> None:
    with (
        recorded(FIRST) as reader,
        browsing(reader.ledger, options=Options(base="https://tracker.example.org")) as client,
        browsing(reader.ledger) as other,
    ):
        reply = client.get("/changes.atom")
        assert set(hosts(reply.text)) == {"https://tracker.example.org"}
        assert other.get("/changes.atom", headers={"if-none-match": reply.headers["etag"]}).status_code == 200


def test_a_site_has_links_of_its_base_address_each_entry_its_own(tmp_path: Path) -> None:
    both = {**NEWER, "type": "cleared", "companies": ["acme", "bolt"], "ref": "both", **report("2026-01-12")}
    ledger, lines, folder = tmp_path / "a.ledger", tmp_path / "a.jsonl", tmp_path / "site"
    first = [{**event, **report("2026-01-10")} if "report" in event else event for event in FIRST]
    lines.write_text("".join(json.dumps(event) + "\n" for event in [*first, both]))
    run(ledger, "init").check_returncode()
    run(ledger, "import", str(lines)).check_returncode()
    done = ask(ledger, "export", "site", str(folder), "--base-url", "https://example.org/chips/")
    assert done.exit_code == 0, done.output
    root = ElementTree.fromstring((folder / "changes.atom").read_bytes())

    addresses = [link(entry, "alternate") for entry in entries(root)]
    assert len(set(addresses)) == len(addresses) == 3
    found = [*addresses, link(root, "self"), link(root, "alternate")]
    assert all(address.startswith("https://example.org/chips/") for address in found)
    assert all((folder / urlsplit(address).path.removeprefix("/chips/")).is_file() for address in found)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("tracker.example.org", "is no address of a website; give one such as https://tracker.example.org"),
        ("https://", "is no address of a website"),
        ("https://a:99999", "is no address of a website"),
        ("ftp://example.org", "is no address of a website"),
        ("https://me@example.org", "is no address of a website"),
        ("https://example.org/?a", "is no address of a website"),
        ("https://example.org/chips", "has a path, but the pages of a server begin at its root"),
    ],
)
def test_a_base_address_that_is_none_is_refused(demo: Path, text: str, says: str) -> None:
    found = ask(demo, "serve", "--base-url", text)

    assert found.exit_code == 2 and says in " ".join(found.output.split())
