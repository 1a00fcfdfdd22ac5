"""From a document of the Federal Register, as the JSON of its API has it, to a drafted report file.

Nothing is guessed: a sentence of the abstract leads to an event where it has a phrase of ``PHRASES``, and is its quote.
What the abstract does not say, for whom and for which chips, is left empty, and a comment says so.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from policytracker.authoring.events import DRAFT
from policytracker.authoring.writing import report_file
from policytracker.events.limits import LONGEST_QUOTE
from policytracker.questions.errors import QuestionError
from policytracker.questions.escaping import one_line

PUBLISHER = "Federal Register"
AUTHORITIES = {
    "industry-and-security-bureau": "bis",
    "executive-office-of-the-president": "white-house",
    "treasury-department": "us-treasury",
}
"""The ids that the shipped history has for agencies, by the slugs of the API."""
FORMS = {"Rule": "rule", "Presidential Document": "rule", "Notice": "announcement"}
PROPOSED = "Proposed Rule"
NEEDED = ("document_number", "title", "publication_date", "html_url")
_EVENT = "[[report.event]]"
_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-Z(“\"])")
_REVIEWS = {
    "presumption of denial": "presumption-of-denial",
    "policy of denial": "policy-of-denial",
    "case-by-case": "case-by-case",
    "presumption of approval": "presumption-of-approval",
}


class Phrase(NamedTuple):
    """Words of an abstract, and the event that they lead to."""

    words: re.Pattern[str]
    type: str


def _phrase(words: str, event_type: str) -> Phrase:
    return Phrase(re.compile(words, re.IGNORECASE), event_type)


PHRASES = (
    _phrase(r"\bremov\w+\b.*\bEntity List\b", "lifted"),
    _phrase(r"\badd(?:s|ing|ed|itions?)?\b.*\bEntity List\b", "licence-required"),
    _phrase(r"\b(?:stays?|staying|suspend(?:s|ing)?)\b", "suspended"),
    _phrase(r"\b(?:rescind|withdraw|revok)(?:s|ing|es|e)?\b", "lifted"),
    _phrase(rf"\b(?:{'|'.join(_REVIEWS)})\b", "licence-required"),
    _phrase(r"\blicen[cs]e requirements?\b", "licence-required"),
)
"""The first that a sentence has counts."""


class BadDocument(QuestionError):
    """Something else than one document of the Federal Register."""

    def __init__(self, what: str) -> None:
        address = "https://www.federalregister.gov/api/v1/documents/NUMBER.json"
        super().__init__(f"no document of the Federal Register: {what}; fetch one from {address}")


class Drafted(NamedTuple):
    """One event, and why it is drafted so."""

    fields: dict[str, Any]
    why: list[str]


def drafted_rule(content: bytes) -> str:
    """A report file with the drafts of a document. Raises BadDocument."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise BadDocument(f"not JSON ({error})") from None
    if not isinstance(document, dict):
        raise BadDocument("no JSON object")
    if "results" in document:
        raise BadDocument("a list of search results")
    missing = [field for field in NEEDED if not _text(document, field)]
    if missing:
        raise BadDocument(f"it has no {', '.join(missing)}")
    drafts = list(_drafts(document))
    return "\n".join([*_head(document), "", *_commented(drafts)]) + "\n"


def _head(document: Mapping[str, Any]) -> Iterator[str]:
    """What the document says beside its abstract, as comments."""
    agencies = ", ".join(_agencies(document)) or "agency not named"
    action = _text(document, "action") or _text(document, "type") or "no action named"
    yield f"# {PUBLISHER} document {_text(document, 'document_number')}: {action}, by {agencies}."
    for field in ("dates", "signing_date", "comments_close_on", "docket_ids"):
        if found := _text(document, field):
            yield f"# {field}: {found}"
    if _text(document, "correction_of"):
        yield "# It corrects an earlier document: record `corrected` about the events of that one, not new events."


def _drafts(document: Mapping[str, Any]) -> Iterator[Drafted]:
    sentences = _sentences(document)
    if _text(document, "type") == PROPOSED:
        yield _development(document, sentences, "deliberation", "a proposed rule: nothing is in force yet")
        return
    found = [(sentence, hit) for sentence in sentences if (hit := _phrase_of(sentence)) is not None]
    for number, (sentence, (phrase, words)) in enumerate(found, start=1):
        yield _event(document, _ref(document, number if len(found) > 1 else 0), sentence, phrase, words)
    if not found:
        yield _development(document, sentences, "statement", "no sentence of the abstract has a phrase that is known")


def _event(document: Mapping[str, Any], ref: str, sentence: str, phrase: Phrase, words: str) -> Drafted:
    fields: dict[str, Any] = {"type": phrase.type, "ref": ref, DRAFT: True}
    why = [f"the words “{words}” lead to {phrase.type}"]
    if phrase.type in ("lifted", "suspended"):
        fields["target"] = ""
        why.append("missing: the event that it is about; write its ref as target, one event for each")
    else:
        fields |= {"authority": _authority(document), "companies": [], "chips": [], "review": _review(sentence)}
        fields |= {"form": FORMS.get(_text(document, "type"), "rule"), "instrument": _citation(document)}
        why.append("missing: for whom (companies) and for which chips")
        if fields["review"] == "unstated":
            why.append("the sentence does not say how applications are judged")
    effective = _text(document, "effective_on")
    if effective:
        fields["effective"] = effective
        why.append("effective: as the register's field effective_on says; compare it with dates above")
    else:
        why.append("the register gives no effective_on: without effective it counts from its publication")
    return _reported(document, fields, why, sentence)


def _development(document: Mapping[str, Any], sentences: Sequence[str], kind: str, why: str) -> Drafted:
    fields = {
        "type": "development-reported",
        "ref": _ref(document, 0),
        DRAFT: True,
        "kind": kind,
        "authority": _authority(document),
        "text": _text(document, "title"),
        "instrument": _citation(document),
    }
    return _reported(document, fields, [why], sentences[0] if sentences else "")


def _reported(document: Mapping[str, Any], fields: dict[str, Any], why: list[str], quote: str) -> Drafted:
    report = {
        "publisher": PUBLISHER,
        "published": _text(document, "publication_date"),
        "title": _text(document, "title"),
        "url": _text(document, "html_url"),
        "attribution": "official",
        "language": "en",
    }
    if len(quote) > LONGEST_QUOTE:
        why.append(f"the sentence is longer than {LONGEST_QUOTE} characters, and is quoted in part")
        quote = quote[:LONGEST_QUOTE].rpartition(" ")[0]
    given = {field: value for field, value in fields.items() if value is not None}
    return Drafted({**given, "report": {**report, **({"quote": quote} if quote else {})}}, why)


def _commented(drafts: Sequence[Drafted]) -> Iterator[str]:
    """The report file, with the reasons of each event above its fields."""
    rest = iter(drafts)
    for line in report_file(draft.fields for draft in drafts):
        yield line
        if line == _EVENT:
            yield from (f"# why: {one_line(why)}" for why in next(rest).why)


def _phrase_of(sentence: str) -> tuple[Phrase, str] | None:
    for phrase in PHRASES:
        found = phrase.words.search(sentence)
        if found is not None:
            return phrase, found[0]
    return None


def _review(sentence: str) -> str:
    """The one review that a sentence names; ``unstated`` for none, and for several."""
    found = {code for words, code in _REVIEWS.items() if words in sentence.casefold()}
    return found.pop() if len(found) == 1 else "unstated"


def _sentences(document: Mapping[str, Any]) -> list[str]:
    abstract = _text(document, "abstract")
    return [sentence for sentence in _SENTENCE.split(abstract) if sentence]


def _authority(document: Mapping[str, Any]) -> str:
    """The id of the agency, as the shipped history has it; else its name. Of several the last, which is the nearest."""
    agencies = [each for each in document.get("agencies") or () if isinstance(each, dict)]
    slugs = [AUTHORITIES[each["slug"]] for each in agencies if each.get("slug") in AUTHORITIES]
    return slugs[-1] if slugs else (_agencies(document) or [""])[-1]


def _agencies(document: Mapping[str, Any]) -> list[str]:
    agencies = [each for each in document.get("agencies") or () if isinstance(each, dict)]
    return [name for each in agencies if (name := _text(each, "name") or _text(each, "raw_name"))]


def _citation(document: Mapping[str, Any]) -> str:
    return _text(document, "citation") or f"FR Doc. {_text(document, 'document_number')}"


def _ref(document: Mapping[str, Any], number: int) -> str:
    name = re.sub("[^A-Za-z0-9.-]+", "-", _text(document, "document_number"))
    return f"fr-{name}{f'-{number}' if number else ''}"


def _text(part: Mapping[str, Any], field: str) -> str:
    """A field in one line; "" for none."""
    value = part.get(field)
    if isinstance(value, list):
        return ", ".join(each for each in value if isinstance(each, str))
    return " ".join(value.split()) if isinstance(value, str) else ""
