"""Numbers by stated rules: a range that keeps the vagueness of the words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytracker.authoring.drafting.amounts import CHIPS, COMPANIES, amounts


@pytest.mark.parametrize(
    ("words", "least", "most"),
    [
        ("75,000 chips", 75_000, 75_000),
        ("up to 75,000 chips", None, 75_000),
        ("as many as 75,000 chips", None, 75_000),
        ("no more than 75,000 chips", None, 75_000),
        ("more than 400,000 chips", 400_001, None),
        ("more than two million chips", 2_000_001, None),
        ("at least 1.5 million chips", 1_500_000, None),
        ("fewer than 200,000 chips", None, 199_999),
        ("about 10,000 chips", 9_000, 11_000),
        ("nearly 100,000 chips", 90_000, 99_999),
        ("several hundred thousand chips", 200_000, 999_999),
        ("tens of thousands of chips", 20_000, 99_999),
        ("half a million chips", 500_000, 500_000),
        ("5万枚", 50_000, 50_000),
        ("超过30万枚", 300_001, None),
        ("最多可购买5万枚", None, 50_000),
        ("逾40万枚", 400_001, None),
        ("数十万枚", 200_000, 999_999),
        ("约2万枚", 18_000, 22_000),
        ("30多万枚", 300_001, None),
    ],
)
def test_words_make_the_range_that_the_rules_say(words: str, least: int | None, most: int | None) -> None:
    assert [(each.min, each.max, each.what) for each in amounts(f"It bought {words}.")] == [(least, most, CHIPS)]


@pytest.mark.parametrize(
    ("words", "least", "most"),
    [
        ("about ten companies", 9, 11),
        ("three firms", 3, 3),
        ("more than five buyers", 6, None),
        ("三家企业", 3, 3),
        ("约十家企业", 9, 11),
    ],
)
def test_companies_are_counted_apart_from_chips(words: str, least: int, most: int | None) -> None:
    assert [(each.min, each.max, each.what) for each in amounts(words)] == [(least, most, COMPANIES)]


@pytest.mark.parametrize(
    "words",
    [
        "in 2026",
        "on May 14",
        "25 percent",
        "8%",
        "two people said",
        "the 5nm node",
        "2026年1月28日",
        "a 3-year plan",
        "three years",
    ],
)
def test_dates_shares_and_people_are_no_amounts(words: str) -> None:
    assert [each for each in amounts(words) if each.what] == []


def test_money_has_its_currency_and_each_company_its_own_number() -> None:
    money, each = (amounts(text)[0] for text in ("sales of about $50 million", "roughly 10,000 each"))

    assert (money.min, money.max, money.what) == (45_000_000, 55_000_000, "USD")
    assert (each.min, each.max, each.what, each.per_company) == (9_000, 11_000, CHIPS, True)


@given(st.integers(1, 999_999_999))
def test_a_written_number_is_itself_and_its_bounds_hold_it(number: int) -> None:
    def bounds(before: str) -> tuple[int | None, int | None]:
        found = amounts(f"They bought {before}{number:,} chips.")[0]
        return found.min, found.max

    assert bounds("") == (number, number)
    assert bounds("more than ") == (number + 1, None)
    assert bounds("up to ") == (None, number)
    assert bounds("at least ") == (number, None)
    least, most = bounds("about ")
    assert least is not None and most is not None and least <= number <= most and number - least == most - number
