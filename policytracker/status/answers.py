"""The answers of gates, each kept once (semantics.md §6, §7)."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from policytracker.status.claims import Claim
from policytracker.status.force import in_force, turning_days
from policytracker.status.prevails import Holding, holding
from policytracker.status.scope import CellMatch
from policytracker.status.stories import IDLE, NO_ROLE, Steps
from policytracker.status.walks import Walks
from policytracker.status.words import ANY

MOST_DECIDED = 100_000
Conditions = tuple[tuple[str, str], ...]
"""Conditions that bind, each with its wording."""


class Role(NamedTuple):
    """A claim as it holds for some cells on some days, with the conditions that bind on it then."""

    holding: Holding
    conditions: Conditions


class GateTold(NamedTuple):
    """The answer of a gate, as much of it as ``state`` tells."""

    possible: int
    """Its possible statuses, as bits."""
    claims: tuple[str, ...]
    """Ids of the claims that stand in some possible world, in the order of §6."""
    conditions: Conditions
    """Those that bind on these claims; of one key, the later word."""


class Script:
    """What claims do to the cells that they match, day by day; every role has a number, in the order of §6."""

    def __init__(self, claims: Sequence[Claim], matches: Iterable[tuple[int, CellMatch]]) -> None:
        """``matches`` are places among the claims, each with a way in which that one matches."""
        days = {(place, match): list(_roles(claims[place], match)) for place, match in matches}
        self.roles = sorted({role for found in days.values() for _, role in found if role is not None})
        numbers = {role: number for number, role in enumerate(self.roles)}
        self.steps: dict[tuple[int, CellMatch], Steps] = {
            each: (*IDLE, *((day, NO_ROLE if role is None else numbers[role]) for day, role in found))
            for each, found in days.items()
        }


def _roles(claim: Claim, match: CellMatch) -> Iterator[tuple[int, Role | None]]:
    """The days on which what a claim does may change, and what it does from each on."""
    for day in sorted(set(turning_days(claim))):
        force = in_force(claim, day)
        if force is None:
            yield day, None
        else:
            yield day, Role(holding(claim, match, force, day), tuple(claim.binding(day).items()))


class Answers:
    """Every answer that a gate comes to, by number; 0 is that of a gate where no claim holds.

    The claims that stand are kept as a list of links, each to the claims before it: lists that begin alike share them.
    """

    def __init__(self) -> None:
        self._numbers: dict[tuple[int, int, Conditions], int] = {(ANY, 0, ()): 0}
        self._links: dict[tuple[int, str], int] = {}
        self._walks = Walks()

    def all(self) -> list[tuple[int, int, Conditions]]:
        """Possible statuses as bits, the last link of the claims that stand, and the conditions that bind on these."""
        return list(self._numbers)

    def links(self) -> list[tuple[int, str]]:
        """The links from 1 on: the link before (0: none), and the id of a claim."""
        return list(self._links)

    def told(self) -> list[GateTold]:
        """Every answer, by number."""
        standing: list[tuple[str, ...]] = [()]
        for before, claim in self._links:
            standing.append((*standing[before], claim))
        return [GateTold(possible, standing[link], conditions) for possible, link, conditions in self._numbers]

    def decider(self, among: Sequence[Role]) -> "Decider":
        """What decides over claims that hold, given by their numbers among these roles, which are in order."""
        return Decider(self, self._walks, among)

    def number(self, possible: int, standing: Iterable[Role]) -> int:
        """The number of an answer, given its statuses and the claims that stand."""
        link = 0
        conditions: dict[str, str] = {}
        for role in standing:
            link = self._links.setdefault((link, role.holding.id), len(self._links) + 1)
            conditions.update(role.conditions)
        return self._numbers.setdefault((possible, link, tuple(conditions.items())), len(self._numbers))


class Decider:
    """From the roles that hold at a gate to the number of its answer."""

    def __init__(self, answers: Answers, walks: Walks, among: Sequence[Role]) -> None:
        self._answers = answers
        self._walks = walks
        self._roles = among
        self._kinds = [walks.kind(role.holding) for role in among]
        self._decided: dict[tuple[int, ...], int] = {}

    def __call__(self, held: tuple[int, ...]) -> int:
        """``held`` are numbers of roles, the lowest first."""
        found = self._decided.get(held)
        if found is None:
            possible, standing = self._walks.outcome([self._kinds[role] for role in held])
            found = self._answers.number(possible, (self._roles[held[place]] for place in standing))
            if len(self._decided) >= MOST_DECIDED:
                self._decided.clear()
            self._decided[held] = found
        return found
