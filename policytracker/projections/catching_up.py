"""Bring the read models up to the ledger's head, or make them anew."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from itertools import islice, takewhile
from pathlib import Path

from sqlite_utils import Database

from policytracker.events.dates import iso
from policytracker.ledger.beside import beside
from policytracker.ledger.reading import Head, OpenLedger, open_ledger
from policytracker.ledger.sealing import checked
from policytracker.ledger.where import Where
from policytracker.projections.import_status import refresh
from policytracker.projections.layout import LAYOUT, place_of, put_back
from policytracker.projections.tables import CHUNK, Projector, create

Progress = Callable[[int], None]


def catch_up(ledger: Where, day: int) -> None:
    """Project what the ledger holds beyond the read models; make them anew where they are another's, or damaged.

    Raises PutBack where they know of events that the ledger holds no more, or another LedgerError.
    """
    with open_ledger(ledger) as source:
        views = place_of(source)
        if not views.exists() or not _project_news(source, views, day):
            rebuild_from(source, views, day)


def rebuild(ledger: Where, day: int, progress: Progress = lambda _: None) -> int:
    """Make the read models anew from every event; the old ones answer until then. Returns how many events.

    The ledger is taken as it is, also where it was put back.
    """
    with open_ledger(ledger) as source:
        return rebuild_from(source, place_of(source), day, progress)


def rebuild_from(source: OpenLedger, views: Path, day: int, progress: Progress = lambda _: None) -> int:
    """Build beside the old file, then take its place."""
    views.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with beside(views) as folder:
        anew = folder / views.name
        anew.touch(_mode(source.where))
        position = build(source, anew, day, progress)
        anew.replace(views)
    return position


def _mode(ledger: Where) -> int:
    """Who may read the read models: whoever may read the ledger's file; of one on a server, their owner alone."""
    return 0o600 | ledger.stat().st_mode & 0o666 if isinstance(ledger, Path) else 0o600


def build(
    source: OpenLedger, views: Path, day: int, progress: Progress = lambda _: None, until: int | None = None
) -> int:
    """Make read models in a new file, of all events or of those up to a position."""
    with _writing(views) as database:
        create(database)
        projector = Projector(database)
        last = source.head()
        end = last.position if until is None else until
        rows = checked(source.rows(), 0, end)
        if until is not None:
            rows = takewhile(lambda row: row.position <= end, rows)
        position = 0
        head = Head(last.ledger, 0, "", 0)
        while chunk := list(islice(rows, CHUNK)):
            projector.take(chunk)
            position = chunk[-1].position
            head = head._replace(position=position, id=chunk[-1].id, recorded=chunk[-1].recorded)
            progress(len(chunk))
        if until is None:
            projector.finish()
        refresh(database, day, None)
        _mark(database, head, day, projector.newest)
    return position


def _project_news(source: OpenLedger, views: Path, day: int) -> bool:
    """Project new events; False when the read models belong to another layout, ledger or history."""
    with suppress(sqlite3.DatabaseError), _writing(views) as database:
        meta = dict(database.execute("SELECT key, value FROM meta").fetchall())
        position = int(meta["position"])
        head = source.head()
        lost = put_back(source, meta)
        if lost:
            raise lost
        fits = (meta["layout"], meta["ledger"], meta["id"]) == (LAYOUT, head.ledger, source.id_at(position))
        if not fits or source.redactions(position):
            return False  # what was removed since must not stay in a page of the old file
        projector = Projector(database)
        rows = checked(source.rows(position), position, head.position)
        while chunk := list(islice(rows, CHUNK)):
            projector.take(chunk)
            head = head._replace(position=chunk[-1].position, id=chunk[-1].id)
        projector.finish()
        if projector.touched or projector.registered:
            same_day = not projector.registered and meta["at"] == iso(day)
            refresh(database, day, projector.touched if same_day else None)
            _mark(database, head, day, max(projector.newest, int(meta["newest"])))
        return True
    return False


def _mark(database: Database, head: Head, day: int, newest: int) -> None:
    marks = {
        "layout": LAYOUT,
        "ledger": head.ledger,
        "position": str(head.position),
        "id": head.id,
        "at": iso(day),
        "newest": str(newest),
    }
    rows = ({"key": key, "value": value} for key, value in marks.items())
    database.table("meta").insert_all(rows, replace=True)


@contextmanager
def _writing(views: Path) -> Iterator[Database]:
    """One transaction over the read models, write lock first: position and rows together."""
    with closing(sqlite3.connect(views, timeout=30, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        database = Database(connection)
        try:
            yield database
        except BaseException:
            connection.rollback()
            raise
        connection.commit()
