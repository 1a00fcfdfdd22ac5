"""``policytracker copy``: move a ledger between a file and a server."""

import click

from policytracker.cli.notices import progress_bar
from policytracker.cli.output import counted
from policytracker.cli.streams import done
from policytracker.cli.texts import PATH
from policytracker.ledger import clock
from policytracker.ledger.where import where_of
from policytracker.questions.escaping import safe


@click.command(short_help="Make the same ledger in another place.")
@click.argument("source", type=PATH, metavar="FROM")
@click.argument("target", type=PATH, metavar="TO")
def copy(source: str, target: str) -> None:
    """Make the same ledger in another place: a file, or a database on a PostgreSQL server, either way round.

    Order, ids, recorded times and recorders stay as they are, and so does the ledger's identity. The copy is
    compared with the original before it counts; TO must not be there yet, and a copy that fails leaves nothing.
    From then on record in one of the two only.

    \b
    Examples:
      policytracker copy team.ledger postgresql://me@db.example/policy
      policytracker copy postgresql://me@db.example/policy team.ledger
    """
    from policytracker.ledger.copying import copy as make_the_same
    from policytracker.ledger.reading import open_ledger
    from policytracker.projections.catching_up import rebuild

    here, there = where_of(source), where_of(target)
    with open_ledger(here) as opened:
        total = opened.head().position
    with progress_bar(length=total, label="Copying") as bar:
        head = make_the_same(here, there, bar.update)
    events = counted(head.position, "event")
    copied = f"copied {events} from {here} to {there}, and compared them; record in one of the two from now on"
    done(copied)
    rebuild(there, clock.today())
    click.echo(safe(copied))
