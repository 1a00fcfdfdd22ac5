"""``policytracker show``: one event, with everything said about it."""

import click

from policytracker.cli.completing import Named
from policytracker.cli.folding import fold
from policytracker.cli.options import known_and_recorded, open_reader, tell_dates
from policytracker.cli.output import dim, emit, heading, output_options
from policytracker.ledger import clock
from policytracker.questions import columns
from policytracker.questions.escaping import one_line
from policytracker.questions.reader import Clocks
from policytracker.questions.show import Shown, details
from policytracker.questions.show import show as event_and_about
from policytracker.questions.sources import BOOKKEEPING, source_line, sources_line, texts
from policytracker.questions.telling import SHORT_ID, called

LABEL_WIDTH = 16


@click.command(short_help="One event, with everything said about it.")
@click.argument("event", type=Named("ID", "event"), metavar="ID")
@known_and_recorded
@output_options
@click.pass_context
def show(context: click.Context, /, event: str, known: int | None, recorded: int | None, form: str | None) -> None:
    """One event whole, how it stands, and everything said about it, as a tree.

    ID is a ref, an id, or the beginning of an id. The fields are as corrected by --known; below them, each correction
    with the old and the new value. With --json and the like: the event as recorded, then those about it.

    \b
    Examples:
      policytracker show cn-2026-01-28-batch
      policytracker show cn-2026-01-28-batch --known 2026-01-28T12:00Z --json
    """
    with open_reader(context) as reader:
        found = event_and_about(reader, known, recorded, event)
        emit((each.as_object() for each in found), form, lambda _: _for_people(found), columns.SHOW)
        tell_dates(reader, Clocks(0, known, recorded), form, at=False)


def _for_people(found: list[Shown]) -> None:
    first, *about = found
    event = first.event
    click.echo(f"{_name(first)} {event.fields['type']}")
    _field("says", first.summary())
    for label, text in details(first.fields):
        if event.fields["type"] != "corrected" or label != "changes":
            _field(label, text)
    for text in first.as_object()["changes_in_words"]:
        _field("changes", text)
    _field("id", event.id)
    _field("recorded", f"{clock.text(event.recorded)} by {event.recorder}, position {event.position:,}")
    _field("sealed", f"`policytracker prove {event.id[:SHORT_ID]}` writes evidence of it")
    _field("stands", first.in_words())
    for change in first.changes():
        by = called(change.by.entry.id, change.by.fields.get("ref"))
        _field("corrected", f"{change.field}: {change.text} ({by}: {sources_line(change.by.reports)})")
    if about:
        click.echo(heading("said about it"))
    for each in about:
        _branch(each)


def _name(shown: Shown) -> str:
    event = shown.event
    ref = f"{heading(one_line(event.fields['ref']))} " if event.fields.get("ref") else ""
    return f"{ref}{dim(event.id[:SHORT_ID])}"


def _field(label: str, text: str) -> None:
    for line in text.splitlines():
        whole = f"  {label:<{LABEL_WIDTH}}{one_line(line)}"
        click.echo(fold(whole, LABEL_WIDTH + 2) if " " in line.strip() else whole)
        label = ""


def _branch(shown: Shown) -> None:
    indent = "  " * shown.depth
    text = one_line(f"{shown.summary()}; {shown.in_words()}")
    click.echo(fold(f"{indent}{_name(shown)} {text}", len(indent) + 2))
    report = shown.fields.get("report")
    for text in (source_line(report), *texts(report)) if report else (BOOKKEEPING,):
        click.echo(dim(fold(f"{indent}  {one_line(text)}", len(indent) + 4)))
    if shown.fields.get("note"):
        click.echo(fold(f"{indent}  note: {one_line(shown.fields['note'])}", len(indent) + 4))
