"""``policytracker where``: where the ledger is, and what it holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from policytracker.cli.configuration import configuration_file, configuration_of
from policytracker.cli.options import open_reader
from policytracker.cli.output import emit, output_options
from policytracker.cli.settings import setting
from policytracker.ledger import clock
from policytracker.ledger.errors import NoLedger
from policytracker.questions import columns
from policytracker.questions.counts import counts
from policytracker.questions.escaping import safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policytracker.ledger.where import Where
    from policytracker.questions.ledger_answers import LedgerPlace, LedgerSummary


@click.command(short_help="Say where the ledger is, and what it holds.")
@output_options
@click.pass_context
def where(context: click.Context, form: str | None) -> None:
    """Say where the ledger is and who says so, which configuration file counts, which ledger it is, and what it holds.

    Where there is no ledger yet, the exit code is 1. The table then says where one was looked for.

    \b
    Example:
      policytracker --ledger demo.ledger where
    """
    try:
        reader = open_reader(context)
    except NoLedger as error:
        if form is None:
            _lines([_place(context, error.where)])
        raise
    with reader:
        found: LedgerSummary = {
            **_place(context, reader.ledger),
            "read_models": str(reader.views.absolute()),
            "identity": reader.head.ledger,
            "events": reader.head.position,
            "head": reader.head.id,
            "recorded": clock.text(reader.head.recorded) if reader.head.position else None,
            **counts(reader),
        }
    emit([found], form, _lines, columns.WHERE)


def _place(context: click.Context, ledger: Where) -> LedgerPlace:
    """Where a ledger is, or would be. Raises BadConfiguration."""
    configuration = configuration_of(context)
    return {
        "ledger": str(ledger.absolute() if isinstance(ledger, Path) else ledger),
        "chosen_by": setting(context, "ledger").source,
        "configuration": str(configuration.file) if configuration.is_there else None,
    }


def _lines(rows: Sequence[LedgerPlace]) -> None:
    for key, value in rows[0].items():
        none = f"none, {configuration_file()} is not there" if key == "configuration" else "none"
        click.echo(f"{key:14} {safe(none if value is None else str(value))}")
