"""How a claim holds over all three clocks, as periods: boxes of time in which nothing turns (semantics.md §2, §3, §5).

A period is a range of days × of published moments × of ledger positions, each half-open, over which the claim holds in
one way. Whether it matches a cell, and what overrides it there, is decided later (``index``). A *mention* is a range of
moments × positions over which the last report on a claim is of one day. This module alone reads the events about a
claim to find out how it holds.
"""

from collections.abc import Iterator
from typing import NamedTuple

from policytracker.events.dates import Span, moment, span
from policytracker.events.grades import grade
from policytracker.status.claims import (
    DUTY,
    EFFECTS,
    LICENCE,
    Claim,
    claim_from,
    effect_number,
    is_restriction,
    order_of,
    tie_of,
)
from policytracker.status.entries import Entry, Fields, Thread
from policytracker.status.folding import BEFORE_ALL as BEFORE_ALL
from policytracker.status.folding import FOREVER as FOREVER
from policytracker.status.folding import Box as Box
from policytracker.status.folding import joined, over_clocks
from policytracker.status.folding import publications as publications
from policytracker.status.force import in_force, turning_days
from policytracker.status.knowledge import CERTAINLY, NOT_AT_ALL, counts_alone, last_day, stand
from policytracker.status.terms import Scope, scope_alone, scope_of
from policytracker.status.words import CONDITION_TYPE
from policytracker.status.zones import publication_day

CERTAIN, CONDITIONS, GRANTED, REQUIRED, QUANTITY, CAPS = 8, 16, 32, 64, 128, 256
"""Flags of a code, above the number of an effect: the claim counts certainly and is certainly in force; a condition of
its own binds; it is a licence, or a duty to have one (§8); it has a quantity; it is a condition that is imposed."""
_FLAGS = {LICENCE: GRANTED, DUTY: REQUIRED, CONDITION_TYPE: CAPS}


class How(NamedTuple):
    """How a claim holds; hashable, so that periods that say the same can be joined."""

    authority: str
    scope: Scope
    day: int
    """The first of what orders claims (§6),"""
    moment: int
    """the second,"""
    tie: int
    """and the third."""
    code: int
    """The number of its effect among ``claims.EFFECTS``, with flags."""
    conditions: tuple[tuple[str, str], ...]
    """The conditions of its own that bind, each with its wording."""


class Mention(NamedTuple):
    """The last publication day among the known reports of a claim and of the events about it."""

    authority: str
    scope: Scope
    last_day: int


Told = How | Mention
ALWAYS = (0, FOREVER)
"""The days of a mention."""


def periods(thread: Thread, zone: str, since: int = 1) -> Iterator[tuple[tuple[Box, Told], int, int]]:
    """The periods and mentions of a claim, each with the positions of the events from and to which they are so.

    ``zone``: the time zone of its gate. Of the first ``since`` events only the last is looked at: what they say is
    taken to be so from that one on.
    """
    return over_clocks(thread, lambda some, known: _at(some, zone, known), lambda entry: alone(entry, zone), since)


def _at(thread: Thread, zone: str, known: int) -> Iterator[tuple[tuple[int, int], Told]]:
    """What a thread says at a moment: how the claim holds day by day, and when it was last reported on."""
    standings = stand(thread, known)
    first = standings[thread[0].id]
    claim = claim_from(first, zone)
    last = last_day(thread, standings, known, zone)
    if last is not None:
        yield ALWAYS, Mention(claim.fields["authority"], _scope(claim), last)
    if first.counts != NOT_AT_ALL:
        yield from _over_days(claim)


def alone(entry: Entry, zone: str) -> list[tuple[Box, Told]]:
    """What a claim says as long as nothing is said about it: as ``_stages``, by a shorter way (§3, §5)."""
    fields = entry.fields
    report = fields["report"]
    published, day = moment(report["published"]), publication_day(report["published"], zone)
    scope = scope_alone(fields)
    found: list[tuple[Box, Told]] = [((*ALWAYS, published, FOREVER), Mention(fields["authority"], scope, day))]
    counts = counts_alone(grade(report))
    if counts == NOT_AT_ALL:
        return found
    effective, until = fields.get("effective"), fields.get("until")
    start = span(effective) if effective else Span(day, day)
    end = span(until) if until else Span(FOREVER, FOREVER)
    how = _how_alone(fields, scope, zone)
    for day_from, day_to, certain in _ranges(start, end, counts == CERTAINLY):
        told = how._replace(code=how.code | CERTAIN) if certain else how
        found.append(((day_from, day_to, published, FOREVER), told))
    return found


def _ranges(start: Span, end: Span, certain: bool) -> Iterator[tuple[int, int, bool]]:
    """From and to which days a claim is in force that nothing suspends, and whether certainly."""
    if not certain or start.last >= end.first:
        if start.first < end.last:
            yield start.first, end.last, False
        return
    if start.first < start.last:
        yield start.first, start.last, False
    yield start.last, end.first, True
    if end.first < end.last:
        yield end.first, end.last, False


def _how_alone(fields: Fields, scope: Scope, zone: str) -> How:
    kind, review = fields["type"], fields.get("review")
    conditions = tuple((fields.get("conditions") or {}).items())
    effect = effect_number(kind, review, bool(conditions))
    tie = tie_of(EFFECTS[effect], EFFECTS[effect])
    day, at = order_of(fields, (fields["report"],), is_restriction(kind, review), zone)
    return How(fields["authority"], scope, day, at, tie, effect | _flags(fields, bool(conditions)), conditions)


def _flags(fields: Fields, conditions_bind: bool) -> int:
    """The flags of a code but for CERTAIN."""
    return (
        _FLAGS.get(fields["type"], 0)
        | (CONDITIONS if conditions_bind else 0)
        | (QUANTITY if fields.get("quantity") else 0)
    )


def _over_days(claim: Claim) -> Iterator[tuple[tuple[int, int], How]]:
    """The ranges of days over which a claim holds in one way."""
    scope = _scope(claim)
    if not (claim.ends or claim.pauses or claim.met):
        for day_from, day_to, certain in _ranges(claim.start, Span(FOREVER, FOREVER), claim.certain):
            yield (day_from, day_to), _how(claim, scope, certain, day_from)
        return
    days = sorted(set(turning_days(claim)))
    forces = ((day, holds(claim, day)) for day in days)
    stages = ((day, set() if force is None else {_how(claim, scope, force, day)}) for day, force in forces)
    for how, day_from, day_to in joined(stages):
        yield (day_from, day_to), how


def holds(claim: Claim, day: int) -> bool | None:
    """Whether a claim holds on a day for the cells that it matches: True certainly, False possibly, None not at all.

    A condition that is imposed ends when all its conditions are met (§6, 3).
    """
    if claim.caps and not claim.binding(day):
        return None
    force = in_force(claim, day)
    return None if force is None else force and claim.certain


def _scope(claim: Claim) -> Scope:
    return scope_of(claim.fields, claim.named, claim.excluded)


def _how(claim: Claim, scope: Scope, certain: bool, day: int) -> How:
    binding = claim.binding(day)
    code = claim.effect(day) | _flags(claim.fields, bool(binding)) | (CERTAIN if certain else 0)
    order = claim.day, claim.moment, claim.tie(day)
    return How(claim.fields["authority"], scope, *order, code, tuple(binding.items()))
