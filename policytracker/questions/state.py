"""The status of cells, in the shape of ``state --json`` (cli.md)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from policytracker.questions import names
from policytracker.questions.books import Books, Clocks
from policytracker.questions.one_cell import CellObjects, one_cell

if TYPE_CHECKING:
    from policytracker.questions.answers import CellState

FEW = 64
"""So many cells are looked up one by one; beyond that, all cells are answered together."""


def states(books: Books, clocks: Clocks, company: str | None, chip: str | None) -> Iterator[CellState]:
    """One object a cell, by company id, then chip id. Raises UnknownName or AmbiguousName at once."""
    directory = books.directory_at(clocks.recorded)
    companies = [names.company(directory, company)] if company else sorted(directory.companies)
    chips = [names.chip(directory, chip)] if chip else sorted(directory.chips)
    return cells(books, clocks, companies, chips)


def cells(books: Books, clocks: Clocks, companies: Collection[str], chips: Collection[str]) -> Iterator[CellState]:
    """One object for each cell of some companies and chips, given as ids in order."""
    if len(companies) * len(chips) <= FEW:
        return (one_cell(books, clocks, company, chip) for company in companies for chip in chips)
    return _together(books, clocks, frozenset(companies), frozenset(chips))


def _together(books: Books, clocks: Clocks, companies: Collection[str], chips: Collection[str]) -> Iterator[CellState]:
    point = books.point(clocks)
    board, objects = books.board(point.seen), CellObjects(books, clocks)
    every = board.chips.names
    for (company, answers), (_, lasts) in zip(
        board.answers(point, companies), board.last_reports(point, companies), strict=True
    ):
        for chip, gates, last in zip(every, answers, lasts, strict=True):
            if chip in chips:
                yield objects.of(company, chip, gates, last)
