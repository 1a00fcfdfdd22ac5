"""Signed notes: published vectors, and strictness."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policytracker.seals.errors import KeysCollide, NotAKey, NotANote, NotSignedByKnown, WrongSignature
from policytracker.seals.notes import (
    Signature,
    SignerKey,
    VerifierKey,
    decode64,
    is_name,
    open_note,
    read_note,
    signer_key,
    verifier_key,
    write_note,
)

# golang.org/x/mod/sumdb/note, note.go and note_test.go.
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
ENOCH = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
OTHER_KIND = "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
PETER_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
ENOCH_LINE = (
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"
)
# c2sp.org/signed-note: the example of "Verifier keys", and the note at the head.
EXAMPLE = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
EXAMPLE_NOTE = (
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
POEM = (
    "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n"
    "— quasimodo.example/salvatore "
    "NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n"
)
SAID = TEXT + "\n" + PETER_LINE


def test_the_published_notes_open() -> None:
    peter, enoch, example = verifier_key(PETER), verifier_key(ENOCH), verifier_key(EXAMPLE)

    opened = open_note((SAID + ENOCH_LINE).encode(), [peter])
    assert (opened.text, opened.signers, len(opened.ignored)) == (TEXT, (peter,), 1)
    assert opened.ignored[0].line() + "\n" == ENOCH_LINE
    assert open_note((SAID + ENOCH_LINE + PETER_LINE).encode(), [peter, enoch]).signers == (peter, enoch)
    assert open_note(EXAMPLE_NOTE.encode(), [example]).text == "This is an example message.\n"


def test_a_text_may_hold_empty_lines() -> None:
    text, (signature,) = read_note(POEM.encode())

    assert text.endswith("\n\ned è subito sera.\n")
    assert signature.name == "quasimodo.example/salvatore"
    assert write_note(text, [signature]).decode() == POEM


def test_keys_are_written_as_they_are_read() -> None:
    assert [str(verifier_key(key)) for key in (PETER, ENOCH, EXAMPLE)] == [PETER, ENOCH, EXAMPLE]
    assert signer_key(PETER_SECRET).secret() == PETER_SECRET
    assert str(signer_key(PETER_SECRET).verifier) == PETER
    assert verifier_key(EXAMPLE).public.hex() == "e932791ae6e7a840a46164c904786426d5e7821dd8b29a00d61cae72afdd4da4"


def test_signing_gives_the_published_note() -> None:
    assert write_note(TEXT, [signer_key(PETER_SECRET).sign(TEXT)]).decode() == SAID


def test_a_secret_key_does_not_show_by_accident() -> None:
    key = signer_key(PETER_SECRET)

    assert PETER_SECRET[-20:] not in f"{key!r} {key} {vars(key)['verifier']!r}"
    with pytest.raises(NotAKey) as refused:
        signer_key(PETER_SECRET[:-1])
    assert PETER_SECRET[40:60] not in str(refused.value)


def test_every_part_of_a_key_alone_is_refused() -> None:
    """As note_test.go does: every shorter piece, and every sign replaced by the next."""
    pieces = [PETER[start:end] for start in range(len(PETER)) for end in range(start + 1, len(PETER) + 1)]
    pieces += [PETER[:place] + chr(ord(sign) + 1) + PETER[place + 1 :] for place, sign in enumerate(PETER)]
    for piece in (piece for piece in pieces if piece != PETER):
        with pytest.raises(NotAKey, match=r"this is no verifier key: .*; copy the whole key, on one line"):
            verifier_key(piece)
    changed = [
        PETER_SECRET[:place] + chr(ord(s) + 1) + PETER_SECRET[place + 1 :] for place, s in enumerate(PETER_SECRET)
    ]
    for piece in changed:
        with pytest.raises(NotAKey, match="this is no signer key"):
            signer_key(piece)


@pytest.mark.parametrize(
    ("key", "why"),
    [
        # note_test.go: a key too long, and of an unknown kind, each with the id that goes with it.
        ("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==", "form name.id.base64"),
        (OTHER_KIND, "not of the kind Ed25519"),
        (PETER.upper(), "form name.id.base64"),
        ("two words" + PETER[12:], "form name.id.base64"),
        ("\ud800" + PETER[12:], "form name.id.base64"),
        (str(VerifierKey("zero", bytes(32))), "no Ed25519 key is spelled so"),
        (str(VerifierKey("other", verifier_key(PETER).public)).replace("other", "else"), "does not match its id"),
    ],
)
def test_keys_that_are_none_are_refused(key: str, why: str) -> None:
    with pytest.raises(NotAKey, match=why):
        verifier_key(key)


def test_a_wrong_signature_of_a_known_key_is_refused() -> None:
    peter = verifier_key(PETER)
    for wrong in (SAID.replace("answer", "Answer"), SAID.replace("/ZJku", "/ZJkv")):
        with pytest.raises(WrongSignature, match=r"the signature of PeterNeumann\+c74f20a3 is wrong"):
            open_note(wrong.encode(), [peter])
    cut = Signature("PeterNeumann", peter.key_id, read_note(SAID.encode()).signatures[0].signature[:-1])
    with pytest.raises(WrongSignature):
        open_note(write_note(TEXT, [cut]), [peter])
    with pytest.raises(WrongSignature):
        open_note((SAID + SAID.replace("/ZJku", "/ZJkv")[len(TEXT) + 1 :]).encode(), [peter])


def test_a_note_that_no_known_key_has_signed_is_refused() -> None:
    for keys in ([], [verifier_key(ENOCH)], [VerifierKey("PeterNeuman", verifier_key(PETER).public)]):
        with pytest.raises(NotSignedByKnown, match="none of the known keys has signed this"):
            open_note(SAID.encode(), keys)


def test_a_key_of_small_order_verifies_nothing() -> None:
    neutral = bytes([1]) + bytes(31)

    assert not VerifierKey("anyone", neutral).verifies("anything\n", neutral + bytes(32))


def test_keys_that_cannot_be_told_apart_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(VerifierKey, "key_id", b"1234")

    with pytest.raises(KeysCollide, match=r"two different keys are called x\+31323334"):
        open_note(SAID.encode(), [VerifierKey("x", bytes(32)), VerifierKey("x", bytes([1] * 32))])


@pytest.mark.parametrize(
    "data",
    [
        # note_test.go, "Invalid encoded message syntax".
        TEXT.encode(),
        (TEXT + "\n").encode(),
        SAID[:-2].encode(),
        ("\x01" + SAID).encode(),
        b"\xff" + SAID.encode(),
        (TEXT + "\n" + PETER_LINE.replace("PeterNeumann", "Bad Name")).encode(),
        (SAID + "Unexpected line.\n").encode(),
        (TEXT + "\n" + PETER_LINE * 101).encode(),
        # Ours.
        SAID.replace("\n", "\r").encode(),
        SAID.replace("\n", "\r\r\n").encode(),
        SAID.replace("— ", "- ").encode(),
        SAID.replace("nAM=", "nAN=").encode(),
        SAID.replace("nAM=", "nAM").encode(),
        SAID.replace("x08go", "x08g o").encode(),
        (TEXT + "\n— PeterNeumann x08goA==\n").encode(),
        (TEXT + "\n— Peter+Neumann x08goAAA\n").encode(),
        (TEXT + "\n— Peter\u00a0Neumann x08goAAA\n").encode(),
        b"",
    ],
)
def test_what_is_no_note_is_refused(data: bytes) -> None:
    with pytest.raises(NotANote, match=r"this is no signed note: .*; go back to the file as it was written"):
        read_note(data)


@pytest.mark.parametrize("text", ["no end", "bell\a\n", "half \ud800\n", ""])
def test_what_cannot_be_a_note_is_not_signed(text: str) -> None:
    key = signer_key(PETER_SECRET)
    with pytest.raises(NotANote):
        key.sign(text)
    with pytest.raises(NotANote):
        write_note(text, [key.sign("x\n")])


def test_a_key_needs_a_name_and_a_whole_seed() -> None:
    for name in ("", "two words", "a+b", "a\nb", "a\u2003b"):
        assert not is_name(name)
        with pytest.raises(NotAKey, match="a name is some text without spaces and plus signs"):
            SignerKey(name, bytes(32))
    with pytest.raises(NotAKey, match="a seed has 32 bytes"):
        SignerKey("mia", bytes(31))


def test_base64_has_one_spelling() -> None:
    assert decode64("AQI=") == b"\x01\x02"
    assert [decode64(text) for text in ("AQI", "AQJ=", "AQI=\n", "AQ I=", "-_==", "é", "AQI==")] == [None] * 7


@settings(max_examples=25)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n")), st.binary(min_size=32, max_size=32))
def test_what_is_signed_opens_and_nothing_else(text: str, seed: bytes) -> None:
    key = SignerKey("example.com/log", seed)
    note = write_note(text + "\n", [key.sign(text + "\n")])

    assert open_note(note, [key.verifier]).text == text + "\n"
    with pytest.raises(WrongSignature):
        open_note(b"!" + note, [key.verifier])
