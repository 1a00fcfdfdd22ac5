"""A small tree of events, two keys, and the evidence they make."""

from hashlib import sha256

from policytracker.seals.checkpoint import Checkpoint, Kept
from policytracker.seals.evidence import Redacted, evidence
from policytracker.seals.leaves import Sealed, leaf_hashes
from policytracker.seals.notes import SignerKey
from policytracker.seals.tree import root_at

ORIGIN = "example.com/ledger"
OURS = SignerKey(ORIGIN, bytes(range(32)))
OTHER = SignerKey("example.com/witness", bytes(range(1, 33)))
CONTENTS = [f'{{"ref":"r{number}","type":"note","what":"腾讯 é {number}"}}'.encode() for number in range(1, 8)]
EVENTS = [
    Sealed(place, sha256(content).hexdigest(), "note/1", 1769558400000000 + place, "mia")
    for place, content in enumerate(CONTENTS, 1)
]
LEAVES = leaf_hashes(EVENTS)


def kept(*signers: SignerKey, size: int = 7) -> Kept:
    """A checkpoint of the first events, signed by these."""
    checkpoint = Checkpoint(ORIGIN, size, root_at(LEAVES, size))
    return Kept(checkpoint, tuple(signer.sign(checkpoint.text()) for signer in signers))


def evidence_of(place: int = 3, *signers: SignerKey, size: int = 7, content: bytes | Redacted | None = None) -> bytes:
    """The evidence of one of the events, with a checkpoint signed by these."""
    keys = [signer.verifier for signer in signers]
    whole = CONTENTS[place - 1] if content is None else content
    return evidence(EVENTS[place - 1], whole, LEAVES, kept(*signers, size=size), keys)
