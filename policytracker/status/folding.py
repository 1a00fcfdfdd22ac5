"""What a thread says over the published and the recorded clock, as boxes in which nothing turns (semantics.md §2).

A thread is looked at after each of its events, and at each moment of a report in it.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Set
from typing import TypeVar

from policytracker.events.dates import moment
from policytracker.status.entries import Entry, Thread

FOREVER = 1 << 62
"""After every day, moment and position."""
BEFORE_ALL = -1
"""A moment before every publication."""
Days = tuple[int, int]
"""A range of days."""
Box = tuple[int, int, int, int]
"""A range of days and one of published moments: day from and to, known from and to."""
What = TypeVar("What", bound=Hashable)
Stages = Mapping[int, Set[tuple[Days, What]]]
"""What a thread says from each publication moment on until the next: ranges of days, and what is so over them."""
At = Callable[[Thread, int], Iterable[tuple[Days, What]]]
"""What a thread says at a moment."""
Alone = Callable[[Entry], Iterable[tuple[Box, What]]]
"""What the first event of a thread says as long as nothing is said about it."""


def publications(entry: Entry) -> list[int]:
    """The moments of an event's report, as recorded and as the event itself may correct another's."""
    reports = (entry.fields.get("report"), (entry.fields.get("changes") or {}).get("report"))
    return [moment(report["published"]) for report in reports if report]


def over_clocks(
    thread: Thread, at: At[What], alone: Alone[What], since: int = 1
) -> Iterator[tuple[tuple[Box, What], int, int]]:
    """What a thread says, box by box, each with the positions of the events from and to which it is so.

    Of the first ``since`` events only the last is looked at: what they say is taken to be so from that one on.
    """
    if len(thread) == 1:
        return ((told, thread[0].position, FOREVER) for told in alone(thread[0]))
    return joined((thread[length - 1].position, found) for length, found in _by_length(thread, at, alone, since))


def joined(stages: Iterable[tuple[int, Set[What]]]) -> Iterator[tuple[What, int, int]]:
    """From when to when each is so, given what is so from each stage on until the next."""
    since: dict[What, int] = {}
    for start, there in stages:
        for gone in [each for each in since if each not in there]:
            yield gone, since.pop(gone), start
        for each in there:
            since.setdefault(each, start)
    yield from ((each, start, FOREVER) for each, start in since.items())


def _by_length(
    thread: Thread, at: At[What], alone: Alone[What], since: int
) -> Iterator[tuple[int, Set[tuple[Box, What]]]]:
    """What the first so many events of a thread say, from ``since`` many on."""
    stages: Stages[What] = {}
    for length in range(since, len(thread) + 1):
        if length == 1:
            found = set(alone(thread[0]))
            stages = _stages_of_one(found)
            yield length, found
        else:
            stages = _stages(thread[:length], at, stages)
            boxes = joined(stages.items())
            yield length, {((*days, known_from, known_to), told) for (days, told), known_from, known_to in boxes}


def _stages_of_one(found: Set[tuple[Box, What]]) -> Stages[What]:
    """What the first event says alone, as stages."""
    return {known_from: {(box[:2], told) for box, told in found} for (_, _, known_from, _), _ in found}


def _stages(thread: Thread, at: At[What], before: Stages[What]) -> Stages[What]:
    """What a thread says, given what all its events but the last do (nothing: it is found anew).

    At moments before its report the last event is not known, and changes nothing (§3).
    """
    report = thread[-1].fields.get("report")
    known_from = moment(report["published"]) if report else BEFORE_ALL
    added = thread[-1:] if before else thread
    moments = sorted({*before, *(when for entry in added for when in publications(entry))})
    return {when: before[when] if when < known_from and when in before else set(at(thread, when)) for when in moments}
