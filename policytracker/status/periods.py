"""How a claim holds over all three clocks, as periods: boxes of time in which nothing turns (semantics.md §2, §3, §5).

A period is a range of days × of published moments × of ledger positions, each half-open, over which the claim holds in
one way. Whether it matches a cell, and what overrides it there, is decided later (``index``). A *mention* is a range of
moments × positions over which the last report on a claim is of one day. This module alone reads the events about a
claim to find out how it holds.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Set
from typing import NamedTuple, TypeVar

from policytracker.events.dates import Span, day_of, moment, span
from policytracker.status.claims import Claim, claim_from, date_of, effect_number
from policytracker.status.entries import Entry, Fields, Thread
from policytracker.status.force import in_force, turning_days
from policytracker.status.knowledge import last_day, stand, well_founded
from policytracker.status.terms import chip_expression, chip_terms, company_expression, company_terms

FOREVER = 1 << 62
"""After every day, moment and position."""
BEFORE_ALL = -1
"""A moment before every publication."""


class Scope(NamedTuple):
    """The scope of a claim as the index keeps it (``terms``)."""

    companies: tuple[str, ...]
    chips: tuple[str, ...]
    company_expression: str
    chip_expression: str


class How(NamedTuple):
    """How a claim holds; hashable, so that periods that say the same can be joined."""

    authority: str
    scope: Scope
    start: int
    """The last day of ``effective``, else the publication day: first of what orders claims (§6)."""
    published: int
    certain: bool
    """Whether the claim is certain and certainly in force."""
    effect: int
    """The number of its effect among ``claims.EFFECTS``."""
    conditions: tuple[tuple[str, str], ...]
    """The conditions of its own that bind, each with its wording."""


class Mention(NamedTuple):
    """The last publication day among the known reports of a claim and of the events about it."""

    scope: Scope
    last_day: int


Box = tuple[int, int, int, int]
"""A range of days and one of published moments: day from and to, known from and to."""
What = TypeVar("What", bound=Hashable)
Told = How | Mention
Stages = Mapping[int, Set[tuple[tuple[int, int], Told]]]
"""What a thread says from each publication moment on until the next: ranges of days, and how it holds over them."""
ALWAYS = (0, FOREVER)
"""The days of a mention."""


def publications(entry: Entry) -> list[int]:
    """The moments of an event's report, as recorded and as the event itself may correct another's."""
    reports = (entry.fields.get("report"), (entry.fields.get("changes") or {}).get("report"))
    return [moment(report["published"]) for report in reports if report]


def periods(thread: Thread, since: int = 1) -> Iterator[tuple[tuple[Box, Told], int, int]]:
    """The periods and mentions of a claim, each with the positions of the events from and to which they are so.

    Of the first ``since`` events only the last is looked at: what they say is taken to be so from that one on.
    """
    if len(thread) == 1:
        return ((told, thread[0].position, FOREVER) for told in alone(thread[0]))
    return _joined((thread[length - 1].position, found) for length, found in _by_length(thread, since))


def _by_length(thread: Thread, since: int) -> Iterator[tuple[int, Set[tuple[Box, Told]]]]:
    """What the first so many events of a thread say, from ``since`` many on."""
    stages: Stages = {}
    for length in range(since, len(thread) + 1):
        if length == 1:
            found = set(alone(thread[0]))
            stages = _stages_of_one(found)
            yield length, found
        else:
            stages = _stages(thread[:length], stages)
            joined = _joined(stages.items())
            yield length, {((*days, known_from, known_to), told) for (days, told), known_from, known_to in joined}


def _stages_of_one(found: Set[tuple[Box, Told]]) -> Stages:
    """What a claim says alone, as stages."""
    return {known_from: {(box[:2], told) for box, told in found} for (_, _, known_from, _), _ in found}


def _stages(thread: Thread, before: Stages) -> Stages:
    """What a thread says, given what all its events but the last do (nothing: it is found anew).

    At moments before its report the last event is not known, and changes nothing (§3).
    """
    report = thread[-1].fields.get("report")
    known_from = moment(report["published"]) if report else BEFORE_ALL
    added = thread[-1:] if before else thread
    moments = sorted({*before, *(when for entry in added for when in publications(entry))})
    return {when: before[when] if when < known_from and when in before else set(_at(thread, when)) for when in moments}


def _at(thread: Thread, known: int) -> Iterator[tuple[tuple[int, int], Told]]:
    """What a thread says at a moment: how the claim holds day by day, and when it was last reported on."""
    standings = stand(thread, known)
    first = standings[thread[0].id]
    claim = claim_from(first)
    last = last_day(thread, standings, known)
    if last is not None:
        yield ALWAYS, Mention(_scope(claim), last)
    if first.known and not first.retracted:
        yield from _over_days(claim)


def alone(entry: Entry) -> list[tuple[Box, Told]]:
    """What a claim says as long as nothing is said about it: as ``_stages``, by a shorter way (§3, §5)."""
    fields = entry.fields
    published = moment(fields["report"]["published"])
    start = date_of(fields, day_of(published))
    until = fields.get("until")
    end = span(until) if until else Span(FOREVER, FOREVER)
    how = _how_alone(fields, start, published)
    found: list[tuple[Box, Told]] = [((*ALWAYS, published, FOREVER), Mention(how.scope, day_of(published)))]
    for day_from, day_to, certain in _ranges(start, end, how.certain):
        told = how if certain is how.certain else how._replace(certain=certain)
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


def _how_alone(fields: Fields, start: Span, published: int) -> How:
    companies = fields["companies"]
    is_cohort = isinstance(companies, dict)
    named, excluded = (companies.get("named") or (), companies.get("excluded") or ()) if is_cohort else ((), ())
    conditions = tuple((fields.get("conditions") or {}).items())
    scope = Scope(
        company_terms(companies),
        chip_terms(fields["chips"]),
        company_expression(fields, named, excluded),
        chip_expression(fields),
    )
    certain = well_founded((fields["report"],))
    effect = effect_number(fields["type"], fields.get("review"), bool(conditions))
    return How(fields["authority"], scope, start.last, published, certain, effect, conditions)


def _over_days(claim: Claim) -> Iterator[tuple[tuple[int, int], How]]:
    """The ranges of days over which a claim holds in one way."""
    scope = _scope(claim)
    if not (claim.ends or claim.pauses or claim.met):
        for day_from, day_to, certain in _ranges(claim.start, Span(FOREVER, FOREVER), claim.certain):
            yield (day_from, day_to), _how(claim, scope, certain, day_from)
        return
    days = sorted(set(turning_days(claim)))
    stages = (
        (day, set() if (force := in_force(claim, day)) is None else {_how(claim, scope, force, day)}) for day in days
    )
    for how, day_from, day_to in _joined(stages):
        yield (day_from, day_to), how


def _joined(stages: Iterable[tuple[int, Set[What]]]) -> Iterator[tuple[What, int, int]]:
    """From when to when each is so, given what is so from each stage on until the next."""
    since: dict[What, int] = {}
    for start, there in stages:
        for gone in [each for each in since if each not in there]:
            yield gone, since.pop(gone), start
        for each in there:
            since.setdefault(each, start)
    yield from ((each, start, FOREVER) for each, start in since.items())


def _scope(claim: Claim) -> Scope:
    return Scope(
        company_terms(claim.fields["companies"], claim.named),
        chip_terms(claim.fields["chips"]),
        company_expression(claim.fields, claim.named, claim.excluded),
        chip_expression(claim.fields),
    )


def _how(claim: Claim, scope: Scope, certainly_in_force: bool, day: int) -> How:
    return How(
        claim.fields["authority"],
        scope,
        claim.start.last,
        claim.published,
        claim.certain and certainly_in_force,
        claim.effect(day),
        tuple(claim.binding(day).items()),
    )
