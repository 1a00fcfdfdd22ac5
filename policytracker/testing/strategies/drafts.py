"""A ledger in the making, and the rules by which a line of it would be refused (interchange.md)."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from policytracker.testing import naive
from policytracker.testing.strategies.vocabulary import CLAIMS, SUBJECTS, Event, present, says_nothing_new


class Names(NamedTuple):
    """What is registered, and may be named."""

    companies: tuple[str, ...]
    chips: tuple[str, ...]
    authorities: tuple[str, ...]


@dataclass
class Draft:
    """The events so far, and what the next may name."""

    events: list[Event] = field(default_factory=list)

    @property
    def names(self) -> Names:
        """The registered companies, chips and authorities."""
        return Names(
            self.registered("company-registered"),
            self.registered("chip-registered"),
            self.registered("authority-registered"),
        )

    def registered(self, kind: str) -> tuple[str, ...]:
        """The ids registered so far by events of one type."""
        ids = (event[SUBJECTS[kind]] for event in self.events if event["type"] == kind)
        return tuple(dict.fromkeys(ids))

    @property
    def targets(self) -> list[Event]:
        """What later events may be about: all but registrations, the latest first."""
        return [event for event in reversed(self.events) if "ref" in event]

    def about(self, target: Event, *kinds: str) -> list[Event]:
        """The events about another, of these types."""
        return [event for event in self.events if event.get("target") == target.get("ref") and event["type"] in kinds]

    def target_of(self, event: Event) -> Event:
        """The event that this one is about."""
        return next(other for other in self.events if other.get("ref") == event["target"])

    def readings(self, event: Event) -> list[Event]:
        """What the event may come to say, whichever of its corrections act."""
        changes = [correction["changes"] for correction in self.about(event, "corrected")]
        choices = itertools.product((False, True), repeat=len(changes))
        return [merged(event, itertools.compress(changes, choice)) for choice in choices]

    def offer(self, event: Event) -> None:
        """Append the event under a fresh ref, unless it would be refused or says nothing new."""
        named = event if event["type"] in SUBJECTS else event | {"ref": f"event-{len(self.events)}"}
        if not says_nothing_new(event, self.events) and sound(Draft([*self.events, named])):
            self.events.append(named)


def in_order(event: Event) -> Event:
    """The event, without an `until` that would be refused."""
    return event if has_dates_in_order(Draft(), event) else event | {"until": None}


def merged(event: Event, changes: Iterable[Event]) -> Event:
    """The event with some changes made, in their order."""
    for change in changes:
        event = event | change
    return present(event)


def sound(draft: Draft) -> bool:
    """Whether every event is valid as a whole, however it may be corrected."""
    return all(
        rule(draft, event)
        for event in draft.events
        if "ref" in event
        for rule in (has_dates_in_order, has_possible_cohort, names_recipients, meets_conditions)
    )


def has_dates_in_order(draft: Draft, event: Event) -> bool:
    """The last day of `until` is after the first day of `effective`."""
    return all(
        "until" not in reading
        or "effective" not in reading
        or naive.span(reading["until"])[1] > naive.span(reading["effective"])[0]
        for reading in draft.readings(event)
    )


def has_possible_cohort(draft: Draft, event: Event) -> bool:
    """No more are named than counted, in all; what has recipients is a cohort, and no list while they are named."""
    if event["type"] not in CLAIMS:
        return True
    scopes = [reading["companies"] for reading in draft.readings(event)]
    cohorts = [scope for scope in scopes if isinstance(scope, dict)]
    identified = draft.about(event, "recipients-identified")
    if identified and not (isinstance(event["companies"], dict) and becomes_a_list_last(draft, event, identified)):
        return False
    named = {name for cohort in cohorts for name in cohort.get("named", [])}
    named |= {name for each in identified for read in draft.readings(each) for name in read.get("companies", [])}
    return all(len(named) <= most_of(cohort, len(named)) for cohort in cohorts)


def most_of(cohort: Event, otherwise: int) -> int:
    """How many companies a cohort has at most, if that was said."""
    count = cohort.get("count")
    most: int | None = count.get("max") if isinstance(count, dict) else count
    return otherwise if most is None else most


def becomes_a_list_last(draft: Draft, event: Event, identified: Sequence[Event]) -> bool:
    """Whether all that names its recipients comes before a correction that makes its companies a list."""
    places = {other["ref"]: place for place, other in enumerate(draft.events) if "ref" in other}
    naming = [*identified, *(mend for each in identified for mend in draft.about(each, "corrected"))]
    lists = [each for each in draft.about(event, "corrected") if isinstance(each["changes"].get("companies"), list)]
    return all(places[one["ref"]] < places[other["ref"]] for one in naming for other in lists)


def names_recipients(draft: Draft, event: Event) -> bool:
    """A `recipients-identified` names or excludes somebody, and nobody both ways; so does a cohort."""
    for reading in draft.readings(event):
        scope = reading.get("companies", [])
        named = scope.get("named", []) if isinstance(scope, dict) else scope
        excluded = scope.get("excluded", []) if isinstance(scope, dict) else reading.get("excluded", [])
        if set(named) & set(excluded):
            return False
        if event["type"] == "recipients-identified" and not (named or excluded):
            return False
    return True


def meets_conditions(draft: Draft, event: Event) -> bool:
    """The conditions met are the target's."""
    if event["type"] != "conditions-met":
        return True
    known = set(conditions_of(draft, draft.target_of(event)))
    return all(set(reading["conditions"]) <= known for reading in draft.readings(event))


def conditions_of(draft: Draft, claim: Event) -> tuple[str, ...]:
    """The keys that a claim had when recorded, and those that it has by corrections that are settled."""
    corrections = draft.about(claim, "corrected")
    settled = all("report" not in each and not draft.about(each, "retracted") for each in corrections)
    now = merged(claim, (each["changes"] for each in corrections)) if settled else claim
    return tuple(sorted({*claim.get("conditions", {}), *now.get("conditions", {})}))
