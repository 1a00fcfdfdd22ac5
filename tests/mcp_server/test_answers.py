"""Each tool answers what the command of its name answers, with dates and sources, and no more than was asked for."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from policytracker import Ledger
from policytracker.ledger.reading import open_ledger
from tests.cli.recording import content
from tests.demo import ask as command
from tests.demo import rows
from tests.mcp_server.conftest import Ask

NOON = {"at": "2026-01-28", "known": "2026-01-28T12:00Z"}
CELL = {"company": "Tencent", "chip": "H200", **NOON}
OPTIONS = ("Tencent", "H200", "--at", "2026-01-28", "--known", "2026-01-28T12:00Z")
LATE = {"since": "2026-08-15", "at": "2026-08-21", "known": "2026-08-21"}


def lines_of(found: Any) -> Iterator[dict[str, Any]]:
    """Every object of an answer that says something on somebody's word."""
    if isinstance(found, dict):
        if "says" in found or "wording" in found or "type" in found:
            yield found
        for each in found.values():
            yield from lines_of(each)
    if isinstance(found, list):
        for each in found:
            yield from lines_of(each)


def check_sources(found: dict[str, Any]) -> int:
    """Every line names publisher, date and address, or says that there is no report; returns how many lines."""
    lines = list(lines_of(found))
    for line in lines:
        assert line["sources"] or line["no_source"] == "no report: the ledger mends itself", line
        assert all(source["publisher"] and source["published"] and "url" in source for source in line["sources"])
    return len(lines)


def test_state_is_that_of_the_command_with_who_says_so(ask: Ask, demo: Path) -> None:
    (answer,) = ask(("state", CELL))
    (printed,) = rows(demo, "state", *OPTIONS)
    (cell,) = answer.found["cells"]
    for name in ("company", "chip", "status", "possible", "limited_by", "left", "last_report"):
        assert cell[name] == printed[name]
    assert [(gate["gate"], gate["possible"]) for gate in cell["gates"]] == [
        (gate["gate"], gate["possible"]) for gate in printed["gates"]
    ]
    assert cell["answer"].startswith("Tencent Holdings may not import H200 as things stand")
    assert check_sources(answer.found) > 3
    urls = [source["url"] for line in lines_of(cell) for source in line["sources"]]
    assert any(url and url.startswith("https://www.federalregister.gov/") for url in urls)


def test_every_answer_has_the_dates_that_it_used_and_what_is_to_be_said_of_them(ask: Ask, demo: Path) -> None:
    calls = ("state", CELL), ("why", CELL), ("changes", LATE), ("search", {"text": "H20", "limit": 1})
    old = ("state", {**CELL, "at": "2031-01-01", "known": "2031-01-01", "recorded": "2030-01-01"})
    state, why, changes, search, future = ask(*calls, old)
    below = command(demo, "state", *OPTIONS).stdout.splitlines()[-1]
    assert state.found["dates"]["words"] == why.found["dates"]["words"] == below
    assert (state.found["dates"]["at"], state.found["dates"]["known"]) == ("2026-01-28", "2026-01-28T12:00Z")
    newest = [each.found["dates"]["newest_report"] for each in (state, why, changes, search)]
    assert newest == ["2026-10-09"] * 4
    assert changes.found["dates"]["at"] == "2026-08-21"
    assert any("days after the newest report" in note for note in future.found["dates"]["notes"])


def test_why_names_every_claim_that_the_command_names_and_what_it_does(ask: Ask, demo: Path) -> None:
    (answer,) = ask(("why", {**CELL, "limit": 100}))
    with Ledger(demo) as ledger:
        gates = ledger.why("Tencent", "H200", **NOON)  # type: ignore[arg-type]
    named = {claim.ref or claim.id[:12] for gate in gates for claim in gate.claims}
    lines = answer.found["lines"]
    assert named <= {line["claim"] for line in lines if "claim" in line}
    overridden = [line for line in lines if line["role"] == "overridden"]
    assert overridden and all(line["why"][0].startswith("overridden by ") for line in overridden)
    assert {line["role"] for line in lines} >= {"stands", "overridden", "approved", "left"}
    assert check_sources(answer.found) > 20
    assert [gate["gate"] for gate in answer.found["gates"]] == ["US/export", "CN/import"]


def test_changes_are_those_of_the_digest(ask: Ask, demo: Path) -> None:
    (answer,) = ask(("changes", {**LATE, "company": "Tencent", "chip": "H200", "limit": 100}))
    with Ledger(demo) as ledger:
        digest = ledger.digest("2026-08-15", ["Tencent"], ["H200"], at="2026-08-21", known="2026-08-21")
    told = [(line["kind"], line["sentence"]) for line in answer.found["lines"]]
    assert told == [(part.title, entry.sentence) for part in digest.parts for entry in part.entries]
    assert check_sources(answer.found) > 5
    assert "rest" not in answer.found


def test_changes_since_a_position_are_what_was_recorded_later(ask: Ask) -> None:
    later, nothing = ask(("changes", {"since": "position:340"}), ("changes", {"since": "position:352"}))
    assert not later.found["nothing_new"] and later.found["lines"]
    assert nothing.found["nothing_new"]


def test_search_finds_what_the_command_finds_the_newest_first(ask: Ask, demo: Path) -> None:
    (answer,) = ask(("search", {"text": "腾讯", "limit": 100}))
    printed = rows(demo, "search", "腾讯")
    assert [each["position"] for each in answer.found["events"]] == [each["position"] for each in printed][::-1]
    assert check_sources(answer.found) == len(printed) > 5


def test_a_large_answer_is_cut_and_says_how_to_get_the_rest(ask: Ask) -> None:
    """Page by page, what comes is the whole, in its order, nothing twice."""
    (first,) = ask(("search", {"text": "H20", "limit": 40}))
    total = first.found["total"]
    assert (len(first.found["events"]), first.found["limit"]) == (40, 40)
    assert first.found["rest"] == f"{total - 40} more events: ask again with offset=40"
    pages = ask(*(("search", {"text": "H20", "limit": 40, "offset": start}) for start in range(40, total + 40, 40)))
    rest = [each["position"] for page in pages for each in page.found["events"]]
    assert [*(each["position"] for each in first.found["events"]), *rest] == sorted(
        {*rest, *(each["position"] for each in first.found["events"])}, reverse=True
    )
    assert len(rest) == total - 40 and "rest" not in pages[-1].found


def test_all_chips_of_a_company_come_a_few_at_a_time(ask: Ask) -> None:
    one, other = ask(
        ("state", {"company": "Tencent", "limit": 2}), ("state", {"chip": "H200", "limit": 1, "offset": 3})
    )
    assert [cell["company"] for cell in one.found["cells"]] == ["tencent"] * 2
    assert one.found["total"] > 20 and "offset=2" in one.found["rest"]
    assert [cell["chip"] for cell in other.found["cells"]] == ["h200"]


def test_asking_leaves_the_ledger_as_it_was(ask: Ask, demo: Path) -> None:
    before = content(demo)
    ask(("state", CELL), ("why", CELL), ("changes", LATE), ("search", {"text": "H20"}))
    with open_ledger(demo) as source:
        assert source.head().position == 352
    assert content(demo) == before
