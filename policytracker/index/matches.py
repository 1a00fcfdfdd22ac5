"""How the scope expressions of claims match companies and chips (semantics.md §4); each is worked out once."""

from collections.abc import Callable

from policytracker.status.directory import Directory
from policytracker.status.scope import Match, Scopes
from policytracker.status.terms import Expression, expression

MOST_KEPT = 100_000
"""Expressions that are remembered at once."""
Texts = Callable[[int], str]
"""The text of a scope expression, by its number."""


def code_of(match: Match | None) -> int:
    """How an expression matches, as a number: 0 not at all, else 1 plus twice the level, and 1 more if only possibly.

    >>> [code_of(match) for match in (None, Match(False, 0), Match(True, 3))]
    [0, 2, 7]
    """
    return 0 if match is None else 1 + 2 * match.level + (not match.certain)


class Matches:
    """How the scope expressions of one ledger match the companies and chips of one registry."""

    def __init__(self, directory: Directory, texts: Texts) -> None:
        self.scopes = Scopes(directory)
        self._texts = texts
        self._expressions: dict[int, Expression] = {}
        self._others: dict[int, int] = {}
        """How a cohort matches the companies of its pool that it neither names nor leaves out: all alike."""

    def of_company(self, company: str) -> "OneSide":
        """How expressions match a registered company, which finds them under one of its terms."""
        return OneSide(lambda number: self._company(number, company))

    def of_chip(self, chip: str) -> "OneSide":
        """How expressions match a registered chip, which finds them under one of its terms."""
        return OneSide(lambda number: code_of(self.scopes.chip_side(self.expression(number), chip)))

    def expression(self, number: int) -> Expression:
        """A scope expression, by its number."""
        found = self._expressions.get(number)
        if found is None:
            if len(self._expressions) >= MOST_KEPT:
                self._expressions.clear()
            found = self._expressions[number] = expression(self._texts(number))
        return found

    def _company(self, number: int, company: str) -> int:
        told = self.expression(number)
        if told.fields.get("except_companies") or _names(told, company):
            return code_of(self.scopes.company_side(told, company))
        if number not in self._others:
            self._others[number] = code_of(self.scopes.company_side(told, company))
        return self._others[number]


def _names(told: Expression, company: str) -> bool:
    """Whether an expression speaks of a company itself, and not of all in a pool."""
    companies = told.fields["companies"]
    if not isinstance(companies, dict) or company in told.named or company in told.excluded:
        return True
    # Whom the claim itself names finds it by that name, in the pool or not, though later words undo the naming.
    return company in (companies.get("named") or ())


class OneSide(dict[int, int]):
    """How expressions match one company, or one chip: each is worked out when it is asked for."""

    def __init__(self, match: Callable[[int], int]) -> None:
        super().__init__()
        self._match = match

    def __missing__(self, number: int) -> int:
        found = self[number] = self._match(number)
        return found
