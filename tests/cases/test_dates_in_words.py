"""A date in any other form is taken, or told the very form to write; that form is then taken, at the same door.

What questions take is held by ``tests/cli/test_dates.py``; here is what is recorded.
"""

import re
from pathlib import Path

import pytest

from policytracker.events.dates import iso
from policytracker.ledger import clock
from tests.cases.ground import BASE, BLOCK, Event, block, ledger_of, pages, rows, written
from tests.cli.recording import ask

IN_WORDS = [
    "01/28/2026", "28.01.2026", "2026/01/28", "20260128", "28 January 2026", "January 28, 2026", "Jan 2026", "2026-Q1",
    "2026-34", "Q1 2026", "2026-W05", "2026-1-8", "2026-01-28T12:00", "2026-01-28 12:00", "2026-01-28T09:30+0800",
    "2026-01-14/2026-01-12", "2026-02-30", "2026?", "early January", "",
]  # fmt: skip
WORDS = (*BLOCK, "--dry-run")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ledger_of(tmp_path_factory.mktemp("dates"), BASE)


def proposed(refusal: str) -> list[str]:
    """The dates that a refusal says to write."""
    (told,) = re.findall(r"is not a date this ledger knows; (.*)", refusal)
    dates = r"[0-9]{4}(?:-[0-9]{2}){0,2}(?:T[0-9:]+(?:Z|[+-][0-9]{2}:[0-9]{2}))?"
    return re.findall(rf"{dates}/{dates}|{dates}", told)


def date_of(line: Event, field: str, text: str) -> Event:
    """A line with a date."""
    return {**line, "report": {**line["report"], "published": text}} if field == "published" else {**line, field: text}


@pytest.mark.parametrize("field", ["published", "effective", "until"])
@pytest.mark.parametrize("text", IN_WORDS)
def test_a_recorded_date_is_taken_or_told_the_form_to_write(
    ledger: Path, tmp_path: Path, text: str, field: str
) -> None:
    """From options, and in a line of a file. A form is proposed wherever the text tells one."""
    line = block("2025-12-20")
    options = [*WORDS, *(("--published", "2025-12-20") if field != "published" else ()), f"--{field}"]
    for found in (
        ask(ledger, *options, text),
        ask(ledger, "import", "--dry-run", written(tmp_path, date_of(line, field, text))),
    ):
        assert found.exit_code == 1, found.output
        assert field in found.stderr
        for form in proposed(found.stderr):
            assert ask(ledger, *options, form).exit_code == 0, form
            assert ask(ledger, "import", "--dry-run", written(tmp_path, date_of(line, field, form))).exit_code == 0


@pytest.mark.parametrize("text", [each for each in IN_WORDS if each[:1].isdigit() and "?" not in each][:6])
def test_the_form_that_is_proposed_is_the_date_that_was_meant(ledger: Path, text: str) -> None:
    assert proposed(ask(ledger, *WORDS, "--published", text).stderr)[0].startswith("2026-01")


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("2026-01-28T09:30+08:00", "2026-01-28T01:30Z"),
        ("2026-01-28T01:30Z", "2026-01-28T01:30Z"),
        ("2026-01", "2026-01"),
    ],
)
def test_an_instant_is_stored_in_utc(ledger: Path, text: str, stored: str) -> None:
    (found,) = rows(ledger, *WORDS, "--published", text)
    assert found["event"]["report"]["published"] == stored


def test_record_takes_today_and_yesterday(ledger: Path) -> None:
    (found,) = rows(ledger, *WORDS, "--published", "yesterday", "--effective", "Today")
    today = clock.today()
    assert (found["event"]["report"]["published"], found["event"]["effective"]) == (iso(today - 1), iso(today))


@pytest.mark.parametrize("text", ["01/28/2026", "2026-Q1", "2026-01-28T12:00", "2026-34"])
@pytest.mark.parametrize("clock_of", ["at", "known"])
def test_pages_say_the_same(ledger: Path, text: str, clock_of: str) -> None:
    with pages(ledger) as client:
        refused = client.get("/cell/alpha/x100", params={clock_of: text})
        assert refused.status_code == 400
        for form in re.findall(r"write ([0-9][0-9T:Z+-]*[0-9Z])", refused.text):
            assert client.get("/cell/alpha/x100", params={clock_of: form}).status_code == 200, form
