"""Cells that change in the same way, by the same events, gathered for people to read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from policytracker.questions.claim_answers import CellStep

FEW = 3


class Group(NamedTuple):
    """A change, and the cells that it befalls."""

    step: CellStep
    """One of the steps, in the shape of ``diff --json``; the others differ in company and chip alone."""
    cells: list[tuple[str, str]]

    def where(self, companies: Collection[str], chips: Collection[str]) -> list[str]:
        """The cells in words, chips that befall the same companies together; given all of which there is a choice."""
        by_chip: dict[str, list[str]] = {}
        for company, chip in self.cells:
            by_chip.setdefault(chip, []).append(company)
        by_companies: dict[tuple[str, ...], list[str]] = {}
        for chip, found in by_chip.items():
            by_companies.setdefault(tuple(found), []).append(chip)
        return [
            f"{some_of(found, companies, 'company')}: {some_of(same, chips, 'chip')}"
            for found, same in by_companies.items()
        ]


def groups(steps: Iterable[CellStep]) -> list[Group]:
    """Gather steps; those that befall most cells first, the world before our knowledge."""
    found: dict[tuple[object, ...], Group] = {}
    for step in steps:
        events = tuple((event["id"], event["claim"], event["change"]) for event in step["events"])
        key = step["changed"], tuple(step["from_possible"]), tuple(step["to_possible"]), events
        found.setdefault(key, Group(step, [])).cells.append((step["company"], step["chip"]))
    return sorted(found.values(), key=lambda group: (group.step["changed"] != "world", -len(group.cells)))


def some_of(some: Collection[str], every: Collection[str], kind: str) -> str:
    """Some of all, whichever is shorter to tell: who they are, or who they are not.

    >>> some_of(["a", "b", "c", "d"], ["a", "b", "c", "d", "e"], "chip"), some_of(["a"], ["a", "b"], "chip")
    ('every chip but e', 'a')
    """
    others = [each for each in every if each not in some]
    if len(some) <= max(FEW, len(others)):
        return ", ".join(some)
    return f"every {kind} but {', '.join(others)}" if others else f"every {kind}"
