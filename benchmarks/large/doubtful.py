"""Claims with every kind of doubt, and market events: about each of them much may be said later (``about.py``)."""

from collections import deque

from benchmarks.large import days
from benchmarks.large.about import About
from benchmarks.large.chance import Chance, Weighted
from benchmarks.large.reports import Reports
from benchmarks.large.scopes import Scopes
from benchmarks.large.world import AUTHORITIES, Event, World

GATES = Weighted({"US/export": 0.45, "CN/import": 0.45, "NL/export": 0.1})
STOPS = Weighted({"prohibited": 3, "blocked": 4, "licence-required": 2})
OPENINGS = Weighted(
    {"cleared": 6, "batch-approved": 3, "licence-required": 4, "review-opened": 2, "approved-in-principle": 1.5}
)
STOPPING = Weighted({"unstated": 3, "policy-of-denial": 1, "presumption-of-denial": 1})
OPENING = Weighted({"case-by-case": 3, "presumption-of-approval": 1})
MARKET = ("orders-reported", "shipped", "condition-signalled")
WORDINGS = {
    "end-use": "no military or intelligence use",
    "revenue-share": "a quarter of the price",
    "domestic-quota": "buy a share of domestic chips; no ratio set",
    "third-party-test": "an independent laboratory tests the chips",
}
ABOUT, MARKETED = 0.26, 0.03
"""Shares of the events about others, and of market events; the rest are claims."""
STOPPED = 0.3
ANSWERING = 0.5
"""This share of the openings answers a recent stop: its companies and chips are the same."""
COHORTS, DOUBTFUL_GRADES, DOUBTFUL_DATES = 0.03 / 0.71, 0.05, 0.05
NAMED_LATER = 0.3
"""This share of the claims has a ref, and so may be the target of later events."""


class Doubtful:
    """Makes the events of a ledger, one after another."""

    def __init__(self, world: World, seed: int) -> None:
        self.chance = Chance(seed)
        self.reports = Reports(self.chance)
        self.scopes = Scopes(world, self.chance)
        self.about = About(world, self.chance, self.report)
        self._stopped: deque[Event] = deque(maxlen=256)
        self._refs = 0

    def event(self, recorded: int) -> Event:
        """The next event, recorded on a day (0 is the first of the ledger)."""
        draw = self.chance.random()
        published = days.published(self.chance, recorded)
        if draw < ABOUT:
            found = self.about.event(published)
            if found is not None:
                return found
        if draw > 1 - MARKETED:
            return self._market(published)
        return self._claim(published)

    def report(self, day: int) -> Event:
        """One in twenty reports is of doubtful grade."""
        make = self.reports.doubtful if self.chance.random() < DOUBTFUL_GRADES else self.reports.certain
        return make(day)

    def _claim(self, published: int) -> Event:
        stop = self.chance.random() < STOPPED
        claim: Event = {
            "type": (STOPS if stop else OPENINGS).draw(self.chance),
            "authority": self.chance.among(AUTHORITIES[GATES.draw(self.chance)]),
            **self._scope(stop),
            **self._period(published),
            "report": self.report(published),
        }
        if claim["type"] == "licence-required":
            claim["review"] = (STOPPING if stop else OPENING).draw(self.chance)
        elif not stop and claim["type"] != "review-opened" and self.chance.random() < 0.4:
            keys = self.chance.some(tuple(WORDINGS), 3)
            claim["conditions"] = {key: WORDINGS[key] for key in keys}
        if claim["type"] == "batch-approved":
            claim["quantity"] = {"min": 1000 * (1 + self.chance.below(400))}
        if stop:
            self._stopped.append({"companies": claim["companies"], "chips": claim["chips"]})
        return self._named(claim, published)

    def _scope(self, stop: bool) -> Event:
        if not stop and self._stopped and self.chance.random() < ANSWERING:
            return self.chance.among(self._stopped)
        in_cohort = self.chance.random() < COHORTS
        scope = self.scopes.both(self.scopes.cohort() if in_cohort else self.scopes.companies())
        draw = self.chance.random()
        if draw < 0.02:
            scope["except_companies"] = self.scopes.companies()
        elif draw < 0.04:
            scope["except_chips"] = self.scopes.chips()
        return scope

    def _period(self, published: int) -> Event:
        """From when and until when it counts; where a date is in doubt, it begins or ends within a while."""
        effective = days.effective(self.chance, published)
        start = published if effective is None else effective
        if self.chance.random() < DOUBTFUL_DATES:
            if self.chance.random() < 0.7:
                return {"effective": days.doubtful(self.chance, start)}
            return {"effective": days.text(start), "until": days.doubtful(self.chance, start + 400)}
        period = {} if effective is None else {"effective": days.text(start)}
        if self.chance.random() < 0.15:
            period |= {"effective": days.text(start), "until": days.text(start + 30 + self.chance.below(700))}
        return period

    def _market(self, published: int) -> Event:
        kind = self.chance.among(MARKET)
        event: Event = {"type": kind, **self.scopes.both(self.scopes.companies())}
        if kind == "condition-signalled":
            event |= {"authority": "mofcom", "conditions": {"domestic-quota": WORDINGS["domestic-quota"]}}
        else:
            event["quantity"] = {"min": 1000 * (1 + self.chance.below(400)), "wording": "several thousand"}
        return {**event, "report": self.report(published)}

    def _named(self, claim: Event, published: int) -> Event:
        if self.chance.random() >= NAMED_LATER:
            return claim
        self._refs += 1
        named = {**claim, "ref": f"claim-{self._refs}"}
        self.about.keep(named, published)
        return named
