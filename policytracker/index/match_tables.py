"""Match tables: how the terms and scope expressions of claims match all companies, or all chips, of one registry.

A *side* is one side of the scope of a claim, as the claim is found at a point: the index terms under which it is found
there, or the scope expression that decides instead of them. Companies that all sides match alike are one class.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from policytracker.index.cells import Cells
from policytracker.index.matches import code_of
from policytracker.status.entries import Fields
from policytracker.status.scope import Match, chip_term
from policytracker.status.terms import Expression, terms_of_chip, terms_of_company

Side = tuple[bool, tuple[int, ...]]
"""Whether it is a scope expression; and its number, or the numbers of the terms."""


class Term(NamedTuple):
    """An index term: the level at which it matches, and the members that it does, as bits."""

    level: int
    members: int


class Members:
    """All companies, or all chips, of a registry, in the order of their ids."""

    def __init__(
        self,
        names: Sequence[str],
        terms_of: Callable[[str], Mapping[str, int]],
        numbers: Callable[[Iterable[str]], Mapping[str, int]],
        match: Callable[[Expression, str], Match | None],
        expression: Callable[[int], Expression],
    ) -> None:
        """``terms_of`` gives the terms of a member, each with its level; ``numbers`` those that terms have."""
        self.names = tuple(names)
        self.places = {name: place for place, name in enumerate(self.names)}
        self.every = (1 << len(self.names)) - 1
        found: dict[str, Term] = {}
        for place, name in enumerate(self.names):
            for text, level in terms_of(name).items():
                found[text] = Term(level, (found[text].members if text in found else 0) | 1 << place)
        self._texts = found
        self.terms = {number: found[text] for text, number in numbers(found).items()}
        """The terms under which some claim may be found, by number."""
        self._match, self._expression = match, expression
        self._sides: dict[Side, dict[int, int]] = {}
        self._tests: dict[str, tuple[int, int]] = {}

    def differing(self, other: "Members") -> int:
        """The members, as bits, that not the same terms match by another registry, whose members are the same."""
        found = 0
        for text in self._texts.keys() | other._texts.keys():
            mine, theirs = self._texts.get(text), other._texts.get(text)
            if mine != theirs:
                found |= (mine.members if mine else 0) ^ (theirs.members if theirs else 0)
        return found

    def ways(self, side: Side) -> dict[int, int]:
        """The members that a side matches, as bits, by the way in which it does (``matches.code_of``)."""
        found = self._sides.get(side)
        if found is None:
            is_expression, numbers = side
            found = self._of_expression(numbers[0]) if is_expression else self._of_terms(numbers)
            self._sides[side] = found
        return found

    def _of_terms(self, numbers: Iterable[int]) -> dict[int, int]:
        """Of several terms the highest level counts."""
        found: dict[int, int] = {}
        taken = 0
        for term in sorted((self.terms[number] for number in numbers if number in self.terms), reverse=True):
            members = term.members & ~taken
            if members:
                way = code_of(Match(True, term.level))
                found[way] = found.get(way, 0) | members
                taken |= members
        return found

    def _of_expression(self, number: int) -> dict[int, int]:
        """Members that the same of its selectors match, and that it does not name, are alike: one of them is asked."""
        told = self._expression(number)
        classes = [self.every]
        for selector in _selectors(told.fields):
            for members in self._of_selector(selector):
                classes = _split(classes, members)
        for name in (*told.named, *told.excluded):
            if name in self.places:
                classes = _split(classes, 1 << self.places[name])
        found: dict[int, int] = {}
        for members in classes:
            one = self.names[(members & -members).bit_length() - 1]
            way = code_of(self._match(told, one))
            if way:
                found[way] = found.get(way, 0) | members
        return found

    def _of_selector(self, selector: str | Fields) -> Iterator[int]:
        """Members by which to part all others: which of them a selector matches, and how, hangs on nothing else."""
        if isinstance(selector, str):
            term = chip_term(selector)
            if term in self._texts:
                yield self._texts[term].members
            return
        # Wheres have most of their tests in common: all members are asked about each test once.
        for test in selector["where"]:
            yield from self._of_test(test)
        for other in selector.get("of") or ():
            yield from self._of_selector(other)

    def _of_test(self, test: str) -> tuple[int, int]:
        """The members that pass a test on an attribute certainly, and those that do so possibly."""
        if test not in self._tests:
            alone = Expression({"chips": [{"where": [test]}]}, frozenset(), frozenset())
            found = [(1 << place, self._match(alone, name)) for place, name in enumerate(self.names)]
            certain = sum(bit for bit, match in found if match and match.certain)
            possible = sum(bit for bit, match in found if match and not match.certain)
            self._tests[test] = certain, possible
        return self._tests[test]


def companies_of(cells: Cells, names: Sequence[str]) -> Members:
    """Some companies of a registry, in the order given."""
    directory, matches = cells.directory, cells.matches

    def terms(name: str) -> Mapping[str, int]:
        return terms_of_company(directory.company_selectors(name))

    return Members(names, terms, cells.numbers.companies, matches.scopes.company_side, matches.expression)


def chips_of(cells: Cells, names: Sequence[str]) -> Members:
    """Some chips of a registry, in the order given."""
    directory, matches = cells.directory, cells.matches

    def terms(name: str) -> Mapping[str, int]:
        return terms_of_chip(directory.chip_selectors(name))

    return Members(names, terms, cells.numbers.chips, matches.scopes.chip_side, matches.expression)


def bits(members: int) -> Iterator[int]:
    """The places of the bits of a number."""
    while members:
        yield (members & -members).bit_length() - 1
        members &= members - 1


def members_of(ways: Mapping[int, int]) -> int:
    """All members that a side matches, in whatever way."""
    found = 0
    for members in ways.values():
        found |= members
    return found


def _split(classes: Iterable[int], members: int) -> list[int]:
    return [part for each in classes for part in (each & members, each & ~members) if part]


def _selectors(fields: Fields) -> Iterable[str | Fields]:
    """The selectors of a scope expression: a cohort's are those of its pool."""
    for name, said in fields.items():
        if name not in ("named", "excluded"):
            yield from said["of"] if isinstance(said, Mapping) else said
