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
        return list(self.settled())

    def settled(self) -> dict[str, tuple[int, int]]:
        """For each claim that would settle: the cell's possible statuses if it holds, and if it does not."""
        found: dict[str, tuple[int, int]] = {}
        for gate in self.gates:
            for claim, holds in gate.worlds.if_holds.items():
                outcomes = self.with_gate(gate, holds), self.with_gate(gate, gate.worlds.if_not[claim])
                if outcomes != (self.possible, self.possible):
                    found[claim] = outcomes
        return found

    def with_gate(self, changed: GateAnswer, possible: int) -> int:
        """The cell's possible statuses, were those of one of its gates these."""
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
        found = (self.hold(claim, company, chip, day) for claim in self.claims.get(gate, ()))
        holdings = tuple(sorted(each for each in found if each is not None))
        if holdings not in self._worlds:
            self._worlds[holdings] = gate_worlds(holdings)
        return GateAnswer(gate, holdings, self._worlds[holdings])

    def hold(self, claim: Claim, company: str, chip: str, day: int) -> Holding | None:
        """How a claim holds for a cell on a day; None where it does not apply (§5)."""
        force = in_force(claim, day)
        if force is None:
            return None
        match = self.scopes.match(claim, company, chip)
        return None if match is None else holding(claim, match, force, day)
