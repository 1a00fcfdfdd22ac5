"""What a watch remembers: for each destination, up to where it was told, and the message that is on its way.

The file is replaced as a whole. A message is written down before it is sent, and struck out once it was taken: so what
a killed run was about to send, the next one sends again as it was, with the same key.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from policytracker.alerts.errors import AnotherRun, BadState
from policytracker.events.dates import iso, span
from policytracker.events.refusals import BadDate
from policytracker.ledger.beside import beside
from policytracker.ledger.placing import to_disk
from policytracker.questions.changed_since import Mark

VERSION = 1
ENDING = ".state.json"


class Outgoing(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A message that is about to be sent, or was sent and not yet struck out."""

    key: str
    payload: str
    changes: int
    """How many changes it tells."""
    position: int
    """Up to where it tells: the position of the last event, ..."""
    day: str
    """... the day, ..."""
    event: str
    """... and the id of that event."""


class Place(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Up to where a destination was told."""

    position: int
    day: str
    event: str
    """The id of the event at the position; "" where that is 0."""
    outgoing: Outgoing | None = None

    @property
    def mark(self) -> Mark:
        """The same for a question."""
        return Mark(self.position, span(self.day).first)


class _Stored(msgspec.Struct, forbid_unknown_fields=True):
    version: int
    ledger: str
    destinations: dict[str, Place]


def place_at(mark: Mark, event: str) -> Place:
    """A place, given the id of the event there."""
    return Place(mark.position, iso(mark.day), event)


class State:
    """What a state file holds. It is made when something is written first."""

    def __init__(self, file: Path) -> None:
        """Raises BadState or OSError."""
        self.file = file
        stored = _read(file)
        self.ledger = stored.ledger if stored else None
        """The identity of the ledger; None: nothing is remembered yet."""
        self._places = stored.destinations if stored else {}

    def __getitem__(self, destination: str) -> Place | None:
        return self._places.get(destination)

    def __iter__(self) -> Iterator[Place]:
        return iter(self._places.values())

    def write(self, ledger: str, destination: str, place: Place) -> None:
        """Remember a place, safe on the disk before this returns. Raises OSError."""
        self.ledger = ledger
        self._places[destination] = place
        content = msgspec.json.format(msgspec.json.encode(_Stored(VERSION, ledger, self._places)), indent=1)
        with beside(self.file) as room:
            made = room / self.file.name
            # What a message says may be nobody else's business.
            descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(content + b"\n")
            to_disk(made)
            made.replace(self.file)
        to_disk(self.file.parent)


def _read(file: Path) -> _Stored | None:
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return None
    try:
        stored = msgspec.json.decode(content, type=_Stored)
        for place in stored.destinations.values():
            span(place.day)
    except (msgspec.DecodeError, BadDate, UnicodeDecodeError, RecursionError) as error:
        raise BadState(file, f"cannot be read ({error})") from None
    if stored.version != VERSION:
        raise BadState(file, f"is of another version of this program ({stored.version})")
    return stored


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold the lock of a state file, beside it: it ends with the process. Raises AnotherRun or OSError."""
    lock = file.with_name(f"{file.name}.lock")
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AnotherRun(lock) from None
        yield
    finally:
        os.close(descriptor)


def default_state(watch: Path, folder: Path) -> Path:
    """Where the state of a watch file is: beside it, else in the user's folder for such files.

    The one that is there counts; where there is none, the first that can be written.
    """
    watch = watch.absolute()
    beside_it = watch.with_name(f"{watch.stem}{ENDING}")
    elsewhere = folder / f"{watch.stem}-{hashlib.sha256(os.fsencode(watch)).hexdigest()[:8]}{ENDING}"
    for file in (beside_it, elsewhere):
        if file.exists():
            return file
    if os.access(watch.parent, os.W_OK):
        return beside_it
    folder.mkdir(parents=True, exist_ok=True)
    return elsewhere
