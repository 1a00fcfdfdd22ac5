"""The file of the index: periods as columns, sorted by key and by the order of semantics.md §6, to be mapped.

The file is written once and never changed. What is recorded later is kept in the read models as a *tail* (``tail``); a
reader maps the file privately and writes the tail into the room that each column has left, so that one set of columns
holds everything. Its private writes reach no file.

::

    magic, 8 bytes | numbers of rows, of keys, of rows to spare | keys | starts | columns, each with those rows to spare

All numbers are in the byte order of the machine: the file never leaves it.
"""

import mmap
import os
from array import array
from collections.abc import MutableSequence, Sequence
from pathlib import Path
from typing import Literal, NamedTuple, cast

from policytracker.status.periods import FOREVER

MAGIC = b"ptindex3"
ROOM = 2_048
"""Rows to spare of a new file: a tail may have so many at the most."""
NEVER = (1 << 31) - 1
"""After every day and position, in the columns of 32 bits."""
BITS = 25
"""Of a key for each term. The number of its section has the other bits of 63: there can be 1,352 gates, of three."""
MOST_TERMS = 1 << BITS
CLAIMS, CAPS, MENTIONS = range(3)
"""The sections of a gate: restrictions and permissions; conditions that are imposed; mentions."""
EARLY = 1
"""This bit of a key tells second copies: of the periods that begin before the day by which they are ordered."""

Numbers = MutableSequence[int]


class Rows(NamedTuple):
    """The columns of periods. A mention has all days and no code, and is ordered by its last day."""

    order: Numbers
    """The day and the moment that order claims (§6): see ``order_of``."""
    claim: Numbers
    """The rest of what orders it, and what it is: see ``claim_number``."""
    day_from: Numbers
    day_to: Numbers
    known_from: Numbers
    known_to: Numbers
    seen_from: Numbers
    seen_to: Numbers
    code: Numbers
    """How the claim holds: the number of its effect, and flags (``status.periods``)."""
    companies: Numbers
    """The number of the scope expression of its companies; 0 for none."""
    chips: Numbers
    """The same of its chips."""


TYPES = "qqiiqqiiiii"
Row = tuple[int, int, int, int, int, int, int, int, int, int, int]
"""A row, in the order of ``Rows``."""
_HEADER = 32
SEEN_TO = Rows._fields.index("seen_to")
_PUBLISHED_BITS = 40
_POSITION_BITS = 32


def order_of(start: int, published: int) -> int:
    """A day and a moment as one number that orders as the two do."""
    return start << _PUBLISHED_BITS | published


def start_of(order: int) -> int:
    """The day of an order."""
    return order >> _PUBLISHED_BITS


def moment_of(order: int) -> int:
    """The moment of an order."""
    return order & (1 << _PUBLISHED_BITS) - 1


def claim_number(tie: int, position: int) -> int:
    """The tie of a claim (§6, 3) and its position in the ledger as one number that orders as the two do."""
    return tie << _POSITION_BITS | position


def position_of(claim: int) -> int:
    """The position of a claim."""
    return claim & (1 << _POSITION_BITS) - 1


def tie_of(claim: int) -> int:
    """The tie of a claim."""
    return claim >> _POSITION_BITS


def section(gate: int, sort: int) -> int:
    """The number of a section of a gate, given its number."""
    return gate * 3 + sort


def sort_of(number: int) -> int:
    """Which section of a gate it is."""
    return number % 3


def key_of(section: int, company: int, chip: int) -> int:
    """The key of a section of a gate and of a term of companies and one of chips, each by its number."""
    return section << 2 * BITS + 1 | company << BITS + 1 | chip << 1


def parts_of(key: int) -> tuple[int, int, int]:
    """The numbers that a key is made of.

    >>> parts_of(key_of(3, 70, 5) | EARLY)
    (3, 70, 5)
    """
    return key >> 2 * BITS + 1, key >> BITS + 1 & MOST_TERMS - 1, key >> 1 & MOST_TERMS - 1


def day_number(day: int) -> int:
    """A day, or FOREVER, in a column of 32 bits; likewise a position."""
    return NEVER if day == FOREVER else day


class Keyed(NamedTuple):
    """Rows in order under their keys, to be written."""

    keys: "array[int]"
    starts: "array[int]"
    """For each key its first row; one more ends them."""
    columns: list["array[int]"]


def empty() -> Keyed:
    """No row."""
    return Keyed(array("q"), array("i", [0]), [array(kind) for kind in TYPES])


def write(path: Path, keyed: Keyed) -> None:
    """Write an index file, down to the disk. Raises OSError."""
    header = len(keyed.columns[0]), len(keyed.keys), ROOM
    offsets = _offsets(*header)
    with path.open("xb") as file:
        file.write(MAGIC)
        file.write(array("q", header))
        for offset, part in zip(offsets, (keyed.keys, keyed.starts, *keyed.columns), strict=False):
            file.seek(offset)
            file.write(part)
        file.truncate(offsets[-1])
        file.flush()
        os.fsync(file.fileno())


def _offsets(rows: int, keys: int, room: int) -> list[int]:
    """Where the sections begin, and the file ends."""
    found = [_HEADER]
    for size in _sizes(rows, keys, room):
        found.append(found[-1] + -(-size // 8) * 8)
    return found


def _sizes(rows: int, keys: int, room: int) -> list[int]:
    """How many bytes the sections have."""
    return [8 * keys, 4 * (keys + 1), *((8 if kind == "q" else 4) * (rows + room) for kind in TYPES)]


class Mapped(NamedTuple):
    """An index file, mapped privately."""

    rows: Rows
    size: int
    """How many rows are in use; those of the tail come after them."""
    room: int
    """How many rows a tail may have."""
    keys: Sequence[int]
    starts: Sequence[int]


class IndexFile:
    """An index file that is held open: it can be mapped again after another process has removed its name."""

    _descriptor = -1

    def __init__(self, path: Path) -> None:
        """Raises OSError."""
        self._name = path.name
        self._descriptor = os.open(path, os.O_RDONLY)

    def __del__(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)

    def mapped(self) -> Mapped:
        """Map it privately. Raises OSError, or ValueError for a file that is no index, or was cut short.

        What lies within its columns is not looked at: `verify` does that.
        """
        return _mapped(memoryview(mmap.mmap(self._descriptor, 0, access=mmap.ACCESS_COPY)), self._name)


def mapped(path: Path) -> Mapped:
    """Map an index file, as ``IndexFile.mapped`` does."""
    return IndexFile(path).mapped()


def _mapped(content: memoryview, name: str) -> Mapped:
    if content[: len(MAGIC)] != MAGIC or len(content) < _HEADER:
        raise ValueError(f"{name} is no index file")
    count, keys, room = content[len(MAGIC) : _HEADER].cast("q")
    offsets = _offsets(count, keys, room)
    if min(count, keys, room) < 0 or len(content) != offsets[-1]:
        raise ValueError(f"{name} has another length than it says")
    sections = [
        content[offset : offset + size].cast(cast(Literal["q", "i"], kind))
        for offset, size, kind in zip(offsets, _sizes(count, keys, room), "qi" + TYPES, strict=False)
    ]
    columns = cast(list[Numbers], sections[2:])
    if (sections[1][0], sections[1][keys]) != (0, count):
        raise ValueError(f"{name} does not hold together")
    return Mapped(Rows(*columns), count, room, sections[0], sections[1])
