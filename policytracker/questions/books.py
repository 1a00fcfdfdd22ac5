"""The books: a ledger's read models, opened for questions and brought up to date first."""

import sqlite3
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property, partial
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from policytracker.ledger.errors import LogLeft
from policytracker.ledger.reading import Head, open_ledger
from policytracker.ledger.where import Where
from policytracker.projections.finding import Finder, Point
from policytracker.projections.layout import LAYOUT, places
from policytracker.projections.reading import (
    claims,
    claims_on,
    meta,
    of_types,
    open_views,
    registrations,
    registry,
    registry_until,
    seen_by,
    thread_with,
)
from policytracker.projections.registered import Registered
from policytracker.status.directory import Directory
from policytracker.status.entries import Entry, Thread
from policytracker.status.extents import FOREVER
from policytracker.status.found import Decider

if TYPE_CHECKING:
    from policytracker.columns.rows import Rows
    from policytracker.columns.sheet import Sheet
    from policytracker.status.view import View

MOST_SHEETS = 2
MOST_REGISTRIES = 16
"""Registries as they stood at different instants, kept at once."""
NOW = FOREVER - 1
"""Stands for the position of the last event, whichever it is."""


class Clocks(NamedTuple):
    """The three clocks of a question (semantics.md §2)."""

    at: int
    """The effective day, an ordinal."""
    known: int | None = None
    """The published moment; None: everything published."""
    recorded: int | None = None
    """The recorded instant, in microseconds since 1970; None: everything recorded."""


class Books:
    """A ledger opened for questions. Close it, or use it in a ``with`` statement."""

    def __init__(self, ledger: Where, today: int) -> None:
        """Open, and catch up where events are new. Raises LedgerError."""
        self.ledger = ledger
        with open_ledger(ledger) as source:
            self.head: Head = source.head()
            self.standby = source.standby
        self.views, self.connection = self._opened(today)
        self._registries: dict[int | None, list[Entry]] = {}
        self._finders: dict[int | None, Finder] = {}
        self._sheets: dict[int | None, Sheet] = {}

    def _opened(self, today: int) -> tuple[Path, sqlite3.Connection]:
        """Read models that are up to date, and where they lie."""
        candidates = places(self.ledger, self.head.ledger, self.standby)
        for views in candidates:
            current = self._open_if_current(views)
            if current is not None:
                return views, current
        from policytracker.projections.catching_up import catch_up

        catch_up(self.ledger, today)
        return candidates[-1], open_views(candidates[-1])

    def _open_if_current(self, views: Path) -> sqlite3.Connection | None:
        if not views.exists():
            return None
        try:
            connection = open_views(views)
            marks = meta(connection)
        except (sqlite3.DatabaseError, LogLeft):
            return None
        if (marks.get("layout"), marks.get("ledger"), marks.get("id")) == (
            LAYOUT,
            self.head.ledger,
            self.head.id,
        ):
            return connection
        connection.close()
        return None

    def __enter__(self) -> "Books":
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
        return self.directory if recorded is None else self.finder(self._seen(recorded)).directory

    def point(self, clocks: Clocks) -> Point:
        """A point of the clocks as the read models know it."""
        known = FOREVER - 1 if clocks.known is None else clocks.known
        return Point(clocks.at, known, NOW if clocks.recorded is None else self._seen(clocks.recorded))

    def finder(self, seen: int) -> Finder:
        """What finds the claims on cells, with the registry as it stood once the event at a position was recorded."""
        registered = self._registered(seen)
        if registered not in self._finders:
            if len(self._finders) >= MOST_REGISTRIES:
                self._finders.clear()
            directory = self.directory if registered is None else Directory(registry_until(self.connection, seen))
            self._finders[registered] = Finder(self.connection, directory)
        return self._finders[registered]

    def sheet(self, seen: int) -> "Sheet":
        """What answers for all cells at once, with that registry; needs numpy, and takes a while to make."""
        from policytracker.columns.sheet import Sheet

        registered = self._registered(seen)
        if registered not in self._sheets:
            if len(self._sheets) >= MOST_SHEETS:
                self._sheets.clear()
            self._sheets[registered] = Sheet(self._rows, self.finder(seen).directory)
        return self._sheets[registered]

    def hold(self) -> bool:
        """Take the claims into memory, for questions of the registry as it stands now: cells, timelines and matrices.

        Takes some 30 s and 1 GB for a million events. False, and nothing is done, where numba is not installed.
        """
        if find_spec("numba") is None:
            return False
        self.sheet(NOW)
        return True

    @property
    def holds(self) -> bool:
        """Whether the claims are in memory."""
        return bool(self._sheets)

    def held(self, seen: int) -> "Sheet | None":
        """The same where it was made already: it answers for one cell as well, and faster than the read models."""
        return self._sheets.get(self._registered(seen))

    @cached_property
    def _rows(self) -> "Rows":
        from policytracker.columns.loading import load

        return load(self.connection)

    @cached_property
    def decider(self) -> Decider:
        """Decides on gates, and remembers what it has decided."""
        return Decider()

    def _registered(self, seen: int) -> int | None:
        """How many registrations count once the event at a position was recorded; None: all."""
        if seen == NOW:
            return None
        registered = bisect_right(self._registrations, seen)
        return registered if registered < len(self._registrations) else None

    @cached_property
    def _registrations(self) -> list[int]:
        return registrations(self.connection)

    def _seen(self, recorded: int) -> int:
        return seen_by(self.connection, recorded)

    def _registry(self, recorded: int | None) -> list[Entry]:
        if recorded not in self._registries:
            self._registries[recorded] = registry(self.connection, recorded)
        return self._registries[recorded]

    def view(self, known: int | None, recorded: int | None, more: tuple[Entry, ...] = ()) -> "View":
        """All claims as they stand; ``more`` are events that come after those of the ledger."""
        from policytracker.status.view import View

        return View([*self._registry(recorded), *claims(self.connection), *more], known, recorded)

    def view_on(self, company: str, chip: str, known: int | None, recorded: int | None) -> "View":
        """The claims that may match one cell, as they stand."""
        directory = self.directory_at(recorded)
        found = claims_on(self.connection, directory, company, chip)
        from policytracker.status.view import View

        return View([*self._registry(recorded), *found], known, recorded)

    def view_of(self, types: tuple[str, ...], known: int | None, recorded: int | None) -> "View":
        """The events of some types, and all said about them, as they stand."""
        from policytracker.status.view import View

        return View([*self._registry(recorded), *of_types(self.connection, types)], known, recorded)

    def claims_on(self, cells: Iterable[tuple[str, str]]) -> list[Entry]:
        """The claims that may match one of some cells, and the events about them."""
        return list(chain.from_iterable(claims_on(self.connection, self.directory, *cell) for cell in cells))

    def thread_of(self, event_id: str) -> Thread:
        """The thread in which an event stands."""
        return thread_with(self.connection, event_id)

    def view_among(self, threads: Iterable[Iterable[Entry]], known: int | None, recorded: int | None) -> "View":
        """Some threads of claims, as they stand."""
        found = sorted(chain.from_iterable(threads), key=lambda entry: entry.position)
        from policytracker.status.view import View

        return View([*self._registry(recorded), *found], known, recorded)

    def event_id(self, name: str) -> str:
        """The id of the event with this ref, id or beginning of an id. Raises NoSuchEvent or AmbiguousEvent."""
        with open_ledger(self.ledger) as source:
            return source.event_id(name)
