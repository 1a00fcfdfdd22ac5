"""Scopes of claims: most name companies and chips, some groups, some everybody."""

from benchmarks.large.chance import Chance, Weighted
from benchmarks.large.world import STEPS, Event, World

Selectors = list[str]
ChipSelectors = list[str | Event]

COMPANIES = Weighted({"named": 0.7, "group": 0.14, "under": 0.04, "in:CN": 0.01, "hq:CN": 0.01, "all": 0.1})
CHIPS = Weighted({"named": 0.57, "group": 0.2, "where": 0.11, "all": 0.12})
CHIPS_FOR_MANY = Weighted({"named": 0.7, "group": 0.2, "where": 0.08, "all": 0.02})
"""Of scopes that name no company, so that few claims are about nearly everything."""
POOLS = Weighted({"group": 0.7, "named": 0.2, "in:CN": 0.1})
MOST = 5
"""So many companies or chips one list names at most."""


class Scopes:
    """Draws the companies and chips of claims of every kind."""

    def __init__(self, world: World, chance: Chance) -> None:
        self.firms, self.models, self.chance = world.firms, world.models, chance

    def companies(self) -> Selectors:
        """Seven of ten by name, two by group, parent or place, one for everybody."""
        kind = COMPANIES.draw(self.chance)
        if kind == "named":
            return self.chance.some(self.firms.ids, MOST)
        if kind == "group":
            return self.chance.some(self.firms.group_ids, 2)
        return [f"under:{self.chance.among(self.firms.ids)}"] if kind == "under" else [kind]

    def cohort(self) -> Event:
        """Some of a group, of a few, or of all in China; how many is said of two in three."""
        kind = POOLS.draw(self.chance)
        pool = [kind]
        if kind == "group":
            pool = [self.chance.among(self.firms.group_ids)]
        elif kind == "named":
            pool = list(dict.fromkeys(self.chance.among(self.firms.ids) for _ in range(4)))
        named = self.chance.some(self.firms.ids, 2)
        counted = {"count": len(named) + 1 + self.chance.below(3)} if self.chance.random() < 0.67 else {}
        return {"of": pool, "named": named, **counted}

    def both(self, companies: Selectors | Event) -> Event:
        """These companies, with chips."""
        many = "all" in companies or "in:CN" in companies or "hq:CN" in companies
        return {"companies": companies, "chips": self.chips(CHIPS_FOR_MANY if many else CHIPS)}

    def chips(self, weights: Weighted[str] = CHIPS) -> ChipSelectors:
        """Six of ten by name, two by group, one by attributes, one for all."""
        kind = weights.draw(self.chance)
        if kind == "named":
            return [*self.chance.some(self.models.ids, MOST)]
        if kind == "group":
            return [*self.chance.some(self.models.group_ids, 2)]
        return [self.where()] if kind == "where" else ["all"]

    def where(self) -> Event:
        """A test on performance; every other asks for the bandwidth of the memory too, which some chips lack."""
        tests = [f"tpp{self.chance.among(('<', '>='))}{1000 * (1 + self.chance.below(STEPS))}"]
        if self.chance.random() < 0.5:
            tests.append(f"dram_bandwidth<{400 * (2 + self.chance.below(16))}")
        return {"where": tests}
