"""Keys: a gate, a selector of companies and one of chips, each by its number, in one integer."""

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

GATE, COMPANY, CHIP = "gate", "company", "chip"
BITS = 26
PAIR = (1 << 2 * BITS) - 1
"""What of a key is its pair, the gate left out."""


def key_of(gate: int, company: int, chip: int) -> int:
    """The key of three numbers."""
    return gate << 2 * BITS | company << BITS | chip


class Parts(NamedTuple):
    """The numbers that a key is made of."""

    gate: int
    company: int
    chip: int


def parts(key: int) -> Parts:
    """The numbers that a key is made of.

    >>> parts(key_of(3, 70, 5))
    Parts(gate=3, company=70, chip=5)
    """
    return Parts(key >> 2 * BITS, key >> BITS & (1 << BITS) - 1, key & (1 << BITS) - 1)


class Numbers:
    """The numbers of selectors, from 1 on, as far as they were asked for."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._known: dict[tuple[str, str], int] = {}
        self._parts = {side: _Parts(self, side, place * BITS) for place, side in enumerate((CHIP, COMPANY, GATE))}

    def find(self, side: str, text: str) -> int:
        """The number of a selector; 0 for one under which nothing is kept."""
        found = self._known.get((side, text))
        if found is None:
            row = self.connection.execute("SELECT number FROM selectors WHERE side = ? AND text = ?", (side, text))
            found = next((number for (number,) in row), 0)
            if found:
                self._known[side, text] = found
        return found

    def number(self, side: str, text: str) -> int:
        """The same, given to it where it has none."""
        found = self.find(side, text)
        if not found:
            added = self.connection.execute("INSERT INTO selectors (side, text) VALUES (?, ?)", (side, text))
            found = self._known[side, text] = int(added.lastrowid or 0)
        return found

    def gate(self, text: str) -> int:
        """The part of keys that a gate makes."""
        return self._parts[GATE][text]

    def companies(self, texts: Iterable[str]) -> list[int]:
        """The parts of keys that selectors of companies make."""
        return [*map(self._parts[COMPANY].__getitem__, texts)]

    def chips(self, texts: Iterable[str]) -> list[int]:
        """The parts of keys that selectors of chips make."""
        return [*map(self._parts[CHIP].__getitem__, texts)]


class _Parts(dict[str, int]):
    """The parts of keys that the selectors of a side make, each number where it stands in a key."""

    def __init__(self, numbers: Numbers, side: str, shift: int) -> None:
        super().__init__()
        self._numbers, self._side, self._shift = numbers, side, shift

    def __missing__(self, text: str) -> int:
        part = self[text] = self._numbers.number(self._side, text) << self._shift
        return part


class Extents:
    """The numbers of extents, from 1 on; the empty one is 0."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._known: dict[str, int] = {"": 0}

    def number(self, text: str) -> int:
        """The number of an extent, given to it where it has none."""
        found = self._known.get(text)
        if found is None:
            self.connection.execute("INSERT OR IGNORE INTO extents (text) VALUES (?)", (text,))
            ((found,),) = self.connection.execute("SELECT number FROM extents WHERE text = ?", (text,)).fetchall()
            self._known[text] = int(found)
            if len(self._known) > MOST_KEPT:
                self._known = {"": 0}
        return int(found)


MOST_KEPT = 20_000
"""Texts of extents that are remembered at once."""
