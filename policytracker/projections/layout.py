"""The read models: a disposable SQLite file on this machine, made from its events and from nothing else."""

import re
from hashlib import sha256
from pathlib import Path

from policytracker.ledger.reading import OpenLedger
from policytracker.ledger.tables import Standby
from policytracker.ledger.where import Where

_IDENTITY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

LAYOUT = "1"
"""Raised when a table changes; read models of another layout are rebuilt."""

ENTRIES = {
    "position": int,
    "id": str,
    "recorded": int,
    "recorder": str,
    "type": str,
    "thread": str,
    "target": str,
    "ref": str,
    "body": str,
    "text": str,
}
"""Every event, as the ledger orders it: ``body`` is the interchange form, ``text`` what search looks through."""

SCOPES = {"company": str, "chip": str, "authority": str, "thread": str}
"""Which selectors the claim of a thread has ever named: what a cell's question has to look at."""

REGISTRY = {"space": str, "id": str, "position": int, "name": str, "body": str}
"""The newest registration of each subject."""

IMPORT_STATUS = {
    "company": str,
    "chip": str,
    "at": str,
    "status": str,
    "low": str,
    "high": str,
    "possible": str,
    "held_by": str,
}
"""The current answer for each company and chip, for other programs to read; it holds for the day ``at``."""

META = {"key": str, "value": str}

WHERE = "{where}"
"""Stands in ``SCOPES`` for any ``where``: it may match every chip."""


def place(ledger: Where, identity: str = "", standby: Standby | None = None) -> Path:
    """Where the read models of a ledger lie: beside its file, or for one on a server in the user's cache directory.

    A standby may lag behind its primary, so its read models are a file of their own.
    """
    if isinstance(ledger, Path):
        return ledger.with_name(ledger.name + ".views")
    from platformdirs import user_cache_path

    # Its owner may be a stranger: what is no identity that this program gives is no part of a path.
    named = identity if _IDENTITY.fullmatch(identity) else sha256(identity.encode()).hexdigest()
    return user_cache_path("policytracker") / f"{named}{'.standby' if standby else ''}.views"


def place_of(source: OpenLedger) -> Path:
    """Where the read models of an open ledger lie."""
    return place(source.where, source.head().ledger, source.standby)
