"""What gates and cells answer, as much of it as ``state`` tells, each answer once and by number."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from policytracker.status.directory import Gate
from policytracker.status.words import ANY, CLEARED, lowest, together

SILENT = 0
"""The number of the answer of a gate at which no claim holds."""


class Condition(NamedTuple):
    """A condition that binds at a gate (semantics.md §8)."""

    claim: str
    key: str
    wording: str
    surely: bool
    """Whether it binds in every possible world."""


class GateTold(NamedTuple):
    """The answer of a gate."""

    possible: int
    """Its possible statuses, as bits; 0: the cell has no such gate."""
    if_open: int
    """Of a silent gate, its possible statuses if it were open (§7); of any other 0."""
    claims: tuple[str, ...]
    """Ids of the claims that stand in some possible world, in the order of §6."""
    conditions: tuple[Condition, ...]


class CellTold(NamedTuple):
    """The answer of a cell at one point."""

    possible: int
    limited_by: list[Gate]
    if_open: int | None
    gates: list[tuple[Gate, GateTold]]
    last_words: list[int | None]
    """For each gate the last publication day of a report there on the cell."""


class Numbered(NamedTuple):
    """An answer as it is kept: its claims as the last link of a list, each link to the claims before it."""

    possible: int
    if_open: int
    link: int
    conditions: tuple[Condition, ...]


class Answers:
    """Every answer that a gate comes to, by number. Lists of claims that begin alike share their links."""

    def __init__(self) -> None:
        self._numbers: dict[Numbered, int] = {Numbered(ANY, 1 << CLEARED, 0, ()): SILENT}
        self._links: dict[tuple[int, str], int] = {}

    def all(self) -> list[Numbered]:
        """Every answer, by number."""
        return list(self._numbers)

    def links(self) -> list[tuple[int, str]]:
        """The links from 1 on: the link before (0: none), and the id of a claim."""
        return list(self._links)

    def claims(self) -> list[str]:
        """The ids of all claims that stand, or whose conditions bind, at some point."""
        standing = [claim for _, claim in self._links]
        bound = [condition.claim for each in self._numbers for condition in each.conditions]
        return list(dict.fromkeys((*standing, *bound)))

    def told(self) -> list[GateTold]:
        """Every answer as it is told, by number."""
        standing: list[tuple[str, ...]] = [()]
        for before, claim in self._links:
            standing.append((*standing[before], claim))
        return [GateTold(each.possible, each.if_open, standing[each.link], each.conditions) for each in self._numbers]

    def number(
        self, possible: int, if_open: int, standing: Iterable[str] = (), conditions: tuple[Condition, ...] = ()
    ) -> int:
        """The number of an answer, given its statuses, the claims that stand, and the conditions that bind."""
        link = 0
        for claim in standing:
            link = self._links.setdefault((link, claim), len(self._links) + 1)
        return self._numbers.setdefault(Numbered(possible, if_open, link, conditions), len(self._numbers))

    def absent(self) -> int:
        """The number of the answer where a cell does not have a gate."""
        return self.number(0, 0)


def cell_of(gates: Sequence[int]) -> tuple[int, list[int]]:
    """The possible statuses of a cell, given those of its gates (0: it lacks one), and which of them limit it (§7)."""
    possible = together(bits for bits in gates if bits)
    return possible, [place for place, bits in enumerate(gates) if bits >> lowest(possible) & 1]


def cell_told(gates: Iterable[tuple[Gate, GateTold, int | None]]) -> CellTold:
    """The answer of a cell, given those of its gates with their last words; gates that it lacks are left out."""
    found = [each for each in gates if each[1].possible]
    possible, limiting = cell_of([told.possible for _, told, _ in found])
    is_silent = any(told.if_open for _, told, _ in found)
    return CellTold(
        possible,
        [found[place][0] for place in limiting],
        together(told.if_open or told.possible for _, told, _ in found) if is_silent else None,
        [(gate, told) for gate, told, _ in found],
        [word for _, _, word in found],
    )
