"""One gate of one cell on one day, explained: what each claim there does, and why (semantics.md §5 to §8)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from policytracker.events.dates import iso
from policytracker.questions.accounts import claim_account, event_account, reason_answer
from policytracker.questions.developments import Developments
from policytracker.questions.one_cell import binds
from policytracker.questions.sources import reported
from policytracker.status import reasons
from policytracker.status.cells import CellAnswer, GateAnswer
from policytracker.status.claims import Claim
from policytracker.status.instead import giving
from policytracker.status.overriding import (
    RULES,
    Overridden,
    Placed,
    indecisive,
    overridden,
    placed,
    taken_as_later,
)
from policytracker.status.reasons import Reason
from policytracker.status.scope import Scopes
from policytracker.status.view import View
from policytracker.status.words import summary, words

if TYPE_CHECKING:
    from policytracker.questions.answers import LeftOfApproval
    from policytracker.questions.claim_answers import ClaimAccount
    from policytracker.questions.why_answers import (
        AssumedOrder,
        ConditionOfClaim,
        GateFacts,
        IndecisiveClaim,
        OverriddenClaim,
        PossibleClaim,
        SettlingClaim,
    )

NEAREST_FIRST = ("retracted", "lifted", "ended", "met", "suspended", "not-yet")
"""The order in which claims that do not apply are given: those that once did, or will, first."""
LeftOf = Callable[[str], "LeftOfApproval"]


def held_at(gate: GateAnswer) -> dict[str, bool]:
    """The claims that hold at a gate, and whether certainly: in the order of §6, then the conditions imposed."""
    return {each.id: each.certain for each in gate.holdings} | {cap.id: cap.certain for cap in gate.caps}


class AtGate:
    """One gate of one cell on one day, explained."""

    def __init__(
        self, view: View, cell: CellAnswer, gate: GateAnswer, last_word: int | None, day: int, everything: bool
    ) -> None:
        """``everything``: also explain the claims there for other companies and chips."""
        self.view, self.cell, self.gate, self.day = view, cell, gate, day
        self.last_word, self.everything = last_word, everything

    def facts(self, developments: Developments, left_of: LeftOf | None) -> GateFacts:
        """Everything about the gate; claims are named by id, and given in full under ``claims``."""
        worlds, last = self.gate.worlds, self.last_word
        sure = [claim for claim, surely in zip(worlds.standing, worlds.surely, strict=True) if surely]
        signals = developments.signals(self.gate.gate, self.cell.company, self.cell.chip)
        return {
            "gate": str(self.gate.gate),
            "status": summary(self.gate.possible),
            "possible": words(self.gate.possible),
            "silent": self.gate.is_silent,
            "last_word": None if last is None else iso(last),
            "last_word_days": None if last is None else self.day - last,
            "standing": list(worlds.standing),
            "surely": sure,
            "capped_by": [{"claim": cap.id, "certain": cap.certain} for cap in self.gate.caps],
            "overridden": [self._overridden_claim(each) for each in self.overridden],
            "order_assumed": list(self.order_assumed()),
            "not_deciding": list(self.not_deciding()),
            "possible_only": list(self.possible_only()),
            "not_applying": [{"claim": claim.id, **reason_answer(reason)} for claim, reason in self.aside],
            "heard": list(self.heard()),
            "would_settle": list(self.would_settle()),
            "conditions": list(self.conditions()),
            "left": None if left_of is None else self.left(left_of),
            "signals": [event_account(event) for event in signals],
            "claims": [self._account(claim) for claim in self._named()],
        }

    @cached_property
    def overridden(self) -> list[Overridden]:
        """What overrides each claim that holds."""
        return overridden(self.gate.holdings)

    @cached_property
    def places(self) -> dict[str, Placed]:
        """The places in the order that dates and reports allow the claims that hold."""
        zone = self.view.directory.zone(self.gate.gate)
        return {each.id: placed(each, self.view.standings[each.id], zone) for each in self.gate.holdings}

    def order_assumed(self) -> Iterator[AssumedOrder]:
        """Restrictions left that count as later than a permission though nothing tells (§6, after the ordered list)."""
        gone = {each.claim for each in self.overridden if each.certain}
        for claim, than in taken_as_later(self.places.values()).items():
            if claim not in gone:
                yield {"claim": claim, "than": than}

    def not_deciding(self) -> Iterator[IndecisiveClaim]:
        """Claims that are left, in some world, and decide in none."""
        standing = set(self.gate.worlds.standing)
        gone = {each.claim for each in self.overridden if each.certain}
        # The reason only asks whether restrictions, permissions or both stand: one of each is enough.
        deciding = {each.is_restriction: each for each in self.gate.holdings if each.id in standing}.values()
        for each in self.gate.holdings:
            if each.id not in standing and each.id not in gone:
                yield {"claim": each.id, "reason": indecisive(each, deciding)}

    def possible_only(self) -> Iterator[PossibleClaim]:
        """Claims that hold only possibly, and everything for which they do."""
        for claim, certain in held_at(self.gate).items():
            if not certain:
                standing = self.view.standings[claim]
                why = reasons.why_only_possibly(self.view.claims[claim], standing, *self._where(), self.day)
                yield {"claim": claim, "reasons": [reason_answer(reason) for reason in why]}

    @cached_property
    def aside(self) -> list[tuple[Claim, Reason]]:
        """Known claims at the gate that do not hold for the cell, the nearest first."""
        found = ((claim, self._why_aside(claim)) for claim in self._at_gate())
        return sorted(((claim, reason) for claim, reason in found if reason is not None), key=self._nearness)

    def _why_aside(self, claim: Claim) -> Reason | None:
        """Why a claim does not apply; None also for one that never named the cell, unless everything is asked for."""
        standing = self.view.standings[claim.id]
        reason = reasons.why_out_of_scope(claim, standing, *self._where())
        if reason is not None and reason.kind in reasons.OTHER_CELLS and not self.everything:
            return None
        if reason is None and claim.id not in self.view.heard:
            reason = (
                reasons.why_retracted(standing)
                or reasons.why_not_in_force(claim, self.day)
                or reasons.why_met(claim, standing, self.day)
            )
        return reason

    def heard(self) -> Iterator[PossibleClaim]:
        """Claims on the cell that count not at all, and why (§3)."""
        for claim in self._heard():
            why = reasons.why_not_certain(self.view.standings[claim.id])
            yield {"claim": claim.id, "reasons": [reason_answer(reason) for reason in why]}

    def would_settle(self) -> Iterator[SettlingClaim]:
        """The claims of this gate that would settle the cell, with the statuses that each outcome would leave it."""
        here = self.gate.worlds.if_holds.keys() | {cap.id for cap in self.gate.caps}
        for claim, (if_holds, if_not) in self.cell.settled().items():
            if claim in here:
                yield {"claim": claim, "if_holds": words(if_holds), "if_not": words(if_not)}

    def conditions(self) -> Iterator[ConditionOfClaim]:
        """The conditions that bind in some world, claim by claim (§8)."""
        for claim, surely in self.view.outlook.binding(self.gate).items():
            sources = [reported(report) for report in giving(self.view.standings[claim], "conditions")]
            for key, wording in self.view.claims[claim].binding(self.day).items():
                yield {
                    "gate": str(self.gate.gate),
                    "claim": claim,
                    "key": key,
                    "wording": wording,
                    "binds": binds(surely),
                    "sources": sources,
                }

    def left(self, left_of: LeftOf) -> list[LeftOfApproval] | None:
        """What is left of the approvals with a quantity that stand; None where none stands."""
        standing = self.gate.worlds.standing
        approvals = [claim for claim in standing if self.view.claims[claim].fields.get("quantity")]
        return [left_of(claim) for claim in approvals] or None

    def _where(self) -> tuple[Scopes, str, str]:
        return self.view.outlook.scopes, self.cell.company, self.cell.chip

    def _at_gate(self) -> list[Claim]:
        claims = [*self.view.claims.values(), *self.view.heard.values(), *self.view.retracted.values()]
        return [each for each in claims if self.view.directory.gate(each.fields["authority"]) == self.gate.gate]

    def _heard(self) -> list[Claim]:
        scopes, company, chip = self._where()
        found = (claim for claim in self._at_gate() if claim.id in self.view.heard)
        return [claim for claim in found if scopes.match(claim, company, chip) is not None]

    def _named(self) -> list[Claim]:
        """The claims that the facts name: those that hold, those that do not apply, those that are only heard."""
        held = (self.view.claims[claim] for claim in held_at(self.gate))
        return [*held, *(claim for claim, _ in self.aside), *self._heard()]

    def _account(self, claim: Claim) -> ClaimAccount:
        thread = (self.view.standings[entry.id] for entry in self.view.threads[claim.id])
        return claim_account(claim, self.view.standings[claim.id], self.day, thread)

    def _overridden_claim(self, each: Overridden) -> OverriddenClaim:
        # A permission overrides only what is surely earlier: the rule on the order is about restrictions.
        assumed = each.rule == 1 and self.places[each.claim].meets(self.places[each.by])
        rule = RULES[each.rule]
        return {"claim": each.claim, "by": each.by, "rule": rule, "certain": each.certain, "order_assumed": assumed}

    def _nearness(self, found: tuple[Claim, Reason]) -> tuple[bool, int, tuple[int, int, int, int]]:
        claim, reason = found
        place = NEAREST_FIRST.index(reason.kind) if reason.kind in NEAREST_FIRST else len(NEAREST_FIRST)
        return reason.kind in reasons.OTHER_CELLS, place, claim.order(self.day)
