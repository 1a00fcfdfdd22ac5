"""Which companies and which chips the sides of the rows match, and how, by one registry (semantics.md §4).

A side of a row is an extent or, where it has none, a selector. How it matches is one number: 0 where it does not, else
1, and twice the level, and 1 more where it matches only possibly.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from policytracker.columns.rows import Bytes, Rows, Small
from policytracker.projections.keys import CHIP, COMPANY
from policytracker.status.directory import Directory
from policytracker.status.entries import Fields
from policytracker.status.extents import Extent, chip_finders, company_finders, extent
from policytracker.status.scope import Match, Scopes

FIELD = {COMPANY: "companies", CHIP: "chips"}
"""By kind, the field of an extent that tells it from others."""
Finders = Callable[[str], Mapping[str, int]]
Rule = Callable[[Any, str], Match | None]


class Side(NamedTuple):
    """What compiled functions take of the sides of one kind."""

    starts: Small
    """For each member the first of its rows in ``selectors``; one more ends them."""
    selectors: Small
    """The selectors under which members find claims: a number and a level each."""
    matches: Bytes
    """For each side how it matches each member: extents by their numbers, then selectors by theirs."""


class Sides:
    """The sides of one kind, companies or chips."""

    def __init__(self, kind: str, rows: Rows, members: Iterable[str], finders: Finders, rule: Rule) -> None:
        self.members = tuple(members)
        self.places = {name: place for place, name in enumerate(self.members)}
        numbers = {text: number for (side, text), number in rows.selectors.items() if side == kind}
        self.first_selector = max(rows.extents, default=0) + 1
        """From this number on sides are selectors."""
        size = self.first_selector + max(numbers.values(), default=0) + 1
        matches: Bytes = np.zeros((size, len(self.members)), np.uint8)
        found: list[tuple[int, int]] = []
        starts = [0]
        for place, name in enumerate(self.members):
            under = [(numbers[text], level) for text, level in finders(name).items() if text in numbers]
            for number, level in under:
                matches[self.first_selector + number, place] = code(Match(True, level))
            found += under
            starts.append(len(found))
        self.side = Side(np.array(starts, np.int32), np.array(found, np.int32).reshape(-1, 2), matches)
        alike = Alike(self.members, finders, rule)
        for number, text in rows.extents.items():
            told = extent(text)
            if FIELD[kind] in told.fields:
                matches[number] = alike.codes(told)


class Alike:
    """Gathers members that are alike in all that an extent may ask of them: the rule is asked for one of them."""

    def __init__(self, members: tuple[str, ...], finders: Finders, rule: Rule) -> None:
        self._members, self._rule = members, rule
        self._places = {name: place for place, name in enumerate(members)}
        self._finders = [finders(name) for name in members]
        self._rows: dict[str, Bytes] = {}
        self._classes: dict[str, NDArray[np.intp]] = {}

    def codes(self, told: Extent) -> Bytes:
        """How an extent matches each member."""
        classes = self._gathered(told.fields)
        alone = sorted({self._places[name] for name in (*told.named, *told.excluded) if name in self._places})
        classes[alone] = np.arange(len(self._members), len(self._members) + len(alone))
        _, firsts, inverse = np.unique(classes, return_index=True, return_inverse=True)
        asked = [code(self._rule(told, self._members[first])) for first in firsts.tolist()]
        found: Bytes = np.array(asked, np.uint8)[inverse]
        return found

    def _gathered(self, fields: Fields) -> NDArray[np.intp]:
        """A number for each member: the same for those whom the same of an extent's selectors match."""
        asked = (said for name, said in fields.items() if name not in ("named", "excluded"))
        selectors = [selector for said in asked for selector in _selectors(said)]
        name = json.dumps(selectors)
        if name not in self._classes:
            rows = np.array([self._row(selector) for selector in selectors])
            self._classes[name] = np.unique(rows, axis=1, return_inverse=True)[1].ravel()
        return self._classes[name].copy()

    def _row(self, selector: str | Fields) -> Bytes:
        """How one selector matches each member."""
        name = json.dumps(selector)
        if name not in self._rows:
            self._rows[name] = np.array([self._one(selector, place) for place in range(len(self._members))], np.uint8)
        return self._rows[name]

    def _one(self, selector: str | Fields, place: int) -> int:
        if isinstance(selector, str):
            return self._finders[place].get(selector, -1) + 1
        return code(self._rule(Extent({"chips": [selector]}, frozenset(), frozenset()), self._members[place]))


def _selectors(said: Any) -> Iterable[str | Fields]:
    """The selectors of one field of an extent: a cohort's are those of its pool."""
    found: Iterable[str | Fields] = said["of"] if isinstance(said, Mapping) else said
    return found


def code(match: Match | None) -> int:
    """How a side matches, as a number.

    >>> [code(match) for match in (None, Match(False, 0), Match(True, 3))]
    [0, 2, 7]
    """
    return 0 if match is None else 1 + 2 * match.level + (not match.certain)


def company_sides(rows: Rows, directory: Directory) -> Sides:
    """The companies' sides, by a registry; members in the order of their ids."""
    rule = Scopes(directory).company_side
    members = sorted(directory.companies)
    return Sides(COMPANY, rows, members, lambda name: company_finders(directory.company_selectors(name)), rule)


def chip_sides(rows: Rows, directory: Directory) -> Sides:
    """The chips' sides, by a registry; members in the order of their ids."""
    rule = Scopes(directory).chip_side
    return Sides(CHIP, rows, sorted(directory.chips), lambda name: chip_finders(directory.chip_selectors(name)), rule)
