"""How to record into a copy of the shipped history, and to see what came of it."""

import json
import shutil
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from policytracker.cli.main import cli
from policytracker.ledger.reading import LedgerFile
from tests.demo import PROGRAM


def copy_of(ledger: Path, folder: Path) -> Path:
    """A ledger to be changed, the same as another."""
    copy = folder / "demo.ledger"
    shutil.copy(ledger, copy)
    shutil.copy(f"{ledger}.views", f"{copy}.views")
    return copy


def ask(ledger: Path, *arguments: str, text: str | bytes | None = None, color: bool = False) -> Result:
    """A command, within this process; with ``color`` nothing is taken out of what it prints."""
    return CliRunner().invoke(cli, ["--ledger", str(ledger), *arguments], input=text, color=color)


def say(ledger: Path, *arguments: str) -> str:
    """What a command prints that must succeed."""
    result = ask(ledger, *arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def recorded(ledger: Path, *arguments: str) -> dict[str, Any]:
    """The event that ``record`` recorded."""
    (event,) = json.loads(say(ledger, "record", *arguments, "--json"))
    assert isinstance(event, dict)
    return event


def command(ledger: Path, *arguments: str) -> list[str]:
    """The command line of the real program."""
    return [*PROGRAM, str(ledger), *arguments]


def position(ledger: Path) -> int:
    """How many events a ledger holds."""
    with LedgerFile(ledger) as source:
        return source.head().position


def states(ledger: Path) -> dict[tuple[str, str], Any]:
    """What is told of each cell today."""
    cells = json.loads(say(ledger, "state", "--json"))
    return {(cell["company"], cell["chip"]): cell for cell in cells}
