"""Days and moments with doubt (semantics.md §2)."""

import calendar
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytracker.events.dates import day_of, end_of_day, first_day, iso, moment, moment_text, span
from policytracker.events.refusals import BadDate

NO_DATE = "write a day (2026-01-28), a month, a year, or two of these with a slash between"
NO_DAY = "there is no such day in the calendar; check year, month and day"
NO_TIME = "there is no such time of day; hours run to 23, minutes and seconds to 59"
BACKWARDS = "the interval runs backwards; put the earlier date first"

NO_DATES = [
    ("20240101", NO_DATE),
    ("2024-W01-1", NO_DATE),
    ("2024-W01", NO_DATE),
    ("2024-001", NO_DATE),
    ("२०२६-०१-२८", NO_DATE),
    ("２０２６", NO_DATE),
    ("2026-1-28", NO_DATE),
    ("2026-01-28\n", NO_DATE),
    (" 2026-01-28", NO_DATE),
    ("2_26-01-28", NO_DATE),
    ("+2026", NO_DATE),
    ("-2026", NO_DATE),
    ("12026", NO_DATE),
    ("", NO_DATE),
    ("today", NO_DATE),
    ("2026-01-28T06:30Z", NO_DATE),
    ("2026?", NO_DATE),
    ("202X", NO_DATE),
    ("2026-01-01/..", NO_DATE),
    ("/2026-01-01", NO_DATE),
    ("2026-01-01/", NO_DATE),
    ("2026-01-01/2026-01-02/2026-01-03", NO_DATE),
    ("2026-01-01--2026-01-02", NO_DATE),
    ("2026-02-30", NO_DAY),
    ("2026-02-29", NO_DAY),
    ("2026-13", NO_DAY),
    ("2026-21", NO_DAY),
    ("2026-00", NO_DAY),
    ("2026-01-00", NO_DAY),
    ("0000", NO_DAY),
    ("0000-01-01", NO_DAY),
    ("2026-01-01/2026-02-30", NO_DAY),
    ("2026-01-14/2026-01-01", BACKWARDS),
    ("2026-02/2026-01", BACKWARDS),
    ("2026/2025-12-31", BACKWARDS),
]

instants = st.datetimes(timezones=st.just(UTC)).map(lambda instant: instant.replace(microsecond=0))


def written(instant: datetime) -> str:
    """An instant to the second, as ISO 8601 writes it."""
    return instant.isoformat().replace("+00:00", "Z")


def refused(text: str, way_out: str) -> str:
    """The whole message, for `match`."""
    shown = repr(text) if text.isprintable() else ascii(text)
    return f"^{re.escape(f'{shown} is not a date this ledger knows; {way_out}')}$"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-01-28", "2026-01-28", "2026-01-28"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("2026-01", "2026-01-01", "2026-01-31"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-12", "2026-12-01", "2026-12-31"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999", "9999-01-01", "9999-12-31"),
        ("9999-12", "9999-12-01", "9999-12-31"),
        ("2026-01-01/2026-01-14", "2026-01-01", "2026-01-14"),
        ("2026-01-28/2026-01-28", "2026-01-28", "2026-01-28"),
        ("2026-01/2026-02", "2026-01-01", "2026-02-28"),
        ("2025/2026", "2025-01-01", "2026-12-31"),
        ("2025-11-30/2026", "2025-11-30", "2026-12-31"),
        ("2026-01-31/2026-01", "2026-01-31", "2026-01-31"),
        ("2026-02/2026-02-10", "2026-02-01", "2026-02-10"),
    ],
)
def test_a_date_means_all_days_from_its_first_to_its_last(text: str, first: str, last: str) -> None:
    assert [iso(day) for day in span(text)] == [first, last]


@pytest.mark.parametrize(("text", "way_out"), NO_DATES)
def test_any_other_text_is_no_date(text: str, way_out: str) -> None:
    with pytest.raises(BadDate, match=refused(text, way_out)):
        span(text)


@pytest.mark.parametrize(("text", "way_out"), [pair for pair in NO_DATES if "T" not in pair[0]])
def test_what_is_no_date_is_no_moment_either(text: str, way_out: str) -> None:
    with pytest.raises(BadDate, match=refused(text, way_out)):
        moment(text)


@pytest.mark.parametrize(
    ("text", "way_out"),
    [
        ("2026-01-28T24:00Z", NO_TIME),
        ("2026-01-28T23:60Z", NO_TIME),
        ("2026-01-28T23:59:60Z", NO_TIME),
        ("2026-01-28T06:30", NO_DATE),
        ("2026-01-28T06:30+00:00", NO_DATE),
        ("2026-01-28T06:30z", NO_DATE),
        ("2026-01-28t06:30Z", NO_DATE),
        ("2026-01-28 06:30Z", NO_DATE),
        ("2026-01-28T6:30Z", NO_DATE),
        ("2026-01-28T06Z", NO_DATE),
        ("2026-01-28T06:30:00.5Z", NO_DATE),
        ("2026-01-28T06:30Z\n", NO_DATE),
        ("2026-01-28T०६:३०Z", NO_DATE),
        ("2026-01T06:30Z", NO_DATE),
        ("2026-01-28T06:30Z/2026-01-29", NO_DATE),
    ],
)
def test_an_instant_is_utc_to_the_minute_or_second_and_nothing_else(text: str, way_out: str) -> None:
    with pytest.raises(BadDate, match=refused(text, way_out)):
        moment(text)


def test_an_instant_of_an_impossible_day_is_refused() -> None:
    with pytest.raises(BadDate, match=refused("2026-02-30", NO_DAY)):
        moment("2026-02-30T00:00Z")


def test_a_day_as_a_moment_lies_after_its_last_second_and_just_before_the_next_day() -> None:
    last_second, midnight = moment("2026-01-28T23:59:59Z"), moment("2026-01-29T00:00Z")

    assert last_second < moment("2026-01-28") < midnight
    assert midnight - moment("2026-01-28") == 1


@pytest.mark.parametrize("text", ["2026-01", "2026-01-15/2026-01-31", "2026-01-31", "2026-01/2026-01-31"])
def test_a_month_or_interval_as_a_moment_is_the_end_of_its_last_day(text: str) -> None:
    assert moment(text) == moment("2026-01-31") == end_of_day(span("2026-01-31").first)


def test_moments_keep_the_order_of_the_clock() -> None:
    texts = ["2026-01-27", "2026-01-28T00:00Z", "2026-01-28T00:00:01Z", "2026-01-28T06:30Z", "2026-01-28T06:30:01Z"]
    texts += ["2026-01-28T23:59:59Z", "2026-01-28", "2026-01-29T00:00Z", "2026-01", "2026-02-01T00:00Z", "2026"]

    assert sorted(texts, key=moment) == texts


def test_an_instant_to_the_minute_is_one_at_its_first_second() -> None:
    assert moment("2026-01-28T06:30Z") == moment("2026-01-28T06:30:00Z")


@pytest.mark.parametrize(
    ("text", "first"),
    [("2026-01-28T23:59Z", "2026-01-28"), ("2026-01", "2026-01-01"), ("2025-12-30/2026-01-02", "2025-12-30")],
)
def test_a_publication_begins_on_its_first_day(text: str, first: str) -> None:
    assert iso(first_day(text)) == first


def test_the_end_of_a_day_belongs_to_that_day() -> None:
    day = span("2026-01-28").first

    assert day_of(end_of_day(day)) == day
    assert day_of(moment("2026-01-29T00:00Z")) == day + 1


@given(instants)
def test_an_instant_is_written_as_it_was_read(instant: datetime) -> None:
    text = written(instant)

    expected = text.replace(":00Z", "Z") if instant.second == 0 else text
    assert moment_text(moment(text)) == expected
    assert iso(day_of(moment(text))) == instant.date().isoformat()


@given(st.dates())
def test_a_day_is_written_as_it_was_read(day: date) -> None:
    text = day.isoformat()

    assert span(text) == (day.toordinal(), day.toordinal())
    assert iso(span(text).first) == moment_text(moment(text)) == text


@given(instants, st.timedeltas(timedelta(0), timedelta(days=3)))
def test_moments_are_as_far_apart_as_the_instants(instant: datetime, gap: timedelta) -> None:
    """Two moments a second; the end of the day lies between the days."""
    seconds = int(gap.total_seconds())
    if instant.year == 9999:
        instant = instant.replace(year=9998)
    later = instant + timedelta(seconds=seconds)

    assert moment(written(later)) - moment(written(instant)) == 2 * seconds
    assert (moment(instant.date().isoformat()) < moment(written(later))) == (instant.date() < later.date())


@given(st.integers(1, 9999), st.integers(1, 12))
def test_a_month_ends_where_the_calendar_says(year: int, month: int) -> None:
    last = calendar.monthrange(year, month)[1]

    found = span(f"{year:04}-{month:02}")

    assert found == (date(year, month, 1).toordinal(), date(year, month, last).toordinal())


@given(st.text(max_size=24) | st.from_regex(r"[0-9TWZ:/+-]{1,24}"))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    """No other failure, whatever the text; what is taken is written in ASCII digits."""
    try:
        found = span(text)
    except BadDate:
        return
    assert found.first <= found.last
    assert re.fullmatch(r"[0-9/-]+", text)
