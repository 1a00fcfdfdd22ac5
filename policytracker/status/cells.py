"""The status of a cell, gate by gate: the question that all others are made of (semantics.md §5 to §7)."""

from collections.abc import Iterable
from functools import reduce
from typing import NamedTuple

from policytracker.status.claims import Claim
from policytracker.status.directory import Directory, Gate
from policytracker.status.force import in_force
from policytracker.status.prevails import Holding, holding
from policytracker.status.scope import Scopes
from policytracker.status.words import lowest, minima
from policytracker.status.worlds import GateWorlds, gate_worlds


class GateAnswer(NamedTuple):
    """One gate of one cell on one day."""

    gate: Gate
    holdings: tuple[Holding, ...]
    """The claims that hold there, certainly or possibly, in the order of §6."""
    worlds: GateWorlds

    @property
    def possible(self) -> int:
        """The gate's possible statuses, as bits."""
        return self.worlds.possible


class CellAnswer(NamedTuple):
    """One cell on one day."""

    company: str
    chip: str
    gates: tuple[GateAnswer, ...]
    possible: int

    @property
    def held_by(self) -> list[Gate]:
        """The gates at which the lowest possible status of the cell is possible (§7)."""
        return [gate.gate for gate in self.gates if gate.possible >> lowest(self.possible) & 1]

    def would_settle(self) -> list[str]:
        """The claims of which knowing that they hold, or do not, leaves fewer possible statuses (§7)."""
        found: list[str] = []
        for gate in self.gates:
            for claim, holds in gate.worlds.if_holds.items():
                outcomes = (holds, gate.worlds.if_not[claim])
                if any(self._with(gate, outcome) != self.possible for outcome in outcomes):
                    found.append(claim)
        return found

    def _with(self, changed: GateAnswer, possible: int) -> int:
        return reduce(minima, (possible if gate is changed else gate.possible for gate in self.gates))


class Outlook:
    """All claims and the registry as they stand at one known and recorded moment; answers for any cell and day."""

    def __init__(self, directory: Directory, claims: Iterable[Claim]) -> None:
        self.directory = directory
        self.scopes = Scopes(directory)
        self.claims: dict[Gate, list[Claim]] = {}
        for claim in claims:
            gate = directory.gate(claim.fields["authority"])
            if gate is not None:
                self.claims.setdefault(gate, []).append(claim)
        self._worlds: dict[tuple[Holding, ...], GateWorlds] = {}

    def cell(self, company: str, chip: str, day: int) -> CellAnswer:
        """The answer for a registered company and chip on a day (an ordinal)."""
        gates = tuple(self.gate(gate, company, chip, day) for gate in self.directory.gates(company, chip))
        return CellAnswer(company, chip, gates, reduce(minima, (gate.possible for gate in gates)))

    def gate(self, gate: Gate, company: str, chip: str, day: int) -> GateAnswer:
        """The answer for one gate of a cell on a day."""
        found: list[Holding] = []
        for claim in self.claims.get(gate, ()):
            force = in_force(claim, day)
            if force is None:
                continue
            match = self.scopes.match(claim, company, chip)
            if match is not None:
                found.append(holding(claim, match, force, day))
        holdings = tuple(sorted(found))
        if holdings not in self._worlds:
            self._worlds[holdings] = gate_worlds(holdings)
        return GateAnswer(gate, holdings, self._worlds[holdings])
