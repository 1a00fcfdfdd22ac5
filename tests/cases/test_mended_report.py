"""A report whose date was mistyped is mended: every door cites it as it should be, and no door the mistyped one."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cases.ground import BASE, Event, add, events_of, everything_said, ledger_of, page, rows
from tests.web.reading import Tables

WRONG, RIGHT = "2024-09-13", "2022-04-08"
CELL = ("alpha", "x100")
CITED = f"BIS, {RIGHT} (official)"
REPORT = {"publisher": "BIS", "published": RIGHT, "attribution": "official"}


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """BIS listed Alpha in April 2022; somebody recorded September 2024, and mends it without a report."""
    return ledger_of(tmp_path, BASE, "start-date-corrected")


@pytest.mark.parametrize(
    "door",
    [
        lambda ledger: everything_said(ledger, "timeline", *CELL),
        lambda ledger: everything_said(ledger, "timeline", *CELL, "--json"),
        lambda ledger: everything_said(ledger, "timeline", *CELL, "--csv"),
        lambda ledger: everything_said(ledger, "timeline", *CELL, "--knowledge", "--at", "2024-12-01"),
        lambda ledger: everything_said(ledger, "timeline", *CELL, "--knowledge", "--at", "2024-12-01", "--csv"),
        lambda ledger: everything_said(ledger, "state", *CELL),
        lambda ledger: everything_said(ledger, "check", *CELL),
        lambda ledger: everything_said(ledger, "diff", "--at", "2022-04-07", "--to-at", RIGHT),
        lambda ledger: everything_said(ledger, "diff", "--known", "2022-04-07", "--to-known", RIGHT, "--at", RIGHT),
        lambda ledger: page(ledger, "/changes.json?at=2022-04-07&to_at=2022-04-08"),
        lambda ledger: page(ledger, "/changes.atom"),
        lambda ledger: page(ledger, "/board"),
        lambda ledger: page(ledger, "/source?publisher=BIS"),
        lambda ledger: page(ledger, "/sources"),
        lambda ledger: page(ledger, "/authority/bis"),
        lambda ledger: page(ledger, "/company/alpha"),
    ],
)
def test_no_door_cites_the_mistyped_report(ledger: Path, door: Callable[[Path], str]) -> None:
    """Doors that show what corrections have changed, such as ``why`` and the event's page, name it as what it was."""
    said = door(ledger)

    assert WRONG not in said
    assert RIGHT in said


@pytest.mark.parametrize(
    "door",
    [
        lambda ledger: everything_said(ledger, "log"),
        lambda ledger: everything_said(ledger, "search", "list-1"),
        lambda ledger: everything_said(ledger, "show", "list-1"),
        lambda ledger: everything_said(ledger, "why", *CELL),
        lambda ledger: page(ledger, "/log"),
        lambda ledger: page(ledger, "/search?q=list-1"),
        lambda ledger: page(ledger, "/cell/alpha/x100"),
    ],
)
def test_where_the_mistyped_one_is_told_the_mended_one_stands_beside_it(
    ledger: Path, door: Callable[[Path], str]
) -> None:
    """The ledger is shown as it was recorded, and every correction with the old and the new value."""
    said = " ".join(re.sub("<[^>]*>", " ", door(ledger)).split())
    mended = [f"report.published: {one} → {other}" for one, other in ((WRONG, RIGHT), ("13 Sep 2024", "8 Apr 2022"))]
    assert any(each in said for each in mended)


def test_the_log_of_an_earlier_ledger_knows_no_later_correction(tmp_path: Path) -> None:
    """Recorded in two goes: as recorded by the first, nothing is corrected."""
    ledger = ledger_of(tmp_path, BASE)
    first, second = events_of("start-date-corrected")
    add(ledger, first)
    recorded = rows(ledger, "log")[-1]["recorded"]
    add(ledger, second)

    assert "corrected since" not in everything_said(ledger, "log", "--recorded", recorded)
    assert "corrected since: effective: 2024-09-14 → 2022-04-08" in everything_said(ledger, "log")


def test_both_timelines_name_the_listing_and_cite_its_report(ledger: Path) -> None:
    """From the corrected day on, and from the corrected publication on."""
    days = rows(ledger, "timeline", *CELL)
    known = rows(ledger, "timeline", *CELL, "--knowledge", "--at", "2024-12-01")

    for (*_, last), start in ((days, RIGHT), (known, RIGHT)):
        assert (last["from"], last["status"]) == (start, "prohibited")
        assert [(event["ref"], event["source"]) for event in last["turned_by"]] == [("list-1", CITED)]
    assert f"by list-1 (prohibited), {CITED}" in everything_said(ledger, "timeline", *CELL)


def test_the_day_table_of_the_page_cites_it(ledger: Path) -> None:
    """That of what held, and that of what was known."""
    tables = Tables(page(ledger, "/cell/alpha/x100")).tables

    turned = [(row[1].text, row[-1].text) for table in tables for row in table if "list-1" in row[-1].text]
    assert turned == [("8 Apr 2022", f"list-1 prohibited {CITED}")] * 2


def test_the_newest_reports_are_told_by_the_mended_dates(ledger: Path) -> None:
    """The listing stands between what came before and after it; nothing is of 2024."""
    add(
        ledger,
        {
            "type": "cleared",
            "ref": "later",
            "authority": "gacc",
            "companies": ["beta"],
            "chips": ["x20"],
            "report": {**REPORT, "publisher": "GACC", "published": "2023-01-01"},
        },
    )
    latest = page(ledger, "/board").partition("The newest reports by then")[2]

    assert latest.index(">later<") < latest.index(">list-1<") < latest.index(">us-base<")


def test_the_newest_report_of_the_ledger_is_the_newest_as_they_stand(ledger: Path) -> None:
    """However the read models came to be, and also when the correction is withdrawn, and then not."""
    assert newest(ledger) == RIGHT
    assert everything_said(ledger, "verify").startswith("whole")
    add(ledger, {"type": "retracted", "ref": "no-typo", "target": correction(ledger)})
    assert newest(ledger) == WRONG
    add(ledger, {"type": "retracted", "target": "no-typo"})
    assert newest(ledger) == RIGHT
    everything_said(ledger, "rebuild")
    assert newest(ledger) == RIGHT


def newest(ledger: Path) -> str:
    """The newest report, as ``where`` tells it."""
    found: str = rows(ledger, "where")[0]["newest_report"]
    return found


def correction(ledger: Path) -> str:
    """The id of the correction."""
    found: str = next(row["id"] for row in rows(ledger, "log") if row["type"] == "corrected")
    return found


def test_what_a_program_reads_of_the_explorer_was_published_when_it_was(ledger: Path, tmp_path: Path) -> None:
    target = tmp_path / "explorer.html"
    everything_said(ledger, "export", "explorer", str(target))

    text = target.read_text(encoding="utf-8")
    assert "list-1: bis prohibits all chips for alpha: from 2022-04-08" in text
    assert "list-1: bis prohibits all chips for alpha: from 2024-09-14" not in text


LATER = {"publisher": "Financial Times", "published": "2023-05-02", "attribution": "official"}
LATER_CITED = "Financial Times, 2023-05-02 (official)"


@pytest.fixture
def corrected(tmp_path: Path) -> Path:
    """BIS is read to list Alpha from 2021 on. In May 2023 the FT says that it did so in 2022, until 2025."""
    ledger = ledger_of(tmp_path, BASE)
    claim = {"type": "prohibited", "ref": "listed", "authority": "bis", "companies": ["alpha"], "chips": ["all"]}
    said = {"publisher": "BIS", "published": "2021-01-01", "attribution": "official"}
    changes = {"effective": RIGHT, "until": "2025-01-01"}
    add(
        ledger,
        {**claim, "effective": "2021-01-01", "until": "2024-01-01", "report": said},
        {"type": "corrected", "ref": "later-word", "target": "listed", "changes": changes, "report": LATER},
    )
    return ledger


def test_what_a_correction_says_is_credited_to_its_own_report(corrected: Path) -> None:
    """The days on which the claim begins and ends are the FT's; that there is such a claim is BIS's word."""
    both = [("listed", "BIS, 2021-01-01 (official)"), ("later-word", LATER_CITED)]
    days = rows(corrected, "timeline", *CELL)
    known = rows(corrected, "timeline", *CELL, "--knowledge", "--at", "2021-06-01")

    assert {row["from"]: [(event["ref"], event["source"]) for event in row["turned_by"]] for row in days[2:]} == {
        RIGHT: both,
        "2025-01-01": both,
    }
    assert [(row["from"], row["status"], [event["ref"] for event in row["turned_by"]]) for row in known[2:]] == [
        ("2021-01-01", "prohibited", ["listed"]),
        ("2023-05-02", "cleared", ["later-word"]),
    ]


def test_before_that_report_its_content_is_not_known(corrected: Path) -> None:
    """As known in 2022 the claim begins and ends as BIS has said, on its word alone."""
    days = rows(corrected, "timeline", *CELL, "--known", "2022-12-31")

    assert {row["from"]: [event["ref"] for event in row["turned_by"]] for row in days[2:]} == {
        "2021-01-01": ["listed"],
        "2024-01-01": ["listed"],
    }


def test_a_diff_names_the_correction_beside_the_claim(corrected: Path) -> None:
    (step,) = rows(corrected, "diff", *CELL, "--at", "2022-04-07", "--to-at", RIGHT)

    assert [(event["ref"], [each["publisher"] for each in event["sources"]]) for event in step["events"]] == [
        ("listed", ["BIS"]),
        ("later-word", ["Financial Times"]),
    ]
    assert step["events"][1]["change"] == (
        "corrected: effective: 2021-01-01 → 2022-04-08; until: 2024-01-01 → 2025-01-01"
    )


def test_a_page_of_a_source_tells_what_that_source_said(corrected: Path) -> None:
    """What the FT has made of it is told as the FT's; the board names both beside what now holds."""
    (bis,) = (event for event in source(corrected, "BIS")["events"] if event["ref"] == "listed")
    (financial,) = source(corrected, "Financial Times")["events"]

    assert bis["says"] == (
        "bis prohibits all chips for alpha: from 2021-01-01, until 2024-01-01 (the first day without it); "
        "corrected since by later-word: effective: now 2022-04-08; until: now 2025-01-01"
    )
    assert financial["says"] == ("corrects listed: effective: 2021-01-01 → 2022-04-08; until: 2024-01-01 → 2025-01-01")
    latest = page(corrected, "/board").partition("The newest reports by then")[2]
    assert (
        "from 1 January 2021, up to and including 31 December 2023; official: BIS (1 January 2021). Corrected since: "
        "the day is 8 April 2022, not 1 January 2021; the first day without it is 1 January 2025, not 1 January 2024; "
        "official: Financial Times (2 May 2023)."
    ) in latest


def source(ledger: Path, name: str) -> Event:
    """The page of a source as a program reads it."""
    found: Event = json.loads(page(ledger, f"/source.json?publisher={name}"))
    return found


def test_a_mended_report_of_an_event_about_another_is_cited_too(tmp_path: Path) -> None:
    """The lift was reported in 2023, and recorded as of 2026; its date is that of its report."""
    ledger = ledger_of(tmp_path, BASE, "start-date-corrected")
    mistyped = {**REPORT, "published": "2026-03-01"}
    mended = {**REPORT, "published": "2023-03-01"}
    add(
        ledger,
        {"type": "lifted", "ref": "over", "target": "list-1", "report": mistyped},
        {"type": "corrected", "target": "over", "changes": {"report": mended}},
    )

    (*_, last) = rows(ledger, "timeline", *CELL)
    assert (last["from"], last["status"]) == ("2023-03-01", "cleared")
    assert [(event["ref"], event["source"]) for event in last["turned_by"]] == [("over", "BIS, 2023-03-01 (official)")]
    assert newest(ledger) == "2023-03-01"


def test_quantities_cite_the_mended_report(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path, BASE)
    shipped = {"type": "shipped", "ref": "sent", "companies": ["alpha"], "chips": ["x100"], "quantity": {"min": 5}}
    add(
        ledger,
        {**shipped, "report": {**REPORT, "published": WRONG}},
        {"type": "corrected", "target": "sent", "changes": {"report": REPORT}},
    )

    (row,) = rows(ledger, "quantities", "x100")
    assert row["sources"] == [CITED]
