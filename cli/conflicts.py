"""``policytracker conflicts``: where reports differ, and what counts only possibly or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from policytracker.cli.completing import Named
from policytracker.cli.folding import fold
from policytracker.cli.options import clock_options, open_reader, tell_dates
from policytracker.cli.output import counted, dim, emit, heading, output_options
from policytracker.questions import columns
from policytracker.questions.conflicts import conflicts as differences
from policytracker.questions.escaping import one_line
from policytracker.questions.reader import Clocks
from policytracker.questions.sources import BOOKKEEPING, source_line
from policytracker.questions.telling import called

if TYPE_CHECKING:
    from policytracker.questions.conflict_answers import Conflict

INDENT = 4
SAYS_SO = "it says so"


@click.command(short_help="Where reports differ, each side with its source.")
@click.option("--company", type=Named("NAME", "a-company"), help="Only events that name this company.")
@click.option("--chip", type=Named("NAME", "a-chip"), help="Only events that name this chip.")
@clock_options
@output_options
@click.pass_context
def conflicts(
    context: click.Context, /, company: str | None, chip: str | None, form: str | None, **clocks: Any
) -> None:
    """Where reports differ, with the reports of both sides, and what counts only possibly or not at all.

    It lists disputes, other values that a second report gives, corrections by a report, claims in doubt, and
    claims that give different statuses to the same cells on one day. On the day asked for the claims are
    certainly or possibly in force; what was ordered, shipped or signalled has begun.

    \b
    Examples:
      policytracker conflicts --at 2026-01-30
      policytracker conflicts --company Tencent --chip H200 --at 2026-01-30 --json
    """
    asked = Clocks(**clocks)
    with open_reader(context) as reader:
        emit(differences(reader, asked, company, chip), form, _for_people, columns.CONFLICTS)
        tell_dates(reader, asked, form)


def _for_people(rows: list[Conflict]) -> None:
    for _, found in groupby(rows, key=lambda row: row["event"]):
        _event(list(found))
    count = counted(len(rows), "conflict") if rows else "no conflict"
    click.echo(f"{count} between reports")


def _event(rows: list[Conflict]) -> None:
    """One event, and all that is said against it."""
    first = rows[0]
    name = heading(one_line(called(first["event"], first["ref"])))
    gate = f" at {first['gate']}" if first["gate"] else ""
    says = one_line(f"{first['type']}{gate}, counts {first['counts']}: {first['says']}")
    click.echo(fold(f"{name}: {says}", INDENT))
    # Who says so is told once, however many say otherwise.
    for text, sources in dict.fromkeys(side for row in rows for side in _sides(row)):
        _line(text)
        for source in sources:
            click.echo(dim(fold(" " * 2 * INDENT + one_line(source), 2 * INDENT + 2)))


def _sides(row: Conflict) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What is said, and what is said against it, each with its sources."""
    own, other = (tuple(map(source_line, row[side])) for side in ("own_sources", "other_sources"))
    why = "; ".join(row["why"])
    if row["kind"] == "in doubt":
        yield SAYS_SO, own
        yield f"in doubt: {why}", ()
        return
    idle = f" (it does nothing: {why})" if why else ""
    by = called(row["by"] or "", row["by_ref"])
    match row["kind"]:
        case "instead":
            yield f"{row['field']}: {row['own']}", own
            yield f"{row['field']} by {by}: {row['other']}{idle}", other
        case "corrected":
            yield f"{row['field']} before: {row['own']}", own
            yield f"{row['field']} corrected by {by}: {row['other']}{idle}", other
        case _:
            yield SAYS_SO, own
            yield f"{row['kind']} by {by}: {row['other']}{idle}", other or (BOOKKEEPING,)


def _line(text: str) -> None:
    click.echo(fold(" " * INDENT + one_line(text), INDENT + 2))
