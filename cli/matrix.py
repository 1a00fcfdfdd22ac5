"""``policytracker matrix``: companies and chips at a glance."""

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import click

from policytracker.cli.cell_lines import DOMESTIC
from policytracker.cli.completing import Named
from policytracker.cli.drawing import Drawing, drawing_of, drawing_options, emit_drawing
from policytracker.cli.folding import fold, terminal_width
from policytracker.cli.options import clock_options, open_reader, path_of, tell_dates
from policytracker.cli.output import dim, emit, output_options, print_table, status_word
from policytracker.ledger.where import Where
from policytracker.questions import columns
from policytracker.questions.matrix import Matrix, spread
from policytracker.questions.matrix import matrix as ask
from policytracker.questions.reader import Clocks
from policytracker.status.directory import Directory
from policytracker.status.entries import Fields
from policytracker.status.words import summary

CODES = {
    "prohibited": "PROH",
    "blocked": "BLCK",
    "pending": "PEND",
    "in_principle": "PRIN",
    "licensable": "LICN",
    "conditional": "COND",
    "cleared": "CLRD",
    "unknown": "?",
    DOMESTIC: "DOM",
}
"""What is printed in place of the words where the terminal is narrow."""
Ids = tuple[str, ...]
Groups = Sequence[Ids]
CHIPS_WIDTH = 26


@click.command(short_help="Companies and chips at a glance.")
@click.option(
    "--company",
    "companies",
    multiple=True,
    type=Named("NAME", "a-company"),
    help="Only this company; may be repeated.",
)
@click.option("--chip", "chips", multiple=True, type=Named("NAME", "a-chip"), help="Only this chip; may be repeated.")
@click.option("--each", is_flag=True, help="One column a company, one row a chip: do not gather those that are alike.")
@drawing_options
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
    at: int,
    known: int | None,
    recorded: int | None,
    **drawn: Any,
) -> None:
    """Companies and chips at a glance: what each may import.

    Chips (down) that are alike for every company share a row, companies (across) that are alike for every
    chip share a column, named by the first of them and listed below. An uncertain status is shown as
    lowest..highest; `domestic` is a chip of the company's own jurisdiction, which passes no gate.

    \b
    Examples:
      policytracker matrix --at 2026-01-28 --known 2026-01-28T12:00Z
      policytracker matrix --company Tencent --company 字节跳动 --chip H20 --chip H200 --each
      policytracker matrix --chip H20 --chip H200 --svg -o matrix.svg
    """
    asked, drawing = Clocks(at, known, recorded), drawing_of(form, {}, **drawn)
    with open_reader(context) as reader:
        found = ask(reader, asked, companies, chips)
        if drawing.is_asked_for:
            _draw(path_of(context), asked, found, each, drawing)
        elif form in ("csv", "md"):
            # Imported here: a table for people starts sooner without it.
            from policytracker.questions.spreadsheet_rows import of_matrix

            emit(of_matrix(found.rows()), form, columns=(*columns.MATRIX, *found.chips))
        else:
            emit(found.rows(), form, lambda _: Table(found, reader.directory_at(asked.recorded, asked.at), each).show())
        tell_dates(reader, asked, drawing.form or form)


def _draw(ledger: Where, asked: Clocks, found: Matrix, each: bool, drawing: Drawing) -> None:
    # Imported here: what draws is as large as a server.
    from policytracker.web.drawn_alone import matrix_drawing
    from policytracker.web.pictures.matrix import MOST_DRAWN

    names = len(found.companies) + len(found.chips)
    if not found.companies or not found.chips:
        raise click.ClickException("there is nothing to draw: no company or no chip is registered by these dates")
    if names > MOST_DRAWN:
        raise click.ClickException(
            f"{names:,} companies and chips are too many for one drawing; name some with --company and --chip, "
            f"together at most {MOST_DRAWN}"
        )
    emit_drawing(matrix_drawing(ledger, asked, found, each), drawing)


class Table:
    """The matrix for people."""

    def __init__(self, found: Matrix, directory: Directory, each: bool) -> None:
        self._found, self._directory = found, directory
        homes = {chip: _home(directory.chips[chip]) for chip in found.chips}
        self._homes = {home for home in homes.values() if home}
        self._across = list(_parted(found.companies, each, found.alike_companies(), self._home_of))
        self._down = list(_parted(found.chips, each, found.alike_chips(), homes.__getitem__))
        self._short = False

    def show(self) -> None:
        """Print it, in blocks that fit side by side, then who stands in each column."""
        room = terminal_width() if sys.stdout.isatty() else None
        self._short = room is not None and sum(self._widths()) + CHIPS_WIDTH > room
        for block in blocks(self._across, self._widths(), room):
            body = [[_wrapped(chips), *(self._cell(companies, chips) for companies in block)] for chips in self._down]
            print_table(["", *map(_heading, block)], body)
            click.echo()
        for companies in self._across:
            if len(companies) > 2:
                click.echo(fold(dim(f"{_heading(companies)}: {', '.join(companies)}"), 2))
        if self._short:
            click.echo(fold(dim("codes: " + ", ".join(f"{code} {word}" for word, code in CODES.items())), 2))

    def _home_of(self, company: str) -> str | None:
        """The jurisdiction of a company for which some chip shown is domestic."""
        home: str = self._directory.companies[company]["jurisdiction"]
        return home if home in self._homes else None

    def _cell(self, companies: Ids, chips: Ids) -> str:
        return status_word(summary(self._found.possible[companies[0], chips[0]]), self._text(companies, chips))

    def _text(self, companies: Ids, chips: Ids) -> str:
        is_domestic = self._homes and not self._directory.gates(companies[0], chips[0])
        text = DOMESTIC if is_domestic else spread(self._found.possible[companies[0], chips[0]])
        return "..".join(CODES[word] for word in text.split("..")) if self._short else text

    def _widths(self) -> list[int]:
        """How wide each column is, with the space before it; the table keeps two columns free beside a heading."""
        return [
            2 + max(len(_heading(companies)) + 2, *(len(self._text(companies, chips)) for chips in self._down))
            for companies in self._across
        ]


def _home(chip: Fields) -> str | None:
    """The jurisdiction whose companies pass no gate for a chip (semantics.md §1), if there is one."""
    origin: str | None = chip.get("origin")
    return origin if origin and set(chip["controlled_by"]) <= {origin} else None


def _parted(ids: Ids, each: bool, alike: Groups, by: Callable[[str], str | None]) -> Iterator[Ids]:
    """Those that are alike, parted where some are domestic and some are not; or one by one."""
    for group in [(one,) for one in ids] if each else alike:
        found: dict[str | None, list[str]] = {}
        for one in group:
            found.setdefault(by(one), []).append(one)
        yield from map(tuple, found.values())


def blocks(across: Groups, widths: Sequence[int], room: int | None) -> Iterator[Groups]:
    """The columns, in blocks that fit side by side; one block where there is room for all."""
    block: list[Ids] = []
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


def _heading(companies: tuple[str, ...]) -> str:
    return ", ".join(companies) if len(companies) < 3 else f"{companies[0]} +{len(companies) - 1}"


def _wrapped(chips: tuple[str, ...]) -> str:
    from textwrap import fill

    return fill(", ".join(chips), CHIPS_WIDTH)
