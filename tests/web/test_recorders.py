"""Who recorded an event is on pages, in their JSON and in a site only where whoever publishes them asked for it."""

import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from policytracker.ledger import clock
from policytracker.web.app import application
from policytracker.web.openapi import EXAMPLES
from policytracker.web.opened import Opened
from policytracker.web.options import Options
from policytracker.web.pages import FEEDS, PAGES, PICTURES
from tests.demo import ask, rows
from tests.web.ground import REPORT, SCOPE, registry

OFFICER = "mia.officer"
PLACES = ("/log", "/log.json", "/search?q=court", "/search.json?q=court", "/event/claim", "/event/claim.json")
GONE = ("/log", "/log.json", "/search?q=court", "/search.json?q=court")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A ledger of which an officer has recorded and redacted events; and the id of the one that is gone."""
    claim = {"type": "cleared", "authority": "gacc", **SCOPE, "note": "court", "report": REPORT}
    events = [*registry(), {**claim, "ref": "claim"}, {**claim, "ref": "gone", "type": "blocked"}]
    folder = tmp_path_factory.mktemp("recorders")
    path, lines = folder / "a.ledger", folder / "a.jsonl"
    lines.write_text("".join(json.dumps(event) + "\n" for event in events))
    gone = ["redact", "gone", "--reason", "a court has ordered it", "--yes"]
    for words in (["init"], ["import", str(lines)], gone):
        done = ask(path, "--recorder", OFFICER, *words)
        assert done.exit_code == 0, done.output
    return path, next(event["id"] for event in rows(path, "log") if event["type"] == "removed")


def browsing(ledger: Path, shown: bool) -> TestClient:
    return TestClient(
        application(Opened(ledger, clock.today), options=Options(recorders=shown)), base_url="http://127.0.0.1"
    )


def test_no_page_tells_who_recorded(ledger: tuple[Path, str]) -> None:
    where, gone = ledger
    example = {**EXAMPLES, "company": "acme", "chip": "h20", "event": gone, "authority": "gacc"}
    paths = [each.path.format_map(example) for each in (*PAGES, *FEEDS, *PICTURES)]
    asked = [
        *PLACES,
        f"/event/{gone}",
        f"/event/{gone}.json",
        "/search?q=officer",
        *paths,
        *(f"{path}.json" for path in paths),
    ]
    with browsing(where, shown=False) as client:
        answers = {path: client.get(path) for path in asked}

    assert [path for path, answer in answers.items() if OFFICER in answer.text] == []
    assert sum(answer.status_code == 200 for answer in answers.values()) > 2 * len(PAGES)
    assert {event["recorder"] for event in answers["/log.json"].json()} == {"somebody"}


@pytest.mark.parametrize("path", PLACES)
def test_who_recorded_is_shown_where_that_is_asked(ledger: tuple[Path, str], path: str) -> None:
    with browsing(ledger[0], shown=True) as client, browsing(ledger[0], shown=False) as other:
        reply = client.get(path)
        assert OFFICER in reply.text
        again = other.get(path, headers={"if-none-match": reply.headers["etag"]})

    assert (again.status_code, OFFICER in again.text) == (200, False)


@pytest.mark.parametrize(("options", "shown"), [([], False), (["--show-recorders"], True)])
def test_a_site_tells_who_recorded_only_where_that_is_asked(
    ledger: tuple[Path, str], tmp_path: Path, options: list[str], shown: bool
) -> None:
    done = ask(ledger[0], "export", "site", str(tmp_path / "site"), "--with-json", *options)
    assert done.exit_code == 0, done.output

    found = {
        path.name for path in (tmp_path / "site").rglob("*") if path.is_file() and OFFICER.encode() in path.read_bytes()
    }
    assert found >= {"log.html", "log.json"} if shown else found == set()


def test_an_export_the_explorer_and_a_snapshot_tell_nobody_who_recorded(
    ledger: tuple[Path, str], tmp_path: Path
) -> None:
    exported = ask(ledger[0], "export")
    assert ask(ledger[0], "export", "explorer", str(tmp_path / "explorer.html")).exit_code == 0

    assert json.loads(exported.stdout.splitlines()[0]) and OFFICER not in exported.output
    assert OFFICER not in (tmp_path / "explorer.html").read_text()
    for form in ("--cloudevents", "--prov", "--ftm", "--toml"):
        found = ask(ledger[0], "export", form)
        assert found.exit_code == 0 and OFFICER not in found.output
    assert ask(ledger[0], "export", "sqlite", str(tmp_path / "tracker.db")).exit_code == 0
    assert OFFICER.encode() not in (tmp_path / "tracker.db").read_bytes()
