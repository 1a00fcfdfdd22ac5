"""``policytracker schema``: the JSON Schema of events, and of what commands print with --json."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from policytracker.cli.completing import EventType
from policytracker.cli.texts import did_you_mean

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class EventTypeOrCommand(EventType):
    """A type of event; with --answers, a command that has --json."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if ctx is None or not ctx.params.get("answers"):
            return super().convert(value, param, ctx)
        from policytracker.cli.json_shapes import BY_COMMAND

        if value not in BY_COMMAND:
            self.fail(_no_such_command(value), param, ctx)
        return value

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        if not ctx.params.get("answers"):
            return super().shell_complete(ctx, param, incomplete)
        from click.shell_completion import CompletionItem

        from policytracker.cli.json_shapes import BY_COMMAND

        return [CompletionItem(name) for name in BY_COMMAND if name.startswith(incomplete)]


def _no_such_command(word: str) -> str:
    from policytracker.cli.json_shapes import BY_COMMAND
    from policytracker.events.refusals import shown

    hint = did_you_mean(word, BY_COMMAND, otherwise=f"these do: {', '.join(BY_COMMAND)}")
    return f"no command {shown(word)} has --json; {hint}"


@click.command(short_help="Print the JSON Schema of events, or of answers.")
@click.argument("name", metavar="[TYPE|COMMAND]", required=False, type=EventTypeOrCommand())
@click.option("--answers", is_flag=True, is_eager=True, help="Of what COMMAND prints with --json, or any command.")
def schema(name: str | None, answers: bool) -> None:
    """Print the JSON Schema (draft 2020-12) of one TYPE of event, or of a line of any type.

    It says what each field means, which are required and what they may look like. What hangs on other
    events (a target that must exist, an id that must be registered) is for the ledger to decide.

    With --answers: the JSON Schema of what one COMMAND prints with --json. Without COMMAND, of what any command prints;
    `$defs` then has a schema for each command, by its name. With --nl each line is one item of that array.

    \b
    Examples:
      policytracker schema batch-approved
      policytracker schema > events.schema.json
      policytracker schema --answers state
      policytracker schema --answers "record --dry-run"
    """
    if answers:
        from policytracker.cli.json_shapes import document

        found = document(name)
    else:
        from policytracker.events.catalogue import CLASSES, TYPES
        from policytracker.events.describe import schema as schema_of

        found = schema_of((TYPES[name],) if name else CLASSES)
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))
