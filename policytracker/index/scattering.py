"""Which claims each company reads at a gate: those that reach few companies are told company by company.

The functions take flat sequences of numbers and make none: they run as they stand, or compiled.
"""

from collections.abc import Sequence
from typing import NamedTuple

from policytracker.index.layout import Numbers


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
