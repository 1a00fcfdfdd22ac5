"""Cells in the shape of ``state --json`` (cli.md), from what the index answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, Literal

from policytracker.events.dates import iso, moment_text, span
from policytracker.index.cells import Cell, Cells, GateAnswer, Point
from policytracker.index.layout import position_of
from policytracker.projections.reading import id_at, thread_at
from policytracker.questions.reader import Clocks, Reader
from policytracker.status.claims import claim_of
from policytracker.status.directory import Gate
from policytracker.status.periods import GRANTED, QUANTITY
from policytracker.status.words import STATUSES, highest, lowest, summary, together, words

if TYPE_CHECKING:
    from policytracker.questions.answers import (
        BindingCondition,
        CellState,
        CellStatuses,
        Dates,
        GateState,
        LeftOfApproval,
        SharedState,
    )
    from policytracker.questions.left import Left

Answers = Sequence[tuple[Gate, GateAnswer]]
"""What the gates of a cell answer, in their order."""
LastWords = Sequence[int | None]
"""For each gate the last publication day of a report there on the cell; None: there is none."""
MOST_SHARED = 2_000
"""Answers that are remembered at once: cells that share one mostly follow each other, and each needs some kilobytes."""
MOST_GATES = 5_000
"""The same of the answers of single gates."""


def one_cell(reader: Reader, clocks: Clocks, company: str, chip: str) -> CellState:
    """A cell of a registered company and chip; who asks for several makes ``CellObjects`` once."""
    return CellObjects(reader, clocks).cell(company, chip)


def possible(reader: Reader, clocks: Clocks, company: str, chip: str) -> int:
    """The possible statuses of a registered company and chip alone, as bits (§7)."""
    point = reader.point(clocks)
    cells = reader.cells(point.seen, point.day)
    return together(answer.possible for answer in cells.answers(cells.cell(company, chip), point))


def statuses_of(gates: Iterable[tuple[str, int]]) -> CellStatuses:
    """What a cell comes to, in words, and the gates that limit it, given the possible statuses of each (§7)."""
    found = list(gates)
    possible = together(bits for _, bits in found)
    return {
        "status": summary(possible),
        "possible": words(possible),
        "low": STATUSES[lowest(possible)],
        "high": STATUSES[highest(possible)],
        "limited_by": [gate for gate, bits in found if bits >> lowest(possible) & 1],
    }


def binds(surely: bool) -> Literal["certainly", "possibly"]:
    """Whether a condition binds in every possible world, in words."""
    return "certainly" if surely else "possibly"


Bound = tuple[tuple[tuple[int, bool], ...], ...]
"""For each gate the rows of the claims whose own conditions bind, and whether in every possible world."""
Tell = Callable[[int], tuple[str, Mapping[str, str]]]
"""The id of the claim of a row, and the conditions of its own that bind while the row does, each with its wording."""


def has_licence(cells: Cells, gates: Answers) -> bool:
    """Whether a licence stands at a gate: then it may hang on the cell which conditions bind (§8)."""
    code = cells.index.rows.code
    return any(code[row] & GRANTED for _, answer in gates for row in answer.standing)


def bound_at(cells: Cells, point: Point, gates: Answers, cell: Cell | None) -> Bound:
    """Whose conditions bind in some possible world (§8); ``cell`` where a licence stands."""
    numbers = [number for _, number in cell.gates] if cell is not None else repeat(0)
    return tuple(
        tuple(cells.binding(cell, number, point, answer)) for (_, answer), number in zip(gates, numbers, strict=False)
    )


def conditions_of(gates: Answers, bound: Bound, tell: Tell) -> Iterator[BindingCondition]:
    """The conditions that bind in some possible world, claim by claim (§8)."""
    for (gate, _), its in zip(gates, bound, strict=True):
        for row, surely in its:
            claim, conditions = tell(row)
            for key, wording in conditions.items():
                yield {"gate": str(gate), "claim": claim, "key": key, "wording": wording, "binds": binds(surely)}


class CellObjects:
    """Makes the objects of cells at one point of the clocks; what cells share is made once."""

    def __init__(self, reader: Reader, clocks: Clocks) -> None:
        self._reader, self._clocks, self._point = reader, clocks, reader.point(clocks)
        self._cells: Cells = reader.cells(self._point.seen, self._point.day)
        self._code = reader.index.rows.code
        self._dates: Dates = {
            "at": iso(clocks.at),
            "known": None if clocks.known is None else moment_text(clocks.known),
        }
        self._shared: dict[tuple[object, ...], tuple[Answers, SharedState]] = {}
        self._gates: dict[tuple[Gate, int, int | None], tuple[GateAnswer, GateState]] = {}
        self._statuses: dict[tuple[tuple[Gate, int], ...], CellStatuses] = {}
        self._bound: dict[int, dict[str, str]] = {}
        self._ids: dict[int, str] = {}
        self._launched: dict[str, bool] = {}
        self._left: Left | None = None

    def cell(self, company: str, chip: str) -> CellState:
        """A cell of a registered company and chip. No more is read than what can decide it (semantics.md §6)."""
        cell = self._cells.cell(company, chip)
        answers = self._cells.answers(cell, self._point)
        gates = [(gate, answer) for (gate, _), answer in zip(cell.gates, answers, strict=True)]
        return self.of(company, chip, gates, self._cells.last_words(cell, self._point))

    def of(self, company: str, chip: str, gates: Answers, words: LastWords) -> CellState:
        """The object of a cell, given what its gates answer and their last words."""
        # Cells share most of what they are made of. What is remembered is held, so no other object can get its id.
        launched = self._is_launched(chip)
        # Where a licence stands, it hangs on the cell which duties bind beside it; elsewhere the answers tell it.
        licensed = has_licence(self._cells, gates)
        bound = bound_at(self._cells, self._point, gates, self._cells.cell(company, chip)) if licensed else None
        key = (*words, launched, *[(gate, id(answer)) for gate, answer in gates], bound)
        known = self._shared.get(key)
        if known is None:
            if len(self._shared) >= MOST_SHARED:
                self._shared.clear()
            if bound is None:
                bound = bound_at(self._cells, self._point, gates, None)
            known = self._shared[key] = gates, self._of_gates(gates, words, launched, bound)
        return {"company": company, "chip": chip, **known[1]}

    def _of_gates(self, gates: Answers, last: LastWords, launched: bool, bound: Bound) -> SharedState:
        """What is the same for all cells whose gates answer so."""
        silent = any(answer.is_silent for _, answer in gates)
        day = max((each for each in last if each is not None), default=None)
        return {
            **self._dates,
            **self._status(tuple([(gate, answer.possible) for gate, answer in gates])),
            "if_open": words(together(answer.if_open for _, answer in gates)) if silent else None,
            "gates": [self._gate(*each, word) for each, word in zip(gates, last, strict=True)],
            "conditions": list(conditions_of(gates, bound, self._told)),
            "left": self._left_of(gates),
            "launched": launched,
            "last_report": None if day is None else iso(day),
        }

    def _told(self, row: int) -> tuple[str, dict[str, str]]:
        return self.id_of(row), self._binding(row)

    def _left_of(self, gates: Answers) -> list[LeftOfApproval] | None:
        """What is left of the approvals with a quantity that stand (§8)."""
        rows = [row for _, answer in gates for row in answer.standing if self._code[row] & QUANTITY]
        if not rows:
            return None
        if self._left is None:
            # Imported here: most cells have no quantity, and start sooner without it.
            from policytracker.questions.left import Left

            self._left = Left(self._reader, self._clocks)
        return [self._left.of(self.id_of(row)) for row in rows]

    def _is_launched(self, chip: str) -> bool:
        """Whether the day is not before the launch of a chip, as far as the registry tells of one."""
        if chip not in self._launched:
            launched = self._cells.directory.chips[chip].get("launched")
            self._launched[chip] = launched is None or span(launched).first <= self._point.day
        return self._launched[chip]

    def _status(self, gates: tuple[tuple[Gate, int], ...]) -> CellStatuses:
        if gates not in self._statuses:
            self._statuses[gates] = statuses_of((str(gate), bits) for gate, bits in gates)
        return self._statuses[gates]

    def _gate(self, gate: Gate, answer: GateAnswer, word: int | None) -> GateState:
        key = gate, id(answer), word
        known = self._gates.get(key)
        if known is None:
            if len(self._gates) >= MOST_GATES:
                self._gates.clear()
            told: GateState = {
                "gate": str(gate),
                "status": summary(answer.possible),
                "possible": words(answer.possible),
                "claims": [self.id_of(row) for row in answer.standing],
                "last_word": None if word is None else iso(word),
            }
            known = self._gates[key] = answer, told
        return known[1]

    def id_of(self, row: int) -> str:
        """The id of the claim of a row."""
        position = position_of(self._reader.index.rows.claim[row])
        if position not in self._ids:
            self._ids[position] = id_at(self._reader.connection, position)
        return self._ids[position]

    def _binding(self, row: int) -> dict[str, str]:
        """The conditions of its own that bind a claim while its row holds."""
        if row not in self._bound:
            events = thread_at(self._reader.connection, position_of(self._reader.index.rows.claim[row]))
            seen = tuple(event for event in events if event.position <= self._point.seen)
            claim = claim_of(seen, self._point.known, self._cells.directory.zone_of)
            self._bound[row] = claim.binding(self._point.day) if claim else {}
        return self._bound[row]
