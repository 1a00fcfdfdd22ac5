"""Reading the ledger beside the library: plain SQL over the global order, without importing the library."""

import json
import sqlite3
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from policytracker.ledger.damage import NoIdentity
from policytracker.ledger.layout import LAYOUT, open_to_read
from policytracker.ledger.ledger_error import OldLedgerWarning
from policytracker.ledger.open_ledger import OpenLedger as OpenLedger
from policytracker.ledger.row_checks import ENDS, check_ends
from policytracker.ledger.tables import Head as Head
from policytracker.ledger.tables import Row as Row
from policytracker.ledger.tables import Stored, Tables
from policytracker.ledger.where import Where


class FileTables(Tables):
    """The tables of a ledger file."""

    schema = "main"
    recorded = "CAST(e.recorded AS INTEGER)"
    state = "CAST(s.state AS BLOB)"

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def ask(self, query: str, values: Sequence[object] = ()) -> Iterable[tuple[Any, ...]]:
        return self.connection.execute(query, values)

    def head(self) -> Head:
        """Its identity and its last event, once both ends of its tables fit together. Raises DamagedLedger."""
        for found in self.ask(ENDS):
            check_ends(found)
            ledger, position, *last = found[:5]
            return Head(ledger, position, *last) if position else Head(ledger, 0, "", 0)
        raise NoIdentity

    def check_tree(self, head: Head) -> None:
        from policytracker.ledger.sealing import check_growth

        if head.position:
            query = "SELECT leaf, tree FROM ledger_entries WHERE position <= ? ORDER BY position DESC"
            check_growth(head, self.ask(query, (head.position,)))

    def look_up(self, names: Sequence[str]) -> list[tuple[str, str, str | None]]:
        query = "SELECT e.id, e.stream, e.ref FROM json_each(?) n CROSS JOIN ledger_entries e ON {} = n.value"
        listed = (json.dumps(names),)
        return [row for column in ("e.id", "e.ref") for row in self.ask(query.format(column), listed)]

    def everything(self) -> Iterator[Stored]:
        self.connection.text_factory = _as_it_is
        return super().everything()

    def unsound(self) -> Iterable[str]:
        found = [str(line) for (line,) in self.ask("PRAGMA integrity_check(10)")]
        return [] if found == ["ok"] else found


def _as_it_is(text: bytes) -> str:
    """A text that may not be UTF-8: what is none of it becomes half a character, which no text here has."""
    return text.decode("utf-8", "surrogateescape")


class LedgerFile(FileTables, OpenLedger):
    """A ledger file, opened for reading."""

    def __init__(self, path: Path, seconds: float | None = None) -> None:
        """``seconds``: how long a read waits for others. Raises NoLedger, NotALedger, LogLeft or Unusable."""
        opened = open_to_read(path, seconds)
        super().__init__(opened.connection)
        self.frozen, self.layout = opened.frozen, opened.layout
        self.where = path

    @contextmanager
    def still(self) -> Iterator[None]:
        self.connection.execute("BEGIN")
        try:
            yield
        finally:
            self.connection.rollback()

    def close(self) -> None:
        self.connection.close()


def open_ledger(where: Where) -> OpenLedger:
    """Open a ledger for reading, wherever it is. Raises LedgerError; warns with OldLedgerWarning."""
    opened = _opened(where)
    if opened.layout < LAYOUT:
        try:
            warnings.warn(OldLedgerWarning(opened.layout), stacklevel=1)
        except OldLedgerWarning:  # whoever makes errors of warnings gets no ledger
            opened.close()
            raise
    return opened


def _opened(where: Where) -> OpenLedger:
    if isinstance(where, Path):
        return LedgerFile(where)
    from policytracker.ledger.server import LedgerServer

    return LedgerServer(where)
