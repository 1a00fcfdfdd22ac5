"""What was said in a stream so far, as far as it decides on what may be said next."""

from collections.abc import Iterable
from typing import NamedTuple

from policytracker.events.catalogue import FORMS, REGISTRY
from policytracker.ledger.kept import Kept


def _topics(names: Iterable[str]) -> tuple[str, ...]:
    """The stored names of types, in every form that they ever had."""
    return tuple(f"{name}/{form}" for name in names for form in range(1, FORMS[name] + 1))


ACTING = _topics(("corrected", "retracted", "recipients-identified"))
"""The stored names of what changes what may be said of a claim; of all else only the number counts."""
REGISTERING = _topics(REGISTRY)
"""The stored names of registrations."""


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
