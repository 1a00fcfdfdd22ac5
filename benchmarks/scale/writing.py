"""What writing costs: import, append and rebuild of a large ledger, each against the least that any program must do."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import msgspec

from benchmarks.figures import in_turn
from benchmarks.large import days
from benchmarks.large.doubtful import Doubtful
from benchmarks.large.lines import lines
from benchmarks.large.world import World
from benchmarks.starting import installed
from policytracker.events.fields import Event
from policytracker.events.forms import read_fields
from policytracker.ledger import clock
from policytracker.ledger.appending import append_event, append_lines
from policytracker.ledger.layout import PRAGMAS
from policytracker.ledger.lines import Line
from policytracker.ledger.store import Store
from policytracker.projections.catching_up import Follower, rebuild
from policytracker.status.claims import CLAIM_TYPES

Pair = tuple[float, float]
"""Seconds of ours, and of what it is measured against."""
STORED = "INSERT INTO stored_events VALUES (?,?,?,?)"
ENTERED = "INSERT INTO ledger_entries VALUES (?,?,?,?,?,?,?,?,?)"
APPENDS = 60
STARTS = 15


def importing(folder: Path, size: int, world: World) -> Pair:
    """Import into an empty ledger, decoded, checked and sealed; ``executemany`` of the same rows into such tables."""
    made = [Line("large.jsonl", n, text) for n, text in enumerate(lines("doubtful", size, world=world), start=1)]
    ledger = folder / "imported.ledger"
    with Store.create(ledger) as store:
        ours = _timed(append_lines, store, made)
    del made
    with closing(sqlite3.connect(ledger)) as connection:
        stored = connection.execute(
            "SELECT s.* FROM ledger_entries e JOIN stored_events s"
            " ON s.originator_id = e.stream AND s.originator_version = e.version ORDER BY e.position"
        ).fetchall()
        entered = connection.execute("SELECT * FROM ledger_entries ORDER BY position").fetchall()
    copy = folder / "raw.ledger"
    Store.create(copy).close()
    with closing(_raw(copy)) as connection:
        raw = _timed(_insert, connection, stored, entered)
    for path in (*folder.glob("imported.ledger*"), *folder.glob("raw.ledger*")):
        path.unlink()
    return ours, raw


def appending(ledger: Path, world: World) -> Pair:
    """One event with its read models caught up; the same rows into a copy of the ledger, one commit each."""
    copy = ledger.with_name("copy.ledger")
    shutil.copy(ledger, copy)
    today = clock.today()
    ours: list[float] = []
    raw: list[float] = []
    with Store(ledger) as store, Follower(ledger) as follower, closing(_raw(copy)) as connection:

        def append(event: Event) -> None:
            append_event(store, event)
            follower.catch_up(today)

        follower.catch_up(today)
        for event in _later(world):
            ours.append(_timed(append, event))
            raw.append(_timed(_insert, connection, *_last(ledger)))
    copy.unlink()
    return median(ours), median(raw)


def rebuilding(ledger: Path) -> Pair:
    """Make the read models anew; read the same rows with sqlite3 and decode them with msgspec."""
    return _timed(rebuild, ledger, clock.today()), _timed(_decode, ledger)


def starting(ledger: Path) -> Pair:
    """A question from the shell; ``python -c "import click, sqlite3"``."""
    program = installed()
    numbers = count(1)

    def ask() -> None:
        _run(program, "--ledger", str(ledger), "state", f"firm-{next(numbers)}", "chip-1", "--json")

    ours, bare = in_turn(STARTS, ask, lambda: _run(sys.executable, "-c", "import click, sqlite3"))
    return ours, bare


def _later(world: World) -> list[Event]:
    """Claims, reported after all others."""
    made = Doubtful(world, seed=7)
    claims: list[Event] = []
    while len(claims) < APPENDS:
        event = made.event(days.DAYS)
        if event["type"] in CLAIM_TYPES:
            claims.append(read_fields({name: value for name, value in event.items() if name != "ref"}))
    return claims


def _last(ledger: Path) -> tuple[list[Any], list[Any]]:
    with closing(sqlite3.connect(ledger)) as connection:
        entered = connection.execute("SELECT * FROM ledger_entries ORDER BY position DESC LIMIT 1").fetchall()
        where = "SELECT * FROM stored_events WHERE originator_id = ? AND originator_version = ?"
        return connection.execute(where, entered[0][4:6]).fetchall(), entered


def _raw(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("PRAGMA journal_mode=WAL", *PRAGMAS):
        connection.execute(pragma)
    return connection


def _insert(connection: sqlite3.Connection, stored: list[Any], entered: list[Any]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(STORED, stored)
    connection.executemany(ENTERED, entered)
    connection.execute("COMMIT")


def _decode(ledger: Path) -> None:
    decode = msgspec.json.Decoder().decode
    with closing(sqlite3.connect(ledger)) as connection:
        rows = connection.execute(
            "SELECT e.position, e.id, e.recorded, s.topic, s.state FROM ledger_entries e JOIN stored_events s"
            " ON s.originator_id = e.stream AND s.originator_version = e.version ORDER BY e.position"
        )
        for row in rows:
            decode(row[4])


def _timed(action: Callable[..., object], *values: object) -> float:
    start = perf_counter()
    action(*values)
    return perf_counter() - start


def _run(*words: str) -> None:
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
