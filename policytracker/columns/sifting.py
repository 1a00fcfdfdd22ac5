"""The rows of one gate that are there at a point of the clocks, and from where the walks of its cells read them.

Claims that reach few companies are told company by company. Of the others those that reach one chip are told chip by
chip, and those that reach more, all in one list. Each list begins with the last claim.
"""

from typing import NamedTuple

import numpy as np

from policytracker.columns.cells import Ledger, is_there
from policytracker.columns.compiled import bare, compiled
from policytracker.columns.kinds import LEVELS
from policytracker.columns.layers import says
from policytracker.columns.marks import IS_LAST, PLAIN, SHARED, TWIN, Marks
from policytracker.columns.rows import RANK, ROLE, Bytes, Ints, Moment, Small
from policytracker.status import found as roles
from policytracker.status.found import CERTAIN, LIFTS_STOPS_ONLY, STOP
from policytracker.status.prevails import CHIP_LEVELS, COMPANY_LEVELS

COMPANIES, CHIPS, MARKS = 2, 3, 4
"""The columns of a claim, beside those of its rank and of what it does: its sides, and its marks."""
SURELY, PLACES, STOPS = 8, 16, 16 + len(LEVELS)
"""From these bits on a rest tells what certain claims say; and at which places there are openings, and stops."""


class Lists(NamedTuple):
    """Places among the claims, one list after another."""

    starts: Small
    """Where each list begins; one more ends them."""
    claims: Small


class Sifted(NamedTuple):
    """What the walks of a gate read."""

    claims: Small
    """For each row its columns, the last claim first: what is looked at often lies together."""
    own: Lists
    """For each company the claims that reach few companies;"""
    wide: Small
    """those that reach many of them, and several chips;"""
    codes: Bytes
    """for each company how these match it;"""
    lone: Lists
    """for each chip those that reach many companies, and this chip alone;"""
    rests: Ints
    """and beside each of these what it and those after it in its list say, and where."""


@compiled
def alive(rows: Small, marks: Bytes, first: int, last: int, moment: Moment) -> Small:
    """Those of some rows that are there, without what a later row of the same key strikes in every world.

    A stop that is struck has still to be known, unless a later one strikes whatever it does.
    """
    found = np.empty(1024, np.int32)
    size = 0
    opened = lifted = stopped = False
    for row in range(last - 1, first - 1, -1):
        if marks[row] & IS_LAST:
            opened = lifted = stopped = False
        if marks[row] & TWIN or not is_there(rows, row, moment):
            continue
        role = rows[row, ROLE]
        if marks[row] & PLAIN:
            if (lifted and stopped) if role & STOP else opened:
                continue
            if role & CERTAIN:
                stopped |= role & STOP > 0
                lifted |= role & STOP == 0
                opened |= role & (STOP | LIFTS_STOPS_ONLY) == 0
        if size == len(found):
            found = np.concatenate((found, np.empty_like(found)))
        found[size] = row
        size += 1
    return found[:size]


@compiled
def told(found: Small, rows: Small, marks: Marks, most: int) -> Small:
    """The claims of rows, by their ranks, of which the greatest may be ``most``; the last first."""
    starts = np.zeros(most + 2, np.int32)
    for row in found:
        starts[most - rows[row, RANK] + 1] += 1
    for rank in range(most + 1):
        starts[rank + 1] += starts[rank]
    claims = np.empty((len(found), MARKS + 1), np.int32)
    for row in found:
        at = most - rows[row, RANK]
        claim = claims[starts[at]]
        claim[RANK], claim[ROLE], claim[MARKS] = rows[row, RANK], rows[row, ROLE], marks.rows[row]
        claim[COMPANIES], claim[CHIPS] = marks.company_sides[row], marks.chip_sides[row]
        starts[at] += 1
    return claims


@compiled
def sifted(ledger: Ledger, marks: Marks, claims: Small) -> Sifted:
    """Where claims, the last first, are read from."""
    companies, chips = ledger.companies.matches.shape[1], ledger.chips.matches.shape[1]
    own, lone = np.zeros(companies + 1, np.int32), np.zeros(chips + 1, np.int32)
    wide = _count(marks, claims, own, lone)
    own_starts, lone_starts = np.cumsum(own).astype(np.int32), np.cumsum(lone).astype(np.int32)
    found = Sifted(
        claims,
        Lists(own_starts, np.empty(own_starts[-1], np.int32)),
        np.empty(wide, np.int32),
        np.empty((companies, wide), np.uint8),
        Lists(lone_starts, np.empty(lone_starts[-1], np.int32)),
        np.zeros(lone_starts[-1], np.int64),
    )
    _spread(marks, found, own_starts.copy(), lone_starts.copy())
    _sum_up(marks, found)
    _tell_codes(ledger.companies.matches, found)
    return found


@bare
def _count(marks: Marks, claims: Small, own: Small, lone: Small) -> int:
    """How many claims each company and each chip has for itself, and how many are in neither."""
    wide = 0
    for claim in range(len(claims)):
        side = claims[claim, COMPANIES]
        if marks.is_few[side]:
            for place in range(marks.starts[side], marks.starts[side + 1]):
                own[marks.members[place] + 1] += 1
        elif marks.only_chip[claims[claim, CHIPS]] >= 0 and not claims[claim, MARKS] & SHARED:
            lone[marks.only_chip[claims[claim, CHIPS]] + 1] += 1
        else:
            wide += 1
    return wide


@bare
def _spread(marks: Marks, found: Sifted, own: Small, lone: Small) -> None:
    """Fill the lists; ``own`` and ``lone`` tell where the next claim of each comes."""
    wide = 0
    for claim in range(len(found.claims)):
        side, chip = found.claims[claim, COMPANIES], marks.only_chip[found.claims[claim, CHIPS]]
        if marks.is_few[side]:
            for place in range(marks.starts[side], marks.starts[side + 1]):
                company = marks.members[place]
                found.own.claims[own[company]] = claim
                own[company] += 1
        elif chip >= 0 and not found.claims[claim, MARKS] & SHARED:
            found.lone.claims[lone[chip]] = claim
            lone[chip] += 1
        else:
            found.wide[wide] = claim
            wide += 1


@bare
def said(role: int, places: int) -> int:
    """What a claim with a role says (``layers.says``) at some places; certainly, where it is certain."""
    what = says(role & roles.RANK, role & STOP)
    where = int(places) << (STOPS if role & STOP else PLACES)
    return what | where | (what << SURELY if role & CERTAIN else 0)


@bare
def _sum_up(marks: Marks, found: Sifted) -> None:
    lone = found.lone
    for chip in range(len(lone.starts) - 1):
        rest = 0
        for place in range(lone.starts[chip + 1] - 1, lone.starts[chip] - 1, -1):
            claim = found.claims[lone.claims[place]]
            levels = marks.company_levels[claim[COMPANIES]]
            for level in range(COMPANY_LEVELS):
                if levels >> level & 1:
                    rest |= said(claim[ROLE], marks.ways.levels[claim[CHIPS]] << CHIP_LEVELS * level)
            found.rests[place] = rest


@bare
def _tell_codes(matches: Bytes, found: Sifted) -> None:
    """How each wide claim matches each company, a tile of claims at a time, for the caches."""
    for tile in range(0, len(found.wide), 64):
        end = min(tile + 64, len(found.wide))
        for company in range(len(found.codes)):
            for place in range(tile, end):
                found.codes[company, place] = matches[found.claims[found.wide[place], COMPANIES], company]
