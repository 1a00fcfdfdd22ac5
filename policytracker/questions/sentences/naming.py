"""Who and what a sentence is about: companies, chips and authorities by the names of the registry."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from policytracker.events.selectors import test
from policytracker.questions.sentences.places import place
from policytracker.questions.sources import NUMBERS
from policytracker.status.directory import Directory
from policytracker.status.entries import Fields

MOST_NAMED: Final = 4
"""Names that a sentence gives; of more it counts the rest."""
SELECTORS: Final = {
    "under": "{} with its subsidiaries",
    "owned": "{} and companies at least half owned by it",
}
"""Selectors of companies by another company or a group (semantics.md §4)."""
MOST_TESTS: Final = 4
"""Tests of attributes that a sentence tells; the precise line beside it tells all."""
HAVING: Final = " with "
"""Before what chips must have; what follows stands after a comma."""
ALTERNATIVE: Final = ", or "
"""Between the tests of which one must hold."""
BY_RULE: Final = "chips of a certain performance"
"""Chips of more tests than a sentence tells."""
SIGNS: Final = {
    "<=": "of {} or less",
    ">=": "of {} or more",
    "<": "below {}",
    ">": "above {}",
    "=": "of {}",
}
TPP: Final = "a total processing performance (TPP)"
ATTRIBUTES: Final = {
    "tpp": (TPP, ""),
    "performance_density": ("a performance density", ""),
    "dram_bandwidth": ("a memory bandwidth", " GB/s"),
    "io_bandwidth": ("an interconnect bandwidth", " GB/s"),
    "die_area": ("a die area", " mm²"),
    "memory": ("a memory", " GB"),
}
"""Attributes of chips and their units (interchange.md); ``datacentre`` has words of its own."""


def number(count: int) -> str:
    """A count as a sentence has it: up to ten in a word.

    >>> number(2), number(1234)
    ('two', '1,234')
    """
    return NUMBERS[count] if count < len(NUMBERS) else f"{count:,}"


def listed(names: Sequence[str], most: int = MOST_NAMED) -> str:
    """Names with commas and "and"; of many the first ones, and how many more.

    >>> listed(["Baidu"]), listed(["Baidu", "JD.com", "Meituan"]), listed(["a", "b", "c", "d", "e", "f"])
    ('Baidu', 'Baidu, JD.com and Meituan', 'a, b, c and three more')
    """
    if len(names) > most:
        return f"{', '.join(names[: most - 1])} and {number(len(names) - most + 1)} more"
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def capital(text: str) -> str:
    """A sentence with its first letter in capitals."""
    return text[:1].upper() + text[1:]


class Naming:
    """Names by the registry of a day."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    def company(self, company: str) -> str:
        """A company by its name; one that is not registered by its id."""
        return _name(self._directory.companies, company)

    def chip(self, chip: str) -> str:
        """A chip by its name; one that is not registered by its id."""
        return _name(self._directory.chips, chip)

    def direction(self, authority: str) -> str | None:
        """``export`` or ``import``; None for an authority that is not registered."""
        gate = self._directory.gate(authority)
        return gate.direction if gate else None

    def authority(self, authority: str) -> str:
        """A jurisdiction, and in brackets which of its authorities acts."""
        fields = self._directory.authorities.get(authority)
        if fields is None:
            return authority
        name = fields["name"].replace(" (", ", ").replace(")", "")
        return f"{place(fields['jurisdiction'])} ({name})"

    def report(self, report: Fields, authority: str | None) -> Fields:
        """A report by its sources' names; that of an authority of another jurisdiction than the one that acts with its
        place: two countries may have a Ministry of Commerce."""
        gate = self._directory.gate(authority) if authority else None
        if gate is None:
            return report
        homes = {str(each["name"]): str(each["jurisdiction"]) for each in self._directory.authorities.values()}
        sources = {key: report[key] for key in ("publisher", "cites") if report.get(key)}
        away = {
            key: f"{name} of {place(homes[name])}"
            for key, name in sources.items()
            if homes.get(name, gate.jurisdiction) != gate.jurisdiction
        }
        return {**report, **away} if away else report

    def companies(self, companies: Any, named: Iterable[str] = (), without: Iterable[str] = ()) -> str:
        """Companies for which something holds: a list of selectors, or a cohort (semantics.md §4).

        ``without`` are owners that are excepted themselves.
        """
        if not isinstance(companies, Mapping):
            alone = [f"companies at least half owned by {self._group_or('company', each)}" for each in without]
            rest = [each for each in companies if each.removeprefix("owned:") not in set(without)]
            return listed([*alone, *self._companies(rest)])
        found = self._companies(companies["of"])
        pool = listed(found)
        members = listed([self.company(each) for each in dict.fromkeys((*(companies.get("named") or ()), *named))])
        count = companies.get("count")
        among = f", among them {members}" if members else ""
        if companies.get("excluded"):
            among += f", but not {listed([self.company(each) for each in companies['excluded']])}"
        if count is None and members:
            return f"{pool}{among}"
        how_many = "some" if count is None else _count(count)
        is_open = found == [pool] and pool.startswith("companies ")
        return f"{how_many} {pool if is_open else f'companies of {pool}'}{among}"

    def chips(self, chips: Iterable[str | Fields]) -> str:
        """Chips for which something holds; of a rule with many tests only that it has them."""
        found = list(chips)
        tests = sum(len(each["where"]) for each in found if not isinstance(each, str))
        words = [self._chip(each) for each in found if isinstance(each, str) or each.get("of")]
        if tests > MOST_TESTS:
            return listed([*(self._chip(each) for each in found if isinstance(each, str)), BY_RULE])
        by_tests = [each["where"] for each in found if not isinstance(each, str) and not each.get("of")]
        return listed([*words, f"chips {_having(by_tests)}"] if by_tests else words)

    def _companies(self, selectors: Sequence[str]) -> list[str]:
        """Selectors in words; companies of several jurisdictions together."""
        homes = [each.removeprefix("in:") for each in selectors if each.startswith("in:")]
        seats = [each.removeprefix("hq:") for each in selectors if each.startswith("hq:")]
        found = [self._company(each) for each in selectors if not each.startswith(("in:", "hq:"))]
        if homes and set(homes) == set(seats):
            return [*found, f"companies in {_places(homes)}, or with headquarters there"]
        inside = [f"companies in {_places(homes)}"] if homes else []
        return [*found, *inside, *([f"companies with headquarters in {_places(seats)}"] if seats else [])]

    def _company(self, selector: str) -> str:
        kind, _, value = selector.partition(":")
        if selector == "all":
            return "all companies"
        if kind in SELECTORS:
            return SELECTORS[kind].format(self._group_or("company", value))
        return self._group_or("company", selector)

    def _chip(self, selector: str | Fields) -> str:
        if not isinstance(selector, str):
            return f"{self.chips(selector['of'])} {_having([selector['where']])}"
        if selector == "all":
            return "all chips"
        if selector.startswith("vendor:"):
            return f"all {self._vendor(selector.removeprefix('vendor:'))} chips"
        return self._group_or("chip", selector)

    def _vendor(self, name: str) -> str:
        """A vendor as the registry spells it."""
        vendors = (str(chip["vendor"]) for chip in self._directory.chips.values())
        return next((vendor for vendor in vendors if vendor.casefold() == name.casefold()), name)

    def _group_or(self, kind: str, member: str) -> str:
        group = self._directory.groups.get((kind, member))
        if group is not None:
            return f"the group {group['name']}"
        return self.company(member) if kind == "company" else self.chip(member)


def tests_in_words(tests: Iterable[str]) -> str:
    """Tests of attributes, all of which hold (semantics.md §4); those of one attribute together.

    >>> tests_in_words(["tpp>=4800"]), tests_in_words(["datacentre=1"])
    ('a total processing performance (TPP) of 4,800 or more', 'a design for data centres')
    >>> tests_in_words(["memory>=40", "die_area>800", "memory<80"])
    'a memory of 40 GB or more and below 80 GB, and a die area above 800 mm²'
    """
    found: dict[str, list[str]] = {}
    for each in map(test, tests):
        if each.attribute == "datacentre":
            found["a design for data centres" if each.passes(1) else "no design for data centres"] = []
            continue
        name, unit = ATTRIBUTES[each.attribute]
        found.setdefault(name, []).append(SIGNS[each.sign].format(f"{each.number:,.10g}{unit}"))
    words = [f"{name} {' and '.join(signs)}".rstrip() for name, signs in found.items()]
    has_several = any(len(signs) > 1 for signs in found.values())
    return (", and " if has_several else " and ").join(words)


def _having(alternatives: Sequence[Sequence[str]]) -> str:
    """What chips have, given the tests of each alternative; an abbreviation is explained where it stands first."""
    words = ALTERNATIVE.join(f"with {tests_in_words(tests)}" for tests in alternatives)
    first, name, rest = words.partition(TPP)
    return f"{first}{name}{rest.replace(TPP, 'a TPP')}"


def _places(codes: Sequence[str]) -> str:
    return listed([place(code) for code in codes], len(codes))


def _count(count: int | Fields) -> str:
    if isinstance(count, int):
        return number(count)
    least, most = count.get("min"), count.get("max")
    if most is None:
        return f"{number(least or 0)} or more"
    return f"up to {number(most)}" if not least else f"{least:,} to {most:,}"


def _name(registered: Mapping[str, Fields], subject: str) -> str:
    fields = registered.get(subject)
    return str(fields["name"]) if fields else subject
