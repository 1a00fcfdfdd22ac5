"""On whose word: reports, and all reports of an event, in words (semantics.md §1, §3).

A grade that follows from the attribution alone is shown as the attribution. Only a grade that somebody gave is spelled
out in the words of the Admiralty code; a single report is never called confirmed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, cast

from policytracker.events.grades import CREDIBILITY, RELIABILITY, grade, is_sound, is_weak, origin
from policytracker.status.entries import Fields

if TYPE_CHECKING:
    from policytracker.questions.claim_answers import ReportAnswer

ATTRIBUTIONS = {
    "official": "official",
    "on-record": "on the record",
    "anonymous": "anonymous sources",
    "unattributed": "not attributed",
}
BOOKKEEPING = "no report: the ledger mends itself"
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
MOST_ORIGINS = 5
"""Origins that are named; of more it is said how many they are."""


def on_whose_word(reports: Iterable[Fields]) -> str:
    """On whose word an event rests, given its known reports: the best word first, then who else says so.

    Weak reports (§3) are left out where there are others.

    >>> reuters = {"publisher": "Reuters", "attribution": "anonymous"}
    >>> on_whose_word([reuters, {"publisher": "News.Az", "cites": "Reuters"}])
    'on the word of anonymous sources, one origin: Reuters'
    >>> on_whose_word([reuters, {"publisher": "Financial Times", "attribution": "anonymous"}])
    'on the word of anonymous sources, two origins: Reuters, Financial Times'
    >>> on_whose_word([reuters, {"publisher": "BIS", "attribution": "official"}])
    'official: BIS; also Reuters'
    """
    known = strong(reports)
    if not known:
        return BOOKKEEPING
    first = best(known)
    alike = [report for report in known if _kind(report) == _kind(first)]
    its = origins(alike)
    others = [name for key, name in origins(known).items() if key not in its]
    also = f"; also {_listed(others)}" if others else ""
    return _lead(alike, list(its.values())) + also


def strong(reports: Iterable[Fields]) -> list[Fields]:
    """The reports without the weak ones (§3); those too where there are no others."""
    known = list(reports)
    return [report for report in known if not is_weak(grade(report))] or known


def best(reports: Iterable[Fields]) -> Fields:
    """The report with the best word, of at least one."""
    return min(reports, key=_trust)


def _trust(report: Fields) -> tuple[bool, str]:
    """The sound reports first (§3), then by their code."""
    code = grade(report)
    return not is_sound(code), code


def _kind(report: Fields) -> tuple[str, str | None]:
    """How a report is attributed, and the grade that somebody gave it."""
    return report.get("attribution") or "unattributed", report.get("grade")


def _lead(alike: Sequence[Fields], origins: Sequence[str]) -> str:
    """On whose word reports of one kind are; how many people a single report rests on is told too."""
    first = alike[0]
    attributed, given = _kind(first)
    words = word(first if len(alike) == 1 else {**first, "sources": None})
    named = _listed(origins)
    if given or attributed in ("official", "on-record"):
        return f"{words}: {named}"
    count = NUMBERS[len(origins)] if len(origins) < len(NUMBERS) else f"{len(origins):,}"
    how_many = f"{count} {'origin' if len(origins) == 1 else 'origins'}: {named}"
    return f"{'on the word of ' if attributed == 'anonymous' else ''}{words}, {how_many}"


def origins(reports: Iterable[Fields]) -> dict[str, str]:
    """The origins of reports, each as the first report spells it."""
    found: dict[str, str] = {}
    for report in reports:
        found.setdefault(origin(report), report.get("cites") or report["publisher"])
    return found


def _listed(names: Sequence[str]) -> str:
    more = len(names) - MOST_ORIGINS
    return ", ".join(names[:MOST_ORIGINS]) + (f" and {more:,} more" if more > 0 else "")


def sources_line(reports: Iterable[Fields]) -> str:
    """All reports of an event on one line, or that it has none."""
    return "; ".join(source_line(report) for report in reports) or BOOKKEEPING


def source_line(report: Fields) -> str:
    """Publisher, day or instant, title, on whose word, address, else that of a copy; untrusted as what it is made of.

    >>> source_line({"publisher": "News.Az", "cites": "Reuters", "published": "2026-01-14", "attribution": "anonymous"})
    'News.Az citing Reuters, 2026-01-14; anonymous sources'
    >>> source_line({"publisher": "Reuters", "published": "2026-01-14", "archived": "https://copies.example"})
    'Reuters, 2026-01-14; not attributed; copy: https://copies.example'
    """
    title = f', "{report["title"]}"' if report.get("title") else ""
    copy = f"; copy: {report['archived']}" if report.get("archived") else ""
    address = f" {report['url']}" if report.get("url") else copy
    return f"{who_and_when(report)}{title}; {word(report)}{address}"


def line_and_address(report: Fields) -> tuple[str, str | None]:
    """The same without the address, and the address; where that is one of a copy, the line says so.

    >>> line_and_address({"publisher": "Reuters", "published": "2026-01-14", "archived": "https://copies.example"})
    ('Reuters, 2026-01-14; not attributed; copy', 'https://copies.example')
    """
    line = source_line({**report, "url": None, "archived": None})
    if report.get("url") or not report.get("archived"):
        return line, report.get("url")
    return f"{line}; copy", report["archived"]


def who_and_when(report: Fields) -> str:
    """Publisher, whom it repeats, and when it was published."""
    cites = f" citing {report['cites']}" if report.get("cites") else ""
    return f"{report['publisher']}{cites}, {report['published']}"


def texts(report: Fields) -> Iterator[str]:
    """What a report says: in the words of the recorder, then a passage of it as a quotation."""
    if report.get("summary"):
        yield str(report["summary"])
    if report.get("quote"):
        yield f"“{report['quote']}”"


def word(report: Fields) -> str:
    """On whose word one report is: how it is attributed, and the grade that somebody gave it.

    >>> word({"publisher": "Reuters", "attribution": "anonymous", "sources": 2})
    'anonymous sources, 2'
    >>> word({"publisher": "Reuters", "grade": "B2"})
    'graded B2: usually reliable, probably true'
    """
    if not report.get("grade"):
        return attribution(report)
    given = f"graded {grade_in_words(report['grade'])}"
    return f"{attribution(report)}, {given}" if report.get("attribution") else given


def attribution(report: Fields) -> str:
    """How a report is attributed, and on how many people it rests, where that was said."""
    found = ATTRIBUTIONS[report.get("attribution") or "unattributed"]
    people = report.get("sources")
    return found if people is None else f"{found}, {people}"


def grade_in_words(code: str) -> str:
    """A grade that somebody gave, in the words of the Admiralty code.

    Of one report nobody can say that others confirm it: the best credibility is told by its number.

    >>> grade_in_words("C3"), grade_in_words("A1")
    ('C3: fairly reliable, possibly true', 'A1: completely reliable, credibility 1')
    """
    credibility = "credibility 1" if code[1] == "1" else CREDIBILITY[code[1]]
    return f"{code}: {RELIABILITY[code[0]]}, {credibility}"


def reported(report: Fields) -> ReportAnswer:
    """A report in the interchange format, with on whose word it is. A grade is there only where somebody gave one."""
    return cast("ReportAnswer", {**report, "word": word(report)})
