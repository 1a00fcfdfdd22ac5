"""Whether a claim matches a cell, at which levels, and how surely (semantics.md §4)."""

from collections.abc import Iterable, Mapping
from math import inf
from typing import Any, NamedTuple, Protocol

from policytracker.events.selectors import AttributeTest, test
from policytracker.status.directory import Directory
from policytracker.status.entries import Fields

COHORT_LEVEL = 3
WHERE_LEVEL = 1


VENDOR = "vendor:"


def chip_term(selector: str) -> str:
    """A selector of chips as they are looked up: names of vendors are compared without case (§4)."""
    return selector.casefold() if selector.startswith(VENDOR) else selector


class Match(NamedTuple):
    """How a scope matches: the level of the best selector, and whether it matches certainly."""

    certain: bool
    level: int


class CellMatch(NamedTuple):
    """How a claim matches a cell."""

    certain: bool
    company_level: int
    chip_level: int


class Scoped(Protocol):
    """What has a scope: a claim, or a side of its scope (``terms.Expression``)."""

    @property
    def fields(self) -> Fields: ...

    @property
    def named(self) -> frozenset[str]: ...

    @property
    def excluded(self) -> frozenset[str]: ...


def meet(companies: Match, chips: Match) -> CellMatch:
    """A claim's match with a cell, from those with its company and its chip."""
    return CellMatch(companies.certain and chips.certain, companies.level, chips.level)


class Scopes:
    """Matches the claims of one registry with its companies and chips."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self._companies: dict[str, dict[str, int]] = {}
        self._chips: dict[str, dict[str, int]] = {}
        self._pools: dict[tuple[str, ...], frozenset[str] | None] = {}

    def match(self, claim: Scoped, company: str, chip: str) -> CellMatch | None:
        """How a claim matches a cell, or None when the cell is out of its scope."""
        companies = self.company_side(claim, company)
        chips = None if companies is None else self.chip_side(claim, chip)
        return None if companies is None or chips is None else meet(companies, chips)

    def company_side(self, claim: Scoped, company: str) -> Match | None:
        """How a claim matches a company, whatever the chip; None for one that it excepts."""
        found = self.company_match(claim, company)
        return None if found is None or self.excepts_company(claim, company) else found

    def chip_side(self, claim: Scoped, chip: str) -> Match | None:
        """How a claim matches a chip, whatever the company; None for one that it certainly excepts."""
        found = self.chip_match(claim.fields["chips"], chip)
        out = None if found is None else self.chip_match(claim.fields.get("except_chips") or (), chip)
        if found is None or out is None:
            return found
        return None if out.certain else Match(False, found.level)

    def company_match(self, claim: Scoped, company: str) -> Match | None:
        """How the companies of a claim match one of them."""
        companies = claim.fields["companies"]
        if isinstance(companies, dict):
            certain = self._in_cohort(claim, companies, company)
            return None if certain is None else Match(certain, COHORT_LEVEL)
        level = self._selector_level(companies, company)
        return None if level is None else Match(True, level)

    def excepts_company(self, claim: Scoped, company: str) -> bool:
        """Whether a claim takes a company out of its scope."""
        excepted = claim.fields.get("except_companies") or ()
        return bool(excepted) and not self._levels(company).keys().isdisjoint(excepted)

    def in_pool(self, cohort: Fields, company: str) -> bool:
        """Whether a company is in the pool of a cohort."""
        return not self._levels(company).keys().isdisjoint(cohort["of"])

    def open_attributes(self, selectors: Iterable[str | Fields], chip: str) -> list[str]:
        """The attributes, not registered for a chip, on which it hangs whether a selector matches it."""
        known = self.directory.chips[chip].get("attributes") or {}
        wheres = [each for each in selectors if not isinstance(each, str)]
        texts = (text for each in wheres if _passes(each["where"], known) is None for text in each["where"])
        names = [test(text).attribute for text in texts if _passes([text], known) is None]
        nested = (name for each in wheres for name in self.open_attributes(each.get("of") or (), chip))
        return list(dict.fromkeys([*names, *nested]))

    def chip_match(self, selectors: Iterable[str | Fields], chip: str) -> Match | None:
        """How a list of chip selectors matches a chip: a certain match first, then the highest level."""
        found = [match for selector in selectors if (match := self._chip_selector(selector, chip))]
        return max(found, default=None)

    def _chip_selector(self, selector: str | Fields, chip: str) -> Match | None:
        if isinstance(selector, str):
            if chip not in self._chips:
                self._chips[chip] = self.directory.chip_selectors(chip)
            level = self._chips[chip].get(chip_term(selector))
            return None if level is None else Match(True, level)
        attributes = self.directory.chips[chip].get("attributes") or {}
        passed = _passes(selector["where"], attributes)
        among = Match(True, WHERE_LEVEL) if not selector.get("of") else self.chip_match(selector["of"], chip)
        if passed is False or among is None:
            return None
        return Match(passed is True and among.certain, WHERE_LEVEL)

    def _levels(self, company: str) -> dict[str, int]:
        if company not in self._companies:
            self._companies[company] = self.directory.company_selectors(company)
        return self._companies[company]

    def _selector_level(self, selectors: Iterable[str], company: str) -> int | None:
        levels = self._levels(company)
        return max((levels[selector] for selector in selectors if selector in levels), default=None)

    def _in_cohort(self, claim: Scoped, cohort: Fields, company: str) -> bool | None:
        """True: certainly in it; False: possibly; None: not in it."""
        if company in claim.named:
            return True
        if company in claim.excluded or not self.in_pool(cohort, company):
            return None
        count = cohort.get("count")
        if count is None:
            return False
        least, most = count_range(count)
        if most is not None and len(claim.named) >= most:
            return None
        pool = self._pool(tuple(cohort["of"]))
        lacking = least - len(claim.named)
        if pool is None or len(pool) - len(claim.named) - len(claim.excluded) > lacking:
            return False
        return len(pool - claim.named - claim.excluded) <= lacking

    def _pool(self, selectors: tuple[str, ...]) -> frozenset[str] | None:
        if selectors not in self._pools:
            self._pools[selectors] = self.directory.pool(selectors)
        return self._pools[selectors]


def count_range(count: int | Fields) -> tuple[int, int | None]:
    """The least and the most companies of a cohort; None: never full (§4)."""
    return (count, count) if isinstance(count, int) else (count.get("min") or 0, count.get("max"))


def _passes(tests: Iterable[str], attributes: Mapping[str, Any]) -> bool | None:
    """True: every test is passed; False: one fails; None: none fails and one is open."""
    is_open = False
    for text in tests:
        passed = _passed(test(text), attributes)
        if passed is False:
            return False
        is_open = is_open or passed is None
    return None if is_open else True


def _passed(wanted: AttributeTest, attributes: Mapping[str, Any]) -> bool | None:
    """True: every value that the attribute may have passes; False: none does; None: it is open."""
    value = attributes.get(wanted.attribute)
    if value is None:
        return None
    if not isinstance(value, Mapping):
        return wanted.passes(value)
    least, most = value.get("min"), value.get("max")
    least, most = -inf if least is None else least, inf if most is None else most
    match wanted.sign:
        case "<" | "<=":
            every, some = wanted.passes(most), wanted.passes(least)
        case ">" | ">=":
            every, some = wanted.passes(least), wanted.passes(most)
        case _:
            every, some = least == most == wanted.number, least <= wanted.number <= most
    return True if every else None if some else False
