"""The library's stored events as the ledger's own: the bytes as they are."""

from eventsourcing.persistence import StoredEvent

from policytracker.ledger.tables import Recorded


def recorded_of(stored: StoredEvent) -> Recorded:
    """The library's stored event as the ledger's own."""
    return Recorded(str(stored.originator_id), stored.originator_version, stored.topic, bytes(stored.state))
