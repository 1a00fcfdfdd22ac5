"""Whole ledgers: of everything, or of what exercises one part of the semantics."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from policytracker.testing.strategies.abouts import next_about, next_particulars
from policytracker.testing.strategies.dates import chance, reports, starts, sure_reports
from policytracker.testing.strategies.drafts import Draft, Names
from policytracker.testing.strategies.registries import next_registration, registries
from policytracker.testing.strategies.scopes import cohorts
from policytracker.testing.strategies.values import broad_claims, conditions, quantities, scoped_events
from policytracker.testing.strategies.vocabulary import CLAIMS, MARKET, Event, present

MOST_EVENTS = 14


def next_event(draw: DrawFn, draft: Draft) -> Event:
    """A claim first; then of a hundred about 62 about others, 22 claims, 7 market events, 9 registrations."""
    roll = draw(st.integers(0, 99)) if draft.targets else 0
    if roll < 22:
        return draw(scoped_events(draft.names, CLAIMS))
    if roll < 84:
        return next_about(draw, draft)
    if roll >= 91:
        return next_registration(draw, draft.events)
    event = draw(scoped_events(draft.names, MARKET))
    if event["type"] == "development-reported" and draw(chance(50)):
        event["about"] = draw(st.sampled_from([target["ref"] for target in draft.targets]))
    return event


def begun(draw: DrawFn) -> Draft:
    """A registry and, mostly, a claim for every cell at each gate, so that few gates are silent."""
    draft = Draft(draw(registries()))
    for authority_id in draft.names.authorities:
        if draw(chance(90)):
            draft.offer(draw(broad_claims(draft.names, authority_id)))
    return draft


@cache
@st.composite
def ledgers(draw: DrawFn, least: int = 3, most: int = MOST_EVENTS) -> list[Event]:
    """Events in the interchange format that a ledger takes as a whole: a registry, then claims, market events and,
    above all, events about them. After the registry and a claim for most gates come ``least`` to ``most`` events.

    Names, dates and values are few, so that they collide often. Dates lie around the end of January 2026.
    """
    draft = begun(draw)
    for _ in range(draw(st.integers(least, most))):
        draft.offer(next_event(draw, draft))
    return draft.events


@cache
@st.composite
def claims_only(draw: DrawFn, least: int = 2, most: int = 8) -> list[Event]:
    """A registry and claims that nothing is said about: for what prevails, and for scopes."""
    draft = begun(draw)
    for _ in range(draw(st.integers(least, most))):
        draft.offer(draw(scoped_events(draft.names, CLAIMS)))
    return draft.events


@cache
@st.composite
def one_claim(draw: DrawFn, most: int = 10) -> list[Event]:
    """A registry, one claim and a tangle of events about it: for what is known, certain and in force."""
    draft = Draft(draw(registries()))
    draft.offer(draw(scoped_events(draft.names, CLAIMS)))
    for _ in range(draw(st.integers(2, most))):
        draft.offer(next_about(draw, draft))
    return draft.events


@cache
@st.composite
def rivals(draw: DrawFn, most: int = 6) -> list[Event]:
    """Claims at one gate, certain mostly, for all or for one company, group or chip: who overrides whom."""
    draft = Draft(draw(registries()))
    for _ in range(draw(st.integers(2, most))):
        draft.offer(draw(rival_claims(draft.names)))
    return draft.events


@cache
@st.composite
def rival_claims(draw: DrawFn, names: Names) -> Event:
    """A claim of customs, mostly without dates of its own: of the same day, or of moments around a midnight."""
    companies = draw(st.sampled_from(("all", "all", "in:CN", "giants", names.companies[0])))
    chips = draw(st.sampled_from(("all", "all", "hopper", names.chips[0])))
    event = draw(broad_claims(names, "customs")) | {"companies": [companies], "chips": [chips]}
    if draw(chance(20)):
        event["effective"] = draw(starts())
    return event | {"report": draw(sure_reports() if draw(chance(80)) else reports())}


@cache
@st.composite
def registered(draw: DrawFn, most: int = 6) -> list[Event]:
    """A few claims, and registrations that change: for scopes, gates and time zones by the day."""
    draft = begun(draw)
    for _ in range(draw(st.integers(1, 4))):
        draft.offer(draw(scoped_events(draft.names, CLAIMS)))
    for _ in range(draw(st.integers(1, most))):
        draft.offer(next_registration(draw, draft.events))
    return draft.events


@cache
@st.composite
def batches(draw: DrawFn, most: int = 5) -> list[Event]:
    """One certain approval for a cohort, under conditions; then who belongs to it, and which are met."""
    draft = Draft(draw(registries()))
    scope = {"chips": ["all"], "companies": draw(cohorts(draft.names)), "conditions": draw(conditions())}
    start = {"type": "batch-approved", "authority": "customs", **scope}
    draft.offer(start | {"report": draw(sure_reports())})
    for _ in range(draw(st.integers(1, most))):
        kind = draw(st.sampled_from(("recipients-identified", "conditions-met")))
        event = {"type": kind, "target": draft.targets[-1]["ref"], "report": draw(sure_reports())}
        draft.offer(present(event | next_particulars(draw, draft, event, True)))
    return draft.events


@cache
@st.composite
def amounts(draw: DrawFn, most: int = 7) -> list[Event]:
    """Approvals with quantities, and what was ordered and shipped: for sums and for what is left."""
    draft = Draft(draw(registries()))
    kinds = ("batch-approved", "licence-granted", "orders-reported", "shipped", "shipped", "shipped")
    for _ in range(draw(st.integers(2, most))):
        event = draw(scoped_events(draft.names, kinds))
        if draw(chance(60)):
            event["companies"], event["chips"] = draw(st.sampled_from([(["all"], ["all"]), (["acme"], ["h20"])]))
        draft.offer(event | {"quantity": draw(quantities())})
        if draw(chance(30)):
            draft.offer(next_about(draw, draft))
    return draft.events
