"""Read models, opened to be written to: what is new is projected onto them, and they are stamped anew."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from itertools import islice
from pathlib import Path

from policytracker.events.dates import iso, span
from policytracker.index.index import Index
from policytracker.index.layout import write
from policytracker.index.writing import checksum, merged
from policytracker.ledger.reading import Head, OpenLedger
from policytracker.ledger.sealing import checked
from policytracker.projections import schema
from policytracker.projections.building import after, mark, marks, transaction
from policytracker.projections.import_status import move_to, refresh
from policytracker.projections.layout import LAYOUT, index_file, next_generation, put_back
from policytracker.projections.mapping import arrived, opened
from policytracker.projections.newest import is_mended, newest_publication
from policytracker.projections.periods import Growing
from policytracker.projections.places import clear
from policytracker.projections.reading import schema_told
from policytracker.projections.stamps import Stamping, writing
from policytracker.projections.tables import CHUNK, Projector, cells_of

WAIT = 30.0
"""Seconds to wait for another process that writes to the read models."""


def move_to_day(file: Path, day: int) -> None:
    """Bring the table ``import_status`` of read models to a later day, unless another process is writing to them.

    Raises sqlite3.DatabaseError or OSError where they cannot be written.
    """
    with writing(file, 0) as stamping, closing(_to_write(file, timeout=0)) as connection:
        with transaction(connection):
            meta = marks(connection)
            if meta["layout"] == LAYOUT and meta["at"] < iso(day):
                _move(connection, opened(connection, file, meta["index"]), meta["at"], day)
        _settle(connection, stamping)


def _settle(connection: sqlite3.Connection, stamping: Stamping) -> None:
    """Have all that SQLite's log holds in the file too: another program that closes it last removes the log."""
    ((is_busy, logged, written),) = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
    stamping.settled = (is_busy, logged) == (0, written)


def _move(connection: sqlite3.Connection, index: Index, at: str, day: int) -> None:
    move_to(connection, index, span(at).first, day, cells_of(connection))
    connection.execute("UPDATE meta SET value = ? WHERE key = 'at'", (iso(day),))


def _to_write(file: Path, timeout: float) -> sqlite3.Connection:
    """Open read models that are there. Raises sqlite3.DatabaseError."""
    connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=timeout, isolation_level=None)
    try:
        with schema_told():
            for pragma in schema.DURABLE:
                connection.execute(pragma)
    except BaseException:
        connection.close()
        raise
    return connection


class Views:
    """Read models, opened to be written to."""

    def __init__(self, place: Path) -> None:
        """Raises sqlite3.DatabaseError."""
        self.place, self.file = place, place.resolve()
        self.connection = _to_write(self.file, timeout=WAIT)
        self._inode = self._inode_now()
        self._is_clear = False
        self._projector: Projector | None = None
        self.new = 0
        """How many events were projected last."""
        self._taken = ""
        self._generation = ""

    def close(self) -> None:
        """Let go of the file. SQLite may write to it as its last user leaves."""
        try:
            with writing(self.file, WAIT) as stamping:
                _settle(self.connection, stamping)
                self.connection.close()
        except (sqlite3.DatabaseError, OSError):
            self.connection.close()

    def is_at_its_place(self) -> bool:
        """Whether the name still leads to this file: another process may have made the read models anew."""
        return self.place.resolve() == self.file and self._inode_now() == self._inode

    def _inode_now(self) -> int:
        try:
            return self.file.stat().st_ino
        except OSError:
            return 0

    def take(self, source: OpenLedger, day: int) -> bool:
        """Project new events; False when the read models belong to another layout or ledger. Raises PutBack."""
        if marks(self.connection)["layout"] != LAYOUT:
            return False
        with writing(self.file, WAIT) as stamping:
            outdated = self._take(source, day)
            stamping.generation = self._generation or stamping.generation
        for each in outdated or ():  # whoever has it open can go on reading it
            each.unlink(missing_ok=True)
        return outdated is not None

    def _take(self, source: OpenLedger, day: int) -> list[Path] | None:
        """Gives the index files that count no more; None when the read models belong to another ledger."""
        outdated: list[Path] = []
        with transaction(self.connection):
            meta = marks(self.connection)
            position, head = int(meta["position"]), source.head()
            if not self._fit(source, meta, head):
                return None
            if not self._is_clear:
                clear(self.place, self.file, meta["index"])
                self._is_clear = True
            projector = self._projector_from(meta)
            rows = checked(source.rows(position), position, head.position)
            while chunk := list(islice(rows, CHUNK)):
                projector.take(chunk)
                head = after(head, chunk[-1][0])
            projector.end()
            if projector.noted.moved:
                raise sqlite3.DatabaseError("an authority has moved to another gate")
            if projector.touched or projector.noted.registry:
                outdated = self._keep_index(projector.index)
                same_day = not projector.noted.registry and meta["at"] == iso(day)
                touched = projector.touched if same_day else None
                refresh(self.connection, self._index, day, touched, projector.cells)
                mark(self.connection, head, day, self._newest(projector, int(meta["newest"])), self._generation)
            elif meta["at"] < iso(day):
                _move(self.connection, self._index(), meta["at"], day)
        self._taken = str(head.position)
        self.new = head.position - position
        return outdated

    def _fit(self, source: OpenLedger, meta: Mapping[str, str], head: Head) -> bool:
        position = int(meta["position"])
        if (meta["ledger"], meta["id"]) != (head.ledger, source.id_at(position)):
            lost = put_back(source, meta)
            if lost:
                raise lost
            return False
        return not source.redactions(position)  # what was removed since must not stay in a page of the old file

    def _projector_from(self, meta: Mapping[str, str]) -> Projector:
        """What projects from a position on: the same as before, unless another process has projected meanwhile."""
        if self._projector is None or (self._taken, self._generation) != (meta["position"], meta["index"]):
            self._generation = meta["index"]
            self._projector = Projector(self.connection, arrived(self.connection, self.file, self._generation))
        self._projector.begin()
        self._taken = ""
        return self._projector

    def _keep_index(self, index: Growing) -> list[Path]:
        """Keep what is new in the index: as a part of its tail or, where that has no room, in a file written anew.

        Gives the file that counts no more, once this transaction is committed.
        """
        grown = index.arrived
        if len(grown.rows) <= grown.source.room:
            if len(part := index.taken()):
                self.connection.execute("INSERT INTO tail (content) VALUES (?)", (part,))
            return []
        keyed, old = merged(grown.source, grown.ends, grown.rows), index_file(self.file, self._generation)
        self._generation, self._projector = next_generation(self._generation, checksum(keyed)), None
        anew = index_file(self.file, self._generation)
        anew.unlink(missing_ok=True)  # left by a process that was killed before it could say that it counts
        try:
            write(anew, keyed)
            anew.chmod(self.file.stat().st_mode & 0o666)
        except BaseException:
            anew.unlink(missing_ok=True)
            raise
        self.connection.execute("DELETE FROM tail")
        return [old]

    def _newest(self, projector: Projector, before: int) -> int:
        """The newest publication day (an ordinal), given that of before. A correction may make it an earlier one."""
        if is_mended(self.connection, projector.touched):
            return newest_publication(self.connection)
        return max(projector.noted.newest, before)

    def _index(self) -> Index:
        return opened(self.connection, self.file, self._generation)
