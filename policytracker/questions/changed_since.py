"""What changed for somebody who watches, since the last time: what was recorded since, and days that have come.

The way goes over the recorded clock first, on the day of the last time, then day by day to today, as recorded now. So
each change is told once, wherever the way is cut: the next time begins where this one ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from policytracker.events.dates import iso
from policytracker.projections.reading import entries_since
from policytracker.questions.amount_changes import amount_changes
from policytracker.questions.asked import Since
from policytracker.questions.condition_changes import condition_changes, left_changes
from policytracker.questions.diff import Points, asked_of
from policytracker.questions.digest import TITLES, each_once, kind_of, of_change, of_event
from policytracker.questions.in_words import InWords
from policytracker.questions.news import change_in_words, cut, happened
from policytracker.questions.one_way import in_one_way
from policytracker.questions.reader import Clocks
from policytracker.questions.sentences.dates import day_in_words
from policytracker.questions.state import cells
from policytracker.questions.turning import Publications, turning_days
from policytracker.status.knowledge import date_of
from policytracker.status.quantities import QUANTIFIED
from policytracker.status.zones import UTC

if TYPE_CHECKING:
    from policytracker.questions.answers import CellState
    from policytracker.questions.digest_answers import DigestEntry, DigestKind, DigestPart
    from policytracker.questions.reader import Reader
    from policytracker.questions.watched import Narrowed
    from policytracker.status.directory import Directory
    from policytracker.status.knowledge import Standing

CAME: Final = "Days that have come"
"""What a watch calls changes that were scheduled."""


class Mark(NamedTuple):
    """Up to where it is known what changed."""

    position: int
    """Of the last event that is known."""
    day: int
    """An ordinal."""


def changed_since(reader: Reader, since: Mark, day: int, watched: Narrowed) -> list[DigestPart]:
    """What changed up to a day (an ordinal) and the end of the ledger, for what is watched, kind by kind.

    ``watched`` is by the registry of that day, as recorded now. Raises NoSuchPosition.
    """
    entries: dict[DigestKind, list[DigestEntry]] = {kind: [] for kind in TITLES}
    with cut(reader, since.position) as recorded:
        found = _Changes(reader, since, day, watched, recorded)
        for kind, entry in found.entries():
            entries[kind].append(entry)
    entries["amounts"] = list(each_once(entries["amounts"]))
    titles = {**TITLES, "scheduled": CAME}
    parts: list[DigestPart] = [
        {"kind": kind, "title": titles[kind], "entries": its} for kind, its in entries.items() if its
    ]
    return list(watched.parts(reader, found.in_words, parts))


class _Changes:
    def __init__(self, reader: Reader, since: Mark, day: int, watched: Narrowed, recorded: int | None) -> None:
        self._reader, self._since, self._watched = reader, since, watched
        self._now = Clocks(day)
        self._recorded = recorded
        self._new = {entry.id for entry in entries_since(reader.connection, since.position + 1)}
        self.in_words = InWords(reader, self._now)
        self._last: tuple[tuple[Clocks, list[str], list[str]], list[CellState]] | None = None

    def entries(self) -> Iterator[tuple[DigestKind, DigestEntry]]:
        """What changed, each with what it is about."""
        if self._new:
            yield from self._happened()
            start = Clocks(self._since.day, None, self._recorded)
            for kind, entry, _ in self._compared(start, start._replace(recorded=None)):
                yield kind, entry
        for day, next_day in pairwise((self._since.day, *self._days())):
            for kind, entry, events in self._compared(Clocks(day), Clocks(next_day)):
                dated: DigestEntry = {**entry, "sentence": f"{day_in_words(iso(next_day))}: {entry['sentence']}"}
                # What was recorded since is no surprise of the calendar: it is told as what it is about.
                yield kind if self._new.intersection(events) else "scheduled", dated

    def _happened(self) -> Iterator[tuple[DigestKind, DigestEntry]]:
        since = Since(None, self._since.position)
        companies, chips = self._watched[:2]
        publications = Publications(self._reader, None)
        for section in happened(self._reader, self._now, publications, since, self.in_words, companies, chips):
            for item in section["items"]:
                yield kind_of(self.in_words, section["happened"], item), of_event(item)

    def _compared(self, start: Clocks, end: Clocks) -> Iterator[tuple[DigestKind, DigestEntry, Iterable[str]]]:
        """What differs between two points, and the events by which it does."""
        reader, in_words = self._reader, self.in_words
        wanted = self._registered(end)
        if [] in wanted:
            return
        points, recorded = Points(*start[:2], *end[:2]), (start.recorded, end.recorded)
        if self._wants("answers"):
            for group in in_one_way(reader, points, start.recorded, *wanted, end.recorded):
                events = [each["id"] for each in group.step["events"]]
                yield "answers", of_change(change_in_words(in_words, group)), events
        if not self._wants("conditions", "amounts"):
            return
        asked = asked_of(reader, points, recorded, *wanted)
        before, after = (self._cells(each, *asked) for each in (start, end))
        for entry in condition_changes(in_words, before, after):
            yield "conditions", entry, _by(entry)
        for entry in (
            *amount_changes(reader, in_words, (start, end), *wanted),
            *left_changes(in_words, before, after),
        ):
            yield "amounts", entry, _by(entry)

    def _wants(self, *kinds: DigestKind) -> bool:
        """Whether any of these kinds is asked for. What came because its day came may be of any kind."""
        return not self._watched.kinds.isdisjoint((*kinds, "scheduled"))

    def _cells(self, clocks: Clocks, companies: list[str], chips: list[str]) -> list[CellState]:
        """The cells at a point. A step ends where the next one begins, so the last ones are kept."""
        if self._last is None or self._last[0] != (clocks, companies, chips):
            self._last = (clocks, companies, chips), list(cells(self._reader, clocks, companies, chips))
        return self._last[1]

    def _registered(self, clocks: Clocks) -> tuple[list[str] | None, list[str] | None]:
        """Of what is watched, what is registered at a point; None: all that are."""
        directory = self._reader.directory_at(clocks.recorded, clocks.at)
        companies, chips = self._watched[:2]
        return (
            None if companies is None else [each for each in companies if each in directory.companies],
            None if chips is None else [each for each in chips if each in directory.chips],
        )

    def _days(self) -> list[int]:
        """The days since on which anything may turn, as recorded now."""
        first, last = self._since.day, self._now.at
        if first >= last:
            return []
        view = self._reader.view_of(QUANTIFIED, self._now)
        counting = [event for event in view.standings.values() if event.counts]
        begun = {day for event in counting for day in date_of(event, _zone(view.directory, event))}
        return sorted(day for day in {*turning_days(self._reader, self._now), *begun} if first < day <= last)


def _zone(directory: Directory, event: Standing) -> str:
    """The time zone of the gate of an event."""
    authority = event.fields.get("authority")
    return directory.zone_of(authority) if authority else UTC


def _by(entry: DigestEntry) -> list[str]:
    return [event["id"] for event in entry["by"]]
