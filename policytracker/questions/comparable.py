"""What new events are compared with: those recorded before, read as they are needed, and new ones that came earlier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from policytracker.events.catalogue import ABOUT, CLAIMS, DEVELOPMENTS, MARKET, SIGNALS
from policytracker.events.dates import Span
from policytracker.projections.reading import of_types, threads_at
from policytracker.questions.matters import NEAR_DAYS, Matter, MatterOf, Matters
from policytracker.questions.nearby import Nearby
from policytracker.questions.reader import Reader
from policytracker.status.directory import Directory, Gate
from policytracker.status.entries import Entry, Fields, threads
from policytracker.status.knowledge import Standing, stand

MATTERS = (*CLAIMS, *MARKET, *SIGNALS)
MOST_OTHERS = 256
"""Events about one target, or developments of one text, that are looked at: those that were taken last."""
Key = tuple[str, str]


class Comparable:
    """Events that exist, by all that is published, as they stood before the event at a position was recorded."""

    def __init__(self, reader: Reader, directory: Directory, before: int) -> None:
        """``directory``: the registry of today with the new events in it; ``before``: the position of the first."""
        self._reader, self._before = reader, before
        self.matter_of = MatterOf(directory)
        self.matters = Matters()
        self._nearby = Nearby(reader, before)
        self._loaded: set[int] = set()
        """Positions of recorded claims that were taken."""
        self._asked: set[str] = set()
        """Types of which all recorded events were taken, and targets all events about which were."""
        self._others: dict[Key, list[Standing]] = {}
        """Events about others by type and target; developments by their keys."""
        self._new: dict[str, Matter] = {}

    def expect(self, entries: Sequence[Entry]) -> None:
        """Read what some new events are to be compared with: for more of them at once it takes less for each."""
        around: dict[Gate, list[Span]] = {}
        for entry in entries:
            if entry.type in CLAIMS:
                matter = self.matter(entry)
                if matter.gate is not None:
                    near = Span(matter.start.first - NEAR_DAYS, matter.start.last + NEAR_DAYS)
                    around.setdefault(matter.gate, []).append(near)
            else:
                self._expect(entry)
        for gate, dates in around.items():
            wanted = self._nearby.positions(gate, dates) - self._loaded
            self._loaded |= wanted
            self._take_matters(self._standing(self._threads_at(wanted)))

    def _expect(self, entry: Entry) -> None:
        asked = entry.target or entry.type
        if asked in self._asked or entry.type not in (*ABOUT, *MARKET, *SIGNALS, *DEVELOPMENTS):
            return
        self._asked.add(asked)
        if entry.target is not None:
            self._read_about(entry.target)
            return
        found = self._standing(of_types(self._reader.connection, (entry.type,)))
        if entry.type in MATTERS:
            self._take_matters(found)
        else:
            for event in found:
                self._take_development(event)

    def licences(self, gate: Gate) -> list[Matter]:
        """The recorded licences at a gate."""
        return self._take_matters(self._standing(self._threads_at(self._nearby.licences(gate))))

    def _threads_at(self, positions: Iterable[int]) -> list[Entry]:
        wanted = sorted(each for each in positions if each < self._before)
        return threads_at(self._reader.connection, wanted) if wanted else []

    def _take_matters(self, events: Iterable[Standing]) -> list[Matter]:
        found = [self.matter_of(event) for event in events]
        for matter in found:
            self.matters.add(matter)
        return found

    def _standing(self, entries: Iterable[Entry]) -> Iterator[Standing]:
        """The first events of threads as they stand by what was recorded before, but for those that do not exist."""
        for thread in threads(each for each in entries if each.position < self._before).values():
            event = stand(thread, None)[thread[0].id]
            if event.known and not event.retracted:
                yield event

    def _read_about(self, target: str) -> None:
        where = "SELECT thread FROM entries WHERE id = ? AND position < ?"
        for (position,) in self._reader.connection.execute(where, (target, self._before)).fetchall():
            thread = tuple(entry for entry in self._threads_at([position]) if entry.position < self._before)
            for event in stand(thread, None).values():
                if event.entry.target == target and event.known and not event.retracted:
                    self._others.setdefault((event.type, target), []).append(event)

    def matter(self, entry: Entry) -> Matter:
        """The matter of a new event."""
        if entry.id not in self._new:
            self._new[entry.id] = self.matter_of(alone(entry))
        return self._new[entry.id]

    def about(self, entry: Entry) -> list[Standing]:
        """The events of the type and about the target of a new one."""
        return self._last((entry.type, entry.target or ""))

    def developments(self, entry: Entry) -> list[Standing]:
        """The developments of the kind of a new one with its text, or reported at the same address."""
        found = (each for key in _keys(entry.fields) for each in self._last(key))
        return list({each.entry.id: each for each in found}.values())

    def _last(self, key: Key) -> list[Standing]:
        return list(islice(reversed(self._others.get(key, ())), MOST_OTHERS))

    def add(self, entry: Entry) -> None:
        """Take a new event, to be compared with later ones."""
        if entry.type in MATTERS:
            self.matters.add(self.matter(entry))
            del self._new[entry.id]
        elif entry.target is not None:
            self._others.setdefault((entry.type, entry.target), []).append(alone(entry))
        elif entry.type in DEVELOPMENTS:
            self._take_development(alone(entry))

    def _take_development(self, event: Standing) -> None:
        for key in _keys(event.fields):
            self._others.setdefault(key, []).append(event)


def alone(entry: Entry) -> Standing:
    """An event as it stands with nothing said about it."""
    return stand((entry,), None)[entry.id]


def _keys(fields: Fields) -> list[Key]:
    """By what a development is found: its kind with its text, and with the address of its report."""
    address = (fields.get("report") or {}).get("url")
    return [(fields["kind"], text) for text in (fields["text"].casefold(), address) if text]
