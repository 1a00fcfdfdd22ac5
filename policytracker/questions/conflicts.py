"""Where reports differ: disputes, other values, corrections, and what counts only possibly or not at all (cli.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from policytracker.questions import names
from policytracker.questions.accounts import counts
from policytracker.questions.corrections import before
from policytracker.questions.interchange import MARKET_TYPES
from policytracker.questions.matched_cells import MatchedCells
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.sources import reported
from policytracker.questions.telling import called, summary
from policytracker.questions.values import value_in_words
from policytracker.status.claims import CLAIM_TYPES, EFFECTS, Claim
from policytracker.status.entries import Fields, Thread
from policytracker.status.force import in_force
from policytracker.status.instead import giving, other_values
from policytracker.status.knowledge import UNSAID, Standing, date_of
from policytracker.status.reasons import Reason, why_idle, why_not_certain
from policytracker.status.scope import Scopes
from policytracker.status.terms import Expression
from policytracker.status.view import View
from policytracker.status.zones import UTC

if TYPE_CHECKING:
    from policytracker.questions.conflict_answers import Conflict

SAYING_OTHERWISE = ("corroborated", "disputed", "corrected")
"""What events of these types say is told with their target, and not by itself."""
NOT_SO = "it is not so"
"""What a dispute says of which nobody tells more."""


def conflicts(reader: Reader, clocks: Clocks, company: str | None = None, chip: str | None = None) -> list[Conflict]:
    """Where reports differ on claims in force, and on what was ordered, shipped, signalled or reported by the day.

    In the order of the ledger; pairs of opposed claims go last. Of an event that does not exist nothing is told. Given
    a company or a chip, only events that name it, certainly or possibly. Raises UnknownName or AmbiguousName.
    """
    view = reader.view_of((*CLAIM_TYPES, *MARKET_TYPES), clocks)
    whom = None if company is None else names.company(view.directory, company)
    what = None if chip is None else names.chip(view.directory, chip)
    found = Conflicts(view, clocks.at)
    threads = [thread for thread in view.threads.values() if found.concerns(thread, whom, what)]
    told = [row for thread in threads for row in found.on(thread)]
    return [*told, *found.opposed(view.claims[t[0].id] for t in threads if t[0].id in view.claims)]


class Conflicts:
    """Where reports differ in a view, on a day (an ordinal)."""

    def __init__(self, view: View, day: int) -> None:
        self._view, self._day = view, day
        self._scopes = Scopes(view.directory)
        self._claims = {**view.claims, **view.heard}

    def concerns(self, thread: Thread, company: str | None, chip: str | None) -> bool:
        """Whether the first event of a thread exists, has to do with the day, and names a company and a chip."""
        first = self._view.standings[thread[0].id]
        return _exists(first) and self._is_of_day(first) and self._names(first, company, chip)

    def _is_of_day(self, first: Standing) -> bool:
        """Whether a claim is in force, at least possibly, or another event has begun. A word too weak has no date."""
        claim = self._claims.get(first.entry.id)
        start = date_of(first, UTC) if claim is None else claim.start
        if start == UNSAID:
            return True
        return start.first <= self._day if claim is None else in_force(claim, self._day) is not None

    def _names(self, first: Standing, company: str | None, chip: str | None) -> bool:
        fields, claim = first.fields, self._claims.get(first.entry.id)
        companies = fields.get("companies")
        cohort: Fields = companies if isinstance(companies, dict) else {}
        named = claim.named if claim else frozenset(cohort.get("named") or ())
        scope = Expression(fields, named, claim.excluded if claim else frozenset(cohort.get("excluded") or ()))
        if company is not None and not (companies and self._scopes.company_side(scope, company)):
            return False
        return chip is None or bool(fields.get("chips") and self._scopes.chip_side(scope, chip))

    def on(self, thread: Thread) -> Iterator[Conflict]:
        """Where reports differ on the first event of a thread, and on those about it."""
        if len(thread) == 1 and self._view.standings[thread[0].id].certain:
            return
        there: dict[str, list[Standing]] = {}
        for entry in thread:
            event = self._view.standings[entry.id]
            if _exists(event) and (entry.target is None or entry.target in there):
                there[entry.id] = []
                there.get(entry.target or "", []).append(event)
        for event_id, about in there.items():
            told = Told(self._view, thread, self._view.standings[event_id])
            yield from told.in_doubt()
            for other in about:
                yield from told.against(other)

    def opposed(self, claims: Iterable[Claim]) -> Iterator[Conflict]:
        """Claims that count and give different statuses to the same cells of a gate, ordered by one day (§6)."""
        together: dict[tuple[object, int], list[Claim]] = {}
        for claim in claims:
            if not claim.caps:
                together.setdefault((self._view.directory.gate(claim.fields["authority"]), claim.day), []).append(claim)
        matched = MatchedCells(self._view.directory)
        for found in together.values():
            if len(found) == 1:
                continue
            ordered = sorted(found, key=lambda claim: claim.order(self._day))
            for one, other in sorted(self._pairs(matched, ordered)):
                told = Told(self._view, self._view.threads[ordered[one].id], self._view.standings[ordered[one].id])
                yield told.opposed_to(self._view.standings[ordered[other].id])

    def _pairs(self, matched: MatchedCells, claims: Sequence[Claim]) -> Iterator[tuple[int, int]]:
        """The places of those that match the same cells and differ in effect. Only these are compared with each other:
        on one day there may be a claim for each company of a long list."""
        effects = [self._effect(claim) for claim in claims]
        for places in self._alike(range(len(claims)), effects, lambda place: matched.companies(claims[place])):
            for same in self._alike(places, effects, lambda place: matched.chips(claims[place])):
                yield from ((one, other) for one, other in combinations(same, 2) if effects[one] != effects[other])

    @staticmethod
    def _alike(
        places: Sequence[int], effects: Sequence[object], matches: Callable[[int], frozenset[str]]
    ) -> Iterator[list[int]]:
        """The places of which the claims match the same, more than nothing; only where their effects differ."""
        found: dict[frozenset[str], list[int]] = {}
        if len({effects[place] for place in places}) > 1:
            for place in places:
                found.setdefault(matches(place), []).append(place)
        yield from (same for matched, same in found.items() if matched and len(same) > 1)

    def _effect(self, claim: Claim) -> tuple[int, bool]:
        effect = EFFECTS[claim.effect(self._day)]
        return effect.rank, effect.is_restriction


class Told:
    """What is told of one event: one object for each way in which reports differ on it."""

    def __init__(self, view: View, thread: Thread, event: Standing) -> None:
        self._event = event
        target = None if event.entry.target is None else view.standings[event.entry.target]
        self._says = summary(event.fields, target and called(target.entry.id, target.fields.get("ref")))
        authority = view.standings[thread[0].id].fields.get("authority")
        gate = view.directory.gate(authority) if authority and thread[0].type in CLAIM_TYPES else None
        self._gate = None if gate is None else str(gate)

    def in_doubt(self) -> Iterator[Conflict]:
        """That the event counts only possibly or not at all, unless a dispute alone makes it so: that is told."""
        reasons = why_not_certain(self._event)
        if self._event.type not in SAYING_OTHERWISE and any(reason.kind != "disputed" for reason in reasons):
            yield {**self._plain(self._event.reports, reasons), "kind": "in doubt"}

    def against(self, other: Standing) -> Iterator[Conflict]:
        """What an event about it says otherwise."""
        match other.type:
            case "disputed":
                yield {**self._by(other, self._event.reports, _denial(other)), "kind": "disputed"}
            case "corroborated":
                yield from self._instead(other)
            case "corrected" if other.reports:
                yield from self._corrected(other)

    def opposed_to(self, other: Standing) -> Conflict:
        """Another claim that says something else."""
        return {**self._by(other, self._event.reports, summary(other.fields)), "kind": "opposed"}

    def _instead(self, corroboration: Standing) -> Iterator[Conflict]:
        for value in other_values(self._event):
            if value.event is corroboration:
                row = self._by(
                    corroboration, giving(self._event, value.field), value_in_words(value.field, value.value)
                )
                own = value_in_words(value.field, self._event.fields.get(value.field))
                sources = list(map(reported, value.reports))
                yield {**row, "kind": "instead", "field": value.field, "own": own, "other_sources": sources}

    def _corrected(self, correction: Standing) -> Iterator[Conflict]:
        earlier = tuple(each for each in self._event.about if each.entry.position < correction.entry.position)
        was, then = before(correction, self._event), self._event._replace(about=earlier)
        for field, value in correction.fields["changes"].items():
            row = self._by(correction, giving(then, field), value_in_words(field, value))
            yield {**row, "kind": "corrected", "field": field, "own": value_in_words(field, was.get(field))}

    def _by(self, other: Standing, own_reports: Iterable[Fields], words: str) -> Conflict:
        """What another event says, on whose word, and why it does nothing where it does not."""
        reasons = why_idle(other) if other.entry.target is not None else []
        sources = list(map(reported, other.reports))
        told = self._plain(own_reports, reasons)
        return {
            **told,
            "by": other.entry.id,
            "by_ref": other.fields.get("ref"),
            "other": words,
            "other_sources": sources,
        }

    def _plain(self, reports: Iterable[Fields], reasons: Iterable[Reason]) -> Conflict:
        return {
            "kind": "in doubt",
            "event": self._event.entry.id,
            "ref": self._event.fields.get("ref"),
            "type": self._event.type,
            "gate": self._gate,
            "says": self._says,
            "counts": counts(self._event),
            "field": None,
            "own": None,
            "own_sources": list(map(reported, reports)),
            "by": None,
            "by_ref": None,
            "other": None,
            "other_sources": [],
            "why": [reason.text for reason in reasons],
        }


def _denial(dispute: Standing) -> str:
    """What a dispute says: what its first report says, where the recorder tells it; a report may say less than no."""
    return next((str(report["summary"]) for report in dispute.reports if report.get("summary")), NOT_SO)


def _exists(event: Standing) -> bool:
    return event.known and not event.retracted
