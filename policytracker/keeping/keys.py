"""Key files: the secret half of the key that signs checkpoints, for its owner's eyes only."""

import os
import secrets
from pathlib import Path

from policytracker.keeping.errors import KeepingError
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

    Raises KeyThere, NotAKey or OSError.
    """
    key = SignerKey(name, secrets.token_bytes(32))
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise KeyThere(path) from None
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(key.secret() + "\n")
        file.flush()
        os.fsync(file.fileno())
    return key.verifier


def read_key(path: Path) -> SignerKey:
    """The key in a file that its owner alone can read. Raises KeyOpen, NotAKey or OSError."""
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_mode & 0o077:
            raise KeyOpen(path)
        return signer_key(file.read(10_000).decode("utf-8", "replace").rstrip("\r\n"))
