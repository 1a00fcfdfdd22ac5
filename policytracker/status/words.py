"""The seven statuses (semantics.md §1), and sets of them as bits: bit 0 is ``prohibited``, bit 6 ``cleared``."""

from collections.abc import Iterable
from functools import reduce
from typing import Literal, get_args

Status = Literal["prohibited", "blocked", "pending", "in_principle", "licensable", "conditional", "cleared"]
"""How far an import may go, lowest first."""
Summary = Literal[Status, "uncertain", "unknown"]
"""One word for a set of statuses (§7)."""
STATUSES: tuple[Status, ...] = get_args(Status)
RANK: dict[str, int] = {word: rank for rank, word in enumerate(STATUSES)}
PROHIBITED, BLOCKED, PENDING, IN_PRINCIPLE, LICENSABLE, CONDITIONAL, CLEARED = range(7)
ANY = 0b1111111

CLAIM_TYPES = (
    "prohibited",
    "blocked",
    "held",
    "licence-required",
    "review-opened",
    "approved-in-principle",
    "licence-granted",
    "batch-approved",
    "cleared",
    "condition-imposed",
)
"""The types of claims (§6)."""
CONDITION_TYPE = "condition-imposed"
"""The one type of a claim that is neither a restriction nor a permission: it caps what permissions give."""
CAPPED, PERHAPS_CAPPED = 1 << CONDITIONAL, 1 << CONDITIONAL | 1 << CLEARED
"""What a condition that holds lets through, certainly or possibly: a cap at ``conditional`` is the minimum with it."""


def words(possible: int) -> list[Status]:
    """The statuses of a set, lowest first.

    >>> words(0b0101000)
    ['in_principle', 'conditional']
    """
    return [word for rank, word in enumerate(STATUSES) if possible >> rank & 1]


def lowest(possible: int) -> int:
    """The rank of the lowest status of a set that is not empty."""
    return (possible & -possible).bit_length() - 1


def highest(possible: int) -> int:
    """The rank of the highest status of a set that is not empty."""
    return possible.bit_length() - 1


def summary(possible: int) -> Summary:
    """One word for a set: its status, ``unknown`` when it holds all seven, else ``uncertain`` (§7)."""
    if possible == ANY:
        return "unknown"
    if lowest(possible) == highest(possible):
        return STATUSES[lowest(possible)]
    return "uncertain"


def minima(one: int, other: int) -> int:
    """All the minima of one status from each of two sets (§7).

    >>> words(minima(0b0100000, 0b1001000))
    ['in_principle', 'conditional']
    """
    ceiling = (1 << min(highest(one), highest(other)) + 1) - 1
    return (one | other) & ceiling


def together(gates: Iterable[int]) -> int:
    """The possible statuses of a cell, given those of its gates; a cell without gates is cleared (§1, §7)."""
    return reduce(minima, gates, 1 << CLEARED)


def capped(possible: int, conditions: Iterable[bool]) -> int:
    """The possible statuses of a gate under the conditions that are imposed there, given whether each holds certainly
    (§6, 3).

    >>> words(capped(0b1001000, [False])), words(capped(0b1001000, [True]))
    (['in_principle', 'conditional', 'cleared'], ['in_principle', 'conditional'])
    """
    hold = set(conditions)
    if not hold:
        return possible
    return minima(possible, CAPPED if True in hold else PERHAPS_CAPPED)
