"""Cells in the shape of ``state --json`` (cli.md), from what the index answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from typing import TYPE_CHECKING

from policytracker.events.dates import iso, moment_text
from policytracker.index.cells import GateAnswer
from policytracker.index.layout import CONDITIONS
from policytracker.projections.reading import id_at, thread_at
from policytracker.questions.reader import Clocks, Reader
from policytracker.status.claims import claim_of
from policytracker.status.directory import Gate
from policytracker.status.words import STATUSES, highest, lowest, minima, summary, words

if TYPE_CHECKING:
    from policytracker.questions.answers import CellState, CellStatuses, Dates, GateState, SharedState

Answers = Sequence[tuple[Gate, GateAnswer]]
"""What the gates of a cell answer, in their order."""
MOST_SHARED = 100_000
"""Answers that are remembered at once."""


def one_cell(reader: Reader, clocks: Clocks, company: str, chip: str) -> CellState:
    """A cell of a registered company and chip. No more is read than what can decide it (semantics.md §6)."""
    point = reader.point(clocks)
    cells = reader.cells(point.seen)
    cell = cells.cell(company, chip)
    gates = [(gate, answer) for (gate, _), answer in zip(cell.gates, cells.answers(cell, point), strict=True)]
    return CellObjects(reader, clocks).of(company, chip, gates, cells.last_report(cell, point))


def possible(reader: Reader, clocks: Clocks, company: str, chip: str) -> int:
    """The possible statuses of a registered company and chip alone, as bits (§7)."""
    point = reader.point(clocks)
    cells = reader.cells(point.seen)
    return reduce(minima, (answer.possible for answer in cells.answers(cells.cell(company, chip), point)))


def statuses_of(gates: Iterable[tuple[str, int]]) -> CellStatuses:
    """What a cell comes to, in words, and the gates that hold it back, given the possible statuses of each (§7)."""
    found = list(gates)
    possible = reduce(minima, (bits for _, bits in found))
    return {
        "status": summary(possible),
        "possible": words(possible),
        "low": STATUSES[lowest(possible)],
        "high": STATUSES[highest(possible)],
        "held_by": [gate for gate, bits in found if bits >> lowest(possible) & 1],
    }


class CellObjects:
    """Makes the objects of cells at one point of the clocks; what cells share is made once."""

    def __init__(self, reader: Reader, clocks: Clocks) -> None:
        self._reader, self._point = reader, reader.point(clocks)
        self._dates: Dates = {
            "at": iso(clocks.at),
            "known": None if clocks.known is None else moment_text(clocks.known),
        }
        self._shared: dict[tuple[int | None, ...], tuple[Answers, SharedState]] = {}
        self._gates: dict[tuple[Gate, GateAnswer], GateState] = {}
        self._statuses: dict[tuple[tuple[Gate, int], ...], CellStatuses] = {}
        self._bound: dict[int, dict[str, str]] = {}
        self._ids: dict[int, str] = {}

    def of(self, company: str, chip: str, gates: Answers, last: int | None) -> CellState:
        """The object of a cell, given what its gates answer and the last publication day of a report on it."""
        # Cells share most of what they are made of. What is remembered is held, so no other object can get its id.
        key = last, *[id(answer) for _, answer in gates]
        known = self._shared.get(key)
        if known is None:
            if len(self._shared) >= MOST_SHARED:
                self._shared.clear()
            known = self._shared[key] = gates, self._of_gates(gates, last)
        return {"company": company, "chip": chip, **known[1]}

    def _of_gates(self, gates: Answers, last: int | None) -> SharedState:
        """What is the same for all cells whose gates answer so."""
        return {
            **self._dates,
            **self._status(tuple([(gate, answer.possible) for gate, answer in gates])),
            "gates": [self._gate(*each) for each in gates],
            "conditions": self.conditions(gates),
            "last_report": None if last is None else iso(last),
        }

    def conditions(self, gates: Answers) -> dict[str, str]:
        """The conditions that bind on a claim that stands in some possible world; of one key, the later word."""
        bound: dict[str, str] = {}
        code = self._reader.index.rows.code
        for _, answer in gates:
            for row in answer.standing:
                if code[row] & CONDITIONS:
                    bound.update(self._binding(row))
        return bound

    def _status(self, gates: tuple[tuple[Gate, int], ...]) -> CellStatuses:
        if gates not in self._statuses:
            self._statuses[gates] = statuses_of((str(gate), bits) for gate, bits in gates)
        return self._statuses[gates]

    def _gate(self, gate: Gate, answer: GateAnswer) -> GateState:
        key = gate, answer
        if key not in self._gates:
            self._gates[key] = {
                "gate": str(gate),
                "status": summary(answer.possible),
                "possible": words(answer.possible),
                "claims": [self.id_of(row) for row in answer.standing],
            }
        return self._gates[key]

    def id_of(self, row: int) -> str:
        """The id of the claim of a row."""
        position = self._reader.index.rows.position[row]
        if position not in self._ids:
            self._ids[position] = id_at(self._reader.connection, position)
        return self._ids[position]

    def _binding(self, row: int) -> dict[str, str]:
        if row not in self._bound:
            events = thread_at(self._reader.connection, self._reader.index.rows.position[row])
            seen = tuple(event for event in events if event.position <= self._point.seen)
            claim = claim_of(seen, self._point.known)
            self._bound[row] = claim.binding(self._point.day) if claim else {}
        return self._bound[row]
