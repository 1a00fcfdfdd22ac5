"""Tables that grow."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", bound=np.generic)


def grown(table: NDArray[Number], row: int, fill: int) -> NDArray[Number]:
    """The table with room for a row: with twice as many, filled up, where it has none."""
    if row < len(table):
        return table
    return grown(np.concatenate([table, np.full_like(table, fill)]), row, fill)
