"""The claims in force, in the shape of ``claims --json`` (cli.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple, cast

from policytracker.events.dates import Span, iso
from policytracker.ledger import clock
from policytracker.questions import names
from policytracker.questions.interchange import in_order
from policytracker.questions.reader import Clocks, Reader
from policytracker.status.claims import Claim, End
from policytracker.status.force import in_force
from policytracker.status.knowledge import Standing
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
            "certain": self.claim.certain,
            "in_force": "certainly" if self.force else "possibly",
        }
        return cast("ClaimInForce", answer)

    def period(self) -> str:
        """From when to when it holds, so far as it is known; a doubtful end with a question mark."""
        ends = " or ".join(_end(end) for end in self.claim.ends)
        return f"from {_days(self.claim.start)}" + (f" until {ends}" if ends else "")


def claims(
    reader: Reader, clocks: Clocks, company: str | None = None, chip: str | None = None, claim_type: str | None = None
) -> Iterator[InForce]:
    """The claims known, not retracted and in force, in ledger order: all, or of one type, or for a company or chip.

    A claim is for a company, or a chip, when its scope matches a cell of it, certainly or possibly.
    Raises UnknownName or AmbiguousName at once.
    """
    return claims_in(reader.view(clocks), clocks.at, company, chip, claim_type)


def claims_in(
    view: View, day: int, company: str | None = None, chip: str | None = None, claim_type: str | None = None
) -> Iterator[InForce]:
    """The same in a view, on a day (an ordinal)."""
    concerns = _filter(view, company, chip)
    return (
        InForce(claim, view.standings[claim.id], force)
        for claim in view.claims.values()
        if claim_type in (None, claim.type) and (force := in_force(claim, day)) is not None and concerns(claim)
    )


def _filter(view: View, company: str | None, chip: str | None) -> Callable[[Claim], bool]:
    return reaching(view.outlook.scopes, company, chip)


def reaching(scopes: Scopes, company: str | None, chip: str | None) -> Callable[[Claim], bool]:
    """Whether the scope of a claim matches a cell of a company, of a chip, or of both, certainly or possibly.

    Raises UnknownName or AmbiguousName at once.
    """
    if company is None and chip is None:
        return lambda claim: True
    directory = scopes.directory
    companies = list(directory.companies) if company is None else [names.company(directory, company)]
    chips = list(directory.chips) if chip is None else [names.chip(directory, chip)]

    def reaches(claim: Claim) -> bool:
        # A cell is matched where both its sides are, so each side is looked at by itself.
        return any(scopes.company_side(claim, each) is not None for each in companies) and any(
            scopes.chip_side(claim, each) is not None for each in chips
        )

    return reaches


def _end(end: End) -> str:
    return _days(end.date) + ("" if end.certain else "?")


def _days(span: Span) -> str:
    return iso(span.first) if span.first == span.last else f"{iso(span.first)}/{iso(span.last)}"
