"""The few names, dates and values of made-up ledgers: so few that they collide often."""

from __future__ import annotations

from typing import Any

from policytracker.testing import naive
from policytracker.testing.naive import SUBJECTS as SUBJECTS
from policytracker.testing.naive import present as present

Event = dict[str, Any]

CORE = ("2026-01-28", "2026-01-29", "2026-01-30")
WINDOW = (*(f"2026-01-{day}" for day in range(25, 32)), *(f"2026-02-0{day}" for day in range(1, 6)))
LONG = ("2026-01", "2026-02", "2026", "2026-01/2026-02")
AROUND = ("2025-12-31", "2026-01-01", "2026-01-24", "2026-02-06", "2026-02-28", "2026-03-01", "2027-01-01")
HOURS = ("00:00", "00:00:01", "04:59:59", "05:00", "12:00", "15:59:59", "16:00", "23:59:59")
"""Midnight in UTC, New York and Shanghai, and just before."""
ZONES = ("Asia/Shanghai", "America/New_York", "Asia/Kathmandu")

PUBLISHERS = ("Reuters", "Caixin", "FT")
CITED = ("reuters", "REUTERS", "caixin", "ft", "Nikkei")
ATTRIBUTIONS = ("official", "on-record", "anonymous", "unattributed")
GRADES = tuple(f"{reliability}{credibility}" for reliability in "ABCDEF" for credibility in "123456")
TURNING_GRADES = ("A1", "C3", "C4", "D3", "D4", "D4", "D4", "E1", "A5", "F4", "F6")
"""Grades at which it turns how an event counts."""

COMPANIES = ("acme", "bolt", "coda", "dyno", "echo", "flux")
CHIPS = ("h20", "h200", "a100", "mi300")
JURISDICTIONS = ("CN", "US", "SG")
SHARES = (20, 30, 33.3, 16.7, 49.9, 50, 60)
VENDORS = ("Nvidia", "AMD")
ATTRIBUTES = ("tpp", "memory", "dram_bandwidth")
SIZES = (100, 200, 300)
LIMITS = (100, 200, 250.5, 300)
KEYS = ("quota", "test", "share")
REVIEWS = tuple(naive.REVIEWS)
UNITS = ("USD", "CNY")

CLAIMS = (
    "licence-required",
    "blocked",
    "cleared",
    "licence-granted",
    "batch-approved",
    "condition-imposed",
    "prohibited",
    "held",
    "review-opened",
    "approved-in-principle",
)
"""What Hypothesis names first it draws most often."""
CONDITIONED = (
    "licence-required",
    "approved-in-principle",
    "licence-granted",
    "batch-approved",
    "cleared",
    "condition-imposed",
)
QUANTIFIED = ("orders-reported", "shipped", "batch-approved", "licence-granted")
MARKET = ("orders-reported", "shipped", "condition-signalled", "development-reported")
OPTIONAL = {
    "effective",
    "until",
    "except_companies",
    "except_chips",
    "conditions",
    "quantity",
    "basis",
    "form",
    "instrument",
    "instead",
    "note",
}
NEEDED = {
    "conditions": ("condition-signalled", "conditions-met", "condition-imposed"),
    "quantity": ("orders-reported", "shipped"),
}
"""Fields that are optional but for events of these types."""


def may_lack(kind: str, name: str) -> bool:
    """Whether an event of this type is whole without that field."""
    if (kind, name) in (("recipients-identified", "companies"), ("recipients-identified", "excluded")):
        return True
    if kind == "development-reported" and name in ("authority", "companies", "chips", "stage"):
        return True
    return name in OPTIONAL and kind not in NEEDED.get(name, ())


def subject(event: Event) -> tuple[str, str]:
    """Whom or what a registration is of."""
    return event["type"], event.get(SUBJECTS.get(event["type"], ""), "")


def without_ref(event: Event) -> Event:
    """What an event says, whatever it is called."""
    return {name: value for name, value in event.items() if name != "ref"}


def says_nothing_new(event: Event, earlier: list[Event]) -> bool:
    """Whether recording the event would add nothing: it is there, or the registration that counts says the same."""
    if event["type"] not in SUBJECTS:
        return any(without_ref(event) == without_ref(other) for other in earlier)
    alike = [each for each in earlier if subject(each) == subject(event)]
    of_a_day = [each for each in alike if each.get("effective") == event.get("effective")]
    return bool(of_a_day) and present(of_a_day[-1]) == present(event)


def whole(event: Event, earlier: list[Event]) -> Event:
    """A registration that gives up by `null` every field that an earlier one of its subject has and it has not."""
    alike = [each for each in earlier if subject(each) == subject(event)]
    gone = {name for each in alike for name in each if name not in event and name not in ("effective", "report", "ref")}
    return event | dict.fromkeys(sorted(gone))
