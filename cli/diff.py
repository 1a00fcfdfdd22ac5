"""``policytracker diff``: what differs between two points, the world told apart from our knowledge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from policytracker.cli.completing import Named
from policytracker.cli.exit_codes import DIFFERS
from policytracker.cli.options import Day, Instant, Moment, clock_options, open_reader, tell_dates
from policytracker.cli.output import emit, output_options
from policytracker.questions import columns
from policytracker.questions.diff import Points
from policytracker.questions.differences import PARTS, Part, differences
from policytracker.questions.reader import Clocks
from policytracker.questions.spreadsheet_rows import of_diff, of_differences

if TYPE_CHECKING:
    from policytracker.questions.difference_answers import CellStep


@click.command(short_help="What changed between two points: the world, our knowledge, the ledger.")
@click.argument("company", required=False, type=Named("COMPANY", "a-company"))
@click.argument("chip", required=False, type=Named("CHIP", "a-chip"))
@clock_options
@click.option("--to-at", type=Day(), default=None, help="The other day.  [default: the day of --at]")
@click.option("--to-known", type=Moment(), default=None, help="As publicly known then.  [default: as of --known]")
@click.option(
    "--to-recorded",
    type=Instant(),
    default=None,
    help="As this ledger stood then.  [default: as of --recorded]",
)
@click.option(
    "--only",
    type=click.Choice(PARTS),
    multiple=True,
    help="Only this part of the answer; may be repeated. With `status` alone, a large ledger answers soonest.",
)
@click.option(
    "--exit-code", is_flag=True, help=f"Exit with {DIFFERS} where something differs, and with 0 where nothing does."
)
@output_options
@click.pass_context
def diff(
    context: click.Context,
    /,
    company: str | None,
    chip: str | None,
    to_at: int | None,
    to_known: int | None,
    to_recorded: int | None,
    only: tuple[Part, ...],
    exit_code: bool,
    form: str | None,
    **clocks: Any,
) -> None:
    """What differs between two points, and by which events: statuses, conditions, licences, amounts and what is left.

    From (--at, --known) to (--to-at, --known) the world changed, as then known; from there to (--to-at,
    --to-known) our knowledge did; and from --recorded to --to-recorded, what this ledger had recorded. A cell
    that changes at several of these steps is listed at each. Licences and approvals are listed where they begin
    or cease to decide at a gate, or are used up. At the end of each step stand the reports that brought its events.

    \b
    Examples:
      policytracker diff --at 2026-01-28 --known 2026-01-28T12:00Z --to-known 2026-01-28
      policytracker diff Tencent H200 --at 2026-01-01 --to-at 2026-01-31
      policytracker diff --known 2026-05-10 --to-known today --only licences --only amounts
      policytracker diff Tencent H200 --known yesterday --to-known today --exit-code > /dev/null

    Exit codes with --exit-code: 0 nothing differs; 7 something differs.
    """
    start = Clocks(**clocks)
    known = start.known if to_known is None else to_known
    end = Clocks(start.at if to_at is None else to_at, known, start.recorded if to_recorded is None else to_recorded)
    if start == end:
        raise click.UsageError("both points are the same; give another with --to-at, --to-known or --to-recorded")
    with open_reader(context) as reader:
        points = Points(*start[:2], *end[:2])
        rows = list(differences(reader, points, start.recorded, company, chip, end.recorded, only))
        if form in ("csv", "md"):
            short = set(only) == {"status"}
            emit(
                (of_diff if short else of_differences)(rows),
                form,
                columns=columns.STATUS_STEPS if short else columns.DIFF,
            )
        else:
            directory = reader.directory_at(end.recorded, end.at)
            every = sorted(directory.companies), sorted(directory.chips)
            emit(rows, form, lambda found: _for_people(found, *every))
        tell_dates(reader, end, form)
    if exit_code and rows:
        context.exit(DIFFERS)


def _for_people(rows: list[CellStep], companies: list[str], chips: list[str]) -> None:
    from policytracker.cli.diff_output import print_differences

    print_differences(rows, companies, chips)
