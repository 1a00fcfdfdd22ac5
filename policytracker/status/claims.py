"""A claim as it stands: what it says, from when to when, and what became of it (semantics.md §3, §5, §6)."""

from collections.abc import Callable
from typing import NamedTuple

from policytracker.events.dates import Span, span
from policytracker.status.entries import Fields, Thread
from policytracker.status.knowledge import CERTAINLY, Standing, date_of, stand, sure_word
from policytracker.status.recipients import recipients
from policytracker.status.words import (
    BLOCKED,
    CLEARED,
    CONDITION_TYPE,
    CONDITIONAL,
    IN_PRINCIPLE,
    LICENSABLE,
    PENDING,
    PROHIBITED,
)
from policytracker.status.words import CLAIM_TYPES as CLAIM_TYPES
from policytracker.status.zones import said_at, said_on

REVIEWS = {
    "policy-of-denial": PROHIBITED,
    "presumption-of-denial": PROHIBITED,
    "case-by-case": LICENSABLE,
    "presumption-of-approval": LICENSABLE,
    "unstated": PENDING,
}
STATUS_OF = {
    "prohibited": PROHIBITED,
    "blocked": BLOCKED,
    "held": PENDING,
    "review-opened": PENDING,
    "approved-in-principle": IN_PRINCIPLE,
    "licence-granted": CONDITIONAL,
    "batch-approved": CLEARED,
    "cleared": CLEARED,
    CONDITION_TYPE: CONDITIONAL,
}
"""The status of a type, where neither review nor condition decides; of an imposed condition that at which it caps."""
RESTRICTIONS = ("prohibited", "blocked", "held")
RESTRICTING_REVIEWS = ("policy-of-denial", "presumption-of-denial", "unstated")
PREPARATORY = ("review-opened", "approved-in-principle")
UNTIL_MET = ("batch-approved", "cleared")
"""Permissions that are conditional while a condition of their own binds, else cleared."""
LICENCE, DUTY = "licence-granted", "licence-required"


class Effect(NamedTuple):
    """What §6 asks of the type of a claim."""

    rank: int
    """The rank of its status."""
    is_restriction: bool
    """Whether it is a restriction; else it is a permission."""
    is_preparatory: bool
    """Whether it is a permission that overrides restrictions alone, and no prohibitions."""


def is_restriction(kind: str, review: str | None) -> bool:
    """Whether a claim of a type, with its review, is a restriction (§6)."""
    return kind in RESTRICTIONS or (kind == DUTY and review in RESTRICTING_REVIEWS)


def effect_of(kind: str, review: str | None, conditions_bind: bool) -> Effect:
    """The effect of a claim of a type, with its review, while a condition of its own binds or not (§6, the table)."""
    if kind == DUTY:
        return Effect(REVIEWS[review or ""], is_restriction(kind, review), False)
    if conditions_bind and kind in UNTIL_MET:
        return Effect(CONDITIONAL, False, False)
    return Effect(STATUS_OF[kind], is_restriction(kind, review), kind in PREPARATORY)


_SAID = [(kind, review) for kind in CLAIM_TYPES for review in (REVIEWS if kind == DUTY else (None,))]
_NUMBERS: dict[tuple[str, str | None, bool], int] = {}
EFFECTS: tuple[Effect, ...] = tuple(sorted({effect_of(*said, binds) for said in _SAID for binds in (False, True)}))
"""Every effect that a claim can have; claims are told by the number of theirs."""


def effect_number(kind: str, review: str | None, conditions_bind: bool) -> int:
    """The number of an effect among ``EFFECTS``."""
    key = kind, review, conditions_bind
    found = _NUMBERS.get(key)
    if found is None:
        found = _NUMBERS[key] = EFFECTS.index(effect_of(*key))
    return found


def tie_of(imposed: Effect, now: Effect) -> int:
    """The third of what orders claims (§6): permissions before restrictions; of either the higher status first, as
    imposed, then as it is on the day.

    >>> imposed = effect_of("cleared", None, True)
    >>> tie_of(imposed, effect_of("cleared", None, False)) < tie_of(imposed, imposed)
    True
    """
    if now.is_restriction:
        return 2 * CLEARED + 2 - now.rank
    return 2 * (CLEARED - imposed.rank) + (imposed.rank == now.rank)


class End(NamedTuple):
    """The end of a claim or of a suspension: its own ``until``, or a lift. One that counts only possibly ends nothing
    for sure."""

    date: Span
    certain: bool
    event: str | None
    """The id of the lift; None for its own ``until``."""


class Pause(NamedTuple):
    """A suspension: from ``start`` until one of its ends, or for good."""

    start: Span
    ends: tuple[End, ...]
    certain: bool
    event: str
    """The id of the suspension."""


class Claim(NamedTuple):
    """A claim that is known and not retracted, as it stands at one moment of knowledge."""

    id: str
    position: int
    type: str
    fields: Fields
    counts: int
    """How it counts (``knowledge``)."""
    day: int
    """The first of what orders claims (§6),"""
    moment: int
    """and the second."""
    start: Span
    ends: tuple[End, ...]
    pauses: tuple[Pause, ...]
    met: tuple[tuple[str, int], ...]
    """Conditions that no longer bind: a key, and the day from which on."""
    named: frozenset[str]
    """The companies that certainly belong to its cohort; empty where its companies are a list."""
    excluded: frozenset[str]
    """Those that do not belong to its cohort; empty where its companies are a list."""

    @property
    def certain(self) -> bool:
        """Whether it counts certainly."""
        return self.counts == CERTAINLY

    @property
    def caps(self) -> bool:
        """Whether it is a condition that is imposed: neither a restriction nor a permission."""
        return self.type == CONDITION_TYPE

    def order(self, day: int) -> tuple[int, int, int, int]:
        """Its place among the claims of a gate on a day (§6)."""
        return self.day, self.moment, self.tie(day), self.position

    def tie(self, day: int) -> int:
        """The third of what orders claims."""
        imposed = effect_of(self.type, self.fields.get("review"), bool(self.fields.get("conditions")))
        return tie_of(imposed, EFFECTS[self.effect(day)])

    def binding(self, day: int) -> dict[str, str]:
        """The conditions of its own that are not met on a day, with their wording."""
        imposed: dict[str, str] = self.fields.get("conditions") or {}
        met = {key for key, since in self.met if since <= day}
        return {key: text for key, text in imposed.items() if key not in met} if met else imposed

    def rank(self, day: int) -> int:
        """The rank of its status on a day."""
        return EFFECTS[self.effect(day)].rank

    def effect(self, day: int) -> int:
        """The number of its effect on a day (§6, the table)."""
        return effect_number(self.type, self.fields.get("review"), bool(self.binding(day)))


def claim_of(thread: Thread, known: int | None, zone_of: Callable[[str], str]) -> Claim | None:
    """The claim that a thread begins with, or None when it is unknown, retracted, counts not at all, or is no claim.

    ``zone_of``: the time zone of the gate of an authority.
    """
    if thread[0].type not in CLAIM_TYPES:
        return None
    standing = stand(thread, known)[thread[0].id]
    return claim_from(standing, zone_of(standing.fields["authority"])) if standing.counts else None


def claim_from(standing: Standing, zone: str) -> Claim:
    """A claim, given as an event, with what the events about it make of it, at a gate with a time zone."""
    fields = standing.fields
    cohort = fields["companies"] if isinstance(fields["companies"], dict) else None
    named, excluded = recipients(standing, cohort) if cohort else (frozenset[str](), frozenset[str]())
    restricts = is_restriction(standing.type, fields.get("review"))
    start = date_of(standing, zone)
    return Claim(
        standing.entry.id,
        standing.entry.position,
        standing.type,
        fields,
        standing.counts,
        *order_of(fields, standing.reports, restricts, zone),
        start,
        ends_of(standing, zone),
        _pauses(standing, zone),
        tuple(_met(standing, zone)),
        named,
        excluded,
    )


def order_of(fields: Fields, reports: tuple[Fields, ...], restricts: bool, zone: str) -> tuple[int, int]:
    """The day and the moment that order a claim, given its known reports (§6, 1 and 2)."""
    if len(reports) > 1:
        reports = tuple(sorted(reports, key=lambda report: said_at(report["published"], zone, restricts)))
    sure = sure_word(reports)
    if sure is None:  # unknown, or every report is weak: it counts not at all
        return 0, 0
    when = said_at(sure["published"], zone, restricts)
    effective = fields.get("effective")
    if not effective:
        return said_on(sure["published"], zone, restricts), when
    date = span(effective)
    return (date.last if restricts else date.first), when


def ends_of(event: Standing, zone: str) -> tuple[End, ...]:
    """The ends of a claim, or of a suspension: its ``until``, and lifts of it."""
    own = event.fields.get("until")
    lifts = [about for about in event.about if about.type == "lifted"]
    return ((End(span(own), True, None),) if own else ()) + tuple(
        End(date_of(lift, zone), lift.certain, lift.entry.id) for lift in lifts
    )


def _pauses(standing: Standing, zone: str) -> tuple[Pause, ...]:
    suspensions = [event for event in standing.about if event.type == "suspended"]
    return tuple(
        Pause(date_of(event, zone), ends_of(event, zone), event.certain, event.entry.id) for event in suspensions
    )


def _met(standing: Standing, zone: str) -> list[tuple[str, int]]:
    return [
        (key, date_of(event, zone).last)
        for event in standing.acting("conditions-met")
        for key in event.fields["conditions"]
    ]
