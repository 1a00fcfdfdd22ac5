"""Digests and briefs: printed for a terminal, as Markdown, as a page in one file, or as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import click

from policytracker.cli.folding import fold
from policytracker.cli.options import tell_dates
from policytracker.cli.output import dim, emit, form_options, heading
from policytracker.questions.dates_used import dates_used, notes
from policytracker.questions.documents import Document, markdown, with_names
from policytracker.questions.escaping import one_line

if TYPE_CHECKING:
    from policytracker.questions.reader import Clocks, Reader

Command = TypeVar("Command", bound=Callable[..., Any])
HELPS = {
    "md": "Print Markdown.",
    "html": "Print a page in one file, without scripts, as for a mail.",
    "json": "Print JSON: an array of one object.",
}


def document_options(*forms: str) -> Callable[[Command], Command]:
    """Add an option for each of some forms; the command takes ``form`` (None: text for a terminal)."""
    return form_options(**{form: HELPS[form] for form in forms})


def emit_document(
    reader: Reader, clocks: Clocks, answer: Mapping[str, Any], document: Document, form: str | None
) -> None:
    """Print an answer in the form asked for, with the dates that it used."""
    dates = ["; ".join(dates_used(reader, clocks)), *notes(reader, clocks)]
    if form == "md":
        click.echo("\n".join(markdown(document, dates)))
    elif form == "html":
        from policytracker.web.documents import html

        click.echo(html(document, dates))
    else:
        emit([answer], form, lambda _: _for_people(document))
        tell_dates(reader, clocks, form)


def _for_people(document: Document) -> None:
    click.echo(heading(fold(one_line(document.title))))
    for text in document.lead:
        click.echo(fold(one_line(text)))
    for section in document.sections:
        click.echo(f"\n{heading(one_line(section.title))}")
        if section.lead:
            click.echo(fold(f"  {one_line(section.lead)}", 2))
        for told in section.told:
            click.echo(fold(f"  - {one_line(with_names(told.sentence, *told.called))}", 4))
            for source in told.by:
                click.echo(dim(fold(f"      {one_line(with_names(*source))}", 8)))
        if section.left_out:
            click.echo(f"  - {section.left_out}")
    if document.sections:
        click.echo()
    for text in document.end:
        click.echo(fold(one_line(text)))
