"""On whose word the ledger rests: publishers, and the origins that they cite (semantics.md §3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from policytracker.events.dates import moment
from policytracker.events.grades import origin
from policytracker.questions.accounts import counts
from policytracker.questions.corrections import before_in, in_own_words
from policytracker.questions.errors import UnknownName
from policytracker.questions.interchange import TYPES
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.sources import ATTRIBUTIONS, reported
from policytracker.questions.telling import called, summary
from policytracker.questions.values import corrections_line
from policytracker.status.changes import own_report
from policytracker.status.directory import REGISTRY_TYPES
from policytracker.status.entries import Fields
from policytracker.status.knowledge import Standing
from policytracker.status.view import View

if TYPE_CHECKING:
    from policytracker.questions.publisher_answers import (
        EventOfPublisher,
        PublisherAnswer,
        PublisherCount,
        PublisherDetail,
    )

WITH_REPORTS = tuple(name for name in TYPES if name not in REGISTRY_TYPES)


class Reported(NamedTuple):
    """An event and the report that brought it."""

    event: Standing
    report: Fields

    @property
    def publisher(self) -> str:
        """Its publisher, as names are compared."""
        return str(self.report["publisher"]).casefold()

    @property
    def origin(self) -> str:
        """Whose word it is, as names are compared."""
        return origin(self.report)


class Publishers:
    """Every known report; publishers and origins are told apart without case."""

    def __init__(self, reader: Reader, clocks: Clocks) -> None:
        self.view: View = reader.view_of(WITH_REPORTS, clocks)
        found = ((event, own_report(event)) for event in self.view.standings.values())
        self.reports = [Reported(event, report) for event, report in found if report is not None]
        self.reports.sort(key=lambda each: (moment(each.report["published"]), each.event.entry.position), reverse=True)
        spellings = Counter(name for each in self.reports for name in _named(each.report))
        self._spelling = {name.casefold(): name for name, _ in reversed(spellings.most_common())}
        self._by: dict[str, list[Reported]] = {name: [] for name in self._spelling}
        for each in self.reports:
            for name in {each.publisher, each.origin}:
                self._by[name].append(each)

    def rows(self) -> list[PublisherAnswer]:
        """One object for each publisher or origin, those with most reports first."""
        found = [self._row(name) for name in self._spelling]
        return sorted(found, key=lambda row: (-row["reports"], -row["cited"], row["publisher"].casefold()))

    def one(self, name: str) -> PublisherDetail:
        """The row of one, whom it cites and who cites it, and its reports, the newest first. Raises UnknownName."""
        key = name.casefold()
        if key not in self._by:
            raise UnknownName("source", name, self._nearest(key), "the page of sources lists them")
        own, of_others = self._parted(key)
        cites = Counter(str(each.report["cites"]).casefold() for each in own if each.report.get("cites"))
        return {
            **self._row(key),
            "cites": self._counted(cites),
            "cited_by": self._counted(Counter(each.publisher for each in of_others)),
            "events": [self._told(each) for each in self._by[key]],
        }

    def _row(self, name: str) -> PublisherAnswer:
        own, of_others = self._parted(name)
        known = self._by[name]
        return {
            "publisher": self._spelling[name],
            "reports": len(own),
            "cited": len(of_others),
            "words": dict(Counter(_word(each.report) for each in own).most_common()),
            "first": known[-1].report["published"],
            "last": known[0].report["published"],
        }

    def _parted(self, name: str) -> tuple[list[Reported], list[Reported]]:
        """The reports that it published, and those of others that repeat it."""
        own = [each for each in self._by[name] if each.publisher == name]
        return own, [each for each in self._by[name] if each.publisher != name]

    def _counted(self, names: Counter[str]) -> list[PublisherCount]:
        return [{"publisher": self._spelling[name], "reports": count} for name, count in names.most_common()]

    def _told(self, each: Reported) -> EventOfPublisher:
        event, fields = each.event, each.event.fields
        target = self.view.standings.get(event.entry.target or "")
        aim = called(target.entry.id, target.fields.get("ref")) if target else None
        return {
            "id": event.entry.id,
            "ref": fields.get("ref"),
            "type": event.type,
            "says": "; ".join(_says(event, aim, before_in(self.view.standings, event))),
            "counts": counts(event),
            "retracted": event.retracted,
            "report": reported(each.report),
        }

    def _nearest(self, name: str) -> list[str]:
        from difflib import get_close_matches

        return [self._spelling[each] for each in get_close_matches(name, self._spelling, n=5, cutoff=0.5)]

    def containing(self, text: str) -> list[str]:
        """The names that contain a text, without case."""
        return sorted(name for key, name in self._spelling.items() if text.casefold() in key)


def _says(event: Standing, aim: str | None, before: Fields | None) -> Iterator[str]:
    """What an event says by its own report, then what the reports of corrections have made of it."""
    yield summary(in_own_words(event), aim, before)
    for correction in event.acting("corrected"):
        if correction.reports:
            name = called(correction.entry.id, correction.fields.get("ref"))
            yield f"corrected since by {name}: {corrections_line(correction.fields['changes'], None)}"


def _word(report: Fields) -> str:
    """On whose word a report is, whoever published it: the grade that somebody gave, else the attribution."""
    if report.get("grade"):
        return f"graded {report['grade']}"
    return ATTRIBUTIONS[report.get("attribution") or "unattributed"]


def _named(report: Fields) -> Iterator[str]:
    yield report["publisher"]
    yield from (report["cites"],) if report.get("cites") else ()
