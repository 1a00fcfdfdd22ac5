"""A claim over the published clock: what it says from which moment on (semantics.md §3)."""

from typing import NamedTuple

from policytracker.events.dates import moment
from policytracker.status.claims import Claim, claim_from
from policytracker.status.entries import Entry, Thread
from policytracker.status.knowledge import last_day, stand

BEFORE_ALL = -1
"""A moment before every publication."""


class Version(NamedTuple):
    """A claim as it stands from a moment of knowledge on, until the next version of it."""

    known: int
    claim: Claim
    counts: bool
    """Whether it is known, and not retracted."""
    last_day: int | None
    """The last publication day among known reports of it and of events about it."""


def versions(thread: Thread) -> list[Version]:
    """Every version of the claim that a thread begins with, from before every publication on."""
    moments = sorted({when for entry in thread for when in publications(entry)})
    found = [_version(thread, BEFORE_ALL)]
    for when in moments:
        version = _version(thread, when)
        if version[1:] != found[-1][1:]:
            found.append(version)
    return found


def publications(entry: Entry) -> list[int]:
    """The moments of an event's report, as recorded and as the event itself may correct another's."""
    reports = (entry.fields.get("report"), (entry.fields.get("changes") or {}).get("report"))
    return [moment(report["published"]) for report in reports if report]


def _version(thread: Thread, known: int) -> Version:
    standings = stand(thread, known)
    first = standings[thread[0].id]
    return Version(known, claim_from(first), first.known and not first.retracted, last_day(thread, standings, known))
