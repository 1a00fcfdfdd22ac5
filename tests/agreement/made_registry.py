"""The registry of a random ledger from a seed, and registrations that come later."""

from random import Random
from typing import Any

from policytracker.testing.strategies import (
    ATTRIBUTES,
    JURISDICTIONS,
    SHARES,
    SIZES,
    SUBJECTS,
    VENDORS,
    WINDOW,
    ZONES,
    authority,
    present,
    says_nothing_new,
    whole,
)

Event = dict[str, Any]
FIRMS, PARTS = ("acme", "bolt", "coda"), ("h20", "h200", "a100")
MOVES = ("company", "company", "chip", "giants", "hopper", "authority", "authority", "new")
FROM = (*WINDOW, "2026-01", "2026-01-28/2026-02-02", "../2026-01-29")
"""Days from which a later registration counts."""


class Registering:
    """Makes registrations, and keeps the events of a ledger."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.events: list[Event] = []
        self.firms, self.parts = FIRMS, PARTS[: self.random.randint(2, 3)]

    def _offer(self, event: Event) -> None:
        """Add an event, unless it says nothing new."""
        if not says_nothing_new(event, self.events):
            named = event if event["type"] in SUBJECTS else event | {"ref": f"event-{len(self.events)}"}
            self.events.append(named)

    def _chance(self, percent: int) -> bool:
        return self.random.random() * 100 < percent

    def _some(self, items: tuple[str, ...], least: int = 1, most: int = 2) -> list[str]:
        return self.random.sample(items, min(self.random.randint(least, most), len(items)))

    def _registry(self) -> None:
        self._offer(authority("bis", "US", "export", "America/New_York" if self._chance(50) else None))
        self._offer(authority("customs", "CN", "import", "Asia/Shanghai" if self._chance(60) else None))
        if self._chance(50):
            third = self.random.choice((("miit", "CN", "import"), ("mti", "SG", "export")))
            self._offer(authority(*third, self._zone()))
        for place in range(len(self.firms)):
            self._offer(self._company(place, self.firms[:place]))
        for name in self.parts:
            self._offer(self._chip(name))
        self._offer(self._group("giants", "company"))
        self._offer(self._group("hopper", "chip"))

    def _zone(self) -> str | None:
        return self.random.choice(ZONES) if self._chance(50) else None

    def _company(self, place: int, known: tuple[str, ...]) -> Event:
        """A company whose parent, if any, is an earlier one; any that is known may own a share."""
        name, jurisdiction = self.firms[place], self.random.choice((*JURISDICTIONS, "CN", "CN", "CN"))
        event = {"type": "company-registered", "company": name, "name": name.title(), "jurisdiction": jurisdiction}
        owners = self._owners(tuple(other for other in known if other != name))
        parent = self.random.choice(self.firms[:place]) if place and self._chance(50) else None
        return present({**event, "parent": parent, "owners": owners})

    def _owners(self, known: tuple[str, ...]) -> list[Event] | None:
        if not known or self._chance(55):
            return None
        found: list[Event] = []
        for name in self._some(known):
            share = self.random.choice(SHARES)
            if sum(each["share"] for each in found) + share <= 100:
                found.append({"company": name, "share": share})
        return found

    def _chip(self, name: str) -> Event:
        controllers = self.random.choice((["US"], ["US"], ["CN", "US"], ["US", "SG"], []))
        event = {"type": "chip-registered", "chip": name, "name": name.upper(), "controlled_by": controllers}
        attributes = {key: self._size() for key in self._some(ATTRIBUTES, 0, 2)}
        more = {
            "vendor": self.random.choice(VENDORS),
            "origin": self.random.choice(JURISDICTIONS) if self._chance(12) else None,
            "launched": self.random.choice(FROM[:-1]) if self._chance(12) else None,
            "attributes": attributes or None,
        }
        return present(event | more)

    def _size(self) -> int | Event:
        """A number, or a range of which a bound may be unknown."""
        if self._chance(60):
            return self.random.choice(SIZES)
        least, most = sorted(self.random.choices(SIZES, k=2))
        bounds: list[Event] = [{"min": least}, {"max": most}, {"min": least, "max": most}]
        return self.random.choice(bounds)

    def _group(self, name: str, kind: str) -> Event:
        members = self._some(self.firms if kind == "company" else self.parts, 1, 3)
        event = {"type": "group-defined", "group": name, "kind": kind, "name": name, "members": members}
        return event | ({"complete": True} if self._chance(50) else {})

    def _registration(self) -> Event:
        """One registered anew, from a day on or since ever, or late."""
        event = self._anew(self.random.choice(MOVES))
        if self._chance(60):
            event["effective"] = self.random.choice(FROM)
        if self._chance(10):
            event["report"] = {"publisher": "FT", "published": self.random.choice(WINDOW)}
        return whole(event, self.events)

    def _anew(self, kind: str) -> Event:
        """It moves, changes hands, gains an attribute, loses a member."""
        if kind == "company":
            return self._company(self.random.randrange(len(self.firms)), self.firms)
        if kind == "chip":
            return self._chip(self.random.choice(self.parts))
        if kind == "authority":
            name, place = self.random.choice(("bis", "customs")), self.random.choice(JURISDICTIONS)
            return authority(name, place, self.random.choice(("export", "import")), self._zone())
        if kind == "new":
            return self._chip("mi300") if self._chance(50) else {**self._company(0, self.firms), "company": "dyno"}
        return self._group(kind, "company" if kind == "giants" else "chip")
