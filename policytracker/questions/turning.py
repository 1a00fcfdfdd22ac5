"""When answers may turn and when reports were published, for the whole ledger: read from the index and the registry, no
claim is decoded."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from policytracker.events.dates import FIRST_DAY, LAST_DAY, moment
from policytracker.questions.reader import Clocks, Reader
from policytracker.status.words import CLAIM_TYPES


def turning_days(reader: Reader, clocks: Clocks) -> list[int]:
    """The days (ordinals) on which an answer may turn, as known and recorded then: between two, all stay the same."""
    point = reader.point(clocks)
    days = {*reader.index.turning_days(point.known, point.seen), *reader.registry(point.seen).days}
    return sorted(day for day in days if FIRST_DAY <= day <= LAST_DAY)


class Report(NamedTuple):
    """A report that an event brings, or that a correction gives to its target."""

    moment: int
    """When it was published."""
    position: int
    """Of the event that brings it."""
    thread: int
    """The position of the first event of the thread in which it stands."""


class Publications:
    """When the reports of claims, or of other events, and of events about them were published, of everything recorded
    by an instant.

    Holds nothing of the read models open: any thread may use it.
    """

    def __init__(self, reader: Reader, recorded: int | None, types: Sequence[str] = CLAIM_TYPES) -> None:
        """``recorded`` in microseconds since 1970; None: everything recorded. ``types`` are those of the events."""
        seen = reader.point(Clocks(FIRST_DAY, None, recorded)).seen
        query = f"""SELECT said.position, said.thread, json_extract(said.body, '$.report.published'),
                json_extract(said.body, '$.changes.report.published')
            FROM entries said JOIN entries first ON first.position = said.thread
            WHERE said.position <= ? AND first.type IN ({", ".join("?" * len(types))})"""
        found: set[Report] = set()
        for position, thread, own, corrected in reader.connection.execute(query, (seen, *types)):
            if own is not None:
                found.add(Report(moment(own), position, thread))
            if corrected is not None:
                # It is the report of the target, which stands somewhere between the first event and this one.
                found |= {Report(moment(corrected), place, thread) for place in (position, thread)}
        self._reports = sorted(found)
        self.moments = sorted({each.moment for each in found})
        """The moments at which anything becomes known, in order."""

    def last_by(self, known: int | None) -> int | None:
        """The last moment of publication up to ``known`` (None: of all); None where there is none."""
        place = len(self.moments) if known is None else bisect_right(self.moments, known)
        return self.moments[place - 1] if place else None

    def newest(self, before: tuple[int, int]) -> Iterator[Report]:
        """The reports before a moment and a position, the newest first."""
        place = bisect_left(self._reports, before)
        return (self._reports[each] for each in range(place - 1, -1, -1))

    def __len__(self) -> int:
        return len(self._reports)
