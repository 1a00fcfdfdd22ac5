"""Whom and what a claim matches, and how surely (semantics.md §4)."""

import pytest

from policytracker.events.dates import span
from policytracker.status.words import words
from policytracker.testing import naive, strategies
from tests.status.ground import Event, claim, seen
from tests.test_core_is_the_contract import entries_of, view_of

DAY = span("2025-06-01").first


def test_an_exception_that_hangs_on_an_attribute_nobody_registered_leaves_a_block_possible() -> None:
    """1 Jan: cleared. 1 Feb: everything blocked except chips under a tpp; that of the H200 is not registered."""
    spared = [{"where": ["tpp<4800"]}]
    view = seen(
        claim("cleared", "opening", "2025-01-01"),
        claim("blocked", "stop", "2025-02-01", except_chips=spared),
    )

    assert words(view.cell("tencent", "h200", DAY).possible) == ["blocked", "cleared"]


def test_an_exception_that_names_the_chip_spares_it() -> None:
    view = seen(
        claim("cleared", "opening", "2025-01-01"),
        claim("blocked", "stop", "2025-02-01", except_chips=["h200"]),
    )

    assert words(view.cell("tencent", "h200", DAY).possible) == ["cleared"]


REGISTERED: list[Event] = [
    strategies.authority("gacc", "CN", "import"),
    *(
        {"type": "company-registered", "company": name, "name": name, "jurisdiction": "CN", **more}
        for name, more in (
            ("acme", {}),
            ("bolt", {"parent": "acme", "owners": [{"company": "coda", "share": 50}]}),
            ("coda", {}),
            ("dole", {"owners": [{"company": "acme", "share": 30}, {"company": "bolt", "share": 20}]}),
            ("echo", {"owners": [{"company": "acme", "share": 49.9}]}),
        )
    ),
    {
        "type": "chip-registered",
        "chip": "h20",
        "name": "H20",
        "vendor": "NVIDIA",
        "controlled_by": [],
        "attributes": {"tpp": {"min": 4800}, "memory": 96},
    },
    {"type": "group-defined", "group": "three", "kind": "company", "name": "3", "members": ["acme", "bolt", "coda"]},
]


def matched(claimed: Event, company: str = "acme") -> str:
    """How a block with this scope holds for a company and the H20."""
    ledger = [*REGISTERED, claim("blocked", "stop", "2025-01-01") | claimed]
    view = view_of(entries_of(naive.resolve(ledger)))
    match = view.outlook.scopes.match(next(iter(view.claims.values())), company, "h20")
    return "not" if match is None else "certainly" if match.certain else "possibly"


@pytest.mark.parametrize(
    ("cohort", "expected"),
    [
        ({"of": ["all"]}, "possibly"),
        ({"of": ["all"], "named": ["acme"]}, "certainly"),
        ({"of": ["all"], "excluded": ["acme"]}, "not"),
        ({"of": ["coda"]}, "not"),
        ({"of": ["all"], "count": 2, "named": ["bolt", "coda"]}, "not"),
        ({"of": ["all"], "count": {"min": 1, "max": 3}, "named": ["bolt", "coda"]}, "possibly"),
        ({"of": ["all"], "count": {"max": 2}, "named": ["bolt", "coda"]}, "not"),
        ({"of": ["all"], "count": {"min": 2}, "named": ["bolt", "coda"]}, "possibly"),
        ({"of": ["acme", "bolt"], "count": 2}, "certainly"),
        ({"of": ["acme", "bolt"], "count": {"min": 1, "max": 2}}, "possibly"),
        ({"of": ["three"], "count": 3}, "possibly"),
    ],
)
def test_who_is_in_a_cohort(cohort: Event, expected: str) -> None:
    """§4: named, excluded, out of the pool; full at the most; certain in a closed pool at the least; a group that is
    not complete is open."""
    assert matched({"companies": cohort}) == expected


@pytest.mark.parametrize(
    ("company", "owner", "expected"),
    [
        ("acme", "acme", "certainly"),
        ("bolt", "coda", "certainly"),
        ("bolt", "acme", "certainly"),
        ("dole", "acme", "certainly"),
        ("dole", "coda", "not"),
        ("echo", "acme", "not"),
        ("dole", "three", "certainly"),
    ],
)
def test_half_or_more_is_owned(company: str, owner: str, expected: str) -> None:
    """§4, `owned:`: a parent holds what the owners leave; shares are summed over owners that are themselves matched."""
    assert matched({"companies": [f"owned:{owner}"]}, company) == expected


@pytest.mark.parametrize(
    ("chips", "expected"),
    [
        (["vendor:Nvidia"], "certainly"),
        (["vendor:AMD"], "not"),
        ([{"where": ["tpp>=4800"]}], "certainly"),
        ([{"where": ["tpp<4800"]}], "not"),
        ([{"where": ["tpp<9000"]}], "possibly"),
        ([{"where": ["tpp = 5000"]}], "possibly"),
        ([{"where": ["die_area<900"]}], "possibly"),
        ([{"where": ["memory<100"], "of": ["vendor:nvidia"]}], "certainly"),
        ([{"where": ["memory<100"], "of": ["vendor:amd"]}], "not"),
        ([{"where": ["memory<100"], "of": [{"where": ["die_area<900"]}]}], "possibly"),
        ([{"where": ["tpp<9000"]}, "h20"], "certainly"),
    ],
)
def test_which_chips_are_matched(chips: list[str | Event], expected: str) -> None:
    """§4: vendors without case, attributes as ranges, `of`; a certain match goes before a possible one."""
    assert matched({"chips": chips}) == expected
