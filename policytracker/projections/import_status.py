"""The table ``import_status``: the answer of one day for each company and chip, as everything known now gives it.

Its column ``at`` says which day. The first question of a later day brings it to that day, and so does ``policytracker
refresh``. It is kept for registries of up to MOST_CELLS cells (a group counts as one more company or chip). Of a larger
one a single event may turn more cells than can be told anew while somebody waits for it to be recorded: the table is
empty, and ``state --csv`` tells the same when asked.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator

from policytracker.events.dates import iso
from policytracker.index.board import Board
from policytracker.index.cells import Cells
from policytracker.index.index import Index
from policytracker.projections.mapping import cells as cells_of
from policytracker.projections.mapping import newest
from policytracker.projections.reading import registry, thread_at
from policytracker.projections.registered import StoredRegistry
from policytracker.status.claims import CLAIM_TYPES
from policytracker.status.directory import Directory
from policytracker.status.terms import WHERE, terms_of, terms_of_company
from policytracker.status.walk import Walk
from policytracker.status.words import STATUSES, highest, lowest, summary, together, words

Pair = tuple[str, str]
MOST_CELLS = 5_000
FEW = 500
"""So many cells are answered one by one; more of them at once."""
Gates = list[tuple[str, int]]
"""The gates of a cell, each with its possible statuses as bits."""
Answered = Iterator[tuple[str, str, Gates]]
"""Companies and chips with what their gates answer."""


def refresh(
    connection: sqlite3.Connection, index: Callable[[], Index], day: int, touched: Iterable[int] | None, count: int
) -> None:
    """Answer anew for a day, of so many cells: each (``touched`` None), or those that the touched threads may reach.

    ``index`` opens the index where it is needed.
    """
    kept = count <= MOST_CELLS
    if touched is None or not kept:
        connection.execute("DELETE FROM import_status")
    if not kept:
        return
    directory = Directory(registry(connection, None), day)
    cells = cells_of(connection, index(), directory, Walk())
    asked = None if touched is None else set(_reached(connection, directory, touched))
    answered = _together(cells, day, asked) if asked is None or len(asked) > FEW else _singly(cells, day, asked)
    rows = (_row(company, chip, day, gates) for company, chip, gates in answered)
    connection.executemany("INSERT OR REPLACE INTO import_status VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)


def move_to(connection: sqlite3.Connection, index: Index, at: int, day: int, count: int) -> None:
    """Bring the table, of so many cells, from the day for which it holds to a later one."""
    columns = index.rows.day_from[: index.count], index.rows.day_to[: index.count], StoredRegistry(connection).days
    if any(at < turning <= day for days in columns for turning in days):
        refresh(connection, lambda: index, day, None, count)
    else:
        connection.execute("UPDATE import_status SET at = ?", (iso(day),))


def _singly(cells: Cells, day: int, asked: Iterable[Pair]) -> Answered:
    for company, chip in sorted(asked):
        cell = cells.cell(company, chip)
        answers = cells.answers(cell, newest(day))
        yield (
            company,
            chip,
            [(str(gate), answer.possible) for (gate, _), answer in zip(cell.gates, answers, strict=True)],
        )


def _together(cells: Cells, day: int, asked: set[Pair] | None) -> Answered:
    """All cells, or those asked for; what each gate answers is found for all of them."""
    board = Board(cells, fast=False)
    # In the order in which a cell's gates are told (semantics.md §1): the import gate comes last.
    gates = sorted(board.by_gate(newest(day)), key=lambda each: (each[0].gate.direction, each[0].gate.jurisdiction))
    width = len(board.chips.names)
    for row, company in enumerate(board.companies.names):
        own = [(str(group.gate), group.chips, found) for group, found in gates if group.companies >> row & 1]
        for column, chip in enumerate(board.chips.names):
            if asked is None or (company, chip) in asked:
                at = row * width + column
                yield company, chip, [(gate, found[at]) for gate, chips, found in own if chips >> column & 1]


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


def _row(company: str, chip: str, day: int, gates: Gates) -> tuple[str, ...]:
    possible = together(bits for _, bits in gates)
    return (
        company,
        chip,
        iso(day),
        summary(possible),
        STATUSES[lowest(possible)],
        STATUSES[highest(possible)],
        " ".join(words(possible)),
        " ".join(gate for gate, bits in gates if bits >> lowest(possible) & 1),
    )
