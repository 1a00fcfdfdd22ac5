"""Tables that grow."""

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Table = TypeVar("Table", bound=NDArray[Any])


def grown(table: Table, row: int, fill: int) -> Table:
    """The table with room for a row: with twice as many, filled up, where it has none."""
    if row < len(table):
        return table
    longer: Any = np.concatenate([table, np.full_like(table, fill)])
    return grown(longer, row, fill)
