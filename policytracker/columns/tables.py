"""Tables that grow, and columns in which equal values lie together."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", bound=np.generic)


def grown(table: NDArray[Number], row: int, fill: int) -> NDArray[Number]:
    """The table with room for a row: with twice as many, filled up, where it has none."""
    if row < len(table):
        return table
    return grown(np.concatenate([table, np.full_like(table, fill)]), row, fill)


def turns(values: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which values differ from the one before; the first does."""
    found = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=found[1:])
    return found
