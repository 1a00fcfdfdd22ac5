"""The registry of a random ledger from a seed, and registrations that come later."""

from random import Random
from typing import Any

from tests.strategies import ATTRIBUTES, JURISDICTIONS, SIZES, SUBJECTS, subject, without_ref

Event = dict[str, Any]
FIRMS, PARTS = ("acme", "bolt", "coda"), ("h20", "h200", "a100")


class Registering:
    """Makes registrations, and keeps the events of a ledger."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.events: list[Event] = []
        self.firms, self.parts = FIRMS, PARTS[: self.random.randint(2, 3)]

    def _offer(self, event: Event) -> None:
        """Add an event, unless it is there already."""
        if event["type"] in SUBJECTS:
            there = next((other for other in reversed(self.events) if subject(other) == subject(event)), None)
            if event != there:
                self.events.append(event)
        elif all(event != without_ref(other) for other in self.events):
            self.events.append(event | {"ref": f"event-{len(self.events)}"})

    def _chance(self, percent: int) -> bool:
        return self.random.random() * 100 < percent

    def _some(self, items: tuple[str, ...], least: int = 1, most: int = 2) -> list[str]:
        return self.random.sample(items, min(self.random.randint(least, most), len(items)))

    def _registry(self) -> None:
        self._authority("bis", "US", "export")
        self._authority("customs", "CN", "import")
        if self._chance(50):
            self._authority(*self.random.choice((("miit", "CN", "import"), ("mti", "SG", "export"))))
        for place in range(len(self.firms)):
            self.events.append(self._company(place))
        for name in self.parts:
            self.events.append(self._chip(name))
        self._offer(self._group("giants", "company"))
        self._offer(self._group("hopper", "chip"))

    def _authority(self, name: str, jurisdiction: str, direction: str) -> None:
        event = {"type": "authority-registered", "authority": name, "name": name}
        self._offer({**event, "jurisdiction": jurisdiction, "direction": direction})

    def _company(self, place: int) -> Event:
        name, jurisdiction = self.firms[place], self.random.choice((*JURISDICTIONS, "CN", "CN", "CN"))
        event = {"type": "company-registered", "company": name, "name": name.title(), "jurisdiction": jurisdiction}
        return event | ({"parent": self.random.choice(self.firms[:place])} if place and self._chance(50) else {})

    def _chip(self, name: str) -> Event:
        controllers = self.random.choice((["US"], ["US"], ["CN", "US"], ["US", "SG"], []))
        event = {"type": "chip-registered", "chip": name, "name": name.upper(), "vendor": "Vendor"}
        attributes = {key: self.random.choice(SIZES) for key in self._some(ATTRIBUTES, 0, 2)}
        return event | {"controlled_by": controllers} | ({"attributes": attributes} if attributes else {})

    def _group(self, name: str, kind: str) -> Event:
        members = self._some(self.firms if kind == "company" else self.parts, 1, 3)
        event = {"type": "group-defined", "group": name, "kind": kind, "name": name, "members": members}
        return event | ({"complete": True} if self._chance(50) else {})

    def _registration(self) -> Event:
        """One registered anew or late: it moves, changes hands, gains an attribute, loses a member."""
        kind = self.random.choice(("company", "company", "chip", "giants", "hopper", "authority", "authority", "new"))
        if kind == "company":
            return self._company(self.random.randrange(len(self.firms)))
        if kind == "chip":
            return self._chip(self.random.choice(self.parts))
        if kind == "authority":
            name, place = self.random.choice(("bis", "customs")), self.random.choice(JURISDICTIONS)
            event = {"type": "authority-registered", "authority": name, "name": name, "jurisdiction": place}
            return event | {"direction": self.random.choice(("export", "import"))}
        if kind == "new":
            return self._chip("mi300") if self._chance(50) else {**self._company(0), "company": "dyno"}
        return self._group(kind, "company" if kind == "giants" else "chip")
