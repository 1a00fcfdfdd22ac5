"""What can be wrong with a seal: one class for each failure, each message ends in the way out."""

from policytracker.installing import way_to_install


class BadSeal(ValueError):
    """Something about a seal that is not as it must be."""


class BadLeaf(BadSeal):
    """An event that has no unambiguous leaf."""

    def __init__(self, position: int, field: str) -> None:
        super().__init__(f"the {field} of the event at position {position} holds a line end; go back to a copy")


class BadFrontier(BadSeal):
    """Bytes that are no frontier of a tree."""

    def __init__(self, why: str) -> None:
        super().__init__(f"this is no frontier of a tree: {why}; compute it anew from the events")


class OutsideTree(BadSeal):
    """A proof was asked for that no tree of this size has."""

    def __init__(self, what: str) -> None:
        super().__init__(f"there is no such proof: {what}; name events and sizes that the tree has reached")


class NotANote(BadSeal):
    """A text that is no signed note."""

    def __init__(self, why: str) -> None:
        super().__init__(f"this is no signed note: {why}; go back to the file as it was written")


class NotAKey(BadSeal):
    """A text that is no key of the form asked for. The message never repeats the text: it may be a secret."""

    def __init__(self, what: str, why: str) -> None:
        super().__init__(f"this is no {what} key: {why}; copy the whole key, on one line")


class KeysCollide(BadSeal):
    """Two different keys with one name and one id, so that a signature could be of either."""

    def __init__(self, name: str, key_id: bytes) -> None:
        super().__init__(f"two different keys are called {name}+{key_id.hex()}; keep the one that you trust")


class WrongSignature(BadSeal):
    """A signature of a known key that is not of this text."""

    def __init__(self, name: str, key_id: bytes) -> None:
        super().__init__(
            f"the signature of {name}+{key_id.hex()} is wrong: the text or the signature was changed; "
            "go back to the file as it was signed"
        )


class NoSignatures(BadSeal):
    """What makes and checks signatures is not installed."""

    def __init__(self) -> None:
        super().__init__(f"signatures need cryptography; install it with: {way_to_install('cryptography')}")


class NotSignedByKnown(BadSeal):
    """No known key has signed."""

    def __init__(self) -> None:
        super().__init__("none of the known keys has signed this; give the key of the one who did")


class NotACheckpoint(BadSeal):
    """A text that is no checkpoint of a tree."""

    def __init__(self, why: str) -> None:
        super().__init__(f"this is no checkpoint: {why}; go back to the file as it was written")


class BadEvidence(BadSeal):
    """Evidence that its verifier refuses."""

    def __init__(self, why: str) -> None:
        super().__init__(f"the evidence does not hold: {why}; make it anew with a checkpoint of this ledger")
