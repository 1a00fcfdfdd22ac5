"""The newest registration of each subject in the read models, and what it is found by: its names, its members."""

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from policytracker.status.naming import folded, names_of

_WRITTEN = "SELECT body FROM registry WHERE space = ? AND id = ?"
_WRITE = (
    "INSERT OR REPLACE INTO registry (space, id, position, name, body) VALUES (:space, :id, :position, :name, :body)"
)
_LOOKED_UP = ("called", "members")
"""The tables by which subjects are found; each has rows of a name space, a text and an id."""


def write(connection: sqlite3.Connection, rows: Iterable[dict[str, Any]]) -> None:
    """Write rows of ``registry``, each in the place of the one that its subject had before."""
    for row in rows:
        subject = row["space"], row["id"]
        for (body,) in connection.execute(_WRITTEN, subject).fetchall():
            for table, found in zip(_LOOKED_UP, _texts(body), strict=True):
                forget = f"DELETE FROM {table} WHERE space = ? AND text = ? AND id = ?"
                connection.executemany(forget, [(row["space"], text, row["id"]) for text in found])
        connection.execute(_WRITE, row)
        for table, found in zip(_LOOKED_UP, _texts(row["body"]), strict=True):
            connection.executemany(
                f"INSERT INTO {table} VALUES (?, ?, ?)", [(row["space"], text, row["id"]) for text in found]
            )


def _texts(body: str) -> tuple[set[str], set[str]]:
    """The folded names of a registered subject, and the ids of its members."""
    fields = json.loads(body)
    return set(map(folded, names_of(fields))), set(fields.get("members") or ())
