"""``policytracker check``: one line a pair and an exit code, for scripts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from policytracker.cli import bounded, cell_lines
from policytracker.cli.completing import Named
from policytracker.cli.options import clock_options, open_reader, tell_dates, tell_used
from policytracker.cli.output import emit, output_options
from policytracker.questions import check as questions
from policytracker.questions import columns, names
from policytracker.questions.dates_used import newest_in_words, notes, point_in_words
from policytracker.questions.pairs import AskedPair, asked_pairs, read_pairs
from policytracker.questions.reader import Clocks, Reader

if TYPE_CHECKING:
    from policytracker.questions.answers import CheckedCell, GateState

MOST_NOTES = 10
"""Notes on the dates of a file's lines."""


@click.command(short_help="One line a pair and an exit code, for scripts.")
@click.argument("company", required=False, type=Named("COMPANY", "a-company"))
@click.argument("chip", required=False, type=Named("CHIP", "a-chip"))
@click.option("--file", "file", type=click.File("rb"), help="A CSV file of pairs, with dates or without.")
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

    Each line of --file is a company and a chip. A first line may name the columns, in any order: company, chip,
    at, known, recorded. The last three are dates, written as with the options. Where a line leaves one empty, the
    option counts. The answers come in the order of the lines.

    Exit codes: 0 certainly cleared; 6 at worst conditional (its conditions are printed; 0 with
    --accept conditional); 4 not certain; 3 no: at best below conditional, or what was approved is used
    up; 1 refused; 2 wrong usage.

    \b
    Examples:
      policytracker check Tencent H200 --at 2026-01-28
      policytracker check --file pairs.csv --accept conditional --csv
      printf 'company,chip,at,known\\ntencent,h200,2026-01-29,2026-01-29\\n' | policytracker check --file -
    """
    if (company is None or chip is None) == (file is None) or (file is not None and company is not None):
        raise click.UsageError("give COMPANY and CHIP, or --file with pairs of them")
    with open_reader(context) as reader:
        asked = _asked(reader, Clocks(**clocks), company, chip, file)
        rows = list(questions.answers(reader, asked))
        emit(rows, form, lambda found: _for_people(reader, asked, found), columns.CHECK)
        _tell_dates(reader, asked, form, file)
    codes: list[int] = [row["code"] for row in rows]
    if accept:
        codes = [0 if code == questions.CONDITIONS else code for code in codes]
    context.exit(questions.worst(codes))


def _asked(
    reader: Reader, clocks: Clocks, company: str | None, chip: str | None, file: BinaryIO | None
) -> list[AskedPair]:
    if file is not None:
        content = bounded.read(file, file.name, "file of pairs", bounded.LARGEST_PAIRS)
        return asked_pairs(reader, clocks, file.name, read_pairs(file.name, content))
    directory = reader.directory_at(clocks.recorded, clocks.at)
    return [AskedPair(names.company(directory, company or ""), names.chip(directory, chip or ""), clocks)]


def _tell_dates(reader: Reader, asked: Sequence[AskedPair], form: str | None, file: BinaryIO | None) -> None:
    """The dates below all answers, where they are the same for all; else they stand with each answer."""
    points = dict.fromkeys(pair.clocks for pair in asked)
    if len(points) == 1 or file is None:
        tell_dates(reader, asked[0].clocks, form)
        return
    first_line = {pair.clocks: pair.line for pair in reversed(asked)}
    found = (f"{file.name}:{first_line[point]}: {note}" for point in points for note in notes(reader, point))
    tell_used(reader, [newest_in_words(reader)], _few(found), form)


def _few(notes: Iterator[str]) -> Iterator[str]:
    """The first notes, and how many more there are."""
    yield from islice(notes, MOST_NOTES)
    more = sum(1 for _ in notes)
    if more:
        yield f"and {more:,} more of this kind"


def _for_people(reader: Reader, asked: Sequence[AskedPair], rows: list[CheckedCell]) -> None:
    # Imported here: what programs read needs no sources in words.
    from policytracker.questions.claim_sources import ClaimSources

    several = len({pair.clocks for pair in asked}) > 1
    claims = ClaimSources(reader, asked[0].clocks)
    for before, pair, row in zip((asked[0], *asked), asked, rows, strict=False):
        if pair.clocks != before.clocks:
            claims = ClaimSources(reader, pair.clocks)
        limited = f", limited by {' '.join(row['limited_by'])}" if row["code"] else ""
        status = f"{cell_lines.spread(row)}{'' if row['gates'] else f', {cell_lines.DOMESTIC}'}"
        dates = "".join(f", {date}" for date in point_in_words(pair.clocks)) if several else ""
        click.echo(f"{row['company']} {row['chip']}{dates}: {row['answer']} ({status}{limited})")
        cell_lines.print_gates([gate for gate in row["gates"] if _matters(row, gate)], claims)
        if row["code"] == questions.CONDITIONS:
            cell_lines.print_conditions(row, claims)
        cell_lines.print_left(row, claims)
        cell_lines.print_notes(row)


def _matters(row: CheckedCell, gate: GateState) -> bool:
    """Whether an answer rests on what is said at a gate: a yes on all of them, any other on those that limit it."""
    return row["code"] in (questions.CLEARED, questions.CONDITIONS) or gate["gate"] in row["limited_by"]
