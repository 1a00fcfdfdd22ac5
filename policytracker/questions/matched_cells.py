"""Which registered companies and chips a claim may reach, certainly or possibly (semantics.md §4)."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, product
from typing import Any

from policytracker.status.claims import Claim
from policytracker.status.directory import Directory, Gate, Home, line
from policytracker.status.scope import Scoped, Scopes, chip_term, count_range

Members = dict[str, frozenset[str]]
"""For each selector the ids of those that it matches."""
NOBODY: frozenset[str] = frozenset()
MOST_KEPT = 2_000_000
"""Companies of scopes that are remembered at once, counted in each scope."""


class MatchedCells:
    """Matches claims with a registry as a whole. The cells that a claim matches are companies × chips.

    A registry is indexed by selector once. A claim then costs what it matches, however many companies there are: an
    import has a claim for each company of a long list.
    """

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self._scopes = Scopes(directory)
        self._companies: dict[tuple[Any, ...], frozenset[str]] = {}
        self._kept = 0
        """How many companies are remembered there in all."""
        self._chips: dict[str, frozenset[str]] = {}
        self._selected: dict[str, frozenset[str]] = {}
        """The companies that a selector matches."""

    def companies(self, claim: Scoped) -> frozenset[str]:
        """The ids of the companies that a claim matches."""
        said = claim.fields["companies"], claim.fields.get("except_companies")
        key = json.dumps(said, sort_keys=True), claim.named, claim.excluded
        found = self._companies.get(key)
        if found is None:
            found = self._matched(claim)
            self._kept += len(found)
            if self._kept > MOST_KEPT:
                self._companies.clear()
                self._kept = len(found)
            self._companies[key] = found
        return found

    def chips(self, claim: Scoped) -> frozenset[str]:
        """The ids of the chips that a claim matches."""
        said, excepted = claim.fields["chips"], claim.fields.get("except_chips") or ()
        key = json.dumps([said, excepted], sort_keys=True)
        if key not in self._chips:
            named = [chip_term(selector) for selector in said if isinstance(selector, str)]
            has_tests = len(named) < len(said)
            found = map(self._chips_of, named)
            candidates = self.ids["chip"] if has_tests else chain.from_iterable(found)
            # Each of these is matched by its selector already; only tests and exceptions have to be looked at.
            is_plain = not (has_tests or excepted)
            sides = candidates if is_plain else (chip for chip in candidates if self._scopes.chip_side(claim, chip))
            self._chips[key] = frozenset(sides)
        return self._chips[key]

    def cells(self, claim: Claim) -> Iterator[tuple[str, str]]:
        """The pairs of a company and a chip that a claim matches."""
        return product(self.companies(claim), self.chips(claim))

    def overlap(self, one: Claim, other: Claim) -> bool:
        """Whether two claims share a cell."""
        return not self.companies(one).isdisjoint(self.companies(other)) and not self.chips(one).isdisjoint(
            self.chips(other)
        )

    def applies(self, gate: Gate, claim: Claim) -> bool:
        """Whether a gate is one of some cell's that a claim matches. A domestic chip has no import gate (§1)."""
        if not any(self._passes(chip, gate) for chip in self.chips(claim)):
            return False
        companies, at_home = self.companies(claim), self._by_home.get(gate.jurisdiction, NOBODY)
        return not (companies.isdisjoint(at_home) if gate.direction == "import" else companies <= at_home)

    def _passes(self, chip: str, gate: Gate) -> bool:
        """Whether a chip has to pass a gate, if the company is at the right side of it."""
        fields = self.directory.chips[chip]
        if gate.direction == "import":
            return bool(fields.get("origin") != gate.jurisdiction)
        return gate.jurisdiction in fields["controlled_by"]

    def _matched(self, claim: Scoped) -> frozenset[str]:
        """The companies that a claim matches, by sets: a claim may name one of thousands, and there is one for each."""
        companies = claim.fields["companies"]
        if isinstance(companies, dict):
            count = companies.get("count")
            most = None if count is None else count_range(count)[1]
            is_full = most is not None and len(claim.named) >= most
            others = NOBODY if is_full else self._any_of(companies["of"]) - claim.excluded
            found = others.union(company for company in claim.named if company in self.directory.companies)
        else:
            found = self._any_of(companies)
        excepted = claim.fields.get("except_companies")
        return found - self._any_of(excepted) if excepted else found

    def _any_of(self, selectors: Sequence[str]) -> frozenset[str]:
        """The companies that one of some selectors matches."""
        sets = [self._companies_of(selector) for selector in selectors]
        return sets[0] if len(sets) == 1 else NOBODY.union(*sets)

    def _companies_of(self, selector: str) -> frozenset[str]:
        """The companies that a selector matches. Ids, groups and all need no index: one of a large registry costs."""
        if selector not in self._selected:
            kind, _, home = selector.partition(":")
            if selector == "all":
                found = self.ids["company"]
            elif kind == "in" and home:
                found = self._by_home.get(home, NOBODY)
            elif kind == "hq":
                found = self._by_head.get(home, NOBODY)
            elif kind == "under":
                found = self._under(home)
            else:
                found = frozenset(self._named("company", selector)) or self._by_selector.get(selector, NOBODY)
            self._selected[selector] = found
        return self._selected[selector]

    def _chips_of(self, selector: str) -> Iterable[str]:
        return self._named("chip", selector) or self._by_chip_selector.get(selector, NOBODY)

    def _named(self, kind: str, selector: str) -> Iterable[str]:
        subjects = self.ids[kind]
        if selector == "all":
            return subjects
        if ":" in selector:
            return ()
        if selector in subjects:
            return (selector,)
        group = self.directory.groups.get((kind, selector))
        return [each for each in group.get("members") or () if each in subjects] if group else ()

    @cached_property
    def ids(self) -> Mapping[str, frozenset[str]]:
        """The ids of all companies, and of all chips."""
        return {kind: self.directory.ids(kind) for kind in ("company", "chip")}

    @cached_property
    def _homes(self) -> Mapping[str, Home]:
        return self.directory.homes

    @cached_property
    def _by_head(self) -> Members:
        """The companies whose ultimate parent is of each jurisdiction."""
        return _indexed(self._homes, lambda company: [self._homes[self._line(company)[-1]].jurisdiction])

    def _under(self, company: str) -> frozenset[str]:
        """A company and all that descend from it; none where it is not registered."""
        found, left = {company}, [company]
        while left:
            more = self._children.get(left.pop(), NOBODY) - found
            found |= more
            left += more
        return frozenset(found) if company in self._homes else NOBODY

    @cached_property
    def _children(self) -> Members:
        return _indexed(self._homes, lambda company: filter(None, [self._homes[company].parent]))

    def _line(self, company: str) -> list[str]:
        """As ``Directory.line`` gives it, from what is read of all companies at once."""
        return line(company, lambda each: self._homes[each].parent, self._homes)

    @cached_property
    def _by_selector(self) -> Members:
        return _indexed(self.directory.companies, self.directory.company_selectors)

    @cached_property
    def _by_chip_selector(self) -> Members:
        return _indexed(self.directory.chips, self.directory.chip_selectors)

    @cached_property
    def _by_home(self) -> Members:
        """The companies of each jurisdiction."""
        return _indexed(self._homes, lambda company: [self._homes[company].jurisdiction])


def _indexed(subjects: Iterable[str], selectors: Callable[[str], Iterable[str]]) -> Members:
    found: dict[str, list[str]] = {}
    for subject in subjects:
        for selector in selectors(subject):
            found.setdefault(selector, []).append(subject)
    return {selector: frozenset(matched) for selector, matched in found.items()}
