"""The spells of one cell over days, found by look-ups: the same as ``EffectiveClock`` tells from all claims."""

from collections.abc import Collection
from functools import cached_property

from policytracker.projections.finding import Point
from policytracker.projections.reading import id_at, thread_at
from policytracker.questions.books import Books, Clocks
from policytracker.status.cells import GateAnswer
from policytracker.status.claims import claim_of
from policytracker.status.directory import Gate
from policytracker.status.found import GateFound, Order
from policytracker.status.knowledge import stand
from policytracker.status.spells import EffectiveClock, Said, Spell, cell_of, spells, turns
from policytracker.status.spells import Point as Turn
from policytracker.status.sweeps import sweep
from policytracker.status.words import ANY
from policytracker.status.worlds import GateWorlds


class OneTimeline:
    """The spells of a registered company and chip, as known and recorded at a point."""

    def __init__(self, books: Books, clocks: Clocks, company: str, chip: str) -> None:
        self.books, self.clocks = books, clocks
        self.company, self.chip = company, chip
        self.point: Point = books.point(clocks)
        self.orders: dict[str, tuple[int, Order]] = {}
        """For each claim that stands at some time: the place of its gate, and its order there."""
        self._ids: dict[int, str] = {}
        self._turns: dict[str, list[tuple[int, str]]] = {}

    def spells(self) -> list[Spell]:
        """The spells from the beginning on."""
        finder = self.books.finder(self.point.seen)
        gates = finder.over_days(finder.cell(self.company, self.chip), self.point)
        now = [GateAnswer(gate, (), GateWorlds(ANY, (), {}, {})) for gate, _ in gates]
        days: dict[int, dict[int, GateAnswer]] = {}
        for place, (gate, stretches) in enumerate(gates):
            for day, found in sweep(stretches, self.books.decider):
                days.setdefault(day, {})[place] = self._answer(gate, place, found)
        points = [Turn(None, cell_of(self.company, self.chip, now), Said())]
        for day, turned in sorted(days.items()):
            now = [turned.get(place, before) for place, before in enumerate(now)]
            points.append(Turn(day, cell_of(self.company, self.chip, now), DayTurned(self, day)))
        return spells(points)

    def _answer(self, gate: Gate, place: int, found: GateFound) -> GateAnswer:
        ids = [self._id(claim.order[2]) for claim in found.standing]
        self.orders.update((name, (place, claim.order)) for name, claim in zip(ids, found.standing, strict=True))
        return GateAnswer(gate, (), GateWorlds(found.possible, tuple(ids), {}, {}))

    def _id(self, position: int) -> str:
        if position not in self._ids:
            self._ids[position] = id_at(self.books.connection, position)
        return self._ids[position]

    def turns_of(self, claim: str) -> list[tuple[int, str]]:
        """The days on which a claim may turn, each with the event that says so."""
        if claim not in self._turns:
            _, order = self.orders[claim]
            seen = tuple(e for e in thread_at(self.books.connection, order[2]) if e.position <= self.point.seen)
            found = claim_of(seen, self.point.known)
            self._turns[claim] = [] if found is None else list(turns(found, stand(seen, self.point.known)[claim]))
        return self._turns[claim]

    @cached_property
    def said(self) -> dict[int, Said]:
        """What turns on each day, as all claims on the cell tell it; rarely wanted."""
        view = self.books.view_on(self.company, self.chip, self.clocks.known, self.clocks.recorded)
        return EffectiveClock(view).said(self.company, self.chip)


class DayTurned:
    """What turned on a day: looked up where it is asked for."""

    def __init__(self, timeline: OneTimeline, day: int) -> None:
        self._timeline, self._day = timeline, day

    def about(self, claims: Collection[str]) -> list[str]:
        """The events by which some of these claims, which stand at some time, turned."""
        orders = self._timeline.orders
        mine = sorted((orders[claim], claim) for claim in claims)
        return [event for _, claim in mine for day, event in self._timeline.turns_of(claim) if day == self._day]

    def by_any(self) -> list[str]:
        """All events by which a claim turned."""
        return self._timeline.said.get(self._day, Said()).by_any()
