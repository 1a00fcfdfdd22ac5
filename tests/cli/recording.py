"""How to record into a copy of the shipped history, and to see what came of it."""

import json
from typing import Any

from click.testing import CliRunner, Result

from policytracker.cli.main import cli
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.where import Where
from tests.demo import PROGRAM


def ask(ledger: Where, *arguments: str, text: str | bytes | None = None, color: bool = False) -> Result:
    """A command, within this process; with ``color`` nothing is taken out of what it prints."""
    return CliRunner().invoke(cli, ["--ledger", str(ledger), *arguments], input=text, color=color)


def say(ledger: Where, *arguments: str) -> str:
    """What a command prints that must succeed."""
    result = ask(ledger, *arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def recorded(ledger: Where, *arguments: str) -> dict[str, Any]:
    """The event that ``record`` recorded."""
    (event,) = json.loads(say(ledger, "record", *arguments, "--json"))
    assert isinstance(event, dict)
    return event


def command(ledger: Where, *arguments: str) -> list[str]:
    """The command line of the real program."""
    return [*PROGRAM, str(ledger), *arguments]


def position(ledger: Where) -> int:
    """How many events a ledger holds."""
    with open_ledger(ledger) as source:
        return source.head().position


def content(ledger: Where) -> list[Any]:
    """All that a ledger holds."""
    with open_ledger(ledger) as source:
        return list(source.events())


def states(ledger: Where) -> dict[tuple[str, str], Any]:
    """What is told of each cell today."""
    cells = json.loads(say(ledger, "state", "--json"))
    return {(cell["company"], cell["chip"]): cell for cell in cells}
