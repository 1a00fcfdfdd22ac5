"""Scopes of claims: most name companies and chips, some groups, some everybody."""

from benchmarks.large.chance import Chance, Weighted
from benchmarks.large.words import Words
from benchmarks.large.world import STEPS, VENDORS, Event, World

Selectors = list[str]
ChipSelectors = list[str | Event]

POOLS = Weighted({"group": 0.7, "named": 0.2, "in:CN": 0.1})
MOST = 5
"""So many companies or chips one list names at most."""


class Scopes:
    """Draws the companies and chips of claims of every kind."""

    def __init__(self, world: World, words: Words, chance: Chance) -> None:
        self.firms, self.models, self.words, self.chance = world.firms, world.models, words, chance

    def companies(self) -> Selectors:
        """Seven of ten by name, two by group, parent, owner or place, one for everybody."""
        kind = self.words.companies.draw(self.chance)
        if kind == "named":
            return self.chance.some(self.firms.ids, MOST)
        if kind == "group":
            return self.chance.some(self.firms.group_ids, 2)
        return [f"{kind}:{self.chance.among(self.firms.ids)}"] if kind in ("under", "owned") else [kind]

    def cohort(self) -> Event:
        """Some of a group, of a few, or of all in China; how many is said of two in three."""
        kind = POOLS.draw(self.chance)
        pool = [kind]
        if kind == "group":
            pool = [self.chance.among(self.firms.group_ids)]
        elif kind == "named":
            pool = list(dict.fromkeys(self.chance.among(self.firms.ids) for _ in range(4)))
        named = self.chance.some(self.firms.ids, 2)
        counted = {"count": self._count(len(named) + 1)} if self.chance.random() < 0.67 else {}
        return {"of": pool, "named": named, **counted}

    def _count(self, least: int) -> int | Event:
        count = least + self.chance.below(3)
        if self.chance.random() >= self.words.ranges:
            return count
        return {"min": least, "max": count + 1} if self.chance.random() < 0.7 else {"max": count + 1}

    def both(self, companies: Selectors | Event) -> Event:
        """These companies, with chips."""
        many = "all" in companies or "in:CN" in companies or "hq:CN" in companies
        return {"companies": companies, "chips": self.chips(self.words.chips_for_many if many else self.words.chips)}

    def chips(self, weights: Weighted[str] | None = None) -> ChipSelectors:
        """Six of ten by name, two by group or vendor, one by attributes, one for all."""
        kind = (weights or self.words.chips).draw(self.chance)
        if kind == "named":
            return [*self.chance.some(self.models.ids, MOST)]
        if kind == "group":
            return [*self.chance.some(self.models.group_ids, 2)]
        if kind == "vendor":
            return [f"vendor:Vendor {self.chance.below(VENDORS)}"]
        return [self.where()] if kind == "where" else ["all"]

    def where(self) -> Event:
        """A test on performance; every other asks for the bandwidth of the memory too, of which less is known.

        In version 2 some are about the chips of a vendor or a group alone.
        """
        tests = [f"tpp{self.chance.among(('<', '>='))}{1000 * (1 + self.chance.below(STEPS))}"]
        if self.chance.random() < 0.5:
            tests.append(f"dram_bandwidth<{400 * (2 + self.chance.below(16))}")
        if self.words.is_first or self.chance.random() < 0.7:
            return {"where": tests}
        vendor = f"vendor:Vendor {self.chance.below(VENDORS)}"
        return {"where": tests, "of": [vendor, self.chance.among(self.models.group_ids)]}
