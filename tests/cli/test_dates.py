"""Dates at the door: words, months and instants are taken; anything else is told the very form to write."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from click.testing import Result

from policytracker.events.dates import iso
from policytracker.ledger import clock
from policytracker.ledger.where import Where
from tests.demo import ask, rows

CELL = ("state", "tencent", "h200")


def cell(ledger: Where, *arguments: str) -> dict[str, object]:
    """The answer for Tencent's H200."""
    (found,) = rows(ledger, *CELL, *arguments)
    return found


def notes(ledger: Where, *arguments: str) -> list[str]:
    """What an answer says of its dates."""
    told = ask(ledger, *arguments).stdout.splitlines()
    return [line.removeprefix("note: ") for line in told if line.startswith("note: ")]


@pytest.mark.parametrize(("text", "days"), [("today", 0), ("yesterday", -1), ("Today", 0), (" YESTERDAY ", -1)])
def test_days_in_words_are_taken(demo: Where, text: str, days: int) -> None:
    day = clock.today() + days
    found = cell(demo, "--at", text, "--known", text)
    assert (found["at"], found["known"]) == (iso(day), iso(day))
    assert ask(demo, "log", "--recorded", text).exit_code == 0
    assert ask(demo, "timeline", "tencent", "h200", "--from", text).exit_code == 0


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("2026-01-28T20:30+08:00", "2026-01-28T12:30Z"),
        ("2026-01-28T12:30Z", "2026-01-28T12:30Z"),
        ("2026-01-28T12:30:05Z", "2026-01-28T12:30:05Z"),
        ("2026-01", "2026-01-31"),
        ("2026", "2026-12-31"),
        ("2026-01-01/2026-01-14", "2026-01-14"),
    ],
)
def test_instants_with_an_offset_and_whole_dates_are_taken(demo: Where, text: str, known: str) -> None:
    """A date means the end of its last day (semantics.md §2)."""
    assert cell(demo, "--at", "2026-01-28", "--known", text)["known"] == known
    assert ask(demo, "log", "--recorded", text).exit_code == 0


REFUSED = [
    "01/28/2026", "28.01.2026", "2026/01/28", "20260128", "28 January 2026", "Jan 2026", "2026-Q1", "2026-34",
    "Q3 2025", "2026-W05", "2026-1-8", "2026-01-28T12:00", "2026-01-28 12:00", "2026-01-28T09:30+0800",
    "2026-01/2026-02", "../2026-06-29", "2026-01-28T12:00:00.5Z", "2026?", "202X", "tomorrow", "",
]  # fmt: skip


@pytest.mark.parametrize("option", ["--at", "--known", "--recorded", "--from", "--to"])
@pytest.mark.parametrize("text", REFUSED)
def test_any_other_date_is_taken_or_told_the_form_to_write_which_is_taken(demo: Where, text: str, option: str) -> None:
    command = ("timeline", "tencent", "h200", "--json") if option in ("--from", "--to") else (*CELL, "--json")
    answer = ask(demo, *command, option, text)
    if is_taken(answer):
        return
    assert answer.exit_code == 2
    assert f"Invalid value for '{option}'" in answer.stderr
    for form in proposed(answer.stderr):
        assert is_taken(ask(demo, *command, option, form)), form


def is_taken(answer: Result) -> bool:
    """Whether a date was taken. As recorded by January nobody was registered: that is refused, and not for its date."""
    return answer.exit_code == 0 or "no company is called 'tencent'" in answer.stderr


def proposed(message: str) -> Iterator[str]:
    """The forms that a message tells to write."""
    told = message[message.index("write ") :]
    found = re.findall(r"\d{4}[-0-9T:+Z/]*\d(?:Z|\+\d\d:\d\d)?|\d{4}|\btoday|\byesterday", told)
    assert found, message
    yield from found


def test_an_old_answer_an_early_word_and_the_future_are_said(demo: Where) -> None:
    """Each clock for itself; the end of today is no future."""
    today = clock.today()
    assert notes(demo, *CELL, "--at", "2026-01-28", "--known", "2026-01-28T12:00Z") == []
    assert notes(demo, *CELL, "--at", "2026-01-28", "--known", "today", "--recorded", "today") == []
    (early,) = notes(demo, *CELL, "--at", "2026-01-29", "--known", "2026-01-28T12:00Z")
    assert early == (
        "the day asked for, 2026-01-29, is later than the day of --known, 2026-01-28: "
        "the answer is what was foreseen then"
    )
    future = (date.fromordinal(today) + timedelta(days=400)).isoformat()
    told = notes(demo, *CELL, "--at", future, "--known", future, "--recorded", future)
    assert [note.partition(" (")[0] for note in told[1:]] == [
        "the day asked for is in the future",
        "--known is in the future",
        "--recorded is in the future",
    ]
    assert re.fullmatch(
        r"the day asked for lies [\d,]+ days after the newest report; things may have changed since", told[0]
    )


def test_notes_stand_beside_what_programs_read(demo: Where) -> None:
    answer = ask(demo, *CELL, "--at", "2026-01-29", "--known", "2026-01-28", "--json")
    assert "note:" not in answer.stdout
    assert "is later than the day of --known" in answer.stderr


def test_an_answer_without_a_day_says_nothing_of_days(demo: Where) -> None:
    assert notes(demo, "log", "--limit", "1") == []
    assert notes(demo, "timeline", "tencent", "h200", "--known", "2022") == []
