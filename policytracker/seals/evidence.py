"""Evidence for one event: a file that proves to a stranger that the event stands in the ledger.

It is a JSON object in UTF-8: what is sealed of the event, its content, its inclusion proof (RFC 9162, section
2.1.3), a checkpoint, and the keys that have signed it. ``verify_evidence.py`` reads it with nothing but Python.
The checksum is SHA-256 over the other fields, as compact JSON with sorted keys. It only tells damage: anybody
can make another. What proves anything is the signature of the checkpoint.
"""

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from policytracker.seals import verify_evidence
from policytracker.seals.checkpoint import Kept
from policytracker.seals.errors import BadEvidence
from policytracker.seals.leaves import Sealed
from policytracker.seals.notes import VerifierKey
from policytracker.seals.tree import inclusion_proof


class Redacted(NamedTuple):
    """Who removed the content of an event, and when, in microseconds since 1970, UTC. No proof covers it."""

    by: str
    at: int


def evidence(
    sealed: Sealed,
    content: bytes | Redacted,
    leaf_hashes: Sequence[bytes],
    kept: Kept,
    keys: Sequence[VerifierKey] = (),
) -> bytes:
    """The evidence file of an event, checked as a stranger will check it. Raises BadEvidence, or OutsideTree.

    ``content`` is the event's stored bytes. ``leaf_hashes`` are those of the ledger, from its first event on;
    the checkpoint may be older. ``keys`` are the keys that have signed the checkpoint: every one must have.
    """
    size = kept.checkpoint.size
    redacted = content if isinstance(content, Redacted) else None
    body = {
        "format": verify_evidence.FORMAT,
        "version": verify_evidence.VERSION,
        **sealed._asdict(),
        "content": None if isinstance(content, Redacted) else _text(content),
        "redacted_by": redacted and redacted.by,
        "redacted_at": redacted and redacted.at,
        "tree_size": size,
        "inclusion": [each.hex() for each in inclusion_proof(leaf_hashes, sealed.position - 1, size)],
        "checkpoint": kept.to_bytes().decode(),
        "keys": [str(key) for key in keys],
    }
    body["checksum"] = checksum(body)
    data = (json.dumps(body, ensure_ascii=False, indent=2) + "\n").encode()
    check(data)
    return data


def checksum(body: dict[str, object]) -> str:
    """The checksum over the fields of an evidence file, without the checksum itself. Raises BadEvidence."""
    try:
        return sha256(json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
    except UnicodeEncodeError:
        raise BadEvidence("a text of it holds half a character") from None


def check(data: bytes, trusted: Sequence[VerifierKey] = ()) -> list[str]:
    """What an evidence file proves and what not, in lines, as ``verify_evidence.py`` prints them.

    Every trusted key must have signed the checkpoint. Raises BadEvidence.
    """
    try:
        return verify_evidence.check(data, [str(key) for key in trusted])
    except verify_evidence.Refused as refused:
        raise BadEvidence(str(refused)) from None


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise BadEvidence("the content is not UTF-8") from None
