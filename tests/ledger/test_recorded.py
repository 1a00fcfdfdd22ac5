"""The third clock: stamped by the ledger, and never going backwards (semantics.md §2)."""

import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytracker.ledger import clock
from policytracker.ledger.appending import append_lines
from tests.ledger.ground import NOON, Ledger, company, lines_from

HOUR = 3_600_000_000


def test_an_import_has_one_recorded_time_that_of_the_clock(ledger: Ledger) -> None:
    ledger.clock = NOON + 5
    ledger.add(company("one"), company("two"))

    assert [row.recorded for row in ledger.rows()[-3:]] == [NOON, NOON + 5, NOON + 5]


def test_the_recorded_time_does_not_go_back_with_the_clock(ledger: Ledger) -> None:
    """12:00, then 11:00 on the clock, then 12:00:00.000001."""
    ledger.clock = NOON - HOUR
    outcome = ledger.add(company("one"))
    ledger.clock = NOON + 1
    ledger.add(company("two"))

    assert outcome.recorded == NOON
    assert [row.recorded for row in ledger.rows()[-2:]] == [NOON, NOON + 1]


def test_positions_are_dense_from_one_on(ledger: Ledger) -> None:
    """Refused and repeated lines leave no gap."""
    ledger.refusals(company("one"), b"{}")
    ledger.add(company("one"), company("acme"), company("two"))
    ledger.add(company("one"))
    ledger.add(company("three"))

    assert [row.position for row in ledger.rows()] == list(range(1, ledger.head().position + 1))


def test_the_clock_is_read_while_the_ledger_is_locked(ledger: Ledger) -> None:
    """So that two who record at once are stamped in the order in which they are written."""
    locked: list[bool] = []

    def look() -> int:
        locked.append(ledger.store.recorder.cursor is not None)
        return NOON

    append_lines(ledger.store, lines_from([company("one")]), look)

    assert locked == [True]


def test_the_machines_clock_is_taken_in_microseconds() -> None:
    before = time.time_ns() // 1000  # noqa: TID251

    found = clock.now()

    assert before <= found <= time.time_ns() // 1000  # noqa: TID251
    assert clock.today() in (clock.day(found), clock.day(found) + 1)


@given(st.datetimes(datetime(1900, 1, 1), datetime(2999, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001
def test_an_instant_has_the_day_and_the_text_that_the_calendar_gives_it(instant: datetime) -> None:
    seconds = instant - datetime(1970, 1, 1, tzinfo=UTC)
    microseconds = (seconds.days * 86_400 + seconds.seconds) * 1_000_000 + seconds.microseconds

    assert clock.day(microseconds) == instant.date().toordinal()
    assert clock.text(microseconds) == instant.isoformat(timespec="microseconds").replace("+00:00", "Z")


@pytest.mark.parametrize("written", ["2026-01-28T06:30Z", "2026-01-28T06:30:01Z", "1970-01-01T00:00Z"])
def test_an_instant_that_people_write_is_read_in_utc(written: str) -> None:
    minute = written.removesuffix("Z")[:16]

    assert clock.text(clock.read(written)) == f"{written[:-1] if len(written) > 17 else minute + ':00'}.000000Z"


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_a_day_ends_a_microsecond_before_the_next(day: date) -> None:
    last = clock.end_of_day(day.toordinal())

    assert clock.day(last) == day.toordinal()
    assert clock.day(last + 1) == day.toordinal() + 1
