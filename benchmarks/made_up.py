"""A made-up ledger of any size, with the proportions of a real one: broad rules, firms singled out, later words."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec

from policytracker.ledger.appending import append_lines
from policytracker.ledger.lines import Line
from policytracker.ledger.store import Store

COMPANIES, CHIPS = 40, 30
FIRST_DAY = date(2020, 1, 1)
CLAIMS = ("blocked", "cleared", "prohibited", "review-opened", "licence-required", "batch-approved")
REVIEWS = ("case-by-case", "presumption-of-denial", "unstated")
Event = dict[str, Any]


def record(ledger: Path, events: int) -> None:
    """Make a ledger of made-up events."""
    encode = msgspec.json.Encoder().encode
    lines = [Line("made-up.jsonl", number, encode(event)) for number, event in enumerate(made_up(events), start=1)]
    with Store.create(ledger) as store:
        append_lines(store, lines)


def made_up(events: int, seed: int = 1) -> list[Event]:
    """Events in ledger order, of a registry of 40 companies and 30 chips, and of claims, each with a ref."""
    chance = random.Random(seed)
    found = list(_registry())
    for place in range(events - len(found)):
        day = FIRST_DAY + timedelta(days=2500 * place // events)
        claims = [event for event in found[-300:] if event["type"] in CLAIMS]
        if len(claims) < 20 or chance.random() < 0.6:
            found.append({**_claim(chance, day), "ref": f"claim-{place}"})
        else:
            found.append(_about(chance, chance.choice(claims), day))
    return found


def _registry() -> Iterator[Event]:
    for name, jurisdiction, direction in (("bis", "US", "export"), ("gacc", "CN", "import")):
        yield {
            "type": "authority-registered",
            "authority": name,
            "name": name.upper(),
            "jurisdiction": jurisdiction,
            "direction": direction,
        }
    for n in range(COMPANIES):
        yield {"type": "company-registered", "company": f"firm-{n}", "name": f"Firm {n}", "jurisdiction": "CN"}
    for n in range(CHIPS):
        size = {"tpp": 1000 * (n + 1)} if n % 3 else {}
        chip = {"chip": f"chip-{n}", "name": f"Chip {n}", "vendor": f"Vendor {n % 4}", "controlled_by": ["US"]}
        yield {"type": "chip-registered", **chip, "attributes": size}
    for kind, of, step in (("company", COMPANIES, 8), ("chip", CHIPS, 6)):
        for first in range(0, of, step):
            members = [f"{'firm' if kind == 'company' else 'chip'}-{n}" for n in range(first, first + step)]
            yield {
                "type": "group-defined",
                "group": f"{kind}-group-{first}",
                "kind": kind,
                "name": kind,
                "members": members,
            }


def _report(chance: random.Random, day: date) -> Event:
    minute = f"{chance.randrange(24):02}:{chance.randrange(60):02}"
    return {
        "publisher": f"Outlet {chance.randrange(40)}",
        "published": f"{day}T{minute}Z" if chance.random() < 0.3 else f"{day}",
        "title": "A report with a title of common length",
        "url": f"https://news.example/{chance.randrange(10**6)}",
        "attribution": chance.choice(["official", "on-record", "anonymous", "unattributed"]),
    }


def _claim(chance: random.Random, day: date) -> Event:
    kind = chance.choice(CLAIMS)
    some_firms = [f"firm-{n}" for n in chance.sample(range(COMPANIES), chance.choice((1, 1, 2, 4)))]
    some_chips = [f"chip-{n}" for n in chance.sample(range(CHIPS), chance.choice((1, 1, 2, 4)))]
    firms = chance.choices((some_firms, [f"company-group-{8 * chance.randrange(5)}"], ["in:CN"]), (6, 2, 1))[0]
    tests: list[Any] = [{"where": [f"tpp<{1000 * chance.randrange(1, 30)}"]}]
    chips = chance.choices((some_chips, [f"chip-group-{6 * chance.randrange(5)}"], tests, ["all"]), (6, 3, 1, 1))[0]
    claim: Event = {"type": kind, "authority": chance.choice(["bis", "gacc"]), "companies": firms, "chips": chips}
    if kind == "licence-required":
        claim["review"] = chance.choice(REVIEWS)
    if kind == "batch-approved":
        claim["conditions"] = {"test": "tested by a third party"}
    start = day + timedelta(days=chance.choice((0, 0, 0, 14, -30)))
    return {**claim, "effective": f"{start}", "report": _report(chance, day)}


def _about(chance: random.Random, target: Event, day: date) -> Event:
    kind = chance.choice(("corroborated", "corroborated", "lifted", "lifted", "disputed", "suspended", "retracted"))
    about = {"type": kind, "target": target["ref"], "report": _report(chance, day)}
    return {**about, "until": f"{day + timedelta(days=90)}"} if kind == "suspended" else about
