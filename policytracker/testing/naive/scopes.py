"""Which cells a claim matches, certainly or possibly, and how specifically (semantics.md §4)."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from policytracker.testing.naive.clocks import Entry
from policytracker.testing.naive.knowledge import CERTAINLY, Standing, acting, moment_of
from policytracker.testing.naive.registrations import Registry

COMPARE = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq}
ENDLESS = float("inf")


@dataclass(frozen=True)
class Match:
    """§4: certainly or possibly matched, and how specifically."""

    certain: bool
    level: int


@dataclass(frozen=True)
class Scope:
    """§4: a cell that a claim matches, certainly or possibly, and the levels at which it does."""

    certain: bool
    company_level: int
    chip_level: int


def best(matches: Iterable[Match | None]) -> Match | None:
    """§4: over a list, a certain match before a possible one, among equals the highest level."""
    found = [match for match in matches if match is not None]
    return max(found, key=lambda match: (match.certain, match.level), default=None)


# Companies


def company_list(selectors: Iterable[str], company: str, names: Registry) -> Match | None:
    """§4: a list of company selectors."""
    return best(company_selector(selector, company, names) for selector in selectors)


def company_selector(selector: str, company: str, names: Registry) -> Match | None:
    """§4: the table of company selectors."""
    kind, _, name = selector.rpartition(":")
    if kind == "under":
        return Match(True, 2) if name in lineage(company, names) else None
    if kind == "owned":
        return Match(True, 2) if company in owned(name, names) else None
    if kind == "in":
        return Match(True, 1) if names.companies[company]["jurisdiction"] == name else None
    if kind == "hq":
        ultimate = lineage(company, names)[-1]
        return Match(True, 1) if names.companies[ultimate]["jurisdiction"] == name else None
    if selector == "all":
        return Match(True, 0)
    if selector == company:
        return Match(True, 3)
    return Match(True, 2) if company in members(selector, names) else None


def members(group: str, names: Registry) -> list[str]:
    """§4: the companies of a group; none of what is no group."""
    found: list[str] = names.company_groups.get(group, {}).get("members", [])
    return found


def lineage(company: str, names: Registry) -> list[str]:
    """§4: a company and those that it descends from by `parent`, the ultimate parent last."""
    if company not in names.companies:
        return []
    parent = names.companies[company].get("parent")
    return [company, *(lineage(parent, names) if parent else [])]


def owned(name: str, names: Registry) -> set[str]:
    """§4: a company or the members of a group, and what these together own half or more of, down the chain."""
    matched = {name} | set(members(name, names))
    while True:
        more = {company for company in names.companies if share_held(company, matched, names) >= 50} - matched
        if not more:
            return matched
        matched |= more


def share_held(company: str, owners: set[str], names: Registry) -> Fraction:
    """§4: the percent that these own; a `parent` not among the `owners` holds what they leave of 100."""
    registered = names.companies[company]
    shares = {each["company"]: Fraction(str(each["share"])) for each in registered.get("owners") or []}
    parent = registered.get("parent")
    if parent and parent not in shares:
        shares[parent] = 100 - sum(shares.values(), Fraction(0))
    return sum((share for owner, share in shares.items() if owner in owners), Fraction(0))


# Cohorts


def cohort(claim: Standing, company: str, names: Registry) -> Match | None:
    """§4: for one company, the four rules in their order."""
    terms = claim.fields["companies"]
    named, excluded = recipients(claim)
    if company in named:
        return Match(True, 3)
    if company in excluded or company_list(terms["of"], company, names) is None:
        return None
    if terms.get("count") is None:
        return Match(False, 3)
    least, most = ends(terms["count"], 0, ENDLESS)
    if len(named) >= most:
        return None
    left = companies_left(terms["of"], named | excluded, names)
    return Match(is_closed(terms["of"], names) and len(left) <= least - len(named), 3)


def ends(value: Any, least: float, most: float) -> tuple[float, float]:
    """§4: the ends of a number or of a range, of which an end may be absent."""
    if not isinstance(value, dict):
        return value, value
    low, high = value.get("min"), value.get("max")
    return least if low is None else low, most if high is None else high


def companies_left(pool: Sequence[str], gone: set[str], names: Registry) -> list[str]:
    """§4: the companies of the pool that are neither named nor excluded."""
    return [
        company for company in names.companies if company not in gone and company_list(pool, company, names) is not None
    ]


def is_closed(pool: Iterable[str], names: Registry) -> bool:
    """§4: closed when each of its selectors is a company, or a group declared `complete`."""
    return all(
        selector in names.companies or bool(names.company_groups.get(selector, {}).get("complete")) for selector in pool
    )


def recipients(claim: Standing) -> tuple[set[str], set[str]]:
    """§3, §4: the named and the excluded, by the claim's own lists and what counts certainly about it."""
    said = words_on_recipients(claim)
    mentioned = {company for _, named, excluded in said for company in named | excluded}
    verdicts = {company: verdict(company, said) for company in mentioned}
    return (
        {company for company, found in verdicts.items() if found == {"named"}},
        {company for company, found in verdicts.items() if found == {"excluded"}},
    )


Words = list[tuple[tuple[Any, ...], set[str], set[str]]]


def words_on_recipients(claim: Standing) -> Words:
    """§3: when it was said, and who was named and excluded: own lists, then events without a report, then by moment."""
    terms = claim.fields["companies"]
    said: Words = [((0,), set(terms.get("named") or []), set(terms.get("excluded") or []))]
    for event in acting(claim.about, "recipients-identified"):
        if event.counts == CERTAINLY:
            when = (2, moment_of(event.sure_word)) if event.sure_word else (1,)
            said.append((when, set(event.fields.get("companies") or []), set(event.fields.get("excluded") or [])))
    return said


def verdict(company: str, said: Words) -> set[str]:
    """§3: the later sure word decides; where words of one moment, or one event, do both, neither counts."""
    last = max(when for when, named, excluded in said if company in named | excluded)
    sides = {"named" for when, named, _ in said if when == last and company in named}
    return sides | {"excluded" for when, _, excluded in said if when == last and company in excluded}


# Chips


def chip_list(selectors: Iterable[str | Entry], chip: str, names: Registry) -> Match | None:
    """§4: a list of chip selectors."""
    return best(chip_selector(selector, chip, names) for selector in selectors)


def chip_selector(selector: str | Entry, chip: str, names: Registry) -> Match | None:
    """§4: the table of chip selectors."""
    if isinstance(selector, dict):
        return where(selector, chip, names)
    kind, _, name = selector.partition(":")
    if kind == "vendor":
        return Match(True, 1) if names.chips[chip]["vendor"].casefold() == name.casefold() else None
    if selector == "all":
        return Match(True, 0)
    if selector == chip:
        return Match(True, 2)
    return Match(True, 1) if chip in names.chip_groups.get(selector, {}).get("members", []) else None


def where(selector: Entry, chip: str, names: Registry) -> Match | None:
    """§4: no test fails: a match, possible if one is open. With `of`, only chips that one of these matches too."""
    attributes = names.chips[chip].get("attributes") or {}
    results = [passes(test, attributes) for test in selector["where"]]
    if selector.get("of"):
        within = chip_list(selector["of"], chip, names)
        results.append(False if within is None else True if within.certain else None)
    return None if False in results else Match(None not in results, 1)


def passes(test: str, attributes: Entry) -> bool | None:
    """§4: passed when every value of the range passes, failed when none does, else open; open where unregistered."""
    parts = re.fullmatch(r"\s*(\w+)\s*(<=|>=|<|>|=)\s*(\S+)\s*", test)
    assert parts, test
    value = attributes.get(parts[1])
    if value is None:
        return None
    least, most = ends(value, -ENDLESS, ENDLESS)
    limit, compare = float(parts[3]), COMPARE[parts[2]]
    if parts[2] == "=":
        return True if least == most == limit else None if least <= limit <= most else False
    either = {compare(least, limit), compare(most, limit)}
    return either.pop() if len(either) == 1 else None


# Claims


def scope(claim: Standing, company: str, chip: str, names: Registry) -> Scope | None:
    """§4: how the claim matches the cell; `except_companies` and `except_chips` take cells out."""
    companies = claim.fields["companies"]
    one = cohort(claim, company, names) if isinstance(companies, dict) else company_list(companies, company, names)
    other = chip_list(claim.fields["chips"], chip, names)
    if one is None or other is None:
        return None
    kept_out = company_list(claim.fields.get("except_companies") or [], company, names)
    left_out = chip_list(claim.fields.get("except_chips") or [], chip, names)
    if (kept_out and kept_out.certain) or (left_out and left_out.certain):
        return None
    return Scope(one.certain and other.certain and left_out is None, one.level, other.level)
