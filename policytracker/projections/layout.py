"""The read models: a disposable SQLite file on this machine, made from its events and from nothing else."""

import os
from collections.abc import Mapping
from pathlib import Path

from policytracker.ledger.errors import PutBack
from policytracker.ledger.reading import OpenLedger
from policytracker.ledger.tables import Standby
from policytracker.ledger.where import Where

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


def places(ledger: Where, identity: str, standby: Standby | None = None) -> list[Path]:
    """Where the read models of a ledger may lie. They are written in the last of these; any that are up to date answer.

    Beside its file; where that folder cannot be written, and for a ledger on a server, in the user's cache directory. A
    standby may lag behind its primary, so its read models are a file of their own.
    """
    if not isinstance(ledger, Path):
        return [_cached(f"{identity}{'.standby' if standby else ''}")]
    beside = ledger.with_name(f"{ledger.name}.views")
    if os.access(ledger.parent, os.W_OK) and (not beside.exists() or os.access(beside, os.R_OK | os.W_OK)):
        return [beside]
    from hashlib import sha256

    return [beside, _cached(f"{identity}.{sha256(os.fsencode(ledger.absolute())).hexdigest()[:16]}")]


def _cached(name: str) -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("policytracker") / f"{name}.views"


def place(ledger: Where, identity: str = "", standby: Standby | None = None) -> Path:
    """Where the read models of a ledger are written."""
    return places(ledger, identity, standby)[-1]


def place_of(source: OpenLedger) -> Path:
    """Where the read models of an open ledger are written."""
    return place(source.where, source.head().ledger, source.standby)


def put_back(source: OpenLedger, meta: Mapping[str, str]) -> PutBack | None:
    """What to say of a ledger without the last event that its read models were made of, by what they say of themselves.

    One standby may lag behind another, so nothing is said of those.
    """
    head, known = source.head(), meta.get("position", "")
    own = (meta.get("layout"), meta.get("ledger")) == (LAYOUT, head.ledger) and source.standby is None
    if not own or not known.isdecimal() or source.id_at(int(known)) == meta.get("id"):
        return None
    return PutBack(int(known), head.position)
