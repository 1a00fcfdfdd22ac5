"""The brief of one company and chip: a paragraph for each gate, in sentences, each with who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from policytracker.events.dates import iso
from policytracker.questions import names
from policytracker.questions.amount_changes import range_in_a_sentence, ranges
from policytracker.questions.amounts import left_of_approved
from policytracker.questions.coming import coming_events
from policytracker.questions.conflicts import conflicts
from policytracker.questions.developments import TYPES, Developments
from policytracker.questions.in_words import InWords, with_doubt
from policytracker.questions.one_cell import one_cell
from policytracker.questions.sentences.answers import cell_sentence
from policytracker.questions.sentences.dates import day_in_words
from policytracker.questions.sentences.naming import capital
from policytracker.questions.sides import gate_in_words
from policytracker.questions.stale import days_since, last_word_in_words
from policytracker.status.directory import Gate

if TYPE_CHECKING:
    from policytracker.questions.answers import CellState, GateState
    from policytracker.questions.conflict_answers import Conflict
    from policytracker.questions.digest_answers import Brief, BriefKind, BriefLine, BriefParagraph
    from policytracker.questions.overview_answers import EventInWords
    from policytracker.questions.quantity_answers import QuantityRange
    from policytracker.questions.reader import Clocks, Reader

KINDS: Final[dict[str, BriefKind]] = {
    "ordered": "ordered",
    "licensed": "licensed",
    "approved": "approved",
    "shipped": "delivered",
}
NO_GATE: Final = "Orders, deliveries and what comes next"
NO_WORD: Final = "nobody has reported on it"


def brief(reader: Reader, clocks: Clocks, company: str, chip: str, stale_days: int) -> Brief:
    """All that matters of a company and a chip.

    ``stale_days``: more days than this make the last word at a gate stale. Raises UnknownName or AmbiguousName.
    """
    directory = reader.directory_at(clocks.recorded, clocks.at)
    whose, what = names.company(directory, company), names.chip(directory, chip)
    state = one_cell(reader, clocks, whose, what)
    found = _Found(reader, clocks, state, stale_days)
    naming = found.in_words.names
    return {
        "at": state["at"],
        "known": state["known"],
        "company": whose,
        "chip": what,
        "company_name": names.label(directory.companies[whose]),
        "chip_name": names.label(directory.chips[what]),
        "sentence": cell_sentence(naming.company(whose), naming.chip(what), state["possible"], not state["gates"]),
        "possible": state["possible"],
        "stale_days": stale_days,
        "paragraphs": list(found.paragraphs()),
    }


class _Found:
    """What is told of a cell."""

    def __init__(self, reader: Reader, clocks: Clocks, state: CellState, stale_days: int) -> None:
        self._reader, self._clocks, self._state, self._stale_days = reader, clocks, state, stale_days
        self.in_words = InWords(reader, clocks)
        company, chip = self._cell = state["company"], state["chip"]
        self._amounts: list[QuantityRange] = ranges(reader, clocks, [company], {chip})
        self._disputes: list[Conflict] = conflicts(reader, clocks, company, chip)
        self._developments = Developments(reader.view_of(TYPES, clocks))

    def paragraphs(self) -> Iterator[BriefParagraph]:
        """One for each gate; one for what no gate has, where there is anything."""
        for gate in self._state["gates"]:
            yield self._of_gate(gate)
        rest = [*self._of_amounts(None), *self._disputed(None), *self._next()]
        if rest:
            yield {
                "gate": None,
                "title": NO_GATE,
                "sentence": None,
                "verdict": None,
                "possible": None,
                "last_word": None,
                "last_word_days": None,
                "is_stale": False,
                "lines": rest,
            }

    def _of_gate(self, gate: GateState) -> BriefParagraph:
        words, days = gate_in_words(gate), days_since(gate["last_word"], self._clocks.at)
        is_stale = days is not None and days > self._stale_days
        lines = [
            *(self._by("decides", claim) for claim in gate["claims"]),
            *self._conditions(gate["gate"]),
            *self._of_amounts(gate["gate"]),
            *self._left(gate),
            *self._signals(gate["gate"]),
            *self._disputed(gate["gate"]),
        ]
        return {
            "gate": gate["gate"],
            "title": words["name"],
            "sentence": f"{capital(words['verdict'])}; {self._last_word(gate['last_word'], is_stale)}.",
            "verdict": words["verdict"],
            "possible": gate["possible"],
            "last_word": gate["last_word"],
            "last_word_days": days,
            "is_stale": is_stale,
            "lines": lines,
        }

    def _last_word(self, word: str | None, is_stale: bool) -> str:
        if word is None:
            return NO_WORD
        older = f": older than {self._stale_days:,} days" if is_stale else ""
        return f"{last_word_in_words(word, self._clocks.at)}{older}"

    def _by(self, kind: BriefKind, event: str) -> BriefLine:
        """An event that is told itself."""
        told = self.in_words.of_id(event)
        return {"kind": kind, "sentence": with_doubt(told), "event": told, "by": []}

    def _conditions(self, gate: str) -> Iterator[BriefLine]:
        for each in self._state["conditions"]:
            if each["gate"] == gate:
                doubt = "" if each["binds"] == "certainly" else " (binds only possibly)"
                yield _line("condition", f"{each['wording']}{doubt}.", [self.in_words.of_id(each["claim"])])

    def _of_amounts(self, gate: str | None) -> Iterator[BriefLine]:
        for row in self._amounts:
            if row["gate"] == gate:
                by = [self.in_words.of_id(event) for event in row["events"]]
                yield _line(KINDS[row["kind"]], f"{range_in_a_sentence(self.in_words, row)}.", by)

    def _left(self, gate: GateState) -> Iterator[BriefLine]:
        for left in self._state["left"] or ():
            if left["claim"] in gate["claims"]:
                approved = self.in_words.fields(left["claim"])["quantity"]
                yield _line("left", f"{left_of_approved(left, approved)}.", [self.in_words.of_id(left["claim"])])

    def _signals(self, gate: str) -> Iterator[BriefLine]:
        jurisdiction, direction = gate.split("/")
        for event in self._developments.signals(Gate(jurisdiction, direction), *self._cell):
            yield self._by("signal", event.entry.id)

    def _disputed(self, gate: str | None) -> Iterator[BriefLine]:
        """Where reports differ on what is said of the gate: each by the event that says otherwise."""
        at_gate = [each for each in self._disputes if each["gate"] == gate and each["kind"] != "corrected"]
        for event in dict.fromkeys(each["by"] for each in at_gate if each["by"] is not None):
            yield self._by("disputed", event)

    def _next(self) -> Iterator[BriefLine]:
        for each in coming_events(self._reader, self._clocks, self.in_words, *self._cell):
            by = [self.in_words.of_id(event["id"]) for event in each.events if event["claim"]]
            yield _line("next", f"{day_in_words(iso(each.day))}: {each.sentence}", by)


def _line(kind: BriefKind, sentence: str, by: Iterable[EventInWords]) -> BriefLine:
    return {"kind": kind, "sentence": sentence, "event": None, "by": list(by)}
