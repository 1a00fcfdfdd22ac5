"""``policytracker check``: one line a pair and an exit code, for scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from policytracker.cli import bounded
from policytracker.cli.folding import fold
from policytracker.cli.options import clock_options, open_reader, tell_dates
from policytracker.cli.output import dim, emit, output_options
from policytracker.cli.state import spread
from policytracker.questions import check as questions
from policytracker.questions import names
from policytracker.questions.amounts import left_in_words
from policytracker.questions.claim_sources import ClaimSources
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

    Below a pair stand the conditions that bind, and what is left of an approval with a quantity, each with its
    gate, its claim and the claim's reports.

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
        emit(rows, form, lambda found: _lines(found, ClaimSources(reader, asked)))
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


def _lines(rows: list[CheckedCell], claims: ClaimSources) -> None:
    for row in rows:
        limited = f", limited by {' '.join(row['limited_by'])}" if row["code"] else ""
        click.echo(f"{row['company']} {row['chip']}: {row['answer']} ({spread(row)}{limited})")
        for claim, text in _particulars(row, claims):
            click.echo(fold(f"  {one_line(text)}", 4))
            for source in claims.sources(claim):
                click.echo(dim(fold(f"    {one_line(source)}", 6)))


def _particulars(row: CheckedCell, claims: ClaimSources) -> Iterator[tuple[str, str]]:
    """The conditions of an answer that is conditional, and what is left of approvals; each with the claim's id."""
    for each in row["conditions"] if row["code"] == questions.CONDITIONS else ():
        doubt = "" if each["binds"] == "certainly" else ", possibly"
        at = f"{each['gate']}, {claims.name(each['claim'])}"
        yield each["claim"], f"{at}: condition {each['key']}: {each['wording']}{doubt}"
    gates = {claim: gate["gate"] for gate in row["gates"] for claim in gate["claims"]}
    for left in row["left"] or ():
        yield left["claim"], f"{gates[left['claim']]}, {claims.name(left['claim'])}: {left_in_words(left)}"
