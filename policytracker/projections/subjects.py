"""The newest registration of each subject in the read models, and what it is found by: its names, its members."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from policytracker.status.entries import Fields
from policytracker.status.naming import folded, names_of

Subject = tuple[str, str, Fields]
"""A name space, an id, and the fields of a registration."""
_FORMER = "SELECT body FROM registry WHERE space = ? AND id = ?"
_WRITE = "INSERT OR REPLACE INTO registry VALUES (:space, :id, :position, :name, :body)"


def write(connection: sqlite3.Connection, rows: Iterable[dict[str, Any]]) -> None:
    """Write rows of ``registry``, given in ledger order, each in the place of the one that its subject had before."""
    newest = {(row["space"], row["id"]): row for row in rows}
    former = [(*subject, json.loads(body)) for subject in newest for (body,) in connection.execute(_FORMER, subject)]
    written = [(*subject, json.loads(row["body"])) for subject, row in newest.items()]
    for table, texts in (("called", _called), ("members", _members)):
        forget = f"DELETE FROM {table} WHERE space = ? AND text = ? AND id = ?"
        connection.executemany(forget, _keys(former, texts))
        connection.executemany(f"INSERT INTO {table} VALUES (?, ?, ?)", _keys(written, texts))
    connection.executemany(_WRITE, newest.values())


def _keys(subjects: Iterable[Subject], texts: Callable[[Fields], set[str]]) -> Iterator[tuple[str, str, str]]:
    return ((space, text, subject) for space, subject, fields in subjects for text in texts(fields))


def _called(fields: Fields) -> set[str]:
    return set(map(folded, names_of(fields)))


def _members(fields: Fields) -> set[str]:
    return set(fields.get("members") or ())
