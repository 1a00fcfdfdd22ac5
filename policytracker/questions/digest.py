"""The digest: what is new between two points, by what it is about, for which companies and chips, and who says so.

What happened comes from the news. Conditions, amounts and what is left are those of the first point beside those of the
second. The first point is what was known at the end of the first day, or what was recorded by a position.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, cast

from policytracker.events.dates import end_of_day, iso, moment_text
from policytracker.ledger import clock
from policytracker.questions import names
from policytracker.questions.amount_changes import amount_changes
from policytracker.questions.coming import coming_events
from policytracker.questions.condition_changes import condition_changes, left_changes
from policytracker.questions.diff import Points, asked_of
from policytracker.questions.digest_entries import compared
from policytracker.questions.in_words import InWords, with_doubt
from policytracker.questions.news import cut, instant_of, news
from policytracker.questions.reader import Clocks
from policytracker.questions.sentences.dates import day_in_words
from policytracker.questions.stale import STALE_DAYS, gone_stale
from policytracker.questions.state import cells

if TYPE_CHECKING:
    from policytracker.questions.asked import Since
    from policytracker.questions.digest_answers import Digest, DigestEntry, DigestKind, DigestPart
    from policytracker.questions.news_answers import ChangeInWords, News, NewsItem
    from policytracker.questions.overview_answers import EventInWords
    from policytracker.questions.reader import Reader
    from policytracker.questions.turning import Publications

TITLES: Final[dict[DigestKind, str]] = {
    "answers": "Answers that changed",
    "learned": "What was learned of the first day",
    "restrictions": "Restrictions",
    "licences": "Licences, approvals and steps towards them",
    "conditions": "Conditions",
    "ends": "Ended, suspended or taken back",
    "amounts": "Amounts: ordered, licensed, approved, delivered, left",
    "signals": "Conditions that an authority is said to talk about",
    "disputes": "Disputes, other values and corrections",
    "reports": "More on earlier reports",
    "developments": "What happens around it",
    "scheduled": "Days to come",
    "stale": "No word for long",
}
"""What is told, in this order."""
AHEAD: Final = ("scheduled", "stale")
"""What is told whether or not anything is new."""
OF_TYPE: Final[dict[str, DigestKind]] = {
    "condition-signalled": "signals",
    "disputed": "disputes",
    "corrected": "disputes",
}
"""Where events of some types are told, apart from the other news of their kind."""
OF_HAPPENING: Final[dict[str, DigestKind]] = {
    "restrictions": "restrictions",
    "permissions": "licences",
    "conditions": "conditions",
    "ends": "ends",
    "trade": "amounts",
    "reports": "reports",
    "around": "developments",
}


def digest(
    reader: Reader,
    clocks: Clocks,
    publications: Publications,
    since: Since,
    companies: names.Wanted = None,
    chips: names.Wanted = None,
    stale_days: int = STALE_DAYS,
) -> Digest:
    """What is new up to a point of the clocks, for some companies and chips, or all where none is named.

    ``publications`` are those of the recorded instant of the clocks. ``stale_days``: more days than this make the last
    word of a side stale. Raises NoSuchPosition, UnknownName or AmbiguousName.
    """
    directory = reader.directory_at(clocks.recorded, clocks.at)
    whose = names.companies(directory, companies) if companies else []
    what = names.chips(directory, chips) if chips else []
    with cut(reader, since.position):
        found = _Found(reader, clocks, publications, since, (whose, what), stale_days)
        parts = list(found.parts())
    return {
        "at": iso(clocks.at),
        "known": None if clocks.known is None else moment_text(clocks.known),
        "since": None if since.day is None else iso(since.day),
        "position": since.position,
        "companies": whose,
        "chips": what,
        "stale_days": stale_days,
        "stale_before": found.stale_before,
        "nothing_new": all(part["kind"] in AHEAD for part in parts),
        "parts": parts,
    }


class _Found:
    """What is new, kind by kind."""

    def __init__(
        self,
        reader: Reader,
        clocks: Clocks,
        publications: Publications,
        since: Since,
        wanted: tuple[list[str], list[str]],
        stale_days: int,
    ) -> None:
        self._reader, self._clocks, self._in_words = reader, clocks, InWords(reader, clocks)
        self._wanted = wanted[0] or None, wanted[1] or None
        self._stale_days = stale_days
        self._start, self._first_day = _start(reader, clocks, since)
        self._news: News = news(reader, clocks, publications, since, *self._wanted, None)
        self.stale_before = 0

    def parts(self) -> Iterator[DigestPart]:
        """The kinds of which anything is told, in their order."""
        entries: dict[DigestKind, list[DigestEntry]] = {kind: [] for kind in TITLES}
        for kind, entry in self._compared():
            entries[kind].append(entry)
        for section in self._news["sections"]:
            for item in section["items"]:
                entries[kind_of(self._in_words, section["happened"], item)].append(of_event(item))
        entries["amounts"] = list(each_once(entries["amounts"]))
        for kind, found in entries.items():
            if found:
                yield {"kind": kind, "title": TITLES[kind], "entries": found}

    def _compared(self) -> Iterator[tuple[DigestKind, DigestEntry]]:
        """What differs between the two points, and what lies ahead."""
        yield from (("answers", of_change(each)) for each in self._news["changed"])
        yield from (("learned", of_change(each)) for each in self._news["learned"])
        points = Points(*self._start[:2], *self._clocks[:2])
        cells_asked = asked_of(self._reader, points, (self._start.recorded, self._clocks.recorded), *self._wanted)
        before, after = (list(cells(self._reader, each, *cells_asked)) for each in (self._start, self._clocks))
        yield from (("conditions", each) for each in condition_changes(self._in_words, before, after))
        both = self._start, self._clocks
        yield from (("amounts", each) for each in amount_changes(self._reader, self._in_words, both, *self._wanted))
        yield from (("amounts", each) for each in left_changes(self._in_words, before, after))
        yield from (("scheduled", each) for each in self._scheduled())
        stale = gone_stale(self._in_words.names, after, self._clocks.at, self._first_day, self._stale_days)
        self.stale_before = stale.before
        yield from (("stale", each) for each in stale.entries)

    def _scheduled(self) -> Iterator[DigestEntry]:
        for each in coming_events(self._reader, self._clocks, self._in_words, *self._wanted):
            by = [self._in_words.of_id(event["id"]) for event in each.events if event["claim"]]
            yield compared(f"{day_in_words(iso(each.day))}: {each.sentence}", each.cells, by)


def _start(reader: Reader, clocks: Clocks, since: Since) -> tuple[Clocks, int]:
    """The first point, and its day (an ordinal)."""
    if since.day is None:
        recorded = instant_of(reader, since.position or 0)
        if clocks.recorded is not None:
            recorded = min(recorded, clocks.recorded)
        return clocks._replace(recorded=recorded), min(clocks.at, clock.day(recorded) if recorded else 0)
    begin = end_of_day(since.day)
    return Clocks(since.day, begin if clocks.known is None else min(begin, clocks.known), clocks.recorded), since.day


def kind_of(in_words: InWords, happened: str, item: NewsItem) -> DigestKind:
    """Where an event of the news is told, given what it is about."""
    if item["type"] == "corroborated" and in_words.fields(item["id"]).get("instead"):
        return "disputes"
    return OF_TYPE.get(item["type"], OF_HAPPENING[happened])


def each_once(amounts: Sequence[DigestEntry]) -> Iterator[DigestEntry]:
    """Amounts without those that rest on one event alone which is told itself."""
    told = {entry["event"]["id"] for entry in amounts if entry["event"]}
    for entry in amounts:
        if len(entry["by"]) != 1 or entry["by"][0]["id"] not in told:
            yield entry


def of_event(item: NewsItem) -> DigestEntry:
    """An event of the news, as an entry."""
    event = cast("EventInWords", {name: value for name, value in item.items() if name != "attribution"})
    return {"sentence": with_doubt(item), "event": event, "by": [], "companies": [], "chips": []}


def of_change(change: ChangeInWords) -> DigestEntry:
    """A change of answers, as an entry."""
    return {
        "sentence": change["sentence"],
        "event": None,
        "by": change["events"],
        "companies": change["companies"],
        "chips": change["chips"],
    }
