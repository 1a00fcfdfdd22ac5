"""The ledger's events one by one, in the interchange form with their places: ``log``, ``search`` and ``export``."""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, cast

from policytracker.events.registrations import left_out
from policytracker.ledger import clock
from policytracker.projections import log as stored
from policytracker.projections.log import Logged
from policytracker.projections.reading import holds_type
from policytracker.questions.interchange import in_order
from policytracker.questions.log_wanted import ANY, Wanted
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
    wanted: Wanted = ANY,
) -> list[Logged]:
    """The events recorded by an instant, between two positions, of one type; the newest ``limit``, newest last.

    ``wanted`` narrows them further. Raises UnknownName or AmbiguousName.
    """
    narrowed = wanted.narrowed(reader, recorded)
    return stored.newest(reader.connection, recorded, since, event_type, limit, before, narrowed)


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

    Redactions are left out, and what was redacted, and what is about that, developments included. In the place of the
    first registration of a subject, if it is redacted, stands the next one, so that what names the subject is still
    taken, and before it that of whom it names. A registration that dropped a field says so with ``null``, without
    which an import refuses it. What an import would refuse all the same, as it rests on what was redacted, is left out
    too: recipients, say, of a claim that only a redacted correction has made one of a cohort.
    """

    def __init__(self, reader: Reader, recorded: int | None = None) -> None:
        self._read = partial(stored.logged, reader.connection, recorded)
        # Where nothing was redacted, events are read one by one: a large ledger does not have to fit into memory.
        self.events = list(self._read()) if holds_type(reader.connection, "removed") else []
        """All events, where one of them was redacted."""
        gone = {event.id for event in self.events if event.fields["type"] == "removed"}
        for event in self.events:
            if event.target in gone or event.fields.get("about") in gone:
                gone.add(event.id)
        self.gone = gone
        """The ids of what was redacted, or says so, or is about such."""
        self.refused: dict[str, str] = {}
        """The ids of what else is left out, and why an import would refuse it; known once the lines were asked for."""

    def lines(self) -> Iterator[RecordedEvent]:
        """The events, one a line."""
        return (line for _, line in self.with_places())

    def with_places(self) -> Iterator[tuple[Logged, RecordedEvent]]:
        """The same, each after the event with its place in the ledger."""
        if not self.gone:
            return self._lines()
        from policytracker.questions.importable import refused_lines

        found = list(self._lines())
        self.refused = refused_lines([line for _, line in found], max(event.recorded for event in self.events))
        return ((event, line) for event, line in found if event.id not in self.refused)

    def _lines(self) -> Iterator[tuple[Logged, RecordedEvent]]:
        written: set[str] = set()
        registered: dict[str, list[Fields]] = {}
        for place, event in enumerate(self.events or self._read()):
            subject = event.fields.get("subject")
            for each in self._instead(subject, place, registered) if event.id in self.gone else [event]:
                if each.id not in written:
                    if self.gone:
                        written.add(each.id)
                    yield each, _line(each, registered)

    def _instead(
        self, subject: str | None, place: int, registered: Container[str], asked: frozenset[str] = frozenset()
    ) -> list[Logged]:
        """The next registration of a subject that has none so far, after those of whom it names that have none."""
        later = (event for event in self.events[place:] if event.id not in self.gone)
        needed = subject is not None and subject not in registered and subject not in asked
        found = next((event for event in later if _subject(event.fields) == subject), None) if needed else None
        if subject is None or found is None:
            return []
        asked |= {subject}
        named = (self._instead(each, place, registered, asked) for each in _named(found.fields))
        return [*chain.from_iterable(named), found]


def exported(reader: Reader, recorded: int | None = None) -> Iterator[RecordedEvent]:
    """The lines of an export."""
    return Export(reader, recorded).lines()


def _line(event: Logged, registered: dict[str, list[Fields]]) -> RecordedEvent:
    """An event as an import takes it, after these registrations."""
    fields = {**event.fields, **_dropped(event.fields, registered)}
    aim = {"target": event.target_ref} if event.target_ref else {}
    line = {**in_order({**fields, **aim}), "id": event.id, "recorded": clock.text(event.recorded)}
    return cast("RecordedEvent", line)


def _named(registration: Fields) -> list[str]:
    """The subjects that a registration names."""
    owners = (owner["company"] for owner in registration.get("owners", ()))
    companies = [each for each in (registration.get("parent"), *owners) if each]
    members = [f"{registration['kind']}:{each}" for each in registration.get("members", ())]
    return [*(f"company:{each}" for each in companies), *members]


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
