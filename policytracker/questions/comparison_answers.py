"""What a comparison answers: cells side by side, and the claims that make them differ."""

from typing import Literal, TypedDict

from policytracker.questions.answers import CellInterval, CellState, Dates, Possible
from policytracker.questions.claim_answers import NamedEvent
from policytracker.questions.overview_answers import ClaimInWords, GateInWords

Part = Literal["decides", "may decide", "imposes a condition", "may impose a condition", "no part"]
"""What a claim does for a cell at its gate."""


class LeftInWords(NamedEvent):
    """What is left of an approval with a quantity; the id and the ref are those of the approval."""

    text: str
    """What is left, in words."""


class ComparedCell(TypedDict):
    """One side of a comparison."""

    company: str
    """The id of the company."""
    chip: str
    """The id of the chip."""
    sentence: str
    """Whether the company may import the chip."""
    verdict: str
    """The same in a word or two."""
    gates: list[GateInWords]
    """Empty for a domestic chip, which passes none."""
    left: list[LeftInWords]
    """What is left of the approvals with a quantity that stand."""
    state: CellState
    """As of `state --json`."""
    timeline: list[CellInterval]
    """Over the days, as known then: as of `timeline --json`."""


class PartOfClaim(TypedDict):
    """What a claim does for one side of a comparison."""

    company: str
    """The id of the company."""
    chip: str
    """The id of the chip."""
    part: Part
    why: str
    """Why it does no more, in words; "" where there is nothing to tell."""


class ComparedClaim(ClaimInWords):
    """A claim that decides, or imposes a condition, for a side at least."""

    gate: str
    """The gate at which it does, such as CN/import."""
    gate_name: str
    """The same in words."""
    parts: list[PartOfClaim]
    """Side by side, in the order of the sides."""


class ComparedGroup(TypedDict):
    """Companies for which all the chips are answered alike."""

    companies: list[str]
    """Their ids."""
    verdicts: list[str]
    """In words, one a chip."""
    possible: list[Possible]
    """The possible statuses, one list a chip."""


class Comparison(Dates):
    """Two to four chips for one company, or two to four companies for one chip, side by side."""

    companies: list[str]
    """The ids of the companies compared; of several chips one: the one asked for, or an example of its group."""
    chips: list[str]
    """The ids of the chips compared, or of the one chip."""
    jurisdiction: str | None
    """Where no company was named: the companies of this jurisdiction are told of in `sentences` and `groups`."""
    sentences: list[str]
    """The answer: one sentence a side."""
    groups: list[ComparedGroup]
    """The companies of the jurisdiction, the highest statuses first; empty where a company was named."""
    sides: list[ComparedCell]
    """The cells; where no company was named, those of the first company of the first group."""
    differing: list[ComparedClaim]
    """The claims that do not do the same for all sides."""
    shared: list[ComparedClaim]
    """Those that do."""
