"""What to know of a draft before it is accepted: the event in words, what an import would say, what it would change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from policytracker.authoring.blocks import Block
from policytracker.authoring.events import ACCEPTED, DRAFT, line_of
from policytracker.authoring.files import amended_line, take_names
from policytracker.authoring.naming import NamesSoFar
from policytracker.ledger.appending import append_lines
from policytracker.ledger.refused import RefusedLine, RefusedLines
from policytracker.questions.dry_run import Assumed, changes, entries_of
from policytracker.questions.in_words import InWords
from policytracker.questions.own_days import effects
from policytracker.questions.pointed_out import likeness_line, of_new
from policytracker.questions.reader import Clocks
from policytracker.questions.sentences.events import Sentences
from policytracker.questions.sentences.naming import Naming

if TYPE_CHECKING:
    from policytracker.ledger.lines import Line
    from policytracker.ledger.store import Store
    from policytracker.questions.answers import CellChange
    from policytracker.questions.effect_answers import Effects
    from policytracker.questions.reader import Reader
    from policytracker.status.entries import Entry, Fields

MOST_BEFORE = 1_000
"""Events of the same file that are taken into account, those right before the draft."""


class Examined(NamedTuple):
    """A draft, as if it were accepted."""

    faults: list[str]
    """Why an import would refuse it; then there is nothing else to say."""
    entry: Entry | None
    """As it would be recorded; None for one that is refused, or recorded already."""
    sentence: str
    warnings: list[str]
    """What an import points out of it, the best match of likely duplicates included."""
    cells: list[CellChange]
    """Which cells it would change today."""
    effects: Effects | None


def accepted_lines(source: str, blocks: Sequence[Block], reader: Reader, name: str = "") -> list[Line]:
    """The lines that blocks say; drafts as if somebody of this name had accepted them, or left out without a name."""
    names, found = NamesSoFar(reader.directory), []
    for block in blocks:
        if block.fields.get(DRAFT) is True:
            if not name:
                continue
            kept = {key: value for key, value in block.fields.items() if key != DRAFT}
            block = block._replace(fields={**kept, ACCEPTED: name})
        line = line_of(source, block, names)
        take_names(names, line)
        found.append(amended_line(reader, line, correct=False)[0])
    return found


def examined(reader: Reader, store: Store, lines: Sequence[Line]) -> Examined:
    """The last of some lines, after the others as far as an import would take them."""
    *others, line = lines[-MOST_BEFORE:]
    before = _taken(store, others)
    try:
        outcome = append_lines(store, [*before, line], dry=True, keep=MOST_BEFORE)
    except RefusedLines as refused:
        return Examined([why for each in refused.lines for why in each.why.split("\n")], None, "", [], [], None)
    entries = entries_of(outcome)
    is_new = bool(outcome.places) and outcome.places[-1] == len(before)
    if not is_new:
        return Examined([], None, "", [], [], None)
    return _of_entry(reader, entries)


def _taken(store: Store, lines: Sequence[Line]) -> list[Line]:
    """The lines that an import takes, without those that it refuses."""
    found = list(lines)
    while found:
        try:
            append_lines(store, found, dry=True)
        except RefusedLines as refused:
            # A fault of a report is told once, with one of its events: the next round finds the others.
            gone = set(map(_place, refused.lines))
            found = [line for line in found if (line.source, line.number, line.block) not in gone]
        else:
            break
    return found


def _place(line: RefusedLine) -> tuple[str, int, str]:
    return line.source, line.line, line.block


def _of_entry(reader: Reader, entries: Sequence[Entry]) -> Examined:
    """The last of the entries, which comes after the others."""
    *there, entry = entries
    day, before, after = reader.today, Assumed(reader, there), Assumed(reader, entries)
    cells = list(changes(before.world(day), after.world(day), [entry], day))
    *_, found = of_new(reader, after.registry, day, entries)
    warnings = [*found.warnings, *([likeness_line(entry, found.alike)] if found.alike else [])]
    find = _Found(reader, there)
    changed = find(entry.fields["target"]) if entry.type == "corrected" else None
    sentence = Sentences(Naming(after.registry.on(day)), find).event(entry.fields, before=changed)
    return Examined([], entry, sentence, warnings, cells, effects(reader, before, after, [entry], day, there))


class _Found:
    """The fields of events by their ids: of those recorded, as they stand, and of some that are not."""

    def __init__(self, reader: Reader, there: Sequence[Entry]) -> None:
        self._words = InWords(reader, Clocks(reader.today))
        self._there = {entry.id: entry.fields for entry in there}

    def __call__(self, event: str) -> Fields:
        return self._there.get(event) or self._words.fields(event)
