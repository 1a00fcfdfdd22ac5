"""The registry of a day: authorities, companies, chips and groups (semantics.md §2), and the selectors that match
each (§4)."""

from collections.abc import Callable, Container, Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from policytracker.status.entries import Entry, Fields
from policytracker.status.naming import called_by, folded
from policytracker.status.owners import Owners, shares_of
from policytracker.status.registrations import REGISTRY_TYPES as REGISTRY_TYPES
from policytracker.status.registrations import Subject, by_subject, counting, subject_of
from policytracker.status.zones import UTC


class Gate(NamedTuple):
    """A jurisdiction and a direction; all its authorities speak with one voice."""

    jurisdiction: str
    direction: str

    def __str__(self) -> str:
        return f"{self.jurisdiction}/{self.direction}"


class Home(NamedTuple):
    """Where a company is."""

    jurisdiction: str
    parent: str | None
    """The id of the company that it descends from."""


def zones_of(registrations: Iterable[Fields]) -> dict[Gate, str]:
    """The time zone of each gate, whatever the day, from registrations in ledger order (§2); of any other gate UTC."""
    given = (each for each in registrations if each["type"] == "authority-registered" and each.get("timezone"))
    return {Gate(each["jurisdiction"], each["direction"]): each["timezone"] for each in given}


def line(company: str, parent_of: Callable[[str], str | None], companies: Container[str]) -> list[str]:
    """A company, its parent, its parent's parent … as far as they are among some companies."""
    found = [company]
    while (parent := parent_of(found[-1])) and parent in companies and parent not in found:
        found.append(parent)
    return found


class Directory:
    """Who and what is registered on a day, and the selectors that match each (semantics.md §2, §4)."""

    authorities: Mapping[str, Fields]
    companies: Mapping[str, Fields]
    chips: Mapping[str, Fields]
    groups: Mapping[Subject, Fields]
    """By the kind of their members and their own ids."""

    def __init__(self, entries: Iterable[Entry], day: int) -> None:
        """Build from all registry events, given in ledger order, for a day (an ordinal)."""
        self._registrations: list[Fields] = [entry.fields for entry in entries]
        authorities: dict[str, Fields] = {}
        companies: dict[str, Fields] = {}
        chips: dict[str, Fields] = {}
        groups: dict[Subject, Fields] = {}
        for (space, subject), found in by_subject(self._registrations).items():
            fields = found[0] if len(found) == 1 else counting(found, day)
            match fields["type"]:
                case "authority-registered":
                    authorities[subject] = fields
                case "company-registered":
                    companies[subject] = fields
                case "chip-registered":
                    chips[subject] = fields
                case "group-defined":
                    groups[space, subject] = fields
        self.authorities, self.companies, self.chips, self.groups = authorities, companies, chips, groups

    def gate(self, authority: str) -> Gate | None:
        """The gate that an authority guards, or None for one that is not registered."""
        found = self.authorities.get(authority)
        return Gate(found["jurisdiction"], found["direction"]) if found else None

    def zone_of(self, authority: str) -> str:
        """The time zone of the gate that an authority guards."""
        gate = self.gate(authority)
        return UTC if gate is None else self.zone(gate)

    def zone(self, gate: Gate) -> str:
        """The time zone of a gate, whatever the day."""
        return self._zones.get(gate, UTC)

    @cached_property
    def _zones(self) -> Mapping[Gate, str]:
        return zones_of(self._registrations)

    def gates(self, company: str, chip: str) -> list[Gate]:
        """The gates of a cell: export gates by jurisdiction, then the import gate (§1). A domestic chip has none."""
        own, fields = self.companies[company]["jurisdiction"], self.chips[chip]
        controls = sorted({j for j in fields["controlled_by"] if j != own})
        imports = [] if fields.get("origin") == own else [Gate(own, "import")]
        return [*(Gate(j, "export") for j in controls), *imports]

    def line(self, company: str) -> list[str]:
        """A company, its parent, its parent's parent … up to the ultimate parent."""
        return line(company, lambda each: self.companies[each].get("parent"), self.companies)

    def above(self, company: str) -> set[str]:
        """A registered company, its parent and its owners, theirs, and so on, whatever their shares."""
        found, left = {company}, [company]
        while left:
            fields = self.companies[left.pop()]
            named: set[str] = {*shares_of(fields), fields.get("parent") or company}
            more = named & self.companies.keys() - found
            found |= more
            left += more
        return found

    def groups_of(self, kind: str, member: str) -> list[str]:
        """The groups of companies (or chips) in which one of them is, by their ids."""
        return self._memberships.get((kind, member), [])

    def ids(self, kind: str) -> frozenset[str]:
        """The ids of all companies (or chips)."""
        return frozenset(self.companies if kind == "company" else self.chips)

    @cached_property
    def homes(self) -> Mapping[str, Home]:
        """The jurisdiction and the parent of every company."""
        return {each: Home(found["jurisdiction"], found.get("parent")) for each, found in self.companies.items()}

    def group_ids(self, kind: str) -> frozenset[str]:
        """The ids of all groups of companies (or of chips)."""
        return frozenset(group for of, group in self.groups if of == kind)

    @cached_property
    def _memberships(self) -> dict[Subject, list[str]]:
        found: dict[Subject, list[str]] = {}
        for (kind, group), fields in sorted(self.groups.items(), key=lambda each: each[0]):
            for member in dict.fromkeys(fields.get("members") or ()):
                found.setdefault((kind, member), []).append(group)
        return found

    def called(self, space: str, name: str) -> list[str]:
        """The ids of the companies (chips, authorities) and of the groups of these that have, or had, a name.

        The name, or identifier, is given folded. One that any registration has given still finds its subject (§2).
        """
        found = (each for each in self._registrations if name in map(folded, called_by(each)))
        return sorted({subject for of, subject in map(subject_of, found) if of == space})

    def names(self, space: str) -> list[tuple[str, str]]:
        """Every name and identifier, folded, by which ``called`` finds somebody in a space, with the id it leads to."""
        found = ((each, subject_of(each)) for each in self._registrations)
        return sorted(
            {(folded(name), subject) for each, (of, subject) in found if of == space for name in called_by(each)}
        )

    def company_selectors(self, company: str) -> dict[str, int]:
        """Every selector that matches a company, with its level (§4)."""
        line, groups = self.line(company), self.groups_of("company", company)
        levels = {"all": 0}
        levels[f"in:{self.companies[company]['jurisdiction']}"] = 1
        levels[f"hq:{self.companies[line[-1]]['jurisdiction']}"] = 1
        levels.update((group, 2) for group in groups)
        levels.update((f"under:{ancestor}", 2) for ancestor in line)
        levels.update((f"owned:{owner}", 2) for owner in self._owned_by(company, groups))
        levels[company] = 3
        return levels

    def _owned_by(self, company: str, groups: list[str]) -> list[str]:
        fields = self.companies[company]
        # Most companies have neither: of them no more is read.
        is_held = fields.get("parent") or fields.get("owners")
        return sorted(self._owners.of(company) if is_held else (*groups, company))

    @cached_property
    def _owners(self) -> Owners:
        return Owners(self.companies, lambda company: self.groups_of("company", company))

    def chip_selectors(self, chip: str) -> dict[str, int]:
        """Every selector, but for ``where``, that matches a chip, with its level (§4)."""
        levels = {"all": 0, f"vendor:{self.chips[chip]['vendor'].casefold()}": 1}
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
