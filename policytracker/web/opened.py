"""A ledger opened for many questions: up to date at each, and what was worked out of it kept until it changes."""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path

from policytracker.ledger.errors import LedgerError
from policytracker.ledger.reading import Head, OpenLedger, open_ledger
from policytracker.ledger.where import Where
from policytracker.questions.books import Books, Clocks
from policytracker.status.grid import Grid
from policytracker.status.versions import BEFORE_ALL, publications

KEPT_GRIDS = 64
KEPT_MOMENTS = 64
KEPT_PARTS = 128


class Opened:
    """A ledger's books, opened anew whenever it has grown or another file has taken its place.

    For the one thread that asks: SQLite's connections are, so they are opened at the first question.
    """

    def __init__(self, ledger: Where, today: Callable[[], int]) -> None:
        """``today`` tells the day, an ordinal. Raises LedgerError for what is no ledger."""
        open_ledger(ledger).close()
        self.ledger, self.today = ledger, today
        self._source: tuple[int, OpenLedger] | None = None
        self._head: Head | None = None
        self._books: Books | None = None
        self._moments: dict[int | None, list[int]] = {}
        self._grids: OrderedDict[tuple[int | None, int | None], Grid] = OrderedDict()
        self._parts: OrderedDict[Hashable, str] = OrderedDict()

    def close(self) -> None:
        """Let go of the files."""
        if self._source is not None:
            self._source[1].close()
        if self._books is not None:
            self._books.connection.close()
        self._source = self._books = None

    def head(self) -> Head:
        """Look how far the ledger goes now: until the next look, all answers are from there. Raises LedgerError."""
        file = _file(self.ledger)
        if self._source is None or self._source[0] != file or self._source[1].frozen:
            self.close()
            self._source = file, open_ledger(self.ledger)
        try:
            self._head = self._source[1].head()
        except LedgerError:
            # A server that went away is looked for anew when it is asked next.
            self.close()
            raise
        return self._head

    def books(self) -> Books:
        """The books as of the last look. Raises LedgerError."""
        if self._books is None or self._books.head != self._head:
            if self._books is not None:
                self._books.connection.close()
                self._books = None
            self._books = Books(self.ledger, self.today())
            self._head = self._books.head
            self._moments.clear()
            self._grids.clear()
            self._parts.clear()
        return self._books

    def moments(self, recorded: int | None) -> list[int]:
        """The published moments at which anything becomes known, in order."""
        if recorded not in self._moments:
            if len(self._moments) >= KEPT_MOMENTS:
                self._moments.clear()
            threads = self.books().view(BEFORE_ALL, recorded).threads.values()
            self._moments[recorded] = sorted({when for t in threads for entry in t for when in publications(entry)})
        return self._moments[recorded]

    def grid(self, clocks: Clocks) -> Grid:
        """The answers as known and recorded then; one grid serves all moments between two publications."""
        books, moments = self.books(), self.moments(clocks.recorded)
        place = len(moments) if clocks.known is None else bisect_right(moments, clocks.known)
        known = moments[place - 1] if place else BEFORE_ALL
        key = known, clocks.recorded
        if key not in self._grids:
            self._grids[key] = Grid(books.view(*key))
            if len(self._grids) > KEPT_GRIDS:
                self._grids.popitem(last=False)
        self._grids.move_to_end(key)
        return self._grids[key]

    def keep(self, key: Hashable, make: Callable[[], str]) -> str:
        """A text made of the ledger once, and kept while it is asked for and the ledger does not grow."""
        if key not in self._parts:
            self._parts[key] = make()
            if len(self._parts) > KEPT_PARTS:
                self._parts.popitem(last=False)
        self._parts.move_to_end(key)
        return self._parts[key]


def _file(ledger: Where) -> int:
    """What tells that a file was replaced by another of the same name; 0 for a server, and where there is none."""
    return ledger.stat().st_ino if isinstance(ledger, Path) and ledger.exists() else 0
