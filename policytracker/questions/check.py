"""May these companies import these chips? An answer a pair, with the exit codes that scripts read (cli.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal

from policytracker.questions.one_cell import CellObjects
from policytracker.questions.pairs import AskedPair
from policytracker.questions.reader import Clocks, Reader
from policytracker.status.words import CONDITIONAL, RANK

if TYPE_CHECKING:
    from policytracker.questions.answers import CellState, CheckedCell

Code = Literal[0, 3, 4, 6]
CLEARED: Code = 0
NO: Code = 3
UNSURE: Code = 4
CONDITIONS: Code = 6
USED_UP = "no: what was approved is used up"
WORST_FIRST = (NO, UNSURE, CONDITIONS, CLEARED)
MEANING = {CLEARED: "yes", CONDITIONS: "yes, under conditions", UNSURE: "not certain", NO: "no"}
MOST_POINTS = 16
"""Points of the clocks of which what cells share is kept at once."""


def answers(reader: Reader, pairs: Iterable[AskedPair]) -> Iterator[CheckedCell]:
    """The state of each pair at its point of the clocks, with ``code`` and ``answer``."""
    objects: dict[Clocks, CellObjects] = {}
    for pair in pairs:
        if pair.clocks not in objects:
            if len(objects) >= MOST_POINTS:
                objects.clear()
            objects[pair.clocks] = CellObjects(reader, pair.clocks)
        state = objects[pair.clocks].cell(pair.company, pair.chip)
        code = exit_code(state["low"], state["high"])
        if code != NO and is_used_up(state):
            yield {**state, "code": NO, "answer": USED_UP}
        else:
            yield {**state, "code": code, "answer": MEANING[code]}


def is_used_up(state: CellState) -> bool:
    """Whether nothing is left of what was approved: at a gate every claim that stands is an approval used up (§8)."""
    used = {each["claim"] for each in state["left"] or () if each["used_up"]}
    return any(gate["claims"] and used.issuperset(gate["claims"]) for gate in state["gates"])


def exit_code(low: str, high: str) -> Code:
    """0 certainly cleared, 3 at best below conditional, 6 at worst conditional, 4 otherwise."""
    if low == "cleared":
        return CLEARED
    if RANK[high] < CONDITIONAL:
        return NO
    return CONDITIONS if low == "conditional" else UNSURE


def worst(codes: Iterable[int]) -> int:
    """The worst of several exit codes: no, not certain, under conditions, yes."""
    return min(codes, key=WORST_FIRST.index)
