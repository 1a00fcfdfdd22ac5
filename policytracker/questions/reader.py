"""The reader: a ledger's read models, opened for questions and brought up to date first."""

from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from policytracker.index.cells import Cells, Point
from policytracker.index.index import Index
from policytracker.ledger.reading import Head, open_ledger
from policytracker.ledger.where import Where
from policytracker.projections.mapping import cells as cells_of
from policytracker.projections.opening import open_current
from policytracker.projections.reading import (
    claims,
    meta,
    of_types,
    registrations,
    registry,
    registry_until,
    seen_by,
    thread_with,
    threads_at,
)
from policytracker.projections.registered import Registered
from policytracker.status.directory import Directory
from policytracker.status.entries import Entry, Thread
from policytracker.status.periods import FOREVER
from policytracker.status.walk import Walk

if TYPE_CHECKING:
    from policytracker.index.board import Board
    from policytracker.index.paths import Paths
    from policytracker.status.view import View

MOST_BOARDS = 4
MOST_REGISTRIES = 16
"""Registries as they stood at different instants, kept at once."""


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
        """Open, and catch up where events are new. Raises LedgerError."""
        self.ledger = ledger
        with open_ledger(ledger) as source:
            self.head: Head = source.head()
            self.standby = source.standby
        opened = open_current(ledger, self.head, self.standby, today)
        self.views = opened.views
        """The name of the read models."""
        self.connection, self.stored, self.head = opened.connection, opened.stored, opened.head
        self._registries: dict[int | None, list[Entry]] = {}
        self._positions: dict[int, int] = {}
        self._cells: dict[int | None, Cells] = {}
        self._boards: dict[int | None, Board] = {}

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, *exc: object) -> None:
        self.connection.close()

    @cached_property
    def newest_report(self) -> int | None:
        """The newest publication day in the ledger, an ordinal."""
        return int(meta(self.connection).get("newest", "0")) or None

    @cached_property
    def directory(self) -> Directory:
        """The registry as it stands now."""
        return Registered(self.connection, partial(self._registry, None))

    def directory_at(self, recorded: int | None) -> Directory:
        """The registry as it stood at a recorded instant."""
        return self.directory if recorded is None else self.cells(self._seen(recorded)).directory

    def point(self, clocks: Clocks) -> Point:
        """A point of the clocks as the index knows it."""
        known = FOREVER - 1 if clocks.known is None else clocks.known
        return Point(clocks.at, known, self._position(clocks.recorded))

    def cells(self, seen: int) -> Cells:
        """What answers for cells, with the registry as it stood once the event at a position was recorded."""
        registered = self._registered(seen)
        if registered not in self._cells:
            if len(self._cells) >= MOST_REGISTRIES:
                self._cells.clear()
            directory = self.directory if registered is None else Directory(registry_until(self.connection, seen))
            self._cells[registered] = cells_of(self.connection, self.index, directory, self._walk)
        return self._cells[registered]

    def board(self, seen: int) -> "Board":
        """What answers for all cells at once, with that registry."""
        from policytracker.index.board import Board

        registered = self._registered(seen)
        if registered not in self._boards:
            if len(self._boards) >= MOST_BOARDS:
                self._boards.clear()
            self._boards[registered] = Board(self.cells(seen))
        return self._boards[registered]

    def paths(self, seen: int) -> "Paths":
        """What goes along a clock for cells, with that registry."""
        from policytracker.index.paths import Paths

        return Paths(self.cells(seen))

    @cached_property
    def index(self) -> Index:
        """How each claim holds over the three clocks."""
        return self.stored.opened()

    @cached_property
    def _walk(self) -> Walk:
        return Walk()

    def _position(self, recorded: int | None) -> int:
        """The position of the last event that counts at a recorded instant."""
        return self.head.position if recorded is None else self._seen(recorded)

    def _registered(self, seen: int) -> int | None:
        """How many registrations count once the event at a position was recorded; None: all."""
        if seen >= self.head.position:
            return None
        registered = bisect_right(self._registrations, seen)
        return registered if registered < len(self._registrations) else None

    @cached_property
    def _registrations(self) -> list[int]:
        return registrations(self.connection)

    def _seen(self, recorded: int) -> int:
        if recorded not in self._positions:
            if len(self._positions) >= MOST_REGISTRIES:
                self._positions.clear()
            self._positions[recorded] = seen_by(self.connection, recorded)
        return self._positions[recorded]

    def _registry(self, recorded: int | None) -> list[Entry]:
        if recorded not in self._registries:
            self._registries[recorded] = registry(self.connection, recorded)
        return self._registries[recorded]

    def view(self, known: int | None, recorded: int | None) -> "View":
        """All claims as they stand."""
        return self._view(claims(self.connection), known, recorded)

    def view_on(self, company: str, chip: str, known: int | None, recorded: int | None) -> "View":
        """The claims that may match one cell, as they stand."""
        return self._view(threads_at(self.connection, self.positions_on(company, chip, recorded)), known, recorded)

    def positions_on(self, company: str, chip: str, recorded: int | None = None) -> set[int]:
        """The positions of the claims that may match a cell, by the registry of a recorded instant."""
        cells = self.cells(self._position(recorded))
        return cells.positions(cells.cell(company, chip))

    def view_of(self, types: tuple[str, ...], known: int | None, recorded: int | None) -> "View":
        """The events of some types, and all said about them, as they stand."""
        return self._view(of_types(self.connection, types), known, recorded)

    def _view(self, events: Iterable[Entry], known: int | None, recorded: int | None) -> "View":
        """Some events as they stand, with the registry."""
        # Imported here: a question for a status needs no view, and starts sooner without it.
        from policytracker.status.view import View

        return View([*self._registry(recorded), *events], known, recorded)

    def thread_of(self, event_id: str) -> Thread:
        """The thread in which an event stands."""
        return thread_with(self.connection, event_id)

    def event_id(self, name: str) -> str:
        """The id of the event with this ref, id or beginning of an id. Raises NoSuchEvent or AmbiguousEvent."""
        with open_ledger(self.ledger) as source:
            return source.event_id(name)
