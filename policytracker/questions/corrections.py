"""What corrections change: the fields of an event as they were before one (semantics.md §3)."""

from __future__ import annotations

from collections.abc import Mapping

from policytracker.status.entries import Fields
from policytracker.status.knowledge import Standing


def before(correction: Standing, target: Standing) -> Fields:
    """The fields of a correction's target before it, as the corrections before it that act have left them."""
    fields = dict(target.entry.fields)
    for earlier in target.acting("corrected"):
        if earlier.entry.position < correction.entry.position:
            fields.update(earlier.fields["changes"])
    return {name: value for name, value in fields.items() if value is not None}


def before_in(standings: Mapping[str, Standing], event: Standing) -> Fields | None:
    """The same, given the events of its thread; None for an event that corrects nothing there."""
    target = standings.get(event.entry.target or "")
    return before(event, target) if event.type == "corrected" and target is not None else None


def origins(event: Standing) -> dict[str, Standing]:
    """For each field of an event that corrections have changed, the one whose value it has."""
    return {name: each for each in event.acting("corrected") for name in each.fields["changes"]}
