"""The table ``import_status``: the answer of one day for each company and chip, as everything known now gives it.

It is kept for registries of up to MOST_CELLS cells (a group counts as one more company or chip). Of a larger one a
single event may turn more cells than can be told anew while somebody waits for it to be recorded: the table is empty,
and ``state --csv`` tells the same when asked.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from itertools import product
from typing import Any

from sqlite_utils import Database

from policytracker.events.dates import iso
from policytracker.projections.finding import Finder, Point
from policytracker.projections.reading import all_entries, last_position, registry, thread_at
from policytracker.status.claims import CLAIM_TYPES
from policytracker.status.directory import Directory
from policytracker.status.extents import FOREVER, WHERE, company_finders
from policytracker.status.filing import finders
from policytracker.status.found import Decider
from policytracker.status.grid import Grid, Pair
from policytracker.status.view import View
from policytracker.status.words import STATUSES, highest, lowest, minima, summary, words

MOST_CELLS = 5_000
FEW_EVENTS = 2_000
"""A ledger of so few events is read whole for the answers of all cells; of a larger one each cell looks up its own."""
CHUNK = 2_000
Gates = list[tuple[str, int]]
"""The gates of a cell, each with its possible statuses as bits."""


def refresh(connection: sqlite3.Connection, day: int, touched: Iterable[int] | None, cells: int) -> None:
    """Answer anew for a day, of so many cells: each (``touched`` None), or those that the touched threads may reach."""
    kept = cells <= MOST_CELLS
    if touched is None or not kept:
        connection.execute("DELETE FROM import_status")
    if not kept:
        return
    directory = Directory(registry(connection, None))
    if touched is None:
        asked: Iterable[Pair] = product(sorted(directory.companies), sorted(directory.chips))
        few = last_position(connection) <= FEW_EVENTS
        gates = _in_view(connection, day) if few else _looked_up(connection, directory, day)
    else:
        asked, gates = _reached(connection, directory, touched), _looked_up(connection, directory, day)
    rows = (_row(company, chip, day, gates(company, chip)) for company, chip in asked)
    Database(connection).table("import_status").insert_all(rows, batch_size=CHUNK, replace=True)


def _in_view(connection: sqlite3.Connection, day: int) -> Callable[[str, str], Gates]:
    grid = Grid(View(all_entries(connection)))
    return lambda company, chip: [(str(each.gate), each.possible) for each in grid.cell(company, chip, day).gates]


def _looked_up(connection: sqlite3.Connection, directory: Directory, day: int) -> Callable[[str, str], Gates]:
    finder, decider = Finder(connection, directory), Decider()
    point = Point(day, FOREVER - 1, FOREVER - 1)

    def gates(company: str, chip: str) -> Gates:
        found = finder.found(finder.cell(company, chip), point)
        return [(str(gate), decider.decide(claims).possible) for gate, claims in found]

    return gates


def _reached(connection: sqlite3.Connection, directory: Directory, touched: Iterable[int]) -> Iterator[Pair]:
    companies: set[str] = set()
    chips: set[str] = set()
    for position in touched:
        thread = thread_at(connection, position)
        if thread[0].type in CLAIM_TYPES:
            of_companies, of_chips = finders(thread)
            companies.update(of_companies)
            chips.update(of_chips)
    for company in sorted(directory.companies):
        if companies.isdisjoint(company_finders(directory.company_selectors(company))):
            continue
        for chip in sorted(directory.chips):
            if WHERE in chips or not chips.isdisjoint(directory.chip_selectors(chip)):
                yield company, chip


def _row(company: str, chip: str, day: int, gates: Gates) -> dict[str, Any]:
    possible = reduce(minima, (bits for _, bits in gates))
    return {
        "company": company,
        "chip": chip,
        "at": iso(day),
        "status": summary(possible),
        "low": STATUSES[lowest(possible)],
        "high": STATUSES[highest(possible)],
        "possible": " ".join(words(possible)),
        "held_by": " ".join(gate for gate, bits in gates if bits >> lowest(possible) & 1),
    }
