"""Sheets of events, one a row: CSV and XLSX say what the report file with the same events says."""

import csv
import io
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytracker.authoring.sheets import sheet_blocks
from policytracker.questions.spreadsheets import no_formula
from tests.cli.recording import ask, position, say

HEAD = ("type", "ref", "authority", "companies", "chips", "quantity.max", "quantity.wording", "conditions", "effective")
REPORT = ("report.publisher", "report.published", "report.attribution", "report.sources")
SAID = ("Example Daily", "2026-10-12", "anonymous", "2")
BATCH = (
    "batch-approved",
    "batch",
    "GACC",
    "腾讯; JD.com",
    "5090D V2",
    "5000",
    "up to 5,000",
    "tested=by a third party",
)
Rows = Sequence[Sequence[Any]]
Sheet = Callable[[Rows], Path]


@pytest.fixture(params=["csv", "xlsx"])
def sheet(request: pytest.FixtureRequest, tmp_path: Path) -> Sheet:
    """Writes a sheet."""

    def written(rows: Rows) -> Path:
        path = tmp_path / f"events.{request.param}"
        if request.param == "csv":
            path.write_bytes(as_csv(rows))
        else:
            book = openpyxl.Workbook()
            for row in rows:
                assert book.active is not None
                book.active.append([cell if cell != "" else None for cell in row])
            book.save(path)
        return path

    return written


def as_csv(rows: Rows, by: str = ",") -> bytes:
    file = io.StringIO()
    csv.writer(file, delimiter=by, lineterminator="\n").writerows(rows)
    return file.getvalue().encode("utf-8-sig")


def last(ledger: Path) -> dict[str, Any]:
    event: dict[str, Any] = json.loads(say(ledger, "export").splitlines()[-1])
    return {name: value for name, value in event.items() if name not in ("id", "recorded")}


def test_a_row_is_an_event_with_names_in_place_of_ids(ledger: Path, sheet: Sheet) -> None:
    path = sheet([[*HEAD, *REPORT], [*BATCH, "2026-10-10", *SAID]])
    assert say(ledger, "import", str(path)) == "1 event appended, 0 were recorded already\n"

    assert last(ledger) == {
        "type": "batch-approved",
        "ref": "batch",
        "authority": "gacc",
        "companies": ["tencent", "jd"],
        "chips": ["rtx-5090d-v2"],
        "quantity": {"max": 5000, "wording": "up to 5,000"},
        "conditions": {"tested": "by a third party"},
        "effective": "2026-10-10",
        "report": {"publisher": "Example Daily", "published": "2026-10-12", "attribution": "anonymous", "sources": 2},
    }
    assert say(ledger, "import", str(path)) == "0 events appended, 1 was recorded already\n"


def test_a_sheet_says_what_the_report_file_says(ledger: Path, sheet: Sheet, tmp_path: Path) -> None:
    report = tmp_path / "report.toml"
    report.write_text(
        """
        [[report]]
        publisher = "Example Daily"
        published = 2026-10-12
        attribution = "anonymous"
        sources = 2
          [[report.event]]
          type = "batch-approved"
          ref = "batch"
          authority = "GACC"
          companies = ["腾讯", "JD.com"]
          chips = ["5090D V2"]
          quantity = { max = 5000, wording = "up to 5,000" }
          conditions = { tested = "by a third party" }
          effective = 2026-10-10
        """,
        encoding="utf-8",
    )
    say(ledger, "import", str(report))

    path = sheet([[*HEAD, *REPORT], [*BATCH, "2026-10-10", *SAID]])
    assert say(ledger, "import", str(path)) == "0 events appended, 1 was recorded already\n"


def test_a_cohort_stands_in_columns_of_its_own(ledger: Path, sheet: Sheet) -> None:
    head = ("type", "authority", "companies.count.min", "companies.of", "companies.named", "chips", *REPORT)
    row = ("licence-granted", "bis", "9", "in:CN", "Alibaba; Tencent", '{"where": ["tpp<21000"]}', *SAID)
    say(ledger, "import", str(sheet([head, row])))

    event = last(ledger)
    assert event["companies"] == {"count": {"min": 9}, "of": ["in:CN"], "named": ["alibaba", "tencent"]}
    assert event["chips"] == [{"where": ["tpp<21000"]}]


def test_a_correction_names_what_it_changes_and_what_it_removes(ledger: Path, sheet: Sheet) -> None:
    head = ("type", "target", "changes.companies", "without")
    say(ledger, "import", str(sheet([head, ("corrected", "cn-2026-01-14-customs", "in:CN; in:HK", "note")])))

    assert last(ledger)["changes"] == {"companies": ["in:CN", "in:HK"], "note": None}


def test_days_and_numbers_of_a_workbook_are_taken_as_such(ledger: Path, tmp_path: Path) -> None:
    path, book = tmp_path / "events.xlsx", openpyxl.Workbook()
    assert book.active is not None
    book.active.append(
        ["type", "companies", "chips", "quantity.max", "effective", "report.publisher", "report.published"]
    )
    row = ["shipped", "JD", "H200", 0.0, datetime(2026, 10, 1), "Example Daily", date(2026, 10, 12)]  # noqa: DTZ001
    book.active.append(row)
    book.save(path)
    say(ledger, "import", str(path))

    event = last(ledger)
    assert (event["quantity"], event["effective"], event["report"]["published"]) == (
        {"max": 0},
        "2026-10-01",
        "2026-10-12",
    )


def test_all_faults_are_told_at_once_with_their_rows(ledger: Path, sheet: Sheet) -> None:
    before = position(ledger)
    path = sheet(
        [
            ("type", "target", "authority", "companies", "chips", "review", "report.publisher", "report.published"),
            ("retracted", "nothing", "", "", "", "", "", ""),
            ("blocked", "", "Nobody", "JD", "H200", "unstated", "Example Daily", "soon"),
            ("forbidden", "", "", "", "", "", "", ""),
        ]
    )
    result = ask(ledger, "import", str(path))

    assert result.exit_code == 1
    assert "3 events were refused, so nothing was added" in result.stderr
    assert f"{path}:2: retracted: target: 'nothing'" in result.stderr
    assert f"{path}:3: blocked: review: no field of blocked" in result.stderr
    assert f"{path}:3: blocked: authority: no authority is called 'Nobody'" in result.stderr
    assert f"{path}:3: blocked: report.published: 'soon' is not a date" in result.stderr
    assert f"{path}:4: row: type: no type of event" in result.stderr
    assert position(ledger) == before


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"company,chip\nJD,H200\n", "no column type in the first row (here: company, chip)"),
        (b"", "no column type in the first row (here: nothing)"),
        (b"type,type\nblocked,held\n", "the column type stands there twice"),
        (b"type\nbl\xffcked\n", "line 2 is not UTF-8"),
        (b'type,note\nblocked,"x\n', "is not CSV"),
        (b"type\nblocked,JD\n", "'JD' stands in a column without a heading"),
    ],
)
def test_a_file_that_is_no_sheet_of_events_is_refused(ledger: Path, tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "events.csv"
    path.write_bytes(content)

    assert told in ask(ledger, "import", str(path)).stderr


def test_a_file_that_is_no_workbook_is_refused(ledger: Path, tmp_path: Path) -> None:
    path = tmp_path / "events.xlsx"
    path.write_bytes(b"type\nblocked\n")

    assert (
        "no workbook (File is not a zip file); save the sheet as XLSX or CSV" in ask(ledger, "import", str(path)).stderr
    )


def test_without_openpyxl_the_way_to_get_it_is_told(
    ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "events.xlsx"
    openpyxl.Workbook().save(path)
    monkeypatch.setitem(sys.modules, "openpyxl", None)

    told = ask(ledger, "import", str(path)).stderr
    assert "XLSX files need openpyxl; install it with: " in told
    assert "pip install openpyxl; or save the sheet as CSV" in told


@pytest.mark.parametrize("by", [",", ";", "\t"])
def test_a_sheet_may_be_saved_with_another_separator(by: str) -> None:
    (block,) = sheet_blocks("x.csv", as_csv([("type", "companies"), ("blocked", "JD; Tencent")], by))

    assert block.fields == {"type": "blocked", "companies": ["JD", "Tencent"]}


TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1).map(str.strip).filter(bool)


@given(TEXT)
def test_a_text_comes_back_as_it_was_before_the_apostrophe_of_formulas(text: str) -> None:
    (block,) = sheet_blocks("x.csv", as_csv([("type", "note"), ("blocked", no_formula(text))]))

    assert block.fields["note"] == text
