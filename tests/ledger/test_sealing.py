"""Every event is sealed in the transaction that stores it: its leaf, and the tree after the last of an append."""

import pytest

from policytracker.ledger.damage import Unsealed
from policytracker.ledger.reading import open_ledger
from policytracker.seals.leaves import Sealed, leaf_hash
from policytracker.seals.tree import Frontier, root_of
from tests.homes import change
from tests.ledger.ground import REGISTRY, Ledger, batch, cleared, company


def kept(ledger: Ledger) -> list[tuple[bytes, bytes | None]]:
    """Leaf and tree of every event, as stored."""
    with open_ledger(ledger.path) as source:
        query = f"SELECT leaf, tree FROM {source.schema}.ledger_entries ORDER BY position"
        return [(leaf, tree) for leaf, tree in source.ask(query)]


def test_a_leaf_holds_position_id_name_time_and_recorder(ledger: Ledger) -> None:
    due = [leaf_hash(Sealed(row.position, row.id, row.topic, row.recorded, row.recorder)) for row in ledger.rows()]

    assert [leaf for leaf, _ in kept(ledger)] == due
    assert len(set(due)) == len(REGISTRY) + 2


def test_the_last_event_of_each_append_keeps_the_tree(empty: Ledger) -> None:
    """Ten events at once, then one, then two."""
    empty.add(*REGISTRY, cleared())
    empty.add(company("new"))
    empty.add(batch(), cleared("other"))

    trees = [tree for _, tree in kept(empty)]
    leaves = [leaf for leaf, _ in kept(empty)]

    ends = [place for place, tree in enumerate(trees, start=1) if tree is not None]
    assert ends == [10, 11, 13]
    for end in ends:
        tree = Frontier.from_bytes(trees[end - 1] or b"")
        assert (tree.size, tree.root()) == (end, root_of(leaves[:end]))


def test_one_import_or_many_give_the_same_root(empty: Ledger) -> None:
    for event in (*REGISTRY, cleared(), batch()):
        empty.add(event)

    head = empty.head()

    assert Frontier.from_bytes(head.tree or b"").root() == root_of(leaf for leaf, _ in kept(empty))


def test_a_refused_import_leaves_the_tree_as_it_was(ledger: Ledger) -> None:
    before = kept(ledger)

    ledger.refusal(cleared("new"), company("acme", parent="nobody"))

    assert kept(ledger) == before


@pytest.mark.files
@pytest.mark.parametrize(
    "damage", ["NULL", "leaf", "(SELECT tree FROM ledger_entries WHERE position = 9)"], ids=["gone", "no tree", "older"]
)
def test_nothing_follows_an_event_whose_tree_is_lost(empty: Ledger, damage: str) -> None:
    empty.add(*REGISTRY)
    empty.add(cleared())
    change(empty.path, f"UPDATE ledger_entries SET tree = {damage} WHERE position = 10")
    before = kept(empty)

    with pytest.raises(Unsealed) as caught:
        empty.add(batch())

    assert str(caught.value) == (
        "the ledger is damaged: the tree of its events up to position 10 is missing, or is another's; "
        "run `policytracker verify`, and go back to a copy"
    )
    assert kept(empty) == before


@pytest.mark.files
@pytest.mark.parametrize("position", [11, 12])
def test_nothing_follows_a_tree_that_has_not_grown_from_the_one_before(empty: Ledger, position: int) -> None:
    """Of twelve events, the last two appended one by one, the first hash of a tree is another."""
    empty.add(*REGISTRY, cleared())
    empty.add(company("new"))
    empty.add(batch())
    tree = bytearray(kept(empty)[position - 1][1] or b"")
    tree[8] ^= 1
    change(empty.path, f"UPDATE ledger_entries SET tree = X'{tree.hex()}' WHERE position = {position}")
    before = kept(empty)

    with pytest.raises(Unsealed):
        empty.add(cleared("other"))

    assert kept(empty) == before
