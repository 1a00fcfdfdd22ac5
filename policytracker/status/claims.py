"""A claim as it stands: what it says, from when to when, and what became of it (semantics.md §3, §5)."""

from typing import NamedTuple

from policytracker.events.dates import Span, span
from policytracker.status.entries import Fields, Thread
from policytracker.status.knowledge import Standing, stand
from policytracker.status.words import CLAIM_TYPES as CLAIM_TYPES
from policytracker.status.words import CONDITIONAL, PENDING, PROHIBITED

REVIEWS = {
    "policy-of-denial": PROHIBITED,
    "presumption-of-denial": PROHIBITED,
    "case-by-case": CONDITIONAL,
    "presumption-of-approval": CONDITIONAL,
    "unstated": PENDING,
}

RESTRICTIONS = ("prohibited", "blocked")
RESTRICTING_REVIEWS = ("policy-of-denial", "presumption-of-denial", "unstated")
PREPARATORY = ("review-opened", "approved-in-principle")


class Effect(NamedTuple):
    """What §6 asks of the type of a claim."""

    rank: int
    """The rank of its status."""
    is_restriction: bool
    """Whether it is a restriction; else it is a permission."""
    is_preparatory: bool
    """Whether it is a permission that overrides restrictions alone."""


def effect_of(kind: str, review: str | None, conditions_bind: bool) -> Effect:
    """The effect of a claim of a type, with its review, while a condition of its own binds or not (§6, last table)."""
    if kind == "licence-required":
        return Effect(REVIEWS[review or ""], review in RESTRICTING_REVIEWS, False)
    if conditions_bind and kind in ("cleared", "batch-approved"):
        return Effect(CONDITIONAL, False, False)
    return Effect(CLAIM_TYPES[kind], kind in RESTRICTIONS, kind in PREPARATORY)


_SAID = [(kind, review) for kind in CLAIM_TYPES for review in (REVIEWS if kind == "licence-required" else (None,))]
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


class End(NamedTuple):
    """The end of a claim: its own ``until``, or a lift. An uncertain one leaves it possibly in force for good."""

    date: Span
    certain: bool
    event: str | None
    """The id of the lift; None for its own ``until``."""


class Pause(NamedTuple):
    """A suspension: from ``start`` until ``until``, or for good."""

    start: Span
    until: Span | None
    certain: bool
    event: str
    """The id of the suspension."""


class Claim(NamedTuple):
    """A claim that is known and not retracted, as it stands at one moment of knowledge."""

    id: str
    position: int
    type: str
    fields: Fields
    certain: bool
    published: int
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
    def order(self) -> tuple[int, int, int]:
        """Its place among the claims of a gate (§6)."""
        return self.start.last, self.published, self.position

    def binding(self, day: int) -> dict[str, str]:
        """The conditions that bind on a day, with their wording."""
        imposed: dict[str, str] = self.fields.get("conditions") or {}
        met = {key for key, since in self.met if since <= day}
        return {key: text for key, text in imposed.items() if key not in met} if met else imposed

    def rank(self, day: int) -> int:
        """The rank of its status on a day."""
        return EFFECTS[self.effect(day)].rank

    def effect(self, day: int) -> int:
        """The number of its effect on a day (§6, last table)."""
        return effect_number(self.type, self.fields.get("review"), bool(self.binding(day)))


def claim_of(thread: Thread, known: int | None) -> Claim | None:
    """The claim that a thread begins with, or None when it is unknown, retracted, or no claim at all."""
    if thread[0].type not in CLAIM_TYPES:
        return None
    standing = stand(thread, known)[thread[0].id]
    return claim_from(standing) if standing.known and not standing.retracted else None


def claim_from(standing: Standing) -> Claim:
    """A claim, given as a known event, with what the events about it make of it."""
    fields = standing.fields
    day = standing.publication_day
    companies = fields["companies"]
    named, excluded = _recipients(standing) if isinstance(companies, dict) else (frozenset[str](), frozenset[str]())
    return Claim(
        standing.entry.id,
        standing.entry.position,
        standing.type,
        fields,
        standing.certain,
        standing.published or 0,
        date_of(fields, day),
        _ends(standing),
        _pauses(standing),
        tuple(_met(standing)),
        named,
        excluded,
    )


def _recipients(standing: Standing) -> tuple[frozenset[str], frozenset[str]]:
    """The named and the excluded companies of a claim whose `companies` are a cohort (§4).

    A claim may be corrected from a cohort to a list. Recipients named before then belong to no cohort any more, so
    this is not asked for a list: there they would match companies that the list does not.
    """
    cohort = standing.fields["companies"]
    named, excluded = set(cohort.get("named") or ()), set(cohort.get("excluded") or ())
    for found in standing.acting("recipients-identified"):
        named.update(found.fields.get("companies") or ())
        excluded.update(found.fields.get("excluded") or ())
    return frozenset(named), frozenset(excluded)


def date_of(fields: Fields, publication_day: int) -> Span:
    """The date from which an event acts: its ``effective``, else its publication day (§3, §5)."""
    effective = fields.get("effective")
    return span(effective) if effective else Span(publication_day, publication_day)


def _ends(standing: Standing) -> tuple[End, ...]:
    own = standing.fields.get("until")
    lifts = [event for event in standing.about if event.type == "lifted"]
    return ((End(span(own), True, None),) if own else ()) + tuple(
        End(date_of(lift.fields, lift.publication_day), lift.certain, lift.entry.id) for lift in lifts
    )


def _pauses(standing: Standing) -> tuple[Pause, ...]:
    suspensions = [event for event in standing.about if event.type == "suspended"]
    return tuple(
        Pause(
            date_of(event.fields, event.publication_day),
            span(event.fields["until"]) if event.fields.get("until") else None,
            event.certain,
            event.entry.id,
        )
        for event in suspensions
    )


def _met(standing: Standing) -> list[tuple[str, int]]:
    return [
        (key, date_of(event.fields, event.publication_day).last)
        for event in standing.acting("conditions-met")
        for key in event.fields["conditions"]
    ]
