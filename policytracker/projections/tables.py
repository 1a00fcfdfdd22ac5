"""What each event does to the read models. Total: nothing that the ledger holds is refused here."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from policytracker.events.dates import day_of, moment
from policytracker.events.forms import stored_fields
from policytracker.ledger import clock
from policytracker.ledger.errors import Astray, Damaged
from policytracker.ledger.reading import Row
from policytracker.ledger.tables import REDACTION
from policytracker.projections.layout import ENTRIES, IMPORT_STATUS, META, REGISTRY, SCOPES
from policytracker.projections.scopes import scope_rows
from policytracker.projections.text import folded
from policytracker.status.directory import REGISTRY_TYPES

CHUNK = 2_000
REMOVED = "removed"
"""The type that an event has here whose content was removed."""


def create(database: Database) -> None:
    """Make the empty tables."""
    database.create_table("meta", META, pk="key", strict=True)
    database.create_table("entries", ENTRIES, pk="position", strict=True)
    database.table("entries").create_index(["id"], unique=True)
    database.table("entries").create_index(["thread"])
    database.table("entries").create_index(["type"])
    database.table("entries").create_index(["ref"])
    database.create_table("scopes", SCOPES, pk=("company", "chip", "authority", "thread"), strict=True)
    database.table("scopes").create_index(["thread"])
    database.create_table("registry", REGISTRY, pk=("space", "id"), strict=True)
    database.create_table("import_status", IMPORT_STATUS, pk=("company", "chip"), strict=True)


class Projector:
    """Writes events into the read models, in ledger order, within a transaction of the caller's."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.threads: dict[str, tuple[str, str]] = {}
        self.touched: set[str] = set()
        """Threads of claims that something new was said of."""
        self.registered = False
        self.removed: set[str] = set()
        """Events without content, which none has said to be redacted so far."""
        self.newest = 0
        """The newest publication day among the events taken (an ordinal; 0: none)."""

    def take(self, rows: Iterable[Row]) -> None:
        """Project events."""
        entries: list[dict[str, Any]] = []
        scopes: list[dict[str, str]] = []
        registry: dict[tuple[str, str], dict[str, Any]] = {}
        redactions: list[Row] = []
        for row in rows:
            fields = stored_fields(row.topic, bytes(row.state)) if row.state else self._removed(row)
            thread, authority = self._thread(row, fields)
            entries.append(entry_row(row, fields, thread))
            self.newest = max(self.newest, publication_day(fields))
            scopes.extend(scope_rows(thread, authority, fields))
            if fields["type"] in REGISTRY_TYPES:
                registered = registry_row(row, fields)
                registry[registered["space"], registered["id"]] = registered
                self.registered = True
            else:
                self.touched.add(thread)
            if row.topic == REDACTION:
                redactions.append(row)
        self._insert("entries", entries)
        for row in redactions:
            self._redact(row)
        self._insert("scopes", scopes, "ignore")
        self._insert("registry", list(registry.values()), "replace")

    def finish(self) -> None:
        """Raise Damaged where a content is gone, and no event has said why."""
        for event_id in self.removed:
            raise Damaged(event_id)

    def _removed(self, row: Row) -> dict[str, Any]:
        """What is left of an event whose content was removed: it does nothing, and nothing is about it."""
        self.removed.add(row.id)
        subject = {"subject": row.stream} if ":" in row.stream else {}
        return {"type": REMOVED, "was": row.topic.partition("/")[0], **subject}

    def _redact(self, row: Row) -> None:
        """Say of a removed event who has removed its content, when and why."""
        fields = stored_fields(row.topic, row.state)
        self.removed.discard(fields["target"])
        told = {"redacted_by": row.recorder, "redacted_at": clock.text(row.recorded), "reason": fields["reason"]}
        self.database.execute(
            "UPDATE entries SET body = json_patch(body, ?) WHERE id = ? AND type = ?",
            [json.dumps(told, ensure_ascii=False), fields["target"], REMOVED],
        )

    def _insert(self, table: str, rows: Sequence[dict[str, Any]], how: str = "") -> None:
        if rows:
            self.database.table(table).insert_all(
                rows, batch_size=CHUNK, ignore=how == "ignore", replace=how == "replace"
            )

    def _thread(self, row: Row, fields: Mapping[str, Any]) -> tuple[str, str]:
        """The thread of an event, and the authority of the claim that begins it ("" for none)."""
        target = fields.get("target")
        found = (row.id, fields.get("authority") or "") if target is None else self._thread_of(row.id, target)
        self.threads[row.id] = found
        return found

    def _thread_of(self, event_id: str, target: str) -> tuple[str, str]:
        if target not in self.threads:
            found = self.database.execute(
                "SELECT first.id, first.body FROM entries first JOIN entries target ON target.thread = first.id"
                " WHERE target.id = ?",
                [target],
            ).fetchall()
            if not found:
                raise Astray(event_id, target)
            ((thread, body),) = found
            self.threads[target] = thread, json.loads(body).get("authority") or ""
        return self.threads[target]


def entry_row(row: Row, fields: Mapping[str, Any], thread: str) -> dict[str, Any]:
    """An event as a row of ``entries``."""
    return {
        "position": row.position,
        "id": row.id,
        "recorded": row.recorded,
        "recorder": row.recorder,
        "type": fields["type"],
        "thread": thread,
        "target": fields.get("target"),
        "ref": row.ref,
        "body": json.dumps(fields, ensure_ascii=False, separators=(",", ":")),
        "text": folded(" ".join(_texts(fields))),
    }


def publication_day(fields: Mapping[str, Any]) -> int:
    """The publication day of an event's own report as recorded; 0 without one."""
    return day_of(moment(fields["report"]["published"])) if fields.get("report") else 0


def registry_row(row: Row, fields: Mapping[str, Any]) -> dict[str, Any]:
    """A registration as a row of ``registry``; a group lies in the name space of its members."""
    kind = REGISTRY_TYPES[fields["type"]]
    return {
        "space": fields["kind"] if kind == "group" else kind,
        "id": fields[kind],
        "position": row.position,
        "name": fields["name"],
        "body": json.dumps(fields, ensure_ascii=False, separators=(",", ":")),
    }


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from (str(key), *_texts(item)) if key in ("conditions", "changes") else _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
