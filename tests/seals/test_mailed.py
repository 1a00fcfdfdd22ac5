"""Mail ends lines with CR LF, and may drop the last line end: what is signed verifies all the same, nothing else."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytracker.seals.checkpoint import read_checkpoint
from policytracker.seals.errors import BadSeal
from policytracker.seals.evidence import check
from policytracker.seals.notes import open_note, read_note, verifier_key
from policytracker.seals.verify_evidence import __file__ as verifier
from tests.seals.ground import OTHER, OURS, evidence_of, kept
from tests.seals.test_notes import POEM

WAYS = {
    "CR LF": lambda data: data.replace(b"\n", b"\r\n"),
    "no last line end": lambda data: data.removesuffix(b"\n"),
    "CR LF, no last line end": lambda data: data.replace(b"\n", b"\r\n").removesuffix(b"\r\n"),
    "CR LF, the last cut in half": lambda data: data.replace(b"\n", b"\r\n").removesuffix(b"\n"),
    "one line with CR LF": lambda data: data.replace(b"\n", b"\r\n", 1),
}
by_mail = pytest.mark.parametrize("way", WAYS)
UNSIGNED, SIGNED = kept().to_bytes(), kept(OURS, OTHER).to_bytes()


@by_mail
@pytest.mark.parametrize("data", [UNSIGNED, SIGNED], ids=["unsigned", "signed"])
def test_a_checkpoint_by_mail_is_the_same(data: bytes, way: str) -> None:
    mailed = WAYS[way](data)

    assert mailed != data
    assert read_checkpoint(mailed) == read_checkpoint(data)
    assert read_checkpoint(mailed).to_bytes() == data


@by_mail
def test_the_signatures_of_a_note_by_mail_verify(way: str) -> None:
    keys = [OURS.verifier, OTHER.verifier]

    assert open_note(WAYS[way](SIGNED), keys) == open_note(SIGNED, keys)
    assert read_note(WAYS[way](POEM.encode())) == read_note(POEM.encode())


@by_mail
@given(data=st.data())
def test_a_sign_that_was_changed_on_the_way_too_is_refused(way: str, data: st.DataObject) -> None:
    """But in the line of another signer, of whom nothing is known here."""
    place = data.draw(st.integers(0, len(SIGNED) - 1))
    sign = data.draw(st.integers(0x20, 0x7E).filter(lambda found: found != SIGNED[place]))
    changed = SIGNED[:place] + bytes([sign]) + SIGNED[place + 1 :]

    try:
        open_note(WAYS[way](changed), [OURS.verifier])
    except BadSeal:
        return
    assert place >= SIGNED.index(f"— {OTHER.verifier.name}".encode())


@pytest.mark.parametrize("more", [b"\r", b" ", b"\n", b"x", b"\r\n\r\n"])
def test_anything_else_at_the_end_of_a_signed_checkpoint_is_refused(more: bytes) -> None:
    with pytest.raises(BadSeal):
        open_note(SIGNED + more, [OURS.verifier])


def test_a_line_end_within_a_line_is_refused() -> None:
    for more in (b"\r\n", b"\r"):
        changed = UNSIGNED.replace(b"example.com", b"example" + more + b".com")
        with pytest.raises(BadSeal):
            read_checkpoint(changed)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_key_is_taken_with_its_line_end_and_no_other_one(end: str) -> None:
    text = str(OURS.verifier)

    assert verifier_key(text + end) == OURS.verifier
    for changed in (text[:-1] + end, f"{text[:20]}{end}{text[20:]}"):
        with pytest.raises(BadSeal, match="this is no verifier key"):
            verifier_key(changed)


@by_mail
def test_the_verifier_of_a_stranger_takes_evidence_and_a_key_by_mail(way: str, tmp_path: Path) -> None:
    file, other = tmp_path / "e.json", tmp_path / "changed.json"
    mailed = WAYS[way](evidence_of(3, OURS))
    file.write_bytes(mailed)
    other.write_bytes(mailed.replace(b'"mia"', b'"eve"'))
    command: list[str | Path] = [sys.executable, "-I", "-S", str(verifier)]
    key = ["--key", f"{OURS.verifier}\r\n"]

    told = subprocess.run([*command, file, *key], capture_output=True, text=True)
    refused = subprocess.run([*command, other, *key], capture_output=True, text=True)

    assert (told.returncode, told.stderr) == (0, "")
    assert f"Signed by {OURS.verifier}, as you demanded." in told.stdout
    assert refused.returncode == 1
    assert refused.stderr == "REFUSED: its checksum is wrong: the file was damaged or changed.\n"
    assert check(mailed) == check(evidence_of(3, OURS))
