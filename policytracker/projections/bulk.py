"""Read models of all events at once: rows are gathered as the events come, and put in order at the end.

A claim is taken to be alone until something is said about it; the threads that turn out longer are told anew once all
events are there. Memory is bounded: what waits lies in temporary tables.
"""

import json
from collections.abc import Sequence
from itertools import islice

from sqlite_utils import Database

from policytracker.events.forms import stored_fields
from policytracker.ledger import clock
from policytracker.ledger.damage import Damaged
from policytracker.ledger.reading import Row
from policytracker.ledger.tables import REDACTION
from policytracker.projections import schema, subjects
from policytracker.projections.events import REMOVED, EntryRow, Taken, entry_of, entry_row, removed_fields
from policytracker.projections.gates import Gates
from policytracker.projections.noted import Noted
from policytracker.projections.staging import Staging
from policytracker.projections.tables import ENTRY
from policytracker.projections.tenures import BlockRow, TenureRows
from policytracker.projections.threads import Threads
from policytracker.status.claims import CLAIM_TYPES

CHUNK = 200
"""Events that are taken at once: so few that what is made of them stays in the processor's cache."""
_SOME = 100
"""Threads that are told at once."""


class Bulk:
    """Fills empty read models."""

    def __init__(self, database: Database, gates: Gates) -> None:
        """``gates`` are those of the authorities as far as they are known beforehand."""
        self.database = database
        self.noted = Noted(gates)
        self._tenures = TenureRows(database.conn, gates)
        self._staging = Staging(database.conn, self._tenures.numbers)
        self._threads = Threads(database.conn)
        self._redactions: list[Row] = []
        self._removed = False

    def take(self, events: Sequence[Taken]) -> None:
        """Gather events, given in ledger order."""
        entries: list[EntryRow] = []
        blocks: list[BlockRow] = []
        about: list[tuple[int, str]] = []
        for row, kept in events:
            fields = kept or removed_fields(row)
            target = fields.get("target")
            entries.append(entry_row(row, fields, row.position))
            self.noted.take(row, fields)
            self._removed = self._removed or not row.state
            if row.topic == REDACTION:
                self._redactions.append(row)
            elif target is not None:
                about.append((row.position, target))
            elif fields["type"] in CLAIM_TYPES:
                blocks.extend(self._tenures.blocks((entry_of(row, fields),), lone=True))
        self.database.conn.executemany(ENTRY, entries)
        self._staging.stage(blocks)
        self._threads.take(about)

    def finish(self, whole: bool) -> None:
        """Put in order what was gathered.

        Raises Damaged where, of a ``whole`` ledger, a content is gone, and no event has said why.
        """
        connection = self.database.conn
        subjects.write(connection, self.noted.registry.values())
        schema.index_by(self.database, "entries_id")
        self._redact()
        if whole:
            self._check_removed()
        self._threads.gather()
        threads = (thread for thread in self._threads.each() if thread[0].type in CLAIM_TYPES)
        while some := list(islice(threads, _SOME)):
            self._staging.stage(block for thread in some for block in self._tenures.blocks(thread, lone=False))
            self._staging.say(some)
        self._staging.settle()
        self._threads.close()
        schema.index(self.database)

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
