"""From a phrase in a text to the event that it leads to, with the passage it rests on and what was assumed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from policytracker.authoring.drafting.amounts import CHIPS, COMPANIES, UNCOUNTED, Amount, amounts, quantity_of
from policytracker.authoring.drafting.article import Article
from policytracker.authoring.drafting.attribution import attribution_of
from policytracker.authoring.drafting.candidates import Candidate, Reading, clause_at
from policytracker.authoring.drafting.conditions import SIGNAL, conditions_in
from policytracker.authoring.drafting.ended import Ending
from policytracker.authoring.drafting.mentions import CHIP, COMPANY, Mention
from policytracker.authoring.drafting.scope import MARKET, Scope, chips_of, companies_of, hidden, usual_country, vendors
from policytracker.authoring.drafting.when import when
from policytracker.events.catalogue import CLAIMS
from policytracker.events.limits import LONGEST_QUOTE
from policytracker.questions.names import Names

ENTITY_LIST = 2
"""The row of docs/recording.md about a list that covers all chips."""
WITH_CONDITIONS = (
    "licence-granted",
    "batch-approved",
    "cleared",
    "approved-in-principle",
    "licence-required",
    "condition-imposed",
)
ENDINGS = ("lifted", "suspended")
WITH_QUANTITY = ("licence-granted", "batch-approved", *MARKET)


class Built(NamedTuple):
    """An event that a text supports, in the interchange format without its report."""

    fields: dict[str, Any]
    quote: str
    why: tuple[str, ...]
    state: str
    """Whether it is told as done or denied."""


class NotBuilt(NamedTuple):
    """A phrase that no event came of."""

    quote: str
    why: str


class Building:
    """Makes events of the phrases of one article."""

    def __init__(self, reading: Reading, names: Names) -> None:
        self.reading, self.article, self.names = reading, reading.article, names
        self._sellers = vendors(names)
        self._country = usual_country(reading.article.text)

    def all(self) -> Iterator[Built | NotBuilt | Ending]:
        for candidate in self.reading.candidates:
            text = self.article.sentences[candidate.first].text
            is_counted = candidate.phrase.fields.get("quantity") == "told"
            if not is_counted or counted(text, self.reading.mentions[candidate.first]):
                yield self._built(candidate)

    def _built(self, candidate: Candidate) -> Built | NotBuilt | Ending:
        phrase, article = candidate.phrase, self.article
        first, last, quote = self._quote(candidate)
        text, found = self._passage(candidate, last)
        why = [f"“{candidate.words(article)}” (row {phrase.row} of docs/recording.md)", *candidate.carried]
        fields: dict[str, Any] = {"type": phrase.type}
        conditions = conditions_in_all(self.article, candidate.first, last) if last >= first else {}
        if phrase.fields.get("kind") == "deliberation" and conditions and SIGNAL.search(text):
            fields["type"] = "condition-signalled"
        missing = self._who(fields, candidate, text, found, why)
        if fields["type"] in ENDINGS:
            return self._ending(fields, candidate, text, quote, why)
        fields |= {key: value for key, value in phrase.fields.items() if key not in ("quantity", "conditions", "kind")}
        if fields["type"] == "development-reported":
            fields |= {"kind": phrase.fields["kind"], "text": article.sentences[candidate.first].text}
            why.append("text is the sentence of the report; say it in your own words")
        missing += self._terms(fields, candidate, text, found, conditions)
        if missing:
            return NotBuilt(quote, f"{why[0]}, {fields['type']}: {'; '.join(missing)}")
        why += when(fields, candidate.phrase, text, article.day)
        own = attribution_of(article.sentences[candidate.first].text)
        return Built(fields, quote, (*why, *([f"its sentence rests on: {own}"] if own else [])), candidate.state)

    def _ending(
        self, fields: dict[str, Any], candidate: Candidate, text: str, quote: str, why: list[str]
    ) -> Ending | NotBuilt:
        if "authority" not in fields:
            return NotBuilt(quote, f"{why[0]}, {fields['type']}: who acts is not said")
        why = [*why, *when(fields, candidate.phrase, text, self.article.day)]
        return Ending(fields, fields["authority"], fields.get("companies"), fields.get("chips"), quote, tuple(why))

    def _who(
        self, fields: dict[str, Any], candidate: Candidate, text: str, found: list[Mention], why: list[str]
    ) -> list[str]:
        """Fill in who acts, for whom and which chips; returns what is missing."""
        kind, missing = fields["type"], []
        if kind not in MARKET:
            if candidate.authority is not None:
                fields["authority"] = candidate.authority.id
            elif kind != "development-reported":
                missing.append("who acts is not said")
        companies, chips = self._scopes(kind, candidate, text, found)
        for name, scope in (("companies", companies), ("chips", chips)):
            if scope.value is not None:
                fields[name] = scope.value
                why += scope.notes
            elif kind != "development-reported":
                missing.append(f"{name}: none named")
        is_deliberation = candidate.phrase.fields.get("kind") == "deliberation"
        if kind == "development-reported" and "chips" not in fields and not is_deliberation:
            missing.append("chips: none named")
        return missing

    def _scopes(self, kind: str, candidate: Candidate, text: str, found: list[Mention]) -> tuple[Scope, Scope]:
        """The companies and the chips."""
        chips = chips_of(text, found, self._carried(candidate), self.names)
        if kind == "licence-required" and candidate.phrase.row == ENTITY_LIST:
            chips = Scope(["all"])
        acts = candidate.authority
        pool = acts.jurisdiction if acts is not None and acts.direction == "import" else self._country
        companies = companies_of(text, kind, found, self._sellers, pool)
        return (self._concerned(candidate, found, companies) if kind == "development-reported" else companies), chips

    def _concerned(self, candidate: Candidate, found: list[Mention], companies: Scope) -> Scope:
        """Whom a development is about: the maker where it is about supply; nobody is counted."""
        if candidate.phrase.fields["kind"] in ("supply", "product"):
            makers = list(
                dict.fromkeys(each.id for each in found if each.space == COMPANY and each.id in self._sellers)
            )
            return Scope(makers or None)
        value = companies.value
        return Scope(value["of"], companies.notes) if isinstance(value, dict) else companies

    def _terms(
        self, fields: dict[str, Any], candidate: Candidate, text: str, found: list[Mention], conditions: dict[str, str]
    ) -> list[str]:
        """Fill in quantity and conditions; returns what is missing."""
        kind, phrase = fields["type"], candidate.phrase
        if kind in WITH_CONDITIONS or kind == "condition-signalled":
            told = {
                key: words or candidate.words(self.article)
                for key, words in (phrase.fields.get("conditions") or {}).items()
            }
            if told | conditions:
                fields["conditions"] = {**told, **conditions}
            elif kind.startswith("condition-"):
                return ["no condition that the table knows"]
        if phrase.fields.get("quantity") == "none":
            fields["quantity"] = {"min": 0, "max": 0, "wording": candidate.words(self.article)}
        elif kind in WITH_QUANTITY:
            amount = counted(text, found)
            if amount is not None and kind in CLAIMS and amount.what != CHIPS:
                amount = None
            if amount is not None:
                fields["quantity"] = quantity_of(amount, text)
            elif kind in MARKET:
                return ["no quantity"]
        if kind == "licence-granted":
            fields["form"] = "licence"
        return []

    def _carried(self, candidate: Candidate) -> list[str]:
        """The chips that the text named last before, or that its headline names."""
        for place in range(candidate.first - 1, -1, -1):
            found = [each.id for each in self.reading.mentions[place] if each.space == CHIP]
            if found:
                return list(dict.fromkeys(found))
        return list(dict.fromkeys(each.id for each in self.reading.of_title if each.space == CHIP))

    def _passage(self, candidate: Candidate, last: int) -> tuple[str, list[Mention]]:
        """The words that an event is read from, and the names in them: its clause, and the sentences that go on."""
        sentences, mentions = self.article.sentences, self.reading.mentions
        text = sentences[candidate.first].text
        start, end = clause_at(text, candidate.start, candidate.end)
        inner = text[start:end]
        found = [
            each._replace(start=each.start - start, end=each.end - start)
            for each in mentions[candidate.first]
            if start <= each.start and each.end <= end
        ]
        if not any(each.space == CHIP for each in found):
            found += [each._replace(start=0, end=0) for each in mentions[candidate.first] if each.space == CHIP]
        has_chips = any(each.space == CHIP for each in found)
        for place in range(candidate.first + 1, last + 1):
            shift = len(inner) + 1
            # Later sentences compare with other chips: those of the first are meant.
            more = [each for each in mentions[place] if not (has_chips and each.space == CHIP)]
            found += [each._replace(start=each.start + shift, end=each.end + shift) for each in more]
            inner = f"{inner} {sentences[place].text}"
        return inner, found

    def _quote(self, candidate: Candidate) -> tuple[int, int, str]:
        """The passage of a candidate: as many of its sentences as a quote may hold."""
        sentences = self.article.sentences
        for last in range(candidate.last, candidate.first - 1, -1):
            quote = _joined(self.article.text[sentences[candidate.first].start : sentences[last].end])
            if len(quote) <= LONGEST_QUOTE:
                return candidate.first, last, self._lengthened(candidate, last, quote)
        text = sentences[candidate.first].text
        start, end = clause_at(text, candidate.start, candidate.end)
        middle = (candidate.start + candidate.end) // 2
        start, end = max(start, middle - LONGEST_QUOTE // 2), min(end, middle + LONGEST_QUOTE // 2)
        return candidate.first, candidate.first, _joined(text[start:end])

    def _lengthened(self, candidate: Candidate, last: int, quote: str) -> str:
        """With the sentences before it from the one on that names the chip, where the passage itself names none."""
        mentions, sentences = self.reading.mentions, self.article.sentences
        named = [any(each.space == CHIP for each in found) for found in mentions]
        before = next((place for place in range(candidate.first - 1, -1, -1) if named[place]), None)
        if before is None or any(named[candidate.first : last + 1]):
            return quote
        longer = _joined(self.article.text[sentences[before].start : sentences[last].end])
        return longer if len(longer) <= LONGEST_QUOTE else quote


def conditions_in_all(article: Article, first: int, last: int) -> dict[str, str]:
    """The conditions that sentences tell, each with the words of its sentence."""
    found: dict[str, str] = {}
    for sentence in article.sentences[first : last + 1]:
        for key, words in conditions_in(sentence.text, _joined(sentence.text)).items():
            found.setdefault(key, words)
    return found


def counted(text: str, found: list[Mention]) -> Amount | None:
    """The number of chips, or of money, that a passage tells; one that counts something else is none."""
    told = [each for each in amounts(hidden(text, found)) if each.what not in (COMPANIES, UNCOUNTED)]
    return next((each for each in told if each.what == CHIPS), told[0] if told else None)


def _joined(text: str) -> str:
    return " ".join(text.split())
