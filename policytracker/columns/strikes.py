"""What certain claims leave nothing of, whatever cells they meet in (semantics.md §6).

Of claims in order, an earlier one is idle when in every possible world it is struck and whatever it strikes is struck
anyway: a stop, when a later certain opening covers its place and a later certain stop strikes what it strikes; an
opening, then too, or when a later certain opening that is not for stops only covers its place. A stop that is struck is
not idle as such: it still ends the openings before it.
"""

import numpy as np
from numpy.typing import NDArray

from policytracker.columns.rows import Ints
from policytracker.status.found import LIFTS_STOPS_ONLY, STOP

Flags = NDArray[np.bool_]
NEVER = -1


def busy(places: Ints, role: NDArray[np.uint8], certain: Flags) -> Flags:
    """Which rows are not idle, of rows in order under ``places``; all under one place meet in the same cells.

    ``places`` ascend; ``certain``: the claim holds certainly in each of its cells.
    """
    if not len(places):
        return np.zeros(0, np.bool_)
    starts = np.flatnonzero(np.concatenate([[True], places[1:] != places[:-1]]))
    lengths = np.diff(np.concatenate([starts, [len(places)]]))
    here = np.arange(len(places), dtype=np.int32)

    def last(of: Flags) -> Ints:
        found: Ints = np.repeat(np.maximum.reduceat(np.where(of, here, NEVER), starts), lengths)
        return found

    stops = (role & STOP) > 0
    opens = certain & ~stops
    both = np.minimum(last(opens), last(certain & stops))
    full = last(opens & ((role & LIFTS_STOPS_ONLY) == 0))
    found: Flags = here >= np.where(stops, both, np.maximum(both, full))
    return found
