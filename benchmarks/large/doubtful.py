"""Claims with every kind of doubt, and market events: about each of them much may be said later (``about.py``)."""

from collections import deque

from benchmarks.large import days
from benchmarks.large.about import About
from benchmarks.large.chance import Chance, Weighted
from benchmarks.large.reports import Reports
from benchmarks.large.scopes import Scopes
from benchmarks.large.words import SECOND, WORDINGS, Words
from benchmarks.large.world import AUTHORITIES, Event, World

GATES = Weighted({"US/export": 0.45, "CN/import": 0.45, "NL/export": 0.1})
RESTRICTING = Weighted({"unstated": 3, "policy-of-denial": 1, "presumption-of-denial": 1})
PERMITTING = Weighted({"case-by-case": 3, "presumption-of-approval": 1})
KINDS = ("deliberation", "legislation", "enforcement", "supply", "product", "statement")
ABOUT, MARKETED = 0.26, 0.03
"""Shares of the events about others, and of market events; the rest are claims."""
RESTRICTED = 0.3
ANSWERING = 0.5
"""This share of the permissions answers a recent restriction: its companies and chips are the same."""
COHORTS, DOUBTFUL_GRADES, DOUBTFUL_DATES = 0.03 / 0.71, 0.05, 0.05
NAMED_LATER = 0.3
"""This share of the claims has a ref, and so may be the target of later events."""
MOST_MOVES = 20
"""So many companies change hands at most: on every day on which one does, the registry is another."""


class Doubtful:
    """Makes the events of a ledger, one after another."""

    def __init__(self, world: World, seed: int, words: Words = SECOND) -> None:
        self.world, self.words = world, words
        self.chance = Chance(seed)
        self.reports = Reports(self.chance)
        self.scopes = Scopes(world, words, self.chance)
        self.about = About(world, words, self.chance, self.report)
        self._restricted: deque[Event] = deque(maxlen=256)
        self._refs = self._moved = 0

    def event(self, recorded: int) -> Event:
        """The next event, recorded on a day (0 is the first of the ledger)."""
        draw = self.chance.random()
        published = days.published(self.chance, recorded)
        if self.words.moves and self._moved < MOST_MOVES and self.chance.random() < self.words.moves:
            return self._move(published)
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
        restricts = self.chance.random() < RESTRICTED
        claim: Event = {
            "type": self._type(restricts),
            "authority": self.chance.among(AUTHORITIES[GATES.draw(self.chance)]),
            **self._scope(restricts),
            **self._period(published),
            "report": self.report(published),
        }
        claim |= self._particulars(claim["type"], restricts)
        if restricts:
            self._restricted.append({"companies": claim["companies"], "chips": claim["chips"]})
        return self._named(claim, published)

    def _type(self, restricts: bool) -> str:
        if self.words.imposed and not restricts and self.chance.random() * (1 - RESTRICTED) < self.words.imposed:
            return "condition-imposed"
        return (self.words.restrictions if restricts else self.words.permissions).draw(self.chance)

    def _particulars(self, kind: str, restricts: bool) -> Event:
        """What a claim of a type says beside its scope and its dates."""
        more: Event = {}
        if kind == "licence-required":
            more["review"] = (RESTRICTING if restricts else PERMITTING).draw(self.chance)
        # In version 2 a duty has conditions of its own, which bind those who are licensed under it.
        may_ask = not restricts and kind != "review-opened"
        if kind == "licence-required":
            may_ask = not self.words.is_first
        if kind == "condition-imposed" or (may_ask and self.chance.random() < 0.4):
            more["conditions"] = {key: WORDINGS[key] for key in self.chance.some(tuple(WORDINGS), 3)}
        if kind in ("batch-approved", "licence-granted"):
            more["quantity"] = self._quantity()
        return more

    def _quantity(self) -> Event:
        quantity: Event = {"min": 1000 * (1 + self.chance.below(400))}
        if self.chance.random() < self.words.ranges:
            quantity["max"] = 2 * quantity["min"]
        if not self.words.is_first and self.chance.random() < 0.1:
            quantity["per"] = "company"
        return quantity

    def _move(self, published: int) -> Event:
        """A company has a new parent from a day on; all else of its registration stays."""
        self._moved += 1
        number = 31 * self._moved % self.world.companies
        company, parent = self.world.company(number, self.words), self.world.firms.ids[number // 3]
        return {**company, "parent": parent, "effective": days.text(published)}

    def _scope(self, restricts: bool) -> Event:
        if not restricts and self._restricted and self.chance.random() < ANSWERING:
            return self.chance.among(self._restricted)
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
                return {"effective": days.doubtful(self.chance, start, self.words.open_starts)}
            return {"effective": days.text(start), "until": days.doubtful(self.chance, start + 400)}
        period = {} if effective is None else {"effective": days.text(start)}
        if self.chance.random() < 0.15:
            period |= {"effective": days.text(start), "until": days.text(start + 30 + self.chance.below(700))}
        return period

    def _market(self, published: int) -> Event:
        kind = self.chance.among(self.words.market)
        event: Event = {"type": kind, **self.scopes.both(self.scopes.companies())}
        if kind == "condition-signalled":
            event |= {"authority": "mofcom", "conditions": {"domestic-quota": WORDINGS["domestic-quota"]}}
        elif kind == "development-reported":
            event |= {"kind": self.chance.among(KINDS), "text": "Something happened that decides nothing."}
        else:
            event["quantity"] = {**self._quantity(), "wording": "several thousand"}
        return {**event, "report": self.report(published)}

    def _named(self, claim: Event, published: int) -> Event:
        if self.chance.random() >= NAMED_LATER:
            return claim
        self._refs += 1
        named = {**claim, "ref": f"claim-{self._refs}"}
        self.about.keep(named, published)
        return named
