"""Spells of equal status, over the effective or the published clock, one object each."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import product
from typing import Any, NamedTuple

from policytracker.events.dates import end_of_day, iso, moment_text
from policytracker.projections.reading import entry_with
from policytracker.questions import names
from policytracker.questions.books import Books, Clocks
from policytracker.questions.one_timeline import OneTimeline
from policytracker.questions.state import statuses
from policytracker.questions.telling import short_source
from policytracker.status.entries import Entry
from policytracker.status.grid import Pair
from policytracker.status.spells import EffectiveClock, PublishedClock, Spell
from policytracker.status.view import View
from policytracker.status.words import summary, words


class Window(NamedTuple):
    """The days to which a timeline is bounded, both included (None: not bounded); spells are left whole."""

    first: int | None = None
    last: int | None = None


UNBOUNDED = Window()


def over_days(
    books: Books, clocks: Clocks, company: str | None, chip: str | None, window: Window = UNBOUNDED
) -> Iterator[dict[str, Any]]:
    """Spells over the effective clock, as known at one moment; of every cell where none is named.

    Raises UnknownName or AmbiguousName at once.
    """
    known = None if clocks.known is None else moment_text(clocks.known)
    if company is not None and chip is not None:
        directory = books.directory_at(clocks.recorded)
        found = OneTimeline(books, clocks, names.company(directory, company), names.chip(directory, chip)).spells()
        spells = _within(found, window.first, window.last)
        return (_row(lambda event: entry_with(books.connection, event), spell, iso, known=known) for spell in spells)
    pairs, view = _asked(books, clocks, company, chip, clocks.known)
    clock = EffectiveClock(view)
    return (
        _row(partial(_entry_in, view), spell, iso, known=known)
        for pair in pairs
        for spell in _within(clock.spells(*pair), window.first, window.last)
    )


def over_knowledge(
    books: Books, clocks: Clocks, company: str | None, chip: str | None, window: Window = UNBOUNDED
) -> Iterator[dict[str, Any]]:
    """Spells over the published clock, of what held on one day; of every cell where none is named.

    Raises UnknownName or AmbiguousName at once.
    """
    pairs, view = _asked(books, clocks, company, chip, None)
    spells = PublishedClock(view, clocks.at).spells(pairs)
    # A day begins just after 24:00 of the day before, which is a moment of its own.
    first = None if window.first is None else end_of_day(window.first - 1) + 1
    last = None if window.last is None else end_of_day(window.last)
    return (
        _row(partial(_entry_in, view), spell, moment_text, at=iso(clocks.at))
        for found in spells.values()
        for spell in _within(found, first, last)
    )


def _asked(
    books: Books, clocks: Clocks, company: str | None, chip: str | None, known: int | None
) -> tuple[list[Pair], View]:
    if company is None or chip is None:
        view = books.view(known, clocks.recorded)
        return list(product(sorted(view.directory.companies), sorted(view.directory.chips))), view
    directory = books.directory_at(clocks.recorded)
    pair = names.company(directory, company), names.chip(directory, chip)
    return [pair], books.view_on(*pair, known, clocks.recorded)


def _within(spells: Iterable[Spell], first: int | None, last: int | None) -> Iterator[Spell]:
    for spell in spells:
        is_over = first is not None and spell.end is not None and spell.end <= first
        is_later = last is not None and spell.start is not None and spell.start > last
        if not is_over and not is_later:
            yield spell


def _entry_in(view: View, event: str) -> Entry:
    return view.standings[event].entry


def _row(
    entry: Callable[[str], Entry], spell: Spell, text: Callable[[int], str], **clock: str | None
) -> dict[str, Any]:
    answer = spell.answer
    return {
        "company": answer.company,
        "chip": answer.chip,
        "from": None if spell.start is None else text(spell.start),
        "to": None if spell.end is None else text(spell.end),
        **clock,
        **statuses(answer),
        "gates": [
            {"gate": str(gate.gate), "status": summary(gate.possible), "possible": words(gate.possible)}
            for gate in answer.gates
        ],
        "claims": list(spell.standing),
        "turned_by": [_told(entry(event)) for event in spell.turned_by],
    }


def _told(entry: Entry) -> dict[str, Any]:
    report = entry.fields.get("report")
    return {
        "id": entry.id,
        "ref": entry.fields.get("ref"),
        "type": entry.type,
        "source": short_source(report) if report else None,
    }
