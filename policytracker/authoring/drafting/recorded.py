"""What of a draft the ledger has already: another report of the same corroborates it, a denial disputes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from policytracker.authoring.drafting.amounts import amounts, quantity_of
from policytracker.authoring.drafting.article import Article
from policytracker.authoring.drafting.candidates import Reading
from policytracker.authoring.drafting.dates import dates_in
from policytracker.authoring.drafting.mentions import CHIP
from policytracker.authoring.drafting.scope import MARKET, hidden
from policytracker.events.catalogue import CLAIMS
from policytracker.events.forms import canonical, id_of, read_fields
from policytracker.ledger.errors import LedgerError
from policytracker.projections.reading import named, of_types
from policytracker.questions.drafts import EVENTS
from policytracker.questions.likeness import alike
from policytracker.questions.reader import Reader
from policytracker.questions.telling import SHORT_ID
from policytracker.status.entries import Entry, Fields
from policytracker.status.knowledge import Standing, stand
from policytracker.status.zones import UTC, publication_day

if TYPE_CHECKING:
    from policytracker.questions.ledger_answers import LikeEvent

CORRECTED_DAYS = 31
"""An outlet corrects what it published so many days before."""
_ANOTHER = re.compile(
    r"\b(?:second|third|another|further|additional|new) (?:batch|licen[cs]es?|lot|round|shipment"
    r"|approval)\b|第二批|新一批",
    re.I,
)
_CORRECTS = re.compile(
    r"^\(?\s*(?:corrects?|correction|clarifies)\b|\ban? earlier version of this\b|^[((]?更正", re.IGNORECASE
)
_WRONG = re.compile(r"(?:\bnot|\binstead of|\brather than|\bfrom|而非|而不是)\s*$", re.IGNORECASE)


class Same(NamedTuple):
    """What a draft says of an event that is recorded, as an event about it."""

    fields: dict[str, Any]
    why: tuple[str, ...]


Alike = tuple["LikeEvent", Standing]
"""A recorded event that looks like a draft, and how it stands."""


class Recorded:
    """The ledger, asked about drafts."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def has_ref(self, ref: str) -> bool:
        """Whether an event has this ref."""
        return bool(named(self.reader.connection, ref))

    def unknown(self, fields: dict[str, Any]) -> str | None:
        """What is wrong with the event that another is about; None: nothing."""
        for key in EVENTS:
            if key in fields:
                try:
                    self.reader.event_id(fields[key])
                except LedgerError as error:
                    return f"{key}: {error}"
        return None

    def same(self, fields: dict[str, Any], report: Fields, found: Alike | None) -> Same | None:
        """The event that says of a recorded one, the best match, what a draft says anew; None where it is another."""
        if found is None or _ANOTHER.search(str(report.get("quote", ""))):
            return None
        like, event = found
        called = str(like["ref"] or like["id"][:SHORT_ID])
        name = like["ref"] or like["id"]
        why = [
            f"looks like {called}, recorded already ({_told(like)}); if it is another act, record it as its own event"
        ]
        said: dict[str, Any] = {"type": "corroborated", "target": name}
        before, now = event.fields.get("quantity"), fields.get("quantity")
        if now and before and _bounds(now) not in map(_bounds, (before, event.entry.fields.get("quantity") or before)):
            said["instead"] = {"quantity": now}
            why.append(f"{called} says: {_amount(before)}")
        return Same(said, tuple(why))

    def denied(self, found: Alike | None) -> Same | None:
        """The dispute of the recorded event that is denied, the best match; None where none is alike."""
        if found is None:
            return None
        like, _ = found
        told = f"denies what {like['ref'] or like['id'][:SHORT_ID]} says ({_told(like)})"
        return Same({"type": "disputed", "target": like["ref"] or like["id"]}, (told,))

    def best(self, fields: dict[str, Any], report: Fields) -> Alike | None:
        """The recorded event that is likeliest to be the same act as a draft; None where none is alike."""
        # Likenesses are looked for near both ends of a date, and one that is open at its start has none there.
        asked = {**fields, "report": dict(report)}
        asked |= {key: asked[key].removeprefix("../") for key in ("effective",) if key in asked}
        head = self.reader.head
        entry = Entry(head.position + 1, id_of(canonical(read_fields(asked))), head.recorded, asked)
        found = [(like, self._standing(like["id"])) for like in alike(self.reader, entry)]
        fitting = [(like, old) for like, old in found if _is_same_act(fields, old.fields)]
        # The likeliest stand first already; of these, one of the same authority that nobody disputes.
        return min(
            fitting,
            key=lambda pair: (
                pair[1].fields.get("authority") != fields.get("authority"),
                bool(pair[1].acting("disputed")),
            ),
            default=None,
        )

    def _standing(self, event_id: str) -> Standing:
        return stand(self.reader.thread_of(event_id), None)[event_id]

    def has_report(self, report: Fields, found: Alike | None) -> str | None:
        """The best match, where this very report brought it; None: another did."""
        if found is None:
            return None
        like, old = found
        other = old.fields.get("report") or {}
        same = all(_folded(other.get(key)) == _folded(report.get(key)) for key in ("publisher", "published"))
        return str(like["ref"] or like["id"][:SHORT_ID]) if same else None

    def corrections(self, reading: Reading) -> Iterator[tuple[int, Same | str]]:
        """What sentences say that an earlier version had wrong, each with its place; a text: why nothing came of it."""
        for place, sentence in enumerate(reading.article.sentences):
            if _CORRECTS.search(sentence.text):
                yield place, self._correction(reading, place)

    def _correction(self, reading: Reading, place: int) -> Same | str:
        article, text = reading.article, reading.article.sentences[place].text
        changes = _changes(article, text, reading, place)
        if not changes:
            return "a correction, of which no number and no day was read"
        chips = {each.id for found in (*reading.mentions, reading.of_title) for each in found if each.space == CHIP}
        targets = [each for each in self._of_publisher(article) if _may_be(each.fields, changes, chips)]
        if not targets:
            before = f"the {CORRECTED_DAYS} days before"
            return f"a correction; no event of {article.publisher} on these chips is recorded from {before}"
        target = targets[-1]
        name = str(target.fields.get("ref") or target.entry.id)
        if "quantity" in changes and target.fields["quantity"].get("per"):
            changes["quantity"].setdefault("per", target.fields["quantity"]["per"])
        why = [f"corrects {name}, the last that {article.publisher} was recorded with on these chips"]
        others = [str(each.fields.get("ref") or each.entry.id[:SHORT_ID]) for each in targets[:-1]]
        why += [f"it may also be about: {', '.join(others)}"] if others else []
        return Same({"type": "corrected", "target": name, "changes": changes}, tuple(why))

    def _of_publisher(self, article: Article) -> list[Standing]:
        """Events that the publisher reported shortly before, the last published last."""
        found: list[tuple[int, Standing]] = []
        for entry in of_types(self.reader.connection, (*CLAIMS, *MARKET)):
            report = entry.fields.get("report")
            if entry.target is None and report and _folded(report["publisher"]) == _folded(article.publisher):
                days = (article.day or 0) - publication_day(report["published"], UTC)
                if 0 <= days <= CORRECTED_DAYS:
                    found.append((-days, self._standing(entry.id)))
        return [each for _, each in sorted(found, key=lambda pair: pair[0]) if not each.retracted]


def _changes(article: Article, text: str, reading: Reading, place: int) -> dict[str, Any]:
    told = [each for each in amounts(hidden(text, reading.mentions[place])) if not _WRONG.search(text[: each.start])]
    told = [each for each in told if each.what not in ("", "companies")]
    if told:
        return {"quantity": quantity_of(told[0], text)}
    dated = dates_in(text, article.day) if article.day is not None else []
    right = [each for each in dated if not _WRONG.search(text[: each.start].removesuffix("on ").rstrip())]
    return {"effective": right[0].value} if right else {}


def _may_be(fields: Fields, changes: Fields, chips: set[str]) -> bool:
    named = {each for each in fields.get("chips", ()) if isinstance(each, str)}
    return bool(named & chips or not chips) and ("quantity" not in changes or bool(fields.get("quantity")))


def _is_same_act(new: Fields, old: Fields) -> bool:
    """Whether two events that look alike may be one act: they name no other companies, and none is none."""
    named_now, named_then = (set(_named(each.get("companies"))) for each in (new, old))
    if named_now and named_then and named_now.isdisjoint(named_then):
        return False
    if new["type"] == "shipped":
        return (_bounds(new["quantity"])[:2] == (0, 0)) == (_bounds(old["quantity"])[:2] == (0, 0))
    return True


def _named(companies: Any) -> list[str]:
    """The companies that a scope names one by one."""
    named = companies.get("named", []) if isinstance(companies, dict) else companies or []
    return [each for each in named if ":" not in each]


def _bounds(quantity: Fields) -> tuple[Any, Any, Any, Any]:
    return quantity.get("min"), quantity.get("max"), quantity.get("unit", "chips"), quantity.get("per")


def _amount(quantity: Fields) -> str:
    return str(quantity.get("wording") or dict(quantity))


def _told(like: LikeEvent) -> str:
    report = like["report"] or {}
    return f"{like['type']}, {report.get('publisher', 'without a report')}, {report.get('published', like['starts'])}"


def _folded(text: Any) -> str:
    return str(text or "").casefold()
