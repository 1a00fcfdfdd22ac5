"""Cells with all claims that hold there, and how these claims stand: explanations of a change are made from them."""

from policytracker.index.cells import Cells
from policytracker.index.layout import moment_of, position_of, start_of, tie_of
from policytracker.projections.reading import id_at
from policytracker.questions.reader import Clocks, Reader
from policytracker.status.cells import Cap, CellAnswer, GateAnswer
from policytracker.status.claims import Claim, claim_from
from policytracker.status.directory import Directory, Gate
from policytracker.status.entries import Thread
from policytracker.status.knowledge import Standing, stand
from policytracker.status.periods import holds
from policytracker.status.prevails import Holding, holding
from policytracker.status.words import together
from policytracker.status.worlds import GateWorlds, gate_worlds


class Explained:
    """A ledger as known at one moment and recorded at one instant."""

    def __init__(self, reader: Reader, known: int | None, recorded: int | None) -> None:
        self._reader, self.known, self._recorded = reader, known, recorded
        self._seen = reader.point(Clocks(1, known, recorded)).seen
        self._ids: dict[int, str] = {}
        self._threads: dict[str, Thread] = {}
        self._standings: dict[str, dict[str, Standing]] = {}
        self._worlds: dict[tuple[Holding, ...], GateWorlds] = {}

    def directory(self, day: int) -> Directory:
        """The registry of a day, as recorded then."""
        return self._cells(day).directory

    def _cells(self, day: int) -> Cells:
        return self._reader.cells(self._seen, day)

    def cell(self, company: str, chip: str, day: int) -> CellAnswer:
        """The answer for a registered company and chip on a day (an ordinal), with all claims that hold."""
        cells = self._cells(day)
        cell = cells.cell(company, chip)
        point = self._reader.point(Clocks(day, self.known, self._recorded))
        gates = []
        for gate, number in cell.gates:
            found = cells.holding(cell, number, point) if number else []
            holdings = tuple(self._holding(kind, row) for kind, row in found)
            caps = cells.caps(cell, number, point) if number else ()
            if holdings not in self._worlds:
                self._worlds[holdings] = gate_worlds(holdings)
            told = tuple(Cap(self._id(cap.row), cap.certain) for cap in caps)
            gates.append(GateAnswer(gate, holdings, self._worlds[holdings], told))
        return CellAnswer(company, chip, tuple(gates), together(gate.possible for gate in gates))

    def _holding(self, kind: int, row: int) -> Holding:
        rows = self._reader.index.rows
        order, claim = rows.order[row], rows.claim[row]
        place = start_of(order), moment_of(order), tie_of(claim), position_of(claim)
        return Holding(place, self._id(row), kind)

    def _id(self, row: int) -> str:
        position = position_of(self._reader.index.rows.claim[row])
        if position not in self._ids:
            self._ids[position] = id_at(self._reader.connection, position)
        return self._ids[position]

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

    def zone_of(self, claim: str, day: int) -> str:
        """The time zone of the gate of a claim on a day."""
        return self.directory(day).zone_of(self.standings(claim)[claim].fields["authority"])

    def claim(self, claim: str, day: int) -> Claim:
        """A known claim as it stands, by the registry of a day."""
        return claim_from(self.standings(claim)[claim], self.zone_of(claim, day))

    def hold(self, claim: Claim, company: str, chip: str, day: int) -> tuple[Gate | None, Holding | None]:
        """At which gate a claim is, and how it holds there for a cell on a day."""
        cells = self._cells(day)
        gate = cells.directory.gate(claim.fields["authority"])
        certain = holds(claim, day)
        match = None if certain is None else cells.matches.scopes.match(claim, company, chip)
        return gate, None if match is None or certain is None else holding(claim, match, certain, day)
