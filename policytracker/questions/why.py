"""Why a cell has its status, gate by gate: what stands, what is struck, what does not apply, what would settle it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policytracker.events.dates import iso, moment_text
from policytracker.questions import names
from policytracker.questions.accounts import claim_account
from policytracker.questions.reader import Clocks, Reader
from policytracker.status import reasons
from policytracker.status.cells import CellAnswer, GateAnswer
from policytracker.status.claims import Claim
from policytracker.status.reasons import Reason, Struck
from policytracker.status.scope import Scopes
from policytracker.status.view import View
from policytracker.status.words import summary, words

if TYPE_CHECKING:
    from policytracker.questions.claim_answers import (
        CellFacts,
        ClaimAccount,
        ConditionOfClaim,
        GateExplanation,
        GateFacts,
        LeftClaim,
        PossibleClaim,
        ReasonTold,
        SettlingClaim,
        StruckClaim,
    )

NEAREST_FIRST = ("retracted", "lifted", "ended", "suspended", "not-yet")
"""The order in which claims that do not apply are told: those that once did, or will, first."""


def why(reader: Reader, clocks: Clocks, company: str, chip: str, everything: bool = False) -> list[GateExplanation]:
    """One object for each gate of a cell; ``everything``: also the claims at its gates for other companies and chips.

    Raises UnknownName or AmbiguousName.
    """
    directory = reader.directory_at(clocks.recorded, clocks.at)
    pair = names.company(directory, company), names.chip(directory, chip)
    view = reader.view(clocks) if everything else reader.view_on(*pair, clocks)
    return explain(view, clocks, *pair, everything)


def explain(view: View, clocks: Clocks, company: str, chip: str, everything: bool = False) -> list[GateExplanation]:
    """The same from a view."""
    cell = view.cell(company, chip, clocks.at)
    facts: CellFacts = {
        "company": company,
        "company_name": names.label(view.directory.companies[company]),
        "chip": chip,
        "chip_name": names.label(view.directory.chips[chip]),
        "at": iso(clocks.at),
        "known": None if clocks.known is None else moment_text(clocks.known),
        "cell_status": summary(cell.possible),
        "cell_possible": words(cell.possible),
        "held_by": [str(gate) for gate in cell.held_by],
    }
    return [{**facts, **Explanation(view, cell, gate, clocks.at).told(everything)} for gate in cell.gates]


class Explanation:
    """One gate of one cell on one day, explained."""

    def __init__(self, view: View, cell: CellAnswer, gate: GateAnswer, day: int) -> None:
        self.view, self.cell, self.gate, self.day = view, cell, gate, day
        self.struck = reasons.struck(gate.holdings)

    def told(self, everything: bool) -> GateFacts:
        """Everything about the gate; claims and events are named by id, and told in full under ``claims``."""
        aside = sorted(self.not_applying(everything), key=_nearness)
        return {
            "gate": str(self.gate.gate),
            "status": summary(self.gate.possible),
            "possible": words(self.gate.possible),
            "standing": list(self.gate.worlds.standing),
            "struck": [_struck(each) for each in self.struck],
            "left": list(self.left()),
            "possible_only": list(self.possible_only()),
            "not_applying": [{"claim": claim.id, **_told(reason)} for claim, reason in aside],
            "would_settle": list(self.would_settle()),
            "conditions": list(self.conditions()),
            "claims": [self._account(claim) for claim in [*self._holding(), *(claim for claim, _ in aside)]],
        }

    def left(self) -> Iterator[LeftClaim]:
        """Claims that are left, in some world, and decide in none."""
        standing = set(self.gate.worlds.standing)
        struck = {each.claim for each in self.struck if each.certain}
        # The reason only asks whether stops, openings or both stand: one of each is enough.
        deciding = {each.is_restriction: each for each in self.gate.holdings if each.id in standing}.values()
        for each in self.gate.holdings:
            if each.id not in standing and each.id not in struck:
                yield {"claim": each.id, "reason": reasons.indecisive(each, deciding)}

    def possible_only(self) -> Iterator[PossibleClaim]:
        """Claims that hold only possibly, and everything for which they do."""
        for each in self.gate.holdings:
            if not each.certain:
                why = reasons.why_only_possibly(
                    self.view.claims[each.id], self.view.standings[each.id], *self._where(), self.day
                )
                yield {"claim": each.id, "reasons": [_told(reason) for reason in why]}

    def not_applying(self, everything: bool) -> Iterator[tuple[Claim, Reason]]:
        """Known claims at the gate that do not hold for the cell; those that never named it only on demand."""
        for claim in self._at_the_gate():
            standing = self.view.standings[claim.id]
            reason = reasons.why_out_of_scope(claim, standing, *self._where())
            if reason is None:
                reason = reasons.why_retracted(standing) or reasons.why_not_in_force(claim, self.day)
            if reason is not None and (everything or reason.kind not in reasons.OTHER_CELLS):
                yield claim, reason

    def would_settle(self) -> Iterator[SettlingClaim]:
        """The claims of this gate that would settle the cell, with the statuses that each outcome would leave it."""
        for claim, (if_holds, if_not) in self.cell.settled().items():
            if claim in self.gate.worlds.if_holds:
                yield {"claim": claim, "if_holds": words(if_holds), "if_not": words(if_not)}

    def conditions(self) -> Iterator[ConditionOfClaim]:
        """The conditions that bind on a claim that stands in some world."""
        for claim in self.gate.worlds.standing:
            for key, wording in self.view.claims[claim].binding(self.day).items():
                yield {"key": key, "wording": wording, "claim": claim}

    def _where(self) -> tuple[Scopes, str, str]:
        return self.view.outlook.scopes, self.cell.company, self.cell.chip

    def _at_the_gate(self) -> list[Claim]:
        claims = [*self.view.claims.values(), *self.view.retracted.values()]
        return [each for each in claims if self.view.directory.gate(each.fields["authority"]) == self.gate.gate]

    def _holding(self) -> list[Claim]:
        return [self.view.claims[each.id] for each in self.gate.holdings]

    def _account(self, claim: Claim) -> ClaimAccount:
        return claim_account(claim, self.view.standings[claim.id], self.day)


def _struck(each: Struck) -> StruckClaim:
    return {"claim": each.claim, "by": each.by, "rule": reasons.RULES[each.rule], "certain": each.certain}


def _told(reason: Reason) -> ReasonTold:
    return {"reason": reason.kind, "text": reason.text, "events": list(reason.events)}


def _nearness(found: tuple[Claim, Reason]) -> tuple[bool, int, tuple[int, int, int]]:
    claim, reason = found
    place = NEAREST_FIRST.index(reason.kind) if reason.kind in NEAREST_FIRST else len(NEAREST_FIRST)
    return reason.kind in reasons.OTHER_CELLS, place, claim.order
