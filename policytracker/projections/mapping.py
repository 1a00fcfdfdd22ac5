"""The index of read models, from its file and from the tail that they keep."""

import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from policytracker.index.cells import Cells, Numbers, Point
from policytracker.index.index import Index
from policytracker.index.layout import EARLY, NEVER, IndexFile, Mapped, parts_of
from policytracker.index.tail import Arrived
from policytracker.projections.layout import index_file
from policytracker.projections.numbering import CHIP, COMPANY, EXPRESSION, GATE, find, numbered
from policytracker.projections.reading import meta
from policytracker.status.directory import Directory
from policytracker.status.periods import FOREVER
from policytracker.status.walk import Walk

Read = TypeVar("Read")


class Stored(NamedTuple):
    """Read models as of one moment: what they say of themselves, and their index."""

    meta: dict[str, str]
    place: Path
    """Their file."""
    held: IndexFile
    file: Mapped
    tail: list[bytes]

    def opened(self) -> Index:
        """The index, opened. To be called once: the file is mapped for it alone."""
        return Index(Arrived(self.file, self.tail))


def arrived(connection: sqlite3.Connection, file: Path, generation: str) -> Arrived:
    """The index that belongs to the read models, in a file, which a connection reads.

    Raises sqlite3.DatabaseError where its own file is missing or is none.
    """
    return Arrived(_held(file, generation)[1], _tail(connection))


def arrived_now(connection: sqlite3.Connection, known: Stored) -> Arrived:
    """The index as the connection reads it now. ``known``: as it was when the read models were opened.

    While its file still counts, it is mapped again as it is held open: another process that made the read models anew
    has removed it. Raises sqlite3.DatabaseError as ``arrived`` does.
    """
    generation = meta(connection).get("index", "")
    if generation == known.meta.get("index"):
        return Arrived(known.held.mapped(), _tail(connection))
    return arrived(connection, known.place, generation)


def opened(connection: sqlite3.Connection, file: Path, generation: str) -> Index:
    """The same, opened."""
    return Index(arrived(connection, file, generation))


def stored(connection: sqlite3.Connection, file: Path) -> Stored:
    """Read models as they stand, and their index. Raises sqlite3.DatabaseError where that is missing or is none."""

    def read() -> Stored:
        marks = meta(connection)
        return Stored(marks, file, *_held(file, marks.get("index", "")), _tail(connection))

    return as_of_one_moment(connection, read)


def as_of_one_moment(connection: sqlite3.Connection, read: Callable[[], Read]) -> Read:
    """What is read of tables and index, whatever another process projects meanwhile. Raises sqlite3.DatabaseError."""
    for last in (False, False, True):
        connection.execute("BEGIN")
        try:
            return read()
        except sqlite3.DatabaseError:
            # Another process may have written the file anew since the transaction began: it is looked for again.
            if last:
                raise
        finally:
            connection.rollback()
    raise AssertionError


def _held(file: Path, generation: str) -> tuple[IndexFile, Mapped]:
    try:
        held = IndexFile(index_file(file, generation))
        return held, held.mapped()
    except (OSError, ValueError) as error:
        raise sqlite3.DatabaseError(f"the index cannot be read: {error}") from error


def _tail(connection: sqlite3.Connection) -> list[bytes]:
    return [content for (content,) in connection.execute("SELECT content FROM tail ORDER BY part")]


def content(connection: sqlite3.Connection, index: Arrived) -> Iterator[tuple[object, ...]]:
    """All rows of an index, with the texts of gate, terms and scope expressions in place of their numbers."""
    gates, companies, chips, texts = (numbered(connection, sort) for sort in (GATE, COMPANY, CHIP, EXPRESSION))
    texts[0] = ""
    for key, row in index.all_rows():
        number, company, chip = parts_of(key)
        *columns, of_companies, of_chips = row
        named = gates[number // 3], number % 3, key & EARLY, companies[company], chips[chip]
        yield (*named, *columns, texts[of_companies], texts[of_chips])


def numbers(connection: sqlite3.Connection) -> Numbers:
    """The numbers of the index, looked up as they are asked for."""

    def text(number: int) -> str:
        query = "SELECT text FROM terms WHERE sort = ? AND number = ?"
        ((found,),) = connection.execute(query, (EXPRESSION, number)).fetchall()
        return str(found)

    of_gates, of_companies, of_chips = (partial(find, connection, sort) for sort in (GATE, COMPANY, CHIP))
    return Numbers(of_gates, of_companies, of_chips, text)


def cells(connection: sqlite3.Connection, index: Index, directory: Directory, walk: Walk) -> Cells:
    """What answers for the cells of a registry."""
    return Cells(index, directory, numbers(connection), walk)


def newest(day: int) -> Point:
    """A day, as all that is published and recorded tells of it."""
    return Point(day, FOREVER - 1, NEVER - 1)
