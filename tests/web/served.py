"""The program serving a ledger, in a process of its own, as a user starts it."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.demo import PROGRAM


@contextmanager
def served(ledger: Path) -> Iterator[str]:
    """The address at which a ledger is served, on a free port of this machine."""
    with subprocess.Popen([*PROGRAM, str(ledger), "serve", "--port", "0"], stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            said = server.stdout.readline()
            yield next(word for word in said.split() if word.startswith("http://")).rstrip("/")
        finally:
            server.terminate()
