"""A ledger as an application of the library eventsourcing, with its notifications, for projections (docs/library.md).

It is opened to be read. Nothing that a ledger names is imported: a topic is looked up in the catalogue of events.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.persistence import (
    ApplicationRecorder,
    JSONTranscoder,
    Mapper,
    Notification,
    StoredEvent,
    Subscription,
    Tracking,
)
from eventsourcing.projection import Projection
from eventsourcing.utils import Environment, EnvType

from policytracker.events.catalogue import FORMS
from policytracker.events.fields import Event
from policytracker.events.kept import kept_event, kept_fields
from policytracker.events.refusals import UnknownForm
from policytracker.ledger.errors import LedgerError
from policytracker.ledger.reading import OpenLedger, open_ledger
from policytracker.ledger.tables import REDACTION
from policytracker.ledger.where import Where, where_of

PAGE = 500
"""How many notifications are read at once."""


class ReadOnly(LedgerError):
    """An event was to be saved through the library, past what may happen and past the seals."""

    def __init__(self) -> None:
        super().__init__("the library can only read a ledger; record with `policytracker record` or `import`")


@dataclass(frozen=True)
class Redaction:
    """That somebody removed the content of an event for legal reasons."""

    target: str
    """The id of the event whose content is gone."""
    reason: str


@dataclass(frozen=True)
class Removed:
    """An event whose content is gone: a redaction that comes later in the ledger says why."""

    type: str
    """The name of its type, such as ``blocked``."""


@dataclass(frozen=True)
class LedgerNotification(Notification):
    """An event as the ledger keeps it. ``id`` is its position: 1, 2, 3 and so on without a gap."""

    event_id: str
    """The SHA-256 of its content, by which other events name it."""
    recorded: int
    """Microseconds since 1970."""
    recorder: str


@dataclass(frozen=True)
class Place(Tracking):
    """Where in which ledger an event stands. It is what a projection gets as its tracking."""

    event_id: str
    recorded: int
    """Microseconds since 1970."""
    recorder: str


class LedgerMapper(Mapper[str]):
    """From the ledger's bytes to the records of ``policytracker.events``, strictly."""

    def __init__(self) -> None:
        super().__init__(JSONTranscoder())

    def to_stored_event(self, domain_event: object) -> NoReturn:
        """Raise ReadOnly."""
        raise ReadOnly

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        """An Event, a Redaction or a Removed. Raises UnknownForm or NotAnEvent."""
        topic, state = stored_event.topic, stored_event.state
        if not state:
            return Removed(_known(topic))
        if topic == REDACTION:
            fields = kept_fields(topic, state)
            return Redaction(fields["target"], fields["reason"])
        event: Event = kept_event(topic, state)
        return event


class LedgerReader(ApplicationRecorder):
    """The recorder of the application. It reads over the connection of an open ledger, in either home."""

    def __init__(self, source: OpenLedger) -> None:
        self.source = source

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> NoReturn:
        """Raise ReadOnly."""
        raise ReadOnly

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> list[StoredEvent]:
        """The events of a stream. A claim's stream has the first 32 digits of its id for a name."""
        where = [("s.originator_id = ?", str(originator_id)), ("s.originator_version > ?", gt)]
        where.append(("s.originator_version <= ?", lte))
        return list(self._found(where, f"s.originator_version {'DESC' if desc else 'ASC'}", limit))

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> list[Notification]:
        """The events from a position on, in ledger order."""
        where: list[tuple[str, object]] = [(f"e.position >{'=' if inclusive_of_start else ''} ?", start)]
        where.append(("e.position <= ?", stop))
        return list(self._found(where, "e.position", limit, topics))

    def max_notification_id(self) -> int:
        """The position of the last event; 0 where there is none."""
        return self.source.head().position

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription[ApplicationRecorder]:
        """Raise NotImplementedError: a file tells nobody of what is appended. ``follow`` asks for it."""
        raise NotImplementedError("a ledger has no subscriptions; use policytracker.es.follow")

    def _found(
        self, where: Sequence[tuple[str, object]], order: str, limit: int | None, topics: Sequence[str] = ()
    ) -> Iterator[LedgerNotification]:
        given = [(condition, value) for condition, value in where if value is not None]
        conditions = [condition for condition, _ in given]
        if topics:
            conditions.append(f"s.topic IN ({', '.join('?' * len(topics))})")
        source = self.source
        columns = f"e.position, e.id, {source.recorded}, e.recorder, e.stream, e.version, s.topic, {source.state}"
        query = f"""SELECT {columns} FROM {source.schema}.ledger_entries e JOIN {source.schema}.stored_events s
            ON s.originator_id = e.stream AND s.originator_version = e.version
            WHERE {" AND ".join(conditions) or "true"} ORDER BY {order}"""
        values = [*(value for _, value in given), *topics]
        if limit is not None:
            query, values = f"{query} LIMIT ?", [*values, limit]
        for position, event_id, recorded, recorder, stream, version, topic, state in source.ask(query, values):
            yield LedgerNotification(stream, version, topic, bytes(state), position, event_id, recorded, recorder)


class LedgerApplication(Application[str]):
    """A ledger, opened to be read through the library. Close it, or use it in a ``with`` statement."""

    def __init__(self, where: Where | str) -> None:
        """Open a file or a server, by its path or URL. Raises LedgerError.

        The environment is not looked at: no variable chooses another place, and nothing is made or changed there.
        """
        self.source = open_ledger(where_of(where) if isinstance(where, str) else where)
        try:
            self.name = f"policytracker/{self.source.head().ledger}"
            super().__init__()
        except BaseException:
            self.source.close()
            raise

    def construct_env(self, name: str, env: EnvType | None = None) -> Environment:
        return Environment(name, {})

    def construct_mapper(self) -> LedgerMapper:
        return LedgerMapper()

    def construct_recorder(self) -> LedgerReader:
        return LedgerReader(self.source)

    def close(self) -> None:
        super().close()
        self.source.close()


def follow(application: LedgerApplication, projection: Projection[Any], page: int = PAGE) -> int:
    """Let a projection process what its view has not seen; return how many events that were.

    Call it again for what was recorded meanwhile. The view has to track each event that it is given, or the last of
    them, as views of the library do. A projection that asks for some topics names every form of them: a ledger that was
    begun with version 0.1 holds `blocked/1` beside `blocked/2`.
    """
    seen, count = projection.view.max_tracking_id(application.name), 0
    while found := application.recorder.select_notifications(
        seen, page, topics=projection.topics, inclusive_of_start=False
    ):
        for notification in found:
            assert isinstance(notification, LedgerNotification)
            seen = notification.id
            place = Place(application.name, seen, notification.event_id, notification.recorded, notification.recorder)
            projection.process_event(application.mapper.to_domain_event(notification), place)
        count += len(found)
    return count


def _known(topic: str) -> str:
    """The name of a type in a topic. Raises UnknownForm."""
    name, _, form = topic.partition("/")
    if not re.fullmatch("[1-9][0-9]*", form) or int(form) > FORMS.get(name, 0):
        raise UnknownForm(topic)
    return name
