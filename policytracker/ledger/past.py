"""What has happened so far, as far as admitting one more event needs it: the ledger and what comes before it.

An import is decided and stored block by block. What was stored is asked of the ledger again, so only the block
at hand, and some of what was asked for last, are kept here: a long import takes no more memory than a short one.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any, NamedTuple, Protocol

from policytracker.events.catalogue import REDACTED, REGISTRY
from policytracker.ledger.damage import Damaged
from policytracker.ledger.kept import Content, Kept, kept_of
from policytracker.ledger.names import MOST as MOST_NAMES
from policytracker.ledger.names import Name
from policytracker.ledger.nearest import nearest
from policytracker.ledger.row_checks import check_ref
from policytracker.ledger.tables import Recorded
from policytracker.ledger.threads import ACTING, REGISTERING, Thread

MOST_THREADS = 16_384
MOST_SUBJECTS = 8_192
"""How much is remembered from one block to the next."""
MOST_NEAREST = 50
"""For how many unknown ids the nearest ones are looked for: that takes time, and the write lock is held meanwhile."""


class Place(NamedTuple):
    """Where a recorded event is."""

    id: str
    stream: str


class Registered(NamedTuple):
    """The newest registration of a subject, and its version in the subject's stream."""

    kept: Kept
    version: int


class Ledger(Protocol):
    """What the ledger tells of stored events; ``ledger.store.Writer`` does."""

    def locate(self, name: str) -> tuple[str, str] | None: ...

    def look_up(self, names: Sequence[str]) -> Iterable[tuple[str, str, str | None]]: ...

    def newest(self, stream: str) -> Recorded | None: ...

    def streams(self, prefix: str) -> Iterable[str]: ...

    def content(self, event_id: str) -> Content: ...

    def thread(self, stream: str, topics: Sequence[str]) -> list[Recorded]: ...


class Past:
    """The ledger together with the events admitted before in the same transaction."""

    def __init__(self, ledger: Ledger, known: Set[Name]) -> None:
        """``known`` are names that were found registered in earlier transactions."""
        self._ledger = ledger
        self.known = known
        self._new: dict[str, Place] = {}
        """By id and ref: what was admitted and is not stored so far."""
        self._contents: dict[str, Kept] = {}
        self._expected: dict[str, Place | None] = {}
        self._named: set[str] = set()
        """Refs by which events were found that do have them."""
        self._threads: dict[str, Thread] = {}
        self._subjects: dict[str, Registered | None] = {}
        self._registrations: dict[str, tuple[Kept, ...]] = {}
        self._ids: dict[str, list[str]] = {}
        self._near: dict[tuple[str, str], tuple[str, ...]] = {}
        self.checked: set[Name] = set()
        """Names found registered here."""

    def expect(self, names: Sequence[str]) -> None:
        """Ask at once for the events with these ids and refs: nobody else adds any meanwhile."""
        self._expected = dict.fromkeys(names)
        for event_id, stream, ref in self._ledger.look_up(names):
            self._expected[event_id] = self._expected[ref or event_id] = Place(event_id, stream)

    def add(self, kept: Kept, stream: str, ref: str | None) -> int:
        """Take note of an admitted event; return its version in its stream."""
        self._new[kept.id] = place = Place(kept.id, stream)
        self._contents[kept.id] = kept
        if ref is not None:
            self._new[ref] = place
        if kept.id.startswith(stream):
            self._contents[stream] = kept
            return 1
        if is_registry(stream):
            return self._register(kept, stream)
        self._threads[stream] = thread = self.thread(stream).and_then(kept)
        return thread.version

    def stored(self) -> None:
        """What was admitted is in the ledger now: forget it, and the rest too where that has become much."""
        self._new.clear()
        self._contents.clear()
        self._expected.clear()
        self._named.clear()
        if len(self._threads) + sum(len(thread.acting) for thread in self._threads.values()) > MOST_THREADS:
            self._threads.clear()
        if len(self._subjects) > MOST_SUBJECTS:
            self._subjects.clear()
        if sum(map(len, self._registrations.values())) > MOST_SUBJECTS:
            self._registrations.clear()
        if len(self.checked) > MOST_NAMES:
            self.checked.clear()

    def locate(self, name: str) -> Place | None:
        """The event with this ref or this whole id. Raises DamagedLedger where that event has another ref."""
        if name in self._new:
            return self._new[name]
        if name not in self._expected:
            found = self._ledger.locate(name)
            self._expected[name] = None if found is None else Place(*found)
        place = self._expected[name]
        if place is not None and name != place.id and name not in self._named:
            check_ref(place.id, self.content(place).state, name)
            self._named.add(name)
        return place

    def registrations(self, space: str, name: str) -> tuple[Kept, ...]:
        """All registrations of a subject, in their order, but for those whose content was removed."""
        stream = registry_stream(space, name)
        if stream not in self._registrations:
            rows = self._ledger.thread(stream, REGISTERING) if self.registration(space, name) else []
            self._registrations[stream] = tuple(kept_of(row) for row in rows if row.state)
        return self._registrations[stream]

    def nearest(self, space: str, name: str) -> tuple[str, ...]:
        """The registered ids that may be meant by one that names nothing; told of the first few such ids only."""
        if (space, name) not in self._near and len(self._near) < MOST_NEAREST:
            self._near[space, name] = self._nearest(space, name)
        return self._near.get((space, name), ())

    def _nearest(self, space: str, name: str) -> tuple[str, ...]:
        if space not in self._ids:
            prefix = registry_stream(space, "")
            self._ids[space] = [stream.removeprefix(prefix) for stream in self._ledger.streams(prefix)]
        new = [place.stream for place in self._new.values() if place.stream.startswith(f"{space}:")]
        return nearest(name, [*self._ids[space], *(stream.partition(":")[2] for stream in new)])

    def registration(self, space: str, name: str) -> Kept | None:
        """The newest registration of a subject."""
        stream = registry_stream(space, name)
        if stream not in self._subjects:
            row = self._ledger.newest(stream)
            self._subjects[stream] = None if row is None else Registered(kept_of(row), row.originator_version)
        found = self._subjects[stream]
        return None if found is None else found.kept

    def content(self, place: Place) -> Kept:
        """What is kept of an event; GONE where it was removed. Raises DamagedLedger."""
        kept = self._contents.get(place.id) or self.thread(place.stream).find(place.id)
        return kept or kept_of(self._ledger.content(place.id))

    def thread(self, stream: str) -> Thread:
        """What was said in a stream so far. Raises DamagedLedger, also where nothing is stored of it."""
        if stream not in self._threads:
            self._threads[stream] = self._thread(stream)
        return self._threads[stream]

    def _thread(self, stream: str) -> Thread:
        if stream in self._contents:
            return Thread(self._contents[stream], (), 1)
        rows = self._ledger.thread(stream, ACTING)
        if not rows:
            raise Damaged(stream)
        acting = tuple(kept_of(row) for row in rows[1:] if row.topic in ACTING and row.state)
        return Thread(kept_of(rows[0]), acting, rows[-1].originator_version)

    def _register(self, kept: Kept, stream: str) -> int:
        before = self._subjects[stream]
        version = 1 if before is None else before.version + 1
        if before is None:
            self._contents[stream] = kept
        self._subjects[stream] = Registered(kept, version)
        self._registrations[stream] = (*self._registrations.get(stream, ()), kept)
        return version


def registry_stream(space: str, name: str) -> str:
    """The stream of a registered subject; companies and their groups share one name space, so do chips."""
    return f"{space}:{name}"


def is_registry(stream: str) -> bool:
    """Whether a stream is that of a registered subject."""
    return ":" in stream


def claim_stream(event_id: str) -> str:
    """The stream that an event about no other begins: half of its id is more than enough to be unique."""
    return event_id[:32]


def own_stream(fields: Mapping[str, Any], event_id: str) -> str | None:
    """The stream in which an event lies by its own content; None for one about another, which lies in that one's."""
    kind = fields["type"]
    if kind in REGISTRY:
        subject = kind.partition("-")[0]
        return registry_stream(fields["kind"] if subject == "group" else subject, fields[subject])
    return None if "target" in fields and kind != REDACTED else claim_stream(event_id)
