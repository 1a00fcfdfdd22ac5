"""``policytracker diff``: what differs between two points, the world told apart from our knowledge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from policytracker.cli.completing import Named
from policytracker.cli.folding import fold
from policytracker.cli.options import Day, Instant, Moment, clock_options, open_reader, tell_dates
from policytracker.cli.output import dim, emit, heading, output_options, status_word
from policytracker.questions import columns
from policytracker.questions.accounts import called
from policytracker.questions.diff import Points
from policytracker.questions.diff import diff as steps_of
from policytracker.questions.escaping import one_line
from policytracker.questions.groups import Group, groups
from policytracker.questions.reader import Clocks
from policytracker.questions.sources import source_line
from policytracker.questions.spreadsheet_rows import of_diff
from policytracker.status.words import STATUSES

if TYPE_CHECKING:
    from policytracker.questions.claim_answers import CellStep, EventOfChange

HEADINGS = {
    "world": "the world changed, as then known ({known}), from {at} to {to_at}",
    "knowledge": "our knowledge of {to_at} changed, from {known} to {to_known}",
    "ledger": "what this ledger had recorded of {to_at} changed, from {recorded} to {to_recorded}",
}


@click.command(short_help="What changed between two points: the world, our knowledge, the ledger.")
@click.argument("company", required=False, type=Named("COMPANY", "a-company"))
@click.argument("chip", required=False, type=Named("CHIP", "a-chip"))
@clock_options
@click.option("--to-at", type=Day(), default=None, help="The other day.  [default: the day of --at]")
@click.option("--to-known", type=Moment(), default=None, help="As publicly known then.  [default: as of --known]")
@click.option(
    "--to-recorded",
    type=Instant(),
    default=None,
    help="As this ledger stood then.  [default: as of --recorded]",
)
@output_options
@click.pass_context
def diff(
    context: click.Context,
    /,
    company: str | None,
    chip: str | None,
    to_at: int | None,
    to_known: int | None,
    to_recorded: int | None,
    form: str | None,
    **clocks: Any,
) -> None:
    """The cells whose answer differs between two points, each with the events that make the difference.

    From (--at, --known) to (--to-at, --known) the world changed, as then known; from there to (--to-at,
    --to-known) our knowledge did; and from --recorded to --to-recorded, what this ledger had recorded. A cell
    that changes at several of these steps is listed at each.

    \b
    Examples:
      policytracker diff --at 2026-01-28 --known 2026-01-28T12:00Z --to-known 2026-01-28
      policytracker diff Tencent H200 --at 2026-01-01 --to-at 2026-01-31
    """
    start = Clocks(**clocks)
    known = start.known if to_known is None else to_known
    end = Clocks(start.at if to_at is None else to_at, known, start.recorded if to_recorded is None else to_recorded)
    if start == end:
        raise click.UsageError("both points are the same; give another with --to-at, --to-known or --to-recorded")
    with open_reader(context) as reader:
        rows = steps_of(reader, Points(*start[:2], *end[:2]), start.recorded, company, chip, end.recorded)
        if form in ("csv", "md"):
            emit(of_diff(rows), form, columns=columns.DIFF)
        else:
            directory = reader.directory_at(end.recorded, end.at)
            every = sorted(directory.companies), sorted(directory.chips)
            emit(rows, form, lambda found: _for_people(found, *every))
        tell_dates(reader, end, form)


def _for_people(rows: list[CellStep], companies: list[str], chips: list[str]) -> None:
    if not rows:
        click.echo("no answer differs between the two points")
    told = ""
    sourced: set[str] = set()
    for group in groups(rows):
        if group.step["changed"] != told:
            told = group.step["changed"]
            _heading(group.step, sum(row["changed"] == told for row in rows))
        _group(group, companies, chips, sourced)


def _heading(step: CellStep, count: int) -> None:
    known, to_known = (when or "all that is published" for when in (step["known"], step["to_known"]))
    recorded, to_recorded = (when or "all that is recorded" for when in (step["recorded"], step["to_recorded"]))
    dates = {
        "at": step["at"],
        "known": known,
        "recorded": recorded,
        "to_at": step["to_at"],
        "to_known": to_known,
        "to_recorded": to_recorded,
    }
    cells = "1 cell" if count == 1 else f"{count:,} cells"
    click.echo(fold(f"{heading(HEADINGS[step['changed']].format(**dates))}: {cells}", 2))
    click.echo()


def _group(group: Group, companies: list[str], chips: list[str], sourced: set[str]) -> None:
    """One change; the sources of an event are told where it is named first."""
    step = group.step
    click.echo(fold(f"  {_words(step['from_possible'])} → {_words(step['to_possible'])}", 4))
    for where in group.where(companies, chips):
        click.echo(fold(f"    {where}", 6))
    for event in step["events"]:
        click.echo(fold(f"    by {one_line(_change(event))}", 6))
        for report in event["sources"] if event["id"] not in sourced else []:
            click.echo(dim(fold(f"       {one_line(source_line(report))}", 9)))
        sourced.add(event["id"])
    click.echo()


def _change(event: EventOfChange) -> str:
    return f"{called(event)} ({event['change']})"


def _words(possible: Sequence[str]) -> str:
    if len(possible) == len(STATUSES):
        return status_word("unknown")
    return " or ".join(status_word(word) for word in possible)
