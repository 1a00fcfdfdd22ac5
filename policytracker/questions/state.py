"""The status of cells, in the shape of ``state --json`` (cli.md)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from policytracker.questions import names
from policytracker.questions.one_cell import CellObjects
from policytracker.questions.reader import Clocks, Reader

if TYPE_CHECKING:
    from policytracker.questions.answers import CellState

FEW = 64
"""So many cells are looked up one by one; beyond that, all cells are answered together."""


def states(reader: Reader, clocks: Clocks, company: str | None, chip: str | None) -> Iterator[CellState]:
    """One object a cell, by company id, then chip id. Raises UnknownName or AmbiguousName at once."""
    directory = reader.directory_at(clocks.recorded, clocks.at)
    companies = names.companies(directory, company)
    chips = names.chips(directory, chip)
    return cells(reader, clocks, companies, chips)


def cells(reader: Reader, clocks: Clocks, companies: Collection[str], chips: Collection[str]) -> Iterator[CellState]:
    """One object for each cell of some companies and chips, given as ids in order."""
    if len(companies) * len(chips) <= FEW:
        objects = CellObjects(reader, clocks)
        return (objects.cell(company, chip) for company in companies for chip in chips)
    return _together(reader, clocks, frozenset(companies), frozenset(chips))


def _together(
    reader: Reader, clocks: Clocks, companies: Collection[str], chips: Collection[str]
) -> Iterator[CellState]:
    point = reader.point(clocks)
    board, objects = reader.board(point.seen, point.day), CellObjects(reader, clocks)
    every = board.chips.names
    for (company, answers), (_, lasts) in zip(
        board.answers(point, companies), board.last_words(point, companies), strict=True
    ):
        for place, (chip, gates) in enumerate(zip(every, answers, strict=True)):
            if chip in chips:
                yield objects.of(company, chip, gates, [lasts[gate][place] for gate, _ in gates])
