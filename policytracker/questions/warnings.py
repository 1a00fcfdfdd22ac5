"""Claims that are accepted with a warning, whatever else is recorded (interchange.md, last paragraph): those that can
never apply as the registry stands, and those of which nobody knows when they end."""

import json
from collections.abc import Iterator

from policytracker.events.dates import iso, span
from policytracker.questions.matched_cells import MatchedCells
from policytracker.status.claims import CLAIM_TYPES, Claim, claim_from
from policytracker.status.directory import Directory, Gate
from policytracker.status.entries import Entry
from policytracker.status.knowledge import stand
from policytracker.status.registrations import SINCE_EVER
from policytracker.status.registry import Registry

MOST_REACHES = 32
"""Registries of different days of which an index is kept at once."""
MOST_SCOPES = 16_384
"""Of how many scopes it is remembered whether they apply to something."""


class Inapplicable:
    """Tells of recorded claims why they can apply to no registered cell.

    A claim applies if it does so by the registry of some day on which it may be in force. Of each such registry an
    index is made at the first claim that asks for it. Most claims of a long import share their scopes: what is found of
    one is remembered.
    """

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._since_ever = registry.on(SINCE_EVER)
        self._reaches: dict[int, MatchedCells] = {}
        self._said: dict[str, str | None] = {}

    def why(self, entry: Entry) -> str | None:
        """Why a claim applies to nothing; None for one that does, and for any other event."""
        if entry.type not in CLAIM_TYPES:
            return None
        key = _key(entry, self._registry)
        if key not in self._said:
            if len(self._said) >= MOST_SCOPES:
                self._said.clear()
            self._said[key] = self._why(entry)
        return self._said[key]

    def _why(self, entry: Entry) -> str | None:
        reason = None
        for since in self._days_of(entry):
            matched = self._reach(since)
            gate, claim = _at(entry, matched.directory)
            if gate is None or matched.applies(gate, claim):
                return None
            reason = _reason(matched.directory, gate, matched.companies(claim), matched.chips(claim))
        return reason

    def _days_of(self, entry: Entry) -> Iterator[int]:
        """From which days the registries count that a claim may meet while it is in force: the last first, as most
        claims meet that one."""
        _, claim = _at(entry, self._since_ever)
        until = entry.fields.get("until")
        days = [day for day in self._registry.days if day > claim.start.first]
        yield from (day for day in reversed(days) if not until or day < span(until).last)
        yield self._registry.since(claim.start.first)

    def _reach(self, since: int) -> MatchedCells:
        if since not in self._reaches:
            if len(self._reaches) >= MOST_REACHES:
                self._reaches.clear()
            self._reaches[since] = MatchedCells(self._registry.on(since))
        return self._reaches[since]


def _key(entry: Entry, registry: Registry) -> str:
    """What it hangs on whether a claim applies. Where the registry changes, that is its dates, too."""
    fields = entry.fields
    when = (fields.get("effective"), fields.get("until"), fields["report"]["published"]) if registry.days else ()
    sides = ("authority", "companies", "chips", "except_companies", "except_chips")
    return json.dumps([*(fields.get(name) for name in sides), *when])


def _at(entry: Entry, directory: Directory) -> tuple[Gate | None, Claim]:
    """The gate of a claim, and the claim, by the registry of a day."""
    authority = entry.fields["authority"]
    return directory.gate(authority), claim_from(stand((entry,), None)[entry.id], directory.zone_of(authority))


def vague_end(entry: Entry) -> str | None:
    """What an ``until`` of more than one day says, if that may not be meant; None for any other event."""
    until = entry.fields.get("until")
    if not until or "/" in until or span(until).first == span(until).last:
        return None
    first, last = span(until)
    return (
        f"until {until} means that it ends on some day from {iso(first)} to {iso(last)}, nobody knows which; if it "
        f"holds through {until}, write {iso(last + 1)}, the first day without it"
    )


def _reason(directory: Directory, gate: Gate, companies: frozenset[str], chips: frozenset[str]) -> str:
    for found, kind in ((companies, "company"), (chips, "chip")):
        if not found:
            return f"the claim applies to nothing so far: no registered {kind} is in its scope"
    homes = {directory.companies[company]["jurisdiction"] for company in companies}
    if gate.direction == "import" and gate.jurisdiction in homes:
        why = f"all its chips ({_few(chips)}) come from {gate.jurisdiction} itself, so they are not imported there"
    elif gate.direction == "import":
        why = f"none of its companies ({_few(companies)}) is in {gate.jurisdiction}"
    elif homes == {gate.jurisdiction}:
        why = f"all its companies ({_few(companies)}) are in {gate.jurisdiction} itself"
    else:
        why = f"{gate.jurisdiction} controls none of its chips ({_few(chips)})"
    return f"the claim can never apply at {gate}: {why}; check its authority and its scope"


def _few(ids: frozenset[str], most: int = 4) -> str:
    listed = sorted(ids)
    return ", ".join(listed[:most]) + (f" and {len(listed) - most} more" if len(listed) > most else "")
