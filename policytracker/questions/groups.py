"""Cells that change in the same way, by the same events, gathered for people to read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from policytracker.questions.difference_answers import StatusStep

FEW = 3
MOST_EXPLAINED = 500
"""Cells that are each explained by itself; of more, those whose statuses change alike are explained by one of them."""


class Group(NamedTuple):
    """A change, and the cells that it befalls."""

    step: StatusStep
    """One of the steps, in the shape of ``diff --json``; the others differ in company and chip alone."""
    cells: list[tuple[str, str]]
    by_one: bool = False
    """Whether the events are those of the first cell, and those of the others may differ."""

    def where(self, companies: Collection[str], chips: Collection[str]) -> list[str]:
        """The cells in words; given all companies and chips of which there is a choice."""
        return cells_by_side(self.cells, companies, chips)


def groups(steps: Iterable[StatusStep]) -> list[Group]:
    """Gather steps; those that befall most cells first, the world before our knowledge."""
    found: dict[tuple[object, ...], Group] = {}
    for step in steps:
        events = tuple((event["id"], event["claim"], event["change"]) for event in step["events"])
        key = step["changed"], tuple(step["from_possible"]), tuple(step["to_possible"]), events
        found.setdefault(key, Group(step, [])).cells.append((step["company"], step["chip"]))
    return sorted(found.values(), key=lambda group: (group.step["changed"] != "world", -len(group.cells)))


def alike(
    cells: Sequence[tuple[str, str]],
    statuses: Sequence[tuple[int, int]],
    steps: Callable[[str, str], Iterable[StatusStep]],
    most: int | None = None,
) -> list[Group]:
    """The same for cells that change in one way, of which there may be very many; those that befall most cells first.

    ``statuses`` are the possible ones of each before and after, as bits; ``steps`` explains a cell. ``most``: groups
    that are wanted; None: all.
    """
    if len(cells) <= MOST_EXPLAINED:
        return groups(step for cell in cells for step in steps(*cell))[:most]
    found: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for cell, turn in zip(cells, statuses, strict=True):
        found.setdefault(turn, []).append(cell)
    ordered = sorted(found.values(), key=len, reverse=True)
    # To explain a cell takes long where very many claims concern it: no more are explained than are wanted.
    return list(islice((Group(step, its, by_one=True) for its in ordered for step in steps(*its[0])), most))


def cells_by_side(cells: Iterable[tuple[str, str]], companies: Collection[str], chips: Collection[str]) -> list[str]:
    """Cells in words, chips of the same companies together; given all of which there is a choice."""
    by_chip: dict[str, list[str]] = {}
    for company, chip in cells:
        by_chip.setdefault(chip, []).append(company)
    by_companies: dict[tuple[str, ...], list[str]] = {}
    for chip, found in by_chip.items():
        by_companies.setdefault(tuple(found), []).append(chip)
    return [
        f"{some_of(found, companies, 'company')}: {some_of(same, chips, 'chip')}"
        for found, same in by_companies.items()
    ]


def some_of(some: Collection[str], every: Collection[str], kind: str) -> str:
    """Some of all, whichever is shorter to tell: who they are, or who they are not.

    >>> some_of(["a", "b", "c", "d"], ["a", "b", "c", "d", "e"], "chip"), some_of(["a"], ["a", "b"], "chip")
    ('every chip but e', 'a')
    """
    others = [each for each in every if each not in some]
    if len(some) <= max(FEW, len(others)):
        return ", ".join(some)
    return f"every {kind} but {', '.join(others)}" if others else f"every {kind}"
