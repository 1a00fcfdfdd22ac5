"""The ledger's events one by one, in the interchange form with their places: ``log``, ``search`` and ``export``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from policytracker.events.registrations import left_out
from policytracker.ledger import clock
from policytracker.projections import log as stored
from policytracker.projections.log import Logged
from policytracker.questions.interchange import in_order
from policytracker.questions.reader import Clocks, Reader
from policytracker.status.directory import REGISTRY_TYPES
from policytracker.status.entries import Fields
from policytracker.status.naming import folded

if TYPE_CHECKING:
    from policytracker.questions.ledger_answers import LedgerEvent, RecordedEvent


def log(
    reader: Reader,
    recorded: int | None = None,
    since: int = 0,
    event_type: str | None = None,
    limit: int | None = None,
    before: int | None = None,
) -> list[Logged]:
    """The events recorded by an instant, between two positions, of one type; the newest ``limit``, newest last."""
    return stored.newest(reader.connection, recorded, since, event_type, limit, before)


def search(reader: Reader, text: str, recorded: int | None = None) -> list[Logged]:
    """The events that contain a text, in any field, without case; and those that name whom or what it is a name of.

    So a Chinese name finds the events that write the id alone. In ledger order.
    """
    seen = reader.point(Clocks(reader.today, None, recorded)).seen
    name = folded(text)
    called = sorted(reader.registry(seen).containing(name)) if name else []
    return list(stored.containing(reader.connection, text, called, recorded))


def as_object(event: Logged) -> LedgerEvent:
    """An event in the interchange form, with its id, when and by whom it was recorded, and its position."""
    answer = {
        **in_order(event.fields),
        "id": event.id,
        "recorded": clock.text(event.recorded),
        "position": event.position,
        "recorder": event.recorder,
    }
    return cast("LedgerEvent", answer)


class Export:
    """Every event recorded by an instant, in ledger order, as lines that an import takes; a target by its ref.

    Redactions are left out, and what was redacted, and what is about that, developments included. In the place of a
    redacted registration stands the next one of its subject, so that what names the subject is still taken. A
    registration that dropped a field says so with ``null``, without which an import refuses it.
    """

    def __init__(self, reader: Reader, recorded: int | None = None) -> None:
        self.events = list(stored.logged(reader.connection, recorded))
        gone = {event.id for event in self.events if event.fields["type"] == "removed"}
        for event in self.events:
            if event.target in gone or event.fields.get("about") in gone:
                gone.add(event.id)
        self.gone = gone
        """The ids of all that is left out."""

    def lines(self) -> Iterator[RecordedEvent]:
        """The events, one a line."""
        early: set[str] = set()
        registered: dict[str, list[Fields]] = {}
        for place, event in enumerate(self.events):
            if event.id in self.gone:
                event = self._next_of(event, place) or event
                early.add(event.id)
            elif event.id in early:
                continue
            if event.id not in self.gone:
                fields = {**event.fields, **_dropped(event.fields, registered)}
                aim = {"target": event.target_ref} if event.target_ref else {}
                line = {**in_order({**fields, **aim}), "id": event.id, "recorded": clock.text(event.recorded)}
                yield cast("RecordedEvent", line)

    def _next_of(self, removed: Logged, place: int) -> Logged | None:
        """The next registration of the same subject that is not redacted."""
        subject = removed.fields.get("subject")
        later = (event for event in self.events[place:] if event.id not in self.gone)
        return subject and next((event for event in later if _subject(event.fields) == subject), None)


def exported(reader: Reader, recorded: int | None = None) -> Iterator[RecordedEvent]:
    """The lines of an export."""
    return Export(reader, recorded).lines()


def _dropped(fields: Fields, registered: dict[str, list[Fields]]) -> Fields:
    """What a registration leaves out of the one of its day, as ``null`` each; takes it among those of its subject."""
    subject = _subject(fields)
    if subject is None:
        return {}
    earlier = registered.setdefault(subject, [])
    dropped = dict.fromkeys(name for name in left_out(fields, earlier) if name not in fields)
    earlier.append(fields)
    return dropped


def _subject(fields: Fields) -> str | None:
    """Name space and id of what is registered, as the ledger's streams name it."""
    kind = REGISTRY_TYPES.get(fields["type"])
    if kind is None:
        return None
    return f"{fields['kind'] if kind == 'group' else kind}:{fields[kind]}"
