"""The answers as a reader lives them: each day as known by then, turn by turn (semantics.md §2).

Answers turn in two ways: a day passes, and something begins or ends; or a report is published. Between two turns
nothing changes. A stretch of turns is decided at once: only claims that do something in it are looked at, and
only cells under a claim that turns are decided anew.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from typing import NamedTuple

from policytracker.events.dates import day_of, end_of_day
from policytracker.status.claims import CLAIM_TYPES, Claim
from policytracker.status.crossing import Crossing, Under
from policytracker.status.directory import Directory, Gate
from policytracker.status.force import in_force, turning_days
from policytracker.status.grid import Gates, Pair
from policytracker.status.prevails import holding
from policytracker.status.scope import CellMatch, Scopes
from policytracker.status.versions import BEFORE_ALL, Version, versions
from policytracker.status.view import View
from policytracker.status.walks import Walks
from policytracker.status.words import minima

STRETCH = 48
"""Turns that are decided at once, the newest; of those before, twice as many, and so on."""
Role = tuple[bool, int]
"""Whether a claim is certainly in force, and the rank of its status."""


class Point(NamedTuple):
    """What held on a day (an ordinal), as known at a moment."""

    day: int
    known: int


class Turn(NamedTuple):
    """A turn at which answers change: from a point to one that differs from it in the day, or in what is known."""

    before: Point
    after: Point
    cells: list[Pair]
    """The cells of which the possible statuses change."""
    claims: frozenset[str]
    """Ids of all claims that hold for one of them, before or after."""


class Doing(NamedTuple):
    """What a version of a claim does at the points of a stretch, one by one."""

    claim: Claim
    roles: list[Role | None]
    """None: it is not in force, or not known."""

    def turns(self, place: int) -> bool:
        """Whether it does something else than at the point before."""
        return self.roles[place] != self.roles[place - 1]


class Lived:
    """The turns of a ledger's answers."""

    def __init__(self, view: View, pairs: Iterable[Pair]) -> None:
        """``view`` may be known at any moment: its threads and its registry alone count. Looks at some cells."""
        self.directory: Directory = view.directory
        self._pairs = list(pairs)
        self._scopes = Scopes(view.directory)
        threads = (thread for thread in view.threads.values() if thread[0].type in CLAIM_TYPES)
        self._versions = [versions(thread) for thread in threads]

    def turns(self, until: Point, most: int | None = None) -> Iterator[Turn]:
        """The turns at which answers change, up to a day and a moment of knowledge; the newest first.

        Looks back over at most so many turns, of which many may change nothing.
        """
        way = list(self._way(until))
        way = way if most is None else way[-most - 1 :]
        last, length = len(way) - 1, STRETCH
        while last > 0:
            yield from self._turns(way[max(0, last - length) : last + 1])
            last, length = last - length, 2 * length

    def _way(self, until: Point) -> Iterator[Point]:
        """The points to which days pass and reports lead, in order. A day begins before what is published on it."""
        every = [version for found in self._versions for version in found]
        days = {day for version in every if version.counts for day in turning_days(version.claim) if day <= until.day}
        last = min(until.known, end_of_day(until.day))
        reports = {version.known for version in every if BEFORE_ALL < version.known <= last}
        known = BEFORE_ALL
        yield Point(0, known)
        for when, is_report in sorted({(_beginning(day), False) for day in days} | {(when, True) for when in reports}):
            known = when if is_report else known
            yield Point(day_of(when), known)

    def _turns(self, way: list[Point]) -> Iterator[Turn]:
        stretch = Stretch(self.directory, self._doings(way), way)
        stretch.gather(self._pairs, self._scopes)
        for place in range(len(way) - 1, 0, -1):
            cells, claims = stretch.turned(place)
            if cells:
                was, now = way[place - 1], way[place]
                day = now.day if was.known != now.known else now.day - 1
                yield Turn(Point(day, was.known), now, cells, claims)

    def _doings(self, way: list[Point]) -> Iterator[Doing]:
        """The versions that do something on the way."""
        for found in self._versions:
            starts = [version.known for version in found]
            current = [bisect_right(starts, point.known) - 1 for point in way]
            for number in dict.fromkeys(current):
                on = [point.day if now == number else None for point, now in zip(way, current, strict=True)]
                roles = _roles(found[number], on)
                if any(roles):
                    yield Doing(found[number].claim, roles)


def _beginning(day: int) -> int:
    """The moment 00:00 of a day; 24:00 of the day before comes just before it."""
    return end_of_day(day - 1) + 1


def _roles(version: Version, days: Iterable[int | None]) -> list[Role | None]:
    """What a version does on days; None stands for a point at which another version counts."""
    seen: dict[int | None, Role | None] = {None: None}
    found = []
    for day in days:
        if day not in seen:
            force = in_force(version.claim, day) if version.counts and day is not None else None
            seen[day] = None if force is None or day is None else (force, version.claim.rank(day))
        found.append(seen[day])
    return found


class Stretch:
    """The answers at the points of a stretch of the way."""

    def __init__(self, directory: Directory, doings: Iterable[Doing], way: list[Point]) -> None:
        self._directory, self._way = directory, way
        self._doings: dict[Gate, list[Doing]] = {}
        """In the order of §6."""
        for doing in sorted(doings, key=lambda doing: doing.claim.order):
            gate = directory.gate(doing.claim.fields["authority"])
            if gate is not None:
                self._doings.setdefault(gate, []).append(doing)
        self._classes: dict[Gates, list[Pair]] = {}
        self._walks = Walks()
        self._kinds: dict[tuple[Gate, int, CellMatch, Role], int] = {}

    def gather(self, pairs: Iterable[Pair], scopes: Scopes) -> None:
        """Gather cells where the same claims match in the same way at every gate."""
        crossings: dict[Gate, Crossing] = {}
        for company, chip in pairs:
            gates = self._directory.gates(company, chip)
            for gate in gates:
                if gate not in crossings:
                    crossings[gate] = Crossing(scopes, (doing.claim for doing in self._doings.get(gate, ())))
            under = tuple((gate, crossings[gate].under(company, chip)) for gate in gates)
            self._classes.setdefault(under, []).append((company, chip))

    def turned(self, place: int) -> tuple[list[Pair], frozenset[str]]:
        """The cells whose possible statuses are others than at the point before, and the claims that hold for them."""
        turning = {
            gate: {number for number, doing in enumerate(doings) if doing.turns(place)}
            for gate, doings in self._doings.items()
        }
        cells: list[Pair] = []
        claims: set[str] = set()
        for gates, pairs in self._classes.items():
            if self._turns(gates, turning, place):
                cells += pairs
                claims.update(self._holding(gates, place))
        return sorted(cells), frozenset(claims)

    def _turns(self, gates: Gates, turning: Mapping[Gate, set[int]], place: int) -> bool:
        if all(turning.get(gate, set()).isdisjoint(under.places) for gate, under in gates):
            return False
        return self._possible(gates, place - 1) != self._possible(gates, place)

    def _possible(self, gates: Gates, place: int) -> int:
        return reduce(minima, (self._at_gate(gate, under, place) for gate, under in gates))

    def _at_gate(self, gate: Gate, under: Under, place: int) -> int:
        day, doings = self._way[place].day, self._doings.get(gate, [])
        kinds = []
        for number, match in under.places.items():
            claim, roles = doings[number]
            role = roles[place]
            if role is not None:
                key = gate, number, match, role
                if key not in self._kinds:
                    self._kinds[key] = self._walks.kind(holding(claim, match, role[0], day))
                kinds.append(self._kinds[key])
        return self._walks.outcome(kinds)[0]

    def _holding(self, gates: Gates, place: int) -> Iterator[str]:
        for gate, under in gates:
            for number in under.places:
                doing = self._doings[gate][number]
                if doing.roles[place] or doing.roles[place - 1]:
                    yield doing.claim.id
