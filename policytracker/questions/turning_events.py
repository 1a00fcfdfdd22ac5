"""The events by which intervals of a timeline begin: found in the threads of claims, and told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policytracker.events.dates import moment
from policytracker.index.cells import Point
from policytracker.projections.reading import entry_with, thread_at
from policytracker.questions.accounts import says
from policytracker.questions.corrections import before_in, mends_reports
from policytracker.questions.reader import Reader
from policytracker.questions.telling import short_source
from policytracker.status.changes import own_report
from policytracker.status.claims import claim_from
from policytracker.status.entries import Entry, Fields, Thread
from policytracker.status.intervals import turns_of
from policytracker.status.knowledge import Standing, stand
from policytracker.status.periods import publications
from policytracker.status.registry import Registry

if TYPE_CHECKING:
    from policytracker.questions.answers import TurningEvent


class TurningEvents:
    """The events about claims, as known and recorded at a point; each thread is read once."""

    def __init__(self, reader: Reader, registry: Registry, point: Point) -> None:
        self._reader, self._registry, self._point = reader, registry, point
        self._threads: dict[int, Thread] = {}
        self._claims: dict[str, int] = {}
        """The positions of the claims to which events belong, by the ids of these."""
        self._standings: dict[int, Standing] = {}
        self._turns: dict[tuple[int, str], list[tuple[int, str]]] = {}

    def thread(self, position: int) -> Thread:
        """A claim, by its position, with everything that was said about it by then."""
        if position not in self._threads:
            thread = thread_at(self._reader.connection, position)
            self._threads[position] = tuple(event for event in thread if event.position <= self._point.seen)
            self._claims.update((event.id, position) for event in self._threads[position])
        return self._threads[position]

    def published(self, position: int, when: int) -> Iterator[str]:
        """The events of a thread that a report published at a moment brings: as they stand, once it is known."""
        thread = self.thread(position)
        if not mends_reports(thread):
            yield from (entry.id for entry in thread if when in publications(entry))
            return
        standings = stand(thread, when)
        for entry in thread:
            report = own_report(standings[entry.id])
            if report is not None and moment(report["published"]) == when:
                yield entry.id

    def standing(self, position: int) -> Standing:
        """How a claim stands, as known then."""
        if position not in self._standings:
            thread = self.thread(position)
            self._standings[position] = stand(thread, self._point.known)[thread[0].id]
        return self._standings[position]

    def turns_of(self, position: int, day: int) -> list[tuple[int, str]]:
        """The days on which a claim turns, each with the event that says so, in the zone that its gate has on a day."""
        standing = self.standing(position)
        zone = self._registry.on(day).zone_of(standing.fields["authority"])
        if (position, zone) not in self._turns:
            self._turns[position, zone] = list(turns_of(claim_from(standing, zone), standing, zone))
        return self._turns[position, zone]

    def told(self, event: str, known: int | None) -> TurningEvent:
        """An event as it stands at a moment; None: by everything published."""
        entry = entry_with(self._reader.connection, event)
        fields, before = self._as_it_stands(entry, known)
        report = fields.get("report")
        return {
            "id": entry.id,
            "ref": fields.get("ref"),
            "type": entry.type,
            "says": says(fields, before),
            "source": short_source(report) if report else None,
        }

    def _as_it_stands(self, entry: Entry, known: int | None) -> tuple[Fields, Fields | None]:
        """The fields of an event at a moment: its report may have been mended; and what it corrects, as it was."""
        thread = self.thread(self._claims[entry.id]) if entry.id in self._claims else (entry,)
        if len(thread) == 1 or not (entry.type == "corrected" or mends_reports(thread)):
            return entry.fields, None
        standings = stand(thread, known)
        return standings[entry.id].fields, before_in(standings, standings[entry.id])
