"""Open read models for a question: up to date, with the table ``import_status`` of the day."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from policytracker.events.dates import iso
from policytracker.ledger.damage import DamagedLedger
from policytracker.ledger.errors import LogLeft
from policytracker.ledger.ledger_error import ForeignRowsWarning
from policytracker.ledger.reading import Head, open_ledger
from policytracker.ledger.tables import Standby
from policytracker.ledger.where import Where
from policytracker.projections.layout import LAYOUT, places
from policytracker.projections.mapping import Stored, stored
from policytracker.projections.reading import entry_with, open_views
from policytracker.projections.stamps import holds

TRIES = 5
"""Others may put read models in place, again and again, while these are opened."""


class Current(NamedTuple):
    """Read models that are up to date."""

    views: Path
    """Their name,"""
    connection: sqlite3.Connection
    """a connection that reads the file to which it leads,"""
    stored: Stored
    """and what it holds."""
    head: Head
    """Up to where they go."""


class Readable(NamedTuple):
    """A ledger that questions can be asked of."""

    ledger: Where
    """As far as it is read."""
    standby: Standby | None
    current: Current


def open_readable(ledger: Where, today: int) -> Readable:
    """Open the read models of a ledger, up to date.

    A ledger on a server that ends in rows which this program has not written is read up to those: warns with
    ForeignRowsWarning. Raises LedgerError, sqlite3.DatabaseError or OSError.
    """
    try:
        return _open_readable(ledger, today)
    except DamagedLedger as error:
        if isinstance(ledger, Path):
            raise
        import warnings

        from policytracker.ledger.foreign import before_foreign

        before = before_foreign(ledger, error)
    found = _open_readable(before, today)
    warnings.warn(ForeignRowsWarning(before.foreign), stacklevel=1)
    return found


def _open_readable(ledger: Where, today: int) -> Readable:
    with open_ledger(ledger) as source:
        head, standby = source.head(), source.standby
    return Readable(ledger, standby, open_current(ledger, head, standby, today))


def head_before_foreign(ledger: Where, error: DamagedLedger) -> Head:
    """The last event before rows on a server that this program has not written. Raises the error for other damage."""
    if isinstance(ledger, Path):
        raise error
    from policytracker.ledger.foreign import before_foreign

    with open_ledger(before_foreign(ledger, error)) as source:
        return source.head()


def open_current(ledger: Where, head: Head, standby: Standby | None, today: int) -> Current:
    """Open the read models of a ledger; they go up to its head at least. Make, or bring, them up to date where needed.

    Raises LedgerError, sqlite3.DatabaseError or OSError.
    """
    candidates = places(ledger, head.ledger, standby)
    for views in candidates:
        found = _at(views, head, lambda marks: marks["id"] == head.id)
        if found is not None:
            if views == candidates[-1]:
                _move_to_day(found, today)
            return found
    from policytracker.projections.catching_up import catch_up

    for _ in range(TRIES):
        catch_up(ledger, today)
        # Another process may put older ones in their place. It may also have taken what was recorded since.
        found = _at(candidates[-1], head, lambda marks: int(marks["position"]) >= head.position)
        if found is not None:
            return found
    raise sqlite3.DatabaseError(f"{candidates[-1]} cannot be read")


def _at(views: Path, head: Head, fit: Callable[[dict[str, str]], bool]) -> Current | None:
    """The read models of a name; None where they are another ledger's, damaged or not fit."""
    file = views.resolve()
    if not file.exists():
        return None
    try:
        connection = open_views(file)
    except (sqlite3.DatabaseError, LogLeft):
        return None
    with suppress(sqlite3.DatabaseError, KeyError):
        found = stored(connection, file)
        marks = found.meta
        if (marks["layout"], marks["ledger"]) == (LAYOUT, head.ledger) and fit(marks) and holds(file):
            return Current(views, connection, found, _head(connection, head, marks["id"]))
    connection.close()
    return None


def _head(connection: sqlite3.Connection, head: Head, last: str) -> Head:
    """The head of a ledger, or a later one that the read models go up to: then the ledger has come that far too."""
    if last == head.id:
        return head
    entry = entry_with(connection, last)
    return head._replace(position=entry.position, id=entry.id, recorded=entry.recorded)


def _move_to_day(found: Current, today: int) -> None:
    """Bring the table ``import_status`` to this day. Where it cannot be written, it stays at an earlier one."""
    file = found.stored.place
    if found.stored.meta["at"] < iso(today) and os.access(file, os.W_OK) and os.access(file.parent, os.W_OK):
        from policytracker.projections.views import move_to_day

        with suppress(sqlite3.DatabaseError, OSError):
            move_to_day(file, today)
