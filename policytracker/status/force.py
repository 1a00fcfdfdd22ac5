"""Whether a claim is in force on a day: certainly, possibly, or not (semantics.md §5)."""

from collections.abc import Iterator

from policytracker.events.dates import Span
from policytracker.status.claims import Claim

FOR_GOOD = 10**9


def in_force(claim: Claim, day: int) -> bool | None:
    """True: certainly in force on the day; False: possibly; None: not in force."""
    if day < claim.start.first:
        return None
    if any(end.certain and end.date.last <= day for end in claim.ends):
        return None
    pauses = [(pause, pause.until or Span(FOR_GOOD, FOR_GOOD)) for pause in claim.pauses]
    if any(pause.certain and pause.start.last <= day < until.first for pause, until in pauses):
        return None
    return not (
        day < claim.start.last
        or any(end.date.first <= day for end in claim.ends)
        or any(pause.start.first <= day < until.last for pause, until in pauses)
    )


def turning_days(claim: Claim) -> Iterator[int]:
    """The days on which what a claim does may change."""
    yield from claim.start
    for end in claim.ends:
        yield from end.date
    for pause in claim.pauses:
        yield from pause.start
        yield from pause.until or ()
    for _, since in claim.met:
        yield since
