"""``policytracker state``: the status of cells, and the gates that hold them back."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from policytracker.cli.folding import fold, terminal_width
from policytracker.cli.options import clock_options, open_reader, tell_dates
from policytracker.cli.output import emit, output_options, print_table, status_word
from policytracker.questions.escaping import one_line
from policytracker.questions.reader import Clocks
from policytracker.questions.state import states

if TYPE_CHECKING:
    from policytracker.questions.answers import CellState, GateState, PossibleStatuses

CELL = ("company", "chip", "at", "known", "status", "possible", "low", "high", "held_by")
COLUMNS = (*CELL, "gates", "conditions", "last_report")
"""The columns of CSV: the keys of ``state --json``."""
WIDE = 150
"""Narrower terminals get the gates that hold a cell back, and `why` for the others."""


@click.command(short_help="The status of every matching cell, and what holds it back.")
@click.argument("company", required=False)
@click.argument("chip", required=False)
@clock_options
@output_options
@click.pass_context
def state(context: click.Context, /, company: str | None, chip: str | None, form: str | None, **clocks: Any) -> None:
    """The status of every matching cell, and the gates that hold it back.

    COMPANY and CHIP are ids, names or aliases; without them every registered cell is listed. An uncertain
    status is shown as lowest..highest.

    \b
    Examples:
      policytracker state Tencent H200 --at 2026-01-28
      policytracker state 字节跳动 --at 2026-01-20 --known 2026-01-20
      policytracker state --csv > panel.csv
    """
    asked = Clocks(**clocks)
    with open_reader(context) as reader:
        rows = states(reader, asked, company, chip)
        emit(rows, form, _table, COLUMNS)
        tell_dates(reader, asked, form)


def spread(row: PossibleStatuses) -> str:
    """The status of a cell or of a gate for people: its word, or lowest..highest, in the colour of what it is."""
    word = row["status"]
    if word == "uncertain":
        return status_word(word, f"{row['possible'][0]}..{row['possible'][-1]}")
    return status_word(word)


def _table(rows: list[CellState]) -> None:
    headers = ["company", "chip", "status", "held by", "gates", "last report"]
    cells = [
        [
            row["company"],
            row["chip"],
            spread(row),
            " ".join(row["held_by"]) if row["status"] != "cleared" else "",
            ", ".join(f"{gate['gate']} {_gate(gate)}" for gate in row["gates"]),
            row["last_report"] or "",
        ]
        for row in rows
    ]
    if sys.stdout.isatty() and terminal_width() < WIDE:
        gates = headers.index("gates")
        headers, *cells = [[*row[:gates], *row[gates + 1 :]] for row in [headers, *cells]]
    print_table(headers, cells)
    for row in rows if len(rows) == 1 else []:
        for key, wording in row["conditions"].items():
            click.echo(fold(f"condition {one_line(key)}: {one_line(wording)}", 2))


def _gate(gate: GateState) -> str:
    possible = gate["possible"]
    return f"{possible[0]}..{possible[-1]}" if gate["status"] == "uncertain" else str(gate["status"])
