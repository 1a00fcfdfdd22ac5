"""Events as sentences: who did what to whom, when, and who says so."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from policytracker.questions.interchange import KEPT_TYPES
from policytracker.questions.sentences.amounts import amount
from policytracker.questions.sentences.attribution import attributed
from policytracker.questions.sentences.corrections import REVIEWS, corrected, other_values
from policytracker.questions.sentences.dates import since, up_to, when
from policytracker.questions.sentences.naming import HAVING, Naming, capital, listed, number
from policytracker.questions.values import PLURALS
from policytracker.status.directory import REGISTRY_TYPES
from policytracker.status.entries import Fields

CLAIMS: Final = {
    "prohibited": ("prohibited", ""),
    "blocked": ("stopped", "without a published rule"),
    "held": ("held up", "until a decision"),
    "licence-required": ("required a licence for", ""),
    "review-opened": ("began to examine", ""),
    "approved-in-principle": ("approved in principle", ""),
    "licence-granted": ("licensed", ""),
    "batch-approved": ("approved a batch of", ""),
    "cleared": ("allowed", ""),
    "condition-imposed": ("set conditions on", ""),
    "condition-signalled": ("signalled conditions on", ""),
}
"""What an authority does to exports or imports, by the type of the claim (interchange.md), and what follows them."""
SIGNAL: Final = "condition-signalled"
ABOUT: Final = {
    "corroborated": "A further report says so",
    "disputed": "A report disputes this",
    "retracted": "This was taken back",
    "lifted": "Lifted",
    "suspended": "Suspended",
    "corrected": "A report corrects this",
}
"""How the words about another event begin."""
SAID: Final = {"corroborated": "It supports this", "disputed": "It disputes this"}
"""The same, after what the report says instead: its summary."""
UNREPORTED: Final = {
    "disputed": "This ledger disputes this, without a report",
    "corrected": "This ledger corrects its own entry",
    "retracted": "This ledger takes this back",
}
"""The same of events without a report: bookkeeping (interchange.md)."""
REGISTERED: Final = {
    "authority-registered": "authority",
    "company-registered": "company",
    "chip-registered": "chip",
    "group-defined": "group",
}
MOST_CONDITIONS: Final = 2
"""Conditions of a permission that a sentence tells; answers list them all."""
PRACTICE: Final = "By this ledger's reading of reports, "
"""Said of a claim of that form (interchange.md): no authority is reported to have said so in words."""
UNKNOWN_TARGET: Final = "an event that is not known by then"


class Sentences:
    """Makes sentences of events with the names of the registry of a day."""

    def __init__(self, naming: Naming, find: Callable[[str], Fields | None]) -> None:
        """``find`` gives the fields of an event by its id, as they stand by then; None where it is not known."""
        self.names, self._find = naming, find

    def event(
        self,
        fields: Fields,
        reports: Iterable[Fields] | None = None,
        before: Fields | None = None,
    ) -> str:
        """An event in a sentence, with who says so.

        ``reports`` are all its known reports, by default its own; ``before`` are the fields of a corrected event as
        they were.
        """
        own = fields.get("report")
        known = ([own] if own else []) if reports is None else list(reports)
        actor = self._actor(fields)
        known = [self.names.report(report, actor) for report in known]
        said = str((own or {}).get("summary") or "").rstrip(". ")
        if fields["type"] in SAID and said and known:
            return f"{capital(said)}; {attributed(known)}. {self._about(fields, before, SAID)}."
        words = self.without_source(fields, before)
        return f"{words}; {attributed(known)}." if known else f"{words}."

    def _actor(self, fields: Fields | None) -> str | None:
        """The authority that acts in an event, or in the one that it is about in the end; None: none does."""
        while fields is not None and not fields.get("authority") and fields.get("target"):
            fields = self._find(fields["target"])
        return None if fields is None else fields.get("authority")

    def without_source(self, fields: Fields, before: Fields | None = None) -> str:
        """What an event says, without who says so and without a full stop."""
        kind = fields["type"]
        if kind in CLAIMS:
            return _read(fields, capital(self._claim(fields)))
        if kind in ("orders-reported", "shipped"):
            return capital(self._trade(fields))
        if kind == "development-reported":
            return capital(fields["text"]).rstrip(". ")
        if kind in REGISTRY_TYPES:
            return self._registration(fields)
        if kind in KEPT_TYPES:
            return f"The content of an event was removed: {fields['reason']}".rstrip(". ")
        return self._about(fields, before, ABOUT if fields.get("report") else {**ABOUT, **UNREPORTED})

    def _claim(self, fields: Fields) -> str:
        parts = [self._act(fields)]
        if fields.get("effective"):
            parts.append(_from(fields))
        if fields.get("until"):
            parts.append(up_to(fields["until"]))
        words = ", ".join(parts)
        if review := REVIEWS.get(fields.get("review") or ""):
            words += f"; {review}"
        if fields.get("quantity"):
            words += f": {amount(fields['quantity'])}"
        return _with_conditions(words, fields)

    def _act(self, fields: Fields) -> str:
        """Who does what to which exports or imports."""
        verb, tail = CLAIMS[fields["type"]]
        words = f"{self.names.authority(fields['authority'])} {verb} {self._trade_of(fields)}"
        return f"{words}, {tail}" if tail else words

    def _trade_of(self, fields: Fields) -> str:
        """The exports or imports that a claim is about."""
        direction = self.names.direction(fields["authority"]) or "trade"
        to = "by" if direction == "import" else "to"
        trade = f"{direction}s" if direction != "trade" else direction
        excepted = list(fields.get("except_companies") or ())
        owners = [each for each in excepted if f"owned:{each}" in fields["companies"]]
        companies = self.names.companies(fields["companies"], without=owners)
        chips = self.names.chips(fields["chips"])
        words = f"{trade} of {chips}{',' if HAVING in chips else ''} {to} {companies}"
        others = [each for each in excepted if each not in owners]
        spared = [
            *([self.names.companies(others)] if others else []),
            *([self.names.chips(fields["except_chips"])] if fields.get("except_chips") else []),
        ]
        return f"{words} (except {', and except '.join(spared)})" if spared else words

    def _trade(self, fields: Fields) -> str:
        """What was ordered or delivered, of which chips and by or to whom."""
        chips, companies = self.names.chips(fields["chips"]), self.names.companies(fields["companies"])
        day, quantity = f" {when(fields['effective'])}" if fields.get("effective") else "", fields["quantity"]
        if fields["type"] == "orders-reported":
            return f"orders of {chips} by {companies}{day}: {amount(quantity)}"
        return f"deliveries of {chips} to {companies}{day}: {amount(quantity)}"

    def _about(self, fields: Fields, before: Fields | None, leads: Mapping[str, str]) -> str:
        """What an event says of another."""
        kind, target = fields["type"], self._find(fields["target"])
        what = UNKNOWN_TARGET if target is None else self.in_short(target)
        if kind == "recipients-identified":
            return f"{self._recipients(fields)}: {what}"
        if kind == "conditions-met":
            wordings = (target or {}).get("conditions") or {}
            met = [str(wordings.get(key) or key) for key in fields["conditions"]]
            return f"Conditions are met ({'; '.join(met)}): {what}"
        lead = leads[kind]
        if kind == "corrected":
            return f"{lead}: {what}: {corrected(self.names, fields['changes'], before)}"
        if fields.get("effective"):
            lead += f" {since(fields['effective']) if kind == 'suspended' else when(fields['effective'])}"
        if fields.get("until"):
            lead += f" {up_to(fields['until'])}"
        if kind in SAID and target is not None and target["type"] in CLAIMS and target.get("effective"):
            what += f", {_from(target)}"
        if fields.get("instead"):
            return f"{lead}, but with another value: {what}: {other_values(self.names, fields['instead'])}"
        return f"{lead}: {what}"

    def in_short(self, fields: Fields) -> str:
        """What an event says, as told where another is about it: who does what to whom, and no more of a claim."""
        if fields["type"] in CLAIMS:
            return _read(fields, capital(self._act(fields)))
        return self.without_source(fields)

    def _recipients(self, fields: Fields) -> str:
        named = [self.names.company(each) for each in fields.get("companies") or ()]
        excluded = [self.names.company(each) for each in fields.get("excluded") or ()]
        is_meant = f"{listed(named, len(named))} {'is' if len(named) == 1 else 'are'} among those meant"
        is_not = f"{listed(excluded, len(excluded))} {'is' if len(excluded) == 1 else 'are'} not"
        if not named:
            return f"{is_not} among those meant"
        return f"{is_meant}, {is_not}" if excluded else is_meant

    def _registration(self, fields: Fields) -> str:
        day = f", {since(fields['effective'])}" if fields.get("effective") else ""
        of = f" of {PLURALS[fields['kind']]}" if fields["type"] == "group-defined" else ""
        return f"The ledger registers the {REGISTERED[fields['type']]}{of} {fields['name']}{day}"


def _with_conditions(words: str, fields: Fields) -> str:
    conditions = list((fields.get("conditions") or {}).values())
    if not conditions:
        return words
    if fields["type"] in ("condition-imposed", "condition-signalled"):
        return f"{words}: {'; '.join(conditions)}"
    if len(conditions) > MOST_CONDITIONS:
        return f"{words}, under {number(len(conditions))} conditions"
    return f"{words}; {'condition' if len(conditions) == 1 else 'conditions'}: {'; '.join(conditions)}"


def _from(fields: Fields) -> str:
    """When a claim begins to hold; a signal is one act, and does not go on."""
    return (when if fields["type"] == SIGNAL else since)(fields["effective"])


def _read(fields: Fields, words: str) -> str:
    """What a claim says; of a practice that it is read so."""
    if fields.get("form") != "practice":
        return words
    return f"{PRACTICE}{words[:1].lower() if words.startswith('The ') else words[:1]}{words[1:]}"
