"""``policytracker timeline``: intervals of equal status, over either clock."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from policytracker.cli.cell_lines import DOMESTIC, limits, plain_spread, spread
from policytracker.cli.completing import Named
from policytracker.cli.drawing import Drawing, drawing_of, drawing_options, emit_drawing
from policytracker.cli.folding import fold
from policytracker.cli.options import Day, FirstDay, known_and_recorded, open_reader, path_of, tell_dates
from policytracker.cli.output import dim, emit, heading, output_options, print_table
from policytracker.cli.strip import print_strip
from policytracker.events.dates import iso
from policytracker.ledger import clock
from policytracker.ledger.where import Where
from policytracker.questions import columns
from policytracker.questions.escaping import one_line
from policytracker.questions.reader import Clocks
from policytracker.questions.telling import called
from policytracker.questions.timeline import Window, over_days, over_knowledge
from policytracker.status.directory import Directory

if TYPE_CHECKING:
    from policytracker.questions.answers import CellInterval

OPEN = "…"
WIDEST_STATUS = len("in_principle..conditional")


@click.command(short_help="Intervals of equal status, over either clock.")
@click.argument("company", required=False, type=Named("COMPANY", "a-company"))
@click.argument("chip", required=False, type=Named("CHIP", "a-chip"))
@click.option("--all", "every", is_flag=True, help="Every company and chip: a panel for spreadsheets.")
@click.option("--strip", is_flag=True, help="A picture in letters: a row for each gate, a column for some days.")
@drawing_options
@click.option("--knowledge", is_flag=True, help="Over the published clock: what was known when of the day --at.")
@click.option("--at", type=Day(), help="With --knowledge: what held on this day.  [default: today]")
@click.option("--from", "first", type=FirstDay(), help="Only intervals not over before this day.")
@click.option("--to", "last", type=Day(), help="Only intervals begun by this day.")
@known_and_recorded
@output_options
@click.pass_context
def timeline(
    context: click.Context,
    /,
    company: str | None,
    chip: str | None,
    every: bool,
    strip: bool,
    knowledge: bool,
    at: int | None,
    first: int | None,
    last: int | None,
    known: int | None,
    recorded: int | None,
    form: str | None,
    **drawn: Any,
) -> None:
    """How the status of COMPANY and CHIP changed, and by which events: a line for each interval of equal status.

    An interval is half-open: it holds on the day `from`, and no longer on the day `to`. Each line lists the gates
    whose status changed, so two lines in a row can have the same overall status. --from and --to pick intervals
    and leave them whole; in --from a month or year means its first day.

    \b
    Examples:
      policytracker timeline Tencent H200 --known 2026-01-30
      policytracker timeline Tencent H200 --strip --from 2025-07
      policytracker timeline Tencent H200 --svg -o tencent-h200.svg
      policytracker timeline Tencent H200 --knowledge --at 2026-01-28 --from 2026-01
      policytracker timeline --all --csv > panel.csv
    """
    _check_usage(every, company, chip, knowledge, at, known)
    if strip and (every or knowledge or form):
        raise click.UsageError(
            "--strip draws one cell over the days; leave out --all, --knowledge, --json and the like"
        )
    drawing = drawing_of(form, {"--all": every, "--strip": strip, "--knowledge": knowledge}, **drawn)
    window = _window(first, last)
    asked = Clocks(clock.today() if at is None else at, known, recorded)
    ask, header = (over_knowledge, columns.KNOWLEDGE_TIMELINE) if knowledge else (over_days, columns.TIMELINE)
    with open_reader(context) as reader:
        rows = ask(reader, asked, company, chip, window)
        directory = reader.directory_at(recorded, asked.at)
        if drawing.is_asked_for:
            _draw(path_of(context), asked, list(rows), drawing)
        elif strip:
            found = list(rows)
            end = asked.at if last is None else last
            print_strip(found, first, end, directory.chips[found[0]["chip"]].get("launched"))
        else:
            emit(rows, form, _panel if every else lambda found: _intervals(found, directory, knowledge), header)
        tell_dates(reader, asked, drawing.form or form, at=knowledge)


def _draw(ledger: Where, asked: Clocks, rows: list[CellInterval], drawing: Drawing) -> None:
    # Imported here: what draws is as large as a server.
    from policytracker.web.drawn_alone import timeline_drawing

    emit_drawing(timeline_drawing(ledger, asked, rows), drawing)


def _check_usage(
    every: bool, company: str | None, chip: str | None, knowledge: bool, at: int | None, known: int | None
) -> None:
    if every == (company is not None) or (company is None) != (chip is None):
        raise click.UsageError("give COMPANY and CHIP, or --all for every company and chip")
    if at is not None and not knowledge:
        raise click.UsageError("a timeline runs over all days; bound it with --from and --to, or add --knowledge")
    if known is not None and knowledge:
        raise click.UsageError("--knowledge runs over all that was published; bound it with --from and --to")


def _window(first: int | None, last: int | None) -> Window:
    """From which day to which. Raises UsageError where nothing lies between."""
    if first is not None and last is not None and last < first:
        raise click.UsageError(
            f"--to ({iso(last)}) is before --from ({iso(first)}), so nothing lies between; "
            "give the earlier day to --from"
        )
    return Window(first, last)


def _intervals(rows: list[CellInterval], directory: Directory, knowledge: bool) -> None:
    for (_, chip), intervals in groupby(rows, key=lambda row: (row["company"], row["chip"])):
        found = list(intervals)
        width = max(10, *(len(end or "") for row in found for end in (row["from"], row["to"])))
        click.echo(heading(f"{found[0]['company']} {found[0]['chip']}"))
        launched = directory.chips[chip].get("launched")
        if launched and not knowledge:
            click.echo(dim(f"launched {launched}: earlier days are before its launch"))
        click.echo(dim(f"{'from':{width}}  {'to':{width}}  {'status':{WIDEST_STATUS}}  limited by"))
        for before, row in zip([None, *found], found, strict=False):
            padding = " " * (WIDEST_STATUS - len(plain_spread(row)))
            line = f"{row['from'] or OPEN:{width}}  {row['to'] or OPEN:{width}}  {spread(row)}{padding}  {limits(row)}"
            click.echo(line.rstrip())
            for reason in _reasons(before, row):
                click.echo(fold(f"  {reason}", 6))


def _reasons(before: CellInterval | None, row: CellInterval) -> Iterator[str]:
    """The gates that changed, then the events by which they did, each with its source."""
    gates = [gate for gate in row["gates"] if before is None or gate not in before["gates"]]
    if gates or not row["gates"]:
        yield ", ".join(f"{gate['gate']} {spread(gate)}" for gate in gates) or DOMESTIC
    for event in row["turned_by"]:
        source = event["source"] or "no report: bookkeeping"
        yield f"  by {one_line(called(event['id'], event['ref']))} ({one_line(event['says'])}), {one_line(source)}"


def _panel(rows: list[CellInterval]) -> None:
    print_table(
        ["company", "chip", "from", "to", "status", "limited by"],
        [[row["company"], row["chip"], row["from"] or "", row["to"] or "", spread(row), limits(row)] for row in rows],
    )
