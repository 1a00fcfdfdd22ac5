"""``policytracker quantities``: ordered, approved and shipped, as ranges, by chip."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from policytracker.cli.folding import fold
from policytracker.cli.options import clock_options, open_reader, tell_dates
from policytracker.cli.output import dim, emit, heading, output_options
from policytracker.questions.escaping import one_line
from policytracker.questions.quantities import quantities as ranges
from policytracker.questions.reader import Clocks
from policytracker.questions.telling import range_in_words

if TYPE_CHECKING:
    from policytracker.questions.ledger_answers import QuantityRange

KIND_WIDTH = len("approved")
INDENT = 2 + KIND_WIDTH + 2


@click.command(short_help="Ordered, approved and shipped, as ranges, by chip.")
@click.argument("chip", required=False)
@clock_options
@output_options
@click.pass_context
def quantities(context: click.Context, /, chip: str | None, form: str | None, **clocks: Any) -> None:
    """How many chips were reported as ordered, approved and shipped, of CHIP or of every chip.

    Ranges keep the vagueness of the reports. Ranges for different companies or chips may overlap: they stand
    side by side and are never added. A doubtful report widens a range to both outcomes.

    \b
    Examples:
      policytracker quantities H200 --at 2026-01-28
      policytracker quantities --at 2026-01-30 --csv
    """
    asked = Clocks(**clocks)
    with open_reader(context) as reader:
        emit(ranges(reader, asked, chip), form, _for_people)
        tell_dates(reader, asked, form)


def _for_people(rows: list[QuantityRange]) -> None:
    for chip, found in groupby(rows, key=lambda row: row["chip"]):
        click.echo(heading(one_line(chip)))
        for row in found:
            _range(row)
    if not rows:
        click.echo("no quantity is known")


def _range(row: QuantityRange) -> None:
    doubt = "" if row["certain"] else ", not certain"
    with_others = f", together with {', '.join(row['together_with'])}" if row["together_with"] else ""
    amount = heading(range_in_words(row))
    whom = one_line(f"for {row['companies']}{with_others}{doubt}")
    click.echo(fold(f"  {row['kind']:<{KIND_WIDTH}}  {amount} {whom}", INDENT))
    if row["wording"]:
        click.echo(fold(" " * INDENT + one_line(f"“{row['wording']}”"), INDENT + 2))
    for source in row["sources"]:
        click.echo(dim(fold(" " * INDENT + one_line(source), INDENT + 2)))
