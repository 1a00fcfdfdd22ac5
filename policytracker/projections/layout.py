"""The read models: a disposable SQLite file on this machine, made from its events and from nothing else."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from policytracker.ledger.errors import PutBack
from policytracker.ledger.reading import OpenLedger
from policytracker.ledger.tables import Standby
from policytracker.ledger.where import Where

_IDENTITY = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"

LAYOUT = "9"
"""Raised when a table changes; read models of another layout are rebuilt."""

ENTRIES = {
    "position": int,
    "id": str,
    "recorded": int,
    "recorder": str,
    "type": str,
    "thread": int,
    "target": str,
    "ref": str,
    "body": str,
    "text": str,
}
"""Every event, as the ledger orders it: ``thread`` is the position of the event that it is about, and of those about
which that one is, the first; ``body`` is the interchange form, ``text`` what search looks through."""

IS_GROUP = "json_extract(body, '$.type') = 'group-defined'"
"""Of a row of ``registry``: whether it is of a group."""
IS_COMPANY = "json_extract(body, '$.type') = 'company-registered'"
JURISDICTION = "json_extract(body, '$.jurisdiction')"
PARENT = "json_extract(body, '$.parent')"
"""Of a row of a company."""
INDEXES = {
    "entries_id": "entries (id)",
    "entries_recorded": "entries (recorded)",
    "entries_thread": "entries (thread) WHERE thread <> position",
    "entries_ref": "entries (ref) WHERE ref IS NOT NULL",
    "entries_type": "entries (type) WHERE type NOT IN ({claims})",
    "shipments_position": "shipments (position)",
    "registry_groups": f"registry (space, id) WHERE {IS_GROUP}",
    "registry_homes": f"registry (space, id, since, {JURISDICTION}, {PARENT}) WHERE {IS_COMPANY}",
    "registry_since": "registry (since) WHERE since > 0",
}
"""What the tables are looked up by, but for their primary keys."""

SHIPMENTS = {
    "position": int,
    "seen_from": int,
    "seen_to": int,
    "known_from": int,
    "known_to": int,
    "first": int,
    "last": int,
    "certain": int,
    "least": int,
    "most": int,
    "unit": str,
    "per": str,
    "is_total": int,
    "said": int,
    "companies": str,
    "chips": str,
}
"""How each shipment counts, by ranges of positions and of published moments (``status.shipments``): from the first to
the last day of its date, certainly or not, how many of what; its companies and chips are scope expressions."""

TERMS = """CREATE TABLE terms (
    sort TEXT, number INTEGER, text TEXT, PRIMARY KEY (sort, number), UNIQUE (sort, text)) STRICT"""
"""The numbers of which the index is made: of gates, of index terms of companies and of chips, of scope expressions."""

TAIL = {"part": int, "content": bytes}
"""The tail of the index (``index.tail``)."""

REGISTRY = {"space": str, "id": str, "since": int, "position": int, "name": str, "body": str}
"""For each subject the registrations that count on some day. One counts from the day ``since`` (an ordinal; 0 for the
first) until the next of its subject does."""

CALLED = """CREATE TABLE called (
    space TEXT, text TEXT, id TEXT, PRIMARY KEY (space, text, id)) WITHOUT ROWID, STRICT"""
"""What any registration calls its subject, identifiers too, its id left out, as names are compared
(``status.naming``)."""

MEMBERS = """CREATE TABLE members (
    space TEXT, text TEXT, id TEXT, since INTEGER, until INTEGER, PRIMARY KEY (space, text, id, since))
    WITHOUT ROWID, STRICT"""
"""The groups of ``registry``, found by the ids of their members: from which day on, and until which, each has it."""

IMPORT_STATUS = {
    "company": str,
    "chip": str,
    "at": str,
    "status": str,
    "low": str,
    "high": str,
    "possible": str,
    "limited_by": str,
}
"""The current answer for each company and chip, for other programs to read; it holds for the day ``at``."""

META = {"key": str, "value": str}


def places(ledger: Where, identity: str, standby: Standby | None = None) -> list[Path]:
    """Where the read models of a ledger may lie. They are written in the last of these; any that are up to date answer.

    Beside its file; where that folder cannot be written, and for a ledger on a server, in the user's cache directory. A
    standby may lag behind its primary, so its read models are a file of their own.
    """
    # Its owner may be a stranger: what is no identity that this program gives is no part of a path.
    named = identity if re.fullmatch(_IDENTITY, identity) else _hashed(identity.encode())
    if not isinstance(ledger, Path):
        return [_cached(f"{named}{'.standby' if standby else ''}")]
    beside = ledger.with_name(f"{ledger.name}.views")
    if os.access(ledger.parent, os.W_OK) and (not beside.exists() or os.access(beside, os.R_OK | os.W_OK)):
        return [beside]
    return [beside, _cached(f"{named}.{_hashed(os.fsencode(ledger.absolute()))[:16]}")]


def _hashed(name: bytes) -> str:
    from hashlib import sha256

    return sha256(name).hexdigest()


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


def index_file(file: Path, generation: str) -> Path:
    """Where a generation of the index lies: beside the file, no link, that the read models are in.

    ``meta`` says which one counts.
    """
    return file.with_name(f"{file.name}.{generation}.index")


def generation_of(file: Path, index: Path) -> str:
    """The generation of an index file, given the file of its read models."""
    return index.name.removeprefix(f"{file.name}.").removesuffix(".index")


def next_generation(generation: str, checksum: int) -> str:
    """The name of the generation that follows one ("": none).

    It tells the content too: an index file that lies beside read models of another making is not taken for theirs.

    >>> next_generation("9.0000abcd", 255)
    '10.000000ff'
    """
    return f"{int(generation.partition('.')[0] or 0) + 1}.{checksum:08x}"
