"""The leaf of an event: one event, one leaf; two events, two leaves."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytracker.seals.errors import BadLeaf
from policytracker.seals.leaf_text import FORM
from policytracker.seals.leaves import Sealed, leaf_bytes, leaf_hash, leaf_hashes

# Texts made of what could pass for another field are the likeliest to collide.
TEXT = st.text(st.sampled_from("\n17ab/é\x00") | st.characters(exclude_categories=["Cs"]), max_size=12)
EVENTS = st.builds(
    Sealed, st.integers(0, 20), TEXT.filter(lambda text: "\n" not in text), TEXT.filter(lambda text: "\n" not in text),
    st.integers(0, 20), TEXT,
)  # fmt: skip


def read_back(leaf: bytes) -> Sealed:
    """As the description of the leaf tells a stranger to read it."""
    form, position, recorded, event_id, topic, recorder = leaf.decode().split("\n", 5)
    assert form == FORM
    return Sealed(int(position), event_id, topic, int(recorded), recorder)


def test_the_leaf_is_what_the_description_says() -> None:
    event = Sealed(12, "ab" * 32, "batch-approved/1", 1769558400000001, "Mia\n腾讯")

    leaf = leaf_bytes(event)

    assert leaf.decode() == f"policytracker-event/1\n12\n1769558400000001\n{'ab' * 32}\nbatch-approved/1\nMia\n腾讯"
    assert leaf_hash(event) == sha256(b"\x00" + leaf).digest()
    assert leaf_hashes([event, event]) == [leaf_hash(event)] * 2


@given(EVENTS)
def test_a_leaf_tells_every_part_of_its_event(event: Sealed) -> None:
    assert read_back(leaf_bytes(event)) == event


@given(EVENTS, EVENTS)
def test_two_events_never_share_a_leaf(one: Sealed, other: Sealed) -> None:
    assert (leaf_bytes(one) == leaf_bytes(other)) == (one == other)


@pytest.mark.parametrize("field", ["topic", "id"])
def test_an_event_without_a_clear_leaf_is_refused(field: str) -> None:
    good = Sealed(3, "ab" * 32, "lifted/1", 5, "mia")
    event = good._replace(topic="x\n1") if field == "topic" else good._replace(id="x\n1")

    with pytest.raises(BadLeaf, match=f"the {field} of the event at position 3 holds a line end"):
        leaf_bytes(event)


def test_half_a_character_has_no_leaf() -> None:
    with pytest.raises(UnicodeEncodeError):
        leaf_bytes(Sealed(3, "ab" * 32, "lifted/1", 5, "\ud800"))
