"""The shipped history as a ledger, made once by the real ``init --demo``, and ways to ask it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from policytracker.cli.main import cli
from policytracker.ledger.where import Where
from tests.once import once
from tests.views import copy_with_views

PROGRAM = (sys.executable, "-m", "policytracker.cli.main", "--ledger")
LEDGER = "demo.ledger"


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger file of the shipped history. Ask it, and record nothing."""
    made = once(tmp_path_factory, "demo", lambda folder: run(folder / LEDGER, "init", "--demo").check_returncode())
    return copy_with_views(made / LEDGER, tmp_path_factory.mktemp("demo") / LEDGER)


def run(ledger: Where, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The program as a user runs it, in a process of its own."""
    settings = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run([*PROGRAM, str(ledger), *arguments], capture_output=True, text=True, env=settings)


def ask(ledger: Where, *arguments: str) -> Result:
    """The same within this process."""
    return CliRunner().invoke(cli, ["--ledger", str(ledger), *arguments], prog_name="policytracker")


def rows(ledger: Where, *arguments: str) -> list[dict[str, Any]]:
    """The answer of a command with --json."""
    found = ask(ledger, *arguments, "--json")
    assert found.exit_code == 0, found.output
    answer: list[dict[str, Any]] = json.loads(found.stdout)
    return answer
