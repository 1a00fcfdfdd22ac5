"""The status of a cell, gate by gate: the question that all others are made of (semantics.md §5 to §8)."""

from collections.abc import Iterable
from typing import NamedTuple

from policytracker.status.binding import IN_EVERY, Bound, binding
from policytracker.status.claims import DUTY, LICENCE, Claim
from policytracker.status.directory import Directory, Gate
from policytracker.status.periods import holds
from policytracker.status.prevails import Holding, holding
from policytracker.status.scope import Scopes
from policytracker.status.words import CLEARED, capped, lowest, together
from policytracker.status.worlds import GateWorlds, gate_worlds


class Cap(NamedTuple):
    """A condition that is imposed and holds at a gate."""

    id: str
    certain: bool


class GateAnswer(NamedTuple):
    """One gate of one cell on one day."""

    gate: Gate
    holdings: tuple[Holding, ...]
    """The restrictions and permissions that hold there, certainly or possibly, in the order of §6."""
    worlds: GateWorlds
    caps: tuple[Cap, ...] = ()

    @property
    def possible(self) -> int:
        """The gate's possible statuses, as bits."""
        return self.capped(self.worlds.possible)

    @property
    def is_silent(self) -> bool:
        """Whether no restriction and no permission holds there, even possibly (§7)."""
        return not self.holdings

    def capped(self, possible: int, without: str | None = None) -> int:
        """Possible statuses under the conditions that hold, but for one of them."""
        return capped(possible, (cap.certain for cap in self.caps if cap.id != without))


class CellAnswer(NamedTuple):
    """One cell on one day."""

    company: str
    chip: str
    gates: tuple[GateAnswer, ...]
    possible: int

    @property
    def limited_by(self) -> list[Gate]:
        """The gates at which the lowest possible status of the cell is possible (§7)."""
        return [gate.gate for gate in self.gates if gate.possible >> lowest(self.possible) & 1]

    @property
    def if_open(self) -> int | None:
        """The possible statuses if every silent gate were open; None where no gate is silent (§7)."""
        if not any(gate.is_silent for gate in self.gates):
            return None
        return together(gate.capped(1 << CLEARED) if gate.is_silent else gate.possible for gate in self.gates)

    def would_settle(self) -> list[str]:
        """The claims of which knowing that they hold, or do not, leaves fewer possible statuses (§7)."""
        return list(self.settled())

    def settled(self) -> dict[str, tuple[int, int]]:
        """For each claim that would settle: the cell's possible statuses if it holds, and if it does not."""
        found: dict[str, tuple[int, int]] = {}
        for gate in self.gates:
            outcomes = {
                claim: (gate.capped(holds), gate.capped(gate.worlds.if_not[claim]))
                for claim, holds in gate.worlds.if_holds.items()
            }
            for cap in gate.caps:
                if not cap.certain:
                    possible = gate.worlds.possible
                    outcomes[cap.id] = capped(possible, [True]), gate.capped(possible, without=cap.id)
            for claim, both in outcomes.items():
                of_cell = self.with_gate(gate, both[0]), self.with_gate(gate, both[1])
                if of_cell != (self.possible, self.possible):
                    found[claim] = of_cell
        return found

    def with_gate(self, changed: GateAnswer, possible: int) -> int:
        """The cell's possible statuses, were those of one of its gates these."""
        return together(possible if gate is changed else gate.possible for gate in self.gates)


class Outlook:
    """All claims, as they stand at one known and recorded moment, and the registry of a day; answers for any cell."""

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
        return CellAnswer(company, chip, gates, together(gate.possible for gate in gates))

    def gate(self, gate: Gate, company: str, chip: str, day: int) -> GateAnswer:
        """The answer for one gate of a cell on a day."""
        found, caps = [], []
        for claim in self.claims.get(gate, ()):
            held = self.hold(claim, company, chip, day)
            if held is not None and claim.caps:
                caps.append(held)
            elif held is not None:
                found.append(held)
        holdings = tuple(sorted(found))
        if holdings not in self._worlds:
            self._worlds[holdings] = gate_worlds(holdings)
        in_order = tuple(Cap(each.id, each.certain) for each in sorted(caps))
        return GateAnswer(gate, holdings, self._worlds[holdings], in_order)

    def hold(self, claim: Claim, company: str, chip: str, day: int) -> Holding | None:
        """How a claim holds for a cell on a day; None where it does not apply (§5)."""
        certain = holds(claim, day)
        match = None if certain is None else self.scopes.match(claim, company, chip)
        return None if match is None or certain is None else holding(claim, match, certain, day)

    def binding(self, answer: GateAnswer) -> dict[str, bool]:
        """The claims at a gate whose own conditions, not yet met, bind in some world, and whether in every (§8)."""
        return {**bound(answer, {claim.id: claim for claim in self.claims.get(answer.gate, ())})}


def bound(answer: GateAnswer, claims: dict[str, Claim]) -> dict[str, bool]:
    """The same, given the claims of the gate by their ids: in the order of §6, conditions that are imposed last."""
    worlds = answer.worlds
    found = dict(zip(worlds.standing, worlds.surely, strict=True))
    if any(claims[name].type == LICENCE for name in worlds.standing):
        last_first = answer.holdings[::-1]
        told = binding(tuple(_bound(each, claims[each.id]) for each in last_first))
        each = zip(reversed(last_first), reversed(told), strict=True)
        found = {claim.id: worlds == IN_EVERY for claim, worlds in each if worlds}
    return {**found, **{cap.id: cap.certain for cap in answer.caps}}


def _bound(held: Holding, claim: Claim) -> Bound:
    return Bound(held.kind, claim.type == LICENCE, claim.type == DUTY)
