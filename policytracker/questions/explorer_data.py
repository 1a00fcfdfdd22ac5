"""Every answer of a ledger in one object, for readers without the program: tables of small numbers, and no rule.

A reader looks up where a day and a moment of knowledge lie in ``days`` and ``moments``, goes to the stories of each
gate of a cell, takes of each the last rectangle that covers the point, and finds there the number of the gate's answer,
or its last publication day. What the statuses of its gates make of a cell stands in ``cells_of``. Who is registered,
and as what, stands in the last of the ``registries`` that counts on the day. Text is made visible; it is as untrusted
as the ledger.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import TypedDict

from policytracker.events.dates import iso, moment_text
from policytracker.index.answers import SILENT, Condition, Numbered, cell_of
from policytracker.index.layout import position_of
from policytracker.index.rectangles import Pair, Rectangle, Rectangles
from policytracker.ledger import clock
from policytracker.projections.reading import thread_at
from policytracker.questions.citing import ledger_then
from policytracker.questions.classes import Classes
from policytracker.questions.escaping import safe
from policytracker.questions.explorer_left import LeftOverTime, LeftTables, Steps
from policytracker.questions.explorer_words import ClaimTables, ClaimWords, RegisteredTables, published, registered
from policytracker.questions.interchange import MARKET_TYPES
from policytracker.questions.reader import Clocks, Reader
from policytracker.status.claims import CLAIM_TYPES, claim_of
from policytracker.status.periods import BEFORE_ALL, CONDITIONS, publications
from policytracker.status.quantities import QUANTIFIED
from policytracker.status.registrations import SINCE_EVER
from policytracker.status.words import STATUSES, Status, summary, words

FORM = 2
"""The form of the object: a reader refuses another."""
FOR_GOOD = -1
ABSENT = 0
"""The possible statuses of a gate that a cell does not have."""
Bound = tuple[tuple[str, str], ...]
"""Conditions that bind, each with its wording."""


class CellTables(TypedDict):
    """What every cell answers, in tables that lead to each other by number."""

    gates: list[str]
    classes: list[tuple[int, ...]]
    """Three numbers for each gate of the cells: the gate, the story of its answers, and that of its last words."""
    cells: list[int]
    """The class of each cell, company by company, in the order of ids."""
    stories: list[list[int]]
    """Rectangles of four numbers: the moment and the day from which they hold, the day until, and the answer."""
    last_words: list[list[int]]
    """The same, with a last publication day (an ordinal; 0: no report) for the answer."""
    answers: list[int]
    """Four numbers each: possible statuses as bits (0: the cell has no such gate), those if the gate were open (0: it
    is not silent), the last link of its claims, and its conditions."""
    links: list[int]
    """Two numbers each: the link before, and a claim."""
    conditions: list[list[list[object]]]
    """Those that bind together: the claim, the key, the wording, and whether certainly."""
    cells_of: dict[str, tuple[int, list[int]]]
    """What the possible statuses of gates, joined by dots, make of a cell, and which of them limit it."""
    sets: dict[int, list[object]]
    """Possible statuses, as bits, in words: one for all, then each."""


class Tables(CellTables, LeftTables):
    """What every cell answers, and what is left of approvals."""


class Answers(Tables, ClaimTables):
    """All that a ledger answers."""

    statuses: list[Status]
    registries: list[RegisteredTables]
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
    then = ledger_then(reader, clocks.recorded)
    return {
        "form": FORM,
        "at": iso(clocks.at),
        "known": None if clocks.known is None else moment_text(clocks.known),
        "recorded": None if clocks.recorded is None else clock.text(clocks.recorded),
        "newest": then.newest,
        "events": then.position,
        "head": then.id,
        **answers(reader, clocks),
    }


def answers(reader: Reader, clocks: Clocks) -> Answers:
    """All but the dates of the question and the ledger's own."""
    view = reader.view_of((*CLAIM_TYPES, *MARKET_TYPES), clocks._replace(known=None))
    rectangles = rectangles_of(reader, clocks)
    claims = rectangles.answers.claims()
    left = LeftOverTime(reader, clocks, (claim for claim in claims if view.threads[claim][0].type in QUANTIFIED))
    registry = reader.registry(reader.point(clocks).seen)
    registries = [registered(registry.on(since), since) for since in (SINCE_EVER, *registry.days)]
    days = _days(rectangles, left, registries)
    entries = [entry for thread in view.threads.values() for entry in thread]
    moments = sorted({BEFORE_ALL, *(when for entry in entries for when in publications(entry))})
    return {
        "statuses": list(STATUSES),
        "registries": registries,
        "days": days,
        "moments": moments,
        "published": published(view.threads.values(), moments),
        **_Numbers(rectangles, left, claims, days, moments).tables(),
        **ClaimWords(view, moments).tables(claims),
    }


def rectangles_of(reader: Reader, clocks: Clocks) -> Rectangles:
    """Every answer of a ledger, as recorded by an instant."""
    seen = reader.point(clocks).seen
    by_day, rows = reader.by_day(seen), reader.index.rows
    directory = by_day.registry.on(SINCE_EVER)
    companies, chips = sorted(directory.companies), sorted(directory.chips)
    classes = Classes(by_day, companies, chips)
    kept: dict[int, tuple[str, Bound]] = {}

    def tell(row: int) -> tuple[str, Bound]:
        if row not in kept:
            thread = thread_at(reader.connection, position_of(rows.claim[row]))
            bound: Bound = ()
            if rows.code[row] & CONDITIONS:
                day = rows.day_from[row]
                zone_of = by_day.registry.on(day).zone_of
                claim = claim_of(tuple(each for each in thread if each.position <= seen), rows.known_from[row], zone_of)
                bound = tuple(claim.binding(day).items()) if claim else ()
            kept[row] = thread[0].id, bound
        return kept[row]

    return Rectangles(reader.paths(seen), seen, ((pair, classes.of(*pair)) for pair in product(companies, chips)), tell)


def _days(rectangles: Rectangles, left: LeftOverTime, registries: Iterable[RegisteredTables]) -> list[int]:
    """The days that the tables name: those on which answers turn, and those on which chips are launched."""
    stories = (*rectangles.stories, *rectangles.words)
    ends = {day for story in stories for each in story for day in (each.day_from, each.day_to) if day is not None}
    launches = {chip[3] for each in registries for chip in each["chips"] if isinstance(chip[3], int)}
    return sorted({SINCE_EVER, *ends, *left.days(), *(each["since"] for each in registries), *launches})


class _Numbers:
    """Rectangles as lists of numbers: days, moments and claims by their places in the tables of them."""

    def __init__(
        self,
        rectangles: Rectangles,
        left: LeftOverTime,
        claims: Sequence[str],
        days: Sequence[int],
        moments: Sequence[int],
    ) -> None:
        self._rectangles, self._left = rectangles, left
        self._claim = {claim: place for place, claim in enumerate(claims)}
        self._day: dict[int | None, int] = {day: place for place, day in enumerate(days)} | {None: FOR_GOOD}
        self._moment = {moment: place for place, moment in enumerate(moments)}
        self._gates = sorted({each.gate for gates in rectangles.gates.values() for each in gates})

    def tables(self) -> Tables:
        """Cells (company by company, in the order of ids) by their class, the classes, and what these lead to."""
        found, answers = self._rectangles, self._rectangles.answers
        classes = [self._class(pair) for pair in sorted(found.gates)]
        numbers = {each: number for number, each in enumerate(dict.fromkeys(classes))}
        conditions = {
            each: number for number, each in enumerate(dict.fromkeys(each.conditions for each in answers.all()))
        }
        cells_of = dict(self._cells_of(numbers))
        sets = {*(each.possible for each in answers.all()), *(bits for bits, _ in cells_of.values())} - {ABSENT}
        return {
            "gates": [str(gate) for gate in self._gates],
            "classes": list(numbers),
            "cells": [numbers[each] for each in classes],
            "stories": [[number for each in story for number in self._rectangle(each)] for story in found.stories],
            "last_words": [[number for each in story for number in self._rectangle(each)] for story in found.words],
            "answers": [
                number
                for each in answers.all()
                for number in (each.possible, each.if_open, each.link, conditions[each.conditions])
            ],
            "links": [number for before, claim in answers.links() for number in (before, self._claim[claim])],
            "conditions": [list(map(self._condition, each)) for each in conditions],
            "cells_of": cells_of,
            "sets": {bits: [summary(bits), words(bits)] for bits in sorted(sets)},
            "left": {self._claim[claim]: list(self._steps(steps)) for claim, steps in self._left.steps.items()},
            "amounts": self._left.amounts(),
        }

    def _class(self, pair: Pair) -> tuple[int, ...]:
        """Of each gate of a cell its number, and those of the stories of its answers and its last words."""
        stories = self._rectangles.gates[pair]
        return tuple(number for gate, answers, words in stories for number in (self._gates.index(gate), answers, words))

    def _rectangle(self, each: Rectangle) -> tuple[int, int, int, int]:
        return self._moment[each.known_from], self._day[each.day_from], self._day[each.day_to], each.answer

    def _condition(self, each: Condition) -> list[object]:
        return [self._claim[each.claim], safe(each.key), safe(each.wording), each.surely]

    def _steps(self, found: Mapping[int, Steps]) -> Iterator[list[object]]:
        for known, steps in found.items():
            yield [self._moment[known], [number for day, amount in steps for number in (self._day[day], amount)]]

    def _cells_of(self, classes: Iterable[tuple[int, ...]]) -> Iterator[tuple[str, tuple[int, list[int]]]]:
        """What the possible statuses of gates, joined by dots, make of a cell, and which of them limit it.

        Also where silent gates were open.
        """
        told = self._rectangles.answers.all()
        sets = [
            {bits for number in (SILENT, *(each.answer for each in story)) for bits in _either(told[number])}
            for story in self._rectangles.stories
        ]
        for stories in {each[1::3] for each in classes}:
            for gates in product(*(sets[story] for story in stories)):
                yield ".".join(map(str, gates)), cell_of(gates)


def _either(answer: Numbered) -> set[int]:
    """The possible statuses of a gate, as they are and as they would be were a silent gate open."""
    return {answer.possible, answer.if_open or answer.possible}
