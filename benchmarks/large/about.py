"""Events about earlier claims, and about what was said of these."""

from collections.abc import Callable
from itertools import count
from typing import NamedTuple

from benchmarks.large import days
from benchmarks.large.chance import Chance, Weighted
from benchmarks.large.words import Words
from benchmarks.large.world import Event, World

MOST = 4000
"""So many targets are kept in mind, whatever the size of the ledger."""
KINDS = Weighted(
    {
        "corroborated": 36,
        "corrected": 14,
        "lifted": 22,
        "retracted": 7.7,
        "suspended": 8,
        "disputed": 4,
    }
)
MET, IDENTIFIED = 0.15, 0.4
"""How often an event about a claim with conditions says that one is met; one about a cohort, who belongs to it."""
REVIEWS = ("case-by-case", "unstated", "presumption-of-denial", "presumption-of-approval")
ON_BOOKKEEPING = 0.3
"""This share of the corrections and retractions has no report: they mend the ledger's own mistakes."""


class Target(NamedTuple):
    """An event that may be spoken of, and the day of its publication."""

    event: Event
    published: int


class About:
    """Makes events about those that it was told to keep in mind."""

    def __init__(self, world: World, words: Words, chance: Chance, report: Callable[[int], Event]) -> None:
        self.firms, self.words, self.chance, self.report = world.firms, words, chance, report
        self._claims: list[Target] = []
        self._said: list[Target] = []
        self._refs = count(1)
        self._numbers = count(1)
        self._makers: dict[str, Callable[[Target, int], Event]] = {
            "corrected": self._corrected,
            "lifted": self._dated,
            "suspended": self._suspended,
            "conditions-met": self._met,
            "recipients-identified": self._recipients,
        }

    def keep(self, event: Event, published: int) -> None:
        """Keep a claim in mind; a random earlier one is forgotten when there are too many."""
        if isinstance(event["companies"], dict):
            event = {**event, "companies": dict(event["companies"])}
        self._put(self._claims, Target(event, published))

    def event(self, published: int) -> Event | None:
        """An event about a claim, or about an event about one; None where nothing can be said yet."""
        if self._said and self.chance.random() < 0.08:
            return self._on_what_was_said(published)
        if not self._claims:
            return None
        place = self.chance.below(len(self._claims))
        target = self._claims[place]
        kind = self._kind(target.event)
        if kind == "retracted":
            self._claims[place] = self._claims[-1]
            self._claims.pop()
        told: Event = {"type": kind, "target": target.event["ref"]}
        if kind in self._makers:
            told |= self._makers[kind](target, published)
        return self._sourced(told, published)

    def _kind(self, claim: Event) -> str:
        if isinstance(claim["companies"], dict) and self.chance.random() < IDENTIFIED:
            return "recipients-identified"
        if "conditions" in claim and self.chance.random() < MET:
            return "conditions-met"
        return KINDS.draw(self.chance)

    def _on_what_was_said(self, published: int) -> Event:
        """A dispute, a retraction or another report of something that was said of a claim."""
        target = self.chance.among(self._said)
        kinds: tuple[str, ...] = ("disputed", "corroborated")
        if target.event["type"] == "corrected":
            kinds = ("disputed", "retracted")
        elif target.event["type"] == "suspended" and not self.words.is_first:
            kinds = ("disputed", "corroborated", "lifted")
        return self._sourced({"type": self.chance.among(kinds), "target": target.event["ref"]}, published)

    def _sourced(self, told: Event, published: int) -> Event:
        if told["type"] in ("corrected", "retracted") and self.chance.random() < ON_BOOKKEEPING:
            return {**told, "note": f"a mistake of ours, number {next(self._numbers)}"}
        sourced = {**told, "report": self.report(published)}
        if told["type"] != "retracted" and self.chance.random() < 0.1:
            sourced["ref"] = f"said-{next(self._refs)}"
            self._put(self._said, Target(sourced, published))
        return sourced

    def _put(self, kept: list[Target], target: Target) -> None:
        if len(kept) < MOST:
            kept.append(target)
        else:
            kept[self.chance.below(MOST)] = target

    def _corrected(self, target: Target, _: int) -> Event:
        claim, draw = target.event, self.chance.random()
        if draw < 0.4 and "until" not in claim:
            return {"changes": {"effective": days.text(target.published + self.chance.below(40))}}
        if draw < 0.7 and claim["type"] == "licence-required":
            return {"changes": {"review": self.chance.among(REVIEWS)}}
        if draw < 0.8 and isinstance(claim["companies"], list):
            return {"changes": {"companies": self.chance.some(self.firms.ids, 3)}}
        return {"changes": {"instrument": f"91 FR {1000 + self.chance.below(80000)}"}}

    def _dated(self, _: Target, published: int) -> Event:
        if self.chance.random() < 0.1:
            return {"effective": days.doubtful(self.chance, published, self.words.open_starts)}
        return {"effective": days.text(published + self.chance.below(60))} if self.chance.random() < 0.3 else {}

    def _suspended(self, _: Target, published: int) -> Event:
        start = published + self.chance.below(30)
        return {"effective": days.text(start), "until": days.text(start + 30 + self.chance.below(300))}

    def _met(self, target: Target, published: int) -> Event:
        conditions = list(target.event["conditions"])
        return {"conditions": conditions[:1], **self._dated(target, published)}

    def _recipients(self, target: Target, _: int) -> Event:
        """One more company is named, or one is excluded; the cohort that is kept in mind grows with it."""
        cohort = target.event["companies"]
        outside = {*cohort["named"], *cohort.get("excluded", ())}
        company = self.chance.among([name for name in self.firms.ids if name not in outside])
        count = cohort.get("count", len(cohort["named"]) + 1)
        full = len(cohort["named"]) >= (count["max"] if isinstance(count, dict) else count)
        part = "excluded" if full or self.chance.random() < 0.3 else "named"
        cohort[part] = [*cohort.get(part, ()), company]
        return {"companies" if part == "named" else part: [company]}
