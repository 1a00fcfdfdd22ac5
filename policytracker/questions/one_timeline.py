"""The spells of one cell over days, found by look-ups: the same as ``EffectiveClock`` tells from all claims."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from policytracker.projections.finding import Point
from policytracker.projections.over_days import over_days
from policytracker.projections.reading import id_at, thread_at
from policytracker.questions.books import Books, Clocks
from policytracker.status.cells import GateAnswer
from policytracker.status.claims import claim_from
from policytracker.status.directory import Gate
from policytracker.status.found import GateDays, GateFound, Order, Turning
from policytracker.status.knowledge import stand
from policytracker.status.spells import Point as Turn
from policytracker.status.spells import Said, Spell, cell_of, spells, turns
from policytracker.status.sweeps import Ends, Stretch, sweep
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
        self._turning: list[Turning] = []
        """For each gate the days on which claims turn."""

    def spells(self) -> list[Spell]:
        """The spells from the beginning on."""
        gates = self._gates()
        now = [GateAnswer(gate, (), GateWorlds(ANY, (), {}, {})) for gate, _ in gates]
        days: dict[int, dict[int, GateAnswer]] = {}
        for place, (gate, told) in enumerate(gates):
            self._turning.append(told.turning)
            for day, found in told.answers:
                days.setdefault(day, {})[place] = self._answer(gate, place, found)
        points = [Turn(None, cell_of(self._company, self._chip, now), Said())]
        for day, turned in sorted(days.items()):
            now = [turned.get(place, before) for place, before in enumerate(now)]
            points.append(Turn(day, cell_of(self._company, self._chip, now), DayTurned(self, day)))
        return spells(points)

    def _gates(self) -> list[tuple[Gate, GateDays]]:
        sheet = self._books.held(self._point.seen)
        if sheet is not None:
            return sheet.over_days(self._company, self._chip, self._point)
        finder = self._books.finder(self._point.seen)
        found = over_days(finder, finder.cell(self._company, self._chip), self._point)
        return [(gate, self._swept(stretches)) for gate, stretches in found]

    def _swept(self, stretches: Sequence[Stretch]) -> GateDays:
        return GateDays(Ends(stretches), list(sweep(stretches, self._books.decider)))

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
        turning = [each.on(day) for each in self._turning]
        mine = sorted((gate, order) for gate, order in places if order in turning[gate])
        return [event for gate, order in mine for event in self._events(day, order[2], turning[gate][order])]

    def places_on(self, day: int) -> Iterator[Place]:
        """The places of the claims that turn on a day."""
        return ((gate, order) for gate, turning in enumerate(self._turning) for order in turning.on(day))

    def _events(self, day: int, position: int, alone: bool) -> list[str]:
        """The events by which a claim turns on a day; one that does so by itself alone is the event."""
        if alone:
            return [self._id(position)]
        return [event for when, event in self._turns_of(position) if when == day]

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
        return self._timeline.events(self._day, self._timeline.places_on(self._day))
