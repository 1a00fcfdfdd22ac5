"""What can decide the gates of one cell, picked from the rows under its pairs of selectors (semantics.md §4 to §6).

At each gate an opening that is certain strikes every earlier claim that it covers, so that of the rows at its levels
only later ones have to be looked at. A stop that is struck strikes all the same, the openings of any pair: but the last
certain stop strikes all openings before it, so that of the struck stops only those after it have to be.
"""

from typing import NamedTuple

import numpy as np

from policytracker.columns.compiled import bare, compiled
from policytracker.columns.rows import (
    DAYS,
    EXTENDED,
    KNOWN,
    NOWHERE,
    RANK,
    ROLE,
    SEEN,
    Moment,
    Places,
    Small,
    Tenures,
    place_of,
)
from policytracker.columns.sides import Side
from policytracker.projections.keys import BITS
from policytracker.status.found import CERTAIN, LIFTS_STOPS_ONLY, STOP
from policytracker.status.prevails import CHIP_LEVELS, COMPANY_LEVELS

STRIKES = STOP | LIFTS_STOPS_ONLY | CERTAIN
STOPS = STOP | CERTAIN
LEVELS = COMPANY_LEVELS * CHIP_LEVELS


class Ledger(NamedTuple):
    """What compiled functions take of a ledger, read by one registry."""

    tenures: Tenures
    places: Places
    companies: Side
    chips: Side


class Cell(NamedTuple):
    """A company and a chip, by their places in the registry, and the pairs of selectors that find claims for them."""

    company: int
    chip: int
    pairs: Small
    """The place of each pair, and the levels at which it matches: the company's times CHIP_LEVELS, plus the chip's."""


@compiled
def cell_of(ledger: Ledger, company: int, chip: int) -> Cell:
    """A cell, with the pairs under which anything is kept."""
    companies, chips = ledger.companies, ledger.chips
    most = (companies.starts[company + 1] - companies.starts[company]) * (chips.starts[chip + 1] - chips.starts[chip])
    found = np.empty((most, 2), np.int32)
    size = 0
    for one in range(companies.starts[company], companies.starts[company + 1]):
        for other in range(chips.starts[chip], chips.starts[chip + 1]):
            pair = np.int64(companies.selectors[one, 0]) << BITS | chips.selectors[other, 0]
            place = place_of(pair, ledger.places.pairs, ledger.places.slots)
            if place != NOWHERE:
                found[size, 0] = place
                found[size, 1] = companies.selectors[one, 1] * CHIP_LEVELS + chips.selectors[other, 1]
                size += 1
    return Cell(company, chip, found[:size])


@bare
def is_there(rows: Small, row: int, moment: Moment) -> bool:
    """Whether a row tells of a moment."""
    there: bool = (
        rows[row, KNOWN] <= moment.known < rows[row, KNOWN + 1]
        and rows[row, DAYS] <= moment.day < rows[row, DAYS + 1]
        and rows[row, SEEN] <= moment.seen < rows[row, SEEN + 1]
    )
    return there


@bare
def match_of(ledger: Ledger, cell: Cell, row: int, levels: int) -> int:
    """How a row matches a cell that finds it at some levels: twice its place, and 1 more where only possibly.

    NOWHERE where it does not.
    """
    if not ledger.tenures.rows[row, ROLE] & EXTENDED:
        return 2 * levels
    company_level, chip_level, doubt = levels // CHIP_LEVELS, levels % CHIP_LEVELS, 0
    extent = ledger.tenures.extents[row, 0]
    if extent:
        match = int(ledger.companies.matches[extent, cell.company])
        if not match:
            return NOWHERE
        company_level, doubt = match - 1 >> 1, match - 1 & 1
    extent = ledger.tenures.extents[row, 1]
    if extent:
        match = int(ledger.chips.matches[extent, cell.chip])
        if not match:
            return NOWHERE
        chip_level, doubt = match - 1 >> 1, doubt | (match - 1 & 1)
    return (company_level * CHIP_LEVELS + chip_level) * 2 + doubt


@compiled
def gathered(ledger: Ledger, cell: Cell, gate: int, moment: Moment) -> Small:
    """What has to be looked at of one gate, in no order: rank, row and match of each, which may come twice."""
    spans = np.empty((len(cell.pairs), 2), np.int32)
    lows = np.full(LEVELS, NOWHERE, np.int32)
    stop = bound(ledger, cell, gate, moment, spans, lows)
    found = np.empty((128, 3), np.int32)
    size = _collect(ledger, cell, moment, spans, lows, stop, found)
    if size > len(found):
        found = np.empty((size, 3), np.int32)
        _collect(ledger, cell, moment, spans, lows, stop, found)
    return found[:size]


@bare
def _collect(ledger: Ledger, cell: Cell, moment: Moment, spans: Small, lows: Small, stop: int, found: Small) -> int:
    """How many rows have to be looked at; ``found`` gets as many as it has room for."""
    rows = ledger.tenures.rows
    size = 0
    for each in range(len(spans)):
        low = lows[cell.pairs[each, 1]]
        for row in range(spans[each, 1] - 1, spans[each, 0] - 1, -1):
            rank = rows[row, RANK]
            if rank < min(low, stop):
                break
            if (rank >= low or rows[row, ROLE] & STOP) and is_there(rows, row, moment):
                match = match_of(ledger, cell, row, cell.pairs[each, 1])
                if match != NOWHERE:
                    if size < len(found):
                        found[size, 0], found[size, 1], found[size, 2] = rank, row, match
                    size += 1
    return size


@bare
def bound(ledger: Ledger, cell: Cell, gate: int, moment: Moment, spans: Small, lows: Small) -> int:
    """From where on rows have to be looked at.

    ``spans`` gets the rows of each pair that may be in force, ``lows`` for each place the rank of the last claim that
    strikes all earlier ones there, whatever else holds. Returns the rank of the last one that strikes all earlier
    openings, or of one before which all is struck anyway.
    """
    rows = ledger.tenures.rows
    for each in range(len(spans) - 1, -1, -1):
        place, levels = cell.pairs[each]
        first, last = ledger.places.first[place, gate], ledger.places.last[place, gate]
        spans[each, 0], spans[each, 1] = first, _top(rows, first, last, moment.most)
        for row in range(spans[each, 1] - 1, first - 1, -1):
            if rows[row, RANK] <= lows[levels]:
                break
            if rows[row, ROLE] & STRIKES == CERTAIN and is_there(rows, row, moment):
                match = match_of(ledger, cell, row, levels)
                if match != NOWHERE and not match & 1:
                    _strike(lows, match >> 1, rows[row, RANK])
    return _last_stop(ledger, cell, moment, spans, lows)


@bare
def _top(rows: Small, first: int, last: int, most: int) -> int:
    """The place after the last of some rows whose rank is not over the most."""
    while first < last:
        middle = (first + last) // 2
        if rows[middle, RANK] <= most:
            first = middle + 1
        else:
            last = middle
    return first


@bare
def _strike(lows: Small, place: int, rank: int) -> None:
    for company_level in range(place // CHIP_LEVELS + 1):
        for chip_level in range(place % CHIP_LEVELS + 1):
            at = company_level * CHIP_LEVELS + chip_level
            lows[at] = max(lows[at], rank)


@bare
def _last_stop(ledger: Ledger, cell: Cell, moment: Moment, spans: Small, lows: Small) -> int:
    rows = ledger.tenures.rows
    last = moment.most
    for each in range(len(spans)):
        if spans[each, 0] < spans[each, 1]:
            last = min(last, lows[cell.pairs[each, 1]])
    for each in range(len(spans)):
        for row in range(spans[each, 1] - 1, spans[each, 0] - 1, -1):
            if rows[row, RANK] <= last:
                break
            if rows[row, ROLE] & STOPS == STOPS and is_there(rows, row, moment):
                match = match_of(ledger, cell, row, cell.pairs[each, 1])
                if match != NOWHERE and not match & 1:
                    last = rows[row, RANK]
    return last
