"""Seals as an audit finds them stored: whatever is in their place is compared with what is due, and raises nothing."""

from typing import Any

from policytracker.ledger.tables import Stored
from policytracker.seals.errors import BadFrontier, BadSeal
from policytracker.seals.leaves import Sealed, leaf_hash
from policytracker.seals.tree import HASH_SIZE, Frontier


def seal_of(row: Stored) -> bytes | None:
    """The hash of the leaf that an event should have; None where it can have none."""
    try:
        return leaf_hash(Sealed(row.position, row.id, row.topic, row.recorded, row.recorder))
    except (BadSeal, UnicodeEncodeError):
        return None


def leaf_of(row: Stored) -> bytes:
    """The seal that is stored, or something in its place."""
    return row.leaf if type(row.leaf) is bytes and len(row.leaf) == HASH_SIZE else bytes(HASH_SIZE)


def tree_in(tree: Any) -> Frontier | None:
    """The tree in stored bytes; None where they are none."""
    try:
        return Frontier.from_bytes(tree)
    except (BadFrontier, TypeError):
        return None
