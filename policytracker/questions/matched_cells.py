"""Which registered companies and chips a claim may reach, certainly or possibly (semantics.md §4)."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain, product
from typing import Any

from policytracker.status.claims import Claim
from policytracker.status.directory import Directory, Gate
from policytracker.status.entries import Fields
from policytracker.status.scope import Scopes, chip_term

Members = dict[str, frozenset[str]]
"""For each selector the ids of those that it matches."""
NOBODY: frozenset[str] = frozenset()


class MatchedCells:
    """Matches claims with a registry as a whole. The cells that a claim matches are companies × chips.

    A registry is indexed by selector once. A claim then costs what it matches, however many companies there are: an
    import has a claim for each company of a long list.
    """

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self._scopes = Scopes(directory)
        self._companies: dict[tuple[Any, ...], frozenset[str]] = {}
        self._chips: dict[str, frozenset[str]] = {}

    def companies(self, claim: Claim) -> frozenset[str]:
        """The ids of the companies that a claim matches."""
        said = claim.fields["companies"], claim.fields.get("except_companies")
        key = json.dumps(said, sort_keys=True), claim.named, claim.excluded
        if key not in self._companies:
            self._companies[key] = frozenset(self._matched(claim))
        return self._companies[key]

    def chips(self, claim: Claim) -> frozenset[str]:
        """The ids of the chips that a claim matches."""
        said, excepted = claim.fields["chips"], claim.fields.get("except_chips") or ()
        key = json.dumps([said, excepted], sort_keys=True)
        if key not in self._chips:
            named = [chip_term(selector) for selector in said if isinstance(selector, str)]
            has_tests = len(named) < len(said)
            found = map(self._chips_of, named)
            candidates = self.directory.chips if has_tests else chain.from_iterable(found)
            self._chips[key] = frozenset(chip for chip in candidates if self._scopes.chip_side(claim, chip))
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
        """Whether a gate is one of some cell's that a claim matches. It looks no further than the first company.

        A domestic chip has no import gate (semantics.md §1).
        """
        is_import = gate.direction == "import"
        at_home = self._by_home.get(gate.jurisdiction, NOBODY)
        passes = any(self._passes(chip, gate) for chip in self.chips(claim))
        return passes and any((company in at_home) == is_import for company in self._matched(claim))

    def _passes(self, chip: str, gate: Gate) -> bool:
        """Whether a chip has to pass a gate, if the company is at the right side of it."""
        fields = self.directory.chips[chip]
        if gate.direction == "import":
            return bool(fields.get("origin") != gate.jurisdiction)
        return gate.jurisdiction in fields["controlled_by"]

    def _matched(self, claim: Claim) -> Iterator[str]:
        """The companies that a claim matches, some more than once. The first is found soon, however many there are."""
        companies = claim.fields["companies"]
        is_cohort = isinstance(companies, dict)
        selectors = [*claim.named, *companies["of"]] if is_cohort else companies
        for company in chain.from_iterable(map(self._companies_of, selectors)):
            in_it = not is_cohort or self._scopes.company_match(claim, company) is not None
            if in_it and not self._scopes.excepts_company(claim, company):
                yield company

    def _companies_of(self, selector: str) -> Iterable[str]:
        """The companies that a selector matches. Ids, groups and all need no index: one of a large registry costs."""
        kind, _, home = selector.partition(":")
        if kind == "in" and home:
            return self._by_home.get(home, NOBODY)
        return self._named("company", selector, self.directory.companies) or self._by_selector.get(selector, NOBODY)

    def _chips_of(self, selector: str) -> Iterable[str]:
        return self._named("chip", selector, self.directory.chips) or self._by_chip_selector.get(selector, NOBODY)

    def _named(self, kind: str, selector: str, subjects: Mapping[str, Fields]) -> Iterable[str]:
        if selector == "all":
            return subjects
        if ":" in selector:
            return ()
        if selector in subjects:
            return (selector,)
        group = self.directory.groups.get((kind, selector))
        return [each for each in group.get("members") or () if each in subjects] if group else ()

    @cached_property
    def _by_selector(self) -> Members:
        return _indexed(self.directory.companies, self.directory.company_selectors)

    @cached_property
    def _by_chip_selector(self) -> Members:
        return _indexed(self.directory.chips, self.directory.chip_selectors)

    @cached_property
    def _by_home(self) -> Members:
        """The companies of each jurisdiction."""
        return _indexed(self.directory.companies, lambda company: [self.directory.companies[company]["jurisdiction"]])


def _indexed(subjects: Iterable[str], selectors: Callable[[str], Iterable[str]]) -> Members:
    found: dict[str, list[str]] = {}
    for subject in subjects:
        for selector in selectors(subject):
            found.setdefault(selector, []).append(subject)
    return {selector: frozenset(matched) for selector, matched in found.items()}
