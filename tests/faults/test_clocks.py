"""The machine's clock is wrong: what is recorded keeps its order; a time far ahead is the least for all later.

Then the machine's clock still decides what is from the future, `doctor` says what happened, and docs/trust.md how to
make a ledger without that time.
"""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import Result

from policytracker.ledger.where import Where
from tests.demo import ask, rows
from tests.ledger.ground import NOON, Ledger

A_YEAR = 365 * 86_400 * 1_000_000


@pytest.fixture
def where(empty: Ledger, monkeypatch: pytest.MonkeyPatch) -> Where:
    """A ledger in which something was recorded at noon of 2027-01-15."""
    register(empty.path, "first", NOON, monkeypatch)
    return empty.path


def at(clock: int, monkeypatch: pytest.MonkeyPatch, where: Where, *words: str) -> Result:
    """The answer of a command while the machine's clock shows this (microseconds since 1970)."""
    with monkeypatch.context() as patch:
        patch.setattr("policytracker.ledger.clock.time", SimpleNamespace(time_ns=lambda: clock * 1000))
        return ask(where, *words)


def register(where: Where, name: str, clock: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Record something through the door while the machine's clock shows this."""
    words = ("--company", name, "--name", name, "--jurisdiction", "CN")
    answer = at(clock, monkeypatch, where, "record", "company-registered", *words)
    assert answer.exit_code == 0, answer.output
    assert at(clock, monkeypatch, where, "verify").exit_code == 0


def recorded(where: Where) -> list[str]:
    return [row["recorded"] for row in rows(where, "log")]


@pytest.mark.parametrize("clock", [NOON - 1, NOON - A_YEAR, 0, -A_YEAR], ids=["a little", "a year", "1970", "1969"])
def test_a_clock_set_back_does_not_set_back_what_is_recorded(
    where: Where, clock: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(where, "second", clock, monkeypatch)
    register(where, "third", NOON + 1_000_000, monkeypatch)

    assert recorded(where) == ["2027-01-15T12:00:00.000000Z"] * 2 + ["2027-01-15T12:00:01.000000Z"]


def test_a_clock_far_ahead_is_the_least_for_all_that_follows(where: Where, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody's clock shows 2077 for a minute; from then on events are recorded in 2077, in their order."""
    register(where, "second", NOON + 50 * A_YEAR, monkeypatch)
    register(where, "third", NOON, monkeypatch)

    assert [when[:4] for when in recorded(where)] == ["2027", "2077", "2077"]
    early = ask(where, "log", "--nl", "--recorded", "2027-12-31")
    assert len(early.stdout.splitlines()) == 1


def said(published: str) -> tuple[str, ...]:
    """Words that record what a paper has said on a day."""
    words = ("--kind", "statement", "--text", "talks", "--publisher", "Reuters", "--published", published)
    return ("record", "development-reported", *words)


def test_after_a_clock_far_ahead_what_is_from_the_future_is_refused_by_the_clock_of_today(
    where: Where, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock shows 2077 for a minute. Today's report is recorded after it, one of the week after next is not."""
    register(where, "second", NOON + 50 * A_YEAR, monkeypatch)

    today = at(NOON, monkeypatch, where, *said("2027-01-15"))
    future = at(NOON, monkeypatch, where, *said("2027-01-30"))

    assert today.exit_code == 0, today.output
    assert future.exit_code == 1
    assert "2027-01-30 begins more than a day after today (2027-01-15, UTC, by this machine's clock, though" in (
        future.stderr
    )
    assert [when[:4] for when in recorded(where)] == ["2027", "2077", "2077"]


def test_doctor_says_since_which_event_the_recorded_time_is_ahead(
    where: Where, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(where, "second", NOON + 50 * A_YEAR, monkeypatch)
    register(where, "third", NOON, monkeypatch)
    second = rows(where, "log")[1]

    answer = at(NOON, monkeypatch, where, "doctor", "--json")

    assert answer.exit_code == 1
    ((level, says, do),) = [
        (each["level"], each["says"], each["do"]) for each in json.loads(answer.stdout) if each["check"] == "clock"
    ]
    assert level == "problem"
    assert says.startswith(
        "the newest recorded time, 2077-01-02T12:00:00.000000Z, is 18,250 days ahead of this machine's clock; "
        f"the first such event is {second['id'][:12]} at position 2, recorded 2077-01-02T12:00:00.000000Z by "
    )
    assert "--recorded cannot tell the events from position 2 on apart" in do
    assert "docs/trust.md" in do


def test_a_backup_of_before_and_an_export_make_a_ledger_without_the_wrong_time(
    where: Where, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As docs/trust.md tells it."""
    assert at(NOON, monkeypatch, where, "backup", str(tmp_path / "before.backup")).exit_code == 0
    register(where, "second", NOON + 50 * A_YEAR, monkeypatch)
    register(where, "third", NOON + 1_000_000, monkeypatch)
    mended, whole, later = tmp_path / "mended.ledger", str(tmp_path / "whole.jsonl"), NOON + 60_000_000

    assert at(later, monkeypatch, where, "export", "-o", whole).exit_code == 0
    assert at(later, monkeypatch, mended, "restore", str(tmp_path / "before.backup")).exit_code == 0
    answer = at(later, monkeypatch, mended, "import", whole)

    assert answer.stdout == "2 events appended, 1 was recorded already\n"
    assert recorded(mended) == ["2027-01-15T12:00:00.000000Z"] + ["2027-01-15T12:01:00.000000Z"] * 2
    assert [row["id"] for row in rows(mended, "log")] == [row["id"] for row in rows(where, "log")]
    assert at(later, monkeypatch, mended, "verify").exit_code == 0
