"""Intervals of equal status, over the effective or the published clock, one object each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from policytracker.events.dates import end_of_day, iso, moment_text
from policytracker.index.by_day import CellOverDays
from policytracker.index.cells import GateAnswer
from policytracker.index.layout import position_of
from policytracker.index.paths import OverDays, Paths
from policytracker.projections.reading import id_at
from policytracker.questions import names
from policytracker.questions.classes import Classes
from policytracker.questions.one_cell import statuses_of
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.turned_by_registry import TurningRegistrations
from policytracker.questions.turning_events import TurningEvents
from policytracker.status.intervals import AtGate, Interval, Turn, intervals
from policytracker.status.periods import BEFORE_ALL, FOREVER
from policytracker.status.registry import Change
from policytracker.status.words import ANY, summary, words

if TYPE_CHECKING:
    from policytracker.questions.answers import CellInterval, OtherClock, TimelineInterval


class Window(NamedTuple):
    """The days to which a timeline is bounded, both included (None: not bounded); intervals are left whole."""

    first: int | None = None
    last: int | None = None


UNBOUNDED = Window()


def over_days(
    reader: Reader, clocks: Clocks, company: str | None, chip: str | None, window: Window = UNBOUNDED
) -> Iterator[CellInterval]:
    """Intervals over the effective clock, as known at one moment; of every cell where none is named.

    Raises UnknownName or AmbiguousName at once.
    """
    known = None if clocks.known is None else moment_text(clocks.known)
    timelines = Timelines(reader, clocks)
    along = Along(timelines.days, iso, {"known": known}, lambda _: clocks.known)
    return timelines.told(company, chip, along, (window.first, window.last))


def over_knowledge(
    reader: Reader, clocks: Clocks, company: str | None, chip: str | None, window: Window = UNBOUNDED
) -> Iterator[CellInterval]:
    """Intervals over the published clock, of what held on one day; of every cell where none is named.

    Raises UnknownName or AmbiguousName at once.
    """
    timelines = Timelines(reader, clocks)
    # A day begins just after 24:00 of the day before, which is a moment of its own.
    first = None if window.first is None else end_of_day(window.first - 1) + 1
    last = None if window.last is None else end_of_day(window.last)
    along = Along(timelines.publications, moment_text, {"at": iso(clocks.at)}, lambda start: start)
    return timelines.told(company, chip, along, (first, last))


class Along(NamedTuple):
    """A clock along which timelines go."""

    intervals: Callable[[str, str], list[Interval]]
    """Those of a registered company and chip."""
    text: Callable[[int], str]
    """How a time of the clock is written."""
    other: OtherClock
    known: Callable[[int | None], int | None]
    """The moment as of which the events are told with which an interval begins."""


class Timelines:
    """The timelines of a ledger, as known and recorded at a point."""

    def __init__(self, reader: Reader, clocks: Clocks) -> None:
        self._reader = reader
        self._point = reader.point(clocks)
        self._paths = reader.paths(self._point.seen)
        self._by_day = self._paths.by_day
        self._cells = self._by_day.cells(clocks.at)
        self._registrations = TurningRegistrations(self._by_day, self._point)
        self._events = TurningEvents(reader, self._by_day.registry, self._point)

    def told(
        self,
        company: str | None,
        chip: str | None,
        along: Along,
        window: tuple[int | None, int | None],
    ) -> Iterator[CellInterval]:
        """One object for each interval of each cell that is asked for. Raises UnknownName or AmbiguousName at once."""
        directory = self._cells.directory
        companies = names.companies(directory, company)
        chips = names.chips(directory, chip)
        classes = Classes(self._by_day, companies, chips)
        kept: dict[object, list[TimelineInterval]] = {}

        def rows(pair: tuple[str, str]) -> Iterable[TimelineInterval]:
            key = classes.of(*pair)
            if key not in kept:
                kept[key] = [self._row(each, along) for each in _within(along.intervals(*pair), *window)]
            return kept[key]

        pairs = product(companies, chips)
        return ({"company": pair[0], "chip": pair[1], **row} for pair in pairs for row in rows(pair))

    def days(self, company: str, chip: str) -> list[Interval]:
        """The intervals of a registered company and chip over the effective clock."""
        found = self._paths.days(company, chip, self._point)

        def turned_by(day: int, concerned: list[int] | None) -> Iterator[str]:
            turning = dict.fromkeys(_turning(found, day))
            for position in turning if concerned is None else [each for each in turning if each in concerned]:
                yield from (event for when, event in self._events.turns_of(position, day) if when == day)
                authority = self._events.standing(position).fields["authority"]
                yield from _ids(self._registrations.of_authority(authority, day - 1, day))
            yield from _ids(self._registrations.of_cell(company, chip, day - 1, day))

        return intervals(turns(self._paths, found), turned_by)

    def publications(self, company: str, chip: str) -> list[Interval]:
        """The same over the published clock."""
        cell = self._cells.cell(company, chip)
        found = self._paths.publications(cell, self._point)
        reported = self._paths.reported(cell)

        def turned_by(when: int, concerned: list[int] | None) -> Iterator[str]:
            turning = {position_of(claim) for along in found for _, claim in along.turning.get(when, ())}
            every = turning | reported.get(when, set())
            for position in sorted(every) if concerned is None else concerned:
                yield from self._events.published(position, when)

        return intervals(turns(self._paths, [OverDays(CellOverDays(BEFORE_ALL, FOREVER, cell), found)]), turned_by)

    def _row(self, each: Interval, along: Along) -> TimelineInterval:
        gates = [(str(gate), bits) for gate, bits in each.gates]
        return {
            "from": None if each.start is None else along.text(each.start),
            "to": None if each.end is None else along.text(each.end),
            **along.other,
            **statuses_of(gates),
            "gates": [{"gate": gate, "status": summary(bits), "possible": words(bits)} for gate, bits in gates],
            "claims": [id_at(self._reader.connection, position) for position in each.standing],
            "turned_by": [self._events.told(event, along.known(each.start)) for event in each.turned_by],
        }


def turns(paths: Paths, found: Iterable[OverDays]) -> Iterator[Turn]:
    """What the gates of a cell answer together from each turn of one of them on."""
    claims, begin = paths.index.rows.claim, None
    for (first, _, cell), gates in found:
        begin = first if begin is None else begin
        now = [AtGate(gate, ANY, ()) for gate, _ in cell.gates]
        turned: dict[int, dict[int, GateAnswer]] = {first: {}}
        for place, along in enumerate(gates):
            for when, answer in along.answers:
                turned.setdefault(when, {})[place] = answer
        for when in sorted(turned):
            for place, answer in turned[when].items():
                standing = tuple([position_of(claims[row]) for row in answer.standing])
                now[place] = AtGate(now[place].gate, answer.possible, standing)
            yield Turn(None if when <= begin else when, tuple(now))


def _turning(found: Iterable[OverDays], day: int) -> Iterator[int]:
    """The positions of the claims that turn on a day, in the order of §6, gate by gate."""
    for (first, end, _), gates in found:
        if first <= day <= end:
            for along in gates:
                yield from (position_of(claim) for _, claim in sorted(along.turning.get(day, ())))


def _ids(changes: Iterable[Change]) -> Iterator[str]:
    return (change.after.id for change in changes)


def _within(found: Iterable[Interval], first: int | None, last: int | None) -> Iterator[Interval]:
    for each in found:
        is_over = first is not None and each.end is not None and each.end <= first
        is_later = last is not None and each.start is not None and each.start > last
        if not is_over and not is_later:
            yield each
