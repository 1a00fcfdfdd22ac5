"""Events about other events, those about events about others included."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from policytracker.testing.strategies.dates import chance, reports, some, starts
from policytracker.testing.strategies.drafts import Draft, conditions_of, in_order
from policytracker.testing.strategies.values import ODDS, field_values, instead
from policytracker.testing.strategies.vocabulary import CLAIMS, Event, may_lack, present

MOST_CORRECTIONS = 4
ODDS_REPORTED = {"disputed": 60, "corrected": 40, "retracted": 70, "recipients-identified": 60}


def apt(draft: Draft, target: Event) -> list[str]:
    """The types of event that may be about this one; the likelier are named more than once."""
    kind = target["type"]
    types = ["retracted"]
    if "report" in target:
        types += ["corroborated"] * 3 + ["disputed"] * 2
    if kind not in ("corrected", "retracted") and len(draft.about(target, "corrected")) < MOST_CORRECTIONS:
        types += ["corrected"] * 2
    if kind == "suspended":
        types += ["lifted"] * 3
    if kind in CLAIMS:
        types += ["lifted", "suspended"] * 2
        types += ["conditions-met"] * 2 if conditions_of(draft, target) else []
        types += ["recipients-identified"] * 3 if isinstance(target["companies"], dict) else []
    return types


def next_about(draw: DrawFn, draft: Draft) -> Event:
    """An event about one of those before, an event about another included."""
    target = draft.targets[draw(st.integers(0, len(draft.targets) - 1))]
    kind = draw(st.sampled_from(apt(draft, target)))
    reported = kind not in ODDS_REPORTED or draw(chance(ODDS_REPORTED[kind]))
    event: Event = {"type": kind, "target": target["ref"]}
    event |= next_particulars(draw, draft, event, reported)
    return present(in_order(event | ({"report": draw(reports())} if reported else {})))


def next_particulars(draw: DrawFn, draft: Draft, event: Event, reported: bool) -> Event:
    """What an event says about its target."""
    kind, target = event["type"], draft.target_of(event)
    if kind == "corrected":
        return {"changes": next_changes(draw, draft, target, reported)}
    if kind == "recipients-identified":
        return draw(identified(draft.names.companies))
    if kind == "conditions-met":
        met = draw(some(conditions_of(draft, target)))
        return {"conditions": met, "effective": draw(st.one_of(st.none(), starts()))}
    values = particulars(draft, event)
    return {name: draw(each) for name, each in values.items() if draw(chance(ODDS.get(name, 50)))}


def particulars(draft: Draft, event: Event) -> dict[str, SearchStrategy[Any]]:
    """The fields that an event may have, but for its report and target."""
    values = field_values(draft.names, event["type"])
    other = instead(draft.target_of(event)["type"]) if event["type"] == "corroborated" else None
    return values if other is None else values | {"instead": other}


@cache
@st.composite
def identified(draw: DrawFn, companies: tuple[str, ...]) -> Event:
    """Companies that are named, others that are excluded, or both."""
    picked = draw(some(companies, 1, 3))
    split = draw(st.integers(0, len(picked)))
    return present({"companies": picked[:split] or None, "excluded": picked[split:] or None})


def next_changes(draw: DrawFn, draft: Draft, target: Event, reported: bool) -> Event:
    """One or two fields of the target anew or removed; its report only by a correction without one."""
    kind = target["type"]
    values = particulars(draft, target) | {"note": st.just("mended")}
    if "report" in target and not reported:
        values["report"] = reports()
    there = {name for reading in draft.readings(target) for name in reading}
    weighted = tuple(values) * 2 + tuple(name for name in ("companies", "report") if name in values)
    made = {}
    for name in draw(st.lists(st.sampled_from(weighted), min_size=1, max_size=2, unique=True)):
        removed = may_lack(kind, name) and name in there and draw(chance(40))
        made[name] = None if removed else draw(values[name])
    return made
