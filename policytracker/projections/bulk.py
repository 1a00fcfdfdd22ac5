"""Read models of all events at once: rows are gathered as the events come, and put in order at the end.

A claim about which nothing else is said can be told at once; the others wait until all events are there. The rows of
the index stay in memory until they are put in order, some hundred bytes each.
"""

import json
from collections.abc import Sequence

from sqlite_utils import Database

from policytracker.events.forms import stored_fields
from policytracker.index.writing import Collected
from policytracker.ledger import clock
from policytracker.ledger.damage import Damaged
from policytracker.ledger.past import claim_stream
from policytracker.ledger.reading import Row
from policytracker.ledger.tables import REDACTION
from policytracker.projections import schema
from policytracker.projections.events import REMOVED, EntryRow, Taken, entry_of, entry_row, removed_fields
from policytracker.projections.gates import Gates
from policytracker.projections.noted import Noted
from policytracker.projections.numbering import Numbers
from policytracker.projections.periods import rows_of_thread
from policytracker.projections.reading import thread_at
from policytracker.projections.shipments import write
from policytracker.projections.tables import ENTRY
from policytracker.projections.threads import Threads
from policytracker.status.claims import CLAIM_TYPES
from policytracker.status.entries import Thread
from policytracker.status.quantities import SHIPPED

CHUNK = 200
"""Events that are taken at once: so few that what is made of them stays in the processor's cache."""


class Bulk:
    """Fills empty read models."""

    def __init__(self, database: Database, gates: Gates, several: frozenset[str]) -> None:
        """``gates``: those of the authorities as far as they are known beforehand; ``several``: the streams that hold
        more than one event."""
        self.database = database
        self.noted = Noted(gates)
        self.rows = Collected()
        """The rows of the index."""
        self._gates, self._several = gates, several
        self._numbers = Numbers(database.conn)
        self._threads = Threads(database.conn)
        self._redactions: list[Row] = []
        self._removed = False
        self._waiting: set[int] = set()
        """The positions of claims about which more is said, or was before it was removed."""
        self._shipments: list[int] = []
        """The positions of shipments."""

    def take(self, events: Sequence[Taken]) -> None:
        """Gather events, given in ledger order. Raises Damaged for one that lies in a stream where it cannot be."""
        entries: list[EntryRow] = []
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
                if row.stream != claim_stream(row.id):
                    raise Damaged(row.id)
                if row.stream in self._several:
                    self._waiting.add(row.position)
                else:
                    self._tell((entry_of(row, fields),))
            elif fields["type"] == SHIPPED:
                self._shipments.append(row.position)
        self.database.conn.executemany(ENTRY, entries)
        self._threads.take(about)

    def finish(self, whole: bool) -> None:
        """Put in order what was gathered.

        Raises Damaged where, of a ``whole`` ledger, a content is gone, and no event has said why.
        """
        connection = self.database.conn
        self.noted.registry.write(connection)
        schema.index_by(self.database, "entries_id")
        self._redact()
        if whole:
            self._check_removed()
        self._threads.gather()
        for thread in self._threads.each():
            if thread[0].type in CLAIM_TYPES:
                if thread[0].position not in self._waiting:
                    raise Damaged(thread[-1].id)
                self._waiting.remove(thread[0].position)
                self._tell(thread)
        for position in sorted(self._waiting):
            self._tell(thread_at(connection, position))
        self._threads.close()
        schema.index(self.database)
        for position in self._shipments:
            write(connection, thread_at(connection, position))

    def _tell(self, thread: Thread) -> None:
        """Gather what is to stand in the index of a claim."""
        self.rows.add(rows_of_thread(thread, self._numbers, self._gates))

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
