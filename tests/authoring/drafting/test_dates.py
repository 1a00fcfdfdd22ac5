"""Dates by stated rules: never sharper than the words."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytracker.authoring.drafting.dates import dates_in, derivable
from policytracker.events.dates import span

WEDNESDAY = date(2026, 1, 28).toordinal()


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("today", "2026-01-28"),
        ("yesterday", "2026-01-27"),
        ("this week", "2026-01-26/2026-01-28"),
        ("last week", "2026-01-19/2026-01-25"),
        ("earlier this month", "2026-01-01/2026-01-27"),
        ("this month", "2026-01-01/2026-01-28"),
        ("last month", "2025-12"),
        ("in recent weeks", "2026-01-05/2026-01-28"),
        ("on Tuesday", "2026-01-27"),
        ("on Wednesday", "2026-01-28"),
        ("on Thursday", "2026-01-22"),
        ("in the first quarter", "2026-01/2026-03"),
        ("until the end of March", "2026-03-31"),
        ("in October 2022", "2022-10"),
        ("in December", "2025-12"),
        ("January 15, 2026", "2026-01-15"),
        ("Jan. 15", "2026-01-15"),
        ("15 January", "2026-01-15"),
        ("Dec 30", "2025-12-30"),
        ("2026-01-15", "2026-01-15"),
        ("上周", "2026-01-19/2026-01-25"),
        ("本周", "2026-01-26/2026-01-28"),
        ("周二", "2026-01-27"),
        ("昨日", "2026-01-27"),
        ("本月早些时候", "2026-01-01/2026-01-27"),
        ("1月15日", "2026-01-15"),
        ("2025年12月30日", "2025-12-30"),
        ("一季度", "2026-01/2026-03"),
    ],
)
def test_words_mean_what_the_rules_say(words: str, value: str) -> None:
    assert [each.value for each in dates_in(f"It was {words}.", WEDNESDAY)] == [value]


@pytest.mark.parametrize("words", ["February 30, 2026", "2026-13-01", "2月30日", "Mayday", "the second part", "week"])
def test_what_is_no_date_is_none(words: str) -> None:
    assert dates_in(words, WEDNESDAY) == []


@given(
    st.dates(date(2000, 1, 1), date(2098, 12, 31)),
    st.sampled_from(
        [
            "today",
            "yesterday",
            "this week",
            "last week",
            "on Friday",
            "last month",
            "in recent weeks",
            "earlier this month",
            "上周",
            "周三",
            "本月",
        ]
    ),
)
def test_a_past_word_never_means_a_day_to_come(day: date, words: str) -> None:
    for each in dates_in(words, day.toordinal()):
        assert each.first <= each.last <= day
        assert span(each.value) == (each.first.toordinal(), each.last.toordinal())


@given(st.dates(date(2000, 1, 1), date(2098, 12, 31)))
def test_last_week_is_the_iso_week_before(day: date) -> None:
    (found,) = dates_in("last week", day.toordinal())

    assert found.first.isocalendar()[:2] == (day - timedelta(days=7)).isocalendar()[:2]
    assert (found.first.isoweekday(), found.last.isoweekday()) == (1, 7)


@given(st.dates(date(2001, 1, 1), date(2098, 12, 31)), st.dates(date(2001, 1, 1), date(2098, 12, 31)))
def test_a_told_day_may_be_the_day_itself_a_day_up_to_it_or_the_day_after(day: date, told: date) -> None:
    text = f"It took effect on {told:%B} {told.day}, {told.year}."
    after = told + timedelta(days=1)

    assert derivable(text, day.toordinal()) == {f"{told}", f"../{told}", f"{after}", f"{day}", f"../{day}"}
