"""The answers of one view for many cells: what cells share is decided once (semantics.md §4 to §7)."""

from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property, reduce
from itertools import product

from policytracker.status.cells import CellAnswer, GateAnswer
from policytracker.status.crossing import Crossing, Under
from policytracker.status.directory import Gate
from policytracker.status.force import in_force, turning_days
from policytracker.status.prevails import Holding, holding
from policytracker.status.scope import CellMatch
from policytracker.status.view import View
from policytracker.status.words import minima
from policytracker.status.worlds import GateWorlds, gate_worlds

Pair = tuple[str, str]
"""The ids of a company and of a chip."""
Gates = tuple[tuple[Gate, Under], ...]
"""The gates of a cell, each with the claims that match there."""
Worlds = dict[tuple[Holding, ...], GateWorlds]
"""What is decided already, by the claims that hold."""
MOST_DAYS = 64


class Day:
    """The answers of one day, decided once for all cells that are under the same claims."""

    def __init__(self, day: int, worlds: Worlds) -> None:
        """``worlds`` grows."""
        self.day = day
        self._worlds = worlds
        self._force: dict[str, bool | None] = {}
        self._held: dict[tuple[str, CellMatch], Holding] = {}
        self._answers: dict[Under, GateAnswer] = {}
        self.told: bytes | None = None
        """The answers of all cells, once they are known: ``Grid.answers``."""

    def cell(self, company: str, chip: str, gates: Gates) -> CellAnswer:
        """The answer for a cell with these gates."""
        answers = tuple(self.gate(gate, under) for gate, under in gates)
        return CellAnswer(company, chip, answers, reduce(minima, (answer.possible for answer in answers)))

    def gate(self, gate: Gate, under: Under) -> GateAnswer:
        """The answer for a gate, given the claims that match there, in the order of §6."""
        found = self._answers.get(under)
        if found is None:
            holdings = tuple(self._holdings(under))
            if holdings not in self._worlds:
                self._worlds[holdings] = gate_worlds(holdings)
            found = self._answers[under] = GateAnswer(gate, holdings, self._worlds[holdings])
        return found

    def _holdings(self, under: Under) -> Iterable[Holding]:
        for claim, match in under.matched:
            if claim.id not in self._force:
                self._force[claim.id] = in_force(claim, self.day)
            force = self._force[claim.id]
            if force is None:
                continue
            if (claim.id, match) not in self._held:
                self._held[claim.id, match] = holding(claim, match, force, self.day)
            yield self._held[claim.id, match]


class Grid:
    """The answers that ``view.cell`` gives, for all companies and chips, many times faster."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.directory = view.directory
        self._crossings: dict[Gate, Crossing] = {}
        self._worlds: Worlds = {}
        self._decided: dict[int, Day] = {}
        self._last_reports: dict[Under, int | None] = {}

    def cell(self, company: str, chip: str, day: int) -> CellAnswer:
        """The answer for a registered company and chip on a day (an ordinal)."""
        return self._day(day).cell(company, chip, self.gates(company, chip))

    def possible(self, day: int) -> dict[Pair, int]:
        """The possible statuses, as bits, of every registered company and chip on a day (an ordinal)."""
        decided = self._day(day)
        found: dict[Pair, int] = {}
        for gates, pairs in self.classes.items():
            found.update(dict.fromkeys(pairs, decided.cell(*pairs[0], gates).possible))
        return found

    def answers(self, day: int) -> bytes:
        """The same in the order of their ids, a byte each: equal exactly where all answers are."""
        decided = self._day(day)
        if decided.told is None:
            found = self.possible(day)
            decided.told = bytes(map(found.__getitem__, self._in_order))
        return decided.told

    def last_report(self, company: str, chip: str) -> int | None:
        """``view.last_report`` for a registered company and chip."""
        under = self._reports.under(company, chip)
        if under not in self._last_reports:
            self._last_reports[under] = max((self._report_days[claim.id] for claim, _ in under.matched), default=None)
        return self._last_reports[under]

    def days(self) -> list[int]:
        """The days on which an answer of the view may turn: from each to the next, all stay the same."""
        return list(self._turns)

    @cached_property
    def classes(self) -> dict[Gates, list[Pair]]:
        """Every registered company and chip, gathered where the same claims match in the same way at every gate."""
        found: dict[Gates, list[Pair]] = {}
        for company in self.directory.companies:
            for chip in self.directory.chips:
                found.setdefault(self.gates(company, chip), []).append((company, chip))
        return found

    @cached_property
    def _in_order(self) -> list[Pair]:
        return list(product(sorted(self.directory.companies), sorted(self.directory.chips)))

    @cached_property
    def _turns(self) -> list[int]:
        return sorted({day for claim in self.view.claims.values() for day in turning_days(claim)})

    @cached_property
    def _reports(self) -> Crossing:
        return Crossing(self.view.outlook.scopes, (claim for claim, _ in self.view.reported))

    @cached_property
    def _report_days(self) -> dict[str, int]:
        return {claim.id: day for claim, day in self.view.reported}

    def gates(self, company: str, chip: str) -> Gates:
        """The gates of a registered company and chip, each with the claims that match there."""
        gates = self.directory.gates(company, chip)
        return tuple((gate, self._crossing(gate).under(company, chip)) for gate in gates)

    def _crossing(self, gate: Gate) -> Crossing:
        if gate not in self._crossings:
            outlook = self.view.outlook
            in_order = sorted(outlook.claims.get(gate, ()), key=lambda claim: claim.order)
            self._crossings[gate] = Crossing(outlook.scopes, in_order)
        return self._crossings[gate]

    def _day(self, day: int) -> Day:
        turn = bisect_right(self._turns, day)
        found = self._decided.get(turn)
        if found is None:
            if len(self._decided) >= MOST_DAYS:
                self._decided, self._worlds = {}, {}
            found = self._decided[turn] = Day(day, self._worlds)
        return found
