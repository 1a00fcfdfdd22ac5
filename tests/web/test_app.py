"""One answer an address: its JSON, its ETag, its errors, and a ledger that changes under the server."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from policytracker.events.dates import span
from policytracker.events.forms import read_line
from policytracker.ledger.appending import append_event
from policytracker.ledger.store import Store
from policytracker.web import unchanged
from policytracker.web.app import application
from policytracker.web.kept import MOST_BYTES
from policytracker.web.opened import Opened
from tests.demo import rows, run

BOARD = "/board?at=2026-01-28&known=2026-01-28T12:00Z"
ACME = {"type": "company-registered", "company": "acme", "name": "Acme", "jurisdiction": "CN"}


class Calendar:
    """A day that tests turn."""

    def __init__(self) -> None:
        self.day = span("2026-01-30").last

    def __call__(self) -> int:
        return self.day


@pytest.fixture
def own(demo: Path, tmp_path: Path) -> Path:
    """A ledger of the test's own, with the shipped history."""
    path = tmp_path / "own.ledger"
    shutil.copy(demo, path)
    return path


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def browser(own: Path, calendar: Calendar) -> Iterator[TestClient]:
    with TestClient(application(Opened(own, calendar)), base_url="http://127.0.0.1") as found:
        yield found


def record(ledger: Path, event: dict[str, str]) -> None:
    with Store(ledger) as store:
        append_event(store, read_line(json.dumps(event).encode()))


def etag(browser: TestClient, address: str) -> str:
    return browser.get(address).headers["etag"]


def test_the_board_as_json_is_the_answer_of_the_command_line(browser: TestClient, demo: Path) -> None:
    told = rows(demo, "matrix", "--at", "2026-01-28", "--known", "2026-01-28T12:00Z")

    assert browser.get(BOARD.replace("board", "board.json")).json() == told


def test_the_root_leads_to_where_the_server_begins(own: Path, browser: TestClient) -> None:
    assert browser.get("/", follow_redirects=False).headers["location"] == "/home"
    with TestClient(application(Opened(own, Calendar()), BOARD), base_url="http://127.0.0.1") as story:
        assert story.get("/", follow_redirects=False).headers["location"] == BOARD


@pytest.mark.parametrize("address", [BOARD, BOARD.replace("board", "board.json"), "/openapi.json"])
def test_head_answers_as_get_does_without_a_body(browser: TestClient, address: str) -> None:
    plain = {"accept-encoding": "identity"}
    full, head = browser.get(address, headers=plain), browser.head(address, headers=plain)

    assert (head.status_code, head.headers) == (200, full.headers)
    assert int(head.headers["content-length"]) == len(full.content)


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', '"a,b" ,W/{},"c"', "*"])
def test_an_unchanged_page_is_not_sent_again(browser: TestClient, form: str) -> None:
    first = browser.get(BOARD)
    again = browser.get(BOARD, headers={"if-none-match": form.format(first.headers["etag"])})

    assert (again.status_code, again.content) == (304, b"")
    kept = ("etag", "cache-control", "content-security-policy")
    assert [again.headers[name] for name in kept] == [first.headers[name] for name in kept]


@pytest.mark.parametrize("held", ["", '"other"', "W/*", "{tag}", '"{tag}x"', '"{tag:.10}"'])
def test_any_other_tag_gets_the_page(browser: TestClient, held: str) -> None:
    tag = etag(browser, BOARD).strip('"')

    assert browser.get(BOARD, headers={"if-none-match": held.format(tag=tag)}).status_code == 200


def test_an_unchanged_page_asks_nothing(browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    tag = etag(browser, BOARD)
    for name in ("reader", "statuses", "publications"):
        monkeypatch.setattr(Opened, name, None)

    assert browser.get(BOARD, headers={"if-none-match": tag}).status_code == 304


def test_what_is_not_there_is_not_unchanged(browser: TestClient) -> None:
    assert browser.get("/cell/nobody/h200", headers={"if-none-match": "*"}).status_code == 404


def test_every_answer_has_a_tag_of_its_own(browser: TestClient) -> None:
    addresses = (
        "/board",
        "/board.json",
        "/board?each=1",
        "/board?at=2026-01-28",
        "/board?known=2026-01-28",
        "/board?recorded=2026-01-28",
        "/cell/tencent/h200",
        "/cell/bytedance/h200",
    )

    assert len({etag(browser, address) for address in addresses}) == len(addresses)


def test_a_tag_lasts_over_a_restart(own: Path, browser: TestClient, calendar: Calendar) -> None:
    with TestClient(application(Opened(own, calendar)), base_url="http://127.0.0.1") as another:
        assert etag(another, BOARD) == etag(browser, BOARD)


def test_a_tag_does_not_last_over_another_program(browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    tag = etag(browser, BOARD)
    monkeypatch.setattr(unchanged, "program", lambda: "another")

    assert etag(browser, BOARD) != tag


@pytest.mark.parametrize(
    "address", ["/board", "/board?at=today", "/board?at=Yesterday", "/board?at=2026-01-28&known=today"]
)
def test_a_new_day_makes_new_pages_of_those_that_rest_on_it(
    browser: TestClient, calendar: Calendar, address: str
) -> None:
    tag = etag(browser, address)
    calendar.day += 1

    assert etag(browser, address) != tag


@pytest.mark.parametrize(
    "address",
    ["/board?at=2026-02-03", "/board?at=2026-01-28&known=2026-02-03", "/board?at=2026-01-28&recorded=2026-02-03"],
)
def test_a_page_about_a_day_ahead_is_another_once_the_day_has_come(
    browser: TestClient, calendar: Calendar, address: str
) -> None:
    """Until then it says that the date lies ahead."""
    before = browser.get(address)
    calendar.day = span("2026-02-03").last
    after = browser.get(address)

    assert "in the future (today is 30 Jan 2026)" in before.text and "in the future" not in after.text
    assert after.headers["etag"] != before.headers["etag"]


def test_a_page_says_what_a_reader_should_know_of_its_dates(browser: TestClient) -> None:
    late, foreseen = (
        browser.get(f"/board?{dates}").text for dates in ("at=2027-03-01", "at=2026-01-28&known=2026-01-13")
    )

    assert re.search(r"The day asked for lies \d+ days after the newest report; things may have changed since\.", late)
    assert (
        "The day asked for, 28 Jan 2026, is later than the day of “as known on”, 13 Jan 2026: the answer is what was "
        "foreseen then."
    ) in foreseen


def test_a_new_day_changes_no_page_of_a_given_day(browser: TestClient, calendar: Calendar) -> None:
    before = browser.get(BOARD)
    calendar.day += 1
    after = browser.get(BOARD)

    assert (after.headers["etag"], after.content) == (before.headers["etag"], before.content)


def test_a_ledger_that_grows_is_seen_at_the_next_request(browser: TestClient, own: Path) -> None:
    before = browser.get("/board.json?at=2026-01-28")
    record(own, ACME)
    after = browser.get("/board.json?at=2026-01-28", headers={"if-none-match": before.headers["etag"]})

    assert after.status_code == 200
    assert {row["company"] for row in after.json()} - {row["company"] for row in before.json()} == {"acme"}


def test_another_ledger_in_its_place_is_seen_too(browser: TestClient, own: Path, tmp_path: Path) -> None:
    assert len(browser.get("/board.json").json()) > 1
    other = tmp_path / "other.ledger"
    run(other, "init").check_returncode()
    record(other, ACME)
    other.replace(own)

    assert [row["company"] for row in browser.get("/board.json").json()] == ["acme"]


def test_a_ledger_that_vanishes_is_told_in_a_sentence_and_comes_back(
    browser: TestClient, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    away = own.with_name("away")
    own.rename(away)
    gone = browser.get("/board.json")
    away.rename(own)

    assert gone.status_code == 503
    assert gone.json() == {"error": "the ledger cannot be read now; try again later. The server's own output says more"}
    assert capsys.readouterr().err.startswith(f"policytracker: /board.json: NoLedger: no ledger at {own};")
    assert browser.get("/board.json").status_code == 200


def test_a_file_that_is_no_ledger_in_its_place_is_told_without_a_traceback(
    browser: TestClient, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    browser.get("/board")
    junk = own.with_name("junk")
    junk.write_text("no database" * 1000)
    junk.replace(own)
    reply = browser.get("/board")

    assert reply.status_code == 503
    assert "The ledger cannot be read now" in reply.text and str(own) not in reply.text
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/nothing", 404, "there is nothing at this address"),
        ("/board/", 404, "there is nothing at this address"),
        ("/static/nothing.css", 404, "there is no such file"),
        ("/cell/nobody/h200", 404, "no company is called &#39;nobody&#39;"),
        ("/board?at=someday", 400, "someday"),
        ("/board?colour=red", 400, "this page takes at, known, recorded"),
        ("/board?at=2026&at=2025", 400, "at: is given twice; give it once"),
        (f"/board?vendor={'x' * 300}", 400, "vendor: is longer than 200 characters; shorten it"),
    ],
)
def test_errors_are_sentences(browser: TestClient, address: str, status: int, says: str) -> None:
    reply = browser.get(address)

    assert reply.status_code == status
    assert says in reply.text
    assert reply.headers["content-type"] == "text/html; charset=utf-8"


def test_errors_of_json_are_json(browser: TestClient) -> None:
    reply = browser.get("/board.json?at=2026-13")

    assert reply.status_code == 400
    assert list(reply.json()) == ["error"]


def test_what_nobody_foresaw_is_a_sentence_for_readers_and_a_line_for_the_operator(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def break_down(*_: object) -> None:
        raise RuntimeError("secret\nsecond line")

    monkeypatch.setattr(Opened, "statuses", break_down)
    reply = browser.get("/board.json")

    assert reply.status_code == 500
    assert reply.json() == {"error": "the page could not be made; the server's own output says more"}
    assert capsys.readouterr().err == "policytracker: /board.json: RuntimeError: secret second line\n"


def test_files_are_kept_for_ever_under_the_mark_of_their_content(browser: TestClient) -> None:
    style = browser.get("/board").text.split('rel="stylesheet" href="')[1].split('"')[0]

    assert browser.get(style).headers["cache-control"] == "public, max-age=31536000, immutable"
    assert browser.get("/static/style.css").headers["cache-control"] == "no-cache"


def test_the_board_of_an_empty_ledger_says_so(tmp_path: Path, calendar: Calendar) -> None:
    empty = tmp_path / "empty.ledger"
    run(empty, "init").check_returncode()
    with TestClient(application(Opened(empty, calendar)), base_url="http://127.0.0.1") as bare:
        reply = bare.get("/board")

        assert (reply.status_code, bare.get("/board.json").json()) == (200, [])
    assert "0 events" in reply.text


def test_questions_at_many_instants_do_not_fill_the_memory(own: Path, calendar: Calendar) -> None:
    opened = Opened(own, calendar)
    application_ = application(opened)
    with TestClient(application_, base_url="http://127.0.0.1") as many:
        for minute in range(70):
            many.get(f"/board.json?recorded=2026-01-01T00:{minute % 60:02}:{minute // 60:02}Z")

    assert opened.kept.held <= MOST_BYTES


@pytest.mark.parametrize("path", ["/company/zzzzzzzz", "/chip/qqqqqqqqqq", "/event/no-such-event"])
def test_who_reads_pages_is_told_of_no_command(client: TestClient, path: str) -> None:
    found = client.get(path)

    assert found.status_code == 404
    assert "policytracker " not in found.text.partition("<main")[2].partition("</main>")[0]
    assert "search for" in found.text
