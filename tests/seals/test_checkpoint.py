"""Checkpoints: published ones read and verify, odd ones are refused, what is written reads back."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytracker.seals.checkpoint import Checkpoint, Kept, read_checkpoint, read_text
from policytracker.seals.errors import NotACheckpoint, NotANote
from policytracker.seals.notes import open_note, verifier_key
from policytracker.seals.tree import EMPTY_ROOT
from tests.seals.ground import OTHER, OURS, kept

# c2sp.org/tlog-checkpoint.
EXAMPLE = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
)
# transparency-dev/formats, log/checkpoint_test.go: one of the Go checksum database, and its key.
SUMDB = (
    "go.sum database tree\n6476701\nmb8QLQIs0Z0yP5Cstq6guj87oXWeC9gEM8oVikmm9Wk=\n\n"
    "— sum.golang.org Az3grsLX85Gz+s1SiTbgkuqxgItqFq7gsMUEyVnrsa9LM7Us9S+1xbFIGu95949rj4nPRYfvimWEPWL+o3GeoWwOoAw=\n"
)
SUMDB_KEY = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)
ROOT = base64.b64encode(bytes(range(32))).decode()


def test_the_published_example_reads_and_is_written_alike() -> None:
    found = read_checkpoint(EXAMPLE.encode())

    assert found.checkpoint[:2] == ("example.com/behind-the-sofa", 20852163)
    assert found.checkpoint.root.hex() == "0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62"
    assert [signature.name for signature in found.signatures] == ["example.com/behind-the-sofa"]
    assert found.to_bytes() == EXAMPLE.encode()


def test_a_real_checkpoint_verifies() -> None:
    opened = open_note(SUMDB.encode(), [verifier_key(SUMDB_KEY)])

    assert read_text(opened.text) == read_checkpoint(SUMDB.encode()).checkpoint
    assert read_text(opened.text)[:2] == ("go.sum database tree", 6476701)


def test_text_and_signatures_are_apart() -> None:
    plain, signed = kept(), kept(OURS, OTHER)

    assert read_checkpoint(plain.to_bytes()) == plain
    assert read_checkpoint(signed.to_bytes()) == signed
    assert signed.to_bytes().startswith(plain.to_bytes() + b"\n\xe2\x80\x94 ")
    assert open_note(signed.to_bytes(), [OTHER.verifier]).text.encode() == plain.to_bytes()


@given(LINES, st.integers(1, 2**63 - 1), st.binary(min_size=32, max_size=32), st.lists(LINES, max_size=3))
def test_what_is_written_reads_back(origin: str, size: int, root: bytes, extensions: list[str]) -> None:
    checkpoint = Checkpoint(origin, size, root, tuple(extensions))

    assert read_checkpoint(Kept(checkpoint, ()).to_bytes()) == Kept(checkpoint, ())


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "origin, a size and a root"),
        (f"l\n5\n{ROOT}", "origin, a size and a root"),
        ("l\n5\n", "origin, a size and a root"),
        (f"\n5\n{ROOT}\n", "origin, a size and a root"),
        (f"l\n5\n{ROOT}\n\n", "origin, a size and a root"),
        (f"l\n05\n{ROOT}\n", "no size of a tree"),
        (f"l\n+5\n{ROOT}\n", "no size of a tree"),
        (f"l\n٥\n{ROOT}\n", "no size of a tree"),
        (f"l\n5_0\n{ROOT}\n", "no size of a tree"),
        (f"l\n{2**63}\n{ROOT}\n", "no size of a tree"),
        (f"l\n{'9' * 5000}\n{ROOT}\n", "no size of a tree"),
        (f"l\n5\n{ROOT[:-4]}\n", "no SHA-256 in base64"),
        (f"l\n5\n{ROOT[:-2]}9=\n", "no SHA-256 in base64"),
        (f"l\n0\n{ROOT}\n", "not that of an empty tree"),
        (f"l\r\n5\r\n{ROOT}\r\n", "control characters"),
        (f"l\x00\n5\n{ROOT}\n", "control characters"),
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str, why: str) -> None:
    with pytest.raises(NotACheckpoint, match=why):
        read_text(text)


def test_a_file_that_is_no_checkpoint_is_refused() -> None:
    with pytest.raises(NotACheckpoint, match="not UTF-8"):
        read_checkpoint(b"\xff")
    with pytest.raises(NotANote):
        read_checkpoint(EXAMPLE.encode()[:-2])
    with pytest.raises(NotACheckpoint):
        read_checkpoint(SUMDB.replace("6476701", "6476701 ").encode())


def test_what_would_not_read_back_is_not_written() -> None:
    for bad in (
        Checkpoint("l\nx", 5, bytes(32)),
        Checkpoint("l", 5, bytes(32), ("a\nb",)),
        Checkpoint("l", 5, bytes(31)),
        Checkpoint("l", -1, bytes(32)),
        Checkpoint("", 5, bytes(32)),
        Checkpoint("l\ud800", 5, bytes(32)),
    ):
        with pytest.raises(NotACheckpoint):
            bad.text()


def test_the_empty_tree_has_a_checkpoint() -> None:
    assert read_text(Checkpoint("l", 0, EMPTY_ROOT).text()).size == 0
