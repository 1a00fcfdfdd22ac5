"""The questions that users ask, answered in the shape of cli.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from policytracker.testing.naive.amounts import left_of, sums
from policytracker.testing.naive.choices import Gate, gate, would_settle
from policytracker.testing.naive.clocks import Entry, is_public, publication_day, visible
from policytracker.testing.naive.force import in_force
from policytracker.testing.naive.knowledge import Standing, claims, counting, existing, standings, with_all_about
from policytracker.testing.naive.prevailing import holding
from policytracker.testing.naive.registrations import Registry, gate_guarded_by, gate_names, is_launched, registry
from policytracker.testing.naive.scopes import Scope, scope
from policytracker.testing.naive.statuses import minima, word, words


def gate_of(claim: Standing, names: Registry) -> str:
    """§1: all authorities of one jurisdiction and direction guard the same gate."""
    return gate_guarded_by(names.authorities[claim.fields["authority"]])


def look(name: str, scoped: Sequence[tuple[Standing, Scope]], day: date, names: Registry) -> Gate:
    """§5 to §7: one gate of the cell, given the claims that count and match the cell."""
    here = [(claim, matched) for claim, matched in scoped if gate_of(claim, names) == name]
    found = (holding(claim, matched, day, names.zone(name)) for claim, matched in here)
    return gate(name, [claim for claim in found if claim is not None])


def gates_of(judged: Mapping[str, Standing], names: Registry, company: str, chip: str, day: date) -> list[Gate]:
    """§5 to §7: the gates of a cell."""
    scoped = [(claim, scope(claim, company, chip, names)) for claim in counting(judged)]
    matched = [(claim, extent) for claim, extent in scoped if extent is not None]
    return [look(name, matched, day, names) for name in gate_names(company, chip, names)]


def answer(
    entries: Sequence[Entry], company: str, chip: str, *, at: str, known: str | None, recorded: int | None
) -> dict[str, Any]:
    """cli.md, `state --json`: the answer for one registered cell on one day, as known at K and recorded at R."""
    seen, day = visible(entries, recorded), date.fromisoformat(at)
    names, judged = registry(seen, day), standings(seen, known)
    gates = gates_of(judged, names, company, chip, day)
    possible = minima(each.possible for each in gates)
    matching = [claim for claim in claims(judged) if scope(claim, company, chip, names)]
    last_words = {each.name: last_word(each.name, matching, names, known) for each in gates}
    return {
        "status": word(possible),
        "possible": words(possible),
        "limited_by": [each.name for each in gates if min(possible) in each.possible],
        "if_open": if_open(gates),
        "gates": [described(each) | {"last_word": last_words[each.name]} for each in gates],
        "would_settle": would_settle(gates),
        "conditions": conditions(gates),
        "left": left(gates, judged, names, day),
        "launched": is_launched(chip, names, day),
        "last_report": max((said for said in last_words.values() if said), default=None),
    }


def described(place: Gate) -> dict[str, Any]:
    """§7: a gate's possible statuses, and the claims that stand in at least one possible world."""
    return {
        "gate": place.name,
        "status": word(place.possible),
        "possible": words(place.possible),
        "claims": {claim.id for claim in place.stands},
    }


def if_open(gates: Sequence[Gate]) -> list[str] | None:
    """§7: what the cell would be if its silent gates were open; None where no gate is silent."""
    if not any(each.silent for each in gates):
        return None
    return words(minima(each.if_open if each.silent else each.possible for each in gates))


def conditions(gates: Iterable[Gate]) -> list[dict[str, str]]:
    """§8: the conditions claim by claim, never merged, by gate, claim and key."""
    return [
        {"gate": each.name, "claim": claim, "key": key, "wording": wording, "binds": binds}
        for each in gates
        for (claim, key, wording), binds in each.conditions.items()
    ]


def left(
    gates: Iterable[Gate], judged: Mapping[str, Standing], names: Registry, day: date
) -> list[dict[str, Any]] | None:
    """§8: what is left of each approval with a quantity that stands in some world, in the order of §6; else None."""
    standing = [judged[claim.id] for each in gates for claim in each.stands]
    found = [left_of(each, judged, names, day) for each in standing]
    return [each for each in found if each is not None] or None


def last_word(name: str, matching: Iterable[Standing], names: Registry, known: str | None) -> str | None:
    """cli.md: the last publication day among the known reports of claims at the gate and of the events about them."""
    here = [claim for claim in matching if gate_of(claim, names) == name]
    reports = [event.report for claim in here for event in with_all_about(claim)]
    public = [report for report in reports if report is not None and is_public(report, known)]
    return max((publication_day(report, names.zone(name)).isoformat() for report in public), default=None)


def claims_in_force(
    entries: Sequence[Entry], *, at: str, known: str | None, recorded: int | None
) -> dict[str, dict[str, Any]]:
    """cli.md, `claims --json`: the claims known, not retracted, and certainly or possibly in force."""
    seen, day = visible(entries, recorded), date.fromisoformat(at)
    names = registry(seen, day)
    found = {}
    for claim in existing(standings(seen, known)):
        force = in_force(claim, day, names.zone(gate_of(claim, names)))
        if force is not None:
            found[claim.id] = {"counts": claim.counts, "in_force": force}
    return found


def standing(entries: Sequence[Entry], event_id: str, *, known: str | None, recorded: int | None) -> dict[str, Any]:
    """§3: whether an event is known and retracted, how it counts, and its fields (its report too) as corrected."""
    event = standings(visible(entries, recorded), known)[event_id]
    return {
        "known": event.known,
        "retracted": event.retracted,
        "counts": event.counts,
        "fields": event.fields,
    }


def quantities(entries: Sequence[Entry], *, at: str, known: str | None, recorded: int | None) -> list[dict[str, Any]]:
    """§8: what was ordered, approved and shipped, as ranges, by scope."""
    seen, day = visible(entries, recorded), date.fromisoformat(at)
    return sums(standings(seen, known), registry(seen, day), day)
