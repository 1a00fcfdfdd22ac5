"""``policytracker redact``: remove the content of an event, for legal reasons."""

import sys

import click

from policytracker.cli.completing import Named
from policytracker.cli.options import open_reader, path_of, recorder_of
from policytracker.ledger import clock
from policytracker.ledger.errors import NotCleared
from policytracker.questions.escaping import one_line
from policytracker.questions.show import show
from policytracker.questions.telling import SHORT_ID, summary


@click.command(short_help="Remove the content of an event, for legal reasons.")
@click.argument("event", type=Named("ID", "event"), metavar="ID")
@click.option("--reason", required=True, help="Why, in a text that may be read by everybody; it is sealed.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def redact(context: click.Context, /, event: str, reason: str, yes: bool) -> None:
    """Remove the content of an event for good, because the law demands it. To mend a mistake use `record corrected`
    or `record retracted`, which lose nothing.

    Its place, id, type, recorded time and recorder stay, so the tree still verifies; who removed it, when and why is
    recorded and sealed as an event of its own. What is about it does nothing any more. A registration is redacted
    once the subject is registered anew. On a server only the owner of the ledger can do it.

    Copies, backups, exports, server logs and read models on other machines are not reached. Run it again with the
    id to clear the files anew.

    \b
    Example:
      policytracker redact cn-2026-01-28-batch --reason "court order 12/2026" --yes
    """
    from policytracker.ledger.redacting import redact as remove
    from policytracker.ledger.store import Store
    from policytracker.projections.catching_up import rebuild

    path, recorder = path_of(context), recorder_of(context)
    with open_reader(context) as reader:
        found = show(reader, None, None, event)[0].event
    says = one_line(f"{found.id[:SHORT_ID]}, {summary(found.fields)}")
    if not yes:
        _ask(context, says)
    try:
        with Store(path) as store:
            done = remove(store, found.id, reason, recorder=recorder)
    except NotCleared:
        rebuild(path, clock.today())
        raise
    rebuild(path, clock.today())
    what = "was redacted already; its traces are cleared from the files again" if done.again else "is redacted"
    click.echo(f"event {found.id[:SHORT_ID]} {what}")


def _ask(context: click.Context, says: str) -> None:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise click.ClickException(f"this would remove the content of {says}; say so with --yes")
    click.echo(f"this removes the content of {says}", err=True)
    if not click.confirm("Remove it for good?", err=True):
        click.echo("nothing was redacted", err=True)
        context.exit(1)
