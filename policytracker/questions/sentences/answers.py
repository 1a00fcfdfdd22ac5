"""Answers as sentences: what a company may import, who may import a chip, and what each gate says."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from policytracker.questions.sentences.naming import Naming, capital, listed, number
from policytracker.questions.sentences.places import place
from policytracker.questions.sentences.verdicts import GOES_AHEAD, verdict_words, verdicts
from policytracker.questions.statuses import Statuses
from policytracker.status.words import ANY, RANK, Status, highest, lowest


def cell_sentence(company: str, chip: str, possible: Sequence[Status], is_domestic: bool = False) -> str:
    """Whether a company may import a chip, both given by their names.

    >>> cell_sentence("Tencent", "H200", ["in_principle", "licensable"])
    'Tencent may not import H200 as things stand: not yet, or needs a licence.'
    >>> cell_sentence("Tencent", "H200", ["conditional"])
    'Tencent may import H200, with conditions.'
    >>> cell_sentence("Baidu", "L20", ["blocked", "cleared"])
    'It is open whether Baidu may import L20: no, or yes.'
    """
    if is_domestic:
        return f"{chip} comes from {company}’s own jurisdiction: it passes no border control that this ledger follows."
    match verdicts(possible):
        case ["yes"]:
            return f"{company} may import {chip}."
        case ["yes, with conditions"]:
            return f"{company} may import {chip}, with conditions."
        case ["yes, with conditions", "yes"]:
            return f"{company} may import {chip}, possibly with conditions."
        case ["needs a licence"]:
            return f"{company} needs a licence for {chip}, and this ledger knows of none that was granted."
        case ["not yet"]:
            return f"{company} may not import {chip} yet."
        case ["no"]:
            return f"{company} may not import {chip}."
        case ["not known"]:
            return f"This ledger does not tell whether {company} may import {chip}."
    if RANK[possible[-1]] < GOES_AHEAD:
        return f"{company} may not import {chip} as things stand: {verdict_words(possible)}."
    return f"It is open whether {company} may import {chip}: {verdict_words(possible).removeprefix('open: ')}."


class Sorted(NamedTuple):
    """Companies by what a chip's status means for them, or chips by what theirs mean for a company."""

    surely: list[str]
    """The import may go ahead in every possible world."""
    maybe: list[str]
    """It may in some."""
    never: list[str]
    """It may in none."""
    unknown: list[str]
    """Of them nothing is known."""


def by_outcome(statuses: Statuses, chip: str) -> Sorted:
    """Companies by whether they may import a chip."""
    return _by_outcome((company, statuses[company, chip]) for company in statuses.companies)


def _by_outcome(found: Iterable[tuple[str, int]]) -> Sorted:
    """Ids by what their possible statuses, as bits, mean."""
    told = Sorted([], [], [], [])
    for each, bits in found:
        if bits == ANY:
            told.unknown.append(each)
        elif lowest(bits) >= GOES_AHEAD:
            told.surely.append(each)
        else:
            (told.maybe if highest(bits) >= GOES_AHEAD else told.never).append(each)
    return told


def company_sentence(
    naming: Naming, company: str, chips: Mapping[str, Sequence[Status]], every: Mapping[str, int]
) -> str:
    """What a company may import: of some chips by their names, of all by how many there are.

    Given the possible statuses of each: of the chips to name, and of every chip that it would have to import, as bits.
    """
    if not every:
        return f"{naming.company(company)} would have to import none of the chips registered here."
    bits = {chip: sum(1 << RANK[status] for status in possible) for chip, possible in chips.items()}
    sorted_out = _by_outcome(bits.items())
    surely, maybe, never, unknown = (listed([naming.chip(each) for each in ids]) for ids in sorted_out)
    name = naming.company(company)
    found = []
    if surely:
        found.append(f"{name} may import {surely}{_conditions([bits[each] for each in sorted_out.surely])}.")
    if maybe:
        found.append(f"Whether {'it' if found else name} may import {maybe} is open.")
    if never:
        found.append(f"{'It' if found else name} may not import {never} as things stand.")
    if unknown:
        found.append(f"This ledger does not tell whether {'it' if found else name} may import {unknown}.")
    return " ".join([*found, _totals(name, every)])


def _totals(name: str, every: Mapping[str, int]) -> str:
    """How many of all chips a company may import, and how many not."""
    surely, maybe, never, unknown = map(len, _by_outcome(every.items()))
    parts = {
        f"it may import {number(surely)}": surely,
        f"it may not import {number(never)}" if never < len(every) else "it may import none": never,
        f"for {number(maybe)} it is open": maybe,
        f"of {number(unknown)} this ledger does not tell": unknown,
    }
    told = ", ".join(part for part, count in parts.items() if count)
    return f"Of all {len(every)} chips registered here that {name} would have to import, {told}."


def chip_sentence(naming: Naming, chip: str, jurisdiction: str, statuses: Statuses) -> str:
    """Who in a jurisdiction may import a chip, given the statuses of its companies."""
    surely, maybe, never, unknown = by_outcome(statuses, chip)
    name, home, every = naming.chip(chip), place(jurisdiction), len(statuses.companies)
    if len(unknown) == every:
        return f"This ledger does not tell whether any company in {home} may import {name}."
    found, conditions = [], _conditions([statuses[each, chip] for each in surely])
    if len(surely) == every:
        found.append(f"Every company in {home} that is registered here may import {name}{conditions}.")
    elif surely:
        found.append(f"{capital(_count(surely))} in {home} may import {name}{conditions}: {_names(naming, surely)}.")
    if maybe:
        lead = "It is open for" if surely else f"Whether {name} may be imported is open for"
        found.append(f"{lead} {_count(maybe)}{' more' if surely else f' in {home}'}: {_names(naming, maybe)}.")
    if never:
        found.append(
            f"No other company in {home} that is registered here may."
            if found
            else f"No company in {home} may import {name} as things stand."
        )
    if unknown:
        found.append(f"Of {_count(unknown)} this ledger does not tell.")
    return " ".join(found)


def _conditions(surely: Sequence[int]) -> str:
    """Whether conditions are tied to imports that may go ahead, given their possible statuses as bits."""
    alone, among = 1 << GOES_AHEAD, [bits for bits in surely if bits & (1 << GOES_AHEAD)]
    if not among:
        return ""
    if all(bits == alone for bits in surely):
        return ", with conditions"
    return ", possibly with conditions" if len(surely) == 1 else ", some of them with conditions"


def _names(naming: Naming, companies: Sequence[str]) -> str:
    return listed([naming.company(each) for each in companies])


def _count(companies: Sequence[str]) -> str:
    return f"{number(len(companies))} {'company' if len(companies) == 1 else 'companies'}"
