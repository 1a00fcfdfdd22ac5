"""Chips ordered, approved and shipped, as ranges, chip by chip (semantics.md §8)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from policytracker.questions import names
from policytracker.questions.interchange import QUANTITY_TYPES, Kind
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.telling import companies_in_words, short_source
from policytracker.status.claims import Claim, claim_from
from policytracker.status.entries import Fields
from policytracker.status.knowledge import Standing
from policytracker.status.quantities import Amount, Count, Tally, tally
from policytracker.status.scope import Scopes
from policytracker.status.view import View

if TYPE_CHECKING:
    from policytracker.questions.ledger_answers import QuantityRange

TOTAL_BY_DEFAULT = ("orders-reported",)
KINDS = ("ordered", "approved", "shipped")


class Series(NamedTuple):
    """The events that count the same kind of thing for the same scope, in order, and what they come to."""

    kind: Kind
    events: dict[str, Standing]
    scope: Claim
    """The last of the events: its scope is that of all."""
    tally: Tally


def quantities(
    reader: Reader, clocks: Clocks, chip: str | None = None, company: str | None = None
) -> list[QuantityRange]:
    """One object for each chip, kind and scope that something is known of, by chip, then kind.

    Within one scope (the same companies, chips and exceptions, as corrected) a total replaces what was known
    before, and what is added comes on top; an event that is not certain, or has only possibly begun by the day
    asked for, may count or not, and the range holds both outcomes. Scopes may overlap: they are listed side by
    side, never added. What was approved was approved: a batch counts also when the claim has ended or another
    strikes it. Given a chip or a company, only what is counted for it, certainly or possibly. Raises UnknownName or
    AmbiguousName.
    """
    view = reader.view_of(tuple(QUANTITY_TYPES), clocks.known, clocks.recorded)
    directory = view.directory
    wanted = None if chip is None else names.chip(directory, chip)
    whose = None if company is None else names.company(directory, company)
    scopes = Scopes(directory)
    counted = (each for each in series(view, clocks.at) if whose is None or scopes.company_side(each.scope, whose))
    rows = [row for each in counted for row in _rows(scopes, each) if wanted in (None, row["chip"])]
    return sorted(rows, key=lambda row: (row["chip"], KINDS.index(row["kind"])))


def series(view: View, day: int) -> Iterator[Series]:
    """The events that count and have at least possibly begun by a day, gathered by kind and scope."""
    gathered: dict[tuple[Kind, str], list[tuple[Claim, Standing]]] = {}
    for standing in view.standings.values():
        kind = QUANTITY_TYPES.get(standing.type)
        if kind is None or not standing.known or standing.retracted or not standing.fields.get("quantity"):
            continue
        event = claim_from(standing)
        if event.start.first <= day:
            gathered.setdefault((kind, _scope_key(standing.fields)), []).append((event, standing))
    for (kind, _), found in gathered.items():
        found.sort(key=lambda pair: pair[0].order)
        known = tally(_count(event, day) for event, _ in found)
        if known is not None:
            yield Series(kind, {event.id: standing for event, standing in found}, found[-1][0], known)


def _count(event: Claim, day: int) -> Count:
    quantity = event.fields["quantity"]
    basis = event.fields.get("basis") or ("total" if event.type in TOTAL_BY_DEFAULT else "added")
    certain = event.certain and event.start.last <= day
    return Count(event.id, Amount(quantity.get("min"), quantity.get("max")), basis == "total", certain)


def _scope_key(fields: Fields) -> str:
    """What two events of one scope have in common: the order within their lists does not matter."""
    parts = (fields.get(name) or [] for name in ("companies", "chips", "except_companies", "except_chips"))
    return _key([_sorted(part) for part in parts])


def _sorted(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: _sorted(value) for name, value in part.items()}
    return sorted(map(_key, part)) if isinstance(part, list) else part


def _key(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _rows(scopes: Scopes, found: Series) -> Iterator[QuantityRange]:
    """The same range under every chip of the scope, which it counts together."""
    chips = dict(_chips(scopes, found.scope.fields))
    rests_on = [found.events[event] for event in found.tally.events]
    for chip, certainly in chips.items():
        yield {
            "chip": chip,
            "kind": found.kind,
            "companies": _whom(found.scope),
            "together_with": [other for other in chips if other != chip],
            "min": found.tally.amount.least,
            "max": found.tally.amount.most,
            "wording": rests_on[-1].fields["quantity"].get("wording"),
            "certain": found.tally.certain and certainly,
            "events": list(found.tally.events),
            "sources": [source for event in rests_on for source in _sources(event)],
        }


def _sources(event: Standing) -> Iterator[str]:
    """On whose word: its own reports, those of corrections of the quantity, and those that deny it."""
    yield from map(short_source, event.reports)
    for about in event.acting("corrected"):
        if "quantity" in about.fields["changes"]:
            yield from (f"corrected: {short_source(report)}" for report in about.reports)
    for about in event.acting("disputed"):
        yield from (f"disputed: {short_source(report)}" for report in about.reports)


def _chips(scopes: Scopes, fields: Fields) -> Iterable[tuple[str, bool]]:
    """The chips of a scope, each with whether it is certainly in it."""
    for chip in sorted(scopes.directory.chips):
        match = scopes.chip_match(fields["chips"], chip)
        out = scopes.chip_match(fields.get("except_chips") or (), chip)
        if match is not None and (out is None or not out.certain):
            yield chip, match.certain and out is None


def _whom(event: Claim) -> str:
    but = companies_in_words(event.fields.get("except_companies") or ())
    whom = companies_in_words(event.fields["companies"], event.named, event.excluded)
    return f"{whom} (except {but})" if but else whom
