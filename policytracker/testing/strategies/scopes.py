"""Scopes: selectors of companies and of chips, cohorts and tests of attributes."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from policytracker.testing import naive
from policytracker.testing.strategies.dates import chance, some
from policytracker.testing.strategies.drafts import Names
from policytracker.testing.strategies.vocabulary import ATTRIBUTES, JURISDICTIONS, LIMITS, VENDORS, Event, present

GROUPS = ("giants", "start-ups")


@cache
def company_selectors(names: Names) -> SearchStrategy[str]:
    """A company, a group, or those under, owned by, in or headed in one."""
    one = st.sampled_from(names.companies)
    place = st.sampled_from(JURISDICTIONS)
    return st.one_of(
        st.just("all"),
        st.just("all"),
        one,
        st.sampled_from(GROUPS),
        one.map("under:{}".format),
        st.one_of(one, st.sampled_from(GROUPS)).map("owned:{}".format),
        place.map("in:{}".format),
        place.map("hq:{}".format),
    )


@cache
def company_lists(names: Names) -> SearchStrategy[list[str]]:
    """One to three selectors of companies."""
    return st.lists(company_selectors(names), min_size=1, max_size=3, unique=True)


@cache
@st.composite
def counts(draw: DrawFn, named: int) -> int | Event | None:
    """How many companies a cohort has: a number, a range, or nothing said."""
    if draw(chance(30)):
        return None
    least, most = sorted(draw(st.lists(st.integers(max(1, named), 4), min_size=2, max_size=2)))
    plain: list[int | Event] = [most, most, {"min": least, "max": most}, {"min": least}, {"max": most}]
    return draw(st.sampled_from(plain))


@cache
@st.composite
def cohorts(draw: DrawFn, names: Names) -> Event:
    """Some companies out of a closed or open pool, some of them named or excluded."""
    closed = some((*names.companies, *GROUPS), 1, 4)
    pool = draw(st.one_of(closed, closed, company_lists(names)))
    named = draw(some(names.companies, 0, 2))
    excluded = [name for name in draw(some(names.companies, 0, 2)) if name not in named]
    return present(
        {"count": draw(counts(len(named))), "of": pool, "named": named or None, "excluded": excluded or None},
    )


@cache
def company_scopes(names: Names) -> SearchStrategy[list[str] | Event]:
    """A list of selectors, or a cohort."""
    return st.one_of(company_lists(names), cohorts(names), company_lists(names))


@cache
def plain_chips(names: Names) -> SearchStrategy[str]:
    """A chip, a group, those of a vendor in any case, or all."""
    vendors = st.sampled_from([*VENDORS, *map(str.upper, VENDORS)]).map("vendor:{}".format)
    return st.one_of(st.sampled_from(("all", "all", "hopper", *names.chips)), vendors)


@cache
@st.composite
def tests_of_attributes(draw: DrawFn, names: Names, nested: bool = False) -> Event:
    """One or two tests on attributes that a chip may have or not; at times only of chips that others match."""
    signs = st.sampled_from(tuple(naive.COMPARE))
    test = st.builds("{}{}{}".format, st.sampled_from(ATTRIBUTES), signs, st.sampled_from(LIMITS))
    event: Event = {"where": draw(st.lists(test, min_size=1, max_size=2, unique=True))}
    if nested or not draw(chance(35)):
        return event
    within: SearchStrategy[str | Event] = st.one_of(plain_chips(names), tests_of_attributes(names, True))
    return event | {"of": draw(st.lists(within, min_size=1, max_size=2, unique_by=str))}


@cache
def chip_lists(names: Names) -> SearchStrategy[list[str | Event]]:
    """One or two selectors of chips."""
    plain: SearchStrategy[str | Event] = plain_chips(names)
    return st.lists(st.one_of(plain, plain, tests_of_attributes(names)), min_size=1, max_size=2, unique_by=str)
