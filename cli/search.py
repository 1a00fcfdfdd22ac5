"""``policytracker search``: events that contain a text, in any language."""

import click

from policytracker.cli.log import print_events, recorded_option
from policytracker.cli.options import open_reader, tell_dates
from policytracker.cli.output import emit, output_options
from policytracker.projections.log import Logged
from policytracker.questions import columns
from policytracker.questions.log import as_object
from policytracker.questions.log import search as events
from policytracker.questions.reader import Clocks, Reader


@click.command(short_help="Events that contain a text, in any language.")
@click.argument("text")
@recorded_option
@output_options
@click.pass_context
def search(context: click.Context, /, text: str, recorded: int | None, form: str | None) -> None:
    """Events that contain TEXT in any field, without regard to case, in ledger order.

    Where TEXT is part of a registered name, in any language, the events that write the id alone are found too.

    \b
    Examples:
      policytracker search 腾讯
      policytracker search "91 FR 1684"
    """
    if not text.strip():
        raise click.UsageError("TEXT is empty; give a word, or `policytracker log` lists every event")
    with open_reader(context) as reader:
        found = events(reader, text, recorded)
        emit(map(as_object, found), form, lambda _: _for_people(reader, found, recorded), columns.SEARCH)
        tell_dates(reader, Clocks(0, None, recorded), form, at=False)


def _for_people(reader: Reader, found: list[Logged], recorded: int | None) -> None:
    print_events(reader, found, recorded)
    click.echo("1 event found" if len(found) == 1 else f"{len(found):,} events found")
