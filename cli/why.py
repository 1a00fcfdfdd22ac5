"""``policytracker why``: gate by gate, what stands, what is struck, what does not apply, what would settle it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from policytracker.cli.folding import fold
from policytracker.cli.options import clock_options, open_reader, tell_dates
from policytracker.cli.output import dim, emit, heading, output_options, status_word
from policytracker.questions.accounts import called
from policytracker.questions.escaping import one_line
from policytracker.questions.reader import Clocks
from policytracker.questions.roles import lines
from policytracker.questions.why import why as gates_of

if TYPE_CHECKING:
    from policytracker.questions.claim_answers import GateExplanation, RoleLine

ROLE_WIDTH = 12
INDENT = 2 + ROLE_WIDTH + 1


@click.command(short_help="Gate by gate: what stands, what is struck, what would settle it.")
@click.argument("company")
@click.argument("chip")
@click.option("--all", "everything", is_flag=True, help="Also tell the claims at its gates for others.")
@clock_options
@output_options
@click.pass_context
def why(context: click.Context, /, company: str, chip: str, everything: bool, form: str | None, **clocks: Any) -> None:
    """Why COMPANY may or may not import CHIP: every claim at each gate, what it does there, and on whose word.

    A claim stands, or it is struck by a later one, or left but not decisive; where it holds only possibly, or
    does not apply, the reason is told. An uncertain answer ends with the claims that would settle it.

    \b
    Examples:
      policytracker why Tencent H200 --at 2026-01-28 --known 2026-01-28T12:00Z
      policytracker why 字节跳动 H20 --at 2025-09-01 --csv
    """
    asked = Clocks(**clocks)
    with open_reader(context) as reader:
        gates = gates_of(reader, asked, company, chip, everything)
        if form in ("csv", "md"):
            emit((_flat(line) for gate in gates for line in lines(gate)), form)
        else:
            emit(gates, form, _for_people)
        tell_dates(reader, asked, form)


def _flat(line: RoleLine) -> Mapping[str, object]:
    """A line for a spreadsheet: of several texts, each apart from the next."""
    several = {"why": line["why"], "sources": line["sources"], "events": line["events"]}
    return {**line, **{part: " | ".join(texts) for part, texts in several.items()}}


def _for_people(gates: list[GateExplanation]) -> None:
    _verdict(gates[0])
    for gate in gates:
        _gate(gate)
    click.echo()


def _verdict(cell: GateExplanation) -> None:
    known = f", as known {cell['known']}" if cell["known"] else ""
    what = f"{one_line(cell['company_name'])}, {one_line(cell['chip_name'])} on {cell['at']}{known}"
    held = f"; held back by {' '.join(cell['held_by'])}" if cell["cell_status"] != "cleared" else ""
    click.echo(fold(f"{heading(what)}: {_answer(cell['cell_status'], cell['cell_possible'])}{held}", 2))


def _answer(status: str, possible: Sequence[str]) -> str:
    """A status by its word; an uncertain one by every word that is possible."""
    if status != "uncertain":
        return status_word(status)
    return f"{status_word(status)}, {' or '.join(status_word(word) for word in possible)}"


def _gate(gate: GateExplanation) -> None:
    click.echo(f"\n{heading(gate['gate'])}: {_answer(gate['status'], gate['possible'])}")
    if not gate["standing"]:
        click.echo("  no claim holds, so any status is possible")
    conditions: dict[str, list[str]] = {}
    for each in gate["conditions"]:
        conditions.setdefault(each["claim"], []).append(f"condition {each['key']}: {each['wording']}")
    for line in lines(gate):
        _claim(line, conditions.get(line["id"], []))
    _settling(gate)


def _claim(line: RoleLine, conditions: list[str]) -> None:
    label = f"  {line['role']:<{ROLE_WIDTH}} "
    said = f"{one_line(line['says'])}, from {line['start']}: {status_word(line['status'])}"
    click.echo(fold(f"{label}{heading(one_line(line['claim']))}: {said}", INDENT))
    for text in (*line["why"], *conditions):
        click.echo(fold(" " * INDENT + one_line(text), INDENT + 2))
    for text in (line["scope"], *line["sources"], *line["events"]):
        click.echo(dim(fold(" " * INDENT + one_line(text), INDENT + 2)))


def _settling(gate: GateExplanation) -> None:
    accounts = {account["id"]: account for account in gate["claims"]}
    for each in gate["would_settle"]:
        name = heading(one_line(called(accounts[each["claim"]])))
        outcomes = f"if it holds, {_either(each['if_holds'])}; if not, {_either(each['if_not'])}"
        click.echo(fold(f"  would settle it: {name} ({outcomes})", INDENT))


def _either(possible: Sequence[str]) -> str:
    return "any status" if len(possible) == 6 else " or ".join(status_word(word) for word in possible)
