"""The fields of claims, of market events and of events about others, and claims made of them."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from policytracker.testing.strategies.dates import chance, dates, reports, some, starts
from policytracker.testing.strategies.drafts import Names, in_order
from policytracker.testing.strategies.scopes import chip_lists, company_lists, company_scopes
from policytracker.testing.strategies.vocabulary import (
    CLAIMS,
    CONDITIONED,
    KEYS,
    QUANTIFIED,
    REVIEWS,
    UNITS,
    WINDOW,
    Event,
    may_lack,
    present,
)

ODDS = {"until": 25, "except_companies": 15, "except_chips": 15, "quantity": 40, "basis": 30, "instead": 20}


@cache
def conditions() -> SearchStrategy[Event]:
    """Few keys, so that claims share them, with wordings that differ."""
    return st.dictionaries(st.sampled_from(KEYS), st.sampled_from(("mild", "strict")), min_size=1, max_size=2)


@cache
@st.composite
def quantities(draw: DrawFn) -> Event:
    """A range, its ends in order, either of which may be open; of chips or money, at times for each company."""
    least, most = sorted(draw(st.lists(st.sampled_from((0, 100, 250, 1000)), min_size=2, max_size=2)))
    shapes: list[Event] = [{"min": least, "max": most, "wording": "some"}, {"min": least}, {"max": most}]
    event: Event = draw(st.sampled_from([shapes[0], *shapes]))
    return event | present(
        {
            "unit": draw(st.sampled_from(UNITS)) if draw(chance(20)) else None,
            "per": "company" if draw(chance(15)) else None,
        }
    )


@cache
def field_values(names: Names, kind: str) -> dict[str, SearchStrategy[Any]]:
    """The fields that an event of this type may have, but for its report and target."""
    by_kind: dict[str, dict[str, SearchStrategy[Any]]] = {
        "corroborated": {},
        "disputed": {},
        "retracted": {},
        "lifted": {"effective": starts()},
        "suspended": {"effective": starts(), "until": dates()},
        "conditions-met": {"conditions": some(KEYS, 1, 2), "effective": starts()},
        "recipients-identified": {
            "companies": some(names.companies, 1, 2),
            "excluded": some(names.companies, 1, 2),
        },
    }
    return by_kind[kind] if kind in by_kind else scoped_values(names, kind)


@cache
def instead(kind: str) -> SearchStrategy[Event] | None:
    """What a report says differently of an event of this type; None where there is nothing that it may."""
    values: dict[str, SearchStrategy[Any]] = {}
    if kind in QUANTIFIED:
        values["quantity"] = quantities()
    if kind in (*CONDITIONED, "condition-signalled"):
        values["conditions"] = conditions()
    if kind in (*CLAIMS, "condition-signalled", "development-reported"):
        values["instrument"] = st.just("91 FR 1684")
    if kind in CLAIMS:
        values["form"] = st.just("letter")
    if not values:
        return None
    some_of = st.lists(st.sampled_from(tuple(values)), min_size=1, max_size=2, unique=True)
    return some_of.flatmap(lambda names: st.fixed_dictionaries({name: values[name] for name in names}))


@cache
def scoped_values(names: Names, kind: str) -> dict[str, SearchStrategy[Any]]:
    """The fields of a claim, a market event, a signal or a development."""
    values: dict[str, SearchStrategy[Any]] = {"chips": chip_lists(names), "effective": starts()}
    values["companies"] = company_scopes(names) if kind in CLAIMS else company_lists(names)
    if kind in CLAIMS or kind in ("condition-signalled", "development-reported"):
        values["authority"] = st.sampled_from(("bis", "customs", "customs", *names.authorities))
    if kind in CLAIMS:
        values["until"] = dates()
        values["except_companies"] = company_lists(names)
        values["except_chips"] = chip_lists(names)
    if kind == "licence-required":
        values["review"] = st.sampled_from(REVIEWS)
    if kind in (*CONDITIONED, "condition-signalled"):
        values["conditions"] = conditions()
    if kind in QUANTIFIED:
        values["quantity"] = quantities()
        values["basis"] = st.sampled_from(("total", "added"))
    if kind == "development-reported":
        values["kind"] = st.sampled_from(("deliberation", "legislation", "supply"))
        values["text"] = st.just("Talks were held.")
        values["stage"] = st.just("passed by the House")
    return values


@cache
@st.composite
def scoped_events(draw: DrawFn, names: Names, kinds: tuple[str, ...]) -> Event:
    """A claim or a market event."""
    kind = draw(st.sampled_from(kinds))
    event: Event = {"type": kind}
    for name, values in scoped_values(names, kind).items():
        if not may_lack(kind, name) or draw(chance(ODDS.get(name, 50))):
            event[name] = draw(values)
    return present(in_order(event | {"report": draw(reports())}))


@cache
@st.composite
def broad_claims(draw: DrawFn, names: Names, authority: str) -> Event:
    """A certain claim for every company and chip, early in the window: a ground for others to act on."""
    kind = draw(st.sampled_from(CLAIMS))
    event: Event = {"type": kind, "authority": authority, "companies": ["all"], "chips": ["all"]}
    for name in ("review", "conditions", "quantity"):
        values = scoped_values(names, kind).get(name)
        if values is not None and (not may_lack(kind, name) or draw(st.booleans())):
            event[name] = draw(values)
    published = draw(st.sampled_from(WINDOW[:3]))
    return event | {"report": {"publisher": "FT", "published": published, "attribution": "official"}}
