"""What can be damaged in a ledger, where something was to be answered from it; each message ends in the way out."""

from policytracker.ledger.ledger_error import LedgerError


class DamagedLedger(LedgerError):
    """A ledger that is not as it was recorded: nothing is answered from it, and nothing is recorded in it."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"the ledger is damaged: {what}; run `policytracker verify`, and go back to a copy")


class Damaged(DamagedLedger):
    """An event whose stored bytes are not those that its id was made of."""

    def __init__(self, event_id: str) -> None:
        super().__init__(f"what it holds of the event {event_id[:12]} is not what its id says")


class NoEvent(DamagedLedger):
    """Stored bytes that no event is stored as, though id and seal fit them: somebody else has made them."""

    def __init__(self, position: int, event_id: str, why: str) -> None:
        super().__init__(f"what it holds of {event_id[:12]} at position {position} is no event ({why})")


class Astray(DamagedLedger):
    """An event about another that is not there before it."""

    def __init__(self, event_id: str, target: str) -> None:
        super().__init__(f"the event {event_id[:12]} is about {target[:12]}, which does not come before it")


class Broken(DamagedLedger):
    """An event whose seal does not match what stands beside it."""

    def __init__(self, position: int, event_id: str) -> None:
        super().__init__(f"the event {event_id[:12]} at position {position} is not as it was sealed")


class OtherRef(DamagedLedger):
    """An event that has another ref beside it than in its content."""

    def __init__(self, event_id: str) -> None:
        super().__init__(f"the ref of the event {event_id[:12]} is not the one in its content")


class Misplaced(DamagedLedger):
    """An event in a stream to which it does not belong."""

    def __init__(self, event_id: str) -> None:
        super().__init__(f"the event {event_id[:12]} is not in the place where it was recorded")


class Stray(DamagedLedger):
    """A stored content that has no position."""

    def __init__(self, stream: str, version: int) -> None:
        super().__init__(f"the content stored at version {version} of the stream {stream!r} has no position")


class Missing(DamagedLedger):
    """A position in the ledger at which no event is found."""

    def __init__(self, position: int) -> None:
        super().__init__(f"there is no event at position {position}")


class Unplaced(DamagedLedger):
    """Contents that are stored after the last position."""

    def __init__(self, position: int) -> None:
        super().__init__(f"its last position is {position}, and more contents are stored")


class Unsealed(DamagedLedger):
    """A last event without the tree that the next one has to extend."""

    def __init__(self, position: int) -> None:
        super().__init__(f"the tree of its events up to position {position} is missing, or is another's")


class NoIdentity(DamagedLedger):
    """A ledger that does not say which one it is."""

    def __init__(self) -> None:
        super().__init__("it does not say which ledger it is")


class OtherTables(DamagedLedger):
    """A ledger file whose tables are not those that this program makes."""
