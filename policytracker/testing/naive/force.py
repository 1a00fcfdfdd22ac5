"""The date of an event, and whether a claim is in force on a day (semantics.md §3, §5)."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from policytracker.testing.naive.clocks import Span, publication_day, span
from policytracker.testing.naive.knowledge import CERTAINLY, POSSIBLY, Standing, acting


def date_of(event: Standing, zone: ZoneInfo) -> Span | None:
    """§3: its `effective`; else the days from the publication day of its first word to that of its sure word.

    Whichever of the two is earlier comes first. An event of weak reports alone has no word, and so no such date.
    """
    effective = event.fields.get("effective")
    if effective:
        return span(effective)
    words = [event.first_word, event.sure_word]
    days = sorted(publication_day(report, zone) for report in words if report is not None)
    return (days[0], days[-1]) if days else None


def dates_of(events: list[Standing], zone: ZoneInfo) -> list[Span]:
    """§3: the dates of several events."""
    return [found for event in events if (found := date_of(event, zone)) is not None]


def in_force(claim: Standing, day: date, zone: ZoneInfo) -> str | None:
    """§5: `certainly`, `possibly`, or (None) not in force."""
    start = date_of(claim, zone)
    if start is None or day < start[0] or is_over(claim, day, zone):
        return None
    suspended = {suspends(each, day, zone) for each in acting(claim.about, "suspended")}
    if CERTAINLY in suspended:
        return None
    doubtful = day < start[1] or is_possibly_over(claim, day, zone) or POSSIBLY in suspended
    return POSSIBLY if doubtful else CERTAINLY


def is_over(event: Standing, day: date, zone: ZoneInfo) -> bool:
    """§5: once the last day of its `until` or of a certain lift has come."""
    lifts = [lift for lift in acting(event.about, "lifted") if lift.counts == CERTAINLY]
    return any(last <= day for _, last in [*own_end(event), *dates_of(lifts, zone)])


def is_possibly_over(event: Standing, day: date, zone: ZoneInfo) -> bool:
    """§5: from the first day of any of its ends on, a possible lift included."""
    return any(first <= day for first, _ in [*own_end(event), *dates_of(acting(event.about, "lifted"), zone)])


def own_end(event: Standing) -> list[Span]:
    """§5: its `until`, if it has one."""
    until = event.fields.get("until")
    return [span(until)] if until else []


def suspends(suspension: Standing, day: date, zone: ZoneInfo) -> str | None:
    """§5: how a suspension, which ends as a claim does, suspends its claim on a day; None: it does not."""
    start = date_of(suspension, zone)
    if start is None or day < start[0] or is_over(suspension, day, zone):
        return None
    begun = start[1] <= day and not is_possibly_over(suspension, day, zone)
    return CERTAINLY if suspension.counts == CERTAINLY and begun else POSSIBLY


def not_yet_met(claim: Standing, day: date, zone: ZoneInfo) -> dict[str, str]:
    """§3: a claim's conditions but for those that no longer bind, from the last day of the meeting's date on."""
    met: set[str] = set()
    for event in acting(claim.about, "conditions-met"):
        (last,) = {last for _, last in dates_of([event], zone)}
        if event.counts == CERTAINLY and last <= day:
            met |= set(event.fields["conditions"])
    conditions = claim.fields.get("conditions") or {}
    return {key: wording for key, wording in conditions.items() if key not in met}
