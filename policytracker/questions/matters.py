"""Events by what they are about and from when on, so that a new one is compared with few of the others.

An import may hold thousands of claims of one day. Each is compared with those alone that are of its type and gate,
begin near it, and may share a company with it; of very many, with those that were taken last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from policytracker.events.dates import Span
from policytracker.questions.matched_cells import MatchedCells
from policytracker.status.claims import Claim, claim_from
from policytracker.status.directory import Directory, Gate
from policytracker.status.entries import Fields
from policytracker.status.knowledge import UNSAID, Standing
from policytracker.status.zones import UTC, publication_day

NEAR_DAYS = 7
"""So far apart two events may begin that tell of the same."""
FEW = 16
"""A scope of at most so many companies is looked for company by company."""
MOST_SCOPES = 256
"""Scopes of one kind, near one day, with which a new one is compared."""
MOST_EVENTS = 64
"""Events of one scope, near one day, that are looked at."""
MOST_KEPT = 4_000_000
"""Companies of all scopes of many that are remembered at once; then all are forgotten, and new ones taken."""
_WEEK = NEAR_DAYS + 1
_MOST_WEEKS = 60
"""Of a date with more doubt only the ends are looked for."""


class Matter(NamedTuple):
    """A claim, a signal or an event of the market, with the cells that it is about."""

    claim: Claim
    """The event, as the core takes it."""
    start: Span
    """From when on: its date, or the day of its report where it counts not at all and gives none."""
    gate: Gate | None
    """None for an event of the market."""
    companies: frozenset[str]
    chips: frozenset[str]

    @property
    def fields(self) -> Fields:
        """The fields of the event, as corrected."""
        return self.claim.fields

    def meets(self, other: Matter) -> bool:
        """Whether both share a cell."""
        return not self.companies.isdisjoint(other.companies) and not self.chips.isdisjoint(other.chips)

    def has_scope_of(self, other: Matter) -> bool:
        """Whether both are about the same cells."""
        return (self.companies, self.chips) == (other.companies, other.chips)


class MatterOf:
    """Finds the matter of events by the registry of a day."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self.matched = MatchedCells(directory)

    def __call__(self, event: Standing) -> Matter:
        """The matter of a claim, a signal or an event of the market."""
        authority = event.fields.get("authority")
        gate = self.directory.gate(authority) if authority else None
        zone = UTC if gate is None else self.directory.zone(gate)
        claim = claim_from(event, zone)
        companies, chips = self.matched.companies(claim), self.matched.chips(claim)
        return Matter(claim, _start(event, claim, zone), gate, companies, chips)


def _start(event: Standing, claim: Claim, zone: str) -> Span:
    report = event.fields.get("report")
    if claim.start != UNSAID or not report:
        return claim.start
    day = publication_day(report["published"], zone)
    return Span(day, day)


def apart(one: Span, other: Span) -> int:
    """How many days lie between two dates; 0 where they touch or overlap."""
    return max(0, one.first - other.last, other.first - one.last)


class Matters:
    """Matters that were taken, to be found by others."""

    def __init__(self) -> None:
        self._weeks: dict[tuple[str, Gate | None, int], ByScope] = {}
        self._ids: set[str] = set()
        self._many: set[frozenset[str]] = set()
        """The companies of each scope of many,"""
        self._kept = 0
        """and how many these are."""

    def add(self, matter: Matter) -> None:
        """Take a matter, unless it was taken before."""
        if matter.claim.id in self._ids:
            return
        self._ids.add(matter.claim.id)
        if len(matter.companies) > FEW and matter.companies not in self._many:
            self._many.add(matter.companies)
            self._kept += len(matter.companies)
            if self._kept > MOST_KEPT:
                self._weeks.clear()
                self._many.clear()
                self._kept = 0
        for week in _weeks(matter.start):
            self._weeks.setdefault((matter.claim.type, matter.gate, week), ByScope()).add(matter)

    def near(self, matter: Matter, types: Iterable[str] | None = None) -> list[Matter]:
        """Those at the same gate that share a cell with a matter and begin near it, of its type or of some types.

        Each once; those of its very scope first.
        """
        around = Span(matter.start.first - NEAR_DAYS, matter.start.last + NEAR_DAYS)
        found: dict[str, Matter] = {}
        for kind in (matter.claim.type,) if types is None else types:
            for number in _weeks(around):
                week = self._weeks.get((kind, matter.gate, number))
                for other in week.meeting(matter) if week else ():
                    if apart(matter.start, other.start) <= NEAR_DAYS:
                        found.setdefault(other.claim.id, other)
        return list(found.values())


def _weeks(span: Span) -> Iterable[int]:
    first, last = span.first // _WEEK, span.last // _WEEK
    return range(first, last + 1) if last - first < _MOST_WEEKS else dict.fromkeys((first, last))


class _Scope(NamedTuple):
    companies: frozenset[str]
    chips: frozenset[str]


class ByScope:
    """Matters that are found by the cells that they share with another."""

    def __init__(self) -> None:
        self._of: dict[_Scope, list[Matter]] = {}
        self._few: dict[str, list[_Scope]] = {}
        """Scopes of few companies, by each of these."""
        self._many: list[_Scope] = []
        self._all: list[_Scope] = []

    def add(self, matter: Matter) -> None:
        """Take a matter."""
        scope = _Scope(matter.companies, matter.chips)
        if scope not in self._of:
            self._of[scope] = []
            self._all.append(scope)
            if len(scope.companies) > FEW:
                self._many.append(scope)
            for company in scope.companies if len(scope.companies) <= FEW else ():
                self._few.setdefault(company, []).append(scope)
        self._of[scope].append(matter)

    def meeting(self, matter: Matter) -> Iterator[Matter]:
        """Those that share a cell with a matter, its very scope first; of very many those that were taken last."""
        for scope in dict.fromkeys(self._scopes(matter)):
            found = self._of.get(scope, ())
            if found and found[0].meets(matter):
                yield from islice(reversed(found), MOST_EVENTS)

    def _scopes(self, matter: Matter) -> Iterator[_Scope]:
        """The scopes that may share a cell with that of a matter, its own first."""
        yield _Scope(matter.companies, matter.chips)
        if len(matter.companies) > FEW:
            yield from islice(reversed(self._all), MOST_SCOPES)
            return
        for company in matter.companies:
            yield from islice(reversed(self._few.get(company, ())), MOST_SCOPES)
        yield from islice(reversed(self._many), MOST_SCOPES)
