"""``policytracker check``: one line a pair and an exit code, for scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from policytracker.cli import bounded
from policytracker.cli.options import clock_options, open_reader, tell_dates
from policytracker.cli.output import emit, output_options
from policytracker.cli.state import spread
from policytracker.questions import check as questions
from policytracker.questions import names
from policytracker.questions.escaping import one_line
from policytracker.questions.reader import Clocks, Reader

if TYPE_CHECKING:
    from policytracker.questions.answers import CheckedCell


@click.command(short_help="One line a pair and an exit code, for scripts.")
@click.argument("company", required=False)
@click.argument("chip", required=False)
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

    \b
    Exit codes: 0 certainly cleared; 6 at worst conditional (its conditions are printed; 0 with
    --accept conditional); 4 not certain; 3 no: at best below conditional; 1 refused; 2 wrong usage.

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
        emit(rows, form, lambda found: _lines(found, accept))
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


def _lines(rows: list[CheckedCell], accept: str | None) -> None:
    for row in rows:
        held = f", held back by {' '.join(row['held_by'])}" if row["code"] else ""
        click.echo(f"{row['company']} {row['chip']}: {row['answer']} ({spread(row)}{held})")
        if row["code"] == questions.CONDITIONS and not accept:
            for key, wording in row["conditions"].items():
                click.echo(f"  condition {one_line(key)}: {one_line(wording)}")
