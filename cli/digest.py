"""``policytracker digest``: what is new since a day or a position, in sentences."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from policytracker.cli.completing import Named
from policytracker.cli.document_output import document_options, emit_document
from policytracker.cli.options import clock_options, open_reader, start_of_news
from policytracker.questions.digest import digest as news_of
from policytracker.questions.documents import of_digest
from policytracker.questions.reader import Clocks
from policytracker.questions.sentences.naming import Naming
from policytracker.questions.stale import STALE_DAYS
from policytracker.questions.turning import Publications
from policytracker.questions.watched import narrowed

if TYPE_CHECKING:
    from policytracker.alerts.watch_file import WatchFile

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
@click.option(
    "--watch",
    "watch_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="WATCH.toml",
    help="Only what concerns what a watch file asks for, as `watch` tells it; nothing is sent.",
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
    watch_file: Path | None,
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
      policytracker digest --since 2026-09-01 --watch chips.toml --md
    """
    point = Clocks(**clocks)
    start = start_of_news(context, since, point.at)
    if watch_file is not None and (companies or chips):
        raise click.UsageError("--watch says for whom; leave out --company and --chip, or leave out --watch")
    watch = None if watch_file is None else _watch(watch_file)
    with open_reader(context) as reader:
        directory = reader.directory_at(point.recorded, point.at)
        narrow = None if watch is None else narrowed(directory, watch.watched)
        whose, what = (companies, chips) if narrow is None else narrow[:2]
        found = news_of(reader, point, Publications(reader, point.recorded), start, whose, what, stale_days)
        if narrow is not None:
            found = narrow.digest(reader, point, found)
        document = of_digest(found, Naming(directory), None if watch is None else watch.name)
        emit_document(reader, point, found, document, form)


def _watch(file: Path) -> WatchFile:
    # Imported here: a digest starts sooner without what reads such files.
    from policytracker.alerts.watch_file import read_watch_file

    return read_watch_file(file)
