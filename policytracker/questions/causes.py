"""The events by which a claim, an order or a delivery is not at one point of the clocks what it was at another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from policytracker.questions.accounts import says
from policytracker.questions.changing_events import of_event, recorded_on
from policytracker.questions.corrections import before, before_in
from policytracker.status.changes import news, own_report, turn, turns
from policytracker.status.claims import CLAIM_TYPES, Claim, claim_from
from policytracker.status.instead import corrections_giving
from policytracker.status.intervals import BEGINNING
from policytracker.status.knowledge import Standing, stand
from policytracker.status.reasons import day_words
from policytracker.status.zones import UTC

if TYPE_CHECKING:
    from policytracker.questions.difference_answers import EventOfChange
    from policytracker.questions.explained import Explained


def turning(known: Explained, claim: str, day: int, to_day: int) -> Iterator[EventOfChange]:
    """The event by whose date a claim turns, and the corrections that have given it by their own reports."""
    standings = known.standings(claim)
    reason = turn(known.claim(claim, to_day), standings[claim], day, to_day)
    by = standings[reason.events[0] if reason.events else claim]
    yield of_event(by, claim, reason.text)
    fields = ("until",) if reason.kind == "ended" else BEGINNING if by.entry.id == claim else ("effective", "until")
    for correction in corrections_giving(by, fields):
        yield of_event(correction, claim, says(correction.fields, before(correction, by)))


def learned(first: Explained, last: Explained, event: str, claim: str) -> EventOfChange:
    """An event of the thread of a claim, of which the report is known at one of two moments alone."""
    standings = last.standings(claim)
    if own_report(standings[event]) is not None:
        return of_event(standings[event], claim, _says(standings, event))
    standings = first.standings(claim)
    return of_event(standings[event], claim, f"not known yet: {_says(standings, event)}")


def recorded(last: Explained, event: str, claim: str) -> EventOfChange:
    """An event of the thread of a claim that was recorded in between."""
    standings = last.standings(claim)
    return of_event(standings[event], claim, f"{recorded_on(standings[event].entry)}: {_says(standings, event)}")


def from_day_to_day(known: Explained, event: str, day: int, to_day: int) -> list[EventOfChange]:
    """By which events a claim, an order or a delivery does otherwise on another day; none where it does the same."""
    standing = known.standings(event).get(event)
    if standing is None or not standing.known or standing.retracted:
        return []
    is_claim = standing.type in CLAIM_TYPES
    claim = known.claim(event, to_day) if is_claim else claim_from(standing, UTC)
    if is_claim and turns(claim, day, to_day):
        return list(turning(known, event, day, to_day))
    # What was approved was approved: its quantity counts from its start, in force or not (semantics.md §8).
    has_begun = ((each >= claim.start.first, each >= claim.start.last) for each in (day, to_day))
    if len(set(has_begun)) == 1:
        return []
    return [of_event(standing, event, f"counts from {day_words(claim.start)}")]


def decisive(first: Explained, last: Explained, event: str) -> list[str]:
    """Ids of the events of a thread that are new, as far as the first of it is another with each than without it.

    Where no single event makes it so, all of them do together.
    """
    thread, was, now = last.thread(event), first.standings(event), last.standings(event)
    found = list(news(thread, was, now))
    if len(found) < 2:
        return found
    whole = _as_it_stands(now[event])

    def decides(each: str) -> bool:
        if (each in was and was[each].known) or not now[each].known:
            return True
        without = tuple(entry for entry in thread if entry.id != each)
        return without[:1] != thread[:1] or _as_it_stands(stand(without, last.known)[event]) != whole

    return [each for each in found if decides(each)] or found


def _as_it_stands(standing: Standing) -> Claim | None:
    """What an event comes to, whoever reports it; None: it counts not at all."""
    return claim_from(standing, UTC) if standing.counts else None


def _says(standings: Mapping[str, Standing], event: str) -> str:
    """What an event says; of a correction with the old and the new values."""
    told = standings[event]
    return says(told.fields, before_in(standings, told))
