"""Ed25519: what strangers verify in plain Python, and the program with cryptography, with one verdict."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from policytracker.seals import verify_evidence
from policytracker.seals.notes import VerifierKey
from policytracker.seals.weak_keys import is_weak

# RFC 8032, section 7.1: TEST 1, TEST 2, TEST 3 and TEST SHA(abc); public key, message, signature.
RFC_8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ),
]
# All spellings of the points of small order: C2SP/CCTV, ed25519/README.md.
SMALL_ORDER = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
]


def verified(public: bytes, message: bytes, signature: bytes) -> bool:
    """What the verifier for strangers says; the program says the same of what can be a text."""
    plain = verify_evidence.verify(public, message, signature)
    try:
        text = message.decode()
    except UnicodeDecodeError:
        return plain
    assert VerifierKey("anyone", public).verifies(text, signature) is plain
    return plain


@pytest.mark.parametrize(("public", "message", "signature"), RFC_8032)
def test_the_signatures_of_the_rfc_verify(public: str, message: str, signature: str) -> None:
    assert verified(bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature))
    assert not verified(bytes.fromhex(public), bytes.fromhex(message) + b"\0", bytes.fromhex(signature))


def test_every_flipped_bit_of_a_signature_is_refused() -> None:
    public, message, signature = (bytes.fromhex(each) for each in RFC_8032[2])
    places = range(0, 512, 7)
    flipped = [signature[: bit // 8] + bytes([signature[bit // 8] ^ 1 << bit % 8]) + signature[bit // 8 + 1 :]
               for bit in (*places, 511)]  # fmt: skip

    assert not any(verified(public, message, each) for each in flipped)


def test_a_signature_has_one_spelling_only() -> None:
    public, message, signature = (bytes.fromhex(each) for each in RFC_8032[1])
    scalar = int.from_bytes(signature[32:], "little") + verify_evidence.L

    assert not verified(public, message, signature[:32] + scalar.to_bytes(32, "little"))
    assert not verified(public, message, signature + b"\0")
    assert not verified(public, message, signature[:-1])


@pytest.mark.parametrize("public", SMALL_ORDER)
def test_a_key_of_small_order_is_refused(public: str) -> None:
    """The neutral element and 0 would be the signature of most texts by such a key."""
    forged = bytes([1]) + bytes(63)

    assert verify_evidence.key_point(bytes.fromhex(public)) is None
    assert not verified(bytes.fromhex(public), b"anything", forged)


def test_bytes_that_spell_no_point_are_refused() -> None:
    """There is a point with a given y where its x squared has a root: Euler's criterion."""
    squares = [
        (y * y - 1) * pow(verify_evidence.D * y * y + 1, -1, verify_evidence.P) % verify_evidence.P for y in range(40)
    ]
    due = [pow(square, (verify_evidence.P - 1) // 2, verify_evidence.P) in (0, 1) for square in squares]

    assert [verify_evidence.decompress(bytes([y]) + bytes(31)) is not None for y in range(40)] == due
    assert {True, False} == set(due)
    assert verify_evidence.decompress(bytes([3]) + bytes(30)) is None


def test_a_point_has_one_spelling_only() -> None:
    """Beyond P a number would spell the same y once more, and 0 has no odd spelling."""
    again = [(verify_evidence.P + y).to_bytes(32, "little") for y in range(19)]

    assert [verify_evidence.decompress(data) for data in again] == [None] * 19
    assert verify_evidence.decompress((1).to_bytes(32, "little")) == (0, 1, 1, 0)
    assert verify_evidence.decompress((1 + 2**255).to_bytes(32, "little")) is None


@settings(max_examples=15)
@given(st.binary(min_size=32, max_size=32), st.text(max_size=40))
def test_what_openssl_signs_verifies(seed: bytes, text: str) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    message = text.encode("utf-8", "replace")
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)

    assert verified(public, message, signature)
    assert not verified(public, message + b"!", signature)
    assert not verified(public, message, signature[:40] + bytes([signature[40] ^ 1]) + signature[41:])


@settings(max_examples=60)
@given(st.binary(min_size=32, max_size=32), st.binary(min_size=64, max_size=64))
def test_no_signature_is_good_for_one_verifier_only(public: bytes, signature: bytes) -> None:
    """Keys and signatures of any bytes, nearly half of which spell no point."""
    assert not verified(public, b"anything", signature)


@pytest.mark.parametrize("public", [bytes.fromhex(spelled) for spelled in SMALL_ORDER])
def test_a_weak_key_is_refused_before_openssl_is_asked(public: bytes) -> None:
    """OpenSSL itself takes the neutral element for a key, and its signature of anything."""
    assert is_weak(public)


def test_no_key_that_a_seed_makes_is_weak() -> None:
    keys = [Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32).public_key() for number in range(50)]

    assert not any(is_weak(key.public_bytes_raw()) for key in keys)


def test_a_second_spelling_of_a_point_is_weak() -> None:
    assert all(is_weak((verify_evidence.P + y).to_bytes(32, "little")) for y in range(19))
    assert not is_weak((3).to_bytes(32, "little"))
