"""Is the ledger as it was recorded? What is wrong with it, event by event, in ledger order (docs/trust.md)."""

import sqlite3
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

from policytracker.events.forms import id_of, stored_fields
from policytracker.events.kept import CANNOT_HOLD, cannot_lack, kept_fields
from policytracker.events.refusals import NotAnEvent, UnknownForm
from policytracker.ledger.clock import is_time
from policytracker.ledger.damage import DamagedLedger
from policytracker.ledger.errors import Unreadable
from policytracker.ledger.past import claim_stream, own_stream
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.stored_seals import leaf_of, seal_of, tree_in
from policytracker.ledger.tables import REDACTION, Stored, Tables
from policytracker.ledger.where import Where
from policytracker.seals.tree import Frontier

KINDS: dict[str, tuple[type, ...]] = {
    "id": (str,),
    "recorded": (int,),
    "recorder": (str,),
    "stream": (str,),
    "version": (int,),
    "ref": (str, type(None)),
    "leaf": (bytes,),
    "tree": (bytes, type(None)),
    "topic": (str,),
    "state": (bytes,),
}
"""What may stand in which column."""


class Damage(NamedTuple):
    """One thing that is wrong."""

    position: int
    """The event's position in the ledger; 0 where it is not about one event."""
    event: str
    what: str


def ledger_damage(ledger: Where) -> Iterator[Damage]:
    """Everything wrong with a ledger, in ledger order; nothing that is damaged raises. Raises other LedgerErrors."""
    position = 0
    try:
        with open_ledger(ledger) as source, source.still():
            for found in _damage_of(source):
                position = found.position
                yield found
    except DamagedLedger as error:
        yield Damage(0, "", f"{error.what}; go back to a copy")
    except (sqlite3.DatabaseError, Unreadable) as error:
        yield Damage(0, "", f"after position {position} it cannot be read ({error}); go back to a copy")


def _damage_of(source: Tables) -> Iterator[Damage]:
    """What is wrong with the events and with the ledger as a whole, then what the home itself finds."""
    whole = True
    for found in _misfits(source):
        whole = False
        yield found
    try:
        source.identity()
        if whole:
            source.head()
    except DamagedLedger as error:
        yield Damage(0, "", f"{error.what}; go back to a copy")
    yield from (Damage(0, "", f"SQLite says: {line}; go back to a copy") for line in source.unsound())


def _misfits(source: Tables) -> Iterator[Damage]:
    """What is wrong with the events, then what is too much."""
    audit = Audit()
    found = contents = 0
    for row in source.everything():
        wrong = list(audit.wrong(row))
        yield from (Damage(row.position, str(row.id), what) for what in wrong)
        audit.take(row, not wrong)
        found += len(wrong)
        contents += row.state is not None
    yield from audit.unfinished()
    counts = source.count()
    if found or counts.stored != contents:
        for stream, version in source.strays():
            yield Damage(0, "", f"the content stored at version {version} of the stream {stream!r} has no position")
    if not counts.ordered == counts.last == audit.position:
        yield Damage(0, "", f"{counts.ordered} events have a position, and the last position is {counts.last}")


class Audit:
    """What each event has to fit: the events before it. ``wrong`` changes nothing; ``take`` goes on to the next."""

    def __init__(self) -> None:
        self.position = 0
        self.recorded = 0
        self.tree = Frontier()
        self.since = 1
        """The first position after the last tree that was kept."""
        self.whole = True
        """Whether nothing wrong was found since then."""
        self.last: Stored | None = None
        self.versions: dict[str, int] = {}
        self.types: dict[str, str] = {}
        """By id; those of events without content, too."""
        self.streams: dict[str, str] = {}
        """Of the events that do not begin the stream of a claim, by id."""
        self.refs: set[str] = set()
        self.removed: dict[str, int] = {}
        """Ids and positions of events without content, which no event has said to be redacted so far."""

    def wrong(self, row: Stored) -> Iterator[str]:
        """What is wrong with an event, given those before it."""
        if row.position != self.position + 1:
            yield f"stands at position {row.position} where {self.position + 1} is due"
        if row.state is None:
            yield f"its content is missing: nothing is stored at version {row.version} of the stream {row.stream!r}"
            return
        unfit = [name for name, kinds in KINDS.items() if type(getattr(row, name)) not in kinds]
        if unfit:
            yield f"what is stored as its {' and '.join(unfit)} is of the wrong kind"
            return
        if row.recorded < self.recorded:
            yield "is recorded before the event that precedes it"
        if not is_time(row.recorded):
            yield "is recorded at no time that can be written"
        if not row.state:
            yield from self._misplaced_without_content(row)
        elif id_of(row.state) != row.id:
            yield "its content does not match its id: it was changed after recording"
        else:
            yield from self._misnamed(row)
        if row.leaf != seal_of(row):
            yield "its seal does not match its position, id, name, time and recorder: one of them was changed"
        elif row.tree is not None and self.whole and row.tree != self._grown(row).to_bytes():
            which = "it was" if self.since == row.position else f"one of the events from {self.since} on was"
            yield f"the tree kept with it does not hold: {which} changed, moved, added or taken away"

    def take(self, row: Stored, whole: bool = True) -> None:
        """Go on: what follows has to fit this event, as it is found, whole or not."""
        self.whole = self.whole and whole
        self.position = row.position
        self.last = row
        if type(row.recorded) is int:
            self.recorded = row.recorded
        self.versions[str(row.stream)] = row.version
        self.types[str(row.id)] = sys.intern(str(row.topic).partition("/")[0])
        if row.stream != claim_stream(str(row.id)):
            self.streams[str(row.id)] = str(row.stream)
        if row.ref is not None:
            self.refs.add(str(row.ref))
        if not row.state:
            self.removed[str(row.id)] = row.position
        elif row.topic == REDACTION and whole:
            self.removed.pop(stored_fields(row.topic, row.state)["target"], None)
        self.tree.append(leaf_of(row))
        if row.tree is not None:
            self.since, self.whole = row.position + 1, True
            self.tree = tree_in(row.tree) or self.tree

    def unfinished(self) -> Iterator[Damage]:
        """What is wrong with the end, and what was to be said by then."""
        for event_id, position in self.removed.items():
            yield Damage(position, event_id, "its content was removed, and no event says that it was redacted")
        if self.last is not None and self.last.tree is None:
            yield Damage(self.position, str(self.last.id), "is the last event, and no tree is kept with it")

    def _grown(self, row: Stored) -> Frontier:
        """The tree with the event in it, by the seal that is stored."""
        tree = Frontier.from_bytes(self.tree.to_bytes())
        tree.append(leaf_of(row))
        return tree

    def _misnamed(self, row: Stored) -> Iterator[str]:
        """What is wrong with the name, the ref and the stream beside a content that matches its id."""
        try:
            wrong = self._misplaced(row, stored_fields(row.topic, row.state))
            if wrong is None:
                wrong = self._lacking(kept_fields(row.topic, row.state))
        except UnknownForm:
            unknown = "which this version does not know: upgrade policytracker, or it was changed"
            wrong = f"is stored as {row.topic!r}, {unknown}"
        except (NotAnEvent, KeyError, TypeError, AttributeError) as error:
            wrong = (
                f"its content is no event ({error.why})" if isinstance(error, NotAnEvent) else "its content is no event"
            )
        if wrong:
            yield wrong

    def _lacking(self, fields: dict[str, Any]) -> str | None:
        """What is wrong with a correction by which its target would lack what it must have."""
        lacks = fields["type"] == "corrected" and cannot_lack(self.types[fields["target"]], fields["changes"])
        return f"its content is no event ({CANNOT_HOLD})" if lacks else None

    def _misplaced_without_content(self, row: Stored) -> Iterator[str]:
        """What is wrong with the place of an event whose content was removed: it still fits its stream."""
        first = row.stream == claim_stream(row.id)
        about = row.stream in self.versions or ":" in row.stream
        if row.ref is not None or row.version != (1 if first else self.versions.get(row.stream, 0) + 1):
            yield f"has the ref {row.ref!r} and the version {row.version} beside a content that was removed"
        elif not first and not about:
            yield f"lies in the stream {row.stream!r}, which no event begins"

    def _misplaced(self, row: Stored, fields: dict[str, Any]) -> str | None:
        if fields["type"] != row.topic.partition("/")[0]:
            return f"is stored as {row.topic}, and its content is a {fields['type']}"
        if fields.get("ref") != row.ref:
            return f"has the ref {row.ref!r} beside it, and its content says {fields.get('ref')!r}"
        if row.ref in self.refs:
            return f"has the ref {row.ref!r} of an earlier event"
        if row.id in self.types:
            return "stands in the ledger twice"
        if row.topic == REDACTION and fields["target"] not in self.removed:
            return f"says that {fields['target'][:12]} was redacted, which has its content still, or is no event"
        stream, version = self._due(row, fields)
        if (row.stream, row.version) != (stream, version):
            return f"is version {row.version} of the stream {row.stream!r}, where {version} of {stream!r} is due"
        return None

    def _due(self, row: Stored, fields: dict[str, Any]) -> tuple[str | None, int]:
        """The stream of an event, and its place there, as its content demands."""
        stream = own_stream(fields, row.id)
        if stream == claim_stream(row.id):
            return stream, 1
        stream = self._stream_of(fields["target"]) if stream is None else stream
        return stream or None, self.versions.get(stream, 0) + 1

    def _stream_of(self, event_id: str) -> str:
        """The stream in which an earlier event lies; empty where there is none."""
        return self.streams.get(event_id) or (claim_stream(event_id) if event_id in self.types else "")
