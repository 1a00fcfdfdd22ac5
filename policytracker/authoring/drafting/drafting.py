"""The draft of an article: its report, the events that its text supports, and what could not be placed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from policytracker.authoring.drafting.article import Article
from policytracker.authoring.drafting.attribution import Attributed, attributed
from policytracker.authoring.drafting.building import Building, Built, NotBuilt
from policytracker.authoring.drafting.candidates import Reading, Unplaced
from policytracker.authoring.drafting.ended import Ending, ended
from policytracker.authoring.drafting.mentions import Lexicon
from policytracker.authoring.drafting.modality import DENIED
from policytracker.authoring.drafting.proposals import STAND_IN, Proposal, Source, faults, with_ids
from policytracker.authoring.drafting.recorded import Recorded, Same
from policytracker.authoring.drafting.refs import with_ref
from policytracker.authoring.writing import block
from policytracker.questions.reader import Reader
from policytracker.status.naming import names_of

MISSING = ""
"""In place of what a report must say and the text does not: the import refuses it."""


class Drafted(NamedTuple):
    """An event of a draft."""

    fields: dict[str, Any]
    quote: str
    why: tuple[str, ...]


class Refusal(NamedTuple):
    """A proposal that the text does not support, and why."""

    proposal: Proposal
    reasons: tuple[str, ...]


class Draft(NamedTuple):
    """What is written to the draft of a report file."""

    report: dict[str, Any]
    why: tuple[str, ...]
    """Of the report: what led to it and what is missing."""
    events: tuple[Drafted, ...]
    refused: tuple[Refusal, ...]
    unplaced: tuple[Unplaced, ...]


Propose = Callable[[Article, Source], list[Proposal]]


def draft(reader: Reader, article: Article, propose: Propose | None = None) -> Draft:
    """Draft the report file of an article.

    ``propose``: who proposes events in place of the table of phrases; what it proposes is held to the same check.
    """
    names = reader.directory
    lexicon = Lexicon(names)
    authorities = tuple(name for fields in names.authorities.values() for name in names_of(fields))
    word = attributed(article, authorities)
    report = _report(article, word)
    source = Source(article.text, report, article.day, lexicon)
    drafting = _Drafting(Recorded(reader), source)
    if propose is not None:
        drafting.take(propose(article, source))
    else:
        drafting.read(Reading(article, lexicon))
    return Draft(report, _why(article, word), tuple(drafting.events), tuple(drafting.refused), tuple(drafting.unplaced))


class _Drafting:
    """Gathers the events of one draft."""

    def __init__(self, recorded: Recorded, source: Source) -> None:
        self._recorded, self._source = recorded, source
        self.events: list[Drafted] = []
        self._own: list[dict[str, Any]] = []
        """What was proposed, as events of their own."""
        self.refused: list[Refusal] = []
        self.unplaced: list[Unplaced] = []

    def read(self, reading: Reading) -> None:
        """What the table of phrases finds."""
        self.unplaced += reading.unplaced
        corrections = dict(self._recorded.corrections(reading))
        for place, found in corrections.items():
            text = " ".join(reading.article.sentences[place].text.split())
            if isinstance(found, Same):
                self._add(Proposal(found.fields, text, found.why))
            else:
                self.unplaced.append(Unplaced(text, found))
        reading.candidates = [each for each in reading.candidates if each.first not in corrections]
        for built in Building(reading, self._source.lexicon.names).all():
            if isinstance(built, NotBuilt):
                self.unplaced.append(Unplaced(built.quote, built.why))
            elif isinstance(built, Ending):
                self._end(built)
            else:
                self._place(Proposal(built.fields, built.quote, built.why), built)

    def _end(self, ending: Ending) -> None:
        """Add an event about each claim that is said to be over."""
        found = ended(self._recorded.reader, ending)
        if isinstance(found, str):
            self.unplaced.append(Unplaced(ending.quote, f"{ending.why[0]}, {ending.fields['type']}: {found}"))
            return
        for same in found:
            self._add(Proposal(same.fields, ending.quote, (*ending.why, *same.why)))

    def take(self, proposals: Iterable[Proposal]) -> None:
        """What another program proposes."""
        for proposal in proposals:
            self._place(proposal)

    def _place(self, proposal: Proposal, built: Built | None = None) -> None:
        """Add an event, or what it says of one that is recorded already."""
        reasons = faults(proposal, self._source)
        if reasons:
            self.refused.append(Refusal(proposal, tuple(reasons)))
            return
        unknown = self._recorded.unknown(proposal.fields)
        if unknown is not None:
            self.refused.append(Refusal(proposal, (unknown,)))
            return
        fields, _ = with_ids(proposal, self._source)
        report = {**STAND_IN, **{key: value for key, value in self._source.report.items() if value}}
        report["quote"] = proposal.quote
        if built is not None and built.state == DENIED:
            denied = self._recorded.denied(self._recorded.best(fields, report))
            if denied is None:
                why = f"denied; nothing like it is recorded: {fields['type']}"
                self.unplaced.append(Unplaced(proposal.quote, why))
            else:
                self._add(Proposal(denied.fields, proposal.quote, (*denied.why, *proposal.why)))
            return
        if self._is_said(fields, proposal.quote):
            return
        alike = self._recorded.best(fields, report)
        before = self._recorded.has_report(report, alike)
        if before is not None:
            self.unplaced.append(Unplaced(proposal.quote, f"recorded already from this report: {before}"))
            return
        same = self._recorded.same(fields, report, alike)
        if same is not None:
            own = f"as an event of its own it is: {'; '.join(_lines(fields))}"
            self._add(Proposal(same.fields, proposal.quote, (*proposal.why, *same.why, own)))
        else:
            self._add(proposal._replace(fields=fields))

    def _add(self, proposal: Proposal) -> None:
        """Add a proposal that the text supports, unless the draft says the same already."""
        reasons = faults(proposal, self._source)
        if reasons:
            self.refused.append(Refusal(proposal, tuple(reasons)))
            return
        if proposal.fields in self._own or not self._is_said(proposal.fields, proposal.quote):
            fields = with_ref(proposal.fields, self._source.day, self._is_taken)
            self.events.append(Drafted(fields, proposal.quote, proposal.why))

    def _is_taken(self, ref: str) -> bool:
        return any(each.fields.get("ref") == ref for each in self.events) or self._recorded.has_ref(ref)

    def _is_said(self, fields: dict[str, Any], quote: str) -> bool:
        """Whether the draft says this already; else take note of it."""
        if any(_is_repeated(fields, each) for each in self._own):
            self.unplaced.append(Unplaced(quote, f"said already above: {fields['type']}"))
            return True
        self._own.append(fields)
        return False


def _is_repeated(new: dict[str, Any], old: dict[str, Any]) -> bool:
    """Whether an event says nothing that another one of the draft does not say."""
    if any(new.get(key) != old.get(key) for key in ("type", "authority", "chips", "target", "kind")):
        return False
    if new["type"] in ("corroborated", "disputed", "corrected", "lifted", "suspended"):
        return True
    if new["type"] == "development-reported":
        return bool(new["text"] == old["text"])
    same_people = new.get("companies") == old.get("companies") or isinstance(new.get("companies"), dict)
    told = (new.get("quantity") or {}, old.get("quantity") or {})
    return same_people and (not told[0] or told[0].get("min") == told[1].get("min"))


def _lines(fields: dict[str, Any]) -> list[str]:
    return [line for line in block("", fields) if line]


def _report(article: Article, word: Attributed) -> dict[str, Any]:
    found: dict[str, Any] = {
        "publisher": article.publisher or MISSING,
        "published": article.published or MISSING,
        "title": article.title,
        "url": article.url,
        "cites": word.cites,
        "attribution": word.attribution,
        "sources": word.sources,
        "language": article.language,
    }
    return {key: value for key, value in found.items() if value is not None}


def _why(article: Article, word: Attributed) -> tuple[str, ...]:
    found = []
    if not article.publisher:
        found.append("missing: publisher; write the outlet that you read, or give --publisher")
    if not article.published:
        found.append("missing: published; write the day or the instant, or give --published")
    if word.words:
        found.append(f"attribution: “{word.words}”")
    else:
        found.append("missing: attribution; the text does not say on whose word it rests")
    if word.cites:
        found.append(f"cites: “{word.cites_words}”")
    return tuple(found)
