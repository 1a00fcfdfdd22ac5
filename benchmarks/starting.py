"""How long a command takes from the shell, against importing what it is made of."""

import compileall
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import policytracker
from benchmarks.figures import Figure, in_turn

RUNS = 21


def figures() -> Iterator[Figure]:
    """``--help`` and a question on the shipped history."""
    program = installed()
    with TemporaryDirectory() as folder:
        ledger = str(Path(folder) / "demo.ledger")
        _run(program, "--ledger", ledger, "init", "--demo")
        bare, help_, state = in_turn(
            RUNS,
            lambda: _run(sys.executable, "-c", "import click, sqlite3"),
            lambda: _run(program, "--help"),
            lambda: _run(program, "--ledger", ledger, "state", "tencent", "h200", "--json"),
        )
    yield Figure("policytracker --help", help_, "import click, sqlite3", bare, 1.5)
    yield Figure("state tencent h200 --json", state, "import click, sqlite3", bare, 1.5)


def installed() -> str:
    """The console script, its modules compiled: pip does that for whoever installs them, but not for a checkout."""
    compileall.compile_dir(Path(policytracker.__file__).parent, quiet=1)
    return str(Path(sys.executable).with_name("policytracker"))


def _run(*words: str) -> None:
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
