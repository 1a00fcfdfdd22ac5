"""Selectors, tests on attributes, cohorts: what a scope may say (semantics.md §4)."""

import operator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytracker.events.catalogue import CLAIMS, DEVELOPMENTS, MARKET, SIGNALS
from policytracker.events.selectors import ATTRIBUTES, check_chip_id, check_company_selector
from policytracker.events.selectors import test as read_test
from tests.events.samples import BLOCKED, least, read, refusal

COMPANY_WAY_OUT = "is no company selector; use an id, under:ID, owned:ID, in:CN, hq:CN (two capital letters) or all"
CHIP_WAY_OUT = 'is no chip selector; use an id, vendor:NAME, {"where": [tests]} or all'
TEST_WAY_OUT = "is no test; write attribute, sign and number: tpp<21000"
SIGNS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("tencent", "tencent"),
        ("x.ai-2", "x.ai-2"),
        ("under:tencent", "tencent"),
        ("owned:tencent", "tencent"),
        ("in:CN", None),
        ("hq:US", None),
        ("all", None),
    ],
)
def test_a_company_selector_names_an_id_or_none(text: str, named: str | None) -> None:
    assert check_company_selector(text) == named


@pytest.mark.parametrize(
    "text", ["Tencent", "腾讯", "in:cn", "in:CHN", "in:", "hq:C", "under:", "under:A", "owned:", "owns:a", "of:CN", ""]
)
def test_an_unknown_company_selector_is_refused(text: str) -> None:
    assert refusal(BLOCKED | {"companies": [text]}) == f"companies: {text!r} {COMPANY_WAY_OUT}"
    assert refusal(BLOCKED | {"companies": {"of": [text]}}) == f"companies.of: {text!r} {COMPANY_WAY_OUT}"
    assert refusal(BLOCKED | {"except_companies": [text]}) == f"except_companies: {text!r} {COMPANY_WAY_OUT}"


def test_a_chip_selector_names_an_id_or_none() -> None:
    assert check_chip_id("h200") == "h200"
    assert check_chip_id("all") is None
    assert check_chip_id("vendor:Advanced Micro Devices, Inc.") is None


@pytest.mark.parametrize("text", ["H200", "h 200", "in:CN", "vendor:", "vendor: ", "Vendor:x", "", "h200​"])
def test_an_unknown_chip_selector_is_refused(text: str) -> None:
    shown = repr(text) if text.isprintable() else ascii(text)

    assert refusal(BLOCKED | {"chips": [text]}) == f"chips: {shown} {CHIP_WAY_OUT}"
    assert refusal(BLOCKED | {"except_chips": [text]}) == f"except_chips: {shown} {CHIP_WAY_OUT}"


@given(
    st.sampled_from(ATTRIBUTES),
    st.sampled_from(sorted(SIGNS)),
    st.integers(-(10**6), 10**6) | st.decimals(-1000, 1000, places=2),
    st.floats(-2000, 2000),
)
def test_a_test_compares_as_its_sign_says(attribute: str, sign: str, number: Any, value: float) -> None:
    found = read_test(f"{attribute}{sign}{number}")

    assert found.attribute == attribute
    assert found.passes(value) == SIGNS[sign](value, float(number))
    assert found.passes(float(number)) == ("=" in sign)


@pytest.mark.parametrize(
    "text",
    [
        "tpp",
        "tpp<",
        "<21000",
        "tpp < = 21000",
        "tpp==1",
        "tpp=>1",
        "tpp!=1",
        "tpp<1e3",
        "tpp<1.",
        "tpp<१२",
        "tpp<1_0",
        "",
    ],
)
def test_an_unreadable_test_is_refused(text: str) -> None:
    assert refusal(BLOCKED | {"chips": [{"where": [text]}]}) == f"chips.where: {text!r} {TEST_WAY_OUT}"


@pytest.mark.parametrize("text", ["tpp<21000", "tpp < 21000", " tpp  <21000 "])
def test_spaces_around_the_sign_do_not_matter(text: str) -> None:
    assert read_test(text) == ("tpp", "<", 21_000)


def test_a_test_of_an_attribute_that_does_not_exist_is_refused() -> None:
    message = (
        "chips.where: there is no attribute 'price'; use one of: "
        "tpp, performance_density, dram_bandwidth, io_bandwidth, die_area, memory, datacentre"
    )

    assert refusal(BLOCKED | {"chips": [{"where": ["tpp<1", "price<1"]}]}) == message
    assert refusal(BLOCKED | {"except_chips": [{"where": ["price<1"]}]}) == f"except_{message}"


def test_a_where_without_a_test_is_refused() -> None:
    message = 'chips.where: no test in it; add one, such as "tpp<21000", or select all'

    assert refusal(BLOCKED | {"chips": ["all", {"where": []}]}) == message


@pytest.mark.parametrize(
    ("scope", "message"),
    [
        ({"companies": []}, "companies: no selector in it; name companies, a group, in:CN or all"),
        ({"chips": []}, 'chips: no selector in it; name chips, a group, vendor:NAME, {"where": [...]} or all'),
        (
            {"companies": {"of": []}},
            "companies.of: the cohort has no selectors; say out of which companies: a group, in:CN, all",
        ),
        (
            {"companies": {"of": ["all"], "count": 1, "named": ["a1", "b1"]}},
            "companies.named: 2 companies named of 1; raise count, or name fewer",
        ),
        (
            {"companies": {"of": ["all"], "named": ["a1"], "excluded": ["b1", "a1"]}},
            "companies.excluded: a1 is both named and excluded; keep it in one of the two lists",
        ),
    ],
)
def test_a_scope_that_cannot_be_meant_is_refused(scope: dict[str, Any], message: str) -> None:
    assert refusal(BLOCKED | scope) == message


def test_a_company_named_twice_in_a_cohort_counts_once() -> None:
    read(BLOCKED | {"companies": {"of": ["all"], "count": 1, "named": ["a1", "a1"]}})


@pytest.mark.parametrize("name", [*CLAIMS, *MARKET, *SIGNALS, *DEVELOPMENTS])
def test_every_event_with_a_scope_tells_whom_and_what_it_names(name: str) -> None:
    """Each id with its name space and the field to blame, and whether no group may be meant.

    `all`, places, vendors and tests name nothing.
    """
    where = {"where": ["tpp<1"], "of": ["blackwell", "vendor:Nvidia", {"where": ["tpp<1"], "of": ["b30a"]}]}
    scope: dict[str, Any] = {"chips": ["h20", "all", where, "hopper"]}
    pool = ["giants", "in:CN", "under:acme", "owned:conglomerates"]
    scope["companies"] = {"of": pool, "named": ["bolt"], "excluded": ["coda"]}
    excepted = {"except_companies": ["dyno", "hq:CN"], "except_chips": ["mi300", {"where": ["tpp>1"]}]}
    event: Any = read(least(name) | scope | (excepted if name in CLAIMS else {}))

    expected = {("company", "companies.of", each, False) for each in ("giants", "conglomerates")}
    expected |= {("company", "companies.of", "acme", True)}
    expected |= {("company", "companies.named", "bolt", True), ("company", "companies.excluded", "coda", True)}
    expected |= {("chip", "chips", each, False) for each in ("h20", "hopper")}
    expected |= {("chip", "chips.of", "blackwell", False), ("chip", "chips.of.of", "b30a", False)}
    expected |= {("authority", "authority", "gacc", False)} if "authority" in least(name) else set()
    if name in CLAIMS:
        expected |= {("company", "except_companies", "dyno", False), ("chip", "except_chips", "mi300", False)}
    assert set(event.ids()) == expected
