"""The naive reading for ledgers of any size: the same functions, kept from looking at what cannot matter.

Three things make ``naive.answer`` too slow for a large ledger, and are done differently here, as literally as can be:

- it judges all events, whereas a cell needs the claims whose selectors match it, and what was said about these;
- it tries every choice of the claims that hold possibly, of which a large ledger has dozens at one gate. A claim that
  another overrides which holds certainly is left in no world, and where all that it overrides is overridden by such
  claims as well, no world has other claims left without it: it may be dropped, one after another;
- it asks for each ``owned:`` selector what its subject owns down the chain, of all companies. Whoever owns a company
  stands somewhere above it, as an owner or a parent: other selectors need not be asked.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from policytracker.testing import naive
from policytracker.testing.naive import Entry, Holding, Registry, Standing
from policytracker.testing.naive.registrations import SUBJECTS


class Ledger:
    """The events of a ledger, asked cell by cell."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Entries as ``naive.answer`` takes them."""
        self._position = {entry["id"]: position for position, entry in enumerate(entries)}
        self._threads = _threads(entries)
        self._by_company, self._by_chip = (_index(self._threads, named) for named in (companies_named, chips_named))
        self._registrations = [entry for entry in entries if entry["type"] in SUBJECTS]
        self._registry = cache(self._registry_on)
        self._matching_company = cache(self._companies_matching)
        self._matching_chip = cache(self._chips_matching)

    def answer(self, company: str, chip: str, *, at: str, known: str | None, recorded: int | None) -> dict[str, Any]:
        """What ``naive.answer`` gives, but for what would settle it and what is left. Raises TooManyWorlds."""
        day = date.fromisoformat(at)
        names = self._registry(day, recorded)
        judged = [
            claim
            for thread in self._threads_on(company, chip, day, recorded)
            for claim in self._judged(thread, known, recorded)
        ]
        claims = sorted(judged, key=lambda claim: claim.position)
        scoped = [(claim, naive.scope(claim, company, chip, names)) for claim in claims]
        matched = [(claim, extent) for claim, extent in scoped if extent is not None]
        counting = {claim.id for claim in naive.counting({claim.id: claim for claim, _ in matched})}
        acting = [(claim, extent) for claim, extent in matched if claim.id in counting]
        gates = [look(name, acting, day, names) for name in naive.gate_names(company, chip, names)]
        possible = naive.minima(gate.possible for gate in gates)
        matching = [claim for claim, _ in matched]
        last_words = {gate.name: naive.last_word(gate.name, matching, names, known) for gate in gates}
        return {
            "status": naive.word(possible),
            "possible": naive.words(possible),
            "limited_by": [gate.name for gate in gates if min(possible) in gate.possible],
            "if_open": naive.if_open(gates),
            "gates": [naive.described(gate) | {"last_word": last_words[gate.name]} for gate in gates],
            "conditions": naive.conditions(gates),
            "launched": naive.is_launched(chip, names, day),
            "last_report": max((said for said in last_words.values() if said), default=None),
        }

    def _registry_on(self, day: date, recorded: int | None) -> Registry:
        """The registrations that count on a day."""
        return naive.registry(naive.visible(self._registrations, recorded), day)

    def _threads_on(self, company: str, chip: str, day: date, recorded: int | None) -> set[str]:
        """The threads whose selectors, whenever they were said, may match a cell."""
        companies = {
            thread for name in self._matching_company(company, day, recorded) for thread in self._by_company[name]
        }
        return {
            thread for name in self._matching_chip(chip, day, recorded) for thread in self._by_chip[name] & companies
        }

    def _judged(self, thread: str, known: str | None, recorded: int | None) -> list[Standing]:
        """The claim of a thread, judged by the events of the thread; none where it is not recorded yet."""
        seen = naive.visible(self._threads[thread], recorded)
        if not seen:
            return []
        return [replace(naive.standings(seen, known)[thread], position=self._position[thread])]

    def _companies_matching(self, company: str, day: date, recorded: int | None) -> list[str]:
        names = self._registry(day, recorded)
        above = owners_above(company, names)
        may = (name for name in self._by_company if not name.startswith("owned:") or owner(name, names) & above)
        return [name for name in may if naive.company_selector(name, company, names)]

    def _chips_matching(self, chip: str, day: date, recorded: int | None) -> list[str]:
        names = self._registry(day, recorded)
        return [name for name in self._by_chip if naive.chip_selector(json.loads(name), chip, names)]


def owner(selector: str, names: Registry) -> set[str]:
    """Those whom an ``owned:`` selector names: a company, or the members of a group."""
    name = selector.removeprefix("owned:")
    return {name, *names.company_groups.get(name, {}).get("members", ())}


def owners_above(company: str, names: Registry) -> set[str]:
    """A company, its owners and its parent, theirs, and so on."""
    found, left = {company}, [company]
    while left:
        registered = names.companies.get(left.pop(), {})
        held = {each["company"] for each in registered.get("owners") or ()} | {registered.get("parent") or company}
        left += held - found
        found |= held
    return found


def look(name: str, counting: Iterable[tuple[Standing, naive.Scope]], day: date, names: Registry) -> naive.Gate:
    """``naive.look``, without the claims that make no difference. Raises TooManyWorlds."""
    here = [(claim, extent) for claim, extent in counting if naive.gate_of(claim, names) == name]
    found = (naive.holding(claim, extent, day, names.zone(name)) for claim, extent in here)
    held = that_matter(sorted((claim for claim in found if claim is not None), key=lambda claim: claim.order))
    return naive.gate(name, held)


def that_matter(held: Sequence[Holding]) -> list[Holding]:
    """The claims at a gate but for those that change nothing in any world, nor were all licences left out (§8)."""
    left = list(held)
    for claim in held:
        others = [other for other in reversed(left) if other is not claim]
        sure = [other for other in others if other.certain and other.type != "licence-granted"]
        overridden = [other for other in others if naive.overrides(claim, other)]
        if all(any(naive.overrides(other, each) for other in sure) for each in (claim, *overridden)):
            left.remove(claim)
    return left


def companies_named(event: Entry) -> list[str]:
    """The company selectors that an event of a thread brings in, each as JSON would have it."""
    said = event.get("changes", event)
    companies = said.get("companies") or []
    return [*companies.get("of", ()), *companies.get("named", ())] if isinstance(companies, dict) else list(companies)


def chips_named(event: Entry) -> list[str]:
    """The chip selectors that an event of a thread brings in, as JSON."""
    return [json.dumps(selector) for selector in event.get("changes", event).get("chips") or []]


def _threads(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    """The claims, each with the events about it and about those."""
    threads: dict[str, list[Entry]] = {}
    first: dict[str, str] = {}
    for entry in entries:
        thread = first.get(entry["target"]) if entry.get("target") else entry["id"]
        if thread is not None and (thread in threads or entry["type"] in naive.CLAIMS):
            first[entry["id"]] = thread
            threads.setdefault(thread, []).append(entry)
    return threads


def _index(threads: dict[str, list[Entry]], named: Callable[[Entry], list[str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for thread, events in threads.items():
        for event in events:
            for name in named(event):
                found[name].add(thread)
    return found
