"""When a cell was last reported on: the last report, known at a point, of a claim on it or of an event about one."""

import numpy as np

from policytracker.columns.cells import Ledger, cell_of
from policytracker.columns.compiled import bare, compiled
from policytracker.columns.reports import CHIPS, COMPANIES, PLAIN, SEEN, THREAD, Reports
from policytracker.columns.rows import Ints, Small


@compiled
def last_report(ledger: Ledger, told: Reports, company: int, chip: int, known: int, seen: int) -> tuple[int, Ints]:
    """The moment of the last report on a cell, as far as rows tell; 0 for none.

    And the later ones of claims at which more has to be looked at: moment, and position of the claim.
    """
    cell = cell_of(ledger, company, chip)
    later = np.empty((64, 2), np.int64)
    last, size = _last(ledger, told, company, chip, cell.pairs, known, seen, later)
    if size > len(later):
        later = np.empty((size, 2), np.int64)
        last, size = _last(ledger, told, company, chip, cell.pairs, known, seen, later)
    later = later[:size]
    return last, later[later[:, 0] > last]


@bare
def _last(
    ledger: Ledger, told: Reports, company: int, chip: int, pairs: Small, known: int, seen: int, later: Ints
) -> tuple[int, int]:
    last = size = 0
    for each in range(len(pairs)):
        first = told.starts[pairs[each, 0]]
        at = _top(told.moments, first, told.starts[pairs[each, 0] + 1], known) - 1
        while at >= first and told.moments[at] > last:
            report = told.told[at]
            if report[SEEN] <= seen:
                if report[THREAD] and not report[PLAIN]:
                    if size < len(later):
                        later[size, 0], later[size, 1] = told.moments[at], report[THREAD]
                    size += 1
                elif (not report[COMPANIES] or ledger.companies.matches[report[COMPANIES], company]) and (
                    not report[CHIPS] or ledger.chips.matches[report[CHIPS], chip]
                ):
                    last = told.moments[at]
            at -= 1
    return last, size


@bare
def _top(moments: Ints, first: int, last: int, known: int) -> int:
    """The place after the last of some reports that is not after a moment."""
    while first < last:
        middle = (first + last) // 2
        if moments[middle] <= known:
            first = middle + 1
        else:
            last = middle
    return first
