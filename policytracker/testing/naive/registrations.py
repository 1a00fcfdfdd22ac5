"""Who and what is registered, on the day that is asked about (semantics.md §1, §2, interchange.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from policytracker.testing.naive.clocks import Entry, span

SUBJECTS = {
    "authority-registered": "authority",
    "company-registered": "company",
    "chip-registered": "chip",
    "group-defined": "group",
}
UTC = ZoneInfo("UTC")


@dataclass(frozen=True)
class Registry:
    """§2: the registration of each subject that counts on a day, and the time zones of gates."""

    companies: Mapping[str, Entry]
    chips: Mapping[str, Entry]
    company_groups: Mapping[str, Entry]
    chip_groups: Mapping[str, Entry]
    authorities: Mapping[str, Entry]
    zones: Mapping[str, ZoneInfo]

    def zone(self, gate: str | None) -> ZoneInfo:
        """§2: the one time zone of a gate, else UTC."""
        return self.zones.get(gate or "", UTC)


def registry(entries: Sequence[Entry], day: date) -> Registry:
    """§2: the registry has valid time and the recorded clock, and no published clock."""

    def counting(kind: str) -> dict[str, Entry]:
        said: dict[str, list[Entry]] = {}
        for entry in entries:
            if entry["type"] == kind:
                said.setdefault(entry[SUBJECTS[kind]], []).append(entry)
        return {name: registration_on(day, each) for name, each in said.items()}

    groups = counting("group-defined")
    return Registry(
        companies=counting("company-registered"),
        chips=counting("chip-registered"),
        company_groups={name: group for name, group in groups.items() if group["kind"] == "company"},
        chip_groups={name: group for name, group in groups.items() if group["kind"] == "chip"},
        authorities=counting("authority-registered"),
        zones=time_zones(entries),
    )


def registration_on(day: date, registrations: Sequence[Entry]) -> Entry:
    """§2: the one whose `effective` has the latest last day that is not after D; among equals, the last in the ledger.

    Where the last day of none has come, the one whose last day is earliest counts.
    """
    come = [each for each in registrations if last_day_number(each) <= day.toordinal()]
    counting = max(map(last_day_number, come)) if come else min(map(last_day_number, registrations))
    return [each for each in registrations if last_day_number(each) == counting][-1]


def last_day_number(registration: Entry) -> int:
    """§2: the last day of its `effective`; absent: since ever, before all days."""
    effective = registration.get("effective")
    return span(effective)[1].toordinal() if effective else 0


def time_zones(entries: Sequence[Entry]) -> dict[str, ZoneInfo]:
    """§2: of the last registration in ledger order that itself gives the gate's place, direction and a `timezone`."""
    return {
        gate_guarded_by(entry): ZoneInfo(entry["timezone"])
        for entry in entries
        if entry["type"] == "authority-registered" and entry.get("timezone")
    }


def gate_guarded_by(authority: Entry) -> str:
    """§1: a jurisdiction and a direction."""
    return f"{authority['jurisdiction']}/{authority['direction']}"


def gate_names(company: str, chip: str, names: Registry) -> list[str]:
    """§1: J/export for every other J that controls the chip; J/import of the own one, unless the chip comes from it."""
    home, part = names.companies[company]["jurisdiction"], names.chips[chip]
    exports = [f"{place}/export" for place in sorted(set(part["controlled_by"]) - {home})]
    return exports if home == part.get("origin") else [*exports, f"{home}/import"]


def is_launched(chip: str, names: Registry, day: date) -> bool:
    """interchange.md: days earlier than `launched` are shown as before the launch."""
    launched = names.chips[chip].get("launched")
    return not launched or span(launched)[0] <= day
