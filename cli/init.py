"""``policytracker init``: make a ledger."""

from pathlib import Path

import click

from policytracker.cli.options import path_of, recorder_of
from policytracker.cli.output import file_name
from policytracker.cli.streams import done
from policytracker.ledger import clock


@click.command(short_help="Make a ledger.")
@click.option(
    "--demo", is_flag=True, help="Fill it with the history that ships with the program, 2019 to October 2026."
)
@click.pass_context
def init(context: click.Context, demo: bool) -> None:
    """Make a ledger: an empty one, or with --demo one that holds the shipped history.

    If the folder of the ledger does not exist, it is made too.

    \b
    Example:
      policytracker --ledger demo.ledger init --demo
    """
    from policytracker.ledger.appending import filling
    from policytracker.ledger.placing import made_whole
    from policytracker.ledger.store import Store
    from policytracker.projections.catching_up import catch_up
    from policytracker.questions.history import shipped_lines

    path, recorder = path_of(context), recorder_of(context)
    folder = path.absolute().parent if isinstance(path, Path) else None
    is_new = folder is not None and not folder.exists()
    fill = filling(shipped_lines() if demo else [], recorder)
    with made_whole(path) as place, Store.create(place, fill=fill) as store:
        count = store.head().position
    holds = f" with {count:,} events" if demo else ", with no events in it yet"
    where = f" in the new folder {file_name(folder)}" if is_new else ""
    made = f"made {file_name(path)}{where}{holds}"
    done(made)
    catch_up(path, clock.today())
    click.echo(made)
