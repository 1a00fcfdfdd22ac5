"""Reading the ledger beside the library: plain SQL over the global order, without importing the library."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from policytracker.ledger.layout import open_to_read

_SELECT = """SELECT e.position, e.id, CAST(e.recorded AS INTEGER), e.recorder, e.ref, s.topic, CAST(s.state AS BLOB)
    FROM ledger_entries e JOIN stored_events s
    ON s.originator_id = e.stream AND s.originator_version = e.version"""


class Row(NamedTuple):
    """One event as stored."""

    position: int
    id: str
    recorded: int
    recorder: str
    ref: str | None
    topic: str
    state: bytes


class Head(NamedTuple):
    """Which ledger it is, and how far it goes. An empty one has position 0 and the id ""."""

    ledger: str
    position: int
    id: str
    recorded: int


class LedgerFile:
    """A ledger, opened for reading. Close it, or use it in a ``with`` statement."""

    def __init__(self, path: Path) -> None:
        """Raises NoLedger, NotALedger or Unusable."""
        self.path = path
        self.connection = open_to_read(path)

    def __enter__(self) -> "LedgerFile":
        return self

    def __exit__(self, *exc: object) -> None:
        self.connection.close()

    def head(self) -> Head:
        """Its identity and its last event."""
        return read_head(self.connection)

    def rows(self, after: int = 0) -> Iterator[Row]:
        """The events after a position, in ledger order."""
        found = self.connection.execute(f"{_SELECT} WHERE e.position > ? ORDER BY e.position", (after,))
        return map(Row._make, found)

    def count(self) -> tuple[int, int]:
        """How many events the library's table holds, and how many the order beside it."""
        (stored,) = self.connection.execute("SELECT count(*) FROM stored_events").fetchone()
        (ordered,) = self.connection.execute("SELECT count(*) FROM ledger_entries").fetchone()
        return stored, ordered

    def id_at(self, position: int) -> str:
        """The id of the event at a position; "" where there is none."""
        row = self.connection.execute("SELECT id FROM ledger_entries WHERE position = ?", (position,)).fetchone()
        return row[0] if row else ""


def read_head(connection: sqlite3.Connection) -> Head:
    """The head of an open ledger."""
    (ledger,) = connection.execute("SELECT value FROM ledger_meta WHERE key = 'ledger'").fetchone()
    row = connection.execute(
        "SELECT position, id, recorded FROM ledger_entries ORDER BY position DESC LIMIT 1"
    ).fetchone()
    return Head(ledger, *(row or (0, "", 0)))


def is_prefix(name: str) -> bool:
    """Whether a name is an id or the beginning of one; a ref never is (interchange.md)."""
    return bool(name) and set(name) <= set("0123456789abcdef")


def find_ids(connection: sqlite3.Connection, name: str, limit: int = 6) -> list[str]:
    """The ids of the event with this ref, or of those whose id begins so."""
    by_ref = connection.execute("SELECT id FROM ledger_entries WHERE ref = ?", (name,)).fetchall()
    if by_ref or not is_prefix(name):
        return [found for (found,) in by_ref]
    rows = connection.execute(
        "SELECT id FROM ledger_entries WHERE id >= ? AND id < ? ORDER BY id LIMIT ?",
        (name, name + "g", limit),
    )
    return [found for (found,) in rows]
