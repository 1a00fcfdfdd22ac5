"""The made-up world: who acts, which companies and chips there are, and in which groups.

In the ledger of certain claims each company and chip is *ruled* by its own name or by its groups: ``certain.py`` says
what for. A group's members are all ruled in the same way.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from benchmarks.large import days
from benchmarks.large.words import Words

Event = dict[str, Any]

AUTHORITIES = {
    "US/export": ("bis", "ofac"),
    "CN/import": ("gacc", "mofcom"),
    "NL/export": ("cdiu", "customs-nl"),
}
ZONES = {"US/export": "America/New_York", "CN/import": "Asia/Shanghai", "NL/export": "Europe/Amsterdam"}
ABROAD = ("HK", "SG", "MY", "AE")
RULED_BY_GROUP = 0.5
"""This share of the groups rules its members; all other companies and chips are ruled by their own names."""
STEPS = 30
"""So many different figures of performance the chips have, in steps of 1,000."""
VENDORS = 12


@dataclass(frozen=True)
class Side:
    """The companies, or the chips, and the groups that they are in."""

    kind: str
    size: int
    groups: int

    @cached_property
    def ids(self) -> list[str]:
        """All of them."""
        return [f"{self.kind}-{n}" for n in range(self.size)]

    @cached_property
    def named(self) -> list[str]:
        """Those that are ruled by their own names."""
        return [name for n, name in enumerate(self.ids) if n % self.groups >= self._ruling]

    @cached_property
    def group_ids(self) -> list[str]:
        """All groups, those that rule first."""
        return [f"{self.kind}-group-{group}" for group in range(self.groups)]

    @cached_property
    def ruling_groups(self) -> list[str]:
        """The groups that rule their members."""
        return self.group_ids[: self._ruling]

    @property
    def _ruling(self) -> int:
        return round(self.groups * RULED_BY_GROUP)

    def definitions(self) -> Iterator[Event]:
        """Every one is in one group; a few are in the next one too that is like it. Every other group is complete."""
        for group, name in enumerate(self.group_ids):
            after = group + 1 if group + 1 not in (self._ruling, self.groups) else group
            members = [*self.ids[group :: self.groups], *self.ids[after :: self.groups][::16]]
            common = {"type": "group-defined", "group": name, "kind": self.kind.replace("firm", "company")}
            yield {**common, "name": name, "members": sorted(set(members)), "complete": group % 2 == 0}


@dataclass(frozen=True)
class World:
    """How many companies and chips there are, and how many groups of each."""

    companies: int = 2000
    chips: int = 200
    company_groups: int = 40
    chip_groups: int = 10

    @cached_property
    def firms(self) -> Side:
        """The companies."""
        return Side("firm", self.companies, self.company_groups)

    @cached_property
    def models(self) -> Side:
        """The chips."""
        return Side("chip", self.chips, self.chip_groups)

    @property
    def size(self) -> int:
        """How many events register it."""
        authorities = sum(map(len, AUTHORITIES.values()))
        return authorities + self.companies + self.chips + self.company_groups + self.chip_groups

    def registry(self, words: Words) -> Iterator[Event]:
        """The registrations, each after those that it names."""
        for gate, names in AUTHORITIES.items():
            jurisdiction, direction = gate.split("/")
            for name in names:
                authority = {"type": "authority-registered", "authority": name, "name": name.upper()}
                zone = {} if words.is_first else {"timezone": ZONES[gate]}
                yield {**authority, "jurisdiction": jurisdiction, "direction": direction, **zone}
        yield from (self.company(n, words) for n in range(self.companies))
        for n, name in enumerate(self.models.ids):
            yield _chip(n, name) if words.is_first else {**_chip(n, name), **_more_of_a_chip(n)}
        yield from self.firms.definitions()
        yield from self.models.definitions()

    def company(self, n: int, words: Words) -> Event:
        """One of six has a parent, an earlier company; every other of those is abroad.

        In version 2 one of eight has owners of about half of it.
        """
        name = self.firms.ids[n]
        company: Event = {"type": "company-registered", "company": name, "name": f"Firm {n}", "jurisdiction": "CN"}
        if n % 12 == 11:
            company["jurisdiction"] = ABROAD[n // 12 % len(ABROAD)]
        if n % 6 == 5:
            company["parent"] = self.firms.ids[n // 2]
        if not words.is_first and n % 8 == 6:
            shares = {n // 2: (30, 49.9, 50, 60)[n // 8 % 4], n // 3: 20}
            company["owners"] = [{"company": self.firms.ids[owner], "share": share} for owner, share in shares.items()]
        return company


def _chip(n: int, name: str) -> Event:
    """The United States control all, the Netherlands every fourth; every tenth has no known memory bandwidth."""
    attributes = {"tpp": 1000 * (n % STEPS + 1), "memory": 16 * (n % 9 + 1)}
    if n % 10 != 7:
        attributes["dram_bandwidth"] = 400 * (n % 17 + 1)
    chip = {"type": "chip-registered", "chip": name, "name": f"Chip {n}", "vendor": f"Vendor {n % VENDORS}"}
    return {**chip, "controlled_by": ["US", "NL"] if n % 4 == 3 else ["US"], "attributes": attributes}


def _more_of_a_chip(n: int) -> Event:
    """In version 2: when it was launched, of some a bound of a figure alone; every twentieth comes from China."""
    more: Event = {"launched": days.text(n * 37 % days.DAYS)} if n % 5 == 0 else {}
    if n % 10 == 2:
        more["attributes"] = {"tpp": {"min": 1000 * (n % STEPS + 1)}, "dram_bandwidth": {"min": 2000, "max": 4800}}
    return {**more, "origin": "CN"} if n % 20 == 13 else more
