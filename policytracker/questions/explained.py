"""Cells with all claims that hold there, and how these claims stand: explanations of a change are made from them."""

from functools import reduce

from policytracker.index.layout import start_of
from policytracker.projections.reading import id_at
from policytracker.questions.reader import Clocks, Reader
from policytracker.status.cells import CellAnswer, GateAnswer
from policytracker.status.claims import Claim, claim_from
from policytracker.status.directory import Directory, Gate
from policytracker.status.entries import Thread
from policytracker.status.force import in_force
from policytracker.status.knowledge import Standing, stand
from policytracker.status.prevails import Holding, holding
from policytracker.status.words import minima
from policytracker.status.worlds import GateWorlds, gate_worlds

_PUBLISHED = (1 << 40) - 1


class Explained:
    """A ledger as known at one moment and recorded at one instant."""

    def __init__(self, reader: Reader, known: int | None, recorded: int | None) -> None:
        self._reader, self.known, self._recorded = reader, known, recorded
        self._seen = reader.point(Clocks(1, known, recorded)).seen
        self._cells = reader.cells(self._seen)
        self._ids: dict[int, str] = {}
        self._threads: dict[str, Thread] = {}
        self._standings: dict[str, dict[str, Standing]] = {}
        self._worlds: dict[tuple[Holding, ...], GateWorlds] = {}

    @property
    def directory(self) -> Directory:
        """The registry as recorded then."""
        return self._cells.directory

    def cell(self, company: str, chip: str, day: int) -> CellAnswer:
        """The answer for a registered company and chip on a day (an ordinal), with all claims that hold."""
        cell = self._cells.cell(company, chip)
        point = self._reader.point(Clocks(day, self.known, self._recorded))
        gates = []
        for gate, number in cell.gates:
            found = self._cells.holding(cell, number, point) if number else []
            holdings = tuple(self._holding(kind, row) for kind, row in found)
            if holdings not in self._worlds:
                self._worlds[holdings] = gate_worlds(holdings)
            gates.append(GateAnswer(gate, holdings, self._worlds[holdings]))
        return CellAnswer(company, chip, tuple(gates), reduce(minima, (gate.possible for gate in gates)))

    def _holding(self, kind: int, row: int) -> Holding:
        rows = self._reader.index.rows
        order, position = rows.order[row], rows.position[row]
        if position not in self._ids:
            self._ids[position] = id_at(self._reader.connection, position)
        return Holding((start_of(order), order & _PUBLISHED, position), self._ids[position], kind)

    def thread(self, claim: str) -> Thread:
        """A claim with everything that was said about it by then."""
        if claim not in self._threads:
            thread = self._reader.thread_of(claim)
            self._threads[claim] = tuple(event for event in thread if event.position <= self._seen)
        return self._threads[claim]

    def standings(self, claim: str) -> dict[str, Standing]:
        """How each event of this thread stands."""
        if claim not in self._standings:
            self._standings[claim] = stand(self.thread(claim), self.known)
        return self._standings[claim]

    def claim(self, claim: str) -> Claim:
        """A known claim as it stands."""
        return claim_from(self.standings(claim)[claim])

    def hold(self, claim: Claim, company: str, chip: str, day: int) -> tuple[Gate | None, Holding | None]:
        """At which gate a claim is, and how it holds there for a cell on a day."""
        gate = self.directory.gate(claim.fields["authority"])
        force = in_force(claim, day)
        match = None if force is None else self._cells.matches.scopes.match(claim, company, chip)
        return gate, None if match is None or force is None else holding(claim, match, force, day)
