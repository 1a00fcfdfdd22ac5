"""One thing that differs between two points, for a digest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from policytracker.questions.sentences.changes import sides_of
from policytracker.questions.sentences.naming import capital

if TYPE_CHECKING:
    from policytracker.questions.digest_answers import DigestEntry
    from policytracker.questions.overview_answers import EventInWords


def compared(sentence: str, cells: Iterable[tuple[str, str]], by: Iterable[EventInWords]) -> DigestEntry:
    """What differs for some cells, and the events by which it does."""
    companies, chips = sides_of(cells)
    return {"sentence": capital(sentence), "event": None, "by": list(by), "companies": companies, "chips": chips}
