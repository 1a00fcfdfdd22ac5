"""``policytracker state``: the status of cells, and the gates that hold them back."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from policytracker.cli import cell_lines
from policytracker.cli.cell_lines import DOMESTIC, limits, notes, plain_spread, spread
from policytracker.cli.completing import Named
from policytracker.cli.folding import terminal_width
from policytracker.cli.options import clock_options, open_reader, tell_dates
from policytracker.cli.output import emit, output_options, print_table
from policytracker.questions import columns
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.state import states

if TYPE_CHECKING:
    from policytracker.questions.answers import CellState

WIDE = 150
"""Narrower terminals get the gates that limit a cell, and `why` for the others."""


@click.command(short_help="The status of every matching cell, and what limits it.")
@click.argument("company", required=False, type=Named("COMPANY", "a-company"))
@click.argument("chip", required=False, type=Named("CHIP", "a-chip"))
@clock_options
@output_options
@click.pass_context
def state(context: click.Context, /, company: str | None, chip: str | None, form: str | None, **clocks: Any) -> None:
    """The status of every matching cell, and the gates that limit it.

    COMPANY and CHIP are ids, names, aliases, tickers or LEIs; without them every registered cell is listed.
    An uncertain status is shown as lowest..highest. For one cell the command also prints its gates, its
    conditions and what is left, each with its source.

    \b
    Examples:
      policytracker state Tencent H200 --at 2026-01-28
      policytracker state 字节跳动 --at 2026-01-20 --known 2026-01-20
      policytracker state --csv > panel.csv
    """
    asked = Clocks(**clocks)
    with open_reader(context) as reader:
        rows = states(reader, asked, company, chip)
        emit(rows, form, lambda found: _for_people(reader, asked, found), columns.STATE)
        tell_dates(reader, asked, form)


def _for_people(reader: Reader, asked: Clocks, rows: list[CellState]) -> None:
    _table(rows)
    if len(rows) == 1:
        # Imported here: a table of many cells, and what programs read, need no sources in words.
        from policytracker.questions.claim_sources import ClaimSources

        claims = ClaimSources(reader, asked)
        cell_lines.print_gates(rows[0]["gates"], claims)
        cell_lines.print_conditions(rows[0], claims)
        cell_lines.print_left(rows[0], claims)
        cell_lines.print_notes(rows[0])


def _table(rows: list[CellState]) -> None:
    headers = ["company", "chip", "status", "limited by", "gates", "notes", "last report"]
    cells = [
        [
            row["company"],
            row["chip"],
            spread(row),
            limits(row),
            ", ".join(f"{gate['gate']} {plain_spread(gate)}" for gate in row["gates"]) or DOMESTIC,
            notes(row),
            row["last_report"] or "",
        ]
        for row in rows
    ]
    left_out = {"gates"} if len(rows) == 1 or (sys.stdout.isatty() and terminal_width() < WIDE) else set()
    if not any(map(notes, rows)):
        left_out.add("notes")
    kept = [place for place, header in enumerate(headers) if header not in left_out]
    print_table([headers[place] for place in kept], [[row[place] for place in kept] for row in cells])
