"""Random small ledgers from a seed, as tangled as can be: many times faster to make than with Hypothesis.

An event may well be one that the ledger refuses; whoever imports leaves it out. So nothing here knows what is refused.
"""

from typing import Any

from tests import naive
from tests.agreement.made_registry import Event, Registering
from tests.strategies import (
    ATTRIBUTES,
    CITED,
    CLAIMS,
    GRADES,
    HOURS,
    JURISDICTIONS,
    LIMITS,
    LONG,
    MARKET,
    PUBLISHERS,
    REVIEWS,
    WINDOW,
)

FAR = ("9999-12-31", "9999", "2026-02-02/9999-12-31", "9999-12-30")
KEYS = ("quota", "test")
DATES = ("effective", "until")
MOST_EVENTS = 12
FOCUS = 1
"""Most events about others are about one of the last claims, so that much is said of one."""


class Maker(Registering):
    """Makes one ledger."""

    def imports(self) -> list[list[Event]]:
        """The imports of a ledger: all at once, or one after another."""
        self._registry()
        first = len(self.events)
        for authority in ("bis", "customs"):
            if self._chance(75):
                self._offer(self._broad(authority))
        for _ in range(self.random.randint(4, MOST_EVENTS)):
            self._offer(self._next())
        cuts = self.random.choices(range(first, len(self.events)), k=self.random.choice((0, 0, 0, 1, 1, 2, 3)))
        ends = sorted({*cuts, len(self.events)})
        return [self.events[start:end] for start, end in zip([0, *ends], ends, strict=False)]

    # Dates and reports

    def _date(self) -> str:
        roll = self.random.random()
        if roll < 0.7:
            return self.random.choice(WINDOW)
        if roll < 0.85:
            return "/".join(sorted(self.random.sample(WINDOW, 2)))
        return self.random.choice(LONG if roll < 0.95 else FAR)

    def _report(self, sure: int = 50) -> Event:
        published = self._date()
        if self._chance(20):
            published = f"{self.random.choice(WINDOW)}T{self.random.choice(HOURS)}Z"
        elif published.startswith("9999"):
            published = FAR[2]
        event: Event = {"publisher": self.random.choice(PUBLISHERS), "published": published}
        if self._chance(sure):
            return event | {"attribution": "official"}
        if self._chance(40):
            event["grade"] = self.random.choice(GRADES)
        if self._chance(30):
            event["cites"] = self.random.choice(CITED)
        return event

    # Claims

    def _broad(self, authority: str) -> Event:
        event: Event = {"type": self.random.choice(CLAIMS), "authority": authority, "companies": ["all"]}
        report = {"publisher": "FT", "published": self.random.choice(WINDOW[:3]), "attribution": "official"}
        event |= {"chips": ["all"], "report": report}
        return event | ({"review": self.random.choice(REVIEWS)} if event["type"] == "licence-required" else {})

    def _companies(self) -> list[str]:
        one, place = self.random.choice(self.firms), self.random.choice(JURISDICTIONS)
        return self._some(("all", "all", one, one, "giants", f"under:{one}", f"in:{place}", f"hq:{place}"), 1, 2)

    def _scope(self) -> list[str] | Event:
        """A list of companies, or a cohort."""
        if self._chance(60):
            return list(dict.fromkeys(self._companies()))
        named, excluded = self._some(self.firms, 0, 1), self._some(self.firms, 0, 1)
        closed = self._some((*self.firms, "giants"), 1, 3)
        cohort: Event = {"of": closed if self._chance(60) else list(dict.fromkeys(self._companies()))}
        cohort |= {"named": named} if named else {}
        cohort |= {"excluded": excluded} if excluded and excluded != named else {}
        return cohort | ({"count": self.random.randint(max(1, len(named)), 3)} if self._chance(60) else {})

    def _chips(self) -> list[Any]:
        if self._chance(25):
            tests = {f"{each}{self.random.choice(tuple(naive.COMPARE))}" for each in self._some(ATTRIBUTES, 1, 2)}
            return [{"where": sorted(f"{test}{self.random.choice(LIMITS)}" for test in tests)}]
        return list(dict.fromkeys(self._some(("all", "all", "hopper", *self.parts), 1, 2)))

    def _values(self, kind: str) -> Event:
        """A value for each field that an event of this type may have, but for its report and target."""
        if kind == "recipients-identified":
            picked = self._some(self.firms, 1, 2)
            split = self.random.randint(0, len(picked))
            sides = {"companies": picked[:split], "excluded": picked[split:]}
            return {name: firms for name, firms in sides.items() if firms}
        if kind in ("lifted", "suspended", "conditions-met"):
            dates = {"effective": self._date()} | ({"until": self._date()} if kind == "suspended" else {})
            return dates | ({"conditions": self._some(KEYS)} if kind == "conditions-met" else {})
        if kind not in (*CLAIMS, *MARKET):
            return {}
        values: Event = {"chips": self._chips(), "companies": self._companies(), "effective": self._date()}
        if kind == "condition-signalled":
            return values | {"authority": "customs", "conditions": {"quota": "mild"}}
        if kind in MARKET:
            return values | {"quantity": {"min": 100, "wording": "some"}}
        values |= {"authority": self._of(("bis", "customs", "customs")), "companies": self._scope()}
        values |= {"until": self._date(), "except_companies": self._companies(), "except_chips": self._chips()}
        if kind == "licence-required":
            values["review"] = self._of(REVIEWS)
        if kind in ("licence-required", "approved-in-principle", "cleared", "batch-approved"):
            values["conditions"] = {key: self._of(("mild", "strict")) for key in self._some(KEYS)}
        return values

    def _of(self, items: tuple[str, ...]) -> str:
        return self.random.choice(items)

    def _scoped(self, kinds: tuple[str, ...]) -> Event:
        kind = self._of(kinds)
        odds = {"effective": 50, "until": 25, "except_companies": 12, "except_chips": 12, "conditions": 60}
        values = self._values(kind)
        may_lack = () if kind in MARKET else odds
        kept = {name: value for name, value in values.items() if name not in may_lack or self._chance(odds[name])}
        return in_order({"type": kind, **kept, "report": self._report()})

    # Events about others, and what comes next

    def _about(self, targets: list[Event]) -> Event:
        target = self.random.choice(targets if self._chance(30) else self._last_claims(targets))
        kind = self._of(apt(target))
        event: Event = {"type": kind, "target": target["ref"]}
        reported = kind not in ("corrected", "retracted", "disputed", "recipients-identified") or self._chance(50)
        if kind == "corrected":
            event["changes"] = self._changes(target, reported)
        else:
            values = self._values(kind)
            event |= {name: value for name, value in values.items() if name not in DATES or self._chance(60)}
        if kind == "conditions-met":
            event["conditions"] = self._some(tuple(target["conditions"]))
        return in_order(event | ({"report": self._report()} if reported else {}))

    def _last_claims(self, targets: list[Event]) -> list[Event]:
        return [event for event in targets if event["type"] in CLAIMS][-FOCUS:] or targets

    def _changes(self, target: Event, reported: bool) -> Event:
        values = self._values(target["type"])
        if "report" in target and not reported and self._chance(30):
            return {"report": self._report()}
        if not values:
            return {"note": "mended"}
        names = self._some(tuple(values), 1, 2)
        if "companies" in values and self._chance(35):
            names = ["companies"]
        optional = ("effective", "until", "except_companies", "except_chips", "conditions")
        gone = {name for name in names if name in optional and name in target and self._chance(30)}
        return {name: None if name in gone else values[name] for name in names}

    def _next(self) -> Event:
        """Of a hundred, some 25 claims, 63 events about others, 3 market events and 9 registrations."""
        targets = [event for event in self.events if "ref" in event]
        roll = self.random.random()
        if roll < 0.25 or not targets:
            return self._scoped(CLAIMS)
        if roll < 0.88:
            return self._about(targets)
        return self._scoped(MARKET) if roll < 0.91 else self._registration()


def apt(target: Event) -> tuple[str, ...]:
    """The types of events that may be about this one, the likelier named more than once."""
    kind = target["type"]
    found = ["retracted"]
    found += ["corroborated", "disputed"] if "report" in target else []
    found += ["corrected"] * 3 if kind not in ("corrected", "retracted") else []
    if kind in CLAIMS:
        found += ["lifted", "suspended"]
        found += ["conditions-met"] if target.get("conditions") else []
        found += ["recipients-identified"] * 4 if isinstance(target["companies"], dict) else []
    return tuple(found)


def in_order(event: Event) -> Event:
    """The event, without an ``until`` that ends before it begins."""
    start, end = event.get("effective"), event.get("until")
    is_over = start is not None and end is not None and naive.span(end)[1] <= naive.span(start)[0]
    return {name: value for name, value in event.items() if name != "until"} if is_over else event


def made(seed: int) -> list[list[Event]]:
    """The imports of the ledger of a seed."""
    return Maker(seed).imports()
