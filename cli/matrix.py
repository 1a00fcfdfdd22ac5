"""``policytracker matrix``: companies and chips at a glance."""

import sys
from collections.abc import Iterator, Sequence
from typing import Any

import click

from policytracker.cli.folding import fold, terminal_width
from policytracker.cli.options import clock_options, open_reader, tell_dates
from policytracker.cli.output import dim, emit, output_options, print_table, status_word
from policytracker.questions.matrix import Matrix, spread
from policytracker.questions.matrix import matrix as ask
from policytracker.questions.reader import Clocks
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
CHIPS_WIDTH = 26


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
    with open_reader(context) as reader:
        found = ask(reader, asked, companies, chips)
        if form in ("csv", "md"):
            emit(({"company": row["company"], **row["cells"]} for row in found.rows()), form)
        else:
            emit(found.rows(), form, lambda _: _table(found, each))
        tell_dates(reader, asked, form)


def _table(found: Matrix, each: bool) -> None:
    across: Groups = [(company,) for company in found.companies] if each else found.alike_companies()
    down: Groups = [(chip,) for chip in found.chips] if each else found.alike_chips()
    room = terminal_width() if sys.stdout.isatty() else None
    short = room is not None and sum(_widths(found, across, down, False)) + CHIPS_WIDTH > room
    for block in blocks(across, _widths(found, across, down, short), room):
        body = [
            [_wrapped(chips), *(_cell(found.possible[companies[0], chips[0]], short) for companies in block)]
            for chips in down
        ]
        print_table(["", *map(_heading, block)], body)
        click.echo()
    for companies in across:
        if len(companies) > 2:
            click.echo(fold(dim(f"{_heading(companies)}: {', '.join(companies)}"), 2))
    if short:
        click.echo(fold(dim("codes: " + ", ".join(f"{code} {word}" for word, code in CODES.items())), 2))


def blocks(across: Groups, widths: Sequence[int], room: int | None) -> Iterator[Groups]:
    """The columns, in blocks that fit side by side; one block where there is room for all."""
    block: list[tuple[str, ...]] = []
    left = room
    for companies, width in zip(across, widths, strict=True):
        if left is not None and room is not None:
            if not block:
                left = room - CHIPS_WIDTH
            elif width > left:
                yield block
                block, left = [], room - CHIPS_WIDTH
            left -= width
        block.append(companies)
    yield block


def _cell(possible: int, short: bool) -> str:
    return status_word(summary(possible), _text(possible, short))


def _text(possible: int, short: bool) -> str:
    text = spread(possible)
    return "..".join(CODES[word] for word in text.split("..")) if short else text


def _heading(companies: tuple[str, ...]) -> str:
    return ", ".join(companies) if len(companies) < 3 else f"{companies[0]} +{len(companies) - 1}"


def _wrapped(chips: tuple[str, ...]) -> str:
    from textwrap import fill

    return fill(", ".join(chips), CHIPS_WIDTH)


def _widths(found: Matrix, across: Groups, down: Groups, short: bool) -> list[int]:
    """How wide each column is, with the space before it; the table keeps two columns free beside a heading."""
    return [
        2 + max(len(_heading(group)) + 2, *(len(_text(found.possible[group[0], chips[0]], short)) for chips in down))
        for group in across
    ]
