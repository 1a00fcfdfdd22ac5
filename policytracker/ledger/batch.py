"""The events admitted in one transaction, block by block, all with one recorded time."""

from array import array
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from policytracker.events.diagnosis import top
from policytracker.events.forms import Reading, read_both
from policytracker.events.refusals import Refused, Rest, together
from policytracker.ledger.admission import Draft, admit, draft, more_faults
from policytracker.ledger.clock import Today, day
from policytracker.ledger.kept import Kept
from policytracker.ledger.lines import Line
from policytracker.ledger.past import Past
from policytracker.ledger.refused import RefusedSoFar
from policytracker.ledger.store import Entry, Recorded, Writer


class Placed(NamedTuple):
    """An admitted event, and where it stands in its stream."""

    kept: Kept
    stream: str
    version: int
    ref: str | None


class Batch:
    """What is admitted, as far as it is not stored yet, and how much that was in all."""

    def __init__(self, writer: Writer, clock: int, recorder: str, keep: int) -> None:
        """``keep`` says how many of the admitted events are kept here at the most, to tell them to the caller."""
        self.writer = writer
        self.past = Past(writer, writer.names)
        self.recorded = max(clock, writer.head.recorded)
        self.recorder = recorder
        self.appended = 0
        self.repeated = 0
        self.kept: list[Kept] = []
        self.places = array("I")
        """For each event that was admitted which of the lines it was."""
        self.last: Placed | None = None
        """The event that was admitted last."""
        self.refused = RefusedSoFar()
        self._today = Today(day(clock), day(writer.head.recorded))
        self._keep = keep
        self._lines = 0
        self._first: Entry | None = None
        self._events: list[Recorded] = []
        self._entries: list[Entry] = []

    def take(self, block: Sequence[Line]) -> None:
        """Decide about a block of lines, and store what is admitted. Refused lines are noted, and do not end it."""
        drafts = [_read(line) for line in block]
        names = (found.names() for found in drafts if isinstance(found, Draft))
        self.past.expect(list(chain.from_iterable(names)))
        for line, found in zip(block, drafts, strict=True):
            before = self.appended
            refused = self.all_faults(found) if isinstance(found, Refused) else self._refusal(found)
            if refused is not None:
                self.refused.add(line, self._lines, refused)
            elif self.appended > before:
                self.places.append(self._lines)
            self._lines += 1
        self.store()

    def admit(self, found: Draft) -> None:
        """Admit an event; it is stored by ``store``. Raises Refused."""
        admitted = admit(found, self.past, self._today)
        if admitted is None:
            self.repeated += 1
            return
        kept, stream = admitted
        ref = found.event.ref
        self.add(Placed(kept, stream, self.past.add(kept, stream, ref), ref))

    def add(self, placed: Placed) -> None:
        """Take an event that was admitted to the ledger as it is now; it is stored by ``store``."""
        kept, stream, version, ref = self.last = placed
        self.appended += 1
        position = self.writer.head.position + self.appended
        self._events.append(Recorded(stream, version, kept.topic, kept.state))
        self._entries.append(Entry(position, kept.id, self.recorded, self.recorder, stream, version, ref))
        if self.appended <= self._keep:
            self.kept.append(kept)

    def store(self) -> None:
        """Store what was admitted since the last time."""
        if self._entries:
            self._first = self._first or self._entries[0]
            self.writer.put(self._events, self._entries)
            self._events, self._entries = [], []
        self.past.stored()

    def is_kept_by(self, writer: Writer) -> bool:
        """Whether it was stored after all, though nobody heard of it: all of it was, if its first event was."""
        return self._first is not None and writer.holds(self._first)

    def all_faults(self, refused: Refused) -> Refused:
        """What is wrong with a line by itself, and what the ledger finds wrong with the rest of it."""
        if refused.rest is None:
            return refused
        return together([refused, *more_faults(refused.rest, self.past, self._today)]) or refused

    def _refusal(self, found: Draft) -> Refused | None:
        try:
            self.admit(found)
        except Refused as refused:
            return refused
        return None


def _read(line: Line) -> Draft | Refused:
    found: Reading | Refused
    try:
        found = read_both(line.text)
    except Refused as refused:
        # What it was raised over, and where, holds on to the line and its decoded text.
        refused.__context__ = None
        found = refused.with_traceback(None)
    if line.faults:
        return _with_faults(line.faults, found)
    return found if isinstance(found, Refused) else draft(*found)


def _with_faults(faults: Sequence[Refused], found: Reading | Refused) -> Refused:
    """What its reader refuses of an event, with all that is wrong in its other fields."""
    faulty = frozenset(top(fault.field) for fault in faults)
    rest: Rest | None = None
    others: list[Refused] = []
    if "" not in faulty and isinstance(found, Refused):
        others = [fault for fault in found.each if top(fault.field) not in faulty]
        rest = found.rest and found.rest._replace(faulty=found.rest.faulty | faulty)
    elif "" not in faulty and not isinstance(found, Refused):
        rest = Rest(found.event, faulty, found.given)
    refused = together([*faults, *others])
    assert refused is not None
    refused.rest = rest
    return refused
