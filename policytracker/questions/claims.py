"""The claims in force, in the shape of ``claims --json`` (cli.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple, cast

from policytracker.ledger import clock
from policytracker.questions import names
from policytracker.questions.accounts import counts
from policytracker.questions.interchange import in_order
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.values import until_in_words
from policytracker.status.claims import Claim, End
from policytracker.status.force import in_force
from policytracker.status.knowledge import Standing
from policytracker.status.reasons import day_words
from policytracker.status.scope import Scopes
from policytracker.status.view import View

if TYPE_CHECKING:
    from policytracker.questions.ledger_answers import ClaimInForce


class InForce(NamedTuple):
    """A claim that is certainly (``force`` True) or possibly in force on a day."""

    claim: Claim
    standing: Standing
    force: bool

    def as_object(self) -> ClaimInForce:
        """The claim as corrected, in the interchange format, with what stands beside it in ``claims --json``."""
        answer = {
            **in_order(self.claim.fields),
            "id": self.claim.id,
            "recorded": clock.text(self.standing.entry.recorded),
            "counts": counts(self.standing),
            "in_force": "certainly" if self.force else "possibly",
        }
        return cast("ClaimInForce", answer)

    def period(self) -> str:
        """From when to when it holds, so far as it is known, in words."""
        return period(self.claim)


def period(claim: Claim) -> str:
    """From when to when a claim holds, so far as it is known, in words; its suspensions are left out."""
    ends = " or ".join(_end(end) for end in claim.ends)
    return f"from {day_words(claim.start)}" + (f" {until_in_words(ends)}" if ends else "")


def claims(
    reader: Reader, clocks: Clocks, company: str | None = None, chip: str | None = None, claim_type: str | None = None
) -> Iterator[InForce]:
    """The claims known, not retracted and in force, in ledger order: all, or of one type, or for a company or chip.

    A claim is listed however it counts, also where it is only heard. It is for a company, or a chip, when its scope
    matches a cell of it, certainly or possibly. Raises UnknownName or AmbiguousName at once.
    """
    return claims_in(reader.view(clocks), clocks.at, company, chip, claim_type)


def claims_in(
    view: View, day: int, company: str | None = None, chip: str | None = None, claim_type: str | None = None
) -> Iterator[InForce]:
    """The same in a view, on a day (an ordinal)."""
    concerns = reaching(view.outlook.scopes, company, chip)
    known = sorted((*view.claims.values(), *view.heard.values()), key=lambda claim: claim.position)
    return (
        InForce(claim, view.standings[claim.id], force)
        for claim in known
        if claim_type in (None, claim.type) and (force := in_force(claim, day)) is not None and concerns(claim)
    )


def reaching(scopes: Scopes, company: names.Wanted, chip: names.Wanted) -> Callable[[Claim], bool]:
    """Whether the scope of a claim matches a cell of some companies, of some chips, or of both, certainly or possibly.

    Raises UnknownName or AmbiguousName at once.
    """
    if company is None and chip is None:
        return lambda claim: True
    directory = scopes.directory
    companies, chips = names.companies(directory, company), names.chips(directory, chip)

    def reaches(claim: Claim) -> bool:
        # A cell is matched where both its sides are, so each side is looked at by itself.
        return any(scopes.company_side(claim, each) is not None for each in companies) and any(
            scopes.chip_side(claim, each) is not None for each in chips
        )

    return reaches


def _end(end: End) -> str:
    return ("" if end.certain else "perhaps ") + day_words(end.date)
