"""``policytracker schema``: the JSON Schema of events."""

import json

import click

from policytracker.cli.completing import EventType


@click.command(short_help="Print the JSON Schema of events.")
@click.argument("event_type", metavar="[TYPE]", required=False, type=EventType())
def schema(event_type: str | None) -> None:
    """Print the JSON Schema (draft 2020-12) of one TYPE of event, or of a line of any type.

    It says what each field means, which are required and what they may look like. What hangs on other
    events (a target that must exist, an id that must be registered) is for the ledger to decide.

    \b
    Examples:
      policytracker schema batch-approved
      policytracker schema > events.schema.json
    """
    from policytracker.events.catalogue import CLASSES, TYPES
    from policytracker.events.describe import schema as schema_of

    kinds = (TYPES[event_type],) if event_type else CLASSES
    click.echo(json.dumps(schema_of(kinds), ensure_ascii=False, indent=2))
