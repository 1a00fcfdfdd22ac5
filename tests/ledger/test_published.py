"""A report is not published long before it is (interchange.md, "What is refused"; semantics.md §2)."""

import pytest

from tests.ledger.ground import NOON, REPORT, Fields, Ledger, about, changed, cleared

HOUR = 3_600_000_000
MIDNIGHT = NOON - 12 * HOUR
"""2027-01-15T00:00Z."""


def published(day: str) -> Fields:
    return REPORT | {"published": day}


def message(day: str, today: str = "2027-01-15", field: str = "report.published") -> str:
    return (
        f"{field}: {day} begins more than a day after today ({today}, UTC); "
        "give the day on which it was published; a day ahead in effect belongs in effective"
    )


@pytest.mark.parametrize(
    "day", ["2027-01-16", "2027-01-16T23:59:59Z", "2027-01-16/2028", "2027-01", "2027", "2027-01-15/2027-06"]
)
def test_a_publication_may_begin_a_day_ahead(ledger: Ledger, day: str) -> None:
    """Somewhere it is tomorrow already; a month that has begun may not be over."""
    ledger.add(cleared("new", report=published(day)))


@pytest.mark.parametrize("day", ["2027-01-17", "2027-01-17T00:00Z", "2027-02", "2028", "2027-01-17/2027-01-18"])
def test_a_publication_that_begins_later_is_refused(ledger: Ledger, day: str) -> None:
    assert ledger.refusal(cleared("new", report=published(day))) == message(day)


def test_the_day_it_is_recorded_is_the_day_in_utc(ledger: Ledger) -> None:
    event = cleared("new", report=published("2027-01-17"))

    ledger.clock = MIDNIGHT + 24 * HOUR - 1
    assert ledger.refusal(event) == message("2027-01-17")

    ledger.clock += 1
    ledger.add(event)


def test_a_clock_that_is_behind_the_newest_event_is_named_as_what_may_be_wrong(ledger: Ledger) -> None:
    """Nobody can tell whether this clock is behind, or that of who recorded last was ahead. The recorded time does not
    go back; but what was published after this clock's day may be from the future."""
    ledger.clock = NOON - 30 * 24 * HOUR

    ledger.add(cleared("new", report=published("2026-12-17")))

    assert ledger.refusal(cleared("newer", report=published("2026-12-18"))) == (
        "report.published: 2026-12-18 begins more than a day after today (2026-12-16, UTC, by this machine's clock, "
        "though the newest event was recorded on 2027-01-15); set this clock if it is wrong, and see `policytracker "
        "doctor`; else give the day on which it was published; a day ahead in effect belongs in effective"
    )
    assert ledger.head().recorded == NOON


def test_after_a_clock_far_ahead_reports_from_the_future_are_refused_all_the_same(ledger: Ledger) -> None:
    """Somebody's clock shows 2077 for a minute; then another records."""
    ledger.clock = NOON + 50 * 365 * 24 * HOUR
    ledger.add(cleared("odd", note="recorded in 2077"))
    ledger.clock = NOON

    ledger.add(cleared("todays", report=published("2027-01-15")), cleared("ahead", report=published("2027-01-16")))

    assert ledger.refusal(cleared("new", report=published("2027-01-17"))).startswith(
        "report.published: 2027-01-17 begins more than a day after today (2027-01-15, UTC, by this machine's clock, "
        "though the newest event was recorded on 2077-01-02)"
    )
    assert {row.recorded for row in ledger.rows()[-2:]} == {NOON + 50 * 365 * 24 * HOUR}


@pytest.mark.parametrize("kind", ["corroborated", "disputed", "retracted", "lifted", "suspended"])
def test_reports_of_events_about_others_are_held_to_it_too(ledger: Ledger, kind: str) -> None:
    assert ledger.refusal(about(kind, "clear", report=published("2028"))) == message("2028")


def test_so_is_a_report_given_by_a_correction(ledger: Ledger) -> None:
    event = changed("clear", report=published("2028"))

    assert ledger.refusal(event) == message("2028", field="changes.report.published")


def test_effective_may_lie_ahead(ledger: Ledger) -> None:
    ledger.add(cleared("new", effective="2030", until="2031"))


def test_a_leap_day_is_followed_by_the_first_of_march(ledger: Ledger) -> None:
    ledger.clock = 1_835_438_400_000_000

    assert ledger.refusal(cleared("new", report=published("2028-03-02"))) == message("2028-03-02", "2028-02-29")
    ledger.add(cleared("new", report=published("2028-03-01")))
