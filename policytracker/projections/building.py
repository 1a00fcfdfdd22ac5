"""Make read models of all events at once, and what they say of themselves."""

import gc
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from itertools import islice, takewhile
from pathlib import Path

from sqlite_utils import Database

from policytracker.events.dates import iso
from policytracker.index.layout import write
from policytracker.index.writing import checksum
from policytracker.ledger.reading import Head, OpenLedger, Row
from policytracker.ledger.sealing import checked
from policytracker.projections import schema
from policytracker.projections.bulk import CHUNK, Bulk
from policytracker.projections.gates import Gates
from policytracker.projections.import_status import refresh
from policytracker.projections.layout import LAYOUT, index_file, next_generation
from policytracker.projections.mapping import opened
from policytracker.projections.newest import newest_publication
from policytracker.projections.reading import meta
from policytracker.projections.tables import cells_of

Progress = Callable[[int], None]
MARKS = "layout", "ledger", "position", "id", "at", "newest", "index"
"""The rows of ``meta``."""


def build(
    source: OpenLedger, views: Path, day: int, progress: Progress = lambda _: None, until: int | None = None
) -> int:
    """Make read models in an empty file, of all events or of those up to a position."""
    # Of one moment: an event about a claim that is recorded meanwhile would be in the rows, and not in the streams
    # of several.
    with _uncollected(), source.still():
        return _build(source, views, day, progress, until)


def _build(source: OpenLedger, views: Path, day: int, progress: Progress, until: int | None) -> int:
    gates = Gates()
    while True:
        with closing(sqlite3.connect(views, isolation_level=None)) as connection:
            for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-262144"):
                connection.execute(f"PRAGMA {pragma}")
            database = Database(connection)
            with transaction(connection):
                schema.create(database)
                bulk = Bulk(database, gates, source.streams_of_several())
                head = _take_all(source, bulk, progress, until)
                bulk.finish(whole=until is None)
                if not bulk.noted.moved:
                    keyed = bulk.rows.keyed()
                    first = next_generation("", checksum(keyed))
                    write(index_file(views, first), keyed)
                    noted = bulk.noted
                    newest = newest_publication(connection) if noted.mends else noted.newest
                    mark(connection, head, day, newest, first)
                    index = partial(opened, connection, views, first)
                    refresh(connection, index, day, None, cells_of(connection))
            if not bulk.noted.moved:
                connection.execute("PRAGMA synchronous=FULL")
                connection.execute("PRAGMA journal_mode=WAL")
                return head.position
        views.write_bytes(b"")  # an authority has moved: now that all its gates are known, tell all claims again


def _take_all(source: OpenLedger, bulk: Bulk, progress: Progress, until: int | None) -> Head:
    last = source.head()
    end = last.position if until is None else until
    rows = checked(source.rows(), 0, end)
    if until is not None:
        rows = takewhile(lambda taken: taken[0].position <= end, rows)
    head = Head(last.ledger, 0, "", 0)
    while chunk := list(islice(rows, CHUNK)):
        bulk.take(chunk)
        head = after(head, chunk[-1][0])
        progress(len(chunk))
    return head


def after(head: Head, row: Row) -> Head:
    """The head once a row is projected."""
    return head._replace(position=row.position, id=row.id, recorded=row.recorded)


def mark(connection: sqlite3.Connection, head: Head, day: int, newest: int, index: str) -> None:
    """Write down what read models were made of. ``index``: the generation that counts."""
    values = LAYOUT, head.ledger, str(head.position), head.id, iso(day), str(newest), index
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", zip(MARKS, values, strict=True))


def marks(connection: sqlite3.Connection) -> dict[str, str]:
    """What was written down. Raises sqlite3.DatabaseError where some of it is missing."""
    found = meta(connection)
    if not found.keys() >= set(MARKS):
        raise sqlite3.DatabaseError("the read models do not say what they were made of")
    return found


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looks for garbage in cycles: of the many values of a rebuild none is, and looking takes long."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction over the read models, write lock first: position and rows together."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()
