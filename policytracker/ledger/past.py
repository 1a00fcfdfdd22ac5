"""What has happened so far, as far as admitting one more event needs it: the ledger and the batch before it."""

from typing import Any, NamedTuple, Protocol

import msgspec

from policytracker.events.forms import id_of, stored_fields
from policytracker.ledger.tables import is_prefix


class Kept(NamedTuple):
    """An event as it is kept: its id, its canonical bytes and its name with the number of its form."""

    id: str
    topic: str
    state: bytes

    @property
    def fields(self) -> dict[str, Any]:
        """Its fields in today's form."""
        return stored_fields(self.topic, self.state)

    @property
    def replaces(self) -> str | None:
        """The registration whose place it took."""
        found: str | None = msgspec.json.decode(self.state).get("replaces")
        return found


GONE = Kept("", "removed/", b"")
"""Stands for an event whose content was removed: it keeps its place in its stream, and says nothing."""


class Stream(Protocol):
    """What the ledger tells of stored events; ``ledger.store.Writer`` does."""

    def newest(self, stream: str) -> Any: ...

    def stream_of(self, event_id: str) -> str | None: ...

    def stream(self, stream: str) -> list[Any]: ...

    def find(self, name: str) -> list[str]: ...


class NothingYet:
    """What an empty ledger tells, without being asked."""

    def newest(self, stream: str) -> None:
        return None

    def stream_of(self, event_id: str) -> None:
        return None

    def stream(self, stream: str) -> list[Any]:
        return []

    def find(self, name: str) -> list[str]:
        return []


class Past:
    """The ledger together with the events admitted before in the same transaction."""

    def __init__(self, ledger: Stream) -> None:
        self._ledger = ledger
        self._newest: dict[str, Kept | None] = {}
        self._streams: dict[str, str] = {}
        self._threads: dict[str, list[Kept]] = {}
        self._refs: dict[str, str] = {}
        self.checked: set[tuple[str, str, bool]] = set()
        """Names found registered: name space, id, and whether a single subject was meant."""

    def add(self, kept: Kept, stream: str, ref: str | None) -> int:
        """Take note of an admitted event; return its version in its stream."""
        self._streams[kept.id] = stream
        if ref is not None:
            self._refs[ref] = kept.id
        if kept.id.startswith(stream):
            self._threads[stream] = [kept]
            return 1
        self._newest[stream] = kept
        thread = self.thread(stream)
        thread.append(kept)
        return len(thread)

    def is_recorded(self, event_id: str) -> bool:
        """Whether an event with this id is there already."""
        return self.stream_of(event_id) is not None

    def registration(self, space: str, name: str) -> Kept | None:
        """The current registration of a subject."""
        stream = registry_stream(space, name)
        if stream not in self._newest:
            found = self._ledger.newest(stream)
            self._newest[stream] = None if found is None else _kept(found)
        return self._newest[stream]

    def stream_of(self, event_id: str) -> str | None:
        """The stream of a recorded event."""
        if event_id not in self._streams:
            found = self._ledger.stream_of(event_id)
            if found is None:
                return None
            self._streams[event_id] = found
        return self._streams[event_id]

    def thread(self, stream: str) -> list[Kept]:
        """The events of a stream, in order."""
        if stream not in self._threads:
            self._threads[stream] = [_kept(event) for event in self._ledger.stream(stream)]
        return self._threads[stream]

    def find(self, name: str) -> str | None:
        """The id of the event with this ref or this whole id."""
        if name in self._refs:
            return self._refs[name]
        if name in self._streams:
            return name
        found = self._ledger.find(name)
        return found[0] if found and (len(name) == len(found[0]) or not is_prefix(name)) else None


def registry_stream(space: str, name: str) -> str:
    """The stream of a registered subject; companies and their groups share one name space, so do chips."""
    return f"{space}:{name}"


def claim_stream(event_id: str) -> str:
    """The stream that an event about no other begins: half of its id is more than enough to be unique."""
    return event_id[:32]


def _kept(event: Any) -> Kept:
    if not event.state:
        return GONE
    return Kept(id_of(event.state), event.topic, event.state)
