"""Remove the content of an event for legal reasons, and seal who did it, when and why (docs/trust.md).

The removal is an event of its own, which only this module appends: it names its target and the reason. Then, in
the same transaction, the target's content and ref go. Its place, id, name, times, recorder and leaf stay.

Then the files are cleared of what was removed. The ledger notes until then that this is to be done, so whoever was
interrupted does it when they redact again (``clearing``).
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from policytracker.events.catalogue import REDACTED, REGISTRY
from policytracker.events.forms import id_of, redaction
from policytracker.events.reading import clean
from policytracker.ledger import clearing
from policytracker.ledger.clock import Clock, now
from policytracker.ledger.errors import NotCleared, Unusable
from policytracker.ledger.past import claim_stream
from policytracker.ledger.recorders import recorder_named
from policytracker.ledger.refusals import NotRedactable
from policytracker.ledger.store import Entry, Recorded, Store, Writer
from policytracker.ledger.tables import REDACTION


class Redaction(NamedTuple):
    """What was done."""

    target: str
    """The id of the event whose content was removed."""
    id: str
    """The id of the event that says so."""
    again: bool
    """Whether it was removed before, and only the files were cleared now."""
    finished: tuple[str, ...]
    """The ids of the events that were removed before, and of which the files could not be cleared until now."""


class _Target(NamedTuple):
    id: str
    stream: str
    version: int
    topic: str
    state: bytes
    ref: str | None


def redact(
    store: Store,
    name: str,
    reason: str,
    clock: Clock = now,
    recorder: str | None = None,
    clear: Callable[[], object] = lambda: None,
) -> Redaction:
    """Remove the content of the event with this ref, id or beginning of an id.

    What of it is left in the ledger's files is cleared too, and again when it was redacted before; ``clear`` clears
    what was made of the ledger. Raises NoSuchEvent, AmbiguousEvent, NotRedactable, BadText, BadRecorder, NotCleared
    or another LedgerError.
    """
    named, said = recorder_named(recorder), reason_of(reason)
    with store.writing() as writer:
        left = clearing.unfinished(writer.tables)
        target = _target(writer, clearing.named(left, name) or name)
        made = redaction(target.id, said)
        again = not target.state
        if not again:
            _check(writer, target)
            _append(writer, made, max(clock(), writer.head.recorded), named)
            writer.remove(target.id, target.stream, target.version)
            clearing.note(writer.tables, target.id, target.ref)
    _clear(store, target.id, clear)
    return Redaction(target.id, id_of(made), again, tuple(left))


def _clear(store: Store, event_id: str, clear: Callable[[], object]) -> None:
    """Clear the files of all that was removed by now. Raises NotCleared."""
    with store.writing() as writer:
        noted = clearing.unfinished(writer.tables)
    try:
        store.scrub()
    except Unusable as error:
        raise NotCleared(event_id, str(error)) from error
    finally:
        clear()
    store.forget([clearing.UNFINISHED + each for each in noted])


def reason_of(text: str) -> str:
    """The reason as it is kept. Raises BadText or NotRedactable."""
    said = str(clean(text, "reason")).strip()
    if not said:
        raise NotRedactable("no reason is given", "say why, in a text that may be read by everybody")
    return said


def _target(writer: Writer, name: str) -> _Target:
    event_id = writer.tables.event_id(name)
    schema = writer.tables.schema
    query = f"""SELECT e.id, e.stream, e.version, s.topic, s.state, e.ref FROM {schema}.ledger_entries e
        JOIN {schema}.stored_events s ON s.originator_id = e.stream AND s.originator_version = e.version
        WHERE e.id = ?"""
    rows: list[Any] = list(writer.tables.ask(query, (event_id,)))
    return _Target(*rows[0])


def _check(writer: Writer, target: _Target) -> None:
    """Raise NotRedactable for what must stay: redactions, and what others rest on."""
    kind = target.topic.partition("/")[0]
    if kind == REDACTED:
        raise NotRedactable("it is a redaction itself", "its reason stays; redact another event")
    newest = writer.newest(target.stream)
    if kind in REGISTRY and newest is not None and newest.originator_version == target.version:
        way_out = "register the subject anew first, with what may stay, and redact this one then"
        raise NotRedactable("it is the current registration of its subject, and other events name it", way_out)


def _append(writer: Writer, state: bytes, recorded: int, recorder: str) -> None:
    event_id = id_of(state)
    stream = claim_stream(event_id)
    entry = Entry(writer.head.position + 1, event_id, recorded, recorder, stream, 1, None)
    writer.put([Recorded(stream, 1, REDACTION, state)], [entry])
