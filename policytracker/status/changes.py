"""What makes the difference between two answers for one cell: which claims, and how (semantics.md §5 to §7)."""

from collections.abc import Iterator, Mapping
from typing import Protocol

from policytracker.status.cells import CellAnswer, GateAnswer
from policytracker.status.claims import Claim, claim_of
from policytracker.status.directory import Gate
from policytracker.status.entries import Fields, Thread
from policytracker.status.force import bars, doubts, in_force, is_over
from policytracker.status.knowledge import Standing
from policytracker.status.prevails import Holding
from policytracker.status.reasons import Reason, day_words, why_in_doubt, why_not_in_force
from policytracker.status.words import capped
from policytracker.status.worlds import gate_worlds

Reverted = dict[str, int]
"""For each claim whose holding changed at a gate: the gate's possible statuses, had that claim alone not changed."""


class Differences:
    """Finds the claims that make the difference; remembers the gates that many cells have in common."""

    def __init__(self) -> None:
        self._reverted: dict[tuple[tuple[Holding, ...], tuple[Holding, ...]], Reverted] = {}

    def decisive(self, before: CellAnswer, after: CellAnswer) -> list[str]:
        """Ids of the claims that make the cell's possible statuses differ, in the order of the gates and of §6.

        Those are the claims that, had one alone not changed, would have left the cell another answer; where no
        single one would, those that would have left a changed gate another; else all that changed there.
        """
        # A gate that only one of them has comes or goes by the registry, and by no claim.
        was = {gate.gate: gate for gate in before.gates}
        both = ((was[gate.gate], gate) for gate in after.gates if gate.gate in was)
        changed = [(gate, self.reverted(earlier, gate)) for earlier, gate in both if earlier.possible != gate.possible]
        found = [(gate, claim, possible) for gate, reverted in changed for claim, possible in reverted.items()]
        for_cell = [each for each in found if after.with_gate(each[0], each[2]) != after.possible]
        for_gate = [each for each in found if each[2] != each[0].possible]
        return [claim for _, claim, _ in for_cell or for_gate or found]

    def reverted(self, before: GateAnswer, after: GateAnswer) -> Reverted:
        """What would be possible at a gate, had one claim alone not changed."""
        key = before.holdings, after.holdings
        if key not in self._reverted:
            self._reverted[key] = _reverted(*key)
        found = {claim: after.capped(possible) for claim, possible in self._reverted[key].items()}
        return found | _caps_reverted(before, after)


def _reverted(before: tuple[Holding, ...], after: tuple[Holding, ...]) -> Reverted:
    was, now = ({each.id: each for each in holdings} for holdings in (before, after))
    changed = [each.id for each in sorted({*before, *after}) if was.get(each.id) != now.get(each.id)]
    return {claim: _possible_with(now, claim, was.get(claim)) for claim in dict.fromkeys(changed)}


def _caps_reverted(before: GateAnswer, after: GateAnswer) -> Reverted:
    """The same for the conditions that are imposed."""
    was, now = ({cap.id: cap.certain for cap in gate.caps} for gate in (before, after))
    found: Reverted = {}
    for claim in [claim for claim in {**was, **now} if was.get(claim) != now.get(claim)]:
        caps = {**now, **({claim: was[claim]} if claim in was else {})}
        if claim not in was:
            del caps[claim]
        found[claim] = capped(after.worlds.possible, caps.values())
    return found


def _possible_with(holdings: Mapping[str, Holding], claim: str, instead: Holding | None) -> int:
    others = [each for each in holdings.values() if each.id != claim]
    return gate_worlds([*others, instead] if instead else others).possible


def turns(claim: Claim, day: int, to_day: int) -> bool:
    """Whether what a claim does differs on another day, whatever the registry makes of it."""
    return in_force(claim, day) != in_force(claim, to_day) or claim.binding(day) != claim.binding(to_day)


def turn(claim: Claim, standing: Standing, day: int, to_day: int) -> Reason:
    """How what a claim does differs on another day: whether it is in force, how surely, or what conditions bind."""
    if in_force(claim, day) == in_force(claim, to_day):
        return _of_conditions(claim, standing, day, to_day)
    now = why_not_in_force(claim, to_day) or next(iter(why_in_doubt(claim, to_day)), None)
    if now is not None:
        return now
    was = next(bars(claim, day), None) or next(doubts(claim, day))
    by = (was.event,) if was.event else ()
    over = [end for end in was.ends if is_over([end], to_day)]
    if was.kind == "pause" and over:
        lifts = tuple(end.event for end in over if end.event)
        return Reason("in-force", f"in force again from {day_words(over[0].date)}", by + lifts)
    return Reason("in-force", f"in force from {day_words(claim.start)}", by)


def _of_conditions(claim: Claim, standing: Standing, day: int, to_day: int) -> Reason:
    was, now = claim.binding(day), claim.binding(to_day)
    text = f"conditions met: {_keys(was, now)}" if was.keys() > now.keys() else f"conditions bind: {_keys(now, was)}"
    turned = was.keys() ^ now.keys()
    by = [each for each in standing.acting("conditions-met") if not turned.isdisjoint(each.fields["conditions"])]
    return Reason("conditions", text, tuple(each.entry.id for each in by))


def _keys(some: Mapping[str, str], others: Mapping[str, str]) -> str:
    return ", ".join(key for key in some if key not in others)


class Known(Protocol):
    """The claims of a ledger as they stand at one moment of knowledge."""

    @property
    def known(self) -> int | None:
        """The moment; None: everything published counts."""

    def thread(self, claim: str) -> Thread:
        """A claim with everything said about it."""

    def standings(self, claim: str) -> Mapping[str, Standing]:
        """How each event of this thread stands."""

    def zone_of(self, claim: str, day: int) -> str:
        """The time zone of the gate of a claim on a day."""

    def hold(self, claim: Claim, company: str, chip: str, day: int) -> tuple[Gate | None, Holding | None]:
        """At which gate a claim is, and how it holds there for a cell on a day."""


def decisive_news(before: Known, after: Known, cell: CellAnswer, claim: str, day: int) -> list[str]:
    """Ids of the events of a claim's thread that were learned in between, as far as they decide a cell's gates.

    ``cell`` is the answer of ``after`` on the day. Where no single event decides, all of them do together.
    """
    found = list(news(after.thread(claim), before.standings(claim), after.standings(claim)))
    return [event for event in found if _decides(before, after, cell, claim, event, day)] or found


def news(thread: Thread, before: Mapping[str, Standing], after: Mapping[str, Standing]) -> Iterator[str]:
    """Ids of the events of a thread that were not recorded before, or whose own report is known after only, or before.

    From one point to the other a thread stands the same unless there is such an event.
    """
    for entry in thread:
        was = before.get(entry.id)
        if was is None or own_report(was) != own_report(after[entry.id]):
            yield entry.id


def own_report(standing: Standing) -> Fields | None:
    """An event's own report as corrected, if it is known; corroborations left out."""
    own: Fields | None = standing.fields.get("report")
    return own if any(own is known for known in standing.reports) else None


def _decides(before: Known, after: Known, cell: CellAnswer, claim: str, event: str, day: int) -> bool:
    """Whether a gate would answer otherwise without an event; taken for granted of one known before, or no longer."""
    was = before.standings(claim).get(event)
    if (was is not None and was.known) or not after.standings(claim)[event].known:
        return True
    thread = after.thread(claim)
    without = tuple(entry for entry in thread if entry.id != event)
    zone = after.zone_of(claim, day)
    found = claim_of(without, after.known, lambda _: zone) if without[:1] == thread[:1] else None
    where, holds = after.hold(found, cell.company, cell.chip, day) if found else (None, None)
    caps = found is not None and found.caps
    for gate in cell.gates:
        here = holds if gate.gate == where else None
        possible = _possible_with({each.id: each for each in gate.holdings}, claim, None if caps else here)
        others = [cap.certain for cap in gate.caps if cap.id != claim]
        if capped(possible, [*others, here.certain] if caps and here else others) != gate.possible:
            return True
    return False
