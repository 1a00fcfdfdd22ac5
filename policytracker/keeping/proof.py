"""Evidence of one event, for somebody who has neither the ledger nor this program (docs/trust.md)."""

from collections.abc import Sequence
from pathlib import Path

from policytracker.events.forms import stored_fields
from policytracker.keeping.checkpoints import checkpoint_now
from policytracker.keeping.errors import KeepingError
from policytracker.ledger.damage import Damaged
from policytracker.ledger.reading import OpenLedger, Row, open_ledger
from policytracker.ledger.sealing import checked, seal_of
from policytracker.ledger.where import Where
from policytracker.seals import verify_evidence
from policytracker.seals.checkpoint import read_checkpoint
from policytracker.seals.evidence import Redacted, evidence
from policytracker.seals.notes import SignerKey, VerifierKey

VERIFIER = Path(verify_evidence.__file__)
"""The stand-alone verifier, as it is handed on."""


class TooOld(KeepingError):
    """A checkpoint of a time when the event was not recorded yet."""

    def __init__(self, size: int, position: int) -> None:
        super().__init__(
            f"the checkpoint is of the first {size:,} events, and this one is number {position:,}; "
            "give a later one, or leave --checkpoint out"
        )


def prove(
    ledger: Where,
    name: str,
    key: SignerKey | None = None,
    kept: bytes | None = None,
    signed_by: Sequence[VerifierKey] = (),
) -> bytes:
    """The evidence file of the event with this ref, id or beginning of an id.

    It rests on a checkpoint made now, signed where a key is given; or on a kept one, whose signers are named by
    ``signed_by``. Raises NoSuchEvent, AmbiguousEvent, TooOld, NotThePrimary, BadSeal or LedgerError.
    """
    with open_ledger(ledger) as source:
        row = _row(source, name)
        if kept is None:
            standing = checkpoint_now(source, None, key)
            keys: Sequence[VerifierKey] = [key.verifier] if key else []
        else:
            standing, keys = read_checkpoint(kept), signed_by
        if standing.checkpoint.size < row.position:
            raise TooOld(standing.checkpoint.size, row.position)
        content = row.state or _redacted(source, row)
        return evidence(seal_of(row), content, source.leaves(), standing, keys)


def _redacted(source: OpenLedger, row: Row) -> Redacted:
    """Who removed the content of an event, and when. Raises Damaged where no event says so."""
    for found in source.redactions(row.position):
        if stored_fields(found.topic, found.state)["target"] == row.id:
            return Redacted(found.recorder, found.recorded)
    raise Damaged(row.id)


def _row(source: OpenLedger, name: str) -> Row:
    """The event, if it is as it was sealed."""
    before = source.position_of(source.event_id(name)) - 1
    row, _ = next(checked(source.rows(before), before, before + 1))
    return row
