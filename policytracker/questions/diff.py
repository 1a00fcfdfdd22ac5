"""What differs between two points, cell by cell (cli.md).

First the world as then known, then our knowledge of the later day, then what the ledger had recorded of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import product
from typing import TYPE_CHECKING, Literal, NamedTuple

from policytracker.events.dates import iso, moment_text
from policytracker.ledger import clock
from policytracker.questions import names
from policytracker.questions.all_cells import all_cells
from policytracker.questions.causes import learned, recorded, turning
from policytracker.questions.changing_events import of_change, of_registration, recorded_on
from policytracker.questions.errors import QuestionError
from policytracker.questions.explained import Explained
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.recorded_since import RegistrationsSince
from policytracker.questions.statuses import Pair, differing
from policytracker.questions.telling import summary as event_summary
from policytracker.questions.turned_by_registry import TurningRegistrations
from policytracker.status.cells import CellAnswer
from policytracker.status.changes import Differences, decisive_news, turns
from policytracker.status.registry import Change
from policytracker.status.words import summary, words

if TYPE_CHECKING:
    from policytracker.questions.difference_answers import EventOfChange, StatusStep, Way

Changed = Literal["world", "knowledge", "ledger"]
"""What changed: the world as then known, our knowledge of one day, or what this ledger had recorded of it."""
WORLD: Changed = "world"
KNOWLEDGE: Changed = "knowledge"
LEDGER: Changed = "ledger"
Instant = int | None
"""A recorded instant; None: everything recorded."""
Same = Literal["same"]
SAME: Same = "same"
"""As recorded at the start."""
FEW = 64
"""So many cells are looked at one by one; of more it is first found out which ones change."""


class NoDistance(QuestionError):
    """Both points are the same."""

    def __init__(self) -> None:
        super().__init__("both points are the same; give another with --to-at, --to-known or --to-recorded")


class Backwards(QuestionError):
    """The ledger of an earlier instant is asked for as the later one."""

    def __init__(self) -> None:
        super().__init__(
            "--to-recorded is not after --recorded; give the earlier instant to --recorded, as what was recorded stays"
        )


class Points(NamedTuple):
    """From where to where: days as ordinals, moments of the published clock (None: everything published)."""

    at: int
    known: int | None
    to_at: int
    to_known: int | None


def diff(
    reader: Reader,
    points: Points,
    recorded: Instant,
    company: str | None,
    chip: str | None,
    to_recorded: Instant | Same = SAME,
) -> Iterator[StatusStep]:
    """One object for each cell and step at which its possible statuses change, by company id, then chip id.

    A company or chip that was registered only by ``to_recorded`` is left out. Raises NoDistance, Backwards, UnknownName
    or AmbiguousName at once.
    """
    later = later_of(points, recorded, to_recorded)
    companies, chips = asked_of(reader, points, (recorded, later), company, chip)

    pairs = list(product(companies, chips))
    if len(pairs) > FEW:
        pairs = _changing(reader, points, (recorded, later), companies, chips)
    return Walk(reader, points, recorded, later).all_steps(pairs)


def later_of(points: Points, recorded: Instant, to_recorded: Instant | Same) -> Instant:
    """The recorded instant of the later point. Raises NoDistance or Backwards."""
    later = recorded if to_recorded == SAME else to_recorded
    if points[:2] == points[2:] and recorded == later:
        raise NoDistance
    if recorded != later and (recorded is None or (later is not None and later < recorded)):
        raise Backwards
    return later


def asked_of(
    reader: Reader, points: Points, recorded: tuple[Instant, Instant], company: names.Wanted, chip: names.Wanted
) -> tuple[list[str], list[str]]:
    """The companies and the chips that are asked for, and registered at both points."""
    directory, first = reader.directory_at(recorded[1], points.to_at), reader.directory_at(recorded[0], points.at)
    companies = [each for each in names.companies(directory, company) if each in first.companies]
    return companies, [each for each in names.chips(directory, chip) if each in first.chips]


def _changing(
    reader: Reader,
    points: Points,
    recorded: tuple[Instant, Instant],
    companies: Sequence[str],
    chips: Sequence[str],
) -> list[Pair]:
    """The cells that change at some step of the way: no other has to be looked at."""
    start, end = points[:2], points[2:]
    first, last = recorded
    way = dict.fromkeys([(*start, first), (points.to_at, points.known, first), (*end, first), (*end, last)])
    answers = (all_cells(reader, Clocks(*point)) for point in way)
    return differing(*(answer.among(companies, chips) for answer in answers))


class Walk:
    """The way from one point to the other: over the effective, then the published, then the recorded clock."""

    def __init__(self, reader: Reader, points: Points, recorded: Instant, to_recorded: Instant | Same = SAME) -> None:
        self.points = points
        self.recorded = recorded
        self.to_recorded = recorded if to_recorded == SAME else to_recorded
        self.before = Explained(reader, points.known, recorded)
        same = points.to_known == points.known
        self.after = self.before if same else Explained(reader, points.to_known, recorded)
        grown = self.to_recorded != recorded
        self.last = Explained(reader, points.to_known, self.to_recorded) if grown else self.after
        self.differences = Differences()
        self._since = RegistrationsSince(reader, recorded, self.to_recorded)
        point = reader.point(Clocks(points.at, points.known, recorded))
        self._registrations = TurningRegistrations(reader.by_day(point.seen), point)

    def all_steps(self, pairs: Iterable[Pair]) -> Iterator[StatusStep]:
        """The steps at which the possible statuses of some cells change."""
        return (step for company, chip in pairs for step in self.steps(company, chip))

    def steps(self, company: str, chip: str) -> Iterator[StatusStep]:
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
        last = end if self.last is after else self.last.cell(company, chip, self.points.to_at)
        if end.possible != last.possible:
            yield self._step(LEDGER, end, last, list(self._recorded(end, last)))

    def _step(self, what: Changed, start: CellAnswer, end: CellAnswer, events: list[EventOfChange]) -> StatusStep:
        return {
            "company": start.company,
            "chip": start.chip,
            "changed": what,
            "from": summary(start.possible),
            "to": summary(end.possible),
            "from_possible": words(start.possible),
            "to_possible": words(end.possible),
            **self.dates(what),
            "events": events,
        }

    def dates(self, what: Changed) -> Way:
        """From where to where a step leads."""
        start, end = iso(self.points.at), iso(self.points.to_at)
        known, learned = (_moment(each) for each in (self.points.known, self.points.to_known))
        recorded, later = (None if each is None else clock.text(each) for each in (self.recorded, self.to_recorded))
        return {
            "at": start if what == WORLD else end,
            "known": learned if what == LEDGER else known,
            "recorded": recorded,
            "to_at": end,
            "to_known": known if what == WORLD else learned,
            "to_recorded": later if what == LEDGER else recorded,
        }

    def _turning(self, start: CellAnswer, end: CellAnswer) -> Iterator[EventOfChange]:
        """What turns a cell from one day to another: what claims say of days, and registrations that count from one."""
        day, to_day = self.points.at, self.points.to_at
        cell = start.company, start.chip
        registered: list[Change] = []
        turned = False
        for claim in self.differences.decisive(start, end):
            if turns(self.before.claim(claim, to_day), day, to_day):
                turned = True
                yield from turning(self.before, claim, day, to_day)
            else:
                authority = self.before.standings(claim)[claim].fields["authority"]
                registered += self._registrations.of_authority(authority, day, to_day)
        registered += self._registrations.of_cell(*cell, day, to_day)
        if not turned and not registered:
            registered = self._registrations.concerning(*cell, day, to_day)
        for change in {change.after.id: change for change in registered}.values():
            yield of_change(change, is_later=day < to_day)

    def _learned(self, cell: CellAnswer, claim: str) -> Iterator[EventOfChange]:
        for event in decisive_news(self.before, self.after, cell, claim, self.points.to_at):
            yield learned(self.before, self.after, event, claim)

    def _recorded(self, start: CellAnswer, end: CellAnswer) -> Iterator[EventOfChange]:
        """What turns a cell because it was recorded in between: events about claims, and registrations."""
        day = self.points.to_at
        decisive = self.differences.decisive(start, end)
        for claim in decisive:
            for event in decisive_news(self.after, self.last, end, claim, day):
                yield recorded(self.last, event, claim)
        authorities = {self.last.standings(claim)[claim].fields["authority"] for claim in decisive}
        yield from self._registered_since(start.company, start.chip, authorities)

    def _registered_since(self, company: str, chip: str, authorities: Collection[str] = ()) -> Iterator[EventOfChange]:
        day = self.points.to_at
        directories = self.after.directory(day), self.last.directory(day)
        for entry in self._since.concerning(company, chip, authorities, directories):
            yield of_registration(entry, f"{recorded_on(entry)}: {event_summary(entry.fields)}")

    def registrations(self, what: Changed, company: str, chip: str) -> Iterator[EventOfChange]:
        """The registrations that may concern a cell, of those that count or were recorded in between."""
        day, to_day = self.points.at, self.points.to_at
        if what == LEDGER:
            yield from self._registered_since(company, chip)
        for change in self._registrations.concerning(company, chip, day, to_day) if what == WORLD else ():
            yield of_change(change, is_later=day < to_day)


def _moment(known: int | None) -> str | None:
    return None if known is None else moment_text(known)
