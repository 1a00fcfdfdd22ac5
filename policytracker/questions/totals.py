"""Which figures a new event takes the place of: a total replaces those said earlier (semantics.md §8)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from policytracker.events.catalogue import name_of
from policytracker.events.dates import LAST_DAY
from policytracker.events.forms import canonical, id_of, read_line
from policytracker.events.refusals import Refused
from policytracker.questions.quantities import Quantities
from policytracker.questions.telling import called, short_source
from policytracker.questions.values import range_in_words
from policytracker.status.entries import Entry
from policytracker.status.instead import giving
from policytracker.status.quantities import QUANTIFIED, Figure
from policytracker.status.view import View

if TYPE_CHECKING:
    from policytracker.ledger.lines import Line

WAY_OUT = "if it comes on top of it, say `added` as its basis"


def replacements(recorded: View, new: Sequence[Entry]) -> Callable[[str], list[str]]:
    """What tells of a new event, by its id, which figures that counted so far it replaces, and what replaces it.

    ``recorded``: all quantities with what is said about them, the new events among them or not, and the registry with
    the new ones in it. Figures are compared as everything published tells, whatever the day on which they begin.
    """
    ids = {entry.id for entry in new}
    there = [entry for thread in recorded.threads.values() for entry in thread if entry.id not in ids]
    if not any(_may_replace(entry) for entry in new):
        return lambda event: []
    before = Quantities(View(there, recorded.directory), LAST_DAY)
    after = Quantities(View([*there, *new], recorded.directory), LAST_DAY)
    said: dict[str, list[str]] = {}
    for old, total in after.replaced.items():
        cause = _cause(after.view, old, total, ids)
        if old not in before.replaced and cause is not None:
            said.setdefault(cause, []).append(_told(after, old, total, cause))
    return lambda event: said.get(event, [])


def replacement_lines(lines: Iterable[Line], told: Callable[[str], list[str]]) -> Iterator[tuple[Line, str]]:
    """The lines of an import that carry a figure which replaces others or is replaced, and which; each event once.

    The lines are read again one by one: an import may be longer than memory.
    """
    seen: set[str] = set()
    for line in lines:
        with suppress(Refused):
            event = read_line(line.text)
            if name_of(type(event)) not in QUANTIFIED:
                continue
            event_id = id_of(canonical(event))
            if event_id not in seen:
                seen.add(event_id)
                yield from ((line, text) for text in told(event_id))


def _may_replace(entry: Entry) -> bool:
    """Whether an event has a quantity, or is about one that may."""
    return entry.target is not None or bool(entry.fields.get("quantity"))


def _cause(view: View, old: str, total: Figure, new: set[str]) -> str | None:
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
