"""A ledger of certain claims as plain tables, which other engines take in: what a careful user would make of it.

``rulings`` has a row for each claim and each pair of selectors that it names, ``company_selectors`` and
``chip_selectors`` say which selectors match whom, ``cell_gates`` which gates a cell has. All keys are whole numbers.
"""

import csv
import operator
import re
from collections.abc import Iterable, Iterator
from itertools import chain, product
from pathlib import Path
from typing import Any, NamedTuple

from policytracker.events.dates import day_of, end_of_day, moment, span
from policytracker.events.forms import stored_fields
from policytracker.ledger.reading import open_ledger
from policytracker.status.claims import CLAIM_TYPES
from policytracker.status.directory import REGISTRY_TYPES, Directory
from policytracker.status.entries import Entry

TABLES = {
    "rulings": (
        *("company", "chip", "gate", "effective", "said", "tie", "position"),
        *("published", "recorded", "status", "word"),
    ),
    "company_selectors": ("company", "selector"),
    "chip_selectors": ("chip", "selector"),
    "cell_gates": ("company", "chip", "gate"),
}
"""Each table with its columns.

``effective``, ``said``, ``tie`` and ``position`` order claims (semantics.md §6). ``word`` packs the place of a claim in
that order and its status, so that the largest word tells the status of the last claim: ``word % 8``. It is for plans
that can use no better way to ask for a last row.
"""
WORD = 8
GATES = ("US/export", "CN/import", "NL/export")
RANKS = {
    "prohibited": 0,
    "blocked": 1,
    "unstated": 2,
    "case-by-case": 4,
    "licence-granted": 5,
    "cleared": 6,
    "batch-approved": 6,
}
"""By type or, where a licence is needed, by review."""
CONDITIONAL, CLEARED = 5, 6
START_OF_DAY = end_of_day(0) + 1 - end_of_day(1)
"""From the end of a day to its beginning: a permission of a day counts from there, a restriction from the end."""
RESTRICTIONS = ("prohibited", "blocked", "unstated")
SIGNS = {"<": operator.lt, ">=": operator.ge}


class Claim(NamedTuple):
    """What the plain reading needs of a claim, the fields by which it is ordered first."""

    effective: int
    said: int
    """The moment by which its report orders it."""
    tie: int
    """Permissions come before restrictions, and of either the higher status comes first."""
    position: int
    published: int
    recorded: int
    gate: str
    status: int
    companies: tuple[str, ...]
    chips: tuple[str, ...]


def flatten(ledger: Path, folder: Path) -> None:
    """Write the tables of a ledger, each as a CSV file without a head."""
    registry, claims = _read(ledger)
    companies = _numbers(claim.companies for claim in claims)
    chips = _numbers(claim.chips for claim in claims)
    _write(folder, "rulings", _rulings(sorted(claims), companies, chips))
    firms, models = list(registry.companies), list(registry.chips)
    _write(folder, "company_selectors", _matching(firms, companies, registry.company_selectors))
    _write(folder, "chip_selectors", _matching(models, chips, lambda chip: _chip_selectors(registry, chip, chips)))
    gates = ((n, m, registry.gates(firm, model)) for n, firm in enumerate(firms) for m, model in enumerate(models))
    # A gate that nobody guards has a number too: nothing is said there.
    number = {name: place for place, name in enumerate(GATES)}
    _write(folder, "cell_gates", ((n, m, number.get(str(g), len(GATES))) for n, m, found in gates for g in found))


def path_of(folder: Path, table: str) -> Path:
    """The file of a table."""
    return folder / f"{table}.csv"


def _read(ledger: Path) -> tuple[Directory, list[Claim]]:
    registrations: list[Entry] = []
    claims: list[Claim] = []
    guards: dict[str, str] = {}
    with open_ledger(ledger) as source:
        for row in source.rows():
            fields = stored_fields(row.topic, row.state)
            if fields["type"] in REGISTRY_TYPES:
                registrations.append(Entry(row.position, row.id, row.recorded, fields))
                if "authority" in fields:
                    guards[fields["authority"]] = f"{fields['jurisdiction']}/{fields['direction']}"
            elif fields["type"] in CLAIM_TYPES:
                claims.append(_claim(row.position, row.recorded, guards, fields))
    # No registration has a day of its own: the registry is the same on all.
    return Directory(registrations, 1), claims


def _claim(position: int, recorded: int, guards: dict[str, str], fields: dict[str, Any]) -> Claim:
    kind = fields["review"] if "review" in fields else fields["type"]
    restricts, status = kind in RESTRICTIONS, CONDITIONAL if "conditions" in fields else RANKS[kind]
    published = fields["report"]["published"]
    return Claim(
        effective=span(fields["effective"]).last if "effective" in fields else day_of(moment(published)),
        said=moment(published) if restricts or "T" in published else START_OF_DAY + moment(published),
        tie=(CLEARED + 1 if restricts else 0) + CLEARED - status,
        position=position,
        published=moment(published),
        recorded=recorded,
        gate=guards[fields["authority"]],
        status=status,
        companies=tuple(fields["companies"]),
        chips=tuple(chip if isinstance(chip, str) else chip["where"][0] for chip in fields["chips"]),
    )


def _rulings(ordered: Iterable[Claim], companies: dict[str, int], chips: dict[str, int]) -> Iterator[tuple[int, ...]]:
    for place, claim in enumerate(ordered):
        word = place * WORD + claim.status
        order = claim.effective, claim.said, claim.tie, claim.position
        for company, chip in product(claim.companies, claim.chips):
            keys = companies[company], chips[chip], GATES.index(claim.gate)
            yield *keys, *order, claim.published, claim.recorded, claim.status, word


def _numbers(named: Iterable[tuple[str, ...]]) -> dict[str, int]:
    return {name: number for number, name in enumerate(dict.fromkeys(chain.from_iterable(named)))}


def _matching(subjects: Iterable[str], numbers: dict[str, int], selectors: Any) -> Iterator[tuple[int, int]]:
    for place, subject in enumerate(subjects):
        yield from ((place, numbers[selector]) for selector in selectors(subject) if selector in numbers)


def _chip_selectors(registry: Directory, chip: str, named: Iterable[str]) -> list[str]:
    """The selectors that match a chip; every chip has a figure for the one attribute that is asked for."""
    tests = ((text, re.fullmatch(r"tpp(<|>=)(\d+)", text)) for text in named)
    tpp = registry.chips[chip]["attributes"]["tpp"]
    passed = [text for text, found in tests if found and SIGNS[found[1]](tpp, int(found[2]))]
    return [*registry.chip_selectors(chip), *passed]


def _write(folder: Path, table: str, rows: Iterable[tuple[int, ...]]) -> None:
    with path_of(folder, table).open("w", encoding="ascii", newline="") as file:
        csv.writer(file).writerows(rows)
