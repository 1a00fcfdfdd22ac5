"""Who records: a name that is sealed with every event. Nobody checks it; the ledger says who claimed to record."""

import os
import unicodedata
from functools import lru_cache

from policytracker.ledger.errors import BadRecorder

LONGEST = 200
_NAMED_BY = ("LOGNAME", "USER", "LNAME", "USERNAME")
"""The variables that ``getpass`` takes a login name from."""
_UNFIT = ("Cc", "Cs", "Zl", "Zp")
"""Control characters, halves of characters, and what ends a line."""


def recorder_named(name: str | None) -> str:
    """The name as it is sealed: the one given, in NFC, else the login name. Raises BadRecorder."""
    given = unicodedata.normalize("NFC", login() if name is None else name).strip()
    if not given:
        raise BadRecorder("is empty")
    if len(given) > LONGEST:
        raise BadRecorder(f"has {len(given):,} characters, and {LONGEST} is the most")
    if not given.isprintable() and any(unicodedata.category(sign) in _UNFIT for sign in given):
        raise BadRecorder("holds a control character, a line end, or half a character")
    return given


def login() -> str:
    """The login name."""
    return _login(os.getuid(), *(os.environ.get(name) for name in _NAMED_BY))


@lru_cache(maxsize=8)
def _login(*_who: int | str | None) -> str:
    """The login name of whoever this is: where no variable tells it, a file is read."""
    from getpass import getuser

    try:
        return getuser()
    except (KeyError, OSError):
        return "unknown"
