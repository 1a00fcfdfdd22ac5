"""The table ``import_status``: the answer of one day for each company and chip, as everything known now gives it."""

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

from sqlite_utils import Database

from policytracker.events.dates import iso
from policytracker.projections.layout import WHERE
from policytracker.projections.reading import all_entries
from policytracker.projections.tables import CHUNK
from policytracker.status.directory import Directory
from policytracker.status.grid import Grid
from policytracker.status.view import View
from policytracker.status.words import STATUSES, highest, lowest, summary, words


def refresh(database: Database, day: int, touched: Iterable[str] | None) -> None:
    """Answer anew for a day: every cell (``touched`` None), or those that the touched threads may reach."""
    grid = Grid(View(all_entries(database.conn)))
    cells = _every_cell(grid.directory) if touched is None else _reached(database, grid.directory, touched)
    if touched is None:
        database.table("import_status").delete_where()
    rows = (_row(grid, company, chip, day) for company, chip in cells)
    database.table("import_status").insert_all(rows, batch_size=CHUNK, replace=True)


def _every_cell(directory: Directory) -> Iterator[tuple[str, str]]:
    return product(sorted(directory.companies), sorted(directory.chips))


def _reached(database: Database, directory: Directory, touched: Iterable[str]) -> Iterator[tuple[str, str]]:
    pairs = {
        pair
        for thread in touched
        for pair in database.execute("SELECT company, chip FROM scopes WHERE thread = ?", [thread])
    }
    companies = {company for company, _ in pairs}
    chips = {chip for _, chip in pairs}
    for company in sorted(directory.companies):
        if companies.isdisjoint(directory.company_selectors(company)):
            continue
        for chip in sorted(directory.chips):
            if WHERE in chips or not chips.isdisjoint(directory.chip_selectors(chip)):
                yield company, chip


def _row(grid: Grid, company: str, chip: str, day: int) -> dict[str, Any]:
    cell = grid.cell(company, chip, day)
    return {
        "company": company,
        "chip": chip,
        "at": iso(day),
        "status": summary(cell.possible),
        "low": STATUSES[lowest(cell.possible)],
        "high": STATUSES[highest(cell.possible)],
        "possible": " ".join(words(cell.possible)),
        "held_by": " ".join(str(gate) for gate in cell.held_by),
    }
