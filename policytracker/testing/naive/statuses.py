"""The seven statuses (semantics.md §1, §7)."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

STATUSES = ("prohibited", "blocked", "pending", "in_principle", "licensable", "conditional", "cleared")
RANK = {word: rank for rank, word in enumerate(STATUSES)}
ANY_STATUS = frozenset(range(len(STATUSES)))

Possible = frozenset[int]
"""Possible statuses, as ranks."""


def minima(gates: Iterable[Possible]) -> Possible:
    """§7: all the minima of one possible status from each gate. §1: a cell without gates is cleared."""
    return frozenset(min(choice, default=RANK["cleared"]) for choice in itertools.product(*gates))


def word(possible: Possible) -> str:
    """§7: one possible status is the answer; all seven are `unknown`; otherwise it is `uncertain`."""
    if len(possible) == 1:
        return STATUSES[min(possible)]
    return "unknown" if possible == ANY_STATUS else "uncertain"


def words(possible: Possible) -> list[str]:
    """§1: statuses are written as words, the lowest first."""
    return [STATUSES[rank] for rank in sorted(possible)]
