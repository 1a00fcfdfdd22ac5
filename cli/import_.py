"""``policytracker import``: append many events, all or nothing."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policytracker.cli.options import open_books, path_of, recorder_of, tell_dates
from policytracker.ledger import clock
from policytracker.ledger.lines import Line, lines_of
from policytracker.questions.books import Books, Clocks
from policytracker.questions.safe import safe

if TYPE_CHECKING:
    from policytracker.ledger.appending import Outcome

STANDARD_INPUT = "-"


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
    from policytracker.ledger.appending import append_lines
    from policytracker.ledger.store import Store
    from policytracker.questions.verify import check_not_put_back

    check_not_put_back(path_of(context))
    lines, recorder = _read(files), recorder_of(context)
    steps = max(1, len(lines) // 200)
    hidden = not sys.stderr.isatty()
    bar = click.progressbar(
        length=len(lines), label="Importing", file=sys.stderr, hidden=hidden, update_min_steps=steps
    )
    with Store(path_of(context)) as store, bar as progress:
        outcome = append_lines(store, lines, recorder=recorder, dry=dry_run, progress=progress.update)
    if dry_run:
        _tell_dry_run(context, outcome, lines)
    else:
        _tell_imported(context, outcome, lines)


def _tell_imported(context: click.Context, outcome: "Outcome", lines: Sequence[Line]) -> None:
    from policytracker.cli.recording import caught_up

    click.echo(f"{_events(len(outcome.appended))} appended, {_already(outcome.repeated)}")
    if outcome.appended and caught_up(path_of(context), clock.today()):
        with open_books(context) as books:
            _warn(books, outcome, lines, dry_run=False)


def _tell_dry_run(context: click.Context, outcome: "Outcome", lines: Sequence[Line]) -> None:
    from policytracker.cli.cell_changes import tell_changes
    from policytracker.cli.record_output import tell_cells
    from policytracker.questions.dry_run import changes, entries_of, views

    day = clock.today()
    click.echo(f"{_events(len(outcome.appended))} would be appended, {_already(outcome.repeated)}; no line is refused")
    with open_books(context) as books:
        more = entries_of(outcome)
        cells = list(changes(*views(books, more), more, day))
        tell_cells(cells, day, "would change")
        tell_changes(cells)
        _warn(books, outcome, lines, dry_run=True)
        tell_dates(books, Clocks(day), None)


def _warn(books: Books, outcome: "Outcome", lines: Sequence[Line], dry_run: bool) -> None:
    """Name every claim that can never apply, as the registry stands after the import."""
    from policytracker.cli.record_output import warn
    from policytracker.questions.dry_run import entries_of, views
    from policytracker.questions.warnings import inapplicable

    entries = entries_of(outcome)
    why = inapplicable(views(books, entries)[1].directory if dry_run else books.directory)
    for entry, place in zip(entries, outcome.places, strict=True):
        warn(why(entry), f"{lines[place].source}:{lines[place].number}: ")


def _read(files: Sequence[str]) -> list[Line]:
    """The lines of all files. Raises ClickException that names every file that cannot be read."""
    found: list[Line] = []
    unreadable: list[str] = []
    for name in files:
        try:
            content = sys.stdin.buffer.read() if name == STANDARD_INPUT else Path(name).read_bytes()
        except (OSError, ValueError) as error:
            unreadable.append(f"{name} ({getattr(error, 'strerror', None) or error})")
            continue
        found += lines_of("<stdin>" if name == STANDARD_INPUT else name, content)
    if unreadable:
        listed = ", ".join(unreadable)
        raise click.ClickException(safe(f"cannot read {listed}; nothing was added; check the path and its permissions"))
    return found


def _events(count: int) -> str:
    return f"{count:,} event{'' if count == 1 else 's'}"


def _already(count: int) -> str:
    return f"{count:,} {'was' if count == 1 else 'were'} recorded already"
