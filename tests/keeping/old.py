"""The ledger that version 0.1 made (tests/data/version-0.1), as a copy that a test may change, in either home."""

import os
import shutil
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from policytracker.keeping.upgrade import upgrade
from policytracker.ledger.copying import copy
from policytracker.ledger.layout import LAYOUT
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.store.sqlite import FileHome
from policytracker.ledger.tables import Row, Stored
from policytracker.ledger.where import Server, Where
from tests.homes import databases_of

DATA = Path(__file__).parent.parent / "data" / "version-0.1"
MADE = DATA / "policy.ledger"
KEY = (DATA / "example.key.pub").read_text().strip()
"""The key by which its checkpoints are signed."""
EVENTS = 184
IDENTITY = "0a1b2c3d-0001-4000-8000-20260128cafe"
NOTE = (
    "note: an earlier version made this ledger (layout 2), so it answers and takes no events; "
    "run `policytracker upgrade`, which makes a backup first\n"
)


def old_file(folder: Path) -> Path:
    """A copy of the ledger file."""
    return Path(shutil.copy(MADE, folder / "policy.ledger"))


def old_server(database: Server, folder: Path) -> Server:
    """The same ledger on a server, by another identity: read models are named by it, and other tests have theirs."""
    file = Path(shutil.copy(MADE, folder / "for-the-server.ledger"))
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("UPDATE ledger_meta SET value = ? WHERE key = 'ledger'", (str(uuid4()),))
    copy(file, database)
    return database


def old_ledger(request: pytest.FixtureRequest, folder: Path) -> Where:
    """The ledger in the home that a test is run in (``on_both_homes``), made in a new folder."""
    place = folder / "old"
    place.mkdir()
    if request.param == "file":
        return old_file(place)
    return old_server(databases_of(request).fresh(), place)


def layout_of(where: Where) -> int:
    """The number of a ledger's layout."""
    with open_ledger(where) as source:
        return source.layout


def everything(where: Where) -> list[Stored]:
    """All that a ledger keeps of every event."""
    with open_ledger(where) as source:
        return list(source.everything())


def contents(where: Where) -> list[Row]:
    """The same without the trees between, of which a copy has fewer."""
    with open_ledger(where) as source:
        return list(source.rows())


def killed_at(told: str, ledger: str, step: int) -> None:
    """Upgrade a ledger file, and be killed at the step-th look at a file; tell how it ended if it survives."""
    left = step

    def look(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event == "open" or event.startswith(("os.", "sqlite3.", "fcntl.", "shutil.")):
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(look)
    done = upgrade(Path(ledger))
    left = 0
    Path(told).write_text(f"from {done.before} to {done.layout}\n")


def killed_before_it_is_committed(ledger: str) -> None:
    """Upgrade a ledger file, and be killed once all is done and nothing is committed."""
    change, calls = FileHome.upgrade, 0

    def and_be_killed(home: FileHome) -> None:
        nonlocal calls
        calls += 1
        change(home)
        assert home.layout() == LAYOUT
        if calls == 2:  # the first is the trial before the backup
            os.kill(os.getpid(), signal.SIGKILL)

    patched: Any = FileHome
    patched.upgrade = and_be_killed
    upgrade(Path(ledger))
