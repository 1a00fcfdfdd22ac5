"""How a claim holds over all three clocks, as blocks in which nothing turns (semantics.md §2, §3, §5).

A tenure is one such block: a stretch of days × published moments × ledger positions over which the claim holds in
one way. Whether it matches a cell, and what strikes it there, is decided later (``scope``, ``prevails``).
"""

import json
from collections.abc import Hashable, Iterable, Iterator, Mapping, Set
from itertools import product
from typing import Any, NamedTuple, TypeVar

from policytracker.events.dates import Span, day_of, moment, span
from policytracker.status.claims import Claim, claim_of, date_of, status_of
from policytracker.status.entries import Entry, Fields, Thread
from policytracker.status.extents import FOREVER, POOL, WHERE
from policytracker.status.force import in_force, turning_days
from policytracker.status.knowledge import well_founded
from policytracker.status.versions import publications


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
Each = TypeVar("Each", bound=Hashable)


def tenures(thread: Thread) -> Iterator[Tenure]:
    """The tenures of the claim that a thread begins with, as every part of the thread tells them."""
    for (block, told), seen_from, seen_to in as_seen(thread):
        yield Tenure(*block, seen_from, seen_to, told)


def as_seen(thread: Thread, since: int = 1) -> Iterator[tuple[tuple[Block, Told], int, int]]:
    """What a thread tells, each with the positions of the events from and to which it does.

    Of the first ``since`` events the last alone is looked at: what they tell is taken to be told from that one on.
    """
    lengths = range(since, len(thread) + 1)
    return _joined((thread[length - 1].position, blocks(thread[:length])) for length in lengths)


def blocks(thread: Thread) -> Set[tuple[Block, Told]]:
    """What a thread tells as far as it goes, whatever was recorded later."""
    if len(thread) == 1:
        return set(blocks_of_lone(thread[0]))
    moments = sorted({when for entry in thread for when in publications(entry)})
    stages = ((when, set(_over_days(claim)) if (claim := claim_of(thread, when)) else set()) for when in moments)
    return {((*days, known_from, known_to), told) for (days, told), known_from, known_to in _joined(stages)}


def blocks_of_lone(entry: Entry) -> Iterator[tuple[Block, Told]]:
    """What a claim tells as long as nothing is said about it: as ``blocks``, by a shorter way (§3, §5)."""
    fields = entry.fields
    published = moment(fields["report"]["published"])
    start = date_of(fields, day_of(published))
    until = fields.get("until")
    end = span(until) if until else Span(FOREVER, FOREVER)
    told = _told_of_lone(fields, start, published)
    for day_from, day_to, certain in _stretches(start, end, told.certain):
        yield (day_from, day_to, published, FOREVER), told if certain else told._replace(certain=False)


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
        _keys(_selectors(companies)),
        chip_keys(fields["chips"]),
        company_extent(fields, named, excluded),
        chip_extent(fields),
        start.last,
        published,
        well_founded((fields["report"],)),
        *status_of(fields["type"], fields.get("review"), has_conditions),
        has_conditions,
    )


def is_plain(thread: Thread) -> bool:
    """Whether nothing in a thread changes a scope or the date of a report, and its selectors alone tell the scope."""
    fields = thread[0].fields
    changed = any(entry.type in ("corrected", "recipients-identified") for entry in thread)
    return not (changed or company_extent(fields, (), ()) or chip_extent(fields))


def finders(thread: Thread) -> set[tuple[str, str]]:
    """The pairs of selectors under which the claim of a thread may ever be found, and perhaps some more."""
    said = [entry.fields.get("changes") or entry.fields for entry in thread]
    companies = {name for fields in said for name in _selectors(fields.get("companies") or ())}
    chips = {name for fields in said for name in chip_keys(fields.get("chips") or ())}
    return set(product(companies, chips))


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
    return Told(
        claim.fields["authority"],
        _keys((*_selectors(claim.fields["companies"]), *claim.named)),
        chip_keys(claim.fields["chips"]),
        company_extent(claim.fields, claim.named, claim.excluded),
        chip_extent(claim.fields),
        claim.start.last,
        claim.published,
        claim.certain and certainly_in_force,
        claim.rank(day),
        claim.is_stop,
        claim.lifts_stops_only,
        bool(claim.binding(day)),
    )


def _selectors(companies: Any) -> Iterable[str]:
    """The selectors of companies; of a cohort, those of its pool and the companies named at first."""
    if isinstance(companies, dict):
        return (*(POOL + selector for selector in companies["of"]), *(companies.get("named") or ()))
    return tuple(companies)


def chip_keys(chips: Iterable[str | Fields]) -> tuple[str, ...]:
    """The selectors under which a chip has to look for a claim."""
    return _keys([chip if isinstance(chip, str) else WHERE for chip in chips])


def _keys(selectors: Iterable[str]) -> tuple[str, ...]:
    found = tuple(selectors)
    return found if len(found) == 1 else tuple(sorted(set(found)))


def company_extent(fields: Fields, named: Iterable[str], excluded: Iterable[str]) -> str:
    """What decides on the companies of a claim beyond its selectors: a cohort, or exceptions."""
    excepted = fields.get("except_companies")
    if isinstance(fields["companies"], list) and not excepted:
        return ""
    side = {"companies": fields["companies"], "except_companies": excepted or []}
    return _text({**side, "named": sorted(set(named)), "excluded": sorted(set(excluded))})


def chip_extent(fields: Fields) -> str:
    """What decides on the chips of a claim beyond its selectors: a ``where``, or exceptions."""
    excepted = fields.get("except_chips")
    if not excepted and all(isinstance(chip, str) for chip in fields["chips"]):
        return ""
    return _text({"chips": fields["chips"], "except_chips": excepted or []})


def _text(side: Mapping[str, Any]) -> str:
    return json.dumps(side, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
