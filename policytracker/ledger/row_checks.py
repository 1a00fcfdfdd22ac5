"""Does a row fit its id, its seal and its ref? Does the end of a ledger file fit together?

A question checks so much each time, so nothing slow is imported here, and it takes the same time in every ledger.
``audit`` checks all of a ledger.
"""

import json
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from policytracker.ledger.damage import Broken, Damaged, Missing, OtherRef, Unplaced, Unsealed
from policytracker.seals.leaf_text import leaf_text

ENDS = """SELECT m.value, e.position, e.id, e.recorded, e.tree, e.recorder, e.leaf, e.stream, e.version,
        s.topic, s.state, s.originator_id, s.originator_version, s.rowid,
        (SELECT min(position) FROM ledger_entries), (SELECT min(rowid) FROM stored_events)
    FROM ledger_meta m
    LEFT JOIN ledger_entries e ON e.position = (SELECT max(position) FROM ledger_entries)
    LEFT JOIN stored_events s ON s.rowid = (SELECT max(rowid) FROM stored_events)
    WHERE m.key = 'ledger'"""
"""Both ends of both tables of a file. One statement reads them as they are at one moment. Contents are stored in ledger
order and none is ever deleted, so SQLite numbers them (``rowid``) as the ledger does, from 1 on."""

_HASH_SIZE = 32


def check_ends(found: Sequence[Any]) -> None:
    """Raise DamagedLedger where the ends of a ledger file, as ``ENDS`` tells them, do not fit each other."""
    _, position, event_id, recorded, tree, recorder, leaf, *places, last, first, first_stored = found
    if position is None:
        if last is not None:
            raise Unplaced(0)
        return
    if (first, first_stored) != (1, 1):
        raise Missing(1)
    if last < position:
        raise Missing(last + 1)
    if last > position:
        raise Unplaced(position)
    stream, version, topic, state, stored_stream, stored_version = places
    if (stream, version) != (stored_stream, stored_version):
        raise Missing(position)
    if not state:
        raise Damaged(str(event_id))
    check_row(position, event_id, recorded, recorder, topic, state, leaf)
    if not _is_tree(tree, position, leaf):
        raise Unsealed(position)


def check_row(
    position: int, event_id: str, recorded: int, recorder: str, topic: str, state: bytes, leaf: bytes
) -> None:
    """Raise Damaged where a content does not match its id, Broken where a leaf does not match what it seals.

    Nothing is sure of the types of what is given. An empty content was removed, and only its leaf is checked.
    """
    hashed = _sha256()
    try:
        fits = not state or hashed(state).hexdigest() == event_id
    except TypeError:
        fits = False
    if not fits:
        raise Damaged(str(event_id))
    try:
        sealed = hashed(leaf_text(position, event_id, topic, recorded, recorder)).digest()
    except (ValueError, TypeError):
        sealed = None
    if sealed != leaf:
        raise Broken(position, str(event_id))


def check_ref(event_id: str, state: bytes, ref: str | None) -> None:
    """Raise OtherRef where a content that matches its id does not say this ref."""
    try:
        said = json.loads(state).get("ref") if state else None
    except (ValueError, AttributeError, RecursionError):
        raise Damaged(event_id) from None
    if said != ref:
        raise OtherRef(event_id)


def _is_tree(tree: object, size: int, leaf: bytes) -> bool:
    """Whether bytes may be the tree of so many events, of which the last has this leaf (``tree.Frontier``)."""
    if type(tree) is not bytes or tree[:8] != size.to_bytes(8, "big"):
        return False
    return len(tree) == 8 + _HASH_SIZE * size.bit_count() and (size % 2 == 0 or tree.endswith(leaf))


def _sha256() -> Callable[[bytes], Any]:
    """SHA-256. OpenSSL takes some milliseconds to load; for the few hashes of a question Python's own is faster."""
    loaded = sys.modules.get("hashlib")
    if loaded is None:
        own = "_sha2" if sys.version_info >= (3, 12) else "_sha256"
        try:
            return import_module(own).sha256  # type: ignore[no-any-return]
        except ImportError:  # a Python that was built without
            pass
    return (loaded or import_module("hashlib")).sha256  # type: ignore[no-any-return]
