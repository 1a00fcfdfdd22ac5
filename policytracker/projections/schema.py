"""The empty tables of the read models."""

from sqlite_utils import Database

from policytracker.projections.layout import (
    CALLED,
    ENTRIES,
    IMPORT_STATUS,
    INDEXES,
    MEMBERS,
    META,
    REGISTRY,
    SHIPMENTS,
    TAIL,
    TERMS,
)
from policytracker.status.claims import CLAIM_TYPES

DURABLE = ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL", "PRAGMA cache_size=-65536")
"""A crash of the machine may lose what was projected last, which is then projected again; it breaks nothing."""


def create(database: Database) -> None:
    """Make the empty tables, without their indexes."""
    database.create_table("meta", META, pk="key", strict=True)
    database.create_table("entries", ENTRIES, pk="position", strict=True)
    database.execute(TERMS)
    database.create_table("tail", TAIL, pk="part", strict=True)
    database.create_table("shipments", SHIPMENTS, strict=True)
    database.create_table("registry", REGISTRY, pk=("space", "id", "since"), strict=True)
    database.execute(CALLED)
    database.execute(MEMBERS)
    database.create_table("import_status", IMPORT_STATUS, pk=("company", "chip"), strict=True)


def index(database: Database) -> None:
    """Make all that the tables are looked up by, as far as it is not there."""
    for name in INDEXES:
        index_by(database, name)


def index_by(database: Database, name: str) -> None:
    """Make one index, where it is not there."""
    claims = ", ".join(f"'{claim}'" for claim in CLAIM_TYPES)
    database.conn.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {INDEXES[name].format(claims=claims)}")
