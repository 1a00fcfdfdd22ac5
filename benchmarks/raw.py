"""The peer of all writing: the tables of a ledger, in a file as durable, filled by sqlite3 with rows made before."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Self

from policytracker.ledger.layout import PRAGMAS

Rows = list[tuple[Any, ...]]
BLOCK = 2_000

_EVENTS = """SELECT s.* FROM ledger_entries e JOIN stored_events s
    ON s.originator_id = e.stream AND s.originator_version = e.version WHERE e.position > ? ORDER BY e.position"""
_ENTRIES = "SELECT * FROM ledger_entries WHERE position > ? ORDER BY position"


class RawLedger:
    """The tables and indexes of a ledger, without anything that checks. Use it in a ``with`` statement."""

    def __init__(self, path: Path, like: Path) -> None:
        """Make the tables that the ledger ``like`` has."""
        self._connection = sqlite3.connect(path, isolation_level=None)
        for pragma in ("PRAGMA journal_mode=WAL", *PRAGMAS):
            self._connection.execute(pragma)
        with closing(sqlite3.connect(like)) as ledger:
            made = ledger.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%'")
            for (statement,) in made:
                self._connection.execute(statement)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._connection.close()

    @staticmethod
    def rows_of(ledger: Path, after: int = 0) -> tuple[Rows, Rows]:
        """The rows of a ledger in both tables, in ledger order, after a position."""
        with closing(sqlite3.connect(ledger)) as opened:
            return opened.execute(_EVENTS, (after,)).fetchall(), opened.execute(_ENTRIES, (after,)).fetchall()

    def append(self, events: Sequence[tuple[Any, ...]], entries: Sequence[tuple[Any, ...]]) -> None:
        """Insert rows in one transaction."""
        self._connection.execute("BEGIN IMMEDIATE")
        for start in range(0, len(events), BLOCK):
            end = start + BLOCK
            self._connection.executemany("INSERT INTO stored_events VALUES (?,?,?,?)", events[start:end])
            self._connection.executemany("INSERT INTO ledger_entries VALUES (?,?,?,?,?,?,?,?,?)", entries[start:end])
        self._connection.execute("COMMIT")
