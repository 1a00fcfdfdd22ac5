"""Which registered companies and chips a claim may reach, certainly or possibly (semantics.md §4)."""

import json
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from policytracker.status.claims import Claim
from policytracker.status.directory import Directory, Gate
from policytracker.status.scope import Scopes


class Reach:
    """Matches claims with a registry as a whole. The cells that a claim matches are companies × chips."""

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
            self._companies[key] = frozenset(
                company
                for company in self.directory.companies
                if self._scopes.company_match(claim, company) and not self._scopes.excepts_company(claim, company)
            )
        return self._companies[key]

    def chips(self, claim: Claim) -> frozenset[str]:
        """The ids of the chips that a claim matches."""
        said, excepted = claim.fields["chips"], claim.fields.get("except_chips") or ()
        key = json.dumps([said, excepted], sort_keys=True)
        if key not in self._chips:
            self._chips[key] = frozenset(
                chip
                for chip in self.directory.chips
                if self._scopes.chip_match(said, chip)
                and not ((out := self._scopes.chip_match(excepted, chip)) and out.certain)
            )
        return self._chips[key]

    def cells(self, claim: Claim) -> Iterator[tuple[str, str]]:
        """The pairs of a company and a chip that a claim matches."""
        return product(self.companies(claim), self.chips(claim))

    def overlap(self, one: Claim, other: Claim) -> bool:
        """Whether two claims share a cell."""
        return not self.companies(one).isdisjoint(self.companies(other)) and not self.chips(one).isdisjoint(
            self.chips(other)
        )

    def applies(self, gate: Gate, companies: frozenset[str], chips: frozenset[str]) -> bool:
        """Whether a gate is one of some cell's."""
        abroad = [self._at_home(company) != gate.jurisdiction for company in companies]
        if gate.direction == "import":
            return bool(chips) and not all(abroad)
        return any(abroad) and any(gate.jurisdiction in self._controls(chip) for chip in chips)

    def _at_home(self, company: str) -> str:
        fields: Mapping[str, Any] = self.directory.companies[company]
        return str(fields["jurisdiction"])

    def _controls(self, chip: str) -> list[str]:
        return list(self.directory.chips[chip]["controlled_by"])
