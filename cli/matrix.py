"""``policytracker matrix``: companies and chips at a glance."""

import shutil
import sys
from collections.abc import Sequence
from typing import Any

import click

from policytracker.cli.options import clock_options, open_books, tell_dates
from policytracker.cli.output import dim, emit, output_options, print_table, status_word
from policytracker.questions.books import Clocks
from policytracker.questions.matrix import Matrix, spread
from policytracker.questions.matrix import matrix as ask
from policytracker.status.words import summary

CODES = {
    "prohibited": "PROH",
    "blocked": "BLCK",
    "pending": "PEND",
    "in_principle": "PRIN",
    "conditional": "COND",
    "cleared": "CLRD",
    "unknown": "?",
}
Groups = Sequence[tuple[str, ...]]


@click.command(short_help="Companies and chips at a glance.")
@click.option("--company", "companies", multiple=True, metavar="NAME", help="Only this company; may be repeated.")
@click.option("--chip", "chips", multiple=True, metavar="NAME", help="Only this chip; may be repeated.")
@click.option("--each", is_flag=True, help="One column a company, one row a chip: do not gather those that are alike.")
@clock_options
@output_options
@click.pass_context
def matrix(
    context: click.Context,
    /,
    companies: tuple[str, ...],
    chips: tuple[str, ...],
    each: bool,
    form: str | None,
    **clocks: Any,
) -> None:
    """Companies and chips at a glance: what each may import.

    Chips (down) that are alike for every company share a row, companies (across) that are alike for every
    chip share a column, named by the first of them and listed below. An uncertain status is shown as
    lowest..highest.

    \b
    Examples:
      policytracker matrix --at 2026-01-28 --known 2026-01-28T12:00Z
      policytracker matrix --company Tencent --company 字节跳动 --chip H20 --chip H200 --each
    """
    asked = Clocks(**clocks)
    with open_books(context) as books:
        found = ask(books, asked, companies, chips)
        rows = found.rows()
        if form in ("csv", "md"):
            rows = [{"company": row["company"], **row["cells"]} for row in rows]
        emit(rows, form, lambda _: _table(found, each))
        tell_dates(books, asked, form)


def _table(found: Matrix, each: bool) -> None:
    across: Groups = [(company,) for company in found.companies] if each else found.alike_companies()
    down: Groups = [(chip,) for chip in found.chips] if each else found.alike_chips()
    short = sys.stdout.isatty() and _width(found, across, down) > shutil.get_terminal_size().columns
    body = [
        [_wrapped(chips), *(_cell(found.possible[companies[0], chips[0]], short) for companies in across)]
        for chips in down
    ]
    print_table(["", *map(_heading, across)], body)
    for companies in across:
        if len(companies) > 2:
            click.echo(dim(f"{_heading(companies)}: {', '.join(companies)}"))
    if short:
        click.echo(dim("codes: " + ", ".join(f"{code} {word}" for word, code in CODES.items())))


def _cell(possible: int, short: bool) -> str:
    text = spread(possible)
    if short:
        text = "..".join(CODES[word] for word in text.split(".."))
    return status_word(summary(possible), text)


def _heading(companies: tuple[str, ...]) -> str:
    return ", ".join(companies) if len(companies) < 3 else f"{companies[0]} +{len(companies) - 1}"


def _wrapped(chips: tuple[str, ...]) -> str:
    from textwrap import fill

    return fill(", ".join(chips), 30)


def _width(found: Matrix, across: Groups, down: Groups) -> int:
    columns = [
        max(len(_heading(companies)), *(len(spread(found.possible[companies[0], chips[0]])) for chips in down))
        for companies in across
    ]
    return 30 + sum(width + 2 for width in columns)
