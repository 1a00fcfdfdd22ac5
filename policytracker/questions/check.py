"""May these companies import these chips? An answer a pair, with the exit codes that scripts read (cli.md)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from policytracker.questions import names
from policytracker.questions.errors import QuestionError
from policytracker.questions.one_cell import CellObjects
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


class BadPairs(QuestionError):
    """A file of pairs with lines that cannot be answered."""

    def __init__(self, lines: list[str]) -> None:
        listed = "\n".join(f"  {line}" for line in lines)
        super().__init__(f"{len(lines)} of the pairs cannot be answered, so none was:\n{listed}")


class Pair(NamedTuple):
    """A company and a chip, as written, and the line that they stand on."""

    line: int
    company: str
    chip: str


def read_pairs(source: str, content: bytes) -> list[Pair]:
    """The pairs of a CSV file of two columns; a first line ``company,chip`` is a heading. Raises BadPairs."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadPairs([f"{source}: byte {error.start + 1} is not UTF-8; save the file as UTF-8"]) from None
    reader = csv.reader(text.splitlines())
    try:
        rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except csv.Error as error:
        raise BadPairs([f"{source}:{reader.line_num}: {error}; write a company, a comma and a chip"]) from None
    found = [(line, row) for line, row in rows if any(row)]
    if found and [cell.casefold() for cell in found[0][1][:2]] == ["company", "chip"]:
        found = found[1:]
    wrong = [f"{source}:{line}: {len(row)} columns; give two, company and chip" for line, row in found if len(row) != 2]
    if wrong:
        raise BadPairs(wrong)
    if not found:
        raise BadPairs([f"{source}: no pair in it; give a company and a chip a line, with a comma between"])
    return [Pair(line, *row) for line, row in found]


def check(reader: Reader, clocks: Clocks, source: str, pairs: Iterable[Pair]) -> Iterator[CheckedCell]:
    """The state of each pair, with ``code`` and ``answer``. Raises BadPairs, naming every line, before any answer."""
    directory = reader.directory_at(clocks.recorded, clocks.at)
    resolved: list[tuple[str, str]] = []
    wrong: list[str] = []
    for pair in pairs:
        try:
            resolved.append((names.company(directory, pair.company), names.chip(directory, pair.chip)))
        except QuestionError as error:
            wrong.append(f"{source}:{pair.line}: {error}")
    if wrong:
        raise BadPairs(wrong)
    return answers(reader, clocks, resolved)


def answers(reader: Reader, clocks: Clocks, pairs: list[tuple[str, str]]) -> Iterator[CheckedCell]:
    """The state of each pair of ids, with ``code`` and ``answer``."""
    objects = CellObjects(reader, clocks)
    for company, chip in pairs:
        state = objects.cell(company, chip)
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
