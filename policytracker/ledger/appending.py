"""Append events: one transaction for all of them, or nothing (interchange.md)."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from policytracker.events.fields import Event
from policytracker.events.forms import canonical
from policytracker.events.refusals import Refused
from policytracker.ledger.admission import Draft, draft
from policytracker.ledger.batch import Batch, Placed
from policytracker.ledger.clock import Clock, now
from policytracker.ledger.errors import ConnectionLost, LedgerThere
from policytracker.ledger.kept import Kept
from policytracker.ledger.lines import Line, blocks
from policytracker.ledger.recorders import recorder_named
from policytracker.ledger.refused import SomeRefused
from policytracker.ledger.store import Store, Writer
from policytracker.ledger.tables import Head
from policytracker.ledger.where import Where

BLOCK = 2_000
BLOCK_BYTES = 4_000_000
"""How many lines, or how much of them, is decided and stored at once: so much of an import is in memory. A server is
asked once for each block; so it also hears, while it keeps the lock, that the work goes on."""


class Outcome(NamedTuple):
    """What was appended."""

    appended: int
    """How many events."""
    repeated: int
    """How many lines were recorded already, and so added nothing."""
    recorded: int
    """The recorded time of what was appended, in microseconds since 1970."""
    position: int
    """The position of the first event appended; the others follow it."""
    kept: list[Kept]
    """The first of the events, as many as were asked for."""
    places: Sequence[int] = ()
    """For each event appended by ``append_lines`` which of the lines it was, counted from 0."""


class Trial(NamedTuple):
    """An event that was decided about and not appended."""

    draft: Draft
    placed: Placed | None
    """What was admitted; None where it is recorded already."""
    head: Head
    """The ledger's end as it was decided: what was admitted may be appended to that one."""
    recorder: str
    outcome: Outcome
    """What would have been appended."""


def append_lines(
    store: Store,
    lines: Iterable[Line],
    clock: Clock = now,
    recorder: str | None = None,
    dry: bool = False,
    progress: Callable[[int], None] = lambda _: None,
    keep: int = 0,
) -> Outcome:
    """Append every line, or none of them. ``dry`` decides all the same, and adds nothing.

    ``lines`` may be longer than memory: they are gone through once, and again where a connection is lost or a
    refused target may come later in them, so they must be no iterator. ``recorder`` is the name that is sealed
    with each event (None: ``somebody``); ``progress`` is told of the lines decided, block by block; the outcome
    tells ``keep`` of the events at the most. Raises RefusedLines, which names every refused line, or BadRecorder.
    """

    named = recorder_named(recorder)

    def decide(writer: Writer) -> Batch:
        return _decided(writer, lines, clock(), named, progress, keep)

    try:
        return _outcome(_transact(store, decide, dry))
    except SomeRefused as some:
        raise some.refused.told(lines) from None


def filling(lines: Iterable[Line], recorder: str | None = None, clock: Clock = now) -> Callable[[Writer], None]:
    """What appends lines in the transaction that makes a ledger (``Store.create``). All of them must be events."""
    named = recorder_named(recorder)

    def fill(writer: Writer) -> None:
        _decided(writer, lines, clock(), named)

    return fill


def fill_empty(where: Where, lines: Iterable[Line], recorder: str | None = None, clock: Clock = now) -> Outcome:
    """Append lines, all of which must be events, to a ledger that is there and holds no event. Raises LedgerThere."""
    named = recorder_named(recorder)

    def decide(writer: Writer) -> Batch:
        held = writer.head.position
        if held:
            raise LedgerThere(where, f" and holds {held:,} event{'' if held == 1 else 's'}")
        return _decided(writer, lines, clock(), named)

    with Store(where) as store:
        return _outcome(_transact(store, decide, dry=False))


def _decided(
    writer: Writer,
    lines: Iterable[Line],
    at: int,
    recorder: str,
    progress: Callable[[int], None] = lambda _: None,
    keep: int = 0,
) -> Batch:
    batch = Batch(writer, at, recorder, keep)
    for block in blocks(lines, BLOCK, BLOCK_BYTES):
        batch.take(block)
        progress(len(block))
    batch.refused.end()
    return batch


def append_event(
    store: Store, event: Event, clock: Clock = now, recorder: str | None = None, given: frozenset[str] = frozenset()
) -> Outcome:
    """Append one event; ``given`` is as in ``try_event``. Raises Refused or BadRecorder."""
    found = draft(event, canonical(event), given)
    return _outcome(_append(store, found, clock, recorder_named(recorder), dry=False))


def try_event(
    store: Store, event: Event, clock: Clock = now, recorder: str | None = None, given: frozenset[str] = frozenset()
) -> Trial:
    """Decide whether an event may be appended, and append nothing. Raises Refused or BadRecorder.

    ``given`` are the fields that its writer left empty on purpose (``forms.Reading``): a registration may lose them.
    """
    found, named = draft(event, canonical(event), given), recorder_named(recorder)
    batch = _append(store, found, clock, named, dry=True)
    return Trial(found, batch.last, batch.writer.head, named, _outcome(batch))


def all_faults(store: Store, refused: Refused, clock: Clock = now) -> Refused:
    """What is wrong with values that are no event, together with what the ledger finds wrong with the rest of them."""
    with store.trying() as writer:
        return Batch(writer, clock(), "", keep=0).all_faults(refused)


def append_tried(store: Store, trial: Trial, clock: Clock = now) -> Outcome:
    """Append an event that was tried. It is decided about anew where somebody has recorded since. Raises Refused."""

    def decide(writer: Writer) -> Batch:
        batch = Batch(writer, clock(), trial.recorder, keep=1)
        if trial.placed is not None and writer.head == trial.head:
            batch.add(trial.placed)
        else:
            batch.admit(trial.draft)
        batch.store()
        return batch

    return _outcome(_transact(store, decide, dry=False))


def _append(store: Store, found: Draft, clock: Clock, recorder: str, dry: bool) -> Batch:
    def decide(writer: Writer) -> Batch:
        batch = Batch(writer, clock(), recorder, keep=1)
        batch.admit(found)
        batch.store()
        return batch

    return _transact(store, decide, dry)


def _outcome(batch: Batch) -> Outcome:
    first = batch.writer.head.position + 1
    return Outcome(batch.appended, batch.repeated, batch.recorded, first, batch.kept, batch.places)


def _transact(store: Store, decide: Callable[[Writer], Batch], dry: bool) -> Batch:
    """Decide and store in one transaction. Where the connection is lost, see what became of it, and else do it anew.

    The lock is taken again before anybody looks, so what was under way is over by then.
    """
    transaction = store.trying if dry else store.writing
    batch = None
    try:
        with transaction() as writer:
            batch = decide(writer)
    except ConnectionLost:
        with transaction() as writer:
            if batch is None or not batch.is_kept_by(writer):
                batch = decide(writer)
    if not dry:
        store.names.found(batch.past.checked, batch.writer.head.position + batch.appended)
    return batch
