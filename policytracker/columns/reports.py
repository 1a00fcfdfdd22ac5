"""The moments of the reports of claims, under each pair of selectors: what tells when a cell was last reported on."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from policytracker.projections.keys import PAIR

Ints = NDArray[np.int64]
Small = NDArray[np.int32]

SEEN, COMPANIES, CHIPS, THREAD, PLAIN = range(5)
"""The columns beside the moment of a report: its position; for a claim of which nothing else was said, its extents;
else the position of the claim, and whether selectors alone tell whom it matches."""


class Reports(NamedTuple):
    """What compiled functions take of the reports, by pairs and moments."""

    starts: Small
    """For each place of a pair where its reports begin; one more ends them."""
    moments: Ints
    told: Small


def reports(pairs: Ints, lone: Ints, mentions: Ints) -> Reports:
    """Put reports in order.

    ``lone`` and ``mentions`` are rows of the tables ``tenures``, those of claims of which nothing else was said, and
    ``mentions``: key, published, seen_from and both extents; pair, published, position, thread and plain.
    """
    nothing = np.zeros((len(lone), 2), np.int64), np.zeros((len(mentions), 2), np.int64)
    told = np.concatenate([np.hstack([lone, nothing[0]]), np.hstack([mentions[:, :3], nothing[1], mentions[:, 3:]])])
    places = np.searchsorted(pairs, told[:, 0] & PAIR)
    by = np.lexsort((told[:, 1], places))
    starts = np.searchsorted(places[by], np.arange(len(pairs) + 1)).astype(np.int32)
    return Reports(starts, told[by, 1].copy(), told[by, 2:].astype(np.int32))
