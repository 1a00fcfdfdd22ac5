"""How the library's stored events are read and written: the bytes as they are, and only what the catalogue knows."""

from typing import Any

from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent

from policytracker.events.forms import stored_fields
from policytracker.ledger.tables import Recorded


class ClosedMapper(Mapper[str]):
    """Takes the bytes as they are; gives back only what the catalogue knows, and imports nothing for it."""

    def __init__(self) -> None:
        super().__init__(JSONTranscoder())

    def to_stored_event(self, domain_event: Any) -> StoredEvent:
        return StoredEvent(*domain_event)

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        stored_fields(stored_event.topic, stored_event.state)
        return recorded_of(stored_event)


def recorded_of(stored: StoredEvent) -> Recorded:
    """The library's stored event as the ledger's own."""
    return Recorded(str(stored.originator_id), stored.originator_version, stored.topic, bytes(stored.state))
