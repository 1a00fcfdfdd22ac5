"""Reading the read models with nothing but sqlite3: what a question starts from."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from policytracker.projections.layout import WHERE
from policytracker.status.claims import CLAIM_TYPES
from policytracker.status.directory import REGISTRY_TYPES, Directory
from policytracker.status.entries import Entry

COLUMNS = "position, id, recorded, body"


def open_views(path: Path) -> sqlite3.Connection:
    """Open read models for reading."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None, timeout=30)


def meta(connection: sqlite3.Connection) -> dict[str, str]:
    """What the read models say of themselves."""
    return dict(connection.execute("SELECT key, value FROM meta").fetchall())


def entries(rows: Iterable[tuple[int, str, int, str]]) -> Iterator[Entry]:
    """Rows of ``entries`` as the core takes them."""
    return (Entry(position, event_id, recorded, json.loads(body)) for position, event_id, recorded, body in rows)


def all_entries(connection: sqlite3.Connection) -> Iterator[Entry]:
    """Every event, in ledger order."""
    return entries(connection.execute(f"SELECT {COLUMNS} FROM entries ORDER BY position"))


def registry(connection: sqlite3.Connection, recorded: int | None) -> list[Entry]:
    """The registrations that an answer rests on: the newest of each subject, or all those recorded by then."""
    if recorded is None:
        return list(entries(connection.execute("SELECT position, '', 0, body FROM registry ORDER BY position")))
    wanted = tuple(REGISTRY_TYPES)
    return list(
        entries(
            connection.execute(
                f"SELECT {COLUMNS} FROM entries WHERE type IN ({_marks(wanted)}) AND recorded <= ? ORDER BY position",
                (*wanted, recorded),
            )
        )
    )


def of_types(connection: sqlite3.Connection, types: Sequence[str]) -> list[Entry]:
    """The events of some types, and all events about them."""
    return list(
        entries(
            connection.execute(
                f"""SELECT {COLUMNS} FROM entries WHERE thread IN (
                    SELECT thread FROM entries WHERE type IN ({_marks(types)})) ORDER BY position""",
                types,
            )
        )
    )


def claims(connection: sqlite3.Connection) -> list[Entry]:
    """All claims and the events about them."""
    return of_types(connection, tuple(CLAIM_TYPES))


def claims_on(connection: sqlite3.Connection, directory: Directory, company: str, chip: str) -> list[Entry]:
    """The claims that may match a cell, and the events about them."""
    companies = tuple(directory.company_selectors(company))
    chips = (*directory.chip_selectors(chip), WHERE)
    return list(
        entries(
            connection.execute(
                f"""SELECT {COLUMNS} FROM entries WHERE thread IN (
                    SELECT thread FROM scopes WHERE company IN ({_marks(companies)}) AND chip IN ({_marks(chips)}))
                    ORDER BY position""",
                (*companies, *chips),
            )
        )
    )


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))
