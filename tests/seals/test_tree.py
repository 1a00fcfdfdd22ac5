"""The Merkle tree of RFC 9162, held against published vectors and against the RFC's recursive definition."""

from collections.abc import Callable, Iterator
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policytracker.seals.errors import BadFrontier, OutsideTree
from policytracker.seals.tree import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    hash_leaf,
    hash_node,
    inclusion_proof,
    root_at,
    root_of,
    verify_consistency,
    verify_inclusion,
)

# The reference vectors of Certificate Transparency: google/certificate-transparency, merkle_tree_test.cc; the same
# in transparency-dev/merkle, proof/verify_test.go, whose proofs count leaves from 1.
LEAVES = [
    hash_leaf(bytes.fromhex(leaf))
    for leaf in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
A, B, C, D, E, F, G, H, I = (  # noqa: E741
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
    "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
)
INCLUSION = [
    (0, 1, ()),
    (0, 8, (A, B, C)),
    (5, 8, (D, E, F)),
    (2, 3, (G,)),
    (1, 5, (ROOTS[0], B, D)),
]
CONSISTENCY = [(1, 1, ()), (1, 8, (A, B, C)), (6, 8, (H, E, F)), (2, 5, (B, D)), (6, 7, (H, I, F))]

LEAF_LISTS = st.integers(1, 70).map(lambda count: [sha256(bytes([number])).digest() for number in range(count)])


def naive_root(leaves: list[bytes]) -> bytes:
    """RFC 9162, section 2.1.1, word for word."""
    if not leaves:
        return sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    k = naive_split(len(leaves))
    return sha256(b"\x01" + naive_root(leaves[:k]) + naive_root(leaves[k:])).digest()


def naive_split(count: int) -> int:
    k = 1
    while 2 * k < count:
        k *= 2
    return k


def naive_path(m: int, leaves: list[bytes]) -> list[bytes]:
    """RFC 9162, section 2.1.3.1, word for word."""
    if len(leaves) == 1:
        return []
    k = naive_split(len(leaves))
    if m < k:
        return [*naive_path(m, leaves[:k]), naive_root(leaves[k:])]
    return [*naive_path(m - k, leaves[k:]), naive_root(leaves[:k])]


def naive_subproof(m: int, leaves: list[bytes], known: bool) -> list[bytes]:
    """RFC 9162, section 2.1.4.1, word for word."""
    if m == len(leaves):
        return [] if known else [naive_root(leaves)]
    k = naive_split(len(leaves))
    if m <= k:
        return [*naive_subproof(m, leaves[:k], known), naive_root(leaves[k:])]
    return [*naive_subproof(m - k, leaves[k:], False), naive_root(leaves[:k])]


def hexes(proof: list[bytes]) -> tuple[str, ...]:
    return tuple(each.hex() for each in proof)


def wrong_proofs(proof: list[bytes]) -> list[list[bytes]]:
    """Everything near a proof: one bit flipped, a hash missing, repeated, added, moved or cut."""
    stranger = sha256(b"stranger").digest()
    near = [[*proof, stranger], [stranger, *proof], [*proof, b""], proof[:-1], proof[1:], proof[::-1]]
    for place, each in enumerate(proof):
        near += [[*proof[:place], flip, *proof[place + 1 :]] for flip in every_flip(each)]
        near += [[*proof[:place], each, *proof[place:]], [*proof[:place], each[:-1], *proof[place + 1 :]]]
    return [each for each in near if each != proof]


def every_flip(data: bytes) -> list[bytes]:
    number = int.from_bytes(data, "big")
    return [(number ^ 1 << bit).to_bytes(len(data), "big") for bit in range(8 * len(data))]


def test_hashes_are_the_published_ones() -> None:
    # transparency-dev/merkle, rfc6962/rfc6962_test.go
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert hash_leaf(b"L123456").hex() == "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"
    assert hash_node(b"N123", b"N456").hex() == "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb"


def test_roots_are_the_published_ones() -> None:
    assert [root_at(LEAVES, size).hex() for size in range(1, 9)] == ROOTS
    assert root_at(LEAVES, 0) == EMPTY_ROOT


@pytest.mark.parametrize(("index", "size", "proof"), INCLUSION)
def test_inclusion_proofs_are_the_published_ones(index: int, size: int, proof: tuple[str, ...]) -> None:
    ours = inclusion_proof(LEAVES, index, size)

    assert hexes(ours) == proof
    assert verify_inclusion(LEAVES[index], index, size, ours, bytes.fromhex(ROOTS[size - 1]))


@pytest.mark.parametrize(("old", "new", "proof"), CONSISTENCY)
def test_consistency_proofs_are_the_published_ones(old: int, new: int, proof: tuple[str, ...]) -> None:
    ours = consistency_proof(LEAVES, old, new)

    assert hexes(ours) == proof
    assert verify_consistency(old, new, ours, bytes.fromhex(ROOTS[old - 1]), bytes.fromhex(ROOTS[new - 1]))


@given(LEAF_LISTS)
def test_a_frontier_has_the_root_that_the_rfc_defines_at_every_size(leaves: list[bytes]) -> None:
    frontier = Frontier()
    for size, leaf in enumerate(leaves):
        assert frontier.size == size
        assert frontier.root() == naive_root(leaves[:size])
        frontier.append(leaf)

    assert frontier.root() == root_of(leaves) == naive_root(leaves)


@given(LEAF_LISTS, st.data())
def test_a_frontier_goes_on_after_it_was_stored(leaves: list[bytes], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(leaves)))
    first = Frontier()
    first.extend(leaves[:cut])
    again = Frontier.from_bytes(first.to_bytes())

    assert again == first
    again.extend(leaves[cut:])
    assert (again.size, again.root()) == (len(leaves), naive_root(leaves))


def test_a_frontier_holds_what_came_before_the_leaves_broke_off() -> None:
    def breaking() -> Iterator[bytes]:
        yield from LEAVES[:3]
        raise OSError

    frontier, whole = Frontier(), Frontier()
    with pytest.raises(OSError):
        frontier.extend(breaking())
    whole.extend(LEAVES[:3])

    assert frontier == whole


@pytest.mark.parametrize("change", ["short", "long", "size", "nothing left", "too large"])
def test_a_damaged_frontier_is_refused(change: str) -> None:
    frontier = Frontier()
    frontier.extend(LEAVES[:5])
    good = frontier.to_bytes()
    bad = {
        "short": good[:-1],
        "long": good + b"\0",
        "size": (7).to_bytes(8, "big") + good[8:],
        "nothing left": b"",
        "too large": (2**63).to_bytes(8, "big") + LEAVES[0],
    }[change]

    with pytest.raises(BadFrontier, match="this is no frontier of a tree"):
        Frontier.from_bytes(bad)


@given(LEAF_LISTS, st.data())
def test_inclusion_proofs_are_those_that_the_rfc_defines(leaves: list[bytes], data: st.DataObject) -> None:
    size = data.draw(st.integers(1, len(leaves)))
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(leaves, index, size)

    assert proof == naive_path(index, leaves[:size])
    assert verify_inclusion(leaves[index], index, size, proof, naive_root(leaves[:size]))


@given(LEAF_LISTS, st.data())
def test_consistency_proofs_are_those_that_the_rfc_defines(leaves: list[bytes], data: st.DataObject) -> None:
    new = data.draw(st.integers(1, len(leaves)))
    old = data.draw(st.integers(1, new))
    proof = consistency_proof(leaves, old, new)

    assert proof == naive_subproof(old, leaves[:new], True)
    assert verify_consistency(old, new, proof, naive_root(leaves[:old]), naive_root(leaves[:new]))


@settings(max_examples=40)
@given(st.integers(1, 20), st.data())
def test_wrong_inclusion_proofs_are_refused(size: int, data: st.DataObject) -> None:
    leaves = [sha256(bytes([number])).digest() for number in range(size)]
    index = data.draw(st.integers(0, size - 1))
    proof, root, leaf = inclusion_proof(leaves, index, size), root_of(leaves), leaves[index]

    assert not any(verify_inclusion(leaf, index, size, wrong, root) for wrong in wrong_proofs(proof))
    assert not any(verify_inclusion(wrong, index, size, proof, root) for wrong in every_flip(leaf))
    assert not any(verify_inclusion(leaf, index, size, proof, wrong) for wrong in every_flip(root))
    assert not any(verify_inclusion(leaf, place, size, proof, root) for place in range(-1, size + 2) if place != index)
    assert not verify_inclusion(leaf, index, 0, proof, root)


@settings(max_examples=40)
@given(st.integers(1, 20), st.data())
def test_wrong_consistency_proofs_are_refused(new: int, data: st.DataObject) -> None:
    leaves = [sha256(bytes([number])).digest() for number in range(new)]
    old = data.draw(st.integers(0, new))
    proof, before, after = consistency_proof(leaves, old, new), root_at(leaves, old), root_of(leaves)

    assert verify_consistency(old, new, proof, before, after)
    assert not any(verify_consistency(old, new, wrong, before, after) for wrong in wrong_proofs(proof))
    assert not any(verify_consistency(old, new, proof, wrong, after) for wrong in every_flip(before))
    assert not any(old and verify_consistency(old, new, proof, before, wrong) for wrong in every_flip(after))
    assert not any(verify_consistency(size, new, proof, before, after) for size in range(-1, new + 2) if size != old)


@given(st.integers(2, 20), st.data())
def test_a_history_written_anew_has_no_consistency_proof(new: int, data: st.DataObject) -> None:
    leaves = [sha256(bytes([number])).digest() for number in range(new)]
    old = data.draw(st.integers(1, new))
    changed = data.draw(st.integers(0, old - 1))
    forged = [*leaves[:changed], sha256(b"forged").digest(), *leaves[changed + 1 :]]
    proofs = [consistency_proof(leaves, old, new), consistency_proof(forged, old, new)]

    assert not any(verify_consistency(old, new, proof, root_at(leaves, old), root_of(forged)) for proof in proofs)


def test_what_is_no_hash_is_never_proved() -> None:
    assert not verify_inclusion(b"", 0, 1, [], b"")
    assert not verify_inclusion(b"x", 0, 2, [b"y"], hash_node(b"x", b"y"))
    assert not verify_consistency(1, 1, [], b"", b"")


def test_proofs_that_no_tree_has_are_refused() -> None:
    asked: list[Callable[[], object]] = [
        lambda: root_at(LEAVES, 9),
        lambda: root_at(LEAVES, -1),
        lambda: inclusion_proof(LEAVES, 4, 4),
        lambda: inclusion_proof(LEAVES, -1, 4),
        lambda: inclusion_proof(LEAVES, 0, 9),
        lambda: consistency_proof(LEAVES, 5, 4),
        lambda: consistency_proof(LEAVES, -1, 4),
        lambda: consistency_proof(LEAVES, 4, 9),
    ]
    for each in asked:
        with pytest.raises(OutsideTree, match="name events and sizes that the tree has reached"):
            each()
