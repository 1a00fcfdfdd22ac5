"""The events published last, found without looking at all others: from the newest report back."""

from collections.abc import Callable, Iterator, Mapping
from heapq import heappop, heappush
from itertools import count
from typing import Generic, NamedTuple, TypeVar

from policytracker.events.dates import moment
from policytracker.projections.reading import thread_at
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.turning import Publications
from policytracker.status.knowledge import Standing, stand
from policytracker.status.periods import FOREVER

Found = TypeVar("Found")
Place = tuple[int, int]
"""Where an event stands by its publication: the moment, and its position in the ledger."""
Wanted = Callable[[dict[str, Standing], Standing], Found | None]
"""Given the events of a thread as they stand, by their ids, and one of them with a known report: what is to be told of
it, or None."""
LAST: Place = (FOREVER, FOREVER)
"""After every event."""


def published(event: Standing) -> int | None:
    """When the first of the known reports of an event was published, as a moment; None where it has none."""
    return moment(event.reports[0]["published"]) if event.reports else None


def first_of(standings: Mapping[str, Standing], event: Standing) -> Standing:
    """The event that an event of a thread is about in the end: the first of the thread, or itself."""
    while (target := standings.get(event.entry.target or "")) is not None:
        event = target
    return event


class Some(NamedTuple, Generic[Found]):
    """Some events, the newest first, and where to go on; None: there are no older ones."""

    events: list[Found]
    older: Place | None


def newest(
    reader: Reader,
    clocks: Clocks,
    publications: Publications,
    wanted: Wanted[Found],
    most: int,
    looked_at: int,
    before: Place = LAST,
) -> Some[Found]:
    """The newest wanted events before a place: at most ``most``; for them at most ``looked_at`` threads are read."""
    walk = _walk(reader, clocks, publications, wanted, looked_at, before)
    found: list[Found] = []
    last = before
    for place, event in walk:
        if event is None or len(found) == most:
            return Some(found, last if event is not None else place)
        found.append(event)
        last = place
    return Some(found, None)


def _walk(
    reader: Reader,
    clocks: Clocks,
    publications: Publications,
    wanted: Wanted[Found],
    looked_at: int,
    before: Place,
) -> Iterator[tuple[Place, Found | None]]:
    """Wanted events by their places, the newest first; at last a place with None where no more threads may be read."""
    seen, tie = reader.point(clocks).seen, count()
    waiting: list[tuple[int, int, int, Place, Found]] = []
    done: set[int] = set()
    start = before if clocks.known is None else min(before, (clocks.known, FOREVER))
    for at, position, thread in publications.newest(start):
        # What is yet to be read was published no later than this, so whatever waits and is newer goes first.
        while waiting and waiting[0][3] > (at, position):
            yield heappop(waiting)[3:]
        if thread in done:
            continue
        if len(done) == looked_at:
            yield (at, position + 1), None
            return
        done.add(thread)
        entries = tuple(entry for entry in thread_at(reader.connection, thread) if entry.position <= seen)
        standings = stand(entries, clocks.known)
        for event in standings.values():
            when = published(event)
            place = when or 0, event.entry.position
            is_asked = event.known and when is not None and place < before
            if is_asked and (told := wanted(standings, event)) is not None:
                heappush(waiting, (-place[0], -place[1], next(tie), place, told))
    while waiting:
        yield heappop(waiting)[3:]
