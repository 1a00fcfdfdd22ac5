"""The tail of the index: what was recorded since its file was written, kept in the read models and read with them.

A part of the tail is written by each catching up, in the transaction that brings the read models to their new position,
so the index is never ahead of them nor behind. A part holds new rows, and the ends of earlier ones: a period ends,
on the recorded clock, when something said later makes the claim hold otherwise.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from policytracker.index.layout import NEVER, TYPES, Mapped, Row, Rows

_ROW, _END = 0, 1
_WIDTH = 2 + len(TYPES)
Identity = tuple[int, int, int, int, int]
"""What tells a row from all others that have not ended: key, order, claim, first day, first moment."""


def identity_of(key: int, row: Row) -> Identity:
    """The identity of a row under a key."""
    return key, row[0], row[1], row[2], row[4]


class Part:
    """A part of a tail, to be written."""

    def __init__(self) -> None:
        self._numbers = array("q")
        self.rows = 0
        """How many new rows it has."""

    def add(self, key: int, row: Row) -> None:
        """Add a new row."""
        self._numbers.append(_ROW)
        self._numbers.append(key)
        self._numbers.extend(row)
        self.rows += 1

    def end(self, row: int, seen_to: int) -> None:
        """End a row, given its number, from a position on."""
        self._numbers.extend((_END, row, seen_to, *(0,) * (_WIDTH - 3)))

    def content(self) -> bytes:
        """The part as it is kept."""
        return self._numbers.tobytes()


class Tail(NamedTuple):
    """The keys of a tail whose rows lie behind those of the file, in order."""

    keys: list[int]
    starts: list[int]
    """For each key its first row; one more ends them."""


class Arrived:
    """The parts of a tail taken together: rows as they came, and the ends of these and of rows of the file."""

    def __init__(self, source: Mapped, parts: Iterable[bytes]) -> None:
        self.source = source
        self.rows: list[tuple[int, Row]] = []
        """With their keys. Their numbers follow those of the file's."""
        self.ends: dict[int, int] = {}
        """By the number of a row of the file, the position from which on it is not seen."""
        self._open: dict[Identity, int] | None = None
        for part in parts:
            self.take(part)

    def take(self, part: bytes) -> None:
        """Take one more part."""
        numbers = array("q", part)
        for at in range(0, len(numbers), _WIDTH):
            if numbers[at] == _ROW:
                self.add(numbers[at + 1], tuple(numbers[at + 2 : at + _WIDTH]))  # type: ignore[arg-type]
            else:
                self.end(numbers[at + 1], numbers[at + 2])

    def add(self, key: int, row: Row) -> None:
        """Add a row, as ``Part.add`` does."""
        if self._open is not None:
            self._open[identity_of(key, row)] = len(self.rows)
        self.rows.append((key, row))

    def end(self, number: int, seen_to: int) -> None:
        """End a row, as ``Part.end`` does."""
        if number < self.source.size:
            self.ends[number] = seen_to
        else:
            place = number - self.source.size
            key, row = self.rows[place]
            self.rows[place] = key, (*row[:7], seen_to, *row[8:])
            if self._open is not None:
                self._open.pop(identity_of(key, row), None)

    def find(self, identity: Identity) -> int:
        """The number of the row that has this identity and has not ended. Raises KeyError where there is none."""
        if self._open is None:
            self._open = {identity_of(*each): place for place, each in enumerate(self.rows) if each[1][7] == NEVER}
        if identity in self._open:
            return self.source.size + self._open[identity]
        key, order, claim, day, known = identity
        source, rows = self.source, self.source.rows
        place = bisect_left(source.keys, key)
        if place < len(source.keys) and source.keys[place] == key:
            end = source.starts[place + 1]
            row = bisect_left(rows.order, order, source.starts[place], end)
            while row < end and rows.order[row] == order:
                same = (rows.claim[row], rows.day_from[row], rows.known_from[row]) == (claim, day, known)
                if same and rows.seen_to[row] == NEVER and row not in self.ends:
                    return row
                row += 1
        raise KeyError(identity)

    def all_rows(self) -> Iterator[tuple[int, Row]]:
        """All rows with their keys, those of the file first."""
        source = self.source
        for place, key in enumerate(source.keys):
            for number in range(source.starts[place], source.starts[place + 1]):
                row: Row = tuple([column[number] for column in source.rows])  # type: ignore[assignment]
                seen_to = self.ends.get(number, row[7])
                yield key, (*row[:7], seen_to, *row[8:])
        yield from self.rows

    def lay_down(self) -> Tail:
        """Write the ends, and the rows behind those of the file, into the private mapping."""
        for number, seen_to in self.ends.items():
            self.source.rows.seen_to[number] = seen_to
        return _laid_down(self.source.rows, self.source.size, sorted(self.rows))


def _laid_down(rows: Rows, first: int, tail: Sequence[tuple[int, Row]]) -> Tail:
    found = Tail([], [])
    for number, (key, row) in enumerate(tail, first):
        if not found.keys or found.keys[-1] != key:
            found.keys.append(key)
            found.starts.append(number)
        for column, value in zip(rows, row, strict=True):
            column[number] = value
    found.starts.append(first + len(tail))
    return found
