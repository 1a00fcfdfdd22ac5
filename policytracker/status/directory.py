"""The registry as it stands: authorities, companies, chips and groups; the newest wins (semantics.md §2)."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from policytracker.status.entries import Entry, Fields
from policytracker.status.naming import folded, names_of

REGISTRY_TYPES = {
    "authority-registered": "authority",
    "company-registered": "company",
    "chip-registered": "chip",
    "group-defined": "group",
}


class Gate(NamedTuple):
    """A jurisdiction and a direction; all its authorities speak with one voice."""

    jurisdiction: str
    direction: str

    def __str__(self) -> str:
        return f"{self.jurisdiction}/{self.direction}"


class Directory:
    """Who and what is registered, and the selectors that match each (semantics.md §4)."""

    authorities: Mapping[str, Fields]
    companies: Mapping[str, Fields]
    chips: Mapping[str, Fields]
    groups: Mapping[tuple[str, str], Fields]
    """By the kind of their members and their own ids."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Build from registry events, given in ledger order."""
        authorities: dict[str, Fields] = {}
        companies: dict[str, Fields] = {}
        chips: dict[str, Fields] = {}
        groups: dict[tuple[str, str], Fields] = {}
        for entry in entries:
            fields = entry.fields
            match fields["type"]:
                case "authority-registered":
                    authorities[fields["authority"]] = fields
                case "company-registered":
                    companies[fields["company"]] = fields
                case "chip-registered":
                    chips[fields["chip"]] = fields
                case "group-defined":
                    groups[fields["kind"], fields["group"]] = fields
        self.authorities, self.companies, self.chips, self.groups = authorities, companies, chips, groups

    def gate(self, authority: str) -> Gate | None:
        """The gate that an authority guards, or None for one that is not registered."""
        found = self.authorities.get(authority)
        return Gate(found["jurisdiction"], found["direction"]) if found else None

    def gates(self, company: str, chip: str) -> list[Gate]:
        """The gates of a cell: export gates by jurisdiction, then the import gate (§1)."""
        own = self.companies[company]["jurisdiction"]
        controls = sorted({j for j in self.chips[chip]["controlled_by"] if j != own})
        return [*(Gate(j, "export") for j in controls), Gate(own, "import")]

    def line(self, company: str) -> list[str]:
        """A company, its parent, its parent's parent … up to the ultimate parent."""
        line = [company]
        while (parent := self.companies[line[-1]].get("parent")) and parent in self.companies and parent not in line:
            line.append(parent)
        return line

    def groups_of(self, kind: str, member: str) -> list[str]:
        """The groups of companies (or chips) in which one of them is."""
        return self._memberships.get((kind, member), [])

    @cached_property
    def _memberships(self) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = {}
        for (kind, group), fields in self.groups.items():
            for member in dict.fromkeys(fields.get("members") or ()):
                found.setdefault((kind, member), []).append(group)
        return found

    def called(self, space: str, name: str) -> list[str]:
        """The ids of the companies (chips, authorities) and of the groups of these that have a name, given folded."""
        registered = {"authority": self.authorities, "company": self.companies, "chip": self.chips}[space]
        groups = ((group, fields) for (kind, group), fields in self.groups.items() if kind == space)
        named = chain(registered.items(), groups)
        return [subject for subject, fields in named if name in map(folded, names_of(fields))]

    def company_selectors(self, company: str) -> dict[str, int]:
        """Every selector that matches a company, with its level (§4)."""
        line = self.line(company)
        levels = {"all": 0}
        levels[f"in:{self.companies[company]['jurisdiction']}"] = 1
        levels[f"hq:{self.companies[line[-1]]['jurisdiction']}"] = 1
        levels.update((group, 2) for group in self.groups_of("company", company))
        levels.update((f"under:{ancestor}", 2) for ancestor in line)
        levels[company] = 3
        return levels

    def chip_selectors(self, chip: str) -> dict[str, int]:
        """Every selector, but for ``where``, that matches a chip, with its level (§4)."""
        levels = {"all": 0}
        levels.update((group, 1) for group in self.groups_of("chip", chip))
        levels[chip] = 2
        return levels

    def pool(self, selectors: Iterable[str]) -> frozenset[str] | None:
        """The companies of a closed pool, or None when the pool is open (§4)."""
        companies: set[str] = set()
        for selector in selectors:
            group = self.groups.get(("company", selector))
            if selector in self.companies:
                companies.add(selector)
            elif group is not None and group.get("complete"):
                companies.update(group.get("members") or ())
            else:
                return None
        return frozenset(companies)
