"""What comes next, in sentences, as far as it is known: answers that change, and claims that begin or cease to hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import groupby, islice
from typing import TYPE_CHECKING, Final, NamedTuple

from policytracker.events.dates import iso
from policytracker.projections.reading import id_at
from policytracker.questions import names
from policytracker.questions.causes import turning
from policytracker.questions.explained import Explained
from policytracker.questions.in_words import InWords
from policytracker.questions.scheduled import scheduled
from policytracker.questions.sentences.changes import change_sentence
from policytracker.questions.sentences.dates import dates_in_words
from policytracker.questions.sentences.naming import capital
from policytracker.status.changes import turns
from policytracker.status.claims import Claim
from policytracker.status.scope import Scopes

if TYPE_CHECKING:
    from policytracker.index.turns import Pair
    from policytracker.questions.claim_answers import NamedEvent
    from policytracker.questions.difference_answers import EventOfChange
    from policytracker.questions.overview_answers import ScheduledChange
    from policytracker.questions.reader import Clocks, Reader

MOST_TOUCHING: Final = 8
"""Days ahead that are looked at on which something turns that reaches the cells."""
MOST_CLAIMS: Final = 200
"""Claims that turn on days to come and are looked at."""


class Coming(NamedTuple):
    """What is to happen on a day to come."""

    day: int
    """An ordinal."""
    sentence: str
    cells: list[Pair]
    """Those of which the answer changes; none where a claim turns and changes no answer that is told."""
    events: list[EventOfChange]
    """By which events."""


def coming(
    reader: Reader, clocks: Clocks, in_words: InWords, company: names.Wanted, chip: names.Wanted
) -> Iterator[ScheduledChange]:
    """The same as ``coming_events``, as answers tell it."""
    for each in coming_events(reader, clocks, in_words, company, chip):
        named = {event["id"]: event["ref"] for event in each.events}
        events: list[NamedEvent] = [{"id": event, "ref": ref} for event, ref in named.items()]
        yield {"day": iso(each.day), "sentence": each.sentence, "events": events}


def coming_events(
    reader: Reader, clocks: Clocks, in_words: InWords, company: names.Wanted, chip: names.Wanted
) -> Iterator[Coming]:
    """What is to happen after ``at`` for some companies and chips, or for all, by day.

    Of a day first the answers that change; many cells that change alike share one. Then the claims about one of the
    companies and one of the chips that turn on the day and change no answer that was told: a rule may come into force
    that reaches nobody registered. Raises UnknownName or AmbiguousName at once.
    """
    directory = reader.directory_at(clocks.recorded, clocks.at)
    companies, chips = names.companies(directory, company), names.chips(directory, chip)
    answers = _answers(reader, clocks, in_words, companies, chips)
    claims = _claims(reader, clocks, in_words, companies if company else None, chips if chip else None)
    return _told_once(merge(answers, claims, key=lambda each: (each.day, not each.cells)))


def _told_once(found: Iterable[Coming]) -> Iterator[Coming]:
    """Without the claims by which an answer of the same day changes that is told."""
    for _, of_day in groupby(found, key=lambda each: each.day):
        told: set[str] = set()
        for each in of_day:
            ids = {event["id"] for event in each.events}
            if each.cells or not told & ids:
                yield each
            told |= ids


def _answers(
    reader: Reader, clocks: Clocks, in_words: InWords, companies: Sequence[str], chips: Sequence[str]
) -> Iterator[Coming]:
    one, other = (only[0] if len(only) == 1 else None for only in (companies, chips))
    whose, what = frozenset(companies), frozenset(chips)
    for change in scheduled(reader, clocks, one, other, MOST_TOUCHING):
        for group in change.groups:
            cells = [cell for cell in group.cells if cell[0] in whose and cell[1] in what]
            if cells:
                sentence = f"{capital(change_sentence(in_words.names, group._replace(cells=cells)))}."
                yield Coming(change.day, sentence, cells, group.step["events"])


def _claims(
    reader: Reader, clocks: Clocks, in_words: InWords, companies: Sequence[str] | None, chips: Sequence[str] | None
) -> Iterator[Coming]:
    """The claims about some companies and chips that turn on days to come."""
    point = reader.point(clocks)
    known = Explained(reader, clocks.known, clocks.recorded)
    scopes = Scopes(reader.directory_at(clocks.recorded, clocks.at))
    for day, position in islice(sorted(reader.index.turning_claims(point.known, point.seen, clocks.at)), MOST_CLAIMS):
        name = id_at(reader.connection, position)
        claim = known.claim(name, day)
        if _is_about(scopes, claim, companies, chips) and turns(claim, day - 1, day):
            events = list(turning(known, name, day - 1, day))
            what = dates_in_words(events[0]["change"])
            yield Coming(day, f"{in_words.in_short(name)}: {what}.", [], events)


def _is_about(scopes: Scopes, claim: Claim, companies: Sequence[str] | None, chips: Sequence[str] | None) -> bool:
    """Whether a claim is about one of the companies, and about one of the chips, certainly or possibly; None: any."""
    return (companies is None or any(scopes.company_side(claim, each) is not None for each in companies)) and (
        chips is None or any(scopes.chip_side(claim, each) is not None for each in chips)
    )
