"""``policytracker verify``: check the ledger for damage."""

import click

from policytracker.cli.options import open_books, path_of
from policytracker.cli.output import Row, emit, output_options
from policytracker.questions.safe import one_line

DAMAGED = 5


@click.command(short_help="Check the ledger for damage.")
@output_options
@click.pass_context
def verify(context: click.Context, form: str | None) -> None:
    """Check that every event's content matches its id, that positions are dense and times in order, and
    that the read models equal a rebuild. Exit code 5 when something is wrong, and which event it is.

    \b
    Example:
      policytracker --ledger demo.ledger verify
    """
    from policytracker.questions.verify import ledger_damage, views_damage

    path = path_of(context)
    found = [wrong._asdict() for wrong in ledger_damage(path)]
    events = 0
    if not found:
        with open_books(context) as books:
            events = books.head.position
        found = [wrong._asdict() for wrong in views_damage(path)]
    emit(found, form, lambda rows: _lines(rows, events))
    context.exit(DAMAGED if found else 0)


def _lines(rows: list[Row], events: int) -> None:
    for row in rows:
        place = f"event {row['event'][:12]} at position {row['position']}: " if row["position"] else ""
        click.echo(f"damaged: {place}{one_line(row['what'])}")
    if not rows:
        click.echo(f"whole: {events:,} events, ids and contents agree, read models equal a rebuild")
