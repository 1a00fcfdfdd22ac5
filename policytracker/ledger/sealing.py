"""Seal events as they are appended: the leaf of each, and the tree after the last of them (docs/trust.md)."""

from collections.abc import Sequence

from policytracker.ledger.errors import Unsealed
from policytracker.ledger.tables import Entry, Head, Recorded
from policytracker.seals.errors import BadFrontier
from policytracker.seals.leaves import Sealed, leaf_hash
from policytracker.seals.tree import Frontier

SealedEntry = tuple[int, str, int, str, str, int, str | None, bytes, bytes | None]
"""An entry as it is stored, with the hash of its event's leaf (32 bytes) and the tree once the event is in it
(``Frontier.to_bytes``), which only the last event of what was stored at once has."""


def tree_of(head: Head) -> Frontier:
    """The tree of all events up to the head. Raises Unsealed where it is missing, or another's."""
    if not head.position:
        return Frontier()
    try:
        tree = Frontier.from_bytes(bytes(head.tree or b""))
    except (BadFrontier, TypeError):
        raise Unsealed(head.position) from None
    if tree.size != head.position:
        raise Unsealed(head.position)
    return tree


def sealed(events: Sequence[Recorded], entries: Sequence[Entry], tree: Frontier) -> list[SealedEntry]:
    """Entries with their leaves; the tree is extended by them, and kept with the last."""
    leaves = [
        leaf_hash(Sealed(entry.position, entry.id, event.topic, entry.recorded, entry.recorder))
        for event, entry in zip(events, entries, strict=True)
    ]
    tree.extend(leaves)
    found: list[SealedEntry] = [(*entry, leaf, None) for entry, leaf in zip(entries, leaves, strict=True)]
    if found:
        found[-1] = (*entries[-1], leaves[-1], tree.to_bytes())
    return found
