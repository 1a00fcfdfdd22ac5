"""Certain claims, for which the plain reading gives the answers of semantics.md §6.

The plain reading: of the claims that match a cell at a gate, are published, recorded and in force, the last one in the
order of §6 counts; the cell has the lowest status of its gates. It is the same as all of §6 here, whatever is not known
or not recorded yet, because of any two claims that meet at a gate

- of two restrictions, both have the same status: each gate has one kind of restriction;
- a permission is as specific as the other claim, so that it overrides it if it is the later one: permissions name
  companies and chips as these are *ruled*, by their own names or by a group, and no restriction names anything more
  narrowly;
- a restriction overrides every earlier permission.

Preparatory permissions, conditions that are imposed, dates and grades in doubt, ends, open tests and cohorts are left
out; what is said later of a claim changes no status.
"""

from benchmarks.large import days
from benchmarks.large.chance import Chance, Weighted
from benchmarks.large.doubtful import GATES
from benchmarks.large.reports import Reports
from benchmarks.large.words import WORDINGS
from benchmarks.large.world import AUTHORITIES, STEPS, Event, Side, World

RESTRICTIONS: dict[str, Event] = {
    "US/export": {"type": "prohibited"},
    "CN/import": {"type": "blocked"},
    "NL/export": {"type": "licence-required", "review": "unstated"},
}
PERMISSIONS = Weighted(
    {"cleared": 5, "conditional": 3, "batch-approved": 3, "licence-required": 3, "licence-granted": 1}
)
RESTRICTED = 0.22
ABOUT = 0.2
MOST = 4000
RULED_COMPANIES = Weighted({"named": 0.78, "group": 0.22})
RULED_CHIPS = Weighted({"named": 0.6, "group": 0.4})
COMPANIES = Weighted({"named": 0.42, "group": 0.12, "in:CN": 0.02, "hq:CN": 0.02, "all": 0.42})
CHIPS = Weighted({"named": 0.07, "group": 0.23, "where": 0.3, "all": 0.4})
CHIPS_FOR_MANY = Weighted({"named": 0.965, "group": 0.02, "where": 0.01, "all": 0.005})
"""Of restrictions that name no company: were they broader, nothing would be open for long in a ledger of a million
events."""


class Certain:
    """Makes the events of a ledger, one after another."""

    def __init__(self, world: World, seed: int) -> None:
        self.firms, self.models = world.firms, world.models
        self.chance = Chance(seed)
        self.reports = Reports(self.chance)
        self._targets: list[tuple[str, int]] = []
        self._refs = 0

    def event(self, recorded: int) -> Event:
        """The next event, recorded on a day (0 is the first of the ledger)."""
        published = days.published(self.chance, recorded)
        if self._targets and self.chance.random() < ABOUT:
            return self._about(recorded)
        return self._claim(published)

    def _claim(self, published: int) -> Event:
        gate = GATES.draw(self.chance)
        restricts = self.chance.random() < RESTRICTED
        effective = days.effective(self.chance, published)
        claim: Event = {
            **(RESTRICTIONS[gate] if restricts else self._permission()),
            "authority": self.chance.among(AUTHORITIES[gate]),
            **(self._restricted() if restricts else self._permitted()),
            **({} if effective is None else {"effective": days.text(effective)}),
            "report": self.reports.certain(published),
        }
        if self.chance.random() < 0.3:
            self._refs += 1
            claim["ref"] = f"claim-{self._refs}"
            self._keep(claim["ref"], published)
        return claim

    def _permission(self) -> Event:
        kind = PERMISSIONS.draw(self.chance)
        if kind == "licence-required":
            return {"type": kind, "review": "case-by-case"}
        if kind == "conditional":
            return {"type": "cleared", "conditions": {"end-use": WORDINGS["end-use"]}}
        return {"type": kind}

    def _permitted(self) -> Event:
        return {
            "companies": self._ruled(self.firms, RULED_COMPANIES),
            "chips": self._ruled(self.models, RULED_CHIPS),
        }

    def _restricted(self) -> Event:
        kind = COMPANIES.draw(self.chance)
        if kind == "named":
            return {"companies": self.chance.some(self.firms.named, 5), "chips": self._restricted_chips(CHIPS)}
        companies = self.chance.some(self.firms.group_ids, 2) if kind == "group" else [kind]
        return {"companies": companies, "chips": self._restricted_chips(CHIPS_FOR_MANY)}

    def _ruled(self, side: Side, weights: Weighted[str]) -> list[str]:
        by_group = weights.draw(self.chance) == "group"
        return self.chance.some(side.ruling_groups if by_group else side.named, 5)

    def _restricted_chips(self, weights: Weighted[str]) -> list[str] | list[Event]:
        kind = weights.draw(self.chance)
        if kind == "named":
            return self.chance.some(self.models.named, 5)
        if kind == "where":
            sign = self.chance.among(("<", ">="))
            return [{"where": [f"tpp{sign}{1000 * (1 + self.chance.below(STEPS))}"]}]
        return self.chance.some(self.models.group_ids, 2) if kind == "group" else ["all"]

    def _keep(self, ref: str, published: int) -> None:
        if len(self._targets) < MOST:
            self._targets.append((ref, published))
        else:
            self._targets[self.chance.below(MOST)] = ref, published

    def _about(self, recorded: int) -> Event:
        """Another report, never older than the claim's own, or a correction of what decides nothing."""
        ref, published = self.chance.among(self._targets)
        day = published + 1 + self.chance.below(recorded - published) if recorded > published else recorded + 1
        report = self.reports.certain(min(day, recorded + 1))
        if self.chance.random() < 0.7:
            return {"type": "corroborated", "target": ref, "report": report}
        return {"type": "corrected", "target": ref, "changes": {"form": "rule"}, "report": report}
