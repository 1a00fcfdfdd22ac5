"""One gate of one cell from the first day to the last: what is possible, and which claims stand, whenever that turns.

From one day to the next most claims that begin or end are struck anyway: it is decided anew only where the claims that
make a difference are others than before.
"""

from typing import NamedTuple

import numpy as np

from policytracker.columns.answers import Rules, merged
from policytracker.columns.cells import Cell, Ledger, cell_of, match_of
from policytracker.columns.compiled import bare, compiled
from policytracker.columns.kinds import IS_POSSIBLE, IS_STOP, LEVEL, OPENINGS, STOPS, TOP
from policytracker.columns.rows import DAYS, KNOWN, NEVER, NOWHERE, RANK, SEEN, Bytes, Ints, Moment, Small
from policytracker.columns.walks import stand
from policytracker.status.prevails import EVERY_PLACE


class Stretches(NamedTuple):
    """The claims on a gate, each once for every stretch of days over which it does one thing; the last claim first."""

    kinds: Small
    rows: Small
    days: Small
    """The first day, and that after the last."""


class Turns(NamedTuple):
    """What a gate answers from each day on."""

    days: Small
    possible: Bytes
    ends: Small
    """Where in ``standing`` the claims of each day end; they begin where those of the day before do."""
    standing: Small
    """A row of each claim that stands, in the order of §6."""


@compiled
def stretches(ledger: Ledger, rules: Rules, company: int, chip: int, gate: int, moment: Moment) -> Stretches:
    """What reaches a gate of a cell on any day, as known and recorded at a moment."""
    cell = cell_of(ledger, company, chip)
    found = _gathered(ledger, cell, gate, moment)
    claims = merged(ledger, rules, found)
    days = np.empty((len(claims), 2), np.int32)
    for place in range(len(claims)):
        days[place] = ledger.tenures.rows[claims[place, 1], DAYS : DAYS + 2]
    return Stretches(claims[:, 0].copy(), claims[:, 1].copy(), days)


@compiled
def _gathered(ledger: Ledger, cell: Cell, gate: int, moment: Moment) -> Small:
    """The rows that reach a gate of a cell, as ``cells.gathered`` has them."""
    rows = ledger.tenures.rows
    found = np.empty((256, 3), np.int32)
    size = 0
    for each in range(len(cell.pairs)):
        place = cell.pairs[each, 0]
        for row in range(ledger.places.first[place, gate], ledger.places.last[place, gate]):
            is_known = rows[row, KNOWN] <= moment.known < rows[row, KNOWN + 1]
            if not is_known or not rows[row, SEEN] <= moment.seen < rows[row, SEEN + 1]:
                continue
            match = match_of(ledger, cell, row, cell.pairs[each, 1])
            if match != NOWHERE:
                if size == len(found):
                    found = np.concatenate((found, np.empty_like(found)))
                found[size, 0], found[size, 1], found[size, 2] = rows[row, RANK], row, match
                size += 1
    return found[:size]


class Chain(NamedTuple):
    """The stretches that are not over, and not struck for good, as linked places."""

    after: Small
    """For each the next one; as many as there are ends them."""
    first: Small
    """The first that has begun, alone."""


def ordered(claims: Stretches) -> tuple[Small, Ints]:
    """The days on which anything begins or ends; and the places of the claims in the order in which they begin."""
    days = np.unique(claims.days)
    return days[days < NEVER], np.argsort(claims.days[:, 0])


@compiled
def turns(claims: Stretches, days: Small, begins: Ints, rules: Rules) -> Turns:
    """What a gate answers from each day on at which that turns, given what ``ordered`` tells."""
    count = len(claims.kinds)
    chain = Chain(np.arange(1, count + 1).astype(np.int32), np.full(1, count, np.int32))
    turned, possible, ends = np.empty(len(days), np.int32), np.empty(len(days), np.uint8), np.empty(len(days), np.int32)
    rows = np.empty(1024, np.int32)
    heard, before = np.empty((2, count), np.int32)
    size = told = begun = heard_before = 0
    for day in days:
        while begun < count and claims.days[begins[begun], 0] <= day:
            chain.first[0] = min(chain.first[0], begins[begun])
            begun += 1
        found = _hear(claims, rules, day, chain, heard)
        if told and found == heard_before and np.all(heard[:found] == before[:found]):
            continue
        before[:found], heard_before = heard[:found], found
        standing = np.zeros(found, np.uint8)
        possible[told] = stand(claims.kinds[heard[:found]], rules.kinds, standing)
        if size + found > len(rows):
            rows = np.concatenate((rows, np.empty(len(rows) + found, np.int32)))
        for place in range(found - 1, -1, -1):
            if standing[place]:
                rows[size] = claims.rows[heard[place]]
                size += 1
        turned[told], ends[told] = day, size
        told += 1
    return Turns(turned[:told], possible[:told], ends[:told], rows[:size])


@bare
def _hear(claims: Stretches, rules: Rules, day: int, chain: Chain, heard: Small) -> int:
    """How many of the claims in force on a day make a difference; ``heard`` gets these, the last first.

    The others are struck, with all that they strike: for good, where claims do it that do not end. Days come in order.
    """
    size = openings = stops = for_good = stops_for_good = 0
    before, place = NOWHERE, int(chain.first[0])
    while place < len(claims.kinds) and openings & stops != EVERY_PLACE:
        kind = claims.kinds[place]
        claim = rules.kinds[kind]
        at, over = kind >> LEVEL, TOP if claim[IS_STOP] else kind >> LEVEL
        if claims.days[place, 1] <= day or (stops_for_good >> at & for_good >> over & 1):
            _unlink(chain, before, place)
        else:
            before = place
            if claims.days[place, 0] <= day and not stops >> at & openings >> over & 1:
                heard[size] = place
                size += 1
                if not claim[IS_POSSIBLE]:
                    openings, stops = openings | claim[OPENINGS], stops | claim[STOPS]
                    if claims.days[place, 1] == NEVER:
                        for_good, stops_for_good = for_good | claim[OPENINGS], stops_for_good | claim[STOPS]
        place = chain.after[place]
    return size


@bare
def _unlink(chain: Chain, before: int, place: int) -> None:
    if before == NOWHERE:
        chain.first[0] = chain.after[place]
    else:
        chain.after[before] = chain.after[place]
