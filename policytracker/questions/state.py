"""The status of cells, in the shape of ``state --json`` (cli.md)."""

from collections.abc import Iterable, Iterator
from itertools import product
from typing import TYPE_CHECKING, Any

from policytracker.events.dates import iso, moment_text
from policytracker.questions import names
from policytracker.questions.books import Books, Clocks
from policytracker.questions.one_cell import one_cell, statuses_of
from policytracker.status.words import summary, words

if TYPE_CHECKING:
    from policytracker.status.cells import CellAnswer
    from policytracker.status.grid import Grid
    from policytracker.status.view import View


def states(books: Books, clocks: Clocks, company: str | None, chip: str | None) -> Iterator[dict[str, Any]]:
    """One object a cell, by company id, then chip id. Raises UnknownName or AmbiguousName at once."""
    directory = books.directory_at(clocks.recorded)
    companies = [names.company(directory, company)] if company else sorted(directory.companies)
    chips = [names.chip(directory, chip)] if chip else sorted(directory.chips)
    if company and chip:
        return iter([one_cell(books, clocks, companies[0], chips[0])])
    return cells(books.view(clocks.known, clocks.recorded), clocks, product(companies, chips))


def cells(view: "View", clocks: Clocks, pairs: Iterable[tuple[str, str]]) -> Iterator[dict[str, Any]]:
    """One object for each pair of a company id and a chip id."""
    from policytracker.status.grid import Grid

    return grid_cells(Grid(view), clocks, pairs)


def grid_cells(grid: "Grid", clocks: Clocks, pairs: Iterable[tuple[str, str]]) -> Iterator[dict[str, Any]]:
    """The same from a grid: one that is kept answers the faster."""
    return (cell_object(grid, clocks, grid.cell(company, chip, clocks.at)) for company, chip in pairs)


def cell_object(grid: "Grid", clocks: Clocks, cell: "CellAnswer") -> dict[str, Any]:
    """A cell's answer in the shape of ``state --json``."""
    last = grid.last_report(cell.company, cell.chip)
    return {
        "company": cell.company,
        "chip": cell.chip,
        "at": iso(clocks.at),
        "known": None if clocks.known is None else moment_text(clocks.known),
        **statuses(cell),
        "gates": [
            {
                "gate": str(gate.gate),
                "status": summary(gate.possible),
                "possible": words(gate.possible),
                "claims": list(gate.worlds.standing),
            }
            for gate in cell.gates
        ],
        "conditions": grid.view.conditions(cell, clocks.at),
        "last_report": None if last is None else iso(last),
    }


def statuses(cell: "CellAnswer") -> dict[str, Any]:
    """What a cell comes to, in words, and the gates that hold it back."""
    return statuses_of((str(gate.gate), gate.possible) for gate in cell.gates)
