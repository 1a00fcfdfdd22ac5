"""``policytracker quantities``: ordered, licensed, approved and shipped, as ranges, by chip."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from policytracker.cli.completing import Named
from policytracker.cli.folding import fold
from policytracker.cli.options import clock_options, open_reader, tell_dates
from policytracker.cli.output import dim, emit, heading, output_options
from policytracker.questions import columns
from policytracker.questions.escaping import one_line
from policytracker.questions.quantities import quantities as ranges
from policytracker.questions.reader import Clocks
from policytracker.questions.telling import called
from policytracker.questions.values import range_in_words

if TYPE_CHECKING:
    from policytracker.questions.quantity_answers import QuantityFigure, QuantityRange

KIND_WIDTH = len("approved")
INDENT = 2 + KIND_WIDTH + 2


@click.command(short_help="Ordered, licensed, approved and shipped, as ranges, by chip.")
@click.argument("chip", required=False, type=Named("CHIP", "a-chip"))
@click.option(
    "--company", type=Named("NAME", "a-company"), help="Only what is counted for this company, certainly or possibly."
)
@clock_options
@output_options
@click.pass_context
def quantities(
    context: click.Context, /, chip: str | None, company: str | None, form: str | None, **clocks: Any
) -> None:
    """How much was reported as ordered, licensed, approved and shipped, of CHIP or of every chip.

    Ranges keep the vagueness of the reports. Figures of one unit for the same companies and chips are added up,
    and a total replaces earlier ones. Ranges for different companies or chips may overlap: they stand side by
    side and are never added. A figure that counts only possibly adds nothing to the least.

    \b
    Examples:
      policytracker quantities H200 --at 2026-01-28
      policytracker quantities --company Tencent --at 2026-01-30 --csv
    """
    asked = Clocks(**clocks)
    with open_reader(context) as reader:
        emit(ranges(reader, asked, chip, company), form, _for_people, columns.QUANTITIES)
        tell_dates(reader, asked, form)


def _for_people(rows: list[QuantityRange]) -> None:
    for chip, found in groupby(rows, key=lambda row: row["chip"]):
        click.echo(heading(one_line(chip)))
        for row in found:
            _range(row)
    if not rows:
        click.echo("no quantity is known")


def _range(row: QuantityRange) -> None:
    gate = f", at {row['gate']}" if row["gate"] else ""
    with_others = f", together with {', '.join(row['together_with'])}" if row["together_with"] else ""
    doubt = "" if row["certain"] else ", not certain"
    amount = heading(range_in_words(row))
    whom = one_line(f"for {row['companies']}{gate}{with_others}{doubt}")
    click.echo(fold(f"  {row['kind']:<{KIND_WIDTH}}  {amount} {whom}", INDENT))
    for figure in row["figures"]:
        click.echo(fold(" " * INDENT + one_line(_says(row, figure)), INDENT + 2))
        for source in _sources(figure):
            click.echo(dim(fold(" " * (INDENT + 2) + one_line(source), INDENT + 4)))


def _says(row: QuantityRange, figure: QuantityFigure) -> str:
    """What one event says of the quantity."""
    amount = range_in_words({**figure, "unit": row["unit"], "per": row["per"]})
    in_all = " in all" if figure["basis"] == "total" else ""
    wording = f" ({figure['wording']})" if figure["wording"] else ""
    doubt = "" if figure["counts"] == "certainly" else ", counts possibly"
    replaced = ", ".join(called(event, None) for event in figure["replaces"])
    words = f"{called(figure['event'], figure['ref'])}: {amount}{in_all}{wording}{doubt}"
    return f"{words}; replaces {replaced}" if replaced else words


def _sources(figure: QuantityFigure) -> Iterator[str]:
    """The reports that give a figure, those that give another, and those that deny it."""
    yield from figure["sources"]
    for other in figure["instead"]:
        yield from (f"instead {range_in_words(other)}: {source}" for source in other["sources"])
    yield from (f"disputed: {source}" for source in figure["disputed_by"])
