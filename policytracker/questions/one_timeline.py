"""The spells of one cell over days, found by look-ups: the same as ``EffectiveClock`` tells from all claims."""

from collections.abc import Collection, Iterable

from policytracker.projections.finding import Point
from policytracker.projections.over_days import over_days
from policytracker.projections.reading import id_at, thread_at
from policytracker.questions.books import Books, Clocks
from policytracker.status.cells import GateAnswer
from policytracker.status.claims import claim_from
from policytracker.status.directory import Gate
from policytracker.status.found import GateFound, Order
from policytracker.status.knowledge import stand
from policytracker.status.spells import Point as Turn
from policytracker.status.spells import Said, Spell, cell_of, spells, turns
from policytracker.status.sweeps import sweep
from policytracker.status.words import ANY
from policytracker.status.worlds import GateWorlds

Place = tuple[int, Order]
"""Where a claim stands among those of a cell: the place of its gate, and its order there."""


class OneTimeline:
    """The spells of a registered company and chip, as known and recorded at a point."""

    def __init__(self, books: Books, clocks: Clocks, company: str, chip: str) -> None:
        self._books = books
        self._company, self._chip = company, chip
        self._point: Point = books.point(clocks)
        self._ids: dict[int, str] = {}
        self._turns: dict[int, list[tuple[int, str]]] = {}
        self.places: dict[str, Place] = {}
        """The places of claims that stand at some time."""
        self.turning: dict[int, set[Place]] = {}
        """For each day the places of the claims that begin or cease to do something."""

    def spells(self) -> list[Spell]:
        """The spells from the beginning on."""
        finder = self._books.finder(self._point.seen)
        gates = over_days(finder, finder.cell(self._company, self._chip), self._point)
        now = [GateAnswer(gate, (), GateWorlds(ANY, (), {}, {})) for gate, _ in gates]
        days: dict[int, dict[int, GateAnswer]] = {}
        for place, (gate, stretches) in enumerate(gates):
            for each in stretches:
                for day in (each.day_from, each.day_to):
                    self.turning.setdefault(day, set()).add((place, each.claim.order))
            for day, found in sweep(stretches, self._books.decider):
                days.setdefault(day, {})[place] = self._answer(gate, place, found)
        points = [Turn(None, cell_of(self._company, self._chip, now), Said())]
        for day, turned in sorted(days.items()):
            now = [turned.get(place, before) for place, before in enumerate(now)]
            points.append(Turn(day, cell_of(self._company, self._chip, now), DayTurned(self, day)))
        return spells(points)

    def _answer(self, gate: Gate, place: int, found: GateFound) -> GateAnswer:
        ids = [self._id(claim.order[2]) for claim in found.standing]
        self.places.update((name, (place, claim.order)) for name, claim in zip(ids, found.standing, strict=True))
        return GateAnswer(gate, (), GateWorlds(found.possible, tuple(ids), {}, {}))

    def _id(self, position: int) -> str:
        if position not in self._ids:
            self._ids[position] = id_at(self._books.connection, position)
        return self._ids[position]

    def events(self, day: int, places: Iterable[Place]) -> list[str]:
        """The events by which claims at some places turn on a day, in the order of these."""
        here = self.turning.get(day, set())
        mine = sorted(place for place in places if place in here)
        return [event for _, order in mine for when, event in self._turns_of(order[2]) if when == day]

    def _turns_of(self, position: int) -> list[tuple[int, str]]:
        """The days on which a claim turns, each with the event that says so."""
        if position not in self._turns:
            thread = thread_at(self._books.connection, position)
            seen = tuple(event for event in thread if event.position <= self._point.seen)
            standing = stand(seen, self._point.known)[seen[0].id]
            self._turns[position] = list(turns(claim_from(standing), standing))
        return self._turns[position]


class DayTurned:
    """What turned on a day: looked up where it is asked for."""

    def __init__(self, timeline: OneTimeline, day: int) -> None:
        self._timeline, self._day = timeline, day

    def about(self, claims: Collection[str]) -> list[str]:
        """The events by which some of these claims, which stand at some time, turned."""
        return self._timeline.events(self._day, (self._timeline.places[claim] for claim in claims))

    def by_any(self) -> list[str]:
        """All events by which a claim turned."""
        return self._timeline.events(self._day, self._timeline.turning[self._day])
