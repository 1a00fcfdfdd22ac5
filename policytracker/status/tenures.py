"""How a claim holds over all three clocks, as blocks in which nothing turns (semantics.md §2, §3, §5).

A tenure is one such block: a stretch of days × published moments × ledger positions over which the claim holds in
one way. Whether it matches a cell, and what strikes it there, is decided later (``scope``, ``prevails``).
"""

import json
from collections.abc import Hashable, Iterable, Iterator, Mapping, Set
from itertools import product
from typing import Any, NamedTuple, TypeVar

from policytracker.status.claims import Claim
from policytracker.status.entries import Fields, Thread
from policytracker.status.force import in_force, turning_days
from policytracker.status.versions import versions

FOREVER = 1 << 62
"""After every day, moment and position."""
WHERE = "{where}"
"""Stands for every ``where``, which may match any chip."""


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


class Extent(NamedTuple):
    """One side of a scope, as ``Scopes`` takes it from a claim."""

    fields: Fields
    named: frozenset[str]
    excluded: frozenset[str]


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
    stages = ((each.known, set(_over_days(each.claim)) if each.counts else set()) for each in versions(thread))
    return {((*days, known_from, known_to), told) for (days, told), known_from, known_to in _joined(stages)}


def finders(thread: Thread) -> set[tuple[str, str]]:
    """The pairs of selectors under which the claim of a thread was ever found, known and counting or not."""
    parts = (thread[:length] for length in range(1, len(thread) + 1))
    claims = [version.claim for part in parts for version in versions(part)]
    return {pair for claim in claims for pair in product(company_keys(claim), chip_keys(claim.fields))}


def _over_days(claim: Claim) -> Iterator[tuple[tuple[int, int], Told]]:
    """The stretches of days over which a claim holds in one way."""
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
        company_keys(claim),
        chip_keys(claim.fields),
        company_extent(claim),
        chip_extent(claim.fields),
        claim.start.last,
        claim.published,
        claim.certain and certainly_in_force,
        claim.rank(day),
        claim.is_stop,
        claim.lifts_stops_only,
        bool(claim.binding(day)),
    )


def company_keys(claim: Claim) -> tuple[str, ...]:
    """The selectors under which a company has to look for a claim."""
    companies = claim.fields["companies"]
    if isinstance(companies, Mapping):
        return tuple(sorted({*companies["of"], *claim.named}))
    return tuple(sorted(set(companies)))


def chip_keys(fields: Fields) -> tuple[str, ...]:
    """The selectors under which a chip has to look for a claim."""
    return tuple(sorted({chip if isinstance(chip, str) else WHERE for chip in fields["chips"]}))


def company_extent(claim: Claim) -> str:
    """What decides on the companies of a claim beyond its selectors: a cohort, or exceptions."""
    fields = claim.fields
    excepted = fields.get("except_companies")
    if isinstance(fields["companies"], list) and not excepted:
        return ""
    side = {"companies": fields["companies"], "except_companies": excepted or []}
    return _text({**side, "named": sorted(claim.named), "excluded": sorted(claim.excluded)})


def chip_extent(fields: Fields) -> str:
    """What decides on the chips of a claim beyond its selectors: a ``where``, or exceptions."""
    excepted = fields.get("except_chips")
    if all(isinstance(chip, str) for chip in fields["chips"]) and not excepted:
        return ""
    return _text({"chips": fields["chips"], "except_chips": excepted or []})


def extent(text: str) -> Extent:
    """An extent from its text."""
    fields: dict[str, Any] = json.loads(text)
    return Extent(fields, frozenset(fields.get("named") or ()), frozenset(fields.get("excluded") or ()))


def _text(side: Mapping[str, Any]) -> str:
    return json.dumps(side, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
