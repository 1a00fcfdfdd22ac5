"""``policytracker authorities``: who guards which gate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from policytracker.cli.options import clock_options, open_reader, tell_dates
from policytracker.cli.output import emit, output_options, print_table
from policytracker.cli.registration_words import name, source
from policytracker.questions import columns
from policytracker.questions.authorities import authorities as registered
from policytracker.questions.reader import Clocks

if TYPE_CHECKING:
    from policytracker.questions.ledger_answers import AuthorityAnswer


@click.command(short_help="Who guards which gate, how much each has said, and when it last did.")
@clock_options
@output_options
@click.pass_context
def authorities(context: click.Context, /, form: str | None, **clocks: Any) -> None:
    """The authorities registered: which gate each guards, how many claims of it are known, and its last word.

    \b
    Examples:
      policytracker authorities
      policytracker authorities --at 2026-01-28 --known 2026-01-28 --json
    """
    asked = Clocks(**clocks)
    with open_reader(context) as reader:
        emit(registered(reader.view(asked), asked.at), form, _table, columns.AUTHORITIES)
        tell_dates(reader, asked, form)


def _table(rows: list[AuthorityAnswer]) -> None:
    headers = ["id", "name", "gate", "claims", "in force", "last report", "source"]
    print_table(
        headers,
        [
            [
                row["authority"],
                name(row),
                f"{row['jurisdiction']}/{row['direction']}",
                f"{row['claims']:,}",
                f"{row['in_force']:,}",
                row["last_report"] or "",
                source(row),
            ]
            for row in rows
        ],
    )
