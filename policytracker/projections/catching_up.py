"""Bring the read models up to the ledger's head, or make them anew."""

import gc
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from itertools import islice, takewhile
from pathlib import Path

from sqlite_utils import Database

from policytracker.events.dates import iso
from policytracker.index.index import Index
from policytracker.index.layout import ROOM, write
from policytracker.index.writing import merged
from policytracker.ledger.beside import beside
from policytracker.ledger.reading import Head, OpenLedger, Row, open_ledger
from policytracker.ledger.sealing import checked
from policytracker.ledger.where import Where
from policytracker.projections import schema
from policytracker.projections.bulk import CHUNK as BULK
from policytracker.projections.bulk import Bulk
from policytracker.projections.gates import Gates
from policytracker.projections.import_status import refresh
from policytracker.projections.layout import LAYOUT, index_file, place_of, put_back
from policytracker.projections.mapping import arrived
from policytracker.projections.periods import Growing
from policytracker.projections.places import put_in_place
from policytracker.projections.tables import CHUNK, Projector, cells_of

Progress = Callable[[int], None]
FIRST = "1"
"""The generation of the index of read models that were made anew."""


def catch_up(ledger: Where, day: int) -> None:
    """Project what the ledger holds beyond the read models; make them anew where they are another's, or damaged.

    Raises PutBack where they know of events that the ledger holds no more, or another LedgerError.
    """
    with Follower(ledger) as follower:
        follower.catch_up(day)


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
        put_in_place(anew, views)
    return position


def _mode(ledger: Where) -> int:
    """Who may read the read models: whoever may read the ledger's file; of one on a server, their owner alone."""
    return 0o600 | ledger.stat().st_mode & 0o666 if isinstance(ledger, Path) else 0o600


class Follower:
    """Keeps read models up to date with a ledger while both stay open. Use it in a ``with`` statement."""

    def __init__(self, ledger: Where) -> None:
        """Raises LedgerError."""
        self.source = open_ledger(ledger)
        self._views: Views | None = None

    def __enter__(self) -> "Follower":
        return self

    def __exit__(self, *exc: object) -> None:
        self._let_go()
        self.source.close()

    def catch_up(self, day: int) -> None:
        """Project what is new, for a day; make the read models anew where they do not fit the ledger."""
        if self._views is not None and not self._views.is_at_its_place():
            self._let_go()
        place = self._views.place if self._views is not None else place_of(self.source)
        with suppress(sqlite3.DatabaseError):
            if self._views is None and place.exists():
                self._views = Views(place)
            if self._views is not None and self._views.take(self.source, day):
                return
        self._let_go()
        rebuild_from(self.source, place, day)

    def _let_go(self) -> None:
        if self._views is not None:
            self._views.connection.close()
            self._views = None


class Views:
    """Read models, opened to be written to."""

    def __init__(self, place: Path) -> None:
        """Raises sqlite3.DatabaseError."""
        self.place = place
        self.connection = sqlite3.connect(place, timeout=30, isolation_level=None)
        try:
            for pragma in schema.DURABLE:
                self.connection.execute(pragma)
            self._file = place.stat().st_ino
        except BaseException:
            self.connection.close()
            raise
        self._projector: Projector | None = None
        self._taken = ""
        self._generation = ""
        self._outdated: Path | None = None

    def is_at_its_place(self) -> bool:
        """Whether the name still leads to this file: another process may have made the read models anew."""
        try:
            return self.place.stat().st_ino == self._file
        except OSError:
            return False

    def take(self, source: OpenLedger, day: int) -> bool:
        """Project new events; False when the read models belong to another layout or ledger. Raises PutBack."""
        with _transaction(self.connection):
            meta = dict(self.connection.execute("SELECT key, value FROM meta").fetchall())
            position = int(meta["position"])
            head = source.head()
            if (meta["layout"], meta["ledger"], meta["id"]) != (LAYOUT, head.ledger, source.id_at(position)):
                lost = put_back(source, meta)
                if lost:
                    raise lost
                return False
            if not index_file(self.place, meta["index"]).exists():
                return False
            if source.redactions(position):
                return False  # what was removed since must not stay in a page of the old file
            projector = self._projector_from(meta)
            rows = checked(source.rows(position), position, head.position)
            while chunk := list(islice(rows, CHUNK)):
                projector.take(chunk)
                head = _after(head, chunk[-1][0])
            projector.end()
            if projector.noted.moved:
                raise sqlite3.DatabaseError("an authority has moved to another gate")
            if projector.touched or projector.noted.registry:
                self._keep_index(projector.index)
                same_day = not projector.noted.registry and meta["at"] == iso(day)
                touched = projector.touched if same_day else None
                refresh(self.connection, self._index, day, touched, projector.cells)
                _mark(self.connection, head, day, max(projector.noted.newest, int(meta["newest"])), self._generation)
        self._clear_away()
        self._taken = str(head.position)
        return True

    def _projector_from(self, meta: Mapping[str, str]) -> Projector:
        """What projects from a position on: the same as before, unless another process has projected meanwhile."""
        if self._projector is None or (self._taken, self._generation) != (meta["position"], meta["index"]):
            self._generation = meta["index"]
            self._projector = Projector(self.connection, arrived(self.connection, self.place, self._generation))
        self._projector.begin()
        self._taken = ""
        return self._projector

    def _keep_index(self, index: Growing) -> None:
        """Keep what is new in the index: as a part of its tail or, where that has no room, in a file written anew."""
        if len(index.arrived.rows) <= ROOM:
            if len(part := index.taken()):
                self.connection.execute("INSERT INTO tail (content) VALUES (?)", (part,))
            return
        generation, self._outdated = str(int(self._generation) + 1), index_file(self.place, self._generation)
        anew = index_file(self.place, generation)
        anew.unlink(missing_ok=True)  # left by a process that was killed before it could say that it counts
        grown = index.arrived
        write(anew, merged(grown.source, grown.ends, grown.rows))
        anew.chmod(self.place.stat().st_mode & 0o666)
        self.connection.execute("DELETE FROM tail")
        self._generation, self._projector = generation, None

    def _index(self) -> Index:
        return Index(arrived(self.connection, self.place, self._generation))

    def _clear_away(self) -> None:
        """Remove the index file that no longer counts. Whoever has it open can go on reading it."""
        if self._outdated is not None:
            self._outdated.unlink(missing_ok=True)
            self._outdated = None


def build(
    source: OpenLedger, views: Path, day: int, progress: Progress = lambda _: None, until: int | None = None
) -> int:
    """Make read models in an empty file, of all events or of those up to a position."""
    with _uncollected():
        return _build(source, views, day, progress, until)


def _build(source: OpenLedger, views: Path, day: int, progress: Progress, until: int | None) -> int:
    gates = Gates()
    while True:
        with closing(sqlite3.connect(views, isolation_level=None)) as connection:
            for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-262144"):
                connection.execute(f"PRAGMA {pragma}")
            database = Database(connection)
            with _transaction(connection):
                schema.create(database)
                bulk = Bulk(database, gates, source.streams_of_several())
                head = _take_all(source, bulk, progress, until)
                bulk.finish(whole=until is None)
                _mark(connection, head, day, bulk.noted.newest, FIRST)
                if not bulk.noted.moved:
                    write(index_file(views, FIRST), bulk.rows.keyed())
                    refresh(
                        connection, lambda: Index(arrived(connection, views, FIRST)), day, None, cells_of(connection)
                    )
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
    while chunk := list(islice(rows, BULK)):
        bulk.take(chunk)
        head = _after(head, chunk[-1][0])
        progress(len(chunk))
    return head


def _after(head: Head, row: Row) -> Head:
    return head._replace(position=row.position, id=row.id, recorded=row.recorded)


def _mark(connection: sqlite3.Connection, head: Head, day: int, newest: int, index: str) -> None:
    marks = {
        "layout": LAYOUT,
        "ledger": head.ledger,
        "position": str(head.position),
        "id": head.id,
        "at": iso(day),
        "newest": str(newest),
        "index": index,
    }
    rows = ((key, value) for key, value in marks.items())
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", rows)


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
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction over the read models, write lock first: position and rows together."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()
