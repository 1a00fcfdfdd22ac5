"""``policytracker export sqlite``: the answers at one point of the clocks as tables."""

from pathlib import Path
from typing import Any

import click

from policytracker.cli.export import check_free, taking_the_place_of
from policytracker.cli.notices import notice
from policytracker.cli.options import clock_options, open_reader, tell_dates
from policytracker.cli.output import counted, file_name
from policytracker.ledger.placing import check_journals
from policytracker.questions.reader import Clocks


@click.command(short_help="One SQLite file of plain tables, for Datasette and other programs.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite the file; of databases only a snapshot.")
@clock_options
@click.pass_context
def export_sqlite(context: click.Context, /, file: Path, force: bool, **clocks: Any) -> None:
    """Write a snapshot: one SQLite file with the answers for all companies and chips at one point of the clocks.

    Its tables hold statuses, gates, conditions, intervals, claims, reports and quantities, with foreign keys. Views add
    the names of companies, chips and claims. The table `documentation` describes every column. The file appears whole
    or not at all, and never changes: to have it anew, write it again.

    \b
    Examples:
      policytracker export sqlite tracker.db
      policytracker export sqlite tracker.db --force --at 2026-01-28 --known 2026-01-28T12:00Z
    """
    from policytracker.snapshot.schema import APPLICATION_ID
    from policytracker.snapshot.writing import write

    check_free(file, force, APPLICATION_ID)
    check_journals(file)
    asked = Clocks(**clocks)
    with open_reader(context) as reader:
        with taking_the_place_of(file) as made:
            written = write(reader, asked, made)
        parts = (
            counted(written.cells, "cell"),
            counted(written.intervals, "interval"),
            counted(written.claims, "claim"),
        )
        notice(f"wrote {', '.join(parts)} to {file_name(file)}")
        tell_dates(reader, asked, "nl")
