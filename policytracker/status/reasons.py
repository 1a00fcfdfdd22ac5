"""Why a claim applies to a cell, or does not, or only possibly, from the predicates that answers are made of.

Nothing is decided here: how a claim counts, whether it matches and whether it is in force is asked of ``knowledge``,
``scope`` and ``force``; this module tells which of their conditions decided (semantics.md §3 to §5). ``overriding``
does the same for §6.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from policytracker.events.dates import FIRST_DAY, LAST_DAY, Span, iso
from policytracker.status.claims import Claim, End, claim_from
from policytracker.status.entries import Fields
from policytracker.status.force import Bar, bars, doubts
from policytracker.status.knowledge import POSSIBLY, Standing, all_weak
from policytracker.status.scope import Scopes, count_range
from policytracker.status.zones import UTC

OTHER_CELLS = ("company", "chip")
"""Kinds of reasons for which a claim has nothing to do with a cell."""


class Reason(NamedTuple):
    """Why a claim does not apply, or holds only possibly."""

    kind: str
    """What kind of reason it is, in one word for programs."""
    text: str
    """The reason for people."""
    events: tuple[str, ...] = ()
    """Ids of the events that make it so."""


def why_not_certain(standing: Standing) -> list[Reason]:
    """Why an event counts only possibly, or not at all (§3); empty for one that counts certainly."""
    if standing.certain:
        return []
    found = []
    if standing.disputed:
        disputes = [event for event in standing.about if event.type == "disputed" and not event.disputed]
        found.append(Reason("disputed", "disputed", _ids(each for each in disputes if each.certain_by_word)))
    doubted = [each for each in standing.acting("retracted", POSSIBLY) if each.certain_by_word]
    if doubted:
        found.append(Reason("retraction", "retracted, but the retraction is in doubt", _ids(doubted)))
    if standing.reports and not standing.certain_by_word:
        found.append(Reason("word", weakness(standing.reports)))
    return found


def weakness(reports: Iterable[Fields]) -> str:
    """Why known reports do not make an event certain by its word (§3)."""
    known = tuple(reports)
    if all_weak(known):
        return "every report of it is graded unreliable or improbable"
    grades = sorted({str(report["grade"]) for report in known if report.get("grade")})
    if not grades:
        return "nobody says on whose word the report rests, and no two origins say it"
    others = "" if all(report.get("grade") for report in known) else " or not attributed"
    return f"on too weak a word: graded {' '.join(grades)}{others}, and no two origins say it"


def why_only_possibly(
    claim: Claim, standing: Standing, scopes: Scopes, company: str, chip: str, day: int
) -> list[Reason]:
    """Why a claim that applies to a cell holds there only possibly; empty where it holds certainly (§5)."""
    reasons = why_not_certain(standing)
    match = scopes.match(claim, company, chip)
    if match is not None and not match.certain:
        reasons += _possible_scope(claim, scopes, company, chip)
    return reasons + why_in_doubt(claim, day)


def why_out_of_scope(claim: Claim, standing: Standing, scopes: Scopes, company: str, chip: str) -> Reason | None:
    """Why a cell is out of a claim's scope (§4); None where it is in it."""
    if scopes.match(claim, company, chip) is not None:
        return None
    uncorrected = claim_from(standing._replace(fields=standing.entry.fields), UTC)
    if scopes.match(uncorrected, company, chip) is not None:
        return Reason("corrected", "a correction takes the cell out of it", _ids(standing.acting("corrected")))
    if scopes.company_match(claim, company) is None:
        return _out_of_cohort(claim, standing, scopes, company) or Reason("company", "names other companies")
    if scopes.chip_match(claim.fields["chips"], chip) is None:
        return Reason("chip", "names other chips")
    if scopes.excepts_company(claim, company):
        return Reason("excepted", "an exception takes the company out of it")
    return Reason("excepted", "an exception takes the chip out of it")


def why_not_in_force(claim: Claim, day: int) -> Reason | None:
    """Why a claim is not in force on a day (§5); None where it is, certainly or possibly."""
    bar = next(bars(claim, day), None)
    return None if bar is None else _of_force(bar)


def why_met(claim: Claim, standing: Standing, day: int) -> Reason | None:
    """Why a condition that is imposed has ended (§6, 3): all its conditions are met; None where one binds."""
    if not claim.caps or claim.binding(day):
        return None
    return Reason("met", "all its conditions are met", _ids(standing.acting("conditions-met")))


def why_in_doubt(claim: Claim, day: int) -> list[Reason]:
    """Why a claim that is in force on a day is so only possibly (§5); empty where it is certainly."""
    return [_of_force(doubt, possibly=True) for doubt in doubts(claim, day)]


def why_retracted(standing: Standing) -> Reason | None:
    """By what a known claim no longer exists; None for one that does."""
    if not standing.retracted:
        return None
    return Reason("retracted", "retracted", _ids(standing.acting("retracted")))


def _possible_scope(claim: Claim, scopes: Scopes, company: str, chip: str) -> Iterator[Reason]:
    companies = claim.fields["companies"]
    match = scopes.company_match(claim, company)
    if isinstance(companies, Mapping) and match is not None and not match.certain:
        yield Reason("cohort", _cohort(claim, companies))
    for said, what in (("chips", "it turns on"), ("except_chips", "an exception turns on")):
        selectors = claim.fields.get(said) or ()
        chips = scopes.chip_match(selectors, chip)
        if chips is not None and not chips.certain:
            names = ", ".join(scopes.open_attributes(selectors, chip))
            yield Reason("attribute", f"{what} {names} of {chip}, of which the registry says too little")


def _cohort(claim: Claim, cohort: Fields) -> str:
    pool = " ".join(cohort["of"])
    count = cohort.get("count")
    if count is None:
        return f"for some of {pool}; not said for which" + (" others" if claim.named else "")
    return f"for {count_words(count)} of {pool}, {len(claim.named) or 'none'} of them named yet"


def count_words(count: int | Fields) -> str:
    """How many companies a cohort has, for people.

    >>> count_words(3), count_words({"min": 9, "max": 11}), count_words({"min": 9})
    ('3', '9 to 11', '9 or more')
    """
    least, most = count_range(count)
    if most is None:
        return f"{least} or more"
    return str(most) if least == most else f"up to {most}" if least == 0 else f"{least} to {most}"


def _out_of_cohort(claim: Claim, standing: Standing, scopes: Scopes, company: str) -> Reason | None:
    """Why a company of its pool is not in a claim's cohort."""
    cohort = claim.fields["companies"]
    if not isinstance(cohort, Mapping) or not scopes.in_pool(cohort, company):
        return None
    identified = standing.acting("recipients-identified")
    if company in claim.excluded:
        by = [event for event in identified if company in (event.fields.get("excluded") or ())]
        return Reason("excluded", "said not to be among those meant", _ids(by))
    named = ", ".join(sorted(claim.named))
    by = [event for event in identified if event.fields.get("companies")]
    return Reason("counted-out", f"as many as it can have are named: {named}", _ids(by))


def _of_force(bar: Bar, possibly: bool = False) -> Reason:
    events = (bar.event,) if bar.event else ()
    when = day_words(bar.date)
    if bar.kind == "start":
        return Reason("not-yet", f"in force {'from' if possibly else 'only from'} {when}", events)
    if bar.kind == "end":
        how = "lifted" if bar.event else "ended"
        text = f"lifted on {when}" if bar.event else f"over from {when} on"
        return Reason(how, f"{'perhaps ' if possibly else ''}{text}", events)
    lifts = tuple(end.event for end in bar.ends if end.event)
    text = f"{'perhaps ' if possibly else ''}suspended from {when}; {_revival(bar.ends)}"
    return Reason("suspended", text, events + lifts)


def _revival(ends: Iterable[End]) -> str:
    """When a claim that is suspended holds again."""
    days = [f"{'' if end.certain else 'perhaps '}from {day_words(end.date)}" for end in ends]
    return f"it holds again {' or '.join(days)}" if days else "no day is given on which it holds again"


def day_words(span: Span) -> str:
    """A date with doubt, for people.

    >>> day_words(Span(739642, 739644)), day_words(Span(0, 739644))
    ('a day between 2026-01-26 and 2026-01-28', 'a day up to 2026-01-28')
    """
    if span.first > LAST_DAY:
        return "an unknown day"
    if span.first < FIRST_DAY:
        return f"a day up to {iso(span.last)}"
    return iso(span.first) if span.first == span.last else f"a day between {iso(span.first)} and {iso(span.last)}"


def _ids(events: Iterable[Standing]) -> tuple[str, ...]:
    return tuple(event.entry.id for event in events)


def about_it(standing: Standing) -> list[Standing]:
    """The events about an event that do something to it, in ledger order (the table of §3)."""
    return [event for event in standing.about if acts(event)]


def acts(event: Standing) -> bool:
    """Whether an event about another, which exists and counts certainly or possibly, does something to it (§3).

    A possible correction, met condition or naming does nothing. A possible dispute disputes only where a doubtful
    retraction alone made it possible; a possible retraction casts doubt only where it is certain by its word.
    """
    if event.certain:
        return True
    match event.type:
        case "lifted" | "suspended":
            return True
        case "corroborated":
            return not event.disputed
        case "disputed":
            return event.certain_by_word and not event.disputed
        case "retracted":
            return event.certain_by_word
        case _:
            return False


def why_idle(event: Standing) -> list[Reason]:
    """Why a known event about another, which is not retracted, does nothing to it (§3); empty where it does."""
    if event.counts and acts(event):
        return []
    return why_not_certain(event)
