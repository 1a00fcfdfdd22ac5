"""``policytracker rebuild``: make the read models anew."""

import click

from policytracker.cli.notices import progress_bar
from policytracker.cli.options import path_of
from policytracker.cli.streams import done
from policytracker.ledger import clock


@click.command(short_help="Make the read models anew from the events.")
@click.pass_context
def rebuild(context: click.Context) -> None:
    """Make the read models anew from the ledger's events. Until that is done, the old ones answer.

    A ledger that was put back behind its read models is accepted as it is.

    \b
    Example:
      policytracker rebuild
    """
    from policytracker.ledger.reading import open_ledger
    from policytracker.projections.catching_up import rebuild as make_anew

    path = path_of(context)
    with open_ledger(path) as source:
        total = source.head().position
    with progress_bar(length=total, label="Rebuilding") as bar:
        count = make_anew(path, clock.today(), bar.update)
    made = f"read models made anew from {count:,} events"
    done(made)
    click.echo(made)
