"""The bytes that are hashed for the leaf of an event (``leaves``). A question checks one of them: nothing slow is
imported here."""

FORM = "policytracker-event/1"


def leaf_text(position: int, event_id: str, topic: str, recorded: int, recorder: str) -> bytes:
    """The leaf, and before it the byte that tells leaves from inner nodes (RFC 9162, section 2.1.1).

    Raises BadLeaf, or UnicodeEncodeError for half a character (a lone surrogate).
    """
    if "\n" in topic or "\n" in event_id:
        from policytracker.seals.errors import BadLeaf

        raise BadLeaf(position, "topic" if "\n" in topic else "id")
    return f"\0{FORM}\n{position}\n{recorded}\n{event_id}\n{topic}\n{recorder}".encode()
