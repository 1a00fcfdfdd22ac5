"""The naive reading of semantics.md §1 and §4, held to their tables by hand."""

from datetime import date
from typing import Any

import pytest

from policytracker.testing import naive
from policytracker.testing.naive import Entry
from policytracker.testing.naive.scopes import owned, passes
from tests.naive_ground import REGISTRY, about, answer, claim, entries, report, scope


def company(name: str, jurisdiction: str = "CN", **fields: Any) -> Entry:
    """A registration."""
    return {"type": "company-registered", "company": name, "name": name, "jurisdiction": jurisdiction, **fields}


def chip(name: str, controlled_by: list[str], **fields: Any) -> Entry:
    """A registration."""
    return {"type": "chip-registered", "chip": name, "name": name, "vendor": "Nvidia"} | {
        "controlled_by": controlled_by,
        **fields,
    }


# §1


@pytest.mark.parametrize(
    ("home", "controlled_by", "origin", "gates"),
    [
        ("CN", ["US"], None, ["US/export", "CN/import"]),
        ("CN", ["CN", "US"], None, ["US/export", "CN/import"]),
        ("US", ["US"], None, ["US/import"]),
        ("US", ["US"], "US", []),
        ("CN", ["US", "NL"], "CN", ["NL/export", "US/export"]),
        ("CN", [], "US", ["CN/import"]),
    ],
)
def test_the_gates_of_a_cell(home: str, controlled_by: list[str], origin: str | None, gates: list[str]) -> None:
    """A chip is not exported from the company's own place, nor imported where it comes from."""
    registry = [company("acme", home), chip("x", controlled_by, origin=origin)]
    names = naive.registry(entries(registry=registry), date(2026, 1, 1))
    assert naive.gate_names("acme", "x", names) == gates


def test_a_cell_without_gates_is_cleared() -> None:
    """Domestic: nothing limits it, and nothing is silent."""
    registry = [company("acme", "US"), chip("x", ["US"], origin="US")]
    found = answer(registry=registry, chip="x")
    assert (found["status"], found["limited_by"], found["if_open"]) == ("cleared", [], None)


# §4, companies


@pytest.mark.parametrize(
    ("companies", "expected"),
    [
        (["acme"], "certainly 3 0"),
        (["giants"], "certainly 2 0"),
        (["under:acme"], "certainly 2 0"),
        (["owned:acme"], "certainly 2 0"),
        (["owned:giants"], "certainly 2 0"),
        (["in:CN"], "certainly 1 0"),
        (["hq:CN"], "certainly 1 0"),
        (["all"], "certainly 0 0"),
        (["bolt"], "not"),
        (["in:US"], "not"),
        (["under:bolt"], "not"),
        (["all", "in:CN", "giants"], "certainly 2 0"),
    ],
)
def test_company_selectors(companies: list[str], expected: str) -> None:
    """The table; over a list, the highest level counts."""
    assert scope(claim("blocked", "c", companies=companies)) == expected


def test_descent_and_place_are_those_of_the_day() -> None:
    """Bolt is bought by a company abroad in June 2025."""
    events = [company("head", "US"), company("bolt", parent="head", effective="2025-06-10")]
    for at, under, headed in [("2025-06-09", "not", "not"), ("2025-06-10", "certainly 2 0", "certainly 1 0")]:
        assert scope(claim("blocked", "c", companies=["under:head"]), "bolt", "h20", *events, at=at) == under
        assert scope(claim("blocked", "c", companies=["hq:US"]), "bolt", "h20", *events, at=at) == headed


GROUP = {"type": "group-defined", "group": "g", "kind": "company", "members": ["a", "b"]}


def shares(**percent: float) -> list[Entry]:
    """Owners."""
    return [{"company": name, "share": share} for name, share in percent.items()]


@pytest.mark.parametrize(
    ("registry", "name", "expected"),
    [
        ([company("a"), company("b", owners=shares(a=50))], "a", "ab"),
        ([company("a"), company("b", owners=shares(a=49.9))], "a", "a"),
        ([company("a"), company("b", parent="a")], "a", "ab"),
        ([company("a"), company("x"), company("b", parent="a", owners=shares(x=50))], "a", "ab"),
        ([company("a"), company("x"), company("b", parent="a", owners=shares(x=50.5))], "a", "a"),
        ([company("a"), company("b", parent="a", owners=shares(a=20))], "a", "a"),
        ([company("a"), company("b", owners=shares(a=60)), company("c", owners=shares(b=50))], "a", "abc"),
        (
            [company("a"), company("b", owners=shares(a=60)), company("c", owners=shares(a=25, b=25))],
            "a",
            "abc",
        ),
        ([company("a"), company("b", owners=shares(a=49)), company("c", owners=shares(a=25, b=25))], "a", "a"),
        (
            [company("a"), company("b"), company("c", owners=shares(a=33.3, b=16.7)), GROUP],
            "g",
            "abc",
        ),
        ([company("a"), company("b", owners=shares(c=60)), company("c", owners=shares(b=60))], "a", "a"),
    ],
)
def test_owned(registry: list[Entry], name: str, expected: str) -> None:
    """Half or more, summed over owners that are themselves matched, down the chain."""
    names = naive.registry(entries(registry=registry), date(2026, 1, 1))
    assert owned(name, names) & set("abc") == set(expected)


# §4, cohorts

POOL = ["acme", "bolt", "coda"]
THREE = [*REGISTRY, company("coda")]


def in_cohort(who: str, *events: Entry, **terms: Any) -> str:
    """How a cohort matches a company."""
    return scope(claim("cleared", "c", companies={"of": POOL, **terms}), who, "h20", company("coda"), *events)


@pytest.mark.parametrize(
    ("terms", "who", "expected"),
    [
        ({"named": ["acme"], "count": 2}, "acme", "certainly 3 0"),
        ({"of": ["bolt"], "named": ["acme"]}, "acme", "certainly 3 0"),
        ({"excluded": ["acme"]}, "acme", "not"),
        ({"of": ["bolt", "coda"]}, "acme", "not"),
        ({}, "acme", "possibly 3 0"),
        ({"count": 1, "named": ["bolt"]}, "acme", "not"),
        ({"count": 2, "named": ["bolt"]}, "acme", "possibly 3 0"),
        ({"count": 2, "named": ["bolt"], "excluded": ["coda"]}, "acme", "certainly 3 0"),
        ({"count": 3}, "acme", "certainly 3 0"),
        ({"count": 4}, "acme", "certainly 3 0"),
        ({"count": {"min": 3, "max": 4}}, "acme", "certainly 3 0"),
        ({"count": {"min": 2, "max": 4}}, "acme", "possibly 3 0"),
        ({"count": {"max": 3}}, "acme", "possibly 3 0"),
        ({"count": {"min": 3}}, "acme", "certainly 3 0"),
        ({"count": {"min": 1}, "named": ["bolt", "coda"]}, "acme", "possibly 3 0"),
        ({"count": {"max": 1}, "named": ["bolt"]}, "acme", "not"),
        ({"of": ["in:CN"], "count": 3}, "acme", "possibly 3 0"),
        ({"of": ["giants"], "count": 2}, "acme", "certainly 3 0"),
    ],
)
def test_cohorts(terms: Entry, who: str, expected: str) -> None:
    """Named, excluded or outside, without a count, with one; giants are declared complete."""
    assert in_cohort(who, **terms) == expected


def test_recipients_fill_a_cohort() -> None:
    """Two named by events: the third of a count of two is out; one who is neither named nor excluded still is left."""
    known = [about("recipients-identified", "c", f"n{who}", report(), companies=[who]) for who in ("bolt", "coda")]
    assert in_cohort("acme", *known, count=2) == "not"
    contradicted = about("recipients-identified", "c", "x", report(), excluded=["coda"])
    assert in_cohort("acme", *known, contradicted, count=2) == "possibly 3 0"


# §4, chips

LARGE = {"tpp": 1000, "memory": {"min": 100, "max": 200}, "die_area": {"min": 50}}


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("tpp<1001", True),
        ("tpp < 1000", False),
        ("tpp<=1000", True),
        ("tpp>999.5", True),
        ("tpp>1000", False),
        ("tpp>=1000", True),
        (" tpp = 1000 ", True),
        ("tpp=1001", False),
        ("memory<201", True),
        ("memory<200", None),
        ("memory<100", False),
        ("memory<=200", True),
        ("memory<=100", None),
        ("memory<=99", False),
        ("memory>99", True),
        ("memory>100", None),
        ("memory>200", False),
        ("memory>=100", True),
        ("memory>=200", None),
        ("memory>=201", False),
        ("memory=200", None),
        ("memory=201", False),
        ("die_area>49", True),
        ("die_area<100", None),
        ("die_area<50", False),
        ("io_bandwidth>0", None),
    ],
)
def test_attributes(test: str, expected: bool | None) -> None:
    """Every value of the range, none, or some; open where nothing is registered."""
    assert passes(test, LARGE) is expected


PARTS = [
    chip("big", ["US"], attributes={"tpp": 1000}),
    chip("dim", ["US"]),
    {"type": "group-defined", "group": "hopper", "kind": "chip", "members": ["big", "dim"]},
]


@pytest.mark.parametrize(
    ("chips", "which", "expected"),
    [
        (["big"], "big", "certainly 0 2"),
        (["hopper"], "big", "certainly 0 1"),
        (["vendor:nvidia"], "big", "certainly 0 1"),
        (["vendor:amd"], "big", "not"),
        (["all"], "big", "certainly 0 0"),
        ([{"where": ["tpp>=1000"]}], "big", "certainly 0 1"),
        ([{"where": ["tpp>1000"]}], "big", "not"),
        ([{"where": ["tpp>=1000", "memory>1"]}], "big", "possibly 0 1"),
        ([{"where": ["tpp>=1000"], "of": ["hopper"]}], "big", "certainly 0 1"),
        ([{"where": ["tpp>=1000"], "of": ["dim"]}], "big", "not"),
        ([{"where": ["tpp>=1000"], "of": [{"where": ["memory>1"]}]}], "big", "possibly 0 1"),
        ([{"where": ["tpp>1000"]}], "dim", "possibly 0 1"),
        (["all", {"where": ["tpp>1000"]}], "dim", "certainly 0 0"),
        (["all", "hopper", "big"], "big", "certainly 0 2"),
    ],
)
def test_chip_selectors(chips: list[Any], which: str, expected: str) -> None:
    """The table; over a list, a certain match goes before a possible one, then the highest level."""
    assert scope(claim("blocked", "c", chips=chips), "acme", which, *PARTS) == expected


@pytest.mark.parametrize(
    ("fields", "which", "expected"),
    [
        ({"except_companies": ["acme"]}, "big", "not"),
        ({"except_companies": ["in:CN"], "companies": {"of": ["all"], "named": ["acme"]}}, "big", "not"),
        ({"except_companies": ["bolt"]}, "big", "certainly 0 0"),
        ({"except_chips": ["big"]}, "big", "not"),
        ({"except_chips": [{"where": ["tpp>1"]}]}, "dim", "possibly 0 0"),
        ({"except_chips": [{"where": ["tpp>1"]}]}, "big", "not"),
    ],
)
def test_exceptions(fields: Entry, which: str, expected: str) -> None:
    """A certain match is out, named or not; a possible one makes the claim's match possible."""
    assert scope(claim("blocked", "c", **fields), "acme", which, *PARTS) == expected


def test_the_pool_of_a_cohort_does_not_shrink_by_exceptions() -> None:
    """Two of two: with one taken out, the other is in it for sure; of one, it is not."""
    of_two = claim("cleared", "c", companies={"of": ["acme", "bolt"], "count": 2}, except_companies=["bolt"])
    of_one = claim("cleared", "c", companies={"of": ["acme", "bolt"], "count": 1}, except_companies=["bolt"])
    assert (scope(of_two), scope(of_one)) == ("certainly 3 0", "possibly 3 0")
