"""The Merkle tree of RFC 9162, section 2.1, with SHA-256.

A tree is given by the hashes of its leaves, in order. Hashes are 32 bytes. Indexes count from 0, as in
the RFC: the event at position p is the leaf with index p - 1.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from policytracker.seals.errors import BadFrontier, OutsideTree

HASH_SIZE = 32
LARGEST = 2**63 - 1
EMPTY_ROOT = sha256().digest()
_SIZE_BYTES = 8


def hash_leaf(leaf: bytes) -> bytes:
    """The hash of a leaf: SHA-256 over 0x00 and the leaf (RFC 9162, section 2.1.1)."""
    return sha256(b"\x00" + leaf).digest()


def hash_node(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node: SHA-256 over 0x01 and both hashes below it (RFC 9162, section 2.1.1)."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """All that is needed of a tree to append to it: the roots of its complete subtrees, the largest first.

    There is one for each bit set in the size, so at most 63. This is what RFC 9162, section 2.1.2 calls
    the stack, and others a compact range.
    """

    def __init__(self) -> None:
        """An empty tree."""
        self.size = 0
        self._roots: list[bytes] = []

    def append(self, leaf_hash: bytes) -> None:
        """Add a leaf by its hash (RFC 9162, section 2.1.2). Costs one node hash on average."""
        self.extend((leaf_hash,))

    def extend(self, leaf_hashes: Iterable[bytes]) -> None:
        """Add leaves by their hashes, in order."""
        roots, size = self._roots, self.size
        for leaf_hash in leaf_hashes:
            node, complete = leaf_hash, size
            while complete & 1:
                node = sha256(b"\x01" + roots.pop() + node).digest()
                complete >>= 1
            roots.append(node)
            self.size = size = size + 1

    def root(self) -> bytes:
        """The root of the tree; that of the empty tree is the SHA-256 of nothing (RFC 9162, section 2.1.1)."""
        if not self._roots:
            return EMPTY_ROOT
        node = self._roots[-1]
        for left in self._roots[-2::-1]:
            node = hash_node(left, node)
        return node

    def to_bytes(self) -> bytes:
        """The size in 8 bytes, big end first, then the roots of the complete subtrees, the largest first."""
        return self.size.to_bytes(_SIZE_BYTES, "big") + b"".join(self._roots)

    @classmethod
    def from_bytes(cls, data: bytes) -> "Frontier":
        """Read what ``to_bytes`` wrote. Raises BadFrontier."""
        if len(data) < _SIZE_BYTES:
            raise BadFrontier(f"it has {len(data)} bytes")
        size = int.from_bytes(data[:_SIZE_BYTES], "big")
        due = _SIZE_BYTES + HASH_SIZE * size.bit_count()
        if size > LARGEST:
            raise BadFrontier(f"no tree has {size} leaves")
        if len(data) != due:
            raise BadFrontier(f"a tree of {size} leaves needs {due} bytes, not {len(data)}")
        frontier = cls()
        frontier.size = size
        frontier._roots = [bytes(data[start : start + HASH_SIZE]) for start in range(_SIZE_BYTES, due, HASH_SIZE)]
        return frontier

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Frontier) and self.to_bytes() == other.to_bytes()

    __hash__ = None  # type: ignore[assignment] # it changes


def root_of(leaf_hashes: Iterable[bytes]) -> bytes:
    """The root of the tree with these leaves (RFC 9162, section 2.1.1)."""
    frontier = Frontier()
    frontier.extend(leaf_hashes)
    return frontier.root()


def root_at(leaf_hashes: Sequence[bytes], size: int) -> bytes:
    """The root that the tree had when it held its first ``size`` leaves. Raises OutsideTree."""
    _reach(leaf_hashes, size)
    return _root(leaf_hashes, 0, size)


def inclusion_proof(leaf_hashes: Sequence[bytes], index: int, size: int) -> list[bytes]:
    """Why a leaf is in the tree of the first ``size`` leaves (RFC 9162, section 2.1.3.1). Raises OutsideTree."""
    _reach(leaf_hashes, size)
    if not 0 <= index < size:
        raise OutsideTree(f"a tree of {size} leaves has none with index {index}")
    start, end, proof = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            proof.append(_root(leaf_hashes, middle, end))
            end = middle
        else:
            proof.append(_root(leaf_hashes, start, middle))
            start = middle
    return proof[::-1]


def consistency_proof(leaf_hashes: Sequence[bytes], old: int, new: int) -> list[bytes]:
    """Why the tree of ``new`` leaves extends that of ``old`` leaves (RFC 9162, section 2.1.4.1).

    The proof is empty for ``old`` = 0, which the RFC leaves out, and for equal sizes. Raises OutsideTree.
    """
    _reach(leaf_hashes, new)
    if not 0 <= old <= new:
        raise OutsideTree(f"a tree of {new} leaves does not extend one of {old}")
    if old == 0:
        return []
    start, end, proof = 0, new, []
    while end != old:
        middle = start + _split(end - start)
        if old <= middle:
            proof.append(_root(leaf_hashes, middle, end))
            end = middle
        else:
            proof.append(_root(leaf_hashes, start, middle))
            start = middle
    if start:
        proof.append(_root(leaf_hashes, start, end))
    return proof[::-1]


def verify_inclusion(leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof leads from the leaf to the root (RFC 9162, section 2.1.3.2).

    Take size and root from one checkpoint: other sizes may have a proof of the same shape.
    """
    if not 0 <= index < size or not _all_hashes(leaf_hash, root, *proof):
        return False
    place, last, node = index, size - 1, leaf_hash
    for beside in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            node = hash_node(beside, node)
            place, last = _climb(place, last)
        else:
            node = hash_node(node, beside)
        place, last = place >> 1, last >> 1
    return last == 0 and node == root


def verify_consistency(old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> bool:
    """Whether the proof shows that the tree with the new root extends that with the old (RFC 9162, section 2.1.4.2).

    Every tree extends the empty one, and itself; the proof is empty then, which the RFC leaves out.
    """
    if not 0 <= old <= new or not _all_hashes(old_root, new_root, *proof):
        return False
    if old in (0, new):
        return not proof and old_root == (new_root if old == new else EMPTY_ROOT)
    if not proof:
        return False
    path = [old_root, *proof] if old & (old - 1) == 0 else proof
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old_node = new_node = path[0]
    for beside in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old_node, new_node = hash_node(beside, old_node), hash_node(beside, new_node)
            place, last = _climb(place, last)
        else:
            new_node = hash_node(new_node, beside)
        place, last = place >> 1, last >> 1
    return last == 0 and old_node == old_root and new_node == new_root


def _climb(place: int, last: int) -> tuple[int, int]:
    """Up the right edge, past the levels at which a node has no neighbour."""
    while place and not place & 1:
        place, last = place >> 1, last >> 1
    return place, last


def _root(leaf_hashes: Sequence[bytes], start: int, end: int) -> bytes:
    """The root over a range of the leaves, without a copy of them."""
    return root_of(map(leaf_hashes.__getitem__, range(start, end)))


def _split(count: int) -> int:
    """The largest power of two below a count of two or more."""
    return 1 << (count - 1).bit_length() - 1


def _reach(leaf_hashes: Sequence[bytes], size: int) -> None:
    if not 0 <= size <= len(leaf_hashes):
        raise OutsideTree(f"the tree holds {len(leaf_hashes)} leaves, not {size}")


def _all_hashes(*hashes: bytes) -> bool:
    return all(len(each) == HASH_SIZE for each in hashes)
