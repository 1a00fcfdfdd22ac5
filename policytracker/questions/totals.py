"""Which figures a new event takes the place of: a total replaces those said earlier (semantics.md §8)."""

from __future__ import annotations

from collections.abc import Callable, Collection

from policytracker.events.dates import LAST_DAY
from policytracker.questions.quantities import Quantities
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.telling import called, short_source
from policytracker.questions.values import range_in_words
from policytracker.status.directory import Directory
from policytracker.status.entries import Entry
from policytracker.status.instead import giving
from policytracker.status.quantities import QUANTIFIED, Figure
from policytracker.status.view import View

WAY_OUT = "if it comes on top of it, say `added` as its basis"
Replacements = Callable[[str], list[str]]
"""What tells of a new event, by its id, which figures that counted so far it replaces, and what replaces it."""


def replacements(reader: Reader, directory: Directory, new: Collection[Entry]) -> Replacements:
    """The same before events are recorded; ``directory``: the registry with theirs in it."""
    if not any(may_count(reader, entry, {each.id for each in new}) for entry in new):
        return _nothing
    there = quantified(reader)
    ids = {entry.id for entry in there}
    return _compared(there, [entry for entry in new if entry.id not in ids], directory)


def replacements_since(reader: Reader, position: int) -> Replacements:
    """The same after events were recorded, from a position on."""
    marks = ", ".join("?" * len(QUANTIFIED))
    query = f"SELECT 1 FROM entries WHERE position >= ? AND type IN ({marks}) LIMIT 1"
    if reader.connection.execute(query, (position, *QUANTIFIED)).fetchone() is None:
        return _nothing
    every = quantified(reader)
    new = [entry for entry in every if entry.position >= position]
    return _compared([entry for entry in every if entry.position < position], new, reader.directory)


def _nothing(event: str) -> list[str]:
    """For events that replace nothing, whatever else is recorded."""
    return []


def may_count(reader: Reader, entry: Entry, new: Collection[str]) -> bool:
    """Whether an event has a quantity, or is about one that may."""
    if entry.target is None:
        return bool(entry.fields.get("quantity"))
    return entry.target in new or reader.thread_of(entry.target)[0].type in QUANTIFIED


def quantified(reader: Reader) -> list[Entry]:
    """All events with quantities, and what is said about them."""
    view = reader.view_of(QUANTIFIED, Clocks(reader.today))
    return [entry for thread in view.threads.values() for entry in thread]


def _compared(there: list[Entry], new: list[Entry], directory: Directory) -> Replacements:
    """Figures are compared as everything published tells, whatever the day on which they begin."""
    before = Quantities(View(there, directory), LAST_DAY)
    after = Quantities(View([*there, *new], directory), LAST_DAY)
    ids = {entry.id for entry in new}
    said: dict[str, list[str]] = {}
    for old, total in after.replaced.items():
        cause = _cause(after.view, old, total, ids)
        if old not in before.replaced and cause is not None:
            said.setdefault(cause, []).append(_told(after, old, total, cause))
    return lambda event: said.get(event, [])


def _cause(view: View, old: str, total: Figure, new: Collection[str]) -> str | None:
    """The new event by which a total replaces a figure: the total, the figure, or one that is about either."""
    about = [entry.id for first in (total.event, old) for entry in view.threads[first]]
    return next((event for event in (total.event, old, *about) if event in new), None)


def _told(found: Quantities, old: str, total: Figure, cause: str) -> str:
    if cause == total.event:
        return f"it is a total and replaces {_figure(found, old)}; {WAY_OUT}"
    if cause == old:
        return f"it adds nothing: a total that was said later replaces it, {_figure(found, total.event)}"
    return f"by it the total of {_figure(found, total.event)} replaces {_figure(found, old)}"


def _figure(found: Quantities, event_id: str) -> str:
    """An event with its figure and the reports that give it."""
    event = found.view.standings[event_id]
    sources = "; ".join(map(short_source, giving(event, "quantity")))
    name = called(event_id, event.fields.get("ref"))
    return f"{name}: {range_in_words(event.fields['quantity'])}" + (f", {sources}" if sources else "")
