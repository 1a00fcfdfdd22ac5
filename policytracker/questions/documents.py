"""A digest or a brief as a document: a title, sections of sentences, and for each sentence who says so.

The command line prints it for a terminal, ``markdown`` writes it, and a page in one file is made of it. All texts are
as untrusted as the reports that they come from: whoever writes a document escapes them. An event is told in full once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from policytracker.questions.escaping import markdown_line, one_line
from policytracker.questions.in_words import with_doubt
from policytracker.questions.sentences.dates import day_in_words
from policytracker.questions.telling import called

if TYPE_CHECKING:
    from policytracker.questions.claim_answers import NamedEvent
    from policytracker.questions.digest_answers import Brief, BriefKind, BriefParagraph, Digest, SourcedSentence
    from policytracker.questions.sentences.naming import Naming
    from policytracker.questions.watch_answers import WatchReport

NOTHING_NEW: Final = "Nothing new was recorded."
NOTHING_ELSE: Final = "Nothing else was recorded."
NOTHING_ELSE_WATCHED: Final = "Nothing else that it asks for was recorded."
MOST_TOLD: Final = 60
"""Sentences of a section that are told; JSON has all."""
MORE: Final = "--json"
MORE_OF_WATCH: Final = "a destination with JSON"
"""Where all sentences are."""
LABELS: Final[dict[BriefKind, str]] = {
    "decides": "decides",
    "condition": "condition",
    "ordered": "ordered",
    "licensed": "licensed",
    "approved": "approved",
    "delivered": "delivered",
    "left": "left",
    "signal": "talked about",
    "disputed": "disputed",
    "next": "next",
}
"""What stands before a line of a brief."""


class Source(NamedTuple):
    """An event on which a sentence rests."""

    sentence: str
    called: str
    """Its ref, else the beginning of its id."""


class Told(NamedTuple):
    """A sentence."""

    sentence: str
    called: tuple[str, ...]
    """What to call the event that it tells, and the events by which it is so that are told in full elsewhere."""
    by: tuple[Source, ...]
    """The other events by which it is so."""


class Section(NamedTuple):
    """A heading, and what stands under it."""

    title: str
    lead: str | None
    told: tuple[Told, ...]
    left_out: str | None
    """That further sentences are left out, and where they are; None: there are none."""


class Document(NamedTuple):
    """What is written."""

    title: str
    lead: tuple[str, ...]
    sections: tuple[Section, ...]
    end: tuple[str, ...]


def of_digest(digest: Digest, naming: Naming, watch: str | None = None) -> Document:
    """A digest to be written; ``watch``: what the watch is called that has narrowed it."""
    whom = [*map(naming.company, digest["companies"]), *map(naming.chip, digest["chips"])]
    narrowed = [f"Only what concerns {', '.join(whom)}."] if whom else []
    if watch is not None:
        narrowed = [f"Only what the watch “{watch}” asks for."]
    new = [NOTHING_NEW] if digest["nothing_new"] else []
    telling = _Telling(entry for part in digest["parts"] for entry in part["entries"])
    sections = tuple(_section(part["title"], None, map(telling.told, part["entries"])) for part in digest["parts"])
    end = [
        *_stale_before(digest),
        *([] if digest["nothing_new"] else [NOTHING_ELSE if watch is None else NOTHING_ELSE_WATCHED]),
    ]
    return Document(_title(digest), (_point(digest), *narrowed, *new), sections, tuple(end))


def _title(digest: Digest) -> str:
    if digest["since"] is None:
        return f"What was recorded after position {digest['position']:,}"
    return f"What is new after {day_in_words(digest['since'])}"


def _point(digest: Digest) -> str:
    """The day on which answers are looked at, and what counts."""
    known = "all that is published counts"
    if digest["known"] is not None:
        known = f"what was published by {day_in_words(digest['known'])} counts"
    return f"Answers are those of {day_in_words(digest['at'])}; {known}."


def _stale_before(digest: Digest) -> Iterator[str]:
    count = digest["stale_before"]
    if count:
        sides = "one side" if count == 1 else f"{count:,} sides"
        days = f"{digest['stale_days']:,} days"
        yield f"The last word on {sides} (a gate of one company and chip) was older than {days} before that already."


def of_watch(name: str, report: WatchReport) -> Document:
    """What changed for somebody who watches, to be written."""
    telling = _Telling(entry for part in report["parts"] for entry in part["entries"])
    sections = tuple(
        _section(part["title"], None, map(telling.told, part["entries"]), MORE_OF_WATCH) for part in report["parts"]
    )
    return Document(f"What changed: {name}", tuple(_way(report)), sections, ())


def _way(report: WatchReport) -> Iterator[str]:
    """From which point to which."""
    since, position = report["since_position"], report["position"]
    recorded = f"Recorded at position {position:,}" if since + 1 == position else ""
    if since + 1 < position:
        recorded = f"Recorded at positions {since + 1:,} to {position:,}"
    came = f"from {day_in_words(report['since'])} to {day_in_words(report['at'])}"
    if report["since"] == report["at"]:
        came = f"answers are those of {day_in_words(report['at'])}"
    yield f"{recorded}; {came}." if recorded else f"{came[:1].upper()}{came[1:]}; nothing was recorded."


def of_brief(brief: Brief) -> Document:
    """A brief to be written."""
    title = f"{brief['company_name']}, {brief['chip_name']}, {day_in_words(brief['at'])}"
    telling = _Telling(line for paragraph in brief["paragraphs"] for line in paragraph["lines"])
    sections = [_paragraph(telling, each) for each in brief["paragraphs"]]
    return Document(title, (brief["sentence"],), tuple(sections), ())


def _paragraph(telling: _Telling, paragraph: BriefParagraph) -> Section:
    lines = (telling.told(line, f"{LABELS[line['kind']]}: ") for line in paragraph["lines"])
    return _section(paragraph["title"], paragraph["sentence"], lines)


class _Telling:
    """Tells each event of a document in full once: where it is told itself, else where something rests on it first."""

    def __init__(self, entries: Iterable[SourcedSentence]) -> None:
        self._told = {entry["event"]["id"] for entry in entries if entry["event"]}

    def told(self, entry: SourcedSentence, label: str = "") -> Told:
        """A sentence of the document, after those before it."""
        own = [entry["event"]] if entry["event"] else []
        known = [event for event in entry["by"] if event["id"] in self._told]
        new = [event for event in entry["by"] if event["id"] not in self._told]
        self._told.update(event["id"] for event in new)
        by = tuple(Source(with_doubt(event), _called(event)) for event in new)
        return Told(f"{label}{entry['sentence']}", tuple(map(_called, (*own, *known))), by)


def _section(title: str, lead: str | None, told: Iterable[Told], where: str = MORE) -> Section:
    found = tuple(told)
    more = len(found) - MOST_TOLD
    return Section(title, lead, found[:MOST_TOLD], f"and {more:,} more; {where} has all" if more > 0 else None)


def _called(event: NamedEvent) -> str:
    return called(event["id"], event["ref"])


def with_names(sentence: str, *names: str) -> str:
    """A sentence, and what to call the events that it tells or rests on."""
    return f"{sentence} [{', '.join(names)}]" if names else sentence


def plain(document: Document) -> Iterator[str]:
    """The lines of a document as text, for a mail or a chat: one sentence a line, whatever its length."""
    yield one_line(document.title)
    yield from map(one_line, document.lead)
    for section in document.sections:
        yield from ("", one_line(section.title))
        yield from map(one_line, [section.lead] if section.lead else [])
        for told in section.told:
            yield f"- {one_line(with_names(told.sentence, *told.called))}"
            yield from (f"    {one_line(with_names(*source))}" for source in told.by)
        if section.left_out:
            yield f"- {section.left_out}"
    yield from map(one_line, document.end)


def markdown(document: Document, dates: Sequence[str] = ()) -> Iterator[str]:
    """The lines of a document in Markdown (CommonMark), with the dates that the answer used."""
    yield f"# {markdown_line(document.title)}"
    yield from _paragraphs(document.lead)
    for section in document.sections:
        yield from ("", f"## {markdown_line(section.title)}")
        yield from _paragraphs([section.lead] if section.lead else [])
        yield ""
        for told in section.told:
            yield f"- {markdown_line(with_names(told.sentence, *told.called))}"
            yield from (f"  - {markdown_line(with_names(*source))}" for source in told.by)
        if section.left_out:
            yield f"- {section.left_out}"
    yield from _paragraphs((*document.end, *dates))


def _paragraphs(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from ("", markdown_line(text))
