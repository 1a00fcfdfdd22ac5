"""``policytracker brief``: one company and chip in sentences."""

from __future__ import annotations

from typing import Any

import click

from policytracker.cli.completing import Named
from policytracker.cli.digest import stale_days_option
from policytracker.cli.document_output import document_options, emit_document
from policytracker.cli.options import clock_options, open_reader
from policytracker.questions.brief import brief as told_of
from policytracker.questions.documents import of_brief
from policytracker.questions.reader import Clocks


@click.command(short_help="One company and chip in sentences, a paragraph for each gate.")
@click.argument("company", type=Named("COMPANY", "a-company"))
@click.argument("chip", type=Named("CHIP", "a-chip"))
@stale_days_option
@clock_options
@document_options("md", "json")
@click.pass_context
def brief(context: click.Context, /, company: str, chip: str, stale_days: int, form: str | None, **clocks: Any) -> None:
    """All that matters of one company and chip, in sentences, each with who says so and the ref of its event.

    A paragraph for each gate tells what decides there, how old the last word is, the conditions, what was
    licensed, approved and is left, what an authority is said to talk about, and where reports differ. A last
    one tells orders, deliveries and days to come.

    \b
    Examples:
      policytracker brief Tencent H200
      policytracker brief Tencent H200 --at 2026-01-28 --known 2026-01-28 --md
    """
    point = Clocks(**clocks)
    with open_reader(context) as reader:
        found = told_of(reader, point, company, chip, stale_days)
        emit_document(reader, point, found, of_brief(found), form)
