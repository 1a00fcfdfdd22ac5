"""Which gate each authority has guarded, on which days, from which event on, in which time zone (semantics.md §2).

A registration may move an authority to another gate, from some day on; and it may give a gate another time zone.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from policytracker.events.dates import span
from policytracker.index.writing import Guarded
from policytracker.status.directory import Gate
from policytracker.status.entries import Fields
from policytracker.status.periods import FOREVER
from policytracker.status.zones import UTC


class _Registration(NamedTuple):
    position: int
    day: int
    """The last day of its ``effective``; 0 where it counts since ever."""
    gate: str


class _Zoned(NamedTuple):
    """A gate in a time zone that an authority guards in a box of positions and days."""

    zone: str
    guarded: Guarded


class Gates:
    """The gates of authorities over the recorded clock and the days."""

    def __init__(self) -> None:
        self._registrations: dict[str, list[_Registration]] = {}
        self._zones: dict[str, list[tuple[int, str]]] = {}
        """By gate the positions from which on it has a time zone."""
        self._asked: set[str] = set()
        """Authorities that were asked for: what was said of them may stand in rows."""
        self._boxes: dict[str, list[_Zoned]] = {}

    def take(self, position: int, fields: Fields) -> bool:
        """Take note of the registration of an authority.

        Tells whether what was asked for before may have another answer now: of this authority, or of one whose gate
        gets another time zone.
        """
        authority, gate = fields["authority"], str(Gate(fields["jurisdiction"], fields["direction"]))
        known = self._registrations.setdefault(authority, [])
        if known and known[-1].position >= position:
            return False  # taken before: the gates are known beforehand
        before = {each: self._of(each) for each in self._asked}
        effective = fields.get("effective")
        known.append(_Registration(position, span(effective).last if effective else 0, gate))
        zone, zones = fields.get("timezone"), self._zones.setdefault(gate, [])
        if zone and (zones[-1][1] if zones else UTC) != zone:
            zones.append((position, zone))
        self._boxes.clear()
        return any(self._of(each) != boxes for each, boxes in before.items())

    def rest(self) -> None:
        """Say that there are rows already: they may rest on any registration that was taken so far."""
        self._asked.update(self._registrations)

    def zones(self, authorities: Iterable[str]) -> list[str]:
        """The time zones of the gates that any of some authorities has ever guarded."""
        asked = list(authorities)
        # Also where none is known yet, as after a redaction: the next registration then turns what is in rows.
        self._asked.update(asked)
        return list(dict.fromkeys(each.zone for authority in asked for each in self._of(authority)))

    def within(self, authority: str, zone: str, seen: tuple[int, int]) -> Iterator[Guarded]:
        """The gates with a time zone that an authority guards, as far as it does between two positions."""
        self._asked.add(authority)
        for each in self._of(authority):
            if each.zone == zone and each.guarded.seen_from < seen[1] and seen[0] < each.guarded.seen_to:
                yield each.guarded

    def _of(self, authority: str) -> list[_Zoned]:
        if authority not in self._boxes:
            self._boxes[authority] = list(self._joined(self._pieces(authority)))
        return self._boxes[authority]

    def _pieces(self, authority: str) -> Iterator[_Zoned]:
        """Boxes between the positions at which a registration may turn anything."""
        known = self._registrations.get(authority, [])
        turns = {each.position for each in known}
        turns |= {position for each in known for position, _ in self._zones[each.gate] if position > known[0].position}
        positions = [*sorted(turns), FOREVER]
        for seen_from, seen_to in pairwise(positions):
            by_day = {each.day: each.gate for each in known if each.position <= seen_from}
            days = sorted(by_day)
            for place, day in enumerate(days):
                day_from = day if place else 0  # the earliest counts before its day too
                day_to = days[place + 1] if place + 1 < len(days) else FOREVER
                zone = self._zone(by_day[day], seen_from)
                yield _Zoned(zone, Guarded(by_day[day], seen_from, seen_to, day_from, day_to))

    def _zone(self, gate: str, seen: int) -> str:
        return next((zone for position, zone in reversed(self._zones[gate]) if position <= seen), UTC)

    @staticmethod
    def _joined(pieces: Iterable[_Zoned]) -> Iterator[_Zoned]:
        """Boxes that go on unchanged from one position to the next, as one."""
        open_boxes: dict[tuple[str, str, int, int], Guarded] = {}
        for zone, guarded in pieces:
            key = zone, guarded.gate, guarded.day_from, guarded.day_to
            before = open_boxes.get(key)
            if before is not None and before.seen_to == guarded.seen_from:
                open_boxes[key] = before._replace(seen_to=guarded.seen_to)
                continue
            if before is not None:
                yield _Zoned(zone, before)
            open_boxes[key] = guarded
        yield from (_Zoned(key[0], guarded) for key, guarded in open_boxes.items())
