"""The gates of one cell at one point of the clocks: what is possible, and which claims stand."""

from typing import NamedTuple

import numpy as np

from policytracker.columns.cells import Ledger, cell_of, gathered
from policytracker.columns.compiled import compiled
from policytracker.columns.kinds import BY_ROLE, DOUBT, KINDS, LEVEL
from policytracker.columns.rows import DAYS, ROLE, Bytes, Ints, Moment, Small
from policytracker.columns.walks import possible_of, stand
from policytracker.status.found import CERTAIN
from policytracker.status.prevails import CHIP_LEVELS
from policytracker.status.words import minima

MINIMA: Bytes = np.array(
    [[minima(one, other) if one and other else 0 for other in range(64)] for one in range(64)], np.uint8
)


class Rules(NamedTuple):
    """What compiled functions take of the rules: tables made from the core."""

    kinds: Small
    by_role: Small
    minima: Bytes


RULES = Rules(KINDS, BY_ROLE, MINIMA)
DOES = len(BY_ROLE) - 1
"""The bits of a role by which ``BY_ROLE`` is asked."""


@compiled
def merged(ledger: Ledger, rules: Rules, found: Small) -> Small:
    """Claims that were found, each once, the last first: kind and row. The highest levels of one count (§4).

    A claim may come once for each of several stretches of days.
    """
    rows = ledger.tenures.rows
    order = np.empty(len(found), np.int64)
    for place in range(len(found)):
        order[place] = -(np.int64(found[place, 0]) << 32 | rows[found[place, 1], DAYS])
    by = np.argsort(order)
    claims = np.empty((len(found), 2), np.int32)
    size = 0
    start = 0
    while start < len(by):
        row, match = found[by[start], 1], found[by[start], 2]
        company_level, chip_level = (match >> 1) // CHIP_LEVELS, (match >> 1) % CHIP_LEVELS
        first = start
        start += 1
        while start < len(by) and order[by[start]] == order[by[first]]:
            place = found[by[start], 2] >> 1
            company_level, chip_level = max(company_level, place // CHIP_LEVELS), max(chip_level, place % CHIP_LEVELS)
            start += 1
        role = rows[row, ROLE]
        does = rules.by_role[role & DOES]
        place = company_level * CHIP_LEVELS + chip_level
        doubt = match & 1 | (role & CERTAIN == 0)
        claims[size, 0], claims[size, 1] = place << LEVEL | doubt << DOUBT | does, row
        size += 1
    return claims[:size]


@compiled
def possible_at(ledger: Ledger, rules: Rules, company: int, chip: int, gates: Ints, moment: Moment) -> int:
    """The possible statuses of a cell, as bits, given its gates."""
    cell = cell_of(ledger, company, chip)
    found = -1
    for gate in gates:
        claims = merged(ledger, rules, gathered(ledger, cell, gate, moment))
        possible = possible_of(claims[:, 0], rules.kinds)
        found = possible if found < 0 else int(rules.minima[found, possible])
    return found


@compiled
def told_at(ledger: Ledger, rules: Rules, company: int, chip: int, gate: int, moment: Moment) -> tuple[int, Small]:
    """The possible statuses of one gate of a cell, and the claims that stand, by a row of each, the first first."""
    claims = merged(ledger, rules, gathered(ledger, cell_of(ledger, company, chip), gate, moment))
    standing = np.zeros(len(claims), np.uint8)
    possible = stand(claims[:, 0].copy(), rules.kinds, standing)
    rows = claims[:, 1][standing > 0]
    return possible, rows[::-1].copy()
