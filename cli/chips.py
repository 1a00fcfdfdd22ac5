"""``policytracker chips``: the chips registered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from policytracker.cli.completing import Named
from policytracker.cli.options import clock_options, name_part_argument, open_reader, tell_dates
from policytracker.cli.output import emit, output_options, print_table
from policytracker.cli.registration_words import also_called, attributes, launch, name, nothing, origin, source
from policytracker.questions import columns
from policytracker.questions.escaping import one_line
from policytracker.questions.reader import Clocks
from policytracker.questions.registered import chips as registered

if TYPE_CHECKING:
    from policytracker.questions.ledger_answers import ChipAnswer


@click.command(short_help="The chips registered, who controls them, and what rules test.")
@name_part_argument(Named("TEXT", "a-chip"))
@clock_options
@output_options
@click.pass_context
def chips(context: click.Context, /, text: str | None, form: str | None, **clocks: Any) -> None:
    """The chips registered, who controls them, and what rules test; with TEXT those of which a name
    contains it, also a former one.

    The registration that counts on --at is shown. The registry is known at every --known.

    \b
    Examples:
      policytracker chips
      policytracker chips ascend --csv
    """
    asked = Clocks(**clocks)
    with open_reader(context) as reader:
        emit(registered(reader, asked, text), form, lambda found: _table(found, text), columns.CHIPS)
        tell_dates(reader, asked, form)


def _table(rows: list[ChipAnswer], text: str | None) -> None:
    if not rows:
        click.echo(nothing("chip", text))
        return
    headers = ["id", "vendor", "name", "controlled by", "from", "launched", "attributes", "also called", "source"]
    print_table(
        headers,
        [
            [
                row["chip"],
                one_line(row["vendor"]),
                name(row),
                " ".join(row["controlled_by"]),
                origin(row),
                launch(row),
                attributes(row),
                also_called(row),
                source(row),
            ]
            for row in rows
        ],
    )
