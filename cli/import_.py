"""``policytracker import``: append many events, all or nothing."""

import sys
from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING

import click

from policytracker.cli.options import open_reader, path_of, recorder_of, tell_dates
from policytracker.ledger import clock
from policytracker.questions.reader import Clocks

if TYPE_CHECKING:
    from policytracker.ledger.appending import Outcome
    from policytracker.ledger.line_files import LineFiles
    from policytracker.ledger.lines import Line
    from policytracker.status.entries import Entry
    from policytracker.status.registry import Registry

MOST_TRIED = 20_000
"""For how many events a dry run tells which cells would change: it needs all of them in memory."""
MOST_WARNINGS = 1_000


@click.command("import", short_help="Append many, all or nothing.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--dry-run", is_flag=True, help="Check every line and show which cells would change; write nothing.")
@click.pass_context
def import_(context: click.Context, /, files: tuple[str, ...], dry_run: bool) -> None:
    """Append the events of interchange files, one a line; - is standard input.

    All or nothing: with one refused line nothing is added, and every refused line is named. Lines that are
    recorded already add nothing, so a file that has grown may be imported again.

    \b
    Examples:
      policytracker import january.jsonl february.jsonl
      policytracker import --dry-run - < january.jsonl
    """
    from policytracker.ledger.line_files import LineFiles

    with LineFiles(files) as lines:
        outcome = _append(context, lines, dry_run)
        if dry_run:
            _tell_dry_run(context, outcome, lines)
        else:
            _tell_imported(context, outcome, lines)


def _append(context: click.Context, lines: "LineFiles", dry_run: bool) -> "Outcome":
    """Append with a bar that grows with the bytes read."""
    from policytracker.keeping.verify import check_not_put_back
    from policytracker.ledger.appending import append_lines
    from policytracker.ledger.store import Store

    check_not_put_back(path_of(context))
    recorder, hidden = recorder_of(context), not sys.stderr.isatty()
    with (
        Store(path_of(context)) as store,
        click.progressbar(length=lines.size, label="Importing", file=sys.stderr, hidden=hidden) as bar,
    ):
        return append_lines(
            store,
            lines,
            recorder=recorder,
            dry=dry_run,
            progress=lambda _: bar.update(max(0, lines.read - bar.pos)),
            keep=MOST_TRIED if dry_run else 0,
        )


def _tell_imported(context: click.Context, outcome: "Outcome", lines: "LineFiles") -> None:
    from policytracker.cli.recording import caught_up
    from policytracker.projections.reading import registered_since
    from policytracker.questions.totals import replacement_lines, replacements_since

    click.echo(f"{_events(outcome.appended)} appended, {_already(outcome.repeated)}")
    if outcome.appended and caught_up(path_of(context), clock.today()):
        with open_reader(context) as reader:
            new = list(registered_since(reader.connection, outcome.position))
            replaced = replacement_lines(lines, replacements_since(reader, outcome.position))
            _warn(context, outcome, lines, reader.registry(reader.head.position), new, replaced)


def _tell_dry_run(context: click.Context, outcome: "Outcome", lines: "LineFiles") -> None:
    from policytracker.cli.cell_changes import tell_changes
    from policytracker.cli.record_output import tell_cells
    from policytracker.questions.dry_run import changes, entries_of, supposed
    from policytracker.questions.totals import replacement_lines, replacements

    day = clock.today()
    click.echo(f"{_events(outcome.appended)} would be appended, {_already(outcome.repeated)}; no line is refused")
    if outcome.appended > MOST_TRIED:
        click.echo(f"which cells would change is told for {_events(MOST_TRIED)} at the most; try a part of the file")
        return
    with open_reader(context) as reader:
        more = entries_of(outcome)
        before, after = supposed(reader, more, day)
        cells = list(changes(before, after, more, day))
        tell_cells(cells, day, "would change")
        tell_changes(cells)
        replaced = replacement_lines(lines, replacements(reader, after.directory, more))
        _warn(context, outcome, lines, after.registry, more, replaced)
        tell_dates(reader, Clocks(day), None)


def _warn(
    context: click.Context,
    outcome: "Outcome",
    lines: "LineFiles",
    registry: "Registry",
    new: "Sequence[Entry]",
    replaced: "Iterable[tuple[Line, str]]",
) -> None:
    """Name the names like another's, the claims that can never apply, as the registry stands after the import, and the
    totals that replace others."""
    from policytracker.cli.record_output import warn
    from policytracker.questions.lookalikes import lookalike_lines
    from policytracker.questions.warnings import inapplicable_lines

    found = chain(
        lookalike_lines(lines, registry.on(clock.today()), new),
        inapplicable_lines(path_of(context), lines, registry, outcome.position),
        replaced,
    )
    for line, why in islice(found, MOST_WARNINGS):
        warn(why, f"{line.source}:{line.number}: ")
    if next(found, None):
        warn(f"there is more to look at twice in this import; the first {MOST_WARNINGS:,} warnings are told")


def _events(count: int) -> str:
    return f"{count:,} event{'' if count == 1 else 's'}"


def _already(count: int) -> str:
    return f"{count:,} {'was' if count == 1 else 'were'} recorded already"
