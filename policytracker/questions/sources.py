"""On whose word: a report on one line (semantics.md §1, §3)."""

from collections.abc import Iterable

from policytracker.events.grades import grade, in_words
from policytracker.status.entries import Fields

ATTRIBUTIONS = {
    "official": "official",
    "on-record": "on the record",
    "anonymous": "anonymous sources",
    "unattributed": "not attributed",
}
BOOKKEEPING = "no report: the ledger mends itself"


def sources_line(reports: Iterable[Fields]) -> str:
    """All reports of an event on one line, or that it has none."""
    return "; ".join(source_line(report) for report in reports) or BOOKKEEPING


def source_line(report: Fields) -> str:
    """Publisher, day or instant, title, attribution, grade in words, address; as untrusted as what it is made of.

    >>> source_line({"publisher": "News.Az", "cites": "Reuters", "published": "2026-01-14", "attribution": "anonymous"})
    'News.Az citing Reuters, 2026-01-14; anonymous sources (C3, fairly reliable, possibly true)'
    """
    cites = f" citing {report['cites']}" if report.get("cites") else ""
    title = f', "{report["title"]}"' if report.get("title") else ""
    word = f"{report['publisher']}{cites}, {report['published']}{title}"
    address = report.get("url") or report.get("archived")
    return f"{word}; {attribution(report)} ({in_words(grade(report))})" + (f" {address}" if address else "")


def attribution(report: Fields) -> str:
    """How a report is attributed, and to how many people, where that was said."""
    word = ATTRIBUTIONS[report.get("attribution") or "unattributed"]
    people = report.get("sources")
    return word if people is None else f"{word}, {people} of them" if people > 1 else f"{word}, one person"
