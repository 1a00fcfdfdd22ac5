"""What can be damaged in a ledger, where something was to be answered from it; each message ends in the way out."""

from policytracker.ledger.errors import LedgerError


class Damaged(LedgerError):
    """An event whose stored bytes are not those that its id was made of."""

    def __init__(self, event_id: str) -> None:
        super().__init__(_damaged(f"what it holds of the event {event_id[:12]} is not what its id says"))


class NoEvent(LedgerError):
    """Stored bytes that no event is stored as, though id and seal fit them: somebody else has made them."""

    def __init__(self, position: int, event_id: str, why: str) -> None:
        super().__init__(_damaged(f"what it holds of {event_id[:12]} at position {position} is no event ({why})"))


class Astray(LedgerError):
    """An event about another that is not there before it."""

    def __init__(self, event_id: str, target: str) -> None:
        what = f"the event {event_id[:12]} is about {target[:12]}, which does not come before it"
        super().__init__(_damaged(what))


class Broken(LedgerError):
    """An event whose seal does not match what stands beside it."""

    def __init__(self, position: int, event_id: str) -> None:
        super().__init__(_damaged(f"the event {event_id[:12]} at position {position} is not as it was sealed"))


class Missing(LedgerError):
    """A position in the middle of the ledger at which no event is found."""

    def __init__(self, position: int) -> None:
        super().__init__(_damaged(f"there is no event at position {position}"))


def _damaged(what: str) -> str:
    return f"the ledger is damaged: {what}; run `policytracker verify`, and go back to a copy"


class Unsealed(LedgerError):
    """A last event without the tree that the next one has to extend."""

    def __init__(self, position: int) -> None:
        super().__init__(_damaged(f"the tree of its events up to position {position} is missing, or is another's"))


class NoIdentity(LedgerError):
    """A ledger that does not say which one it is."""

    def __init__(self) -> None:
        super().__init__(_damaged("it does not say which ledger it is"))
