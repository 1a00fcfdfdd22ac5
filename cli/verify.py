"""``policytracker verify``: check the ledger for damage."""

import click

from policytracker.cli.options import open_books, path_of
from policytracker.cli.output import Row, emit, output_options
from policytracker.cli.safe import one_line

DAMAGED = 5


@click.command(short_help="Check the ledger for damage.")
@output_options
@click.pass_context
def verify(context: click.Context, form: str | None) -> None:
    """Check that every event is as it was recorded, and that the read models equal a rebuild.

    Every content must match its id, every seal its event, the trees kept with them the seals; nothing may be
    missing, moved or added. What is wrong is told event by event, the first one first; exit code 5 then.

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
        place = f"event {one_line(row['event'][:12])} at position {row['position']}: " if row["position"] else ""
        click.echo(f"damaged: {place}{one_line(row['what'])}")
    if not rows:
        click.echo(f"whole: {events:,} events, every seal holds, read models equal a rebuild")
