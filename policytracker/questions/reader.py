"""The reader: a ledger's read models, opened for questions and brought up to date first."""

from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from policytracker.index.cells import Cells, Point
from policytracker.index.index import Index
from policytracker.ledger.damage import Damaged
from policytracker.ledger.errors import NoSuchEvent
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.tables import Head
from policytracker.ledger.where import Where
from policytracker.projections.mapping import cells as cells_of
from policytracker.projections.opening import open_readable
from policytracker.projections.reading import (
    claims,
    last_registration,
    meta,
    named,
    of_types,
    registrations,
    registry_until,
    seen_by,
    thread_with,
    threads_at,
)
from policytracker.projections.registered import StoredRegistry
from policytracker.projections.stamps import holds
from policytracker.status.directory import Directory
from policytracker.status.entries import Entry, Thread
from policytracker.status.periods import FOREVER
from policytracker.status.registry import Registry
from policytracker.status.walk import Walk

if TYPE_CHECKING:
    from policytracker.index.board import Board
    from policytracker.index.by_day import CellsByDay
    from policytracker.index.paths import Paths
    from policytracker.questions.matched_cells import MatchedCells
    from policytracker.status.view import View

Key = TypeVar("Key")
Value = TypeVar("Value")
MOST_BOARDS = 4
MOST_REGISTRIES = 16
"""Registries as they stood at different instants, or on different days, kept at once."""


class Clocks(NamedTuple):
    """The three clocks of a question (semantics.md §2)."""

    at: int
    """The effective day, an ordinal."""
    known: int | None = None
    """The published moment; None: everything published."""
    recorded: int | None = None
    """The recorded instant, in microseconds since 1970; None: everything recorded."""


class Reader:
    """A ledger opened for questions. Close it, or use it in a ``with`` statement."""

    def __init__(self, ledger: Where, today: int) -> None:
        """Open, and catch up where events are new. Raises LedgerError; warns with ForeignRowsWarning."""
        self.today = today
        self.ledger, self.standby, opened = open_readable(ledger, today)
        self.views = opened.views
        """The name of the read models."""
        self.connection, self.stored, self.head = opened.connection, opened.stored, opened.head
        self._registries: dict[int | None, Registry] = {}
        """By how many registrations count; None: all."""
        self._positions: dict[int, int] = {}
        self.cuts: dict[int, int] = {}
        """By recorded instant, the position up to which it counts, where not all that was recorded then does."""
        self._cells: dict[tuple[int | None, int], Cells] = {}
        self._boards: dict[tuple[int | None, int], Board] = {}
        """By that number and the day from which the registry counts."""
        self._matched: dict[tuple[int | None, int], MatchedCells] = {}

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, *exc: object) -> None:
        self.connection.close()

    def serves(self, head: Head | None, today: int) -> bool:
        """Whether it answers for a head of the ledger and a day, and its files are as this program wrote them.

        Raises sqlite3.OperationalError where somebody is writing to them for too long.
        """
        return self.head == head and self.today >= today and holds(self.stored.place)

    @cached_property
    def newest_report(self) -> int | None:
        """The newest publication day in the ledger, an ordinal."""
        return int(meta(self.connection).get("newest", "0")) or None

    @property
    def directory(self) -> Directory:
        """The registry of today, as it stands now."""
        return self.directory_at(None, self.today)

    def directory_at(self, recorded: int | None, day: int) -> Directory:
        """The registry of a day (an ordinal), as it stood at a recorded instant."""
        return self.registry_at(recorded).on(day)

    def registry_at(self, recorded: int | None) -> Registry:
        """The registry over all days, as it stood at a recorded instant."""
        return self.registry(self._position(recorded))

    def point(self, clocks: Clocks) -> Point:
        """A point of the clocks as the index knows it."""
        known = FOREVER - 1 if clocks.known is None else clocks.known
        return Point(clocks.at, known, self._position(clocks.recorded))

    def registry(self, seen: int) -> Registry:
        """The registry over all days, as it stood once the event at a position was recorded."""
        registered = self._registered(seen)
        if registered not in self._registries:
            _bound(self._registries, MOST_REGISTRIES)
            until = None if registered is None else registry_until(self.connection, seen)
            self._registries[registered] = StoredRegistry(self.connection) if until is None else Registry(until)
        return self._registries[registered]

    def cells(self, seen: int, day: int) -> Cells:
        """What answers for cells, with that registry as it is on a day (an ordinal)."""
        registry = self.registry(seen)
        key = self._registered(seen), registry.since(day)
        if key not in self._cells:
            _bound(self._cells, MOST_REGISTRIES)
            self._cells[key] = cells_of(self.connection, self.index, registry.on(day), self._walk)
        return self._cells[key]

    def board(self, seen: int, day: int) -> "Board":
        """What answers for all cells at once, with the registry of a day."""
        from policytracker.index.board import Board

        key = self._registered(seen), self.registry(seen).since(day)
        if key not in self._boards:
            _bound(self._boards, MOST_BOARDS)
            self._boards[key] = Board(self.cells(seen, day))
        return self._boards[key]

    def matched_cells(self, seen: int, day: int) -> "MatchedCells":
        """What scopes match, with the registry of a day."""
        from policytracker.questions.matched_cells import MatchedCells

        key = self._registered(seen), self.registry(seen).since(day)
        if key not in self._matched:
            _bound(self._matched, MOST_BOARDS)
            self._matched[key] = MatchedCells(self.registry(seen).on(day))
        return self._matched[key]

    def by_day(self, seen: int) -> "CellsByDay":
        """What answers for cells on every day, with that registry."""
        from policytracker.index.by_day import CellsByDay

        return CellsByDay(self.registry(seen), partial(self.cells, seen), partial(self.board, seen))

    def paths(self, seen: int) -> "Paths":
        """What goes along a clock for cells, with that registry."""
        from policytracker.index.paths import Paths

        return Paths(self.by_day(seen))

    @cached_property
    def index(self) -> Index:
        """How each claim holds over the three clocks."""
        return self.stored.opened()

    @cached_property
    def _walk(self) -> Walk:
        return Walk()

    def _position(self, recorded: int | None) -> int:
        """The position of the last event that counts at a recorded instant."""
        return self.head.position if recorded is None else self.cuts.get(recorded) or self._seen(recorded)

    def _registered(self, seen: int) -> int | None:
        """How many registrations count once the event at a position was recorded; None: all."""
        if seen >= self.head.position:
            return None
        if seen >= self._last_registration:
            return None
        return bisect_right(self._registrations, seen)

    @cached_property
    def _last_registration(self) -> int:
        return last_registration(self.connection)

    @cached_property
    def _registrations(self) -> list[int]:
        return registrations(self.connection)

    def _seen(self, recorded: int) -> int:
        if recorded not in self._positions:
            _bound(self._positions, MOST_REGISTRIES)
            self._positions[recorded] = seen_by(self.connection, recorded)
        return self._positions[recorded]

    def view(self, clocks: Clocks) -> "View":
        """All claims as they stand."""
        return self._view(claims(self.connection), clocks)

    def view_on(self, company: str, chip: str, clocks: Clocks) -> "View":
        """The claims that may match one cell on the day, as they stand."""
        return self._view(threads_at(self.connection, self.positions_on(company, chip, clocks)), clocks)

    def positions_on(self, company: str, chip: str, clocks: Clocks) -> set[int]:
        """The positions of the claims that may match a cell, by the registry of the day as recorded then."""
        cells = self.cells(self._position(clocks.recorded), clocks.at)
        return cells.positions(cells.cell(company, chip))

    def view_of(self, types: tuple[str, ...], clocks: Clocks) -> "View":
        """The events of some types, and all said about them, as they stand."""
        return self._view(of_types(self.connection, types), clocks)

    def _view(self, events: Iterable[Entry], clocks: Clocks) -> "View":
        """Some events as they stand, with the registry of the day."""
        # Imported here: a question for a status needs no view, and starts sooner without it.
        from policytracker.status.view import View

        seen, directory = self._position(clocks.recorded), self.directory_at(clocks.recorded, clocks.at)
        return View((event for event in events if event.position <= seen), directory, clocks.known)

    def thread_of(self, event_id: str) -> Thread:
        """The thread in which an event stands."""
        return thread_with(self.connection, event_id)

    def event_id(self, name: str) -> str:
        """The id of the event with this ref, id or beginning of an id.

        Raises NoSuchEvent, AmbiguousEvent, or DamagedLedger, also where the ledger has lost an event of this name.
        """
        with open_ledger(self.ledger) as source:
            try:
                return source.event_id(name)
            except NoSuchEvent:
                for event_id in named(self.connection, name):
                    raise Damaged(event_id) from None
                raise


def _bound(kept: dict[Key, Value], most: int) -> None:
    """Make room for one more."""
    if len(kept) >= most:
        kept.clear()
