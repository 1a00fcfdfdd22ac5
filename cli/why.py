"""``policytracker why``: gate by gate, what decides, what else is known, and what would settle it."""

from __future__ import annotations

from typing import Any

import click

from policytracker.cli.completing import Named
from policytracker.cli.options import clock_options, open_reader, tell_dates
from policytracker.cli.output import emit, output_options
from policytracker.cli.why_output import print_why
from policytracker.questions import columns
from policytracker.questions.reader import Clocks
from policytracker.questions.spreadsheet_rows import of_why
from policytracker.questions.why import why as gates_of


@click.command(short_help="Gate by gate: what decides, what is overridden, what would settle it.")
@click.argument("company", type=Named("COMPANY", "a-company"))
@click.argument("chip", type=Named("CHIP", "a-chip"))
@click.option(
    "--all", "everything", is_flag=True, help="Also the claims at its gates for others; all signals and developments."
)
@clock_options
@output_options
@click.pass_context
def why(context: click.Context, /, company: str, chip: str, everything: bool, form: str | None, **clocks: Any) -> None:
    """Why COMPANY may or may not import CHIP: every claim at each gate, what it does there, and on whose word.

    First the claims that decide, with their conditions. Then the others: overridden by a later claim, without
    effect, not applying, or heard and not counted, each with the reason. An uncertain answer names the claims that
    would settle it.

    \b
    Examples:
      policytracker why Tencent H200 --at 2026-01-28 --known 2026-01-28T12:00Z
      policytracker why 字节跳动 H20 --at 2025-09-01 --csv
    """
    asked = Clocks(**clocks)
    with open_reader(context) as reader:
        gates = gates_of(reader, asked, company, chip, everything)
        if form in ("csv", "md"):
            emit(of_why(gates), form, columns=columns.WHY)
        else:
            emit(gates, form, lambda found: print_why(found, everything))
        tell_dates(reader, asked, form)
