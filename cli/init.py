"""``policytracker init``: make a ledger."""

from pathlib import Path

import click

from policytracker.cli.beginning import named
from policytracker.cli.notices import notice
from policytracker.cli.options import path_of, recorder_of
from policytracker.cli.output import counted, file_name
from policytracker.cli.streams import done
from policytracker.ledger import clock
from policytracker.ledger.where import Where


@click.command(short_help="Make a ledger.")
@click.option(
    "--demo", is_flag=True, help="Fill it with the history that ships with the program, 2019 to October 2026."
)
@click.pass_context
def init(context: click.Context, demo: bool) -> None:
    """Make a ledger: an empty one, or with --demo one that holds the shipped history.

    If the folder of the ledger does not exist, it is made too. --demo also fills a ledger that is there already, if
    that has no events yet.

    \b
    Example:
      policytracker --ledger demo.ledger init --demo
    """
    from policytracker.ledger.errors import LedgerThere
    from policytracker.projections.catching_up import catch_up

    path, recorder = path_of(context), recorder_of(context)
    try:
        made = _made(path, recorder, demo)
    except LedgerThere:
        if not demo:
            raise
        made = _filled(path, recorder)
    done(made)
    catch_up(path, clock.today())
    click.echo(made)
    if not demo:
        program = f"policytracker{named(context)}"
        notice(f"next: `{program} record` lists what can be recorded, `{program} import FILE` adds many")


def _made(path: Where, recorder: str, demo: bool) -> str:
    """Make the ledger whole or not at all, and say so. Raises LedgerThere."""
    from policytracker.ledger.appending import filling
    from policytracker.ledger.placing import made_whole
    from policytracker.ledger.store import Store
    from policytracker.questions.history import shipped_lines

    folder = path.absolute().parent if isinstance(path, Path) else None
    is_new = folder is not None and not folder.exists()
    fill = filling(shipped_lines() if demo else [], recorder)
    with made_whole(path) as place, Store.create(place, fill=fill) as store:
        count = store.head().position
    holds = f" with {count:,} events" if demo else ", with no events in it yet"
    where = f" in the new folder {file_name(folder)}" if is_new else ""
    return f"made {file_name(path)}{where}{holds}"


def _filled(path: Where, recorder: str) -> str:
    """Put the shipped history into a ledger that has no events, and say so. Raises LedgerThere."""
    from policytracker.keeping.verify import check_to_append
    from policytracker.ledger.appending import fill_empty
    from policytracker.questions.history import shipped_lines

    check_to_append(path)
    count = fill_empty(path, shipped_lines(), recorder).appended
    return f"filled {file_name(path)}, which had no events, with {counted(count, 'event')}"
