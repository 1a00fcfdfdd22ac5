"""Whether the scope of a shipment lies within that of an approval on a day (semantics.md §4, §8)."""

from functools import cached_property
from typing import TypeVar

from policytracker.questions.matched_cells import MatchedCells
from policytracker.status.matched_scope import MatchedScope
from policytracker.status.scope import Scopes
from policytracker.status.terms import Expression, expression

Value = TypeVar("Value")
MOST_KEPT = 20_000
"""Sides of scopes that are remembered at once."""


class Sides:
    """What the sides of scopes, given as scope expressions, match with the registry of a day."""

    def __init__(self, matched: MatchedCells) -> None:
        self.matched = matched
        self.scopes = Scopes(matched.directory)
        self._companies: dict[str, frozenset[str]] = {}
        self._chips: dict[str, frozenset[str]] = {}
        self._tests: dict[str, Expression | None] = {}
        self._somebody: dict[str, bool] = {}
        self._something: dict[str, bool] = {}

    def companies(self, text: str) -> frozenset[str]:
        """The companies that a side matches."""
        found = self._companies.get(text)
        if found is None:
            found = _bound(self._companies)[text] = self.matched.companies(expression(text))
        return found

    def chips(self, text: str) -> frozenset[str]:
        """The chips that a side matches."""
        found = self._chips.get(text)
        if found is None:
            found = _bound(self._chips)[text] = self.matched.chips(expression(text))
        return found

    def tests(self, text: str) -> Expression | None:
        """A side of chips, where it tests their attributes: of many such sides it takes long to find all chips."""
        if text not in self._tests:
            side = expression(text)
            is_plain = all(isinstance(selector, str) for selector in side.fields["chips"])
            _bound(self._tests)[text] = None if is_plain else side
        return self._tests[text]

    def has_companies(self, text: str) -> bool:
        """Whether a side matches a company."""
        found = self._somebody.get(text)
        if found is None:
            found = _bound(self._somebody)[text] = self._names(expression(text)) or bool(self.companies(text))
        return found

    def _names(self, side: Expression) -> bool:
        """Whether a side matches, for sure, a company that it names."""
        said = side.fields["companies"]
        is_plain = isinstance(said, list) and not side.fields.get("except_companies")
        return is_plain and any(selector.removeprefix("under:") in self.matched.ids["company"] for selector in said)

    def has_chips(self, text: str) -> bool:
        """Whether a side matches a chip."""
        found = self._something.get(text)
        if found is None:
            side = self.tests(text)
            every = self.matched.ids["chip"]
            found = bool(self.chips(text)) if side is None else any(self.scopes.chip_side(side, chip) for chip in every)
            _bound(self._something)[text] = found
        return found


class ScopeOnDay(MatchedScope):
    """The cells of a scope on a day; its companies and chips are worked out where they are asked for."""

    def __init__(self, sides: Sides, companies: str, chips: str) -> None:
        """Both sides are scope expressions."""
        self._sides = sides
        self.texts = companies, chips

    @property
    def companies(self) -> frozenset[str]:
        return self._sides.companies(self.texts[0])

    @property
    def chips(self) -> frozenset[str]:
        return self._sides.chips(self.texts[1])


class Within:
    """Tells which scopes lie within that of one approval."""

    def __init__(self, scope: ScopeOnDay, sides: Sides) -> None:
        """``scope``: that of the approval."""
        self._scope, self._sides = scope, sides
        companies, chips = map(expression, scope.texts)
        self._has_all_companies = _has_all(companies, "companies")
        self._has_all_chips = _has_all(chips, "chips")
        self._of_chips: dict[str, bool] = {}
        """By the chips of a scope, whether all of them are the approval's."""

    def __call__(self, companies: str, chips: str) -> bool:
        """Whether a scope, given by its sides, lies within it. One without cells does."""
        if not self._has_all_chips and chips not in self._of_chips:
            self._of_chips[chips] = self._has_chips(chips)
        if (self._has_all_chips or self._of_chips[chips]) and self._has_companies(companies):
            return True
        return not self._sides.has_companies(companies) or not self._sides.has_chips(chips)

    def _has_companies(self, text: str) -> bool:
        return self._has_all_companies or self._sides.companies(text) <= self._scope.companies

    def _has_chips(self, text: str) -> bool:
        side = self._sides.tests(text)
        if side is None:
            return self._sides.chips(text) <= self._scope.chips
        # One chip that the tests match, and the approval does not, is enough.
        return not any(self._sides.scopes.chip_side(side, chip) for chip in self._other_chips)

    @cached_property
    def _other_chips(self) -> frozenset[str]:
        return self._sides.matched.ids["chip"] - self._scope.chips


def _has_all(side: Expression, name: str) -> bool:
    """Whether a side has everybody, or everything."""
    said = side.fields[name]
    return isinstance(said, list) and "all" in said and not side.fields.get(f"except_{name}")


def _bound(kept: dict[str, Value]) -> dict[str, Value]:
    """Make room for one more."""
    if len(kept) >= MOST_KEPT:
        kept.clear()
    return kept
