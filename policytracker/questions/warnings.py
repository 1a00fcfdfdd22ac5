"""What is accepted with a warning: claims that can never apply as the registry stands, names that could be taken for
another's, and totals that replace what was said before (interchange.md, last paragraph)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from policytracker.events.claims import Claim
from policytracker.events.dates import span
from policytracker.events.forms import canonical, id_of, plain, read_line
from policytracker.events.refusals import Refused
from policytracker.ledger.lines import Line
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.where import Where
from policytracker.questions.lookalikes import lookalikes
from policytracker.questions.matched_cells import MatchedCells
from policytracker.questions.reader import Reader
from policytracker.questions.totals import replacements
from policytracker.status.claims import CLAIM_TYPES, claim_from
from policytracker.status.claims import Claim as KnownClaim
from policytracker.status.directory import Directory, Gate
from policytracker.status.entries import Entry
from policytracker.status.knowledge import stand
from policytracker.status.registrations import SINCE_EVER
from policytracker.status.registry import Registry

MOST_REACHES = 8
"""Registries of different days of which an index is kept at once."""
MOST_SCOPES = 16_384
"""Of how many scopes it is remembered whether they apply to something."""


def warnings(reader: Reader, registry: Registry, day: int, new: Sequence[Entry]) -> Callable[[Entry], list[str]]:
    """What tells of each new event why to look twice at it; ``registry`` has the new ones in it, ``day`` is today."""
    directory = registry.on(day)
    alike, why = lookalikes(directory, new), inapplicable(registry)
    replaced = replacements(reader, directory, new)
    return lambda entry: [*alike.get(entry.id, ()), *filter(None, [why(entry)]), *replaced(entry.id)]


def inapplicable(registry: Registry) -> Callable[[Entry], str | None]:
    """What tells of a recorded event why it can apply to no registered cell; None for any other event.

    A claim applies if it does so by the registry of some day on which it may be in force. Of each such registry an
    index is made at the first claim that asks for it.
    """
    reaches: dict[int, MatchedCells] = {}

    def reach(since: int) -> MatchedCells:
        if since not in reaches:
            if len(reaches) >= MOST_REACHES:
                reaches.clear()
            reaches[since] = MatchedCells(registry.on(since))
        return reaches[since]

    def why(entry: Entry) -> str | None:
        if entry.type not in CLAIM_TYPES:
            return None
        reason = None
        for since in _days_of(entry, registry):
            matched = reach(since)
            gate, claim = _at(entry, matched.directory)
            if gate is None or matched.applies(gate, claim):
                return None
            reason = reason or _reason(matched.directory, gate, matched.companies(claim), matched.chips(claim))
        return reason

    return why


def _days_of(entry: Entry, registry: Registry) -> Iterator[int]:
    """From which days the registries count that a claim may meet as long as it is in force, in order."""
    _, claim = _at(entry, registry.on(SINCE_EVER))
    until = entry.fields.get("until")
    yield registry.since(claim.start.first)
    yield from (day for day in registry.days if day > claim.start.first and (not until or day < span(until).last))


def _at(entry: Entry, directory: Directory) -> tuple[Gate | None, KnownClaim]:
    """The gate of a claim, and the claim, by the registry of a day."""
    authority = entry.fields["authority"]
    return directory.gate(authority), claim_from(stand((entry,), None)[entry.id], directory.zone_of(authority))


def inapplicable_lines(
    ledger: Where, lines: Iterable[Line], registry: Registry, since: int
) -> Iterator[tuple[Line, str]]:
    """The lines of an import whose claims can apply to no registered cell, and why.

    Those that were recorded before the position ``since`` are left out; of two that say the same the second is. The
    lines are read again one by one: an import may be longer than memory.
    """
    why = _why(registry)
    told: set[str] = set()
    with open_ledger(ledger) as source:
        for line, claim in _claims_in(lines):
            reason = why(claim)
            event_id = "" if reason is None else id_of(canonical(claim))
            if reason and event_id not in told and not 0 < source.position_of(event_id) < since:
                told.add(event_id)
                yield line, reason


def _why(registry: Registry) -> Callable[[Claim], str | None]:
    """The same as ``inapplicable``, of claims as they are read. Most claims of a long import share their scopes."""
    why = inapplicable(registry)
    said: dict[tuple[Any, ...], str | None] = {}

    def why_claim(claim: Claim) -> str | None:
        # Where the registry changes, it hangs on the days of a claim too.
        when = (claim.effective, claim.until, claim.report.published) if registry.days else ()
        scope = claim.authority, claim.companies, claim.chips, claim.except_companies, claim.except_chips, when
        if scope not in said:
            if len(said) >= MOST_SCOPES:
                said.clear()
            said[scope] = why(Entry(0, "", 0, plain(claim)))
        return said[scope]

    return why_claim


def _claims_in(lines: Iterable[Line]) -> Iterator[tuple[Line, Claim]]:
    for line in lines:
        with suppress(Refused):
            event = read_line(line.text)
            if isinstance(event, Claim):
                yield line, event


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
