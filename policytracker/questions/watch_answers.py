"""What a run of ``watch`` tells."""

from typing import TypedDict

from policytracker.questions.answers import Day
from policytracker.questions.digest_answers import DigestPart


class WatchReport(TypedDict):
    """What changed between two runs of a watch."""

    ledger: str
    """The identity of the ledger."""
    since_position: int
    """It tells what was recorded after this position of the ledger."""
    since: Day
    """It tells what came after this day."""
    position: int
    """The position of the last event that it takes into account."""
    at: Day
    """It ends on this day."""
    companies: list[str] | None
    """Only what concerns these companies, by their ids; null: all."""
    chips: list[str] | None
    """Only what concerns these chips, by their ids; null: all."""
    authorities: list[str] | None
    """Only what rests on events of these authorities, by their ids; null: all."""
    parts: list[DigestPart]
    """What changed, kind by kind, as in a digest; `scheduled` is what came because its day came."""
