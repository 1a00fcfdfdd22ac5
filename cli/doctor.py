"""``policytracker doctor``: look at all that the ledger rests on."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, TypedDict

import click

from policytracker.cli.exit_codes import FAILED
from policytracker.cli.folding import fold
from policytracker.cli.options import path_of
from policytracker.cli.output import emit, output_options
from policytracker.ledger import clock
from policytracker.questions import columns
from policytracker.questions.escaping import one_line

if TYPE_CHECKING:
    from policytracker.keeping.doctor import Finding

COLOURS = {"ok": "green", "note": "yellow", "problem": "red"}
WIDTHS = (8, 13)


class FindingAnswer(TypedDict):
    """What one check found, as of `doctor --json`."""

    level: Literal["ok", "note", "problem"]
    """Whether something is to be done: a problem damages or prevents the use of the ledger."""
    check: str
    """The name of the check."""
    says: str
    """What it found, in words."""
    do: str | None
    """What to do about it; null: nothing is to be done."""


@click.command(short_help="Look at all that the ledger rests on, and say what to do.")
@output_options
@click.pass_context
def doctor(context: click.Context, form: str | None) -> None:
    """Look at all that the ledger rests on, and say what to do: programs and their known defects, file system, room and
    rights, settings as they really are, the clock, the read models; on a server its settings, roles and guards.

    Every line is ok, a note or a problem. Exit code 1 when there is a problem. It changes nothing. Whether the
    events are as they were recorded is asked with `verify`.

    \b
    Examples:
      policytracker --ledger demo.ledger doctor
      policytracker doctor --json
    """
    from policytracker.keeping.doctor import doctor as look

    found = list(look(path_of(context), clock.now()))
    emit(map(_as_object, found), form, lambda _: _lines(found), columns.DOCTOR)
    context.exit(FAILED if any(finding.level == "problem" for finding in found) else 0)


def _as_object(found: "Finding") -> FindingAnswer:
    return {"level": found.level, "check": found.check, "says": found.says, "do": found.do}


def _lines(found: Sequence["Finding"]) -> None:
    indent = sum(WIDTHS)
    for each in found:
        level = click.style(f"{each.level:{WIDTHS[0]}}", fg=COLOURS[each.level], bold=each.level == "problem")
        click.echo(fold(f"{level}{each.check:{WIDTHS[1]}}{one_line(each.says)}", indent))
        if each.do:
            click.echo(fold(f"{' ' * indent}→ {one_line(each.do)}", indent + 2))
    count = Counter(each.level for each in found)
    click.echo(f"{_many(count['problem'], 'problem')}, {_many(count['note'], 'note')}")


def _many(count: int, what: str) -> str:
    return f"{count or 'no'} {what}{'' if count == 1 else 's'}"
