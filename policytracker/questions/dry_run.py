"""What would change if events were recorded: the cells, before and after, on one day."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, product
from typing import Any, NamedTuple

from policytracker.events.catalogue import name_of
from policytracker.events.fields import Event
from policytracker.events.forms import canonical, id_of
from policytracker.events.registry import Registration
from policytracker.ledger.appending import Outcome
from policytracker.ledger.errors import NoSuchEvent
from policytracker.projections.reading import COLUMNS, entries
from policytracker.questions.books import Books
from policytracker.questions.likeness import alike
from policytracker.questions.reach import Reach
from policytracker.questions.warnings import warnings
from policytracker.status.cells import CellAnswer
from policytracker.status.directory import REGISTRY_TYPES
from policytracker.status.entries import Entry
from policytracker.status.grid import Grid
from policytracker.status.view import View
from policytracker.status.words import summary, words

Cell = tuple[str, str]
FEW_CELLS = 50
"""So many cells are asked one by one for the claims on them; beyond that, all claims are read at once."""


class Prospect(NamedTuple):
    """What is to be said before an event is recorded."""

    entry: Entry
    cells: list[dict[str, Any]]
    """See ``changes``."""
    warnings: list[str]
    alike: list[dict[str, Any]]
    """See ``likeness.alike``."""


def prospect(books: Books, trial: Outcome, day: int) -> Prospect:
    """What an event would change on a day, given the outcome of a dry run."""
    (entry,) = entries_of(trial)
    before, after = views_of(books, entry)
    cells = list(changes(before, after, (entry,), day))
    return Prospect(entry, cells, warnings(after.directory, [entry])(entry), alike(books, entry))


def entries_of(outcome: Outcome) -> tuple[Entry, ...]:
    """The events that an outcome tells, as the core takes them."""
    return tuple(
        Entry(position, kept.id, outcome.recorded, kept.fields)
        for position, kept in enumerate(outcome.kept, outcome.position)
    )


def recorded_as(books: Books, event: Event) -> Entry:
    """The recorded event that says the same as one that adds nothing. Raises NoSuchEvent."""
    which = "id = ?"
    values: tuple[str, ...] = (id_of(canonical(event)),)
    if isinstance(event, Registration):
        which, values = "position = (SELECT position FROM registry WHERE space = ? AND id = ?)", event.subject()
    for entry in entries(books.connection.execute(f"SELECT {COLUMNS} FROM entries WHERE {which}", values)):
        return entry
    raise NoSuchEvent(name_of(type(event)))


def changes(before: View, after: View, more: Sequence[Entry], day: int) -> Iterator[dict[str, Any]]:
    """The cells whose answer for a day is not the same in two views, by company id, then chip id.

    ``more`` are the events that only ``after`` has. One object a cell: ``company``, ``chip``, ``before``
    (None: not registered then) and ``after``, each with ``status``, ``possible``, ``held_by``, ``gates`` and
    ``conditions`` as in ``state --json``.
    """
    then, now = Grid(before), Grid(after)
    for company, chip in sorted(_reached(before, after, more)):
        was, is_now = _answer(then, company, chip, day), _answer(now, company, chip, day)
        if was != is_now:
            yield {"company": company, "chip": chip, "before": was, "after": is_now}


def views(books: Books, more: tuple[Entry, ...]) -> tuple[View, View]:
    """All claims as they stand, without and with further events."""
    return books.view(None, None), books.view(None, None, more)


def views_of(books: Books, entry: Entry) -> tuple[View, View]:
    """The same for one further event, of the claims on the cells that it may reach, where these are few."""
    if entry.type in REGISTRY_TYPES:
        return views(books, (entry,))
    thread = books.thread_of(entry.target) if entry.target else ()
    alone = books.view_among([thread], None, None), books.view_among([(*thread, entry)], None, None)
    reached = _reached(*alone, (entry,))
    if len(reached) > FEW_CELLS:
        return views(books, (entry,))
    claims = books.claims_on(reached)
    found = {each.id: each for each in (*claims, *thread)}
    return books.view_among([found.values()], None, None), books.view_among([(*found.values(), entry)], None, None)


def _answer(grid: Grid, company: str, chip: str, day: int) -> dict[str, Any] | None:
    if company not in grid.directory.companies or chip not in grid.directory.chips:
        return None
    return _object(grid.cell(company, chip, day), grid.view, day)


def _object(cell: CellAnswer, view: View, day: int) -> dict[str, Any]:
    return {
        "status": summary(cell.possible),
        "possible": words(cell.possible),
        "held_by": [str(gate) for gate in cell.held_by],
        "gates": {str(gate.gate): words(gate.possible) for gate in cell.gates},
        "conditions": view.conditions(cell, day),
    }


def _reached(before: View, after: View, more: Sequence[Entry]) -> set[Cell]:
    """Every cell that the events may change; a registration may change what others' selectors match."""
    registered = [entry for entry in more if entry.type in REGISTRY_TYPES]
    touched = _threads(after, {entry.id for entry in more})
    found = {cell for view in (before, after) for cell in _cells_of(view, touched)}
    found.update(_cells_touched(before, after, registered))
    return found


def _threads(view: View, ids: set[str]) -> list[str]:
    return [first for first, thread in view.threads.items() if any(entry.id in ids for entry in thread)]


def _cells_of(view: View, touched: Iterable[str]) -> Iterator[Cell]:
    reach = Reach(view.directory)
    for first in touched:
        if first in view.claims:
            yield from reach.cells(view.claims[first])


def _cells_touched(before: View, after: View, registered: Sequence[Entry]) -> Iterable[Cell]:
    """Companies change their own cells and those of their descendants, chips their own; other registrations any."""
    companies, chips = after.directory.companies, after.directory.chips
    if any(entry.type not in ("company-registered", "chip-registered") for entry in registered):
        return product(companies, chips)
    subjects = {entry.fields["company"] for entry in registered if entry.type == "company-registered"}
    models = {entry.fields["chip"] for entry in registered if entry.type == "chip-registered"}
    # One pass for all subjects: a dry run of a long list registers as many companies as it names.
    lines = (view.directory for view in (before, after))
    descends = {c for directory in lines for c in directory.companies if not subjects.isdisjoint(directory.line(c))}
    return chain(product(descends, chips), product(companies, models))
