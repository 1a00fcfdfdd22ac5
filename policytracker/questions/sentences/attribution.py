"""Who says so, in a sentence: on how many people a report rests, to whom they spoke, and where it was read."""

from collections.abc import Iterable

from policytracker.questions.sentences.dates import published_in_words
from policytracker.questions.sentences.naming import listed, number
from policytracker.questions.sources import best, origins, strong
from policytracker.status.entries import Fields

UNATTRIBUTED = "unattributed"
UNNAMED = "unnamed people"
NOT_RECORDED = "on whose word is not recorded"
NO_REPORT = "an entry of this ledger, without a report"


def attributed(reports: Iterable[Fields]) -> str:
    """On whose word something rests: its best report (semantics.md §3), then who else says so.

    >>> reuters = {"publisher": "Business Times", "cites": "Reuters", "published": "2026-01-28",
    ...            "attribution": "anonymous", "sources": 3}
    >>> attributed([reuters])
    'three unnamed people told Reuters (via Business Times, 28 January 2026)'
    >>> attributed([reuters, {"publisher": "WSJ", "published": "2026-01-29", "attribution": "anonymous"}])
    'three unnamed people told Reuters (via Business Times, 28 January 2026); also WSJ'
    """
    known = strong(reports)
    if not known:
        return NO_REPORT
    first = best(known)
    others = [name for name in origins(known).values() if name != name_of(first)]
    return says(first) + (f"; also {listed(others)}" if others else "")


def says(report: Fields) -> str:
    """On whose word one report is, and where and when it was published.

    >>> says({"publisher": "Federal Register", "published": "2022-10-13", "attribution": "official"})
    'official: Federal Register (13 October 2022)'
    >>> says({"publisher": "Nvidia", "published": "2022-08-31", "attribution": "on-record"})
    'on the record: Nvidia (31 August 2022)'
    >>> says({"publisher": "HPE", "published": "2026-09", "attribution": "on-record", "sources": 1})
    'one person on the record, according to HPE (September 2026)'
    >>> says({"publisher": "TweakTown", "published": "2023-12-04", "grade": "C5"})
    'TweakTown (4 December 2023; graded C5)'
    >>> says({"publisher": "Lowyat", "published": "2023-11"})
    'Lowyat (November 2023); on whose word is not recorded'
    >>> says({"publisher": "PC Gamer", "cites": "Reuters", "published": "2025-09-17", "attribution": "unattributed"})
    'PC Gamer, citing Reuters, does not say on whose word (17 September 2025)'
    """
    # Of a report without attribution it is the publisher at hand that is silent, and not whom it cites.
    has_via = report.get("cites") and report.get("attribution") != UNATTRIBUTED
    via = f"via {report['publisher']}, " if has_via else ""
    graded = f"; graded {report['grade']}" if report.get("grade") else ""
    silent = "" if report.get("attribution") or graded else f"; {NOT_RECORDED}"
    return f"{_word(report)} ({via}{published_in_words(report['published'])}{graded}){silent}"


def _word(report: Fields) -> str:
    source, people = name_of(report), report.get("sources")
    match report.get("attribution"):
        case "official":
            return f"official: {source}"
        case "on-record":
            if people is None:
                return f"on the record: {source}"
            return f"{number(people)} {'person' if people == 1 else 'people'} on the record, according to {source}"
        case "anonymous":
            return f"{_people(people)} told {source}"
        case "unattributed":
            citing = f", citing {report['cites']}," if report.get("cites") else ""
            return f"{report['publisher']}{citing} does not say on whose word"
        case _:
            return source


def _people(count: int | None) -> str:
    if count is None:
        return "unnamed people"
    return "one unnamed person" if count == 1 else f"{number(count)} unnamed people"


def name_of(report: Fields) -> str:
    """The source that said it first, as far as the report tells."""
    return str(report.get("cites") or report["publisher"])


def certainty(reports: Iterable[Fields]) -> str:
    """How sure a side is, in a phrase: the kind of its best word, and from how many sources it comes.

    >>> certainty([{"publisher": "Reuters", "attribution": "anonymous"}])
    'unnamed people, one source'
    """
    known = strong(reports)
    if not known:
        return NO_REPORT
    kind = best(known).get("attribution")
    alike = len(origins(report for report in known if report.get("attribution") == kind))
    match kind:
        case "official":
            return "official"
        case "on-record":
            return "on the record"
        case "anonymous":
            words = UNNAMED
        case "unattributed":
            words = "nobody says on whose word"
        case _:
            given = best(known).get("grade")
            words = f"graded {given}" if given else NOT_RECORDED
    return f"{words}, {number(alike)} source{'' if alike == 1 else 's'}"
