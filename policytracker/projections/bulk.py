"""Read models of all events at once: rows are gathered as the events come, and put in order at the end.

A claim is taken to be alone until something is said about it; the threads that turn out longer are told anew once all
events are there. Memory is bounded: what waits lies in temporary tables.
"""

import json
from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from policytracker.events.forms import stored_fields
from policytracker.ledger import clock
from policytracker.ledger.damage import Astray, Damaged
from policytracker.ledger.reading import Row
from policytracker.ledger.tables import REDACTION
from policytracker.projections import schema, subjects
from policytracker.projections.events import (
    REMOVED,
    EntryRow,
    entry_of,
    entry_row,
    fields_of,
    publication_day,
    registry_row,
)
from policytracker.projections.gates import Gates
from policytracker.projections.reading import thread_at
from policytracker.projections.tables import ENTRY
from policytracker.projections.tenures import MENTION, TenureRows
from policytracker.projections.tenures import Row as TenureRow
from policytracker.status.claims import CLAIM_TYPES
from policytracker.status.directory import REGISTRY_TYPES

_STAGING = (
    "CREATE TEMP TABLE staged AS SELECT * FROM tenures LIMIT 0",
    "CREATE TEMP TABLE about (position INTEGER PRIMARY KEY, target TEXT)",
    "CREATE TEMP TABLE longer (thread INTEGER PRIMARY KEY)",
)
_STAGE = f"INSERT INTO temp.staged VALUES ({', '.join('?' * 15)})"
_SETTLE = """INSERT INTO tenures SELECT * FROM temp.staged
    WHERE lone = 0 OR position NOT IN (SELECT thread FROM temp.longer)
    ORDER BY key, start, published, position, day_from, known_from, seen_from"""


class Bulk:
    """Fills empty read models."""

    def __init__(self, database: Database, gates: Gates) -> None:
        """``gates`` are those of the authorities as far as they are known beforehand."""
        self.database = database
        self.gates = gates
        self.tenures = TenureRows(database.conn, gates)
        self.moved = False
        """Whether an authority has moved to another gate that was not known beforehand."""
        self.newest = 0
        """The newest publication day among the events taken (an ordinal; 0: none)."""
        self._registry: dict[tuple[str, str], dict[str, Any]] = {}
        self._redactions: list[Row] = []
        self._removed = False
        for statement in _STAGING:
            database.conn.execute(statement)

    def take(self, rows: Sequence[Row]) -> None:
        """Gather events, given in ledger order."""
        entries: list[EntryRow] = []
        staged: list[TenureRow] = []
        about: list[tuple[int, str]] = []
        for row in rows:
            fields = fields_of(row)
            target = fields.get("target")
            entries.append(entry_row(row, fields, row.position))
            self.newest = max(self.newest, publication_day(fields))
            self._removed = self._removed or not row.state
            if row.topic == REDACTION:
                self._redactions.append(row)
            elif target is not None:
                about.append((row.position, target))
            elif fields["type"] in CLAIM_TYPES:
                staged.extend(self.tenures.rows((entry_of(row, fields),), lone=True))
            elif fields["type"] in REGISTRY_TYPES:
                self._register(row, fields)
        connection = self.database.conn
        connection.executemany(ENTRY, entries)
        connection.executemany(_STAGE, staged)
        connection.executemany("INSERT INTO temp.about VALUES (?, ?)", about)

    def _register(self, row: Row, fields: dict[str, Any]) -> None:
        registered = registry_row(row, fields)
        self._registry[registered["space"], registered["id"]] = registered
        if fields["type"] == "authority-registered":
            self.moved = self.gates.take(row.position, fields) or self.moved

    def finish(self, whole: bool) -> None:
        """Put in order what was gathered.

        Raises Damaged where, of a ``whole`` ledger, a content is gone, and no event has said why.
        """
        connection = self.database.conn
        subjects.write(connection, self._registry.values())
        schema.index_by(self.database, "entries_id")
        self._redact()
        if whole:
            self._check_removed()
        self._gather_threads()
        for (thread,) in connection.execute("SELECT thread FROM temp.longer ORDER BY thread").fetchall():
            events = thread_at(connection, thread)
            if events[0].type in CLAIM_TYPES:
                connection.executemany(_STAGE, self.tenures.rows(events, lone=False))
                connection.executemany(MENTION, self.tenures.mentions(events))
        connection.execute(_SETTLE)
        for name in ("staged", "about", "longer"):
            connection.execute(f"DROP TABLE temp.{name}")
        schema.index(self.database)

    def _gather_threads(self) -> None:
        """Find the thread of each event about another: that of its target, which comes before it."""
        connection = self.database.conn
        for position, target in connection.execute("SELECT position, target FROM temp.about ORDER BY position"):
            found = connection.execute(
                "SELECT thread FROM entries WHERE id = ? AND position < ?", (target, position)
            ).fetchone()
            if found is None:
                (event_id,) = connection.execute("SELECT id FROM entries WHERE position = ?", (position,)).fetchone()
                raise Astray(event_id, target)
            (thread,) = found
            connection.execute("UPDATE entries SET thread = ? WHERE position = ?", (thread, position))
            connection.execute("INSERT OR IGNORE INTO temp.longer VALUES (?)", (thread,))
        schema.index_by(self.database, "entries_thread")

    def _redact(self) -> None:
        """Say of each removed event who has removed its content, when and why."""
        connection = self.database.conn
        for row in self._redactions:
            fields = stored_fields(row.topic, row.state)
            told = {"redacted_by": row.recorder, "redacted_at": clock.text(row.recorded), "reason": fields["reason"]}
            connection.execute(
                "UPDATE entries SET body = json_patch(body, ?) WHERE id = ? AND type = ?",
                [json.dumps(told, ensure_ascii=False), fields["target"], REMOVED],
            )

    def _check_removed(self) -> None:
        if not self._removed:
            return
        unsaid = "SELECT id FROM entries WHERE type = ? AND json_extract(body, '$.redacted_by') IS NULL LIMIT 1"
        for (event_id,) in self.database.conn.execute(unsaid, (REMOVED,)):
            raise Damaged(event_id)
