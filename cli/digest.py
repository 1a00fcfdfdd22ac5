"""``policytracker digest``: what is new since a day or a position, in sentences."""

from __future__ import annotations

from typing import Any

import click

from policytracker.cli.completing import Named
from policytracker.cli.document_output import document_options, emit_document
from policytracker.cli.options import clock_options, open_reader
from policytracker.events.refusals import BadDate
from policytracker.ledger import clock
from policytracker.questions import asked
from policytracker.questions.digest import digest as news_of
from policytracker.questions.documents import of_digest
from policytracker.questions.reader import Clocks
from policytracker.questions.sentences.naming import Naming
from policytracker.questions.stale import STALE_DAYS
from policytracker.questions.turning import Publications

stale_days_option = click.option(
    "--stale-days",
    type=click.IntRange(0),
    default=STALE_DAYS,
    show_default=True,
    metavar="DAYS",
    help="The last word at a gate is stale when it is older.",
)


@click.command(short_help="What is new since a day or a position, in sentences, for a weekly mail.")
@click.option(
    "--since",
    required=True,
    metavar="DAY|position:N",
    help="What is new after this day; or what was recorded after a position of the ledger, however old it is.",
)
@click.option(
    "--company",
    "companies",
    type=Named("NAME", "a-company"),
    multiple=True,
    help="Only what concerns this company; may be given several times.",
)
@click.option(
    "--chip",
    "chips",
    type=Named("NAME", "a-chip"),
    multiple=True,
    help="Only what concerns this chip; may be given several times.",
)
@stale_days_option
@clock_options
@document_options("md", "html", "json")
@click.pass_context
def digest(
    context: click.Context,
    /,
    since: str,
    companies: tuple[str, ...],
    chips: tuple[str, ...],
    stale_days: int,
    form: str | None,
    **clocks: Any,
) -> None:
    """What is new up to --at, in sentences, each with who says so and the ref of its event.

    It tells which answers changed and for whom, restrictions, licences, conditions, amounts and what is left,
    signals, disputes, developments, days to come, and at which gates the last word has become stale since.
    Conditions and amounts are those of --at beside those that were known at the end of the day of --since.

    \b
    Examples:
      policytracker digest --since 2026-09-01
      policytracker digest --since position:340 --company Tencent --chip H200 --html > digest.html
    """
    point = Clocks(**clocks)
    try:
        start = asked.since(since, clock.today(), point.at)
    except BadDate as error:
        raise click.BadParameter(f"{error}", context, param_hint="'--since'") from None
    with open_reader(context) as reader:
        found = news_of(reader, point, Publications(reader, point.recorded), start, companies, chips, stale_days)
        naming = Naming(reader.directory_at(point.recorded, point.at))
        emit_document(reader, point, found, of_digest(found, naming), form)
