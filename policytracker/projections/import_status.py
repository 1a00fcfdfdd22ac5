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
from policytracker.index.cells import Cells
from policytracker.index.index import Index
from policytracker.projections.mapping import cells as cells_of
from policytracker.projections.mapping import newest
from policytracker.projections.reading import registry, thread_at
from policytracker.status.claims import CLAIM_TYPES
from policytracker.status.directory import Directory
from policytracker.status.terms import WHERE, terms_of, terms_of_company
from policytracker.status.walk import Walk
from policytracker.status.words import STATUSES, highest, lowest, minima, summary, words

Pair = tuple[str, str]
MOST_CELLS = 5_000
CHUNK = 2_000
Gates = list[tuple[str, int]]
"""The gates of a cell, each with its possible statuses as bits."""


def refresh(
    connection: sqlite3.Connection, index: Callable[[], Index], day: int, touched: Iterable[int] | None, cells: int
) -> None:
    """Answer anew for a day, of so many cells: each (``touched`` None), or those that the touched threads may reach.

    ``index`` opens the index where it is needed.
    """
    kept = cells <= MOST_CELLS
    if touched is None or not kept:
        connection.execute("DELETE FROM import_status")
    if not kept:
        return
    directory = Directory(registry(connection, None))
    reader = cells_of(connection, index(), directory, Walk())
    every = product(sorted(directory.companies), sorted(directory.chips))
    asked = every if touched is None else _reached(connection, directory, touched)
    rows = (_row(company, chip, day, _gates(reader, company, chip, day)) for company, chip in asked)
    Database(connection).table("import_status").insert_all(rows, batch_size=CHUNK, replace=True)


def _gates(reader: Cells, company: str, chip: str, day: int) -> Gates:
    cell = reader.cell(company, chip)
    answers = reader.answers(cell, newest(day))
    return [(str(gate), answer.possible) for (gate, _), answer in zip(cell.gates, answers, strict=True)]


def _reached(connection: sqlite3.Connection, directory: Directory, touched: Iterable[int]) -> Iterator[Pair]:
    companies: set[str] = set()
    chips: set[str] = set()
    for position in touched:
        thread = thread_at(connection, position)
        if thread[0].type in CLAIM_TYPES:
            of_companies, of_chips = terms_of(thread)
            companies.update(of_companies)
            chips.update(of_chips)
    for company in sorted(directory.companies):
        if companies.isdisjoint(terms_of_company(directory.company_selectors(company))):
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
