"""What ``review`` shows of a draft, and how what is accepted is recorded."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from policytracker.cli.cell_changes import tell_changes_in_short
from policytracker.cli.effect_output import tell_effects
from policytracker.cli.folding import fold
from policytracker.cli.options import open_reader
from policytracker.cli.output import counted, dim, file_name, heading
from policytracker.cli.record_output import tell_cells
from policytracker.questions.escaping import one_line, safe

if TYPE_CHECKING:
    from policytracker.authoring.draft_files import Draft, DraftFile
    from policytracker.authoring.reviewing import Examined


def tell_draft(title: str, file: DraftFile, draft: Draft, found: Examined, today: int) -> None:
    """A draft, and all that is to be known before it is accepted."""
    fields = draft.block.fields
    called = fields.get("ref") or fields.get("type") or "event"
    click.echo()
    click.echo(heading(one_line(f"{title}: {called} ({draft.block.name}, line {draft.block.line})")))
    if found.sentence:
        click.echo(fold(f"  {one_line(found.sentence)}", 2))
        _tell_quote_and_comments(file, draft)
    else:
        click.echo(safe(file.lines_of(draft)))
    for why in found.faults:
        click.echo(fold(f"  refused: {one_line(why)}", 4))
    for why in found.warnings:
        click.echo(fold(f"  look twice: {one_line(why)}", 4))
    if found.entry is None and not found.faults:
        click.echo("  recorded already: accepted or not, it adds nothing")
    if found.effects is not None:
        tell_cells(found.cells, today, "would change")
        tell_changes_in_short(found.cells)
        tell_effects(found.effects, found.cells)


def _tell_quote_and_comments(file: DraftFile, draft: Draft) -> None:
    quote = draft.block.fields.get("quote") or (draft.block.report or {}).get("quote")
    if quote:
        click.echo(fold(f"  quote: “{one_line(str(quote))}”", 4))
    for comment in file.comments_of(draft):
        click.echo(dim(fold(f"  # {one_line(comment)}", 4)))


def record_accepted(context: click.Context, name: str, file: DraftFile, recorder: str, at_once: bool) -> None:
    """Record the events of a file that are no drafts, once somebody says so."""
    from policytracker.authoring.reviewing import accepted_lines
    from policytracker.cli.import_ import tell_imported
    from policytracker.cli.options import path_of
    from policytracker.keeping.verify import check_to_append
    from policytracker.ledger.appending import append_lines
    from policytracker.ledger.store import Store

    with open_reader(context) as reader:
        lines = accepted_lines(name, file.blocks, reader)
    if not lines:
        return
    if not at_once and not _wants(name, len(lines), bool(file.drafts)):
        return
    check_to_append(path_of(context))
    with Store(path_of(context)) as store:
        outcome = append_lines(store, lines, recorder=recorder)
    tell_imported(context, outcome, lines)


def _wants(name: str, count: int, has_drafts: bool) -> bool:
    """Whether the events are to be recorded now: asked on a terminal."""
    if sys.stdin.isatty() and sys.stderr.isatty():
        events = f"the {counted(count, 'event')} of the file that {'is' if count == 1 else 'are'} no draft"
        return click.confirm(f"Record {events}?", err=True)
    later = "review it with --record" if has_drafts else f"`policytracker import {file_name(name)}` records them"
    click.echo(f"nothing is recorded so far; {later}")
    return False
