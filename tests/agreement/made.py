"""Random small ledgers from a seed, as tangled as can be: many times faster to make than with Hypothesis.

An event may well be one that the ledger refuses; whoever imports leaves it out. So nothing here knows what is refused.
"""

from policytracker.testing import naive
from policytracker.testing.strategies import CLAIMS, MARKET, WINDOW, may_lack
from tests.agreement.made_fields import Saying
from tests.agreement.made_registry import Event

DATES = ("effective", "until")
MOST_EVENTS = 12
ODDS = {
    "effective": 50,
    "until": 25,
    "except_companies": 12,
    "except_chips": 12,
    "conditions": 60,
    "quantity": 50,
    "basis": 30,
    "authority": 50,
    "companies": 50,
    "chips": 50,
}
"""How often a field is given that an event may lack, in a hundred."""
FOCUS = 1
"""Most events about others are about one of the last claims, so that much is said of one."""


class Maker(Saying):
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

    # Claims

    def _broad(self, authority: str) -> Event:
        event: Event = {"type": self.random.choice(CLAIMS), "authority": authority, "companies": ["all"]}
        report = {"publisher": "FT", "published": self.random.choice(WINDOW[:3]), "attribution": "official"}
        event |= {"chips": ["all"], "report": report}
        values = self._values(event["type"])
        return event | {name: values[name] for name in ("review", "conditions", "quantity") if name in values}

    def _scoped(self, kinds: tuple[str, ...]) -> Event:
        kind = self._of(kinds)
        values = self._values(kind)
        kept = {name: value for name, value in values.items() if not may_lack(kind, name) or self._chance(ODDS[name])}
        return in_order({"type": kind, **kept, "report": self._report()})

    # Events about others, and what comes next

    def _about(self, targets: list[Event]) -> Event:
        target = self._target(targets)
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
        if kind == "corroborated" and target["type"] in CLAIMS and self._chance(15):
            event["instead"] = {"quantity": self._quantity()} if "quantity" in target else {"form": "letter"}
        return in_order(event | ({"report": self._report()} if reported else {}))

    def _target(self, targets: list[Event]) -> Event:
        """One of the last claims mostly; at times the last suspension, or any event."""
        kinds = ("suspended",) if self._chance(12) else CLAIMS
        found = [event for event in targets if event["type"] in kinds][-FOCUS:]
        return self.random.choice(targets if self._chance(30) or not found else found)

    def _changes(self, target: Event, reported: bool) -> Event:
        values = self._values(target["type"])
        if "report" in target and not reported and self._chance(30):
            return {"report": self._report()}
        if not values:
            return {"note": "mended"}
        names = self._some(tuple(values), 1, 2)
        if "companies" in values and self._chance(35):
            names = ["companies"]
        gone = {name for name in names if may_lack(target["type"], name) and name in target and self._chance(30)}
        return {name: None if name in gone else values[name] for name in names}

    def _next(self) -> Event:
        """Of a hundred, some 25 claims, 59 events about others, 7 market events and 9 registrations."""
        targets = [event for event in self.events if "ref" in event]
        roll = self.random.random()
        if roll < 0.25 or not targets:
            return self._scoped(CLAIMS)
        if roll < 0.84:
            return self._about(targets)
        return self._scoped(MARKET) if roll < 0.91 else self._registration()


def apt(target: Event) -> tuple[str, ...]:
    """The types of events that may be about this one, the likelier named more than once."""
    kind = target["type"]
    found = ["retracted"]
    found += ["corroborated", "disputed"] if "report" in target else []
    found += ["corrected"] * 3 if kind not in ("corrected", "retracted") else []
    found += ["lifted"] * 3 if kind == "suspended" else []
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
