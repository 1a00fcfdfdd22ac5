"""What events of a random ledger from a seed say: dates, reports, scopes and all other fields."""

from typing import Any

from policytracker.testing import naive
from policytracker.testing.strategies import (
    ATTRIBUTES,
    CITED,
    CLAIMS,
    CONDITIONED,
    GRADES,
    HOURS,
    JURISDICTIONS,
    LIMITS,
    LONG,
    MARKET,
    PUBLISHERS,
    QUANTIFIED,
    REVIEWS,
    TURNING_GRADES,
    VENDORS,
    WINDOW,
    present,
)
from tests.agreement.made_registry import Event, Registering

FAR = ("9999-12-31", "9999", "2026-02-02/9999-12-31", "9999-12-30")
KEYS = ("quota", "test")
VENDOR = tuple(f"vendor:{name.lower()}" for name in VENDORS)
NUMBERS = (0, 100, 250, 1000)


class Saying(Registering):
    """Makes the fields of events."""

    # Dates and reports

    def _date(self) -> str:
        roll = self.random.random()
        if roll < 0.7:
            return self.random.choice(WINDOW)
        if roll < 0.85:
            return "/".join(sorted(self.random.sample(WINDOW, 2)))
        return self.random.choice(LONG if roll < 0.95 else FAR)

    def _start(self) -> str:
        """An `effective`, which may be open at its start."""
        return f"../{self.random.choice(WINDOW)}" if self._chance(8) else self._date()

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
            event["grade"] = self.random.choice(GRADES if self._chance(30) else TURNING_GRADES)
        if self._chance(30):
            event["cites"] = self.random.choice(CITED)
        return event

    # Scopes and quantities

    def _companies(self) -> list[str]:
        one, place = self.random.choice(self.firms), self.random.choice(JURISDICTIONS)
        beneath = (f"under:{one}", f"owned:{self.random.choice((one, 'giants'))}", f"in:{place}", f"hq:{place}")
        return self._some(("all", "all", one, one, "giants", *beneath), 1, 2)

    def _scope(self) -> list[str] | Event:
        """A list of companies, or a cohort."""
        if self._chance(60):
            return list(dict.fromkeys(self._companies()))
        named, excluded = self._some(self.firms, 0, 1), self._some(self.firms, 0, 1)
        closed = self._some((*self.firms, "giants"), 1, 3)
        cohort: Event = {"of": closed if self._chance(60) else list(dict.fromkeys(self._companies()))}
        cohort |= {"named": named} if named else {}
        cohort |= {"excluded": excluded} if excluded and excluded != named else {}
        return cohort | ({"count": self._count(len(named))} if self._chance(60) else {})

    def _count(self, named: int) -> int | Event:
        """How many companies a cohort has, or a range."""
        least, most = sorted(self.random.choices(range(max(1, named), 4), k=2))
        ranges: list[int | Event] = [{"min": least}, {"max": most}, {"min": least, "max": most}]
        return most if self._chance(60) else self.random.choice(ranges)

    def _chips(self) -> list[Any]:
        plain = list(dict.fromkeys(self._some(("all", "all", "hopper", *VENDOR, *self.parts), 1, 2)))
        if self._chance(75):
            return plain
        tests = {f"{each}{self.random.choice(tuple(naive.COMPARE))}" for each in self._some(ATTRIBUTES, 1, 2)}
        where: Event = {"where": sorted(f"{test}{self.random.choice(LIMITS)}" for test in tests)}
        return [where | ({"of": plain} if self._chance(35) else {})]

    def _quantity(self) -> Event:
        """A range, of which an end may be open, of chips or money, at times for each company."""
        least, most = sorted(self.random.choices(NUMBERS, k=2))
        ranges: list[Event] = [{"min": least}, {"max": most}, {"min": least, "max": most, "wording": "some"}]
        unit = "USD" if self._chance(10) else None
        return present({**self.random.choice(ranges), "unit": unit, "per": "company" if self._chance(10) else None})

    # Fields

    def _values(self, kind: str) -> Event:
        """A value for each field that an event of this type may have, but for its report and target."""
        if kind == "recipients-identified":
            picked = self._some(self.firms, 1, 2)
            split = self.random.randint(0, len(picked))
            sides = {"companies": picked[:split], "excluded": picked[split:]}
            return {name: firms for name, firms in sides.items() if firms}
        if kind in ("lifted", "suspended", "conditions-met"):
            dates = {"effective": self._start()} | ({"until": self._date()} if kind == "suspended" else {})
            return dates | ({"conditions": self._some(KEYS)} if kind == "conditions-met" else {})
        return self._scoped_values(kind) if kind in (*CLAIMS, *MARKET) else {}

    def _scoped_values(self, kind: str) -> Event:
        """The same of a claim, a market event, a signal or a development."""
        values: Event = {"chips": self._chips(), "companies": self._companies(), "effective": self._start()}
        if kind in QUANTIFIED:
            values |= {"quantity": self._quantity(), "basis": self._of(("total", "added"))}
        if kind == "condition-signalled":
            return values | {"authority": "customs", "conditions": {"quota": "mild"}}
        if kind == "development-reported":
            return values | {"kind": "deliberation", "text": "Talks were held.", "authority": "customs"}
        if kind in MARKET:
            return values
        values |= {"authority": self._of(("bis", "customs", "customs")), "companies": self._scope()}
        values |= {"until": self._date(), "except_companies": self._companies(), "except_chips": self._chips()}
        if kind == "licence-required":
            values["review"] = self._of(REVIEWS)
        if kind in CONDITIONED:
            values["conditions"] = {key: self._of(("mild", "strict")) for key in self._some(KEYS)}
        return values

    def _of(self, items: tuple[str, ...]) -> str:
        return self.random.choice(items)
