"""Checkpoints of a ledger, kept elsewhere: making one, and proving that the ledger still extends it (docs/trust.md)."""

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from policytracker.keeping.errors import KeepingError
from policytracker.ledger.audit import ledger_damage
from policytracker.ledger.damage import DamagedLedger
from policytracker.ledger.errors import Unreadable
from policytracker.ledger.reading import OpenLedger, open_ledger
from policytracker.ledger.sealing import tree_of
from policytracker.ledger.where import Where
from policytracker.seals.checkpoint import Checkpoint, Kept, read_checkpoint
from policytracker.seals.errors import BadSeal
from policytracker.seals.notes import SignerKey, VerifierKey, open_note
from policytracker.seals.tree import HASH_SIZE, Frontier


class NotWhole(KeepingError):
    """A checkpoint asked for of a ledger that is damaged."""

    def __init__(self, what: str) -> None:
        super().__init__(f"the ledger is damaged ({what}), so nothing is said of it; run `policytracker verify`")


class NotThePrimary(KeepingError):
    """A checkpoint asked for of a server that may lag behind."""

    def __init__(self, where: Where) -> None:
        super().__init__(f"{where} is a standby, and checkpoints are made on the primary; name that with --ledger")


class Compared(NamedTuple):
    """A kept checkpoint beside the ledger of today."""

    name: str
    """Of the file that it is kept in."""
    size: int
    """How many events it is of; 0 where it cannot be read."""
    signers: tuple[str, ...]
    """The given keys that have signed it."""
    signed: bool
    """Whether it carries any signature at all."""
    wrong: str | None
    """Why today's ledger does not extend it, or why that cannot be told; None: it does."""


def checkpoint(ledger: Where, origin: str | None, key: SignerKey | None) -> Kept:
    """What the ledger is now, after the whole of it was checked; signed where a key is given.

    Raises NotThePrimary, NotWhole, NotACheckpoint or LedgerError.
    """
    with open_ledger(ledger) as source:
        _check_primary(source)
        for found in ledger_damage(ledger):
            raise NotWhole(found.what)
        return checkpoint_now(source, origin, key)


def checkpoint_now(source: OpenLedger, origin: str | None, key: SignerKey | None) -> Kept:
    """The same of an open ledger, on the word of its last tree. Raises NotThePrimary, NotACheckpoint or Unsealed."""
    _check_primary(source)
    head = source.head()
    tree = tree_of(head)
    made = Checkpoint(origin or origin_of(head.ledger), tree.size, tree.root())
    return Kept(made, (key.sign(made.text()),) if key else ())


def origin_of(identity: str) -> str:
    """What a ledger is called in its checkpoints, unless somebody chooses another name."""
    return f"policytracker/{identity}"


def compare(ledger: Where, files: Iterable[tuple[str, bytes]], keys: Sequence[VerifierKey]) -> list[Compared]:
    """Whether today's ledger extends each kept checkpoint. With keys, one of them must have signed each.

    ``files`` are names and contents. Raises LedgerError.
    """
    read = [(name, data, _read(data)) for name, data in files]
    try:
        with open_ledger(ledger) as source:
            identity, leaves = source.head().ledger, source.leaves()
    except (sqlite3.DatabaseError, Unreadable, DamagedLedger):
        return [Compared(name, 0, (), False, "the ledger is too damaged to tell") for name, _, _ in read]
    sizes = [kept.checkpoint.size for _, _, kept in read if isinstance(kept, Kept)]
    roots = roots_at(leaves, sizes)
    found = []
    for name, data, kept in read:
        if isinstance(kept, str):
            found.append(Compared(name, 0, (), False, kept))
            continue
        signers, unsigned = _signers(data, kept, keys)
        wrong = unsigned or _unlike(kept.checkpoint, len(leaves), roots, identity)
        found.append(Compared(name, kept.checkpoint.size, signers, bool(kept.signatures), wrong))
    return found


def roots_at(leaves: Sequence[bytes], sizes: Iterable[int]) -> dict[int, bytes]:
    """The roots that the tree had at these sizes, as far as it has reached them."""
    tree, coming, found = Frontier(), iter(leaves), {}
    for size in sorted({size for size in sizes if size <= len(leaves)}):
        tree.extend(_hash(leaf) for leaf in islice(coming, size - tree.size))
        found[size] = tree.root()
    return found


def _check_primary(source: OpenLedger) -> None:
    if source.standby is not None:
        raise NotThePrimary(source.where)


def _read(data: bytes) -> Kept | str:
    """A checkpoint, or why it is none."""
    try:
        return read_checkpoint(data)
    except BadSeal as error:
        return str(error)


def _signers(data: bytes, kept: Kept, keys: Sequence[VerifierKey]) -> tuple[tuple[str, ...], str | None]:
    """The given keys that have signed, and what is wrong with that."""
    if not keys:
        return (), None
    if not kept.signatures:
        return (), "it is not signed, and a key was given; go back to the file as it was signed"
    try:
        return tuple(str(key) for key in open_note(data, keys).signers), None
    except BadSeal as error:
        return (), str(error)


def _unlike(kept: Checkpoint, size: int, roots: dict[int, bytes], identity: str) -> str | None:
    if kept.size <= size and roots[kept.size] == kept.root:
        return None
    whose = "" if kept.origin == origin_of(identity) else f" (it is of {kept.origin}, this is {origin_of(identity)})"
    if kept.size > size:
        return f"it is of {kept.size:,} events, and this ledger holds {size:,}: some were taken away{whose}"
    return f"the first {kept.size:,} events of this ledger are not those that it was made of{whose}"


def _hash(leaf: object) -> bytes:
    return leaf if isinstance(leaf, bytes) and len(leaf) == HASH_SIZE else bytes(HASH_SIZE)
