"""How a claim holds over all three clocks, as blocks in which nothing turns (semantics.md §2, §3, §5).

A tenure is one such block: a stretch of days × published moments × ledger positions over which the claim holds in
one way. Whether it matches a cell, and what strikes it there, is decided later (``scope``, ``prevails``).
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Set
from typing import NamedTuple, TypeVar

from policytracker.events.dates import Span, day_of, moment, span
from policytracker.status.claims import Claim, claim_of, date_of, status_of
from policytracker.status.entries import Entry, Fields, Thread
from policytracker.status.extents import FOREVER
from policytracker.status.filing import chip_extent, chip_keys, company_extent, company_keys
from policytracker.status.force import in_force, turning_days
from policytracker.status.knowledge import well_founded
from policytracker.status.versions import BEFORE_ALL, publications


class Told(NamedTuple):
    """What a tenure tells, the clocks left out; hashable, so that blocks that tell the same can be joined."""

    authority: str
    companies: tuple[str, ...]
    """The selectors under which a company finds it: of a cohort, those of the pool and the named companies."""
    chips: tuple[str, ...]
    """The selectors under which a chip finds it; WHERE for any ``where``."""
    company_extent: str
    """What decides on a company found so, as ``extent`` reads it; empty: every company is matched certainly."""
    chip_extent: str
    start: int
    """The last day of ``effective``, else the publication day: first of what orders claims (§6)."""
    published: int
    certain: bool
    """Whether the claim is certain and certainly in force."""
    rank: int
    is_stop: bool
    lifts_stops_only: bool
    has_conditions: bool
    """Whether a condition binds."""


class Tenure(NamedTuple):
    """A block of the clocks, each half-open, and what holds there."""

    day_from: int
    day_to: int
    known_from: int
    known_to: int
    seen_from: int
    """The position of the event from which on the ledger tells so,"""
    seen_to: int
    """and of the one from which on it tells otherwise."""
    told: Told


Block = tuple[int, int, int, int]
"""A stretch of days and of published moments: day from and to, known from and to."""
Stages = Mapping[int, Set[tuple[tuple[int, int], Told]]]
"""What a thread tells from each publication moment on until the next: stretches of days, and how it holds over them."""
Each = TypeVar("Each", bound=Hashable)


def tenures(thread: Thread) -> Iterator[Tenure]:
    """The tenures of the claim that a thread begins with, as every part of the thread tells them."""
    for (block, told), seen_from, seen_to in as_seen(thread):
        yield Tenure(*block, seen_from, seen_to, told)


def as_seen(thread: Thread, since: int = 1) -> Iterator[tuple[tuple[Block, Told], int, int]]:
    """What a thread tells, each with the positions of the events from and to which it does.

    Of the first ``since`` events the last alone is looked at: what they tell is taken to be told from that one on.
    """
    if len(thread) == 1:
        return ((told, thread[0].position, FOREVER) for told in blocks_of_lone(thread[0]))
    return _joined((thread[length - 1].position, found) for length, found in _by_length(thread, since))


def _by_length(thread: Thread, since: int) -> Iterator[tuple[int, Set[tuple[Block, Told]]]]:
    """What the first so many events of a thread tell, from ``since`` many on."""
    stages: Stages = {}
    for length in range(since, len(thread) + 1):
        if length == 1:
            alone = set(blocks_of_lone(thread[0]))
            stages = _stages_of_lone(alone)
            yield length, alone
        else:
            stages = _stages(thread[:length], stages)
            found = _joined(stages.items())
            yield length, {((*days, known_from, known_to), told) for (days, told), known_from, known_to in found}


def _stages_of_lone(found: Set[tuple[Block, Told]]) -> Stages:
    """What a claim tells alone, as stages; an empty stretch is none."""
    lasting = [(block, told) for block, told in found if block[0] < block[1]]
    return {known_from: {(block[:2], told) for block, told in lasting} for (_, _, known_from, _), _ in found}


def _stages(thread: Thread, before: Stages) -> Stages:
    """What a thread tells, given what all its events but the last do (nothing: it is found anew).

    Nothing is said about the last one yet: at moments before its report it is not known, and changes nothing (§3).
    """
    report = thread[-1].fields.get("report")
    known_from = moment(report["published"]) if report else BEFORE_ALL
    added = thread[-1:] if before else thread
    moments = sorted({*before, *(when for entry in added for when in publications(entry))})
    return {when: before[when] if when < known_from and when in before else _at(thread, when) for when in moments}


def _at(thread: Thread, known: int) -> Set[tuple[tuple[int, int], Told]]:
    claim = claim_of(thread, known)
    return set(_over_days(claim)) if claim else set()


def blocks_of_lone(entry: Entry) -> Iterator[tuple[Block, Told]]:
    """What a claim tells as long as nothing is said about it: as ``_stages``, by a shorter way (§3, §5)."""
    fields = entry.fields
    published = moment(fields["report"]["published"])
    start = date_of(fields, day_of(published))
    until = fields.get("until")
    end = span(until) if until else Span(FOREVER, FOREVER)
    told = _told_of_lone(fields, start, published)
    for day_from, day_to, certain in _stretches(start, end, told.certain):
        how = told if certain is told.certain else told._replace(certain=certain)
        yield (day_from, day_to, published, FOREVER), how


def _stretches(start: Span, end: Span, certain: bool) -> Iterator[tuple[int, int, bool]]:
    """From and to which days a claim is in force that nothing suspends, and whether certainly; joined if in doubt.

    One that ends before it begins has an empty stretch, under which it can still be found.
    """
    if not certain or start.last >= end.first:
        yield start.first, max(start.first, end.last), False
        return
    if start.first < start.last:
        yield start.first, start.last, False
    yield start.last, end.first, True
    if end.first < end.last:
        yield end.first, end.last, False


def _told_of_lone(fields: Fields, start: Span, published: int) -> Told:
    companies = fields["companies"]
    is_cohort = isinstance(companies, dict)
    named, excluded = (companies.get("named") or (), companies.get("excluded") or ()) if is_cohort else ((), ())
    has_conditions = bool(fields.get("conditions"))
    return Told(
        fields["authority"],
        company_keys(companies),
        chip_keys(fields["chips"]),
        company_extent(fields, named, excluded),
        chip_extent(fields),
        start.last,
        published,
        well_founded((fields["report"],)),
        *status_of(fields["type"], fields.get("review"), has_conditions),
        has_conditions,
    )


def _over_days(claim: Claim) -> Iterator[tuple[tuple[int, int], Told]]:
    """The stretches of days over which a claim holds in one way."""
    if not (claim.ends or claim.pauses or claim.met):
        for day_from, day_to, certain in _stretches(claim.start, Span(FOREVER, FOREVER), claim.certain):
            yield (day_from, day_to), _told(claim, certain, day_from)
        return
    days = sorted(set(turning_days(claim)))
    stages = ((day, set() if (force := in_force(claim, day)) is None else {_told(claim, force, day)}) for day in days)
    for told, day_from, day_to in _joined(stages):
        yield (day_from, day_to), told


def _joined(stages: Iterable[tuple[int, Set[Each]]]) -> Iterator[tuple[Each, int, int]]:
    """From when to when each is there, given what is there from each stage on until the next."""
    since: dict[Each, int] = {}
    for start, there in stages:
        for gone in [each for each in since if each not in there]:
            yield gone, since.pop(gone), start
        for each in there:
            since.setdefault(each, start)
    yield from ((each, start, FOREVER) for each, start in since.items())


def _told(claim: Claim, certainly_in_force: bool, day: int) -> Told:
    has_conditions = bool(claim.binding(day))
    return Told(
        claim.fields["authority"],
        company_keys(claim.fields["companies"], claim.named),
        chip_keys(claim.fields["chips"]),
        company_extent(claim.fields, claim.named, claim.excluded),
        chip_extent(claim.fields),
        claim.start.last,
        claim.published,
        claim.certain and certainly_in_force,
        *status_of(claim.type, claim.fields.get("review"), has_conditions),
        has_conditions,
    )
