"""Days and moments with doubt (semantics.md §2)."""

import calendar
import re
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytracker.events.dates import (
    BEFORE_ALL_DAYS,
    day_of,
    end_of_day,
    first_day,
    in_utc,
    is_open,
    iso,
    moment,
    moment_text,
    span,
)
from policytracker.events.refusals import BadDate

NO_DATE = "write a day (2026-01-28), a month (2026-01), a year (2026), or two of these with a slash between"
NO_MOMENT = f"{NO_DATE}; an instant as 2026-01-28T06:30Z"
NO_DAY = "there is no such day in the calendar; check year, month and day"
NO_TIME = "there is no such time of day; hours run to 23, minutes and seconds to 59"
NO_OFFSET = "there is no such offset; they run from -14:00 to +14:00"
OUTSIDE = "in UTC it lies outside the years 0001 to 9999"
NO_ZONE, FOR_EIGHT = "say in which time zone: write", "for an offset of eight hours"
WRITE_OFFSET = "write the offset with a sign, two digits and two digits: 2026-01-28T06:30+08:00"
BACKWARDS = "the interval runs backwards; put the earlier date first"

NO_DATES = [
    ("२०२६-०१-२८", NO_DATE),
    ("２０２६", NO_DATE),
    ("2026-01-28\n", "write 2026-01-28"),
    (" 2026-01-28", "write 2026-01-28"),
    ("2_26-01-28", NO_DATE),
    ("+2026", NO_DATE),
    ("-2026", NO_DATE),
    ("12026", NO_DATE),
    ("", NO_DATE),
    ("today", NO_DATE),
    ("2026-01-28/", NO_DATE),
    ("/2026-01-01", NO_DATE),
    ("2026-01-01/2026-01-02/2026-01-03", NO_DATE),
    ("2026-01-01--2026-01-02", NO_DATE),
    ("..", NO_DATE),
    ("../..", NO_DATE),
]
IMPOSSIBLE = [
    ("2026-02-30", NO_DAY),
    ("2026-02-29", NO_DAY),
    ("2026-13", NO_DAY),
    ("2026-00", NO_DAY),
    ("2026-01-00", NO_DAY),
    ("0000", NO_DAY),
    ("0000-01-01", NO_DAY),
    ("2026-01-01/2026-02-30", NO_DAY),
    ("2026-01-14/2026-01-01", BACKWARDS),
    ("2026-02/2026-01", BACKWARDS),
    ("2026/2025-12-31", BACKWARDS),
]
MEANT = [
    ("20240101", "2024-01-01"),
    ("2024-W01-1", "2024-01-01"),
    ("2024-W01", "2024-01-01/2024-01-07"),
    ("2024-060", "2024-02-29"),
    ("2026-1-28", "2026-01-28"),
    ("2026-1", "2026-01"),
    ("2026.01.28", "2026-01-28"),
    ("2026/01/28", "2026-01-28"),
    ("01/28/2026", "2026-01-28"),
    ("28.1.2026", "2026-01-28"),
    ("01/02/2026", "2026-01-02 or 2026-02-01"),
    ("1/2026", "2026-01"),
    ("28 January 2026", "2026-01-28"),
    ("Jan. 28th, 2026", "2026-01-28"),
    ("January 2026", "2026-01"),
    ("2026-Q1", "2026-01/2026-03"),
    ("Q4 2025", "2025-10/2025-12"),
    ("q2 of 2026", "2026-04/2026-06"),
    ("2026H2", "2026-07/2026-12"),
    ("2026-21", "2026-03/2026-05"),
    ("2026-24", "2026-12/2027-02"),
    ("2026-29", "2026-09/2026-11"),
    ("2026-30", "2026-12/2027-02"),
    ("2026-34", "2026-04/2026-06"),
    ("2026-37", "2026-01/2026-04"),
    ("2026-41", "2026-07/2026-12"),
    ("winter 2025", "2025-12/2026-02"),
    ("Summer of 2026", "2026-06/2026-08"),
    ("2026?", "2026"),
    ("2026-01~", "2026-01"),
    ("202X", "2020/2029"),
    ("19XX", "1900/1999"),
]
"""What people and other formats write, and what is proposed in its place."""

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


@pytest.mark.parametrize(("text", "way_out"), [*NO_DATES, *IMPOSSIBLE])
def test_any_other_text_is_no_date(text: str, way_out: str) -> None:
    with pytest.raises(BadDate, match=refused(text, way_out)):
        span(text)


@pytest.mark.parametrize(("text", "way_out"), [*NO_DATES, *IMPOSSIBLE])
def test_what_is_no_date_is_no_moment_either(text: str, way_out: str) -> None:
    with pytest.raises(BadDate, match=refused(text, NO_MOMENT if way_out == NO_DATE else way_out)):
        moment(text)


@pytest.mark.parametrize(("text", "meant"), MEANT)
def test_what_is_proposed_in_place_of_a_text_is_then_taken(text: str, meant: str) -> None:
    """For a quarter or a season that is the interval (interchange.md, "What is refused")."""
    for read in (span, moment):
        with pytest.raises(BadDate, match=refused(text, f"write {meant}")):
            read(text)
    for each in meant.split(" or "):
        span(each)


def test_a_date_may_be_open_at_its_start() -> None:
    assert span("../2026-06-29") == (BEFORE_ALL_DAYS, span("2026-06-29").last)
    assert span("../2026-06").last == span("2026-06-30").last
    assert (is_open("../2026"), is_open("2025/2026")) == (True, False)
    assert span("0001-01-01").first > BEFORE_ALL_DAYS
    assert iso(BEFORE_ALL_DAYS) == ".."


@pytest.mark.parametrize(
    ("text", "way_out"),
    [
        ("../2026-06-29", "only effective may be open at its start; write 2026-06-29 or a whole interval"),
        ("2026-06-29/..", "write 2026-06-29 and leave until out: without it there is no end"),
    ],
)
def test_a_moment_is_not_open(text: str, way_out: str) -> None:
    with pytest.raises(BadDate, match=refused(text, way_out)):
        moment(text)


@pytest.mark.parametrize(
    ("text", "way_out"),
    [
        ("2026-01-28T24:00Z", NO_TIME),
        ("2026-01-28T23:60Z", NO_TIME),
        ("2026-01-28T23:59:60Z", NO_TIME),
        ("2026-01-28T06:30+15:00", NO_OFFSET),
        ("2026-01-28T06:30+08:60", NO_OFFSET),
        ("0001-01-01T00:00+08:00", OUTSIDE),
        ("9999-12-31T23:00-08:00", OUTSIDE),
        ("2026-01-28T06:30", f"{NO_ZONE} 2026-01-28T06:30Z for UTC, or 2026-01-28T06:30+08:00 {FOR_EIGHT}"),
        ("2026-01-28 06:30:15", f"{NO_ZONE} 2026-01-28T06:30:15Z for UTC, or 2026-01-28T06:30:15+08:00 {FOR_EIGHT}"),
        ("2026-01-28T06:30z", "write 2026-01-28T06:30Z"),
        ("2026-01-28t06:30Z", "write 2026-01-28T06:30Z"),
        ("2026-01-28 06:30 UTC", "write 2026-01-28T06:30Z"),
        ("2026-01-28T6:30Z", "write 2026-01-28T06:30Z"),
        ("2026-01-28T06:30:00.5Z", "write 2026-01-28T06:30:00Z"),
        ("2026-01-28T06:30Z\n", "write 2026-01-28T06:30Z"),
        ("2026-01-28T06:30+0800", WRITE_OFFSET),
        ("2026-01-28 06:30 -05:00", WRITE_OFFSET),
        ("2026-01-28T06Z", NO_MOMENT),
        ("2026-01-28T०६:३०Z", NO_MOMENT),
        ("2026-01T06:30Z", NO_MOMENT),
        ("2026-01-28T06:30Z/2026-01-29", NO_MOMENT),
    ],
)
def test_an_instant_is_to_the_minute_or_second_with_z_or_an_offset_and_nothing_else(text: str, way_out: str) -> None:
    with pytest.raises(BadDate, match=refused(text, way_out)):
        moment(text)


@pytest.mark.parametrize("text", ["2026-01-28T06:30Z", "2026-01-28T06:30", "2026-01-28 06:30 +0800"])
def test_where_a_day_is_meant_an_instant_is_none(text: str) -> None:
    with pytest.raises(BadDate, match=refused(text, "only days are taken here: write 2026-01-28")):
        span(text)


@given(instants, st.integers(-14 * 60, 14 * 60))
def test_an_offset_is_taken_off(instant: datetime, ahead: int) -> None:
    """The moment is that of the same instant in UTC, and is written so."""
    zone = timezone(timedelta(minutes=ahead))
    try:
        local = instant.astimezone(zone)
    except OverflowError:
        return
    text = local.isoformat()

    assert moment(text) == moment(written(instant))
    assert in_utc(text) == moment_text(moment(written(instant)))
    assert first_day(text) == instant.date().toordinal()


@pytest.mark.parametrize(
    "text", ["2026", "2026-01-28T06:30:00Z", "Today", "2026-01-28T06:30", "2026-01-28T99:00+08:00"]
)
def test_what_is_no_instant_with_an_offset_stays_as_it_is(text: str) -> None:
    assert in_utc(text) == text


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
    assert re.fullmatch(r"(\.\./)?[0-9/-]+", text)
