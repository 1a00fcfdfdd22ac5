"""The dates of an answer, and what a reader should know of them."""

from datetime import date

from policytracker.api.answer import Answer


class UsedDates(Answer, frozen=True, kw_only=True):
    """The dates that an answer used, as every command prints them below its answer."""

    at: date
    """What held on this day."""
    known: str | None
    """As publicly known then; null: everything published counts."""
    recorded: str | None
    """As this ledger stood at this instant; null: everything recorded counts."""
    newest_report: date | None
    """The newest publication day in the ledger, of what was recorded by then; null: it has no report."""
    words: tuple[str, ...]
    """The same in words."""
    notes: tuple[str, ...]
    """What is to be said of them: that an answer is older than it looks, or asks of what is yet to come."""
