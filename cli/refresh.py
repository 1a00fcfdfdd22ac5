"""``policytracker refresh``: bring the read models up to date, without a question."""

import click

from policytracker.cli.options import path_of
from policytracker.cli.streams import done
from policytracker.events.dates import iso
from policytracker.ledger import clock


@click.command(short_help="Bring the read models up to date, and their table import_status to today.")
@click.pass_context
def refresh(context: click.Context) -> None:
    """Take in what was recorded, and bring the table import_status to today.

    Every question does this too, before it answers. The command is for programs that read the table on their own:
    let cron call it after midnight, so that a change that begins today is in the table. The column "at" tells the
    day for which the table holds. Files that killed processes have left are removed.

    \b
    Example:
      policytracker refresh
    """
    from policytracker.projections.catching_up import catch_up

    day = clock.today()
    catch_up(path_of(context), day)
    refreshed = f"read models are up to date; import_status holds for {iso(day)}"
    done(refreshed)
    click.echo(refreshed)
