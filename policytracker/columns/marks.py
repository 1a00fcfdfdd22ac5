"""What is known of the rows and of their sides before any question is asked, by one registry."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from policytracker.columns.rows import KNOWN, NOWHERE, RANK, Bytes, Ints, Rows, Small
from policytracker.columns.sides import Sides, code
from policytracker.projections.keys import BITS
from policytracker.status.prevails import CHIP_LEVELS, COMPANY_LEVELS
from policytracker.status.scope import Match

TWIN, SHARED, PLAIN, IS_LAST = 1, 2, 4, 8
"""Marks of a row: it tells the same as one before; its claim may reach a cell under several pairs of sides, of which
the highest levels count (semantics.md §4); no extent decides whom it matches; it is the last of its key."""
FEW = 200
"""A side of at most so many companies is told company by company."""
WORD = 64
CODES = code(Match(False, CHIP_LEVELS - 1))
"""So many ways there are in which a chip may be matched."""
LEVELS: Bytes = np.array([0, *(1 << number // 2 for number in range(2 * COMPANY_LEVELS))], np.uint8)
WAYS: Bytes = np.array([0, *(1 << number for number in range(2 * COMPANY_LEVELS))], np.uint8)
Flags = NDArray[np.bool_]
Words = NDArray[np.uint64]


class Ways(NamedTuple):
    """How the sides of chips match them."""

    levels: Bytes
    """For each side the levels at which it matches any, as bits;"""
    codes: Bytes
    """the ways in which it does (``sides.code``), as bits from that of 1 on;"""
    words: Words
    """and for each of these ways the chips it matches so, as bits."""


class Marks(NamedTuple):
    """What compiled functions take of this."""

    rows: Bytes
    company_sides: Small
    chip_sides: Small
    starts: Small
    """For each side of companies, if they are few, where in ``members`` they begin; one more ends them."""
    members: Small
    is_few: Flags
    company_levels: Bytes
    """For each side of companies the levels at which it matches any, as bits."""
    only_chip: Small
    """For each side of chips the one that it matches, if it matches one; else NOWHERE."""
    ways: Ways


def marks(rows: Rows, companies: Sides, chips: Sides, few: int = FEW) -> Marks:
    """Look at all rows. ``few`` makes answers fast or slow, and no other ones."""
    keys, extents = rows.keys, rows.tenures.extents
    company_sides = _sides(extents[:, 0], keys >> BITS, companies)
    chip_sides = _sides(extents[:, 1], keys, chips)
    several = _not_names(companies, COMPANY_LEVELS), _not_names(chips, CHIP_LEVELS)
    is_few = np.count_nonzero(companies.side.matches, axis=1) <= few
    matches = chips.side.matches
    return Marks(
        _rows(rows, (company_sides, chip_sides), several),
        company_sides,
        chip_sides,
        *_members(companies.side.matches, is_few),
        is_few,
        _gathered(companies.side.matches, LEVELS),
        np.where(np.count_nonzero(matches, axis=1) == 1, (matches > 0) @ np.arange(matches.shape[1]), NOWHERE).astype(
            np.int32
        ),
        Ways(
            _gathered(matches, LEVELS),
            _gathered(matches, WAYS),
            np.stack([words_of(matches == number) for number in range(1, CODES + 1)], axis=1),
        ),
    )


def _gathered(matches: Bytes, bits: Bytes) -> Bytes:
    """For each side the bits of all ways in which it matches any; some sides at a time, for the memory."""
    found = [np.bitwise_or.reduce(bits[part], axis=1, initial=0) for part in np.array_split(matches, 64)]
    return np.concatenate(found)


def _sides(extents: Small, selectors: Ints, sides: Sides) -> Small:
    """The side of each row."""
    numbers = sides.first_selector + (selectors & (1 << BITS) - 1)
    return np.where(extents > 0, extents, numbers).astype(np.int32)


def _members(matches: Bytes, wanted: Flags) -> tuple[Small, Small]:
    counts = np.where(wanted, np.count_nonzero(matches, axis=1), 0)
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    members = [np.flatnonzero(matches[side]) for side in np.flatnonzero(counts).tolist()]
    return starts, np.concatenate([np.zeros(0, np.int64), *members]).astype(np.int32)


def words_of(flags: Flags) -> Words:
    """Each row of flags as bits, in words."""
    padded = np.zeros((len(flags), -(-max(1, flags.shape[1]) // WORD) * WORD), np.bool_)
    padded[:, : flags.shape[1]] = flags
    return np.packbits(padded, axis=1, bitorder="little").view("<u8").astype(np.uint64)


def _not_names(sides: Sides, levels: int) -> Flags:
    """Which sides are not the name of a member: two such may match the same."""
    matches = sides.side.matches
    return (np.count_nonzero(matches, axis=1) > 1) | (matches.max(axis=1, initial=0) != code(Match(True, levels - 1)))


def _rows(rows: Rows, sides: tuple[Small, Small], not_names: tuple[Flags, Flags]) -> Bytes:
    found: Bytes = np.zeros(len(rows.keys), np.uint8)
    found[_are_twins(rows, sides)] |= TWIN
    found[(rows.tenures.extents == 0).all(axis=1)] |= PLAIN
    found[np.flatnonzero(np.diff(rows.keys, append=NOWHERE))] |= IS_LAST
    by = np.lexsort((rows.tenures.rows[:, RANK], rows.keys >> 2 * BITS))
    gates, ranks = rows.keys[by] >> 2 * BITS, rows.tenures.rows[:, RANK][by]
    starts = np.flatnonzero((np.diff(gates, prepend=NOWHERE) != 0) | (np.diff(ranks, prepend=NOWHERE) != 0))
    if len(starts):
        lengths = np.diff(starts, append=len(by))
        shared = np.zeros(len(starts), np.bool_)
        for side, several in zip(sides, not_names, strict=True):
            differ = np.maximum.reduceat(side[by], starts) != np.minimum.reduceat(side[by], starts)
            shared |= differ & np.logical_or.reduceat(several[side[by]], starts)
        found[by[np.repeat(shared, lengths)]] |= SHARED
    return found


def _are_twins(rows: Rows, sides: tuple[Small, Small]) -> Ints:
    """The rows that tell the same as others: where an extent decides, several selectors find a claim."""
    among = np.flatnonzero((rows.tenures.extents > 0).any(axis=1))
    told = [rows.keys >> 2 * BITS, rows.tenures.rows[:, RANK], *sides, *rows.tenures.rows[:, KNOWN::2].T]
    by = among[np.lexsort([each[among] for each in reversed(told)])]
    same = np.ones(len(by), np.bool_)
    for each in told:
        same &= np.diff(each[by], prepend=NOWHERE) == 0
    found: Ints = by[same]
    return found
