"""The functions over flat sequences of numbers, as they stand or compiled; and how sequences are handed to them."""

from collections.abc import Sequence
from os import cpu_count
from typing import Any, Protocol

from policytracker.index import along, at_point, board_walk, compiled
from policytracker.index.layout import Rows
from policytracker.status import layers
from policytracker.status.layers import LAYER, Tables, tables
from policytracker.status.prevails import KINDS
from policytracker.status.words import ANY, minima

SETS = ANY + 1
MINIMA = [minima(one, other) if one and other else 0 for one in range(SETS) for other in range(SETS)]
"""What two sets of statuses come to (§7)."""
MOST_THREADS = 4


class Functions(Protocol):
    """The functions of one ledger's columns."""

    @property
    def threads(self) -> int:
        """How many threads pay."""

    rows: Any
    kinds: Any
    minima: Any
    at_point: Any
    board_walk: Any
    along: Any
    layers: Any

    def flat(self, numbers: Sequence[int]) -> Any:
        """Numbers as the functions take them; bytes as they lie, without a copy."""

    def plain(self, numbers: Any) -> list[int]:
        """Numbers that the functions have filled in, as a list."""

    def tables(self, size: int, exact: bool) -> Tables:
        """Tables for walks (``status.layers``)."""

    def picked(self, column: Any, rows: Sequence[int]) -> Any:
        """What a column has at some rows."""

    def in_order(self, rows: Any) -> Any:
        """The places of some rows, those that come last in the order of §6 first."""


class Plain:
    """The functions as they stand, over lists."""

    threads = 1

    def __init__(self, rows: Rows) -> None:
        self.at_point: Any = at_point
        self.board_walk: Any = board_walk
        self.along: Any = along
        self.layers: Any = layers
        self.rows: Any = rows
        self.kinds: Any = KINDS
        self.minima: Any = MINIMA

    def flat(self, numbers: Sequence[int]) -> Any:
        return numbers

    def plain(self, numbers: Any) -> list[int]:
        return list(numbers)

    def tables(self, size: int, exact: bool) -> Tables:
        return tables(size, exact)

    def picked(self, column: Any, rows: Sequence[int]) -> Any:
        return [column[row] for row in rows]

    def in_order(self, rows: Any) -> Any:
        order, claim = self.rows.order, self.rows.claim
        return sorted(range(len(rows)), key=lambda at: (order[rows[at]], claim[rows[at]]), reverse=True)


class Compiled:
    """The functions compiled, over arrays."""

    def __init__(self, rows: Rows) -> None:
        import numpy

        self._numpy = numpy
        self.rows: Any = Rows(*(self._array(column) for column in rows))
        self.kinds, self.minima = self.flat(KINDS), self.flat(MINIMA)
        self.threads = min(cpu_count() or 1, MOST_THREADS)
        made = compiled.compiled()
        self.at_point, self.board_walk = made.at_point, made.board_walk
        self.along, self.layers = made.along, made.layers

    def _array(self, column: Any) -> Any:
        """A column of the index as it lies."""
        return self._numpy.asarray(column)

    def flat(self, numbers: Sequence[int]) -> Any:
        if isinstance(numbers, (bytes, bytearray)):
            return self._numpy.frombuffer(numbers, self._numpy.uint8)
        return self._numpy.array(numbers, self._numpy.int64)

    def plain(self, numbers: Any) -> list[int]:
        found: list[int] = numbers.tolist()
        return found

    def tables(self, size: int, exact: bool) -> Tables:
        # Numbers of 32 bits: the tables are read at random, and twice as many of these stay in the cache.
        made = tables(size, exact)
        as_array: Any = self._numpy.array
        narrow = Tables(*(as_array(each, self._numpy.int32) for each in made._replace(steps=[])))
        return narrow._replace(steps=self.flat(made.steps))

    def picked(self, column: Any, rows: Sequence[int]) -> Any:
        return column[self._numpy.asarray(rows, self._numpy.int64)].astype(self._numpy.int64)

    def in_order(self, rows: Any) -> Any:
        return self._numpy.lexsort((self.rows.claim[rows], self.rows.order[rows]))[::-1]


def grown(functions: Functions, full: Tables) -> Tables:
    """Tables with room for twice as many layers as those that are full, and all that these know."""
    larger = functions.tables(2 * len(full.layers) // LAYER, bool(full.counts[3]))
    functions.layers.move(full, larger)
    return larger
