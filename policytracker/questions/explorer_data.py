"""Every answer of a ledger in one object, for readers without the program: tables of small numbers, and no rule.

A reader looks up where a day and a moment of knowledge lie in ``days`` and ``moments``, goes to the story of each gate
of a cell, takes the last rectangle of it that covers the point, and finds there the number of the gate's answer. What
the statuses of its gates make of a cell stands in ``cells_of``. Text is made visible; it is as untrusted as the ledger.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import TypedDict

from policytracker.events.dates import day_of, iso, moment_text
from policytracker.index.layout import CONDITIONS
from policytracker.index.rectangles import ALWAYS, Conditions, Pair, Rectangle, Rectangles, Story, together
from policytracker.ledger import clock
from policytracker.projections.reading import thread_at
from policytracker.questions.classes import Classes
from policytracker.questions.escaping import safe
from policytracker.questions.explorer_words import ClaimTables, ClaimWords, RegisteredTables, published, registered
from policytracker.questions.reader import Clocks, Reader
from policytracker.status.claims import claim_of
from policytracker.status.periods import BEFORE_ALL, publications
from policytracker.status.words import STATUSES, Status, summary, words

FORM = 1
"""The form of the object: a reader refuses another."""
FOR_GOOD = -1
NO_REPORT = -1


class CellTables(TypedDict):
    """What every cell answers, in tables that lead to each other by number."""

    gates: list[str]
    classes: list[tuple[int, ...]]
    """The number of the reports of the cells, then each of their gates and the number of its story."""
    cells: list[int]
    """The class of each cell, company by company, in the order of ids."""
    stories: list[list[int]]
    """Rectangles of four numbers: the moment and the day from which they hold, the day until, and the answer."""
    answers: list[int]
    """Three numbers each: possible statuses as bits, the last link of its claims, and its conditions."""
    links: list[int]
    """Two numbers each: the link before, and a claim."""
    conditions: list[dict[str, str]]
    reports: list[list[int]]
    """Two numbers each: a moment, and how many days before it the last publication day lies."""
    cells_of: dict[str, tuple[int, list[int]]]
    """What the possible statuses of gates, joined by dots, make of a cell, and which of them hold it back."""
    sets: dict[int, list[object]]
    """Possible statuses, as bits, in words: one for all, then each."""


class Answers(CellTables, RegisteredTables, ClaimTables):
    """All that a ledger answers."""

    statuses: list[Status]
    days: list[int]
    """Ordinals, in order: between two of them no answer turns."""
    moments: list[int]
    """Of the published clock, in order: between two of them nothing becomes known."""
    published: list[list[str]]
    """For each moment, what was then published, in a line for each event."""


class Atlas(Answers):
    """The same, with the dates to open with and how far the ledger goes."""

    form: int
    at: str
    known: str | None
    recorded: str | None
    """The instant up to which events count; None: all that are recorded."""
    newest: str | None
    """The newest publication day."""
    events: int
    """How many events the ledger holds."""
    head: str
    """The id of the last of them."""


def explorer_data(reader: Reader, clocks: Clocks) -> Atlas:
    """Everything that a ledger answers, as recorded by an instant; ``at`` and ``known`` are the dates to open with."""
    newest = reader.newest_report
    return {
        "form": FORM,
        "at": iso(clocks.at),
        "known": None if clocks.known is None else moment_text(clocks.known),
        "recorded": None if clocks.recorded is None else clock.text(clocks.recorded),
        "newest": None if newest is None else iso(newest),
        "events": reader.head.position,
        "head": reader.head.id,
        **answers(reader, clocks),
    }


def answers(reader: Reader, clocks: Clocks) -> Answers:
    """All but the dates of the question and the ledger's own."""
    view = reader.view(None, clocks.recorded)
    rectangles = rectangles_of(reader, clocks)
    days = _days(rectangles.stories)
    entries = [entry for thread in view.threads.values() for entry in thread]
    moments = sorted({BEFORE_ALL, *(when for entry in entries for when in publications(entry))})
    return {
        "statuses": list(STATUSES),
        **registered(view.directory),
        "days": days,
        "moments": moments,
        "published": published(entries, moments),
        **_Numbers(rectangles, days, moments).tables(),
        **ClaimWords(view, moments).tables(claim for _, claim in rectangles.answers.links()),
    }


def rectangles_of(reader: Reader, clocks: Clocks) -> Rectangles:
    """Every answer of a ledger, as recorded by an instant."""
    seen = reader.point(clocks).seen
    cells, rows = reader.cells(seen), reader.index.rows
    companies, chips = sorted(cells.directory.companies), sorted(cells.directory.chips)
    classes = Classes(cells, companies, chips)
    kept: dict[int, tuple[str, Conditions]] = {}

    def tell(row: int) -> tuple[str, Conditions]:
        if row not in kept:
            thread = thread_at(reader.connection, rows.position[row])
            claim = claim_of(tuple(event for event in thread if event.position <= seen), rows.known_from[row])
            bound = claim.binding(rows.day_from[row]) if claim and rows.code[row] & CONDITIONS else {}
            kept[row] = thread[0].id, tuple(bound.items())
        return kept[row]

    return Rectangles(reader.paths(seen), seen, ((pair, classes.of(*pair)) for pair in product(companies, chips)), tell)


def _days(stories: Iterable[Story]) -> list[int]:
    ends = {day for story in stories for each in story for day in (each.day_from, each.day_to) if day is not None}
    return sorted({ALWAYS, *ends})


class _Numbers:
    """Rectangles as lists of numbers: days and moments by their places in the tables of them."""

    def __init__(self, rectangles: Rectangles, days: Sequence[int], moments: Sequence[int]) -> None:
        self._rectangles, self._stories = rectangles, rectangles.stories
        self._day: dict[int | None, int] = {day: place for place, day in enumerate(days)} | {None: FOR_GOOD}
        self._moment = {moment: place for place, moment in enumerate(moments)}
        self._gates = sorted({gate for gates in rectangles.gates.values() for gate in gates})

    def tables(self) -> CellTables:
        """Cells (company by company, in the order of ids) by their class, the classes, and what these lead to."""
        found, answers = self._rectangles, self._rectangles.answers
        classes = [self._class(pair) for pair in sorted(found.gates)]
        numbers = {each: number for number, each in enumerate(dict.fromkeys(classes))}
        claims = {claim: number for number, claim in enumerate(dict.fromkeys(claim for _, claim in answers.links()))}
        conditions = {each: number for number, each in enumerate(dict.fromkeys(each for _, _, each in answers.all()))}
        cells_of = dict(self._cells_of(numbers))
        sets = {*(bits for bits, _, _ in answers.all()), *(bits for bits, _ in cells_of.values())}
        return {
            "gates": [str(gate) for gate in self._gates],
            "classes": list(numbers),
            "cells": [numbers[each] for each in classes],
            "stories": [[number for each in story for number in self._rectangle(each)] for story in self._stories],
            "answers": [number for bits, link, each in answers.all() for number in (bits, link, conditions[each])],
            "links": [number for before, claim in answers.links() for number in (before, claims[claim])],
            "conditions": [{safe(key): safe(wording) for key, wording in each} for each in conditions],
            "reports": [[number for turn in each for number in self._report(*turn)] for each in found.reports],
            "cells_of": cells_of,
            "sets": {bits: [summary(bits), words(bits)] for bits in sorted(sets)},
        }

    def _class(self, pair: Pair) -> tuple[int, ...]:
        """The number of a cell's reports, then each of its gates and the number of the gate's story."""
        gates = self._rectangles.gates[pair].items()
        return (
            self._rectangles.reported[pair],
            *(number for gate, story in gates for number in (self._gates.index(gate), story)),
        )

    def _rectangle(self, each: Rectangle) -> tuple[int, int, int, int]:
        return self._moment[each.known_from], self._day[each.day_from], self._day[each.day_to], each.answer

    def _report(self, known: int, day: int | None) -> tuple[int, int]:
        """A moment, and how many days before it the last publication day lies."""
        return self._moment[known], NO_REPORT if day is None else day_of(known) - day

    def _cells_of(self, classes: Iterable[tuple[int, ...]]) -> Iterator[tuple[str, tuple[int, list[int]]]]:
        """What the possible statuses of gates, joined by dots, make of a cell, and which of them hold it back."""
        told = self._rectangles.answers.told()
        sets = [{told[0].possible, *(told[each.answer].possible for each in s)} for s in self._stories]
        for stories in {each[2::2] for each in classes}:
            for gates in product(*(sets[story] for story in stories)):
                yield ".".join(map(str, gates)), together(gates)
