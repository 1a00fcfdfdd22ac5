"""Key files: the secret half of the key that signs checkpoints, for its owner's eyes only."""

import os
import secrets
from pathlib import Path

from policytracker.keeping.errors import KeepingError
from policytracker.ledger.errors import LedgerThere
from policytracker.ledger.placing import whole
from policytracker.seals.notes import SignerKey, VerifierKey, signer_key


class KeyThere(KeepingError):
    """A new key was to be written over a file."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is there already, and a key in it would be lost; choose another name")


class KeyOpen(KeepingError):
    """A key that others than its owner may read."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"others may read or change the key in {path}; `chmod 600` it, or make another key")


def new_key(path: Path, name: str) -> VerifierKey:
    """Write a new key to a new file that its owner alone can read; return the half to hand out.

    Raises KeyThere, NotAKey, NotMade or LeftBehind; then there is no file.
    """
    key = SignerKey(name, secrets.token_bytes(32))
    try:
        with whole(path) as (made,):
            made.touch(0o600)
            made.write_text(key.secret() + "\n", encoding="utf-8")
    except LedgerThere:
        raise KeyThere(path) from None
    return key.verifier


def read_key(path: Path) -> SignerKey:
    """The key in a file that its owner alone can read. Raises KeyOpen, NotAKey or OSError."""
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_mode & 0o077:
            raise KeyOpen(path)
        return signer_key(file.read(10_000).decode("utf-8", "replace").rstrip("\r\n"))
