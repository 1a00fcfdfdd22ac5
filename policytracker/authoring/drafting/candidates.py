"""What a text may tell: each phrase of the table that stands in a sentence, with what that sentence says around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from policytracker.authoring.drafting import phrases_en, phrases_zh
from policytracker.authoring.drafting.article import Article, Sentence
from policytracker.authoring.drafting.mentions import AUTHORITY, CHIP, COMPANY, Lexicon, Mention
from policytracker.authoring.drafting.modality import DENIED, DONE, MAY_COME, modality
from policytracker.authoring.drafting.phrases import Phrase

_CLAUSE = re.compile(
    r"[;；]|,? \band (?:that )?(?:it|they|he|she)\b|,? \bbut\b|,? \b(?:while|although|though|whereas)\b"
    r"|[，,](?:但|不过|而)"
)
_CONTINUES = re.compile(
    r"^(?:The|This|That|Each|It|They|Those|These|Its|Under the|Every|Both|Any|In addition, the|Also,?)\b"
    r"[^.]{0,80}?\b(?:approvals?|licen[cs]es?|batch|customers?|buyers?|recipients?|compan(?:y|ies)|firms"
    r"|orders?|instructions?"
    r"|guidance|rule|chips?|volume|notice|permits?|lots?|it|has been|was|were|covers?|must|may)\b"
    r"|\bamong (?:them|those|the (?:companies|firms|buyers|recipients|customers))\b|\b(?:are|were) among\b"
    r"|^(?:该|其|每家|这些|这批|上述|获批)",
)
_ACTIVE = re.compile(r"(?:approv|clear|allow|permit|authori[sz]|ban|prohibit|bar|green)\w*", re.IGNORECASE)
_ORDERS = re.compile(
    r"(?:told|asked|instruct|order(?:ed)? |direct|notif|inform|urg|advis|warn)\w*|要求|通知|指示|命令|建议"
    r"|敦促",
    re.IGNORECASE,
)
_POLICY = re.compile(
    r"licen[cs]|approv|\bban(?:s|ned)?\b|block|import|export|ship|deliver|order|restrict|\brules?\b"
    r"|customs|tariff|permit"
    r"|许可|批准|禁|进口|出口|交付|订购|限制",
    re.IGNORECASE,
)
_NEEDS_CHIPS = re.compile(
    r"sale|sell|export|import|allow|\bcap\b|rule|ban|licen|approv|quota|limit|restrict|tariff|chip|出口|进口|限制|设限",
    re.I,
)


MOST_IN_SENTENCE = 24
"""Phrases of one sentence that are looked at: no sentence of a report has so many."""


class Unplaced(NamedTuple):
    """A sentence that no event came of, and why."""

    text: str
    why: str


@dataclass
class Candidate:
    """A phrase in a text. Sentences from ``first`` to ``last`` belong to it."""

    phrase: Phrase
    first: int
    last: int
    start: int
    end: int
    """Of the phrase, within the text of its sentence."""
    state: str
    authority: Mention | None = None
    carried: list[str] = field(default_factory=list)
    """What was taken from elsewhere in the text."""

    def words(self, article: Article) -> str:
        return article.sentences[self.first].text[self.start : self.end]


def clause_at(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the clause begins and ends in which something stands."""
    cuts = list(_CLAUSE.finditer(text))
    first = max((cut.end() for cut in cuts if cut.end() <= start), default=0)
    last = min((cut.start() for cut in cuts if cut.start() >= end), default=len(text))
    return first, last


class Reading:
    """Goes through the sentences of an article once."""

    def __init__(self, article: Article, lexicon: Lexicon) -> None:
        self.article = article
        self.mentions = [lexicon.mentions(sentence.text) for sentence in article.sentences]
        self.of_title = lexicon.mentions(article.title or "")
        self.unplaced: list[Unplaced] = []
        self.candidates: list[Candidate] = []
        chinese = article.language == "zh"
        self._phrases = phrases_zh.PHRASES if chinese else phrases_en.PHRASES
        self._developments = phrases_zh.DEVELOPMENTS if chinese else phrases_en.DEVELOPMENTS
        for place in range(len(article.sentences)):
            self._read(place)

    def _read(self, place: int) -> None:
        sentence = self.article.sentences[place]
        found = list(self._found(place, sentence))
        told = [each for each in found if each.state in (DONE, DENIED) and not self._reviewed(each)]
        if len(told) < len([each for each in found if each.state in (DONE, DENIED)]) and not told:
            return
        continued = None if found else self._continued(place, sentence)
        if continued is not None:
            continued.last = place
            return
        self.candidates += told
        if not told and any(mention.space in (CHIP, AUTHORITY) for mention in self.mentions[place]):
            why = f"{found[0].state}: {self._shown(found[0])}" if found else "no phrase of the table in it"
            if found or (_POLICY.search(sentence.text) and any(each.space == CHIP for each in self.mentions[place])):
                self.unplaced.append(Unplaced(sentence.text, why))

    def _reviewed(self, candidate: Candidate) -> bool:
        """Whether it says how applications are judged under the duty of the sentence before; then take it there."""
        review = candidate.phrase.fields.get("review", "unstated")
        for each in self.candidates if review != "unstated" else ():
            if each.last == candidate.first - 1 and each.phrase.fields.get("review") == "unstated":
                each.phrase = each.phrase._replace(fields={**each.phrase.fields, "review": review})
                each.last = candidate.first
                return True
        return False

    def _shown(self, candidate: Candidate) -> str:
        return f"row {candidate.phrase.row}, “{candidate.words(self.article)}”"

    def _continued(self, place: int, sentence: Sentence) -> Candidate | None:
        """The event of the sentence before of which a sentence says more."""
        before = [each for each in self.candidates if each.last == place - 1 and each.state == DONE]
        if not before or _CONTINUES.search(sentence.text) is None:
            return None
        if any(each.space == AUTHORITY and each.start < 30 for each in self.mentions[place]):
            return None
        acts = [each for each in before if each.authority is not None]
        return (acts or before)[-1]

    def _found(self, place: int, sentence: Sentence) -> Iterator[Candidate]:
        taken: list[tuple[int, int]] = []
        tried = 0
        for phrase in (*self._phrases, *self._developments):
            for match in phrase.pattern.finditer(sentence.text):
                start, end = match.span()
                if any(first < end and start < last for first, last in taken):
                    continue
                tried += 1
                if tried > MOST_IN_SENTENCE:
                    return
                candidate = Candidate(phrase, place, place, start, end, DONE)
                if self._fits(candidate, sentence):
                    taken.append((start, end))
                    yield candidate

    def _fits(self, candidate: Candidate, sentence: Sentence) -> bool:
        """Find who acts, and how the sentence tells it; whether the phrase is meant here."""
        phrase = candidate.phrase
        is_development = phrase.type == "development-reported"
        if not is_development and self._is_own_act(candidate, sentence):
            return False
        if phrase.type in ("shipped", "orders-reported"):
            if not self._has_chip(candidate.first):
                return False
        else:
            acts = self._acting(candidate, sentence, needs_subject=is_development)
            if acts is None and (is_development and phrase.fields["kind"] in ("deliberation", "statement")):
                return False
            if acts is None and phrase.direction and self._acting_at_all(candidate):
                return False
            candidate.authority = acts
        if phrase.fields.get("kind") == "deliberation" and not _NEEDS_CHIPS.search(sentence.text):
            return False
        day = self.article.day
        found = modality(sentence.text, candidate.start, candidate.end, day, phrase.may_come)
        if is_development and found == MAY_COME and phrase.fields["kind"] == "deliberation":
            found = DONE
        if phrase.fields.get("quantity") == "none" and found == "not done":
            found = DONE
        candidate.state = found
        return True

    def _is_own_act(self, candidate: Candidate, sentence: Sentence) -> bool:
        """Whether a company approves or clears something itself: that is no act of an authority."""
        if not _ACTIVE.match(sentence.text, candidate.start) and not _ORDERS.match(sentence.text, candidate.start):
            return False
        before = [each for each in self.mentions[candidate.first] if each.end <= candidate.start]
        near = (
            before
            and candidate.start - before[-1].end < 12
            and not re.search(r"[,，。]", sentence.text[before[-1].end : candidate.start])
            and before[-1].space == COMPANY
        )
        return bool(near) and not re.search(
            r"\b(?:was|were|been|be|is|are|获)\b", sentence.text[before[-1].end : candidate.start]
        )

    def _has_chip(self, place: int) -> bool:
        found = [*self.mentions[place], *self.of_title]
        text = self.article.sentences[place].text
        return any(each.space == CHIP for each in found) or re.search(r"\bchips?\b|芯片", text) is not None

    def _acting_at_all(self, candidate: Candidate) -> bool:
        """Whether the sentence names an authority before the phrase: then it is not somebody else."""
        before = [each for each in self.mentions[candidate.first] if each.end <= candidate.start]
        return any(each.space == AUTHORITY for each in before)

    def _acting(self, candidate: Candidate, sentence: Sentence, needs_subject: bool) -> Mention | None:
        """The authority that acts: before the phrase, after "by", or else the last named before."""
        wanted = candidate.phrase.direction
        here = [each for each in self.mentions[candidate.first] if each.space == AUTHORITY]
        before = [each for each in here if each.end <= candidate.start + 2]
        inside = [each for each in here if each.start >= candidate.start]
        by = [each for each in inside if re.search(r"\bby (?:the )?$|(?:经|由|获)$", sentence.text[: each.start])]
        for group in (by, before[::-1]):
            for each in group[:2] if group is not by else group:
                if each.direction == wanted or not wanted:
                    return each
        if needs_subject or (before and not by):
            return None
        earlier = [each for found in self.mentions[: candidate.first] for each in found if each.space == AUTHORITY]
        titled = [each for each in self.of_title if each.space == AUTHORITY]
        # The passage or the head of the report has to name it: so the headline goes first.
        for each in (*inside, *titled, *earlier[::-1]):
            if each.direction == wanted or not wanted:
                candidate.carried.append("who acts stands elsewhere in the text")
                return each
        return None
