"""The six statuses (semantics.md §1), and sets of them as bits: bit 0 is ``prohibited``, bit 5 ``cleared``."""

from typing import Literal, get_args

Status = Literal["prohibited", "blocked", "pending", "in_principle", "conditional", "cleared"]
"""How far an import may go, lowest first."""
Summary = Literal[Status, "uncertain", "unknown"]
"""One word for a set of statuses (§7)."""
STATUSES: tuple[Status, ...] = get_args(Status)
RANK: dict[str, int] = {word: rank for rank, word in enumerate(STATUSES)}
PROHIBITED, BLOCKED, PENDING, IN_PRINCIPLE, CONDITIONAL, CLEARED = range(6)
ANY = 0b111111

CLAIM_TYPES = {
    "prohibited": PROHIBITED,
    "blocked": BLOCKED,
    "licence-required": PENDING,
    "review-opened": PENDING,
    "approved-in-principle": IN_PRINCIPLE,
    "cleared": CLEARED,
    "batch-approved": CLEARED,
}
"""The types of claims, each with its status where neither a review nor a condition decides (§6, last table)."""


def words(possible: int) -> list[Status]:
    """The statuses of a set, lowest first.

    >>> words(0b011000)
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
    """One word for a set: its status, ``unknown`` when it holds all six, else ``uncertain`` (§7)."""
    if possible == ANY:
        return "unknown"
    if lowest(possible) == highest(possible):
        return STATUSES[lowest(possible)]
    return "uncertain"


def minima(one: int, other: int) -> int:
    """All the minima of one status from each of two sets (§7).

    >>> words(minima(0b010000, 0b101000))
    ['in_principle', 'conditional']
    """
    ceiling = (1 << min(highest(one), highest(other)) + 1) - 1
    return (one | other) & ceiling
