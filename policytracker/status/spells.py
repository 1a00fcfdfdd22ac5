"""Spells: how long a cell's answer stays the same, over one clock while the others stand still (semantics.md §2)."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import reduce
from itertools import chain, groupby
from typing import NamedTuple, Protocol

from policytracker.status.cells import CellAnswer, GateAnswer, Outlook
from policytracker.status.claims import CLAIM_TYPES, Claim, claim_of, date_of
from policytracker.status.crossing import Under
from policytracker.status.directory import Directory, Gate
from policytracker.status.force import in_force
from policytracker.status.grid import Day, Grid, Pair, Worlds
from policytracker.status.knowledge import Standing
from policytracker.status.scope import Scopes
from policytracker.status.versions import BEFORE_ALL, publications
from policytracker.status.view import View
from policytracker.status.words import minima
from policytracker.status.worlds import gate_worlds


class Spell(NamedTuple):
    """A half-open stretch of a clock, ``[start, end)``, over which the possible statuses stay the same."""

    start: int | None
    """A day on the effective clock, a moment on the published clock; None: from the beginning on."""
    end: int | None
    """None: for good."""
    answer: CellAnswer
    """The answer at the start."""
    standing: tuple[str, ...]
    """The claims that stand at some time of it."""
    turned_by: tuple[str, ...]
    """The events by whose dates or reports it began."""


class Turned(Protocol):
    """What turned the clock at a point."""

    def about(self, claims: Collection[str]) -> list[str]:
        """The events by which some of these claims turned."""

    def by_any(self) -> list[str]:
        """All events by which a claim turned."""


class Said(list[tuple[str, str]]):
    """The ids of a claim, and of the event (it or one about it) by which it turns, for each that does."""

    def about(self, claims: Collection[str]) -> list[str]:
        return [event for claim, event in self if claim in claims]

    def by_any(self) -> list[str]:
        return [event for _, event in self]


class Point(NamedTuple):
    """The answer from one turn of the clock on, and what turned there."""

    when: int | None
    answer: CellAnswer
    turned: Turned


def spells(points: Iterable[Point]) -> list[Spell]:
    """Join the points, given in order, from which on the cell and each of its gates have the same possible statuses."""
    stretches = [list(stretch) for _, stretch in groupby(points, key=lambda point: _statuses(point.answer))]
    found: list[Spell] = []
    for place, stretch in enumerate(stretches):
        first = stretch[0]
        end = stretches[place + 1][0].when if place + 1 < len(stretches) else None
        turned_by = _turned_by(stretches[place - 1][-1].answer, first) if place else ()
        standing = dict.fromkeys(chain.from_iterable(_standing(point.answer) for point in stretch))
        found.append(Spell(first.when, end, first.answer, tuple(standing), turned_by))
    return found


def _statuses(answer: CellAnswer) -> tuple[int, ...]:
    return answer.possible, *(gate.possible for gate in answer.gates)


def _standing(answer: CellAnswer) -> Iterator[str]:
    return chain.from_iterable(gate.worlds.standing for gate in answer.gates)


def _turned_by(before: CellAnswer, point: Point) -> tuple[str, ...]:
    """The events dated there about claims that stood or stand at a gate that changed; all of them, where none does."""
    changed = [
        (was, now) for was, now in zip(before.gates, point.answer.gates, strict=True) if was.possible != now.possible
    ]
    concerned = {claim for pair in changed for gate in pair for claim in gate.worlds.standing}
    return tuple(dict.fromkeys(point.turned.about(concerned) or point.turned.by_any()))


class EffectiveClock:
    """The answers of one view over all days."""

    def __init__(self, view: View) -> None:
        self.grid = Grid(view)
        self._turns = {claim.id: tuple(turns(claim, view.standings[claim.id])) for claim in view.claims.values()}
        self._days: dict[int, Day] = {}
        self._worlds: Worlds = {}
        self._answers: dict[Under, dict[int | None, GateAnswer]] = {}

    def spells(self, company: str, chip: str) -> list[Spell]:
        """The spells of a registered company and chip, from the beginning on."""
        gates = self.grid.gates(company, chip)
        said = self.said(company, chip)
        answers = [self._over_days(gate, under) for gate, under in gates]
        now = [gate[None] for gate in answers]
        points = [Point(None, cell_of(company, chip, now), Said())]
        for day in sorted(said):
            now = [gate.get(day, was) for gate, was in zip(answers, now, strict=True)]
            points.append(Point(day, cell_of(company, chip, now), said[day]))
        return spells(points)

    def said(self, company: str, chip: str) -> dict[int, Said]:
        """The days on which claims that match a registered company and chip may turn, each with what turns there."""
        said: dict[int, Said] = {}
        for _, under in self.grid.gates(company, chip):
            for claim, _ in under.matched:
                for day, event in self._turns[claim.id]:
                    said.setdefault(day, Said()).append((claim.id, event))
        return said

    def _over_days(self, gate: Gate, under: Under) -> dict[int | None, GateAnswer]:
        """The answer of a gate before all, and from each day on which it may turn."""
        if under not in self._answers:
            days = {day for claim, _ in under.matched for day, _ in self._turns[claim.id]}
            found = self._answers[under] = {None: GateAnswer(gate, (), gate_worlds(()))}
            found.update((day, self._day(day).gate(gate, under)) for day in days)
        return self._answers[under]

    def _day(self, day: int) -> Day:
        if day not in self._days:
            self._days[day] = Day(day, self._worlds)
        return self._days[day]


def cell_of(company: str, chip: str, gates: Iterable[GateAnswer]) -> CellAnswer:
    """The answer for a cell, given those of its gates."""
    found = tuple(gates)
    return CellAnswer(company, chip, found, reduce(minima, (gate.possible for gate in found)))


def turns(claim: Claim, standing: Standing) -> Iterator[tuple[int, str]]:
    """The days on which what a claim does changes, each with the events whose dates say so."""
    dated = list(_dated(claim, standing))
    for day in dict.fromkeys(day for day, _ in dated):
        if _does(claim, day - 1) != _does(claim, day):
            yield from ((day, event) for when, event in dated if when == day)


def _does(claim: Claim, day: int) -> tuple[bool, int, bool] | None:
    """What a claim does on a day, as far as it counts (§5, §6)."""
    force = in_force(claim, day)
    return None if force is None else (claim.certain and force, claim.rank(day), bool(claim.binding(day)))


def _dated(claim: Claim, standing: Standing) -> Iterator[tuple[int, str]]:
    """The days on which what a claim does may change (``force.turning_days``), each with the event that says so."""
    yield from ((day, claim.id) for day in dict.fromkeys(claim.start))
    for end in claim.ends:
        yield from ((day, end.event or claim.id) for day in dict.fromkeys(end.date))
    for pause in claim.pauses:
        yield from ((day, pause.event) for day in dict.fromkeys((*pause.start, *(pause.until or ()))))
    for met in standing.acting("conditions-met"):
        yield date_of(met.fields, met.publication_day).last, met.entry.id


class PublishedClock:
    """The answers of one day over all moments of publication, as one recorded moment has the events."""

    def __init__(self, view: View, day: int) -> None:
        """``view`` may be known at any moment: its threads and its registry alone count."""
        self.directory: Directory = view.directory
        self.scopes = Scopes(view.directory)
        self.day = day
        self.threads = {first: thread for first, thread in view.threads.items() if thread[0].type in CLAIM_TYPES}

    def spells(self, pairs: Iterable[Pair]) -> dict[Pair, list[Spell]]:
        """The spells of registered companies and chips, from before every publication on."""
        claims = {first: claim_of(thread, BEFORE_ALL) for first, thread in self.threads.items()}
        outlook = self._outlook(claims)
        points = {pair: [Point(None, outlook.cell(*pair, self.day), Said())] for pair in pairs}
        for when, said in sorted(self._turns().items()):
            were = {first: claims[first] for first, _ in said}
            claims.update((first, claim_of(self.threads[first], when)) for first in were)
            outlook = self._outlook(claims)
            for pair, answers in points.items():
                here = Said(turn for turn in said if self._reaches(pair, were[turn[0]], claims[turn[0]]))
                if here:
                    answers.append(Point(when, outlook.cell(*pair, self.day), here))
        return {pair: spells(answers) for pair, answers in points.items()}

    def _turns(self) -> dict[int, Said]:
        """The moments at which what is known of claims may change, each with the events then published."""
        found: dict[int, Said] = {}
        for first, thread in self.threads.items():
            for entry in thread:
                for when in publications(entry):
                    found.setdefault(when, Said()).append((first, entry.id))
        return found

    def _outlook(self, claims: Mapping[str, Claim | None]) -> Outlook:
        """What answers for the day: the claims in force on it alone."""
        held = (claim for claim in claims.values() if claim is not None and in_force(claim, self.day) is not None)
        return Outlook(self.directory, held)

    def _reaches(self, pair: Pair, *claims: Claim | None) -> bool:
        return any(claim is not None and self.scopes.match(claim, *pair) is not None for claim in claims)
