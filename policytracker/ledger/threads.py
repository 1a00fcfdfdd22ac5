"""What was said in a stream so far, as far as it decides on what may be said next."""

from typing import NamedTuple

from policytracker.events.catalogue import FORMS
from policytracker.ledger.kept import Kept

ACTING = tuple(
    f"{name}/{form}"
    for name in ("corrected", "retracted", "recipients-identified")
    for form in range(1, FORMS[name] + 1)
)
"""The stored names of what changes what may be said of a claim; of all else only the number counts."""


class Thread(NamedTuple):
    """A stream: the event that begins it, what acts on it or on others about it, and how many events there are."""

    first: Kept
    acting: tuple[Kept, ...]
    version: int

    def and_then(self, kept: Kept) -> "Thread":
        """The thread with one more event."""
        acting = (*self.acting, kept) if kept.topic in ACTING else self.acting
        return Thread(self.first, acting, self.version + 1)

    def find(self, event_id: str) -> Kept | None:
        """An event of the thread, if it is one that is kept here."""
        if self.first.id == event_id:
            return self.first
        return next((kept for kept in self.acting if kept.id == event_id), None)
