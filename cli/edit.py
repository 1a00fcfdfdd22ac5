"""``policytracker edit``: correct recorded events in an editor."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import mkstemp
from typing import TYPE_CHECKING

import click

from policytracker.cli.cell_changes import tell_changes_in_short
from policytracker.cli.completing import Named
from policytracker.cli.folding import fold
from policytracker.cli.options import open_reader, path_of, recorder_of
from policytracker.cli.output import counted, file_name
from policytracker.cli.streams import done
from policytracker.events.refusals import Refused
from policytracker.ledger.ledger_error import LedgerError
from policytracker.questions.escaping import one_line, safe

if TYPE_CHECKING:
    from policytracker.authoring.editing import Edited, Opened
    from policytracker.questions.reader import Reader

NOTHING = "nothing was changed, so nothing is recorded"


@click.command(short_help="Correct recorded events in your editor.")
@click.argument("events", nargs=-1, required=True, type=Named("REF", "event"), metavar="REF...")
@click.option("--yes", is_flag=True, help="Record the corrections without asking.")
@click.pass_context
def edit(context: click.Context, /, events: tuple[str, ...], yes: bool) -> None:
    """Open the report file of recorded events in your editor ($VISUAL, $EDITOR), and record what the edit means.

    What you change becomes a correction without a report: you mend what was recorded wrongly, and it counts as if it
    had always been so. It is shown first, with what it would change, and recorded once you say so. If the outlet
    corrects itself, use `record corrected` with its report.

    A fault is shown, and you can go on editing. What you wrote stays in a file, whose name is told, until it is
    recorded.

    \b
    Examples:
      policytracker edit cn-2026-01-28-batch
      policytracker edit us-2026-05-14-ten h200-none-2026-04-23 --yes
    """
    from policytracker.authoring.editing import opened

    with open_reader(context) as reader:
        found = opened(reader, events)
        path = _file(found.text)
        try:
            edited = _edited(reader, found, path)
            if edited is not None and edited.lines:
                _record(context, reader, edited, path, yes)
            else:
                path.unlink()
                click.echo(NOTHING)
        except click.Abort:
            raise click.ClickException(_kept(path)) from None
        except BaseException:
            if path.exists():
                click.echo(_kept(path), err=True)
            raise


def _file(text: str) -> Path:
    """A file of its own for the text, which only this user reads."""
    handle, name = mkstemp(prefix="policytracker-", suffix=".toml")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    return Path(name)


def _kept(path: Path) -> str:
    return f"nothing was recorded; what you wrote is in {file_name(path)}"


def _edited(reader: Reader, found: Opened, path: Path) -> Edited | None:
    """What the edit means, asked until it has no fault; None where nothing was changed."""
    from policytracker.authoring.editing import edited

    while True:
        click.edit(filename=str(path))
        try:
            text = path.read_bytes().decode("utf-8")
            if text == found.text:
                return None
            return _tried(reader, edited(reader, found, text, str(path)))
        except (Refused, LedgerError, UnicodeDecodeError) as fault:
            click.echo(safe(str(fault)), err=True)
            if not click.confirm("Go on editing?", default=True, err=True):
                raise click.Abort from None


def _tried(reader: Reader, edited: Edited) -> Edited:
    """The same, once the ledger would take it. Raises RefusedLines."""
    from policytracker.ledger.appending import append_lines
    from policytracker.ledger.store import Store

    if edited.lines:
        with Store(reader.ledger) as store:
            append_lines(store, edited.lines, dry=True)
    return edited


def _record(context: click.Context, reader: Reader, edited: Edited, path: Path, yes: bool) -> None:
    """Show what would be recorded; record it once somebody says so. Raises Abort where nobody does."""
    from policytracker.cli.import_ import tell_imported
    from policytracker.cli.supposed_output import tell_supposed
    from policytracker.keeping.verify import check_to_append
    from policytracker.ledger.appending import append_lines
    from policytracker.ledger.store import Store
    from policytracker.questions.dry_run import entries_of

    for _, ref, words in edited.corrections:
        click.echo(fold(one_line(f"corrects {ref}: {words}"), 2))
    check_to_append(path_of(context))
    with Store(reader.ledger) as store:
        entries = entries_of(append_lines(store, edited.lines, dry=True, keep=len(edited.lines)))
        tell_supposed(reader, entries, reader.today, tell_changes_in_short)
        if not yes and not click.confirm("Record this?", err=True):
            raise click.Abort
        outcome = append_lines(store, edited.lines, recorder=recorder_of(context))
    path.unlink()
    done(f"{counted(outcome.appended, 'correction')} recorded")
    tell_imported(context, outcome, edited.lines)
