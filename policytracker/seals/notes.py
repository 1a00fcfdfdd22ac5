"""Signed notes as C2SP describes them (c2sp.org/signed-note), with Ed25519 keys.

A note is a text, an empty line, and a line for each signature: an em dash, the key's name, and in base64 the
first four bytes of the key's hash, then the signature of the text. Go's golang.org/x/mod/sumdb/note reads and
writes the same, signer keys included.

Mail ends lines with CR LF, and some programs drop the last line end. What is signed has LF alone, and no CR. So both
are put back before anything is read (``as_signed``).
"""

import base64
import binascii
import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from policytracker.seals.errors import (
    KeysCollide,
    NotAKey,
    NotANote,
    NotSignedByKnown,
    WrongSignature,
)
from policytracker.seals.signing import ed25519
from policytracker.seals.weak_keys import is_weak

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

MOST_SIGNATURES = 100
_ED25519 = b"\x01"
_KEY_SIZE = 32
_ID_SIZE = 4
_SECRET = "PRIVATE+KEY+"
_UNFIT = re.compile(r"[\x00-\x09\x0b-\x1f\ud800-\udfff]")
_KEY_ID = re.compile(r"[0-9a-f]{8}")


class Signature(NamedTuple):
    """One line below a note. Whose it is, is known only once a key has verified it."""

    name: str
    key_id: bytes
    signature: bytes

    def line(self) -> str:
        """The line as it stands in the note, without its end (signed-note, "Signatures")."""
        return f"— {self.name} {base64.b64encode(self.key_id + self.signature).decode()}"


class VerifierKey(NamedTuple):
    """The public half of a key, and the name that it signs under."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        """The first four bytes of the SHA-256 of name, line end, type and key (signed-note, "Ed25519 signatures")."""
        return sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:_ID_SIZE]

    def __str__(self) -> str:
        return _key_text(self.name, self.key_id, self.public)

    def verifies(self, text: str, signature: bytes) -> bool:
        """Whether this key has made the signature of the text (RFC 8032, section 5.1.7). Raises NoSignatures."""
        if is_weak(self.public):
            return False
        keys = ed25519()
        from cryptography.exceptions import InvalidSignature

        try:
            keys.Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


class SignerKey:
    """The secret half of a key. Only ``secret`` ever tells it."""

    def __init__(self, name: str, seed: bytes) -> None:
        """Make a key of 32 random bytes. Raises NotAKey or NoSignatures."""
        if not is_name(name):
            raise NotAKey("signer", "a name is some text without spaces and plus signs")
        if len(seed) != _KEY_SIZE:
            raise NotAKey("signer", f"a seed has {_KEY_SIZE} bytes")
        self._seed = seed
        self.verifier = VerifierKey(name, self._private().public_key().public_bytes_raw())

    def secret(self) -> str:
        """The key as Go's ``note`` writes it: whoever has this text can sign."""
        return _SECRET + _key_text(self.verifier.name, self.verifier.key_id, self._seed)

    def sign(self, text: str) -> Signature:
        """Sign the text of a note (signed-note, "Ed25519 signatures"). Raises NotANote."""
        return Signature(self.verifier.name, self.verifier.key_id, self._private().sign(_checked(text).encode()))

    def _private(self) -> "Ed25519PrivateKey":
        found: Ed25519PrivateKey = ed25519().Ed25519PrivateKey.from_private_bytes(self._seed)
        return found


class Note(NamedTuple):
    """A text and its signatures, none of them verified."""

    text: str
    signatures: tuple[Signature, ...]


class Opened(NamedTuple):
    """A note that known keys have signed."""

    text: str
    signers: tuple[VerifierKey, ...]
    """The known keys whose signatures were verified, each once."""
    ignored: tuple[Signature, ...]
    """Signatures of other keys: they say nothing."""


def is_name(name: str) -> bool:
    """Whether a key may have this name (signed-note, "Format")."""
    return bool(name) and not _UNFIT.search(name) and not any(sign.isspace() or sign == "+" for sign in name)


def as_signed(data: bytes) -> bytes:
    r"""A text or a note with the line ends with which it was signed.

    >>> as_signed(b"origin\r\n1\r\nroot")
    b'origin\n1\nroot\n'
    """
    lines = data.replace(b"\r\n", b"\n")
    return lines if lines.endswith(b"\n") or not lines else lines.removesuffix(b"\r") + b"\n"


def verifier_key(text: str) -> VerifierKey:
    """Read a verifier key (signed-note, "Verifier keys"), with a line end or without. Raises NotAKey."""
    name, key_id, public = _read_key("verifier", text.rstrip("\r\n"))
    if is_weak(public):
        raise NotAKey("verifier", "no Ed25519 key is spelled so")
    key = VerifierKey(name, public)
    if key.key_id != key_id:
        raise NotAKey("verifier", "its name or its key does not match its id")
    return key


def signer_key(text: str) -> SignerKey:
    """Read a signer key as Go's ``note`` writes it. Raises NotAKey."""
    if not text.startswith(_SECRET):
        raise NotAKey("signer", f"it does not begin with {_SECRET}")
    name, key_id, seed = _read_key("signer", text.removeprefix(_SECRET))
    key = SignerKey(name, seed)
    if key.verifier.key_id != key_id:
        raise NotAKey("signer", "its name or its key does not match its id")
    return key


def read_note(data: bytes) -> Note:
    """Take a note apart, strictly but for line ends, and verify nothing (signed-note, "Format"). Raises NotANote."""
    try:
        whole = as_signed(data).decode("utf-8")
    except UnicodeDecodeError:
        raise NotANote("it is not UTF-8") from None
    text, separator, below = whole.rpartition("\n\n")
    if not separator or not below.endswith("\n"):
        raise NotANote("it does not end with an empty line and a line for each signature")
    lines = below[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise NotANote(f"it has more than {MOST_SIGNATURES} signatures")
    return Note(_checked(text + "\n"), tuple(map(_signature, lines)))


def write_note(text: str, signatures: Iterable[Signature]) -> bytes:
    """A note as bytes, with its signatures in this order. Raises NotANote."""
    lines = "".join(f"{signature.line()}\n" for signature in signatures)
    data = f"{_checked(text)}\n{lines}".encode()
    read_note(data)
    return data


def open_note(data: bytes, keys: Sequence[VerifierKey]) -> Opened:
    """Read a note and verify every signature of a known key (signed-note, "Signatures").

    Raises NotANote, KeysCollide, WrongSignature, or NotSignedByKnown: then the text says nothing.
    """
    note = read_note(data)
    known: dict[tuple[str, bytes], VerifierKey] = {}
    for key in keys:
        if known.setdefault((key.name, key.key_id), key) != key:
            raise KeysCollide(key.name, key.key_id)
    signers: list[VerifierKey] = []
    ignored: list[Signature] = []
    for signature in note.signatures:
        signer = known.get((signature.name, signature.key_id))
        if signer is None:
            ignored.append(signature)
        elif not signer.verifies(note.text, signature.signature):
            raise WrongSignature(signer.name, signer.key_id)
        elif signer not in signers:
            signers.append(signer)
    if not signers:
        raise NotSignedByKnown
    return Opened(note.text, tuple(signers), tuple(ignored))


def decode64(text: str) -> bytes | None:
    """Standard base64 in its one spelling (RFC 4648, sections 3.5 and 4); None for anything else."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if base64.b64encode(data).decode() == text else None


def _signature(line: str) -> Signature:
    name, _, rest = line.removeprefix("— ").partition(" ")
    data = decode64(rest)
    if not line.startswith("— ") or not is_name(name) or data is None or len(data) <= _ID_SIZE:
        raise NotANote("a line below the text is no signature")
    return Signature(name, data[:_ID_SIZE], data[_ID_SIZE:])


def _checked(text: str) -> str:
    if not text.endswith("\n"):
        raise NotANote("its text does not end with a line end")
    if _UNFIT.search(text):
        raise NotANote("it holds control characters, or halves of characters")
    return text


def _read_key(what: str, text: str) -> tuple[str, bytes, bytes]:
    """Name, id and key of ``name+id+base64``."""
    name, _, rest = text.partition("+")
    key_id, _, encoded = rest.partition("+")
    data = decode64(encoded)
    if not is_name(name) or not _KEY_ID.fullmatch(key_id) or not data:
        raise NotAKey(what, "it has not the form name+id+base64")
    if data[:1] != _ED25519 or len(data) != 1 + _KEY_SIZE:
        raise NotAKey(what, "it is not of the kind Ed25519")
    return name, bytes.fromhex(key_id), data[1:]


def _key_text(name: str, key_id: bytes, key: bytes) -> str:
    return f"{name}+{key_id.hex()}+{base64.b64encode(_ED25519 + key).decode()}"
