"""What would change if events were recorded: the cells, before and after, on one day."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain, product
from typing import TYPE_CHECKING, NamedTuple

from policytracker.events.catalogue import name_of
from policytracker.events.fields import Event
from policytracker.events.forms import canonical, id_of, plain
from policytracker.events.registry import Registration
from policytracker.index.board import Board
from policytracker.index.by_day import CellsByDay
from policytracker.index.cells import Cells, Point
from policytracker.index.layout import position_of
from policytracker.ledger.appending import Outcome
from policytracker.ledger.errors import NoSuchEvent
from policytracker.projections.mapping import newest
from policytracker.projections.reading import COLUMNS, entries, registry, thread_at
from policytracker.projections.supposed import Supposed
from policytracker.questions.one_cell import Answers, bound_at, conditions_of, has_licence, statuses_of
from policytracker.questions.pointed_out import of_new
from policytracker.questions.reader import Reader
from policytracker.status.claims import CLAIM_TYPES, claim_of
from policytracker.status.directory import REGISTRY_TYPES
from policytracker.status.entries import Entry, Thread
from policytracker.status.registrations import counts_from
from policytracker.status.registry import Registry
from policytracker.status.terms import WHERE, terms_of, terms_of_company
from policytracker.status.walk import Walk
from policytracker.status.words import words

if TYPE_CHECKING:
    from policytracker.questions.answers import CellChange, CellOutcome
    from policytracker.questions.ledger_answers import LikeEvent

Cell = tuple[str, str]
FEW_CELLS = 400
"""So many cells are looked up one by one; beyond that, all cells of their companies are answered together."""
FEW_OF = 8
"""One by one too, where they are at most this part of all cells of their companies: one chip of a hundred."""


class Prospect(NamedTuple):
    """What is to be said before an event is recorded."""

    entry: Entry
    cells: list[CellChange]
    """See ``changes``."""
    warnings: list[str]
    alike: list[LikeEvent]
    """The events that it looks like, the best match first: see ``likeness.Likeness.of``."""
    before: Assumed
    after: Assumed


def prospect(reader: Reader, trial: Outcome, day: int) -> Prospect:
    """What an event would change on a day, given the outcome of a dry run."""
    (entry,) = entries_of(trial)
    before, after = Assumed(reader, ()), Assumed(reader, (entry,))
    cells = list(changes(before.world(day), after.world(day), (entry,), day))
    (found,) = of_new(reader, after.registry, day, [entry])
    return Prospect(entry, cells, found.warnings, found.alike, before, after)


def entries_of(outcome: Outcome) -> tuple[Entry, ...]:
    """The events that an outcome tells, as the core takes them."""
    return tuple(
        Entry(position, kept.id, outcome.recorded, kept.fields)
        for position, kept in enumerate(outcome.kept, outcome.position)
    )


def recorded_as(reader: Reader, event: Event) -> Entry:
    """The recorded event that says the same as one that adds nothing. Raises NoSuchEvent."""
    which = "id = ?"
    values: tuple[str, ...] = (id_of(canonical(event)),)
    if isinstance(event, Registration):
        which, values = "position IN (SELECT position FROM registry WHERE space = ? AND id = ?)", event.subject()
    for entry in entries(reader.connection.execute(f"SELECT {COLUMNS} FROM entries WHERE {which}", values)):
        if not isinstance(event, Registration) or counts_from(entry.fields) == counts_from(plain(event)):
            return entry
    raise NoSuchEvent(name_of(type(event)))


class World:
    """What a ledger answers, as it is or with further events supposed, as all that is published tells."""

    def __init__(self, cells: Cells, registry: Registry, thread_of: Callable[[int], Thread], position: int) -> None:
        """``cells``: those of the ``registry`` on some day.

        ``thread_of`` gives the claim that begins at a position with all that is said about it.
        """
        self.cells, self.directory, self.registry = cells, cells.directory, registry
        self._thread_of, self._position = thread_of, position
        self._binding: dict[int, tuple[str, dict[str, str]]] = {}
        self.threads: tuple[Thread, ...] = ()
        """Those that further events belong to."""

    def answers(self, cells: Collection[Cell], day: int) -> dict[Cell, CellOutcome]:
        """What some cells answer on a day; those that are not registered are left out."""
        known = {cell for cell in cells if cell[0] in self.directory.companies and cell[1] in self.directory.chips}
        point = newest(day)._replace(seen=self._position)
        companies = {company for company, _ in known}
        of_companies = len(companies) * len(self.directory.chips)
        if len(known) <= max(FEW_CELLS, of_companies // FEW_OF):
            return {cell: self._object(cell, self._gates(cell, point), point) for cell in known}
        board = Board(self.cells)
        return {
            (company, chip): self._object((company, chip), gates, point)
            for company, answers in board.answers(point, companies)
            for chip, gates in zip(board.chips.names, answers, strict=True)
            if (company, chip) in known
        }

    def _gates(self, cell: Cell, point: Point) -> Answers:
        found = self.cells.cell(*cell)
        return [(gate, each) for (gate, _), each in zip(found.gates, self.cells.answers(found, point), strict=True)]

    def _object(self, cell: Cell, gates: Answers, point: Point) -> CellOutcome:
        told = statuses_of((str(gate), answer.possible) for gate, answer in gates)
        licensed = self.cells.cell(*cell) if has_licence(self.cells, gates) else None
        bound = bound_at(self.cells, point, gates, licensed)
        return {
            "status": told["status"],
            "possible": told["possible"],
            "limited_by": told["limited_by"],
            "gates": {str(gate): words(answer.possible) for gate, answer in gates},
            "conditions": list(conditions_of(gates, bound, lambda row: self._bound(row, point.day))),
        }

    def _bound(self, row: int, day: int) -> tuple[str, dict[str, str]]:
        if row not in self._binding:
            thread = self._thread_of(position_of(self.cells.index.rows.claim[row]))
            claim = claim_of(thread, None, self.directory.zone_of)
            self._binding[row] = thread[0].id, claim.binding(day) if claim else {}
        return self._binding[row]


def registry_with(reader: Reader, more: Sequence[Entry]) -> Registry:
    """The registry over all days with further registrations in it."""
    return Registry([*registry(reader.connection, None), *(each for each in more if each.type in REGISTRY_TYPES)])


class Assumed:
    """A ledger, on every day: as it is, or with further events supposed."""

    def __init__(self, reader: Reader, more: Sequence[Entry]) -> None:
        """``more``: the further events, which come after all others."""
        self._reader, seen = reader, reader.head.position
        self.point = newest(reader.today)._replace(seen=seen + len(more))
        """By all that is published and recorded, on today's day."""
        self.registry = registry_with(reader, more) if more else reader.registry(seen)
        self.threads: tuple[Thread, ...] = ()
        self._new: dict[int, Thread] = {}
        if more:
            found, walk, registry = Supposed(reader.connection, reader.stored, more), Walk(), self.registry
            self.threads = tuple(found.threads.values())
            self._new = {thread[0].position: thread for thread in self.threads}
            made: dict[int, Cells] = {}

            def cells(day: int) -> Cells:
                since = registry.since(day)
                if since not in made:
                    made[since] = Cells(found.index, registry.on(since), found.numbers, walk)
                return made[since]

            self.by_day = CellsByDay(registry, cells, lambda day: Board(cells(day)))
        else:
            self.by_day = reader.by_day(seen)

    def world(self, day: int) -> World:
        """What it answers by the registry of a day."""
        found = World(self.by_day.cells(day), self.registry, self._thread_at, self.point.seen)
        found.threads = self.threads
        return found

    def _thread_at(self, position: int) -> Thread:
        return self._new.get(position) or thread_at(self._reader.connection, position)


def supposed(reader: Reader, more: Sequence[Entry], day: int) -> tuple[World, World]:
    """A ledger as it is, and as it would be with further events, by the registry of a day."""
    return Assumed(reader, ()).world(day), Assumed(reader, more).world(day)


def changes(before: World, after: World, more: Sequence[Entry], day: int) -> Iterator[CellChange]:
    """The cells whose answer for a day is not the same before and after, by company id, then chip id.

    ``more`` are the events that only ``after`` has. One object a cell: ``company``, ``chip``, ``before``
    (None: not registered then) and ``after``, each with ``status``, ``possible``, ``limited_by``, ``gates``
    and ``conditions`` as in ``state --json``.
    """
    found = reached(before, after, more)
    then, now = before.answers(found, day), after.answers(found, day)
    for cell in sorted(found):
        was, is_now = then.get(cell), now[cell]
        if was != is_now:
            yield {"company": cell[0], "chip": cell[1], "before": was, "after": is_now}


def reached(before: World, after: World, more: Sequence[Entry]) -> set[Cell]:
    """Every cell that the events may change; a registration may change what others' selectors match."""
    found = {cell for world in (before, after) for thread in after.threads for cell in _cells_of(world, thread)}
    found.update(_cells_touched(before, after, [entry for entry in more if entry.type in REGISTRY_TYPES]))
    return found


def _cells_of(world: World, thread: Thread) -> Iterator[Cell]:
    """The cells that may ever find the claim of a thread."""
    if thread[0].type not in CLAIM_TYPES:
        return
    companies, chips = map(set, terms_of(thread))
    directory = world.directory
    found = [
        company
        for company in directory.companies
        if not companies.isdisjoint(terms_of_company(directory.company_selectors(company)))
    ]
    for chip in directory.chips if found else ():
        if WHERE in chips or not chips.isdisjoint(directory.chip_selectors(chip)):
            yield from ((company, chip) for company in found)


def _cells_touched(before: World, after: World, registered: Sequence[Entry]) -> Iterable[Cell]:
    """Companies change their own cells and those of all below them, chips their own; other registrations any."""
    companies, chips = after.directory.companies, after.directory.chips
    if any(entry.type not in ("company-registered", "chip-registered") for entry in registered):
        return product(companies, chips)
    subjects = {entry.fields["company"] for entry in registered if entry.type == "company-registered"}
    models = {entry.fields["chip"] for entry in registered if entry.type == "chip-registered"}
    # One pass for all subjects: a dry run of a long list registers as many companies as it names.
    both = (world.directory for world in (before, after))
    below = {c for directory in both for c in directory.companies if not subjects.isdisjoint(directory.above(c))}
    return chain(product(below, chips), product(companies, models))
