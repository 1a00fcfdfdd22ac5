"""Evidence: it holds for what was recorded, and for nothing else."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytracker.seals import verify_evidence
from policytracker.seals.checkpoint import Checkpoint, Kept
from policytracker.seals.errors import BadEvidence, OutsideTree
from policytracker.seals.evidence import Redacted, check, checksum, evidence
from policytracker.seals.leaves import Sealed, leaf_hash
from policytracker.seals.tree import inclusion_proof, root_of
from policytracker.seals.verify_evidence import Refused
from tests.seals.ground import CONTENTS, EVENTS, LEAVES, ORIGIN, OTHER, OURS, evidence_of, kept

REDACTED = Redacted("the data protection officer", 1769558500000000)
WRONG_LINE = OURS.sign("another text\n").line() + "\n"
SUBTREE = Checkpoint(ORIGIN, 7, LEAVES[2]).text()
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


def resealed(data: bytes, **changes: object) -> bytes:
    """The file with other fields and a checksum that fits: what a forger would send."""
    body: dict[str, Any] = {**json.loads(data), **changes}
    del body["checksum"]
    body["checksum"] = checksum(body)
    return json.dumps(body).encode()


def refusal(data: bytes, *trusted: str) -> str:
    """Why the verifier refuses it."""
    with pytest.raises(Refused) as refused:
        verify_evidence.check(data, list(trusted))
    return str(refused.value)


def flips(data: bytes) -> Iterator[bytes]:
    """The same bytes with one bit flipped, for every bit."""
    for place in range(len(data)):
        for bit in range(8):
            yield data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :]


@pytest.mark.parametrize("size", range(1, 8))
def test_every_event_has_evidence_at_every_size(size: int) -> None:
    for place in range(1, size + 1):
        told = check(evidence_of(place, OURS, size=size), [OURS.verifier])

        assert told[0] == f"Event {place}, note/1, recorded 2026-01-28 00:00:00.00000{place} UTC by mia."
        assert told[1] == f"Its content: {CONTENTS[place - 1].decode()}"
        assert told[2].endswith(EVENTS[place - 1].id)


def test_signed_evidence_says_whose_word_it_is() -> None:
    data = evidence_of(3, OURS)
    key = str(OURS.verifier)

    assert f"Signed by {key}, as you demanded." in check(data, [OURS.verifier])
    assert (
        f"Signed by {key}, which came with this file: get the ledger's key from its owner and give it with --key."
        in check(data)
    )
    assert next(line for line in check(data) if line.startswith("  ")) == f"  {ORIGIN}"
    assert check(data)[-1] == "Not shown: that what the event says is true, or that the recorder's clock was right."


def test_unsigned_evidence_says_that_nobody_vouches_for_it() -> None:
    told = check(evidence_of(3))

    assert "NOT SIGNED: anyone can have made this. Compare the checkpoint with one from a source you trust." in told
    assert refusal(evidence_of(3), str(OURS.verifier)) == f"its checkpoint is not signed by {OURS.verifier}"


def test_signatures_by_unknown_keys_are_counted_and_say_nothing() -> None:
    data = evidence(EVENTS[2], CONTENTS[2], LEAVES, kept(OURS, OTHER), [OURS.verifier])

    assert "Signatures by unknown keys, not checked: 1." in check(data)
    assert "Signatures by unknown keys, not checked: 1." not in check(data, [OTHER.verifier])
    assert refusal(resealed(data, keys=[])) == "its checkpoint is signed, and no key is known: give one with --key"


def test_a_redacted_event_keeps_its_place_and_says_so() -> None:
    data = evidence_of(3, OURS, content=REDACTED)

    assert check(data, [OURS.verifier])[1] == (
        "Its content: removed by the data protection officer, 2026-01-28 00:01:40.000000 UTC, as the file says; "
        "not checked"
    )
    assert CONTENTS[2].decode() not in data.decode()


def test_evidence_that_would_be_refused_is_not_made() -> None:
    with pytest.raises(BadEvidence, match="the content does not match the id"):
        evidence(EVENTS[2], CONTENTS[3], LEAVES, kept())
    with pytest.raises(BadEvidence, match="the event is not in the tree"):
        evidence(EVENTS[2]._replace(recorder="eve"), CONTENTS[2], LEAVES, kept())
    with pytest.raises(BadEvidence, match="the event is not in the tree"):
        evidence(EVENTS[2], CONTENTS[2], LEAVES[1:] + LEAVES[:1], kept())
    with pytest.raises(BadEvidence, match="its checkpoint is not signed by"):
        evidence(EVENTS[2], CONTENTS[2], LEAVES, kept(OURS), [OURS.verifier, OTHER.verifier])
    with pytest.raises(BadEvidence, match="the content is not UTF-8"):
        evidence(EVENTS[2], b"\xff", LEAVES, kept())
    with pytest.raises(BadEvidence, match="half a character"):
        evidence(EVENTS[2], Redacted("\ud800", 0), LEAVES, kept())
    with pytest.raises(OutsideTree):
        evidence(EVENTS[2], CONTENTS[2], LEAVES, kept(size=2))


@pytest.mark.parametrize(
    "data",
    [evidence_of(3), evidence_of(2, OURS, size=2), evidence_of(3, OURS, content=REDACTED)],
    ids=["unsigned", "signed", "redacted"],
)
def test_every_flipped_bit_of_the_file_is_refused_or_changes_nothing(data: bytes) -> None:
    whole = json.loads(data)
    harmless = 0
    for changed in flips(data):
        try:
            verify_evidence.check(changed, [])
        except Refused:
            continue
        assert json.loads(changed) == whole
        harmless += 1
    assert harmless < 10


@pytest.mark.parametrize(
    "field",
    ["position", "id", "topic", "recorded", "recorder", "content", "tree_size", "inclusion", "checkpoint", "keys"],
)
def test_every_flipped_bit_of_a_field_is_refused_even_with_a_checksum_that_fits(field: str) -> None:
    """Here the hashes and the signature hold it, not the checksum."""
    data = evidence_of(2, OURS, size=2)
    value = json.loads(data)[field]
    every = 5 if field == "checkpoint" else 1  # most of these need a signature verified
    let_through = []
    for changed in islice(flips(json.dumps(value, ensure_ascii=False).encode()), 0, None, every):
        try:
            forged = json.loads(changed)
            sent = resealed(data, **{field: forged})
        except (ValueError, BadEvidence):
            continue
        if forged != value:
            try:
                verify_evidence.check(sent, [str(OURS.verifier)])
            except Refused:
                continue
            let_through.append(forged)

    assert let_through == []


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"position": 4}, "the event is not in the tree"),
        ({"recorded": 1769558400000004}, "the event is not in the tree"),
        ({"recorder": "eve"}, "the event is not in the tree"),
        ({"topic": "lifted/1"}, "the event is not in the tree"),
        ({"topic": "note/1\n1"}, "the id or the topic is misspelled"),
        ({"content": "{}"}, "the content does not match the id"),
        ({"id": "ab" * 32}, "the content does not match the id"),
        ({"id": EVENTS[2].id.upper(), "content": None, "redacted_by": "x", "redacted_at": 1}, "id or the topic"),
        ({"tree_size": 8}, "the tree and its checkpoint differ in size"),
        ({"inclusion": []}, "the event is not in the tree"),
        ({"inclusion": ["zz" * 32] * 3}, "the event is not in the tree"),
        ({"inclusion": [h.hex().upper() for h in inclusion_proof(LEAVES, 2, 7)]}, "the event is not in the tree"),
        ({"checkpoint": ""}, "its checkpoint is misspelled"),
        ({"checkpoint": kept(OURS).to_bytes().decode()[:-1]}, "its checkpoint is misspelled"),
        ({"checkpoint": kept().to_bytes().decode() + "\n"}, "its checkpoint is misspelled"),
        ({"checkpoint": kept(OURS).to_bytes().decode()[:-3] + "=\n"}, "misspelled"),
        ({"checkpoint": kept(OTHER).to_bytes().decode()}, "its checkpoint is not signed by"),
        ({"keys": [str(OURS.verifier), str(OTHER.verifier)]}, "its checkpoint is not signed by"),
        ({"checkpoint": kept(OURS).to_bytes().decode() + WRONG_LINE}, f"the signature by {OURS.verifier} is wrong"),
        ({"checkpoint": kept(OURS).to_bytes().decode() + "— x AAAAAAA=\n" * 100}, "its checkpoint is misspelled"),
        ({"checkpoint": kept().to_bytes().decode().replace(".com", ".com\r"), "keys": []}, "checkpoint is misspelled"),
        ({"checkpoint": SUBTREE, "inclusion": [], "keys": []}, "the event is not in the tree"),
        ({"keys": ["x"]}, "misspelled"),
        ({"keys": [str(OURS.verifier).replace(ORIGIN, "example.com/forger")]}, "a key is no Ed25519 verifier key"),
        ({"position": 0}, "a number is out of range"),
        ({"position": -4}, "a number is out of range"),
        ({"position": 8}, "a number is out of range"),
        ({"position": True}, "of the wrong kind"),
        ({"position": 3.0}, "of the wrong kind"),
        ({"position": "3"}, "of the wrong kind"),
        ({"recorded": 10**30}, "a number is out of range"),
        ({"recorded": -1}, "a number is out of range"),
        ({"content": None}, "a field is missing, unknown, or of the wrong kind"),
        ({"redacted_by": "eve", "redacted_at": 1}, "a field is missing, unknown, or of the wrong kind"),
        ({"inclusion": [1]}, "a hash or a key is not a text"),
        ({"keys": [None]}, "a hash or a key is not a text"),
        ({"remark": "true"}, "a field is missing, unknown, or of the wrong kind"),
        ({"version": 2}, "it is not policytracker-evidence, version 1"),
        ({"version": True}, "a field is missing, unknown, or of the wrong kind"),
        ({"format": "evidence"}, "it is not policytracker-evidence, version 1"),
    ],
)
def test_a_forged_field_is_refused(changes: dict[str, object], why: str) -> None:
    assert why in refusal(resealed(evidence_of(3, OURS), **changes))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "it is not JSON in UTF-8"),
        (b"\xff", "it is not JSON in UTF-8"),
        (b"\xef\xbb\xbf{}", "it is not JSON in UTF-8"),
        (b"[" * 200_000, "it is not JSON in UTF-8"),
        (b"9" * 200_000, "it is not policytracker-evidence, version 1"),
        (b"[]", "it is not policytracker-evidence, version 1"),
        (b"NaN", "it is not policytracker-evidence, version 1"),
        (b'{"format": [], "version": {}}', "it is not policytracker-evidence, version 1"),
        (evidence_of(3) + b"{}", "it is not JSON in UTF-8"),
        (evidence_of(3).replace(b'"version": 1,', b'"version": 1, "version": 1,'), "a field stands twice in it"),
        (evidence_of(3).replace(b'"mia"', b'"\\ud800"'), "it is not JSON in UTF-8"),
        (evidence_of(3).replace(b'"mia"', b'"Mia"'), "its checksum is wrong: the file was damaged or changed"),
        (evidence_of(3).replace(b'"mia"', b"1e400"), "a field is missing, unknown, or of the wrong kind"),
    ],
)
def test_a_file_that_is_none_is_refused(data: bytes, why: str) -> None:
    assert refusal(data) == why


@given(st.binary(max_size=60))
def test_any_bytes_are_refused_in_words(data: bytes) -> None:
    assert refusal(data)


@given(st.sampled_from(sorted(verify_evidence.WHOLE)), JSON)
def test_any_value_in_any_field_is_refused_in_words(field: str, value: Any) -> None:
    body = json.loads(evidence_of(3, OURS)) | {field: value}
    if body == json.loads(evidence_of(3, OURS)):
        return
    try:
        sent = resealed(json.dumps(body).encode())
    except BadEvidence:
        return

    assert refusal(sent if field != "checksum" else json.dumps(body).encode())


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_recorder_has_evidence_and_no_other_takes_their_place(recorder: str) -> None:
    event = EVENTS[2]._replace(recorder=recorder)
    leaves = [*LEAVES[:2], leaf_hash(event), *LEAVES[3:]]
    checkpoint = Checkpoint(ORIGIN, 7, root_of(leaves))
    data = evidence(event, CONTENTS[2], leaves, Kept(checkpoint, ()))

    assert check(data)[0].endswith(f" by {recorder}.")
    assert refusal(resealed(data, recorder=recorder + "x")) == "the event is not in the tree"


def test_the_two_readings_of_a_leaf_agree() -> None:
    for event in [*EVENTS, Sealed(9, "ab" * 32, "x/2", 0, "two\nlines \x00é")]:
        assert verify_evidence.leaf_hash(event._asdict()) == leaf_hash(event)
