"""What ``conflicts`` tells: where reports differ.

Made by cog from the types of what the questions give (``docs/structs.py``): do not edit below the first mark.
"""

from typing import Literal

from policytracker.api.answer import Answer
from policytracker.api.claims import ReportAnswer

# [[[cog
# from docs.structs import structs
# structs("conflict_answers")
# ]]]


class Conflict(Answer, frozen=True, kw_only=True):
    """Where reports differ on an event, or it counts only possibly or not at all, as of `conflicts --json`."""

    kind: Literal["disputed", "instead", "corrected", "in doubt", "opposed"]
    """disputed: a report says that it is not so. instead: a report that corroborates it gives another value for a
    field. corrected: a later report gave a field another value. in doubt: it counts only possibly, or not at all.
    opposed: another claim for the same cells, of the same day at the same gate, gives another status."""
    event: str
    """The id of the event on which reports differ."""
    ref: str | None
    """The short name by which its author calls it; null: it has none."""
    type: str
    """The type of that event, such as batch-approved."""
    gate: str | None
    """Of a claim, and of an event about one: at which gate, such as CN/import; null: of any other event."""
    says: str
    """The event in one line."""
    counts: Literal["certainly", "possibly", "not at all"]
    """How the event counts (semantics.md §3)."""
    field: str | None
    """The field for which reports give different values; null: they differ on the event as a whole."""
    own: str | None
    """The value of the event, in words; of a correction, the value before it; null: they differ on the event as a
    whole."""
    own_sources: tuple[ReportAnswer, ...]
    """The reports that say so."""
    by: str | None
    """The id of the event that says differently; null: none does."""
    by_ref: str | None
    """The short name by which its author calls that event; null: it has none, or no event says differently."""
    other: str | None
    """What that event says, in words; null: none says differently."""
    other_sources: tuple[ReportAnswer, ...]
    """The reports that say so."""
    why: tuple[str, ...]
    """Why the event counts only possibly or not at all; where another event says differently and yet does nothing,
    why that one does not count."""


# [[[end]]]
