"""The news between two points: what happened, who says so, what it changes, what was learned of the time before.

Between two days, the world goes first, as known at the end: how answers differ between the days. What was learned of
the first day stands apart. After a position of the ledger, the news are what was recorded since, however old it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import product, takewhile
from typing import TYPE_CHECKING, Final

from policytracker.events.dates import end_of_day, iso, moment_text
from policytracker.projections.reading import recorded_at, thread_at, threads_since
from policytracker.questions import names
from policytracker.questions.asked import Since
from policytracker.questions.claims import reaching
from policytracker.questions.developments import names_them
from policytracker.questions.diff import Points
from policytracker.questions.errors import NoSuchPosition
from policytracker.questions.groups import Group
from policytracker.questions.in_words import InWords
from policytracker.questions.interchange import MARKET_TYPES
from policytracker.questions.newest import published
from policytracker.questions.one_way import in_one_way
from policytracker.questions.sentences.changes import change_sentence, sides_of
from policytracker.questions.sentences.naming import capital
from policytracker.questions.sources import best, strong
from policytracker.status.claims import CLAIM_TYPES, DUTY, claim_from, is_restriction
from policytracker.status.knowledge import stand
from policytracker.status.periods import FOREVER
from policytracker.status.scope import Scopes

if TYPE_CHECKING:
    from policytracker.questions.news_answers import Attribution, ChangeInWords, Happening, News, NewsItem, NewsSection
    from policytracker.questions.reader import Clocks, Reader
    from policytracker.questions.turning import Publications
    from policytracker.status.entries import Thread
    from policytracker.status.knowledge import Standing

KINDS: Final[dict[Happening, tuple[str, tuple[str, ...]]]] = {
    "restrictions": ("Restrictions", ("prohibited", "blocked", "held", DUTY)),
    "permissions": (
        "Permissions, and steps towards them",
        (DUTY, "cleared", "licence-granted", "batch-approved", "approved-in-principle", "review-opened"),
    ),
    "conditions": ("Conditions", ("condition-imposed", "condition-signalled", "conditions-met")),
    "ends": ("Ended, suspended or taken back", ("lifted", "suspended", "retracted")),
    "trade": ("Orders and deliveries", ("orders-reported", "shipped")),
    "reports": ("More on earlier reports", ("corroborated", "disputed", "corrected", "recipients-identified")),
    "around": ("What happens around it", ("development-reported",)),
}
"""What events are about, in the order in which readers want it, and the types of each; a duty is one or the other."""
TOLD: Final = frozenset(each for _, types in KINDS.values() for each in types)
"""The types that are news. What is left of a redacted event says nothing, and who redacted it is no news."""
ATTRIBUTED: Final = ("official", "on-record", "anonymous", "unattributed", None)
"""The best word first."""
MOST_CHANGES: Final = 40
"""Changes that are told of each kind."""
EVENTS_OF_CHANGE: Final = 3
"""Events that are told with a change."""


def news(
    reader: Reader,
    clocks: Clocks,
    publications: Publications,
    since: Since,
    company: names.Wanted = None,
    chip: names.Wanted = None,
    most_changes: int | None = MOST_CHANGES,
) -> News:
    """The news up to a point of the clocks; of some companies or chips alone where any are given by their ids.

    ``most_changes``: of each kind; None: all. Raises NoSuchPosition.
    """
    in_words = InWords(reader, clocks)
    with cut(reader, since.position):
        changed, learned = _changes(reader, clocks, since, company, chip, most_changes)
    return {
        "since": None if since.day is None else iso(since.day),
        "position": since.position,
        "at": iso(clocks.at),
        "known": None if clocks.known is None else moment_text(clocks.known),
        "sections": happened(reader, clocks, publications, since, in_words, company, chip),
        "changed": [change_in_words(in_words, group) for group in changed],
        "learned": [change_in_words(in_words, group) for group in learned],
    }


def happened(
    reader: Reader,
    clocks: Clocks,
    publications: Publications,
    since: Since,
    in_words: InWords,
    company: names.Wanted = None,
    chip: names.Wanted = None,
) -> list[NewsSection]:
    """What happened, kind by kind, without what it changes."""
    threads = _threads(reader, clocks, publications, since)
    return list(_sections(in_words, _new(reader, clocks, threads, since, company, chip)))


def _changes(
    reader: Reader, clocks: Clocks, since: Since, company: names.Wanted, chip: names.Wanted, most: int | None
) -> tuple[list[Group], list[Group]]:
    """The changes that are news, and those by which the first day is seen anew."""
    at, known, recorded = clocks
    if since.day is None:
        start, same = instant_of(reader, since.position or 0), Points(at, known, at, known)
        return in_one_way(reader, same, start, company, chip, recorded, most), []
    day, begin = since.day, end_of_day(since.day)
    world = in_one_way(reader, Points(day, known, at, known), recorded, company, chip, most=most)
    return world, in_one_way(reader, Points(day, begin, day, known), recorded, company, chip, most=most)


def instant_of(reader: Reader, position: int) -> int:
    """When the event at a position was recorded; of 0, before all events."""
    found = 0 if position == 0 else recorded_at(reader.connection, position)
    if found is None:
        raise NoSuchPosition(position, reader.head.position)
    return found


@contextmanager
def cut(reader: Reader, position: int | None) -> Iterator[int | None]:
    """The same; within, that instant means up to this event for this reader. None: no position. Raises NoSuchPosition.

    An import records many events in one instant, and so may two of them while a clock is behind. What comes after the
    position counts as recorded later.
    """
    if position is None:
        yield None
        return
    found, before = instant_of(reader, position), dict(reader.cuts)
    reader.cuts[found] = position
    try:
        yield found
    finally:
        reader.cuts = before


def _threads(reader: Reader, clocks: Clocks, publications: Publications, since: Since) -> Iterator[Thread]:
    """The threads in which something new may stand."""
    if since.day is None:
        positions = threads_since(reader.connection, since.position or 0)
    else:
        begin, last = end_of_day(since.day), FOREVER if clocks.known is None else clocks.known
        newest = takewhile(lambda report: report.moment > begin, publications.newest((last, FOREVER)))
        positions = sorted({report.thread for report in newest})
        yield from reader.view_of(MARKET_TYPES, clocks).threads.values()
    seen = reader.point(clocks).seen
    for position in positions:
        yield tuple(entry for entry in thread_at(reader.connection, position) if entry.position <= seen)


def _new(
    reader: Reader, clocks: Clocks, threads: Iterable[Thread], since: Since, company: names.Wanted, chip: names.Wanted
) -> Iterator[tuple[dict[str, Standing], Standing]]:
    """The known events that are new, each with the thread in which it stands."""
    begin = None if since.day is None else end_of_day(since.day)
    concerns = _Concerned(Scopes(reader.directory_at(clocks.recorded, clocks.at)), company, chip)
    for thread in threads:
        standings = stand(thread, clocks.known)
        if not thread or thread[0].type not in TOLD or not concerns.by(standings[thread[0].id]):
            continue
        for event in standings.values():
            when = published(event)
            after = event.entry.position > (since.position or 0) if begin is None else when is not None and when > begin
            if event.known and after and event.type in TOLD:
                yield standings, event


class _Concerned:
    """Whether the events of a thread concern some companies, some chips, or both."""

    def __init__(self, scopes: Scopes, company: names.Wanted, chip: names.Wanted) -> None:
        self._scopes = scopes
        self._cells = list(product(_each_or_all(company), _each_or_all(chip)))
        self._reaches = reaching(scopes, company, chip)

    def by(self, first: Standing) -> bool:
        """Given the first event of the thread."""
        if first.type in CLAIM_TYPES:
            return self._reaches(claim_from(first, self._scopes.directory.zone_of(first.fields["authority"])))
        return any(names_them(self._scopes, first.fields, *cell) for cell in self._cells)


def _each_or_all(named: names.Wanted) -> Sequence[str | None]:
    """Each of the names; None alone, which means any, where there is none."""
    return (named,) if isinstance(named, str) else named or (None,)


def _sections(in_words: InWords, events: Iterable[tuple[dict[str, Standing], Standing]]) -> Iterator[NewsSection]:
    """Events kind by kind; in each those with the better word first, then the newest."""
    found: dict[tuple[Happening, str], list[NewsItem]] = {}
    for standings, event in events:
        found.setdefault((_happened(event), event.type), []).append(_item(in_words, standings, event))
    for happened, (title, types) in KINDS.items():
        items = [item for each in types for item in found.get((happened, each), ())]
        items.sort(key=lambda item: item["published"] or "", reverse=True)
        items.sort(key=lambda item: ATTRIBUTED.index(item["attribution"]))
        if items:
            yield {"happened": happened, "title": title, "items": items}


def _happened(event: Standing) -> Happening:
    """What an event is about. A licence duty is a restriction or a permission by its review (semantics.md §6)."""
    if event.type == DUTY:
        return "restrictions" if is_restriction(DUTY, event.fields.get("review")) else "permissions"
    return next(happened for happened, (_, types) in KINDS.items() if event.type in types)


def _item(in_words: InWords, standings: dict[str, Standing], event: Standing) -> NewsItem:
    known = strong(event.reports)
    attribution: Attribution | None = (best(known).get("attribution") or "unattributed") if known else None
    return {**in_words.event(standings, event), "attribution": attribution}


def change_in_words(in_words: InWords, group: Group) -> ChangeInWords:
    """A change that several cells share, in a sentence."""
    step, (company, chip) = group.step, group.cells[0]
    companies, chips = sides_of(group.cells)
    return {
        "sentence": f"{capital(change_sentence(in_words.names, group))}.",
        "from_possible": step["from_possible"],
        "to_possible": step["to_possible"],
        "cells": len(group.cells),
        "by_one": group.by_one,
        "company": company,
        "chip": chip,
        "companies": companies,
        "chips": chips,
        "events": [in_words.of_id(event["id"]) for event in step["events"][:EVENTS_OF_CHANGE] if event["claim"]],
    }
