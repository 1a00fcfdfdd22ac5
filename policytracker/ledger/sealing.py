"""Seal events as they are appended: the leaf of each, and the tree after the last of them (docs/trust.md)."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from policytracker.events.kept import kept_fields
from policytracker.events.refusals import NotAnEvent
from policytracker.ledger.clock import is_time
from policytracker.ledger.damage import Misplaced, Missing, NoEvent, OtherRef, Unsealed
from policytracker.ledger.past import own_stream
from policytracker.ledger.row_checks import check_row
from policytracker.ledger.tables import Entry, Head, Recorded, Row
from policytracker.seals.errors import BadFrontier, BadSeal
from policytracker.seals.leaves import Sealed, hash_of, leaf_hash
from policytracker.seals.tree import Frontier

SealedEntry = tuple[int, str, int, str, str, int, str | None, bytes, bytes | None]
"""An entry as it is stored, with the hash of its event's leaf (32 bytes) and the tree once the event is in it
(``Frontier.to_bytes``), which only the last event of what was stored at once has."""


def checked(rows: Iterable[Row], after: int, head: int) -> Iterator[tuple[Row, dict[str, Any]]]:
    """The events after a position up to the head's at least, each in its place and as it was sealed, with its fields.

    Raises Missing, Damaged, Broken, NoEvent, OtherRef or Misplaced, so that nothing is answered from damage. A removed
    content (an empty one) passes, without a field: that an event says so is for the caller to see.
    """
    position = after
    for position, row in enumerate(rows, after + 1):
        at, event_id, recorded, recorder, ref, topic, state, leaf, stream = row
        if at != position:
            raise Missing(position)
        check_row(position, event_id, recorded, recorder, topic, state, leaf)
        fields = _content(row)
        if fields.get("ref") != ref:
            raise OtherRef(event_id)
        if fields and own_stream(fields, event_id) not in (None, stream):
            raise Misplaced(event_id)
        yield row, fields
    if position < head:
        raise Missing(position + 1)


def _content(row: Row) -> dict[str, Any]:
    if not is_time(row.recorded):
        raise NoEvent(row.position, row.id, "it is recorded at no time that can be written")
    try:
        return kept_fields(row.topic, row.state) if row.state else {}
    except NotAnEvent as error:
        raise NoEvent(row.position, row.id, error.why) from None


def is_sealed(row: Row) -> bool:
    """Whether an event's seal matches what stands beside it."""
    try:
        return leaf_hash(seal_of(row)) == row.leaf
    except (BadSeal, UnicodeEncodeError, TypeError):
        return False


def seal_of(row: Row) -> Sealed:
    """What is sealed of an event."""
    return Sealed(row.position, row.id, row.topic, row.recorded, row.recorder)


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


def check_growth(head: Head, newest_first: Iterable[tuple[bytes, bytes | None]]) -> None:
    """Raise Unsealed where the last tree is not the one before it with the leaves since then.

    ``newest_first`` are leaves and trees, from the head back.
    """
    before, leaves = Frontier(), list[bytes]()
    try:
        for leaf, tree in newest_first:
            if leaves and tree is not None:
                before = Frontier.from_bytes(tree)
                break
            leaves.append(leaf)
        before.extend(reversed(leaves))
    except (BadFrontier, TypeError):
        raise Unsealed(head.position) from None
    if before.to_bytes() != head.tree:
        raise Unsealed(head.position)


def sealed(events: Sequence[Recorded], entries: Sequence[Entry], tree: Frontier) -> list[SealedEntry]:
    """Entries with their leaves; the tree is extended by them, and kept with the last."""
    leaves = [
        hash_of(entry.position, entry.id, event.topic, entry.recorded, entry.recorder)
        for event, entry in zip(events, entries, strict=True)
    ]
    tree.extend(leaves)
    found: list[SealedEntry] = [(*entry, leaf, None) for entry, leaf in zip(entries, leaves, strict=True)]
    if found:
        found[-1] = (*entries[-1], leaves[-1], tree.to_bytes())
    return found
