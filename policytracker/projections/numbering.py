"""The numbers of gates, of index terms and of scope expressions, from 1 on, of which the keys of the index are made."""

import sqlite3
from collections.abc import Iterable

GATE, COMPANY, CHIP, EXPRESSION = "gate", "company", "chip", "expression"
MOST_KEPT = 50_000
"""Texts of one sort that are remembered at once."""
MOST_ASKED = 30_000
"""Texts that are asked for at once: a statement of SQLite takes 32,766 values, unless it is built to take more."""


class Numbers:
    """The numbers of the texts of each sort, as the read models keep them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._sorts = {sort: _Sort(connection, sort) for sort in (GATE, COMPANY, CHIP, EXPRESSION)}
        self._sorts[EXPRESSION][""] = 0

    def gate(self, text: str) -> int:
        """The number of a gate, given to it where it has none."""
        return self._sorts[GATE][text]

    def companies(self, terms: Iterable[str]) -> list[int]:
        """The numbers of terms of companies."""
        return [*map(self._sorts[COMPANY].__getitem__, terms)]

    def chips(self, terms: Iterable[str]) -> list[int]:
        """The numbers of terms of chips."""
        return [*map(self._sorts[CHIP].__getitem__, terms)]

    def expression(self, text: str) -> int:
        """The number of a scope expression; 0 for the empty one."""
        return self._sorts[EXPRESSION][text]


class _Sort(dict[str, int]):
    """The numbers of one sort; one that is not known yet is looked up, or given."""

    def __init__(self, connection: sqlite3.Connection, sort: str) -> None:
        super().__init__()
        self._connection, self._sort = connection, sort
        query = "SELECT coalesce(max(number), 0) FROM terms WHERE sort = ?"
        ((self._last,),) = connection.execute(query, (sort,)).fetchall()

    def __missing__(self, text: str) -> int:
        found = find(self._connection, self._sort, [text]).get(text)
        if found is None:
            self._last += 1
            found = self._last
            self._connection.execute(
                "INSERT INTO terms (sort, number, text) VALUES (?, ?, ?)", (self._sort, found, text)
            )
        if len(self) >= MOST_KEPT:
            self.clear()
            self[""] = 0
        self[text] = found
        return found


def find(connection: sqlite3.Connection, sort: str, texts: Iterable[str]) -> dict[str, int]:
    """The numbers of those of some texts that have one."""
    wanted = list(texts)
    found: dict[str, int] = {}
    for start in range(0, len(wanted), MOST_ASKED):
        some = wanted[start : start + MOST_ASKED]
        query = f"SELECT text, number FROM terms WHERE sort = ? AND text IN ({', '.join('?' * len(some))})"
        found.update(connection.execute(query, (sort, *some)).fetchall())
    return found


def numbered(connection: sqlite3.Connection, sort: str) -> dict[int, str]:
    """The texts of one sort, by their numbers."""
    return dict(connection.execute("SELECT number, text FROM terms WHERE sort = ?", (sort,)).fetchall())
