"""The Entity-List shape: many companies, each named by a claim of its own, and few chips.

Other ledgers here have many claims for each company. This one has one: what costs time for each pair of a claim and
a company shows here first. The list of the US Department of Commerce named some 3,490 entities in 2025.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from benchmarks.large import days
from benchmarks.large.chance import Chance, Weighted
from benchmarks.large.world import Event

COMPANIES = 3_490
CHIPS = 40
REVIEWS = Weighted({"presumption-of-denial": 0.8, "policy-of-denial": 0.12, "case-by-case": 0.08})
AUTHORITIES = {"bis": ("US", "export"), "gacc": ("CN", "import")}
RULES = 60
"""So many rules add companies to the list; each adds as many as another."""


@dataclass(frozen=True)
class EntityList:
    """How many companies are listed, and how many chips there are."""

    companies: int = COMPANIES
    chips: int = CHIPS

    @property
    def size(self) -> int:
        """How many events it has: the registrations, a first word at each gate, and a claim for each company."""
        return 2 * len(AUTHORITIES) + self.chips + 2 * self.companies

    def events(self, seed: int = 1) -> Iterator[Event]:
        """The events in ledger order; the same seed gives the same ones."""
        yield from self._registry()
        for authority in AUTHORITIES:
            yield _cleared(authority)
        chance = Chance(seed)
        for number in range(self.companies):
            yield self._listed(chance, number)

    def lines(self, seed: int = 1) -> Iterator[bytes]:
        """The same as lines of an interchange file, without line ends."""
        return map(msgspec.json.Encoder().encode, self.events(seed))

    def _registry(self) -> Iterator[Event]:
        for name, (jurisdiction, direction) in AUTHORITIES.items():
            authority = {"type": "authority-registered", "authority": name, "name": name.upper()}
            yield {**authority, "jurisdiction": jurisdiction, "direction": direction}
        for n in range(self.companies):
            company = {"type": "company-registered", "company": f"firm-{n}", "name": f"Firm {n}"}
            yield {**company, "jurisdiction": "CN"}
        for n in range(self.chips):
            chip = {"type": "chip-registered", "chip": f"chip-{n}", "name": f"Chip {n}", "vendor": f"Vendor {n % 4}"}
            yield {**chip, "controlled_by": ["US"], "attributes": {"tpp": 1000 * (n + 1)}}

    def _listed(self, chance: Chance, number: int) -> Event:
        rule = number * RULES // self.companies
        day = days.text((rule + 1) * days.DAYS // (RULES + 1))
        report = _report(day, f"Additions to the Entity List, rule {rule + 1}, entry {number + 1}")
        claim = {"type": "licence-required", "authority": "bis", "review": REVIEWS.draw(chance)}
        return {**claim, "companies": [f"firm-{number}"], "chips": ["all"], "effective": day, "report": report}


def _cleared(authority: str) -> Event:
    """At first everybody may import everything."""
    day = days.text(0)
    scope = {"companies": ["all"], "chips": ["all"]}
    return {"type": "cleared", "authority": authority, **scope, "report": _report(day, f"No limits by {authority}")}


def _report(day: str, title: str) -> Event:
    return {"publisher": "Federal Register", "published": day, "title": title, "attribution": "official"}
