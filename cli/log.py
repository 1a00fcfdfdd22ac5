"""``policytracker log``: the ledger's events, in order."""

from collections.abc import Iterable, Sequence
from typing import Any

import click

from policytracker.cli.completing import Named
from policytracker.cli.folding import fold
from policytracker.cli.options import Day, FirstDay, Instant, open_reader, tell_dates
from policytracker.cli.output import dim, emit, heading, output_options
from policytracker.events.dates import iso
from policytracker.ledger import clock
from policytracker.projections.log import Logged
from policytracker.questions import columns
from policytracker.questions.corrections import LoggedCorrections
from policytracker.questions.escaping import one_line
from policytracker.questions.interchange import KEPT_TYPES, TYPES
from policytracker.questions.log import as_object
from policytracker.questions.log import log as events
from policytracker.questions.log_wanted import Wanted
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.sources import source_line
from policytracker.questions.telling import SHORT_ID, called, summary

POSITION_WIDTH = 6
INDENT = POSITION_WIDTH + 2


def recorded_option(command: Any) -> Any:
    """Add --recorded."""
    return click.option("--recorded", type=Instant(), help="As this ledger stood then.  [default: all]")(command)


@click.command(short_help="The ledger's events, in order.")
@click.option("--since", type=click.IntRange(0), default=0, metavar="POSITION", help="Only events after this position.")
@click.option(
    "--type", "event_type", type=click.Choice((*TYPES, *KEPT_TYPES)), metavar="TYPE", help="Only events of this type."
)
@click.option(
    "--company",
    "companies",
    multiple=True,
    type=Named("NAME", "a-company"),
    help="Only events about this company; may be repeated.",
)
@click.option(
    "--chip", "chips", multiple=True, type=Named("NAME", "a-chip"), help="Only events about this chip; may be repeated."
)
@click.option(
    "--publisher",
    "publishers",
    multiple=True,
    metavar="NAME",
    help="Only events whose report this publisher published, without regard to case; may be repeated.",
)
@click.option(
    "--since-published",
    type=FirstDay(),
    help="Only events whose report was published on this day or later; a month or year means its first day.",
)
@click.option("--until-published", type=Day(), help="Only events whose report was published by this day.")
@click.option("--limit", type=click.IntRange(1), help="Only the newest so many.")
@recorded_option
@output_options
@click.pass_context
def log(
    context: click.Context,
    /,
    since: int,
    event_type: str | None,
    limit: int | None,
    recorded: int | None,
    form: str | None,
    **narrowed: Any,
) -> None:
    """What was recorded, in the order in which it was: position, ref and id, what is said, on whose word.

    The newest comes last. Who recorded it when stands above the first of those recorded together. A program that
    follows the ledger asks with --since for the events after the last position that it has seen.

    An event is about the companies and chips that its selectors match by the registry of today, groups and
    selectors such as in:CN included. What is said about a claim is about the same companies and chips as the
    claim. A registration is about what it registers, and about the members of a group. A claim that was
    corrected is found by what it said first and by what it says now. With --company and --chip, a claim must be
    about both, a registration about one of them. Of a vague date of publication, the last day counts.

    \b
    Examples:
      policytracker log --limit 5
      policytracker log --type batch-approved --json
      policytracker log --company Tencent --chip H200 --since-published 2026-01
      policytracker log --publisher Reuters --limit 10
      policytracker log --since 350 --nl
    """
    wanted = _wanted(**narrowed)
    with open_reader(context) as reader:
        found = events(reader, recorded, since, event_type, limit, wanted=wanted)
        emit(map(as_object, found), form, lambda _: _table(reader, found, recorded), columns.LOG)
        tell_dates(reader, Clocks(0, None, recorded), form, at=False)


def _wanted(since_published: int | None, until_published: int | None, **named: Any) -> Wanted:
    """What the log is narrowed to. Raises UsageError where no day lies between."""
    if since_published is not None and until_published is not None and until_published < since_published:
        raise click.UsageError(
            f"--until-published ({iso(until_published)}) is before --since-published ({iso(since_published)}), "
            "so nothing lies between; give the earlier day to --since-published"
        )
    return Wanted(published_from=since_published, published_to=until_published, **named)


def _table(reader: Reader, found: Sequence[Logged], recorded: int | None) -> None:
    if not found:
        click.echo("no such event was recorded")
    print_events(reader, found, recorded)


def print_events(reader: Reader, found: Iterable[Logged], recorded: int | None) -> None:
    """Three lines an event: what it is called, what it says, on whose word; then what corrections have made of it.

    A correction tells what it changed. Corrections count that were recorded by the instant ``recorded``.
    """
    batch: tuple[int, str] | None = None
    corrections = LoggedCorrections(reader, recorded)
    for event in found:
        if batch != (event.recorded, event.recorder):
            batch = event.recorded, event.recorder
            click.echo(dim(f"recorded {clock.text(event.recorded)} by {one_line(event.recorder)}"))
        fields = event.fields
        name = f"{heading(one_line(fields['ref']))} " if fields.get("ref") else ""
        click.echo(f"{event.position:>{POSITION_WIDTH}}  {name}{dim(event.id[:SHORT_ID])} {fields['type']}")
        target = called(event.target, event.target_ref) if event.target else None
        click.echo(fold(" " * INDENT + one_line(summary(fields, target, corrections.before(event))), INDENT + 2))
        if fields.get("report"):
            click.echo(dim(fold(" " * INDENT + one_line(source_line(fields["report"])), INDENT + 2)))
        for line in corrections.since(event):
            click.echo(fold(" " * INDENT + one_line(f"corrected since: {line}"), INDENT + 2))
