"""What differs between two points, cell by cell: first the world as then known, then our knowledge (cli.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import TYPE_CHECKING, Literal, NamedTuple

from policytracker.events.dates import iso, moment_text
from policytracker.questions import names
from policytracker.questions.accounts import says, sources
from policytracker.questions.all_cells import all_cells
from policytracker.questions.errors import QuestionError
from policytracker.questions.explained import Explained
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.sources import reported
from policytracker.questions.statuses import Pair, differing
from policytracker.questions.telling import summary as event_summary
from policytracker.questions.turned_by_registry import TurningRegistrations
from policytracker.status.cells import CellAnswer
from policytracker.status.changes import Differences, decisive_news, own_report, turn, turns
from policytracker.status.knowledge import Standing
from policytracker.status.registrations import counts_from
from policytracker.status.registry import Change
from policytracker.status.words import summary, words

if TYPE_CHECKING:
    from policytracker.questions.claim_answers import CellStep, EventOfChange, Way

Changed = Literal["world", "knowledge"]
"""What changed: the world as then known, or our knowledge of one day."""
WORLD: Changed = "world"
KNOWLEDGE: Changed = "knowledge"
FEW = 64
"""So many cells are looked at one by one; of more it is first found out which ones change."""


class NoDistance(QuestionError):
    """Both points are the same."""

    def __init__(self) -> None:
        super().__init__("both points are the same; give another day with --to-at, or --to-known, or both")


class Points(NamedTuple):
    """From where to where: days as ordinals, moments of the published clock (None: everything published)."""

    at: int
    known: int | None
    to_at: int
    to_known: int | None


def diff(
    reader: Reader, points: Points, recorded: int | None, company: str | None, chip: str | None
) -> Iterator[CellStep]:
    """One object for each cell and step at which its possible statuses change, by company id, then chip id.

    Raises NoDistance, UnknownName or AmbiguousName at once.
    """
    if points[:2] == points[2:]:
        raise NoDistance
    directory = reader.directory_at(recorded, points.to_at)
    companies = [names.company(directory, company)] if company else sorted(directory.companies)
    chips = [names.chip(directory, chip)] if chip else sorted(directory.chips)

    pairs = list(product(companies, chips))
    if len(pairs) > FEW:
        pairs = _changing(reader, points, recorded, companies, chips)
    return Walk(reader, points, recorded).all_steps(pairs)


def _changing(
    reader: Reader, points: Points, recorded: int | None, companies: Sequence[str], chips: Sequence[str]
) -> list[Pair]:
    """The cells that change at some step of the way: no other has to be looked at."""
    way = dict.fromkeys([points[:2], (points.to_at, points.known), points[2:]])
    answers = (all_cells(reader, Clocks(*point, recorded)) for point in way)
    return differing(*(answer.among(companies, chips) for answer in answers))


class Walk:
    """The way from one point to the other: over the effective clock first, then over the published one."""

    def __init__(self, reader: Reader, points: Points, recorded: int | None) -> None:
        self.points = points
        self.before = Explained(reader, points.known, recorded)
        same = points.to_known == points.known
        self.after = self.before if same else Explained(reader, points.to_known, recorded)
        self.differences = Differences()
        point = reader.point(Clocks(points.at, points.known, recorded))
        self._registrations = TurningRegistrations(reader.by_day(point.seen), point)

    def all_steps(self, pairs: Iterable[Pair]) -> Iterator[CellStep]:
        """The steps at which the possible statuses of some cells change."""
        return (step for company, chip in pairs for step in self.steps(company, chip))

    def steps(self, company: str, chip: str) -> Iterator[CellStep]:
        """The steps at which a cell's possible statuses change."""
        before, after = self.before, self.after
        start = before.cell(company, chip, self.points.at)
        between = start if self.points.at == self.points.to_at else before.cell(company, chip, self.points.to_at)
        end = between if before is after else after.cell(company, chip, self.points.to_at)
        if start.possible != between.possible:
            yield self._step(WORLD, start, between, list(self._turning(start, between)))
        if between.possible != end.possible:
            learned = self.differences.decisive(between, end)
            yield self._step(
                KNOWLEDGE, between, end, [event for claim in learned for event in self._learned(end, claim)]
            )

    def _step(self, what: Changed, start: CellAnswer, end: CellAnswer, events: list[EventOfChange]) -> CellStep:
        return {
            "company": start.company,
            "chip": start.chip,
            "changed": what,
            "from": summary(start.possible),
            "to": summary(end.possible),
            "from_possible": words(start.possible),
            "to_possible": words(end.possible),
            **self._dates(what),
            "events": events,
        }

    def _dates(self, what: Changed) -> Way:
        start, end = iso(self.points.at), iso(self.points.to_at)
        known, learned = (_moment(each) for each in (self.points.known, self.points.to_known))
        if what == WORLD:
            return {"at": start, "known": known, "to_at": end, "to_known": known}
        return {"at": end, "known": known, "to_at": end, "to_known": learned}

    def _turning(self, start: CellAnswer, end: CellAnswer) -> Iterator[EventOfChange]:
        """What turns a cell from one day to another: what claims say of days, and registrations that count from one."""
        day, to_day = self.points.at, self.points.to_at
        cell = start.company, start.chip
        registered: list[Change] = []
        turned = False
        for claim in self.differences.decisive(start, end):
            if turns(self.before.claim(claim, to_day), day, to_day):
                turned = True
                yield self._turned(claim)
            else:
                authority = self.before.standings(claim)[claim].fields["authority"]
                registered += self._registrations.of_authority(authority, day, to_day)
        registered += self._registrations.of_cell(*cell, day, to_day)
        if not turned and not registered:
            registered = self._registrations.concerning(*cell, day, to_day)
        for change in {change.after.id: change for change in registered}.values():
            yield _registered(change, is_later=day < to_day)

    def _turned(self, claim: str) -> EventOfChange:
        standings = self.before.standings(claim)
        reason = turn(self.before.claim(claim, self.points.to_at), standings[claim], self.points.at, self.points.to_at)
        by = standings[reason.events[0] if reason.events else claim]
        return _told(by, claim, reason.text)

    def _learned(self, cell: CellAnswer, claim: str) -> Iterator[EventOfChange]:
        for event in decisive_news(self.before, self.after, cell, claim, self.points.to_at):
            told = self.after.standings(claim)[event]
            if own_report(told) is not None:
                yield _told(told, claim, says(told.fields))
            else:
                told = self.before.standings(claim)[event]
                yield _told(told, claim, f"not known yet: {says(told.fields)}")


def _registered(change: Change, is_later: bool) -> EventOfChange:
    entry, was, day = change.after, change.before.fields, iso(counts_from(change.after.fields))
    report = entry.fields.get("report")
    return {
        "id": entry.id,
        "ref": entry.fields.get("ref"),
        "type": entry.type,
        "claim": None,
        "change": f"from {day}: {event_summary(entry.fields)}" if is_later else f"until {day}: {event_summary(was)}",
        "sources": [{"event": entry.id, **reported(report)}] if report else [],
    }


def _told(event: Standing, claim: str, change: str) -> EventOfChange:
    return {
        "id": event.entry.id,
        "ref": event.fields.get("ref"),
        "type": event.type,
        "claim": claim,
        "change": change,
        "sources": sources(event),
    }


def _moment(known: int | None) -> str | None:
    return None if known is None else moment_text(known)
