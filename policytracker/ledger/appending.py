"""Append events: one transaction for all of them, or nothing (interchange.md)."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from policytracker.events.about import About
from policytracker.events.fields import Event
from policytracker.events.forms import canonical, id_of, read_line
from policytracker.events.refusals import Refused
from policytracker.events.registry import Registration
from policytracker.ledger.admission import admit
from policytracker.ledger.clock import Clock, day, now
from policytracker.ledger.errors import ConnectionLost, RefusedLine, RefusedLines
from policytracker.ledger.lines import Line
from policytracker.ledger.past import Kept, NothingYet, Past
from policytracker.ledger.recorders import recorder_named
from policytracker.ledger.store import Entry, Recorded, Store, Writer

BLOCK = 1_000
"""For how many lines a server is asked at once; so it also hears, while it keeps the lock, that the work goes on."""


class Outcome(NamedTuple):
    """What an import did."""

    appended: list[Kept]
    repeated: int
    """How many lines were recorded already, and so added nothing."""
    recorded: int
    """The recorded time of what was appended, in microseconds since 1970."""
    position: int
    """The position of the first event appended; the others follow it."""
    places: list[int]
    """For each event appended, which of the lines it comes from, counted from 0."""


def append_lines(
    store: Store,
    lines: Sequence[Line],
    clock: Clock = now,
    recorder: str | None = None,
    dry: bool = False,
    progress: Callable[[int], None] = lambda _: None,
) -> Outcome:
    """Append every line, or none of them. ``dry`` decides all the same, and writes nothing.

    ``recorder`` is the name that is sealed with each event (None: the login name); ``progress`` is told of each
    line decided. Raises RefusedLines, which names every refused line, or BadRecorder.
    """

    named = recorder_named(recorder)

    def decide(writer: Writer) -> "_Batch":
        batch = _Batch(writer, clock(), named)
        refused = []
        for place, line in enumerate(lines):
            why = batch.take(lines, place)
            if why is not None:
                refused.append(RefusedLine(line.source, line.number, str(why)))
            progress(1)
        if refused:
            raise RefusedLines(refused)
        return batch

    return _transact(store, decide, dry)


def append_event(
    store: Store, event: Event, clock: Clock = now, recorder: str | None = None, dry: bool = False
) -> Outcome:
    """Append one event. Raises Refused or BadRecorder. ``dry`` decides all the same, and writes nothing."""

    named = recorder_named(recorder)

    def decide(writer: Writer) -> "_Batch":
        batch = _Batch(writer, clock(), named)
        batch.admit(event, [], 0)
        return batch

    return _transact(store, decide, dry)


def _transact(store: Store, decide: Callable[[Writer], "_Batch"], dry: bool) -> Outcome:
    """Decide and write in one transaction. Where the connection is lost, see what became of it, and else do it anew.

    The lock is taken again before anybody looks, so what was under way is over by then.
    """
    batch = None
    try:
        with store.writing() as writer:
            batch = decide(writer)
            return batch.outcome() if dry else batch.write()
    except ConnectionLost:
        with store.writing() as writer:
            if batch is None or not batch.is_kept_by(writer):
                batch = decide(writer)
                return batch.outcome() if dry else batch.write()
            return batch.outcome()


class _Batch:
    """The events admitted in one transaction, all with one recorded time."""

    def __init__(self, writer: Writer, clock: int, recorder: str) -> None:
        self.writer = writer
        self.past = Past(writer if writer.head.position else NothingYet())
        self.recorded = max(clock, writer.head.recorded)
        self.today = day(self.recorded)
        self.recorder = recorder
        self.kept: list[Kept] = []
        self.events: list[Recorded] = []
        self.entries: list[Entry] = []
        self.places: list[int] = []
        self.repeated = 0

    def take(self, lines: Sequence[Line], place: int) -> Refused | None:
        """Admit a line; return why not, if not."""
        if self.writer.far and place % BLOCK == 0:
            self.writer.expect(list(_names_in(lines[place : place + BLOCK])))
        try:
            self.admit(read_line(lines[place].text), lines, place)
        except Refused as refused:
            return refused
        return None

    def admit(self, event: Event, lines: Sequence[Line], place: int) -> None:
        """Admit an event. Raises Refused."""
        admitted = admit(event, self.past, self.today, lambda ref: _line_that_defines(ref, lines, place))
        if admitted is None:
            self.repeated += 1
            return
        kept, stream = admitted
        version = self.past.add(kept, stream, event.ref)
        position = self.writer.head.position + len(self.kept) + 1
        self.kept.append(kept)
        self.places.append(place)
        self.events.append(Recorded(stream, version, kept.topic, kept.state))
        self.entries.append(Entry(position, kept.id, self.recorded, self.recorder, stream, version, event.ref))

    def write(self) -> Outcome:
        """Store what was admitted."""
        if self.kept:
            self.writer.put(self.events, self.entries)
        return self.outcome()

    def is_kept_by(self, writer: Writer) -> bool:
        """Whether it was stored after all, though nobody heard of it: all of it was, if its first event was."""
        return bool(self.entries) and writer.holds(self.entries[0])

    def outcome(self) -> Outcome:
        """What was admitted."""
        return Outcome(self.kept, self.repeated, self.recorded, self.writer.head.position + 1, self.places)


def _names_in(lines: Sequence[Line]) -> Iterator[str]:
    """What will be asked for to decide about these lines: refs, targets, and ids where they depend on no target."""
    for line in lines:
        with suppress(Refused):
            event = read_line(line.text)
            if event.ref is not None:
                yield event.ref
            if isinstance(event, About):
                yield event.target
            elif not isinstance(event, Registration):
                yield id_of(canonical(event))


def _line_that_defines(ref: str, lines: Sequence[Line], place: int) -> int | None:
    """The number of a later line with this ref."""
    for line in lines[place + 1 :]:
        try:
            if read_line(line.text).ref == ref:
                return line.number
        except Refused:
            continue
    return None
