"""How answers are printed: a table for people, or exactly one of --json, --nl, --csv, --md."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import click

from policytracker.questions.escaping import json_text as json_text
from policytracker.questions.escaping import safe
from policytracker.questions.flattening import flat
from policytracker.questions.spreadsheets import csv_lines

Row = TypeVar("Row", bound=Mapping[str, object])
"""An answer: an object of one of the shapes that questions give."""
Command = TypeVar("Command", bound=Callable[..., Any])

_WITH_BOM = "policytracker.bom"
"""Where a command's context keeps whether CSV is to begin with a byte order mark."""
PRINTED_AT_ONCE = 32_768
"""Characters of lines that are printed at once."""
_MARKDOWN = r"[\\`*<>|\[\]~$]"
"""What would begin a cell, a link, markup or HTML in a Markdown table."""
STATUS_COLOURS = {
    "prohibited": "red",
    "blocked": "red",
    "pending": "yellow",
    "in_principle": "yellow",
    "licensable": "bright_blue",
    "conditional": "cyan",
    "cleared": "green",
    "uncertain": "magenta",
    "unknown": "bright_black",
}


def output_options(command: Command) -> Command:
    """Add --json, --nl, --csv, --md and --bom; the command takes ``form`` (None: a table)."""
    told = "With --csv: begin with a byte order mark, by which Excel knows UTF-8."
    command = click.option("--bom", is_flag=True, callback=_bom, expose_value=False, help=told)(command)
    return form_options(
        json="Print one JSON array.",
        nl="Print JSON lines.",
        csv="Print comma-separated values.",
        md="Print a Markdown table.",
    )(command)


def form_options(**helps: str) -> Callable[[Command], Command]:
    """Add an option for each form, of which a user gives one; the command takes ``form`` (None: text for people)."""

    def add(command: Command) -> Command:
        for form, told in reversed(helps.items()):
            command = _form_option(form, told)(command)
        return command

    return add


def _form_option(form: str, told: str) -> Callable[[Command], Command]:
    return click.option(
        f"--{form}",
        f"form_{form}",
        flag_value=form,
        default=None,
        callback=_one_form,
        expose_value=False,
        help=told,
    )


def _one_form(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    context.params.setdefault("form", None)
    if value is None:
        return
    if context.params["form"] not in (None, value):
        raise click.UsageError(f"--{context.params['form']} and --{value} exclude each other; give one of them")
    context.params["form"] = value


def _bom(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    context.meta[_WITH_BOM] = value


def _starts_with_bom(form: str | None) -> bool:
    """Whether CSV begins with a byte order mark. Raises UsageError where one is asked for in another form."""
    context = click.get_current_context(silent=True)
    with_bom = context is not None and bool(context.meta.get(_WITH_BOM))
    if with_bom and form != "csv":
        raise click.UsageError("--bom is for CSV; give --csv with it, or leave it out")
    return with_bom


def emit(
    rows: Iterable[Row],
    form: str | None,
    table: Callable[[list[Row]], None] | None = None,
    columns: Sequence[str] | None = None,
) -> None:
    """Print rows in the form asked for; ``table`` prints them for people, where they may be.

    ``columns`` are the columns of CSV, the same whatever the rows: keys of the rows, of which a row may lack some.
    Without them every key of any row is one. Raises UsageError for a byte order mark in another form.
    """
    with_bom = _starts_with_bom(form)
    if form == "nl":
        _emit_lines(map(json_text, rows))
    elif form == "json":
        click.echo("[" + ",\n ".join(json_text(row) for row in rows) + "]")
    elif form == "csv":
        _emit_csv(rows, columns, with_bom)
    elif form == "md":
        headers, cells = _grid(list(rows), columns)
        _tabulate(headers, [[re.sub(_MARKDOWN, r"\\\g<0>", cell) for cell in row] for row in cells], "github")
    elif table is not None:
        from policytracker.cli import pager

        found = list(rows)
        pager.start()
        table(found)


def _emit_lines(lines: Iterable[str]) -> None:
    """Print lines, many at once: asking the terminal for each of 400,000 takes longer than the answers do."""
    waiting: list[str] = []
    size = 0
    for line in lines:
        waiting.append(line)
        size += len(line)
        if size >= PRINTED_AT_ONCE:
            click.echo("\n".join(waiting))
            waiting, size = [], 0
    if waiting:
        click.echo("\n".join(waiting))


def counted(count: int, word: str) -> str:
    """How many of something.

    >>> counted(1, "event"), counted(2_000, "event")
    ('1 event', '2,000 events')
    """
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def file_name(path: object) -> str:
    """The name of a file for a message: on one line, whatever is in it."""
    return safe(str(path)).replace("\n", "\\n").replace("\t", "\\t")


def print_table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A plain table; texts are made safe, styled statuses (``status_word``) stay as they are."""
    _tabulate(headers, rows, "simple")


def status_word(word: str, text: str | None = None) -> str:
    """A status in its colour; always its word, so that nothing hangs on colour."""
    return click.style(text or word, fg=STATUS_COLOURS.get(word), bold=word in ("prohibited", "blocked"))


def heading(text: str) -> str:
    """A heading line."""
    return click.style(text, bold=True)


def dim(text: str) -> str:
    """Text of second rank."""
    return click.style(text, dim=True)


def _tabulate(headers: Sequence[str], rows: Sequence[Sequence[str]], style: str) -> None:
    from tabulate import tabulate

    click.echo(tabulate(rows, headers=headers, tablefmt=style, disable_numparse=True))


def _grid(rows: Sequence[Mapping[str, object]], columns: Sequence[str] | None) -> tuple[Sequence[str], list[list[str]]]:
    """One column for every key of any row; of no rows the columns that rows would have."""
    headers = _keys(rows) or columns or ()
    return headers, [[flat(row.get(key)) for key in headers] for row in rows]


def _keys(rows: Iterable[Mapping[str, object]]) -> list[str]:
    """Every key of any row, in the order in which they first come."""
    return list(dict.fromkeys(key for row in rows for key in row))


def _emit_csv(rows: Iterable[Mapping[str, object]], columns: Sequence[str] | None, with_bom: bool) -> None:
    if columns is None:
        rows = list(rows)
        columns = _keys(rows)
    _emit_lines(csv_lines(columns, rows, with_bom))
