"""``policytracker companies``: the companies registered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from policytracker.cli.completing import Named
from policytracker.cli.options import clock_options, name_part_argument, open_reader, tell_dates
from policytracker.cli.output import emit, output_options, print_table
from policytracker.cli.registration_words import also_called, name, nothing, owned_by, source
from policytracker.questions import columns
from policytracker.questions.reader import Clocks
from policytracker.questions.registered import companies as registered

if TYPE_CHECKING:
    from policytracker.questions.ledger_answers import CompanyAnswer


@click.command(short_help="The companies registered, and by which names they are found.")
@name_part_argument(Named("TEXT", "a-company"))
@clock_options
@output_options
@click.pass_context
def companies(context: click.Context, /, text: str | None, form: str | None, **clocks: Any) -> None:
    """The companies registered, and by which names they are found; with TEXT those of which a name contains it,
    also a former one.

    The registration that counts on --at is shown. The registry is known at every --known.

    \b
    Examples:
      policytracker companies
      policytracker companies inspur --at 2024-01-01 --json
    """
    asked = Clocks(**clocks)
    with open_reader(context) as reader:
        emit(registered(reader, asked, text), form, lambda found: _table(found, text), columns.COMPANIES)
        tell_dates(reader, asked, form)


def _table(rows: list[CompanyAnswer], text: str | None) -> None:
    if not rows:
        click.echo(nothing("company", text))
        return
    headers = ["id", "name", "in", "owned by", "also called", "groups", "source"]
    print_table(
        headers,
        [
            [
                row["company"],
                name(row),
                row["jurisdiction"],
                owned_by(row),
                also_called(row),
                ", ".join(row["groups"]),
                source(row),
            ]
            for row in rows
        ],
    )
