"""Who records: a name that is sealed with every event. Nobody checks it; the ledger says who claimed to record."""

import unicodedata

from policytracker.ledger.errors import BadRecorder

LONGEST = 200
SOMEBODY = "somebody"
"""Who records, where nobody is named. It is not the login name: what is sealed cannot be taken back, and others get it
with evidence and copies."""
_UNFIT = ("Cc", "Cs", "Zl", "Zp")
"""Control characters, halves of characters, and what ends a line."""


def recorder_named(name: str | None) -> str:
    """The name as it is sealed: the one given, in NFC, else ``SOMEBODY``. Raises BadRecorder."""
    given = unicodedata.normalize("NFC", SOMEBODY if name is None else name).strip()
    if not given:
        raise BadRecorder("is empty")
    if len(given) > LONGEST:
        raise BadRecorder(f"has {len(given):,} characters, and {LONGEST} is the most")
    if not given.isprintable() and any(unicodedata.category(sign) in _UNFIT for sign in given):
        raise BadRecorder("holds a control character, a line end, or half a character")
    return given
