"""``policytracker check``: one line a pair and an exit code, for scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from policytracker.cli import bounded, cell_lines, columns
from policytracker.cli.completing import Named
from policytracker.cli.options import clock_options, open_reader, tell_dates
from policytracker.cli.output import emit, output_options
from policytracker.questions import check as questions
from policytracker.questions import names
from policytracker.questions.reader import Clocks, Reader

if TYPE_CHECKING:
    from policytracker.questions.answers import CheckedCell, GateState


@click.command(short_help="One line a pair and an exit code, for scripts.")
@click.argument("company", required=False, type=Named("COMPANY", "a-company"))
@click.argument("chip", required=False, type=Named("CHIP", "a-chip"))
@click.option("--file", "file", type=click.File("rb"), help="A CSV file of pairs: company,chip.")
@click.option("--accept", type=click.Choice(["conditional"]), help="Count `yes, under conditions` as yes (exit 0).")
@clock_options
@output_options
@click.pass_context
def check(
    context: click.Context,
    /,
    company: str | None,
    chip: str | None,
    file: BinaryIO | None,
    accept: str | None,
    form: str | None,
    **clocks: Any,
) -> None:
    """May COMPANY import CHIP? One line a pair, and the worst exit code of all pairs.

    Below each pair the command prints the claims that the answer rests on, the conditions that bind, and what
    is left of an approval with a quantity, each with its gate and its source.

    \b
    Exit codes: 0 certainly cleared; 6 at worst conditional (its conditions are printed; 0 with
    --accept conditional); 4 not certain; 3 no: at best below conditional, or what was approved is used
    up; 1 refused; 2 wrong usage.

    \b
    Examples:
      policytracker check Tencent H200 --at 2026-01-28
      policytracker check --file pairs.csv --accept conditional --csv
    """
    if (company is None or chip is None) == (file is None) or (file is not None and company is not None):
        raise click.UsageError("give COMPANY and CHIP, or --file with pairs of them")
    asked = Clocks(**clocks)
    with open_reader(context) as reader:
        rows = list(_answers(reader, asked, company, chip, file))
        emit(rows, form, lambda found: _for_people(reader, asked, found), columns.CHECK)
        tell_dates(reader, asked, form)
    codes: list[int] = [row["code"] for row in rows]
    if accept:
        codes = [0 if code == questions.CONDITIONS else code for code in codes]
    context.exit(questions.worst(codes))


def _answers(
    reader: Reader, asked: Clocks, company: str | None, chip: str | None, file: BinaryIO | None
) -> Iterator[CheckedCell]:
    if file is not None:
        content = bounded.read(file, file.name, "file of pairs", bounded.LARGEST_PAIRS)
        return questions.check(reader, asked, file.name, questions.read_pairs(file.name, content))
    directory = reader.directory_at(asked.recorded, asked.at)
    pair = names.company(directory, company or ""), names.chip(directory, chip or "")
    return questions.answers(reader, asked, [pair])


def _for_people(reader: Reader, asked: Clocks, rows: list[CheckedCell]) -> None:
    # Imported here: what programs read needs no sources in words.
    from policytracker.questions.claim_sources import ClaimSources

    claims = ClaimSources(reader, asked)
    for row in rows:
        limited = f", limited by {' '.join(row['limited_by'])}" if row["code"] else ""
        status = f"{cell_lines.spread(row)}{'' if row['gates'] else f', {cell_lines.DOMESTIC}'}"
        click.echo(f"{row['company']} {row['chip']}: {row['answer']} ({status}{limited})")
        cell_lines.print_gates([gate for gate in row["gates"] if _matters(row, gate)], claims)
        if row["code"] == questions.CONDITIONS:
            cell_lines.print_conditions(row, claims)
        cell_lines.print_left(row, claims)
        cell_lines.print_notes(row)


def _matters(row: CheckedCell, gate: GateState) -> bool:
    """Whether an answer rests on what is said at a gate: a yes on all of them, any other on those that limit it."""
    return row["code"] in (questions.CLEARED, questions.CONDITIONS) or gate["gate"] in row["limited_by"]
