"""The leaf of an event: what the tree seals of it.

A leaf is these bytes, in UTF-8: the line ``policytracker-event/1``, the position, the recorded time, the id and
the topic, each on a line of its own; then the recorder, to the end. The numbers are decimal, without sign or
leading zeros. Only the recorder may hold line ends, so the first five lines tell where each part ends.

The id is the SHA-256 of the content, so the leaf seals the content without holding it: when a content is
removed for legal reasons, the tree still verifies.
"""

from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple

from policytracker.seals.leaf_text import leaf_text


class Sealed(NamedTuple):
    """What is sealed of an event."""

    position: int
    """Its place in the ledger, counted from 1."""
    id: str
    """SHA-256 of its content, 64 hexadecimal digits."""
    topic: str
    """Its stored name and form, such as ``batch-approved/1``."""
    recorded: int
    """When it was recorded, in microseconds since 1970, UTC."""
    recorder: str
    """Who recorded it: any text."""


def leaf_bytes(sealed: Sealed) -> bytes:
    r"""The leaf of an event. Raises BadLeaf, or UnicodeEncodeError for half a character (a lone surrogate).

    >>> leaf_bytes(Sealed(7, "3f" * 32, "lifted/1", 1769558400000000, "mia"))[:39]
    b'policytracker-event/1\n7\n176955840000000'
    """
    return leaf_text(*sealed)[1:]


def leaf_hash(sealed: Sealed) -> bytes:
    """The hash of an event's leaf (RFC 9162, section 2.1.1). Raises as ``leaf_bytes``."""
    return sha256(leaf_text(*sealed)).digest()


def hash_of(position: int, event_id: str, topic: str, recorded: int, recorder: str) -> bytes:
    """The same for what would be sealed, for the many that are read at once. Raises as ``leaf_bytes``."""
    return sha256(leaf_text(position, event_id, topic, recorded, recorder)).digest()


def leaf_hashes(events: Iterable[Sealed]) -> list[bytes]:
    """The hashes of the leaves of events, in order. Raises as ``leaf_bytes``."""
    return [leaf_hash(each) for each in events]
