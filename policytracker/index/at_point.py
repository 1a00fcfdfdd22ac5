"""The rows at a point of the clocks, and which claims each company reads there.

Claims that reach few companies are told company by company. The functions take flat sequences of numbers and make none:
they run as they stand, or compiled.
"""

from collections.abc import Sequence
from typing import NamedTuple

from policytracker.index.layout import Numbers, Rows
from policytracker.index.selection import is_there, kind_at
from policytracker.status.prevails import IS_POSSIBLE, PERMISSIONS, RESTRICTIONS, WIDTH, is_idle


def present(
    rows: Rows,
    spans: Sequence[int],
    kinds: Sequence[int],
    day: int,
    known: int,
    seen: int,
    keys: Numbers,
    found: Numbers,
) -> int:
    """The rows at a point, of all keys of a gate, but for those that later rows of the same key make idle.

    ``spans`` holds three numbers a key: its first row, the one after its last, and its place. ``found`` gets the rows,
    and ``keys`` the key of each. Returns how many these are.
    """
    size = 0
    for key in range(len(spans) // 3):
        place, permissions, restrictions = spans[3 * key + 2], 0, 0
        for row in range(spans[3 * key + 1] - 1, spans[3 * key] - 1, -1):
            if not is_there(rows, row, day, known, seen):
                continue
            if rows.companies[row] == 0 and rows.chips[row] == 0:
                at = kind_at(rows.code[row], 2 * place) * WIDTH
                if is_idle(permissions, restrictions, at, kinds):
                    continue
                if not kinds[at + IS_POSSIBLE]:
                    permissions |= kinds[at + PERMISSIONS]
                    restrictions |= kinds[at + RESTRICTIONS]
            keys[size], found[size] = key, row
            size += 1
    return size


def beginnings(rows: Rows, found: Sequence[int], starts: Numbers) -> int:
    """Where the rows of each claim begin among rows in the order of §6. How many claims there are."""
    size = 0
    for place in range(len(found)):
        row, before = found[place], found[place - 1]
        if place == 0 or rows.order[row] != rows.order[before] or rows.claim[row] != rows.claim[before]:
            starts[size] = place
            size += 1
    return size


def mentioned(
    rows: Rows,
    spans: Sequence[int],
    kinds: Sequence[int],
    day: int,
    known: int,
    seen: int,
    keys: Numbers,
    found: Numbers,
) -> int:
    """The same of mentions that may be the last of a cell: the last that terms alone decide, and later ones."""
    size = 0
    for key in range(len(spans) // 3):
        row = spans[3 * key + 1] - 1
        while row >= spans[3 * key]:
            if is_there(rows, row, day, known, seen):
                keys[size], found[size] = key, row
                size += 1
                if rows.companies[row] == 0 and rows.chips[row] == 0:
                    break
            row -= 1
    return size


class SideTable(NamedTuple):
    """Sides of companies that match few of them: the members of each, and how it matches them."""

    is_few: Sequence[int]
    starts: Sequence[int]
    """For each side where its members begin; one more ends them."""
    members: Sequence[int]
    ways: Sequence[int]


def count(sides: Sequence[int], table: SideTable, starts: Numbers) -> int:
    """Fill in, for each company, where its claims are to begin, one more ends them. How many claims reach many."""
    wide = 0
    for claim in range(len(sides)):
        side = sides[claim]
        if table.is_few[side]:
            for at in range(table.starts[side], table.starts[side + 1]):
                starts[table.members[at] + 1] += 1
        else:
            wide += 1
    for company in range(1, len(starts)):
        starts[company] += starts[company - 1]
    return wide


def scatter(
    sides: Sequence[int], table: SideTable, heads: Numbers, own: Numbers, own_ways: Numbers, wide: Numbers
) -> None:
    """Tell each company its claims, in the order given, and how each matches it; and which claims reach many.

    ``heads`` holds for each company where its next claim comes.
    """
    many = 0
    for claim in range(len(sides)):
        side = sides[claim]
        if not table.is_few[side]:
            wide[many] = claim
            many += 1
            continue
        for at in range(table.starts[side], table.starts[side + 1]):
            head = heads[table.members[at]]
            own[head], own_ways[head] = claim, table.ways[at]
            heads[table.members[at]] = head + 1
