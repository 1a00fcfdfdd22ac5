"""Whether a claim is in force on a day: certainly, possibly, or not (semantics.md §5)."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from policytracker.events.dates import Span
from policytracker.status.claims import Claim, End, Pause


class Bar(NamedTuple):
    """What keeps a claim out of force on a day, or from being in force certainly."""

    kind: str
    """``start``, ``end`` or ``pause``: not begun yet, ended, suspended."""
    date: Span
    """The date of the start, the end, or the start of the suspension."""
    ends: tuple[End, ...] = ()
    """The ends of the suspension."""
    event: str | None = None
    """The id of the lift or suspension; None for the claim's own dates."""


def in_force(claim: Claim, day: int) -> bool | None:
    """True: certainly in force on the day; False: possibly; None: not in force."""
    if any(bars(claim, day)):
        return None
    return not any(doubts(claim, day))


def bars(claim: Claim, day: int) -> Iterator[Bar]:
    """Everything for which a claim is not in force on a day."""
    if day < claim.start.first:
        yield Bar("start", claim.start)
    for end in claim.ends:
        if end.certain and end.date.last <= day:
            yield Bar("end", end.date, (), end.event)
    for pause in claim.pauses:
        if suspends(pause, day):
            yield Bar("pause", pause.start, pause.ends, pause.event)


def doubts(claim: Claim, day: int) -> Iterator[Bar]:
    """Everything for which a claim that no bar keeps out of force is in force only possibly."""
    if day < claim.start.last:
        yield Bar("start", claim.start)
    for end in claim.ends:
        if end.date.first <= day:
            yield Bar("end", end.date, (), end.event)
    for pause in claim.pauses:
        if suspends(pause, day) is not None:
            yield Bar("pause", pause.start, pause.ends, pause.event)


def suspends(pause: Pause, day: int) -> bool | None:
    """True: a suspension suspends certainly on the day; False: possibly; None: not."""
    if day < pause.start.first or is_over(pause.ends, day):
        return None
    return pause.certain and pause.start.last <= day and not any(end.date.first <= day for end in pause.ends)


def is_over(ends: Iterable[End], day: int) -> bool:
    """Whether an end that counts certainly has surely come."""
    return any(end.certain and end.date.last <= day for end in ends)


def turning_days(claim: Claim) -> Iterator[int]:
    """The days on which what a claim does may change."""
    yield from claim.start
    for end in claim.ends:
        yield from end.date
    for pause in claim.pauses:
        yield from pause.start
        for end in pause.ends:
            yield from end.date
    for _, since in claim.met:
        yield since
