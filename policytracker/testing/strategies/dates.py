"""Dates near each other, moments near midnight, and reports of every grade."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from policytracker.testing.strategies.vocabulary import (
    ATTRIBUTIONS,
    CITED,
    CORE,
    GRADES,
    HOURS,
    LONG,
    PUBLISHERS,
    TURNING_GRADES,
    WINDOW,
    Event,
    present,
)


@cache
def chance(percent: int) -> SearchStrategy[bool]:
    """True in about so many of a hundred draws; shrinks to False."""
    return st.integers(0, 99).map(lambda roll: roll >= 100 - percent)


@cache
def some(items: tuple[str, ...], least: int = 1, most: int | None = None) -> SearchStrategy[list[str]]:
    """A few of these, none twice."""
    most = len(items) if most is None else min(most, len(items))
    return st.lists(st.sampled_from(items), min_size=least, max_size=most, unique=True)


@cache
def days() -> SearchStrategy[str]:
    """A day of the window, often one of three."""
    return st.one_of(st.sampled_from(WINDOW), st.sampled_from(CORE))


@cache
def intervals() -> SearchStrategy[str]:
    """Two days of the window, the earlier first."""
    pairs = st.lists(days(), min_size=2, max_size=2, unique=True)
    return pairs.map(lambda pair: "/".join(sorted(pair)))


@cache
def dates() -> SearchStrategy[str]:
    """Days mostly; else a month, the year or an interval."""
    return st.one_of(days(), days(), days(), intervals(), st.sampled_from(LONG))


@cache
def starts() -> SearchStrategy[str]:
    """What `effective` may be: a date, which may be open at its start."""
    return st.one_of(dates(), dates(), dates(), dates(), dates(), days().map("../{}".format))


@cache
def instants() -> SearchStrategy[str]:
    """An instant of the window."""
    return st.builds("{}T{}Z".format, days(), st.sampled_from(HOURS))


@cache
def grades() -> SearchStrategy[str | None]:
    """None, for one by attribution; one at which it turns how an event counts; or any."""
    return st.one_of(st.none(), st.none(), st.sampled_from(TURNING_GRADES), st.sampled_from(GRADES))


@cache
@st.composite
def reports(draw: DrawFn) -> Event:
    """A report by one of few publishers, often repeating another; by any grade or attribution."""
    return present(
        {
            "publisher": draw(st.sampled_from(PUBLISHERS)),
            "published": draw(st.one_of(dates(), instants())),
            "cites": draw(st.sampled_from(CITED)) if draw(chance(30)) else None,
            "attribution": draw(st.one_of(st.none(), st.sampled_from(ATTRIBUTIONS))),
            "grade": draw(grades()),
        }
    )


@cache
def sure_reports() -> SearchStrategy[Event]:
    """A report that is certain by itself, of a day, a longer time or an instant."""
    published = st.one_of(days(), days(), instants(), intervals())
    return published.map(lambda said: {"publisher": "FT", "published": said, "attribution": "official"})
